"""Every way to what can be done in working groups, and the pillar that it is done in."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.rights import Action
from bot.kit.buttons import Button
from handlers.groups import ways
from storage.pillars import Pillar
from tests.conftest import NOW

PILLAR = 1

ABOUT_GROUPS: dict[Action, tuple[Button | str, ...]] = {
    Action.JOIN_PILLAR: (ways.JoinPillar(PILLAR),),
    Action.KEEP_PILLARS: (ways.KeepPillars(),),
    Action.RUN_PILLAR: (ways.RunPillar(PILLAR),),
}


async def found_pillars(session: AsyncSession) -> None:
    session.add(Pillar(id=PILLAR, name_cs="Lasery", name_en="Lasers", position=1, since=NOW))
    await session.flush()
