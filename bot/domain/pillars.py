"""The pillars of the field and the members who stand in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.refusals import Gone
from bot.domain.rights import Action
from storage import pillars as store
from storage.folding import fold
from storage.organisations import Organisation
from storage.people import Person
from storage.pillars import Pillar


@dataclass(frozen=True)
class Group:
    """A pillar with the member organisations in it."""

    pillar: Pillar
    organisations: Sequence[Organisation]


async def overview(session: AsyncSession, now: datetime) -> list[tuple[Pillar, int]]:
    """The pillars of today, each with the number of its member organisations; for anybody."""
    sizes = await store.sizes(session)
    return [(pillar, sizes.get(pillar.key, 0)) for pillar in await store.standing(session, now)]


async def group(session: AsyncSession, pillar_id: int, me: Person, now: datetime) -> Group:
    await rights.require(session, me, Action.SEE_MEMBERS, now)
    pillar = await store.find(session, pillar_id)
    if pillar is None or (pillar.until is not None and pillar.until <= now):
        raise Gone
    organisations = await store.organisations(session, pillar_id)
    return Group(pillar, sorted(organisations, key=lambda each: fold(each.name)))
