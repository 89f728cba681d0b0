"""Where people of the demonstration meet in its Telegram: one group is linked to its pillar, the
manager has another one that is not, for trying how that is done."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.demo import groups
from bot.demo.personas import PERSONAS
from bot.domain.groups import attending, linking
from bot.domain.groups.attending import Step
from bot.domain.groups.linking import Seen
from bot.sandbox.records import Chat, InviteLink
from storage import people
from storage.groups import places
from storage.people import RoleName

LASERS, MICROSCOPES = -1_002_100_000_001, -1_002_100_000_002
RIGHTS = ("can_manage_chat", *linking.NEEDED, *linking.IN_SUPERGROUPS)
DOOR = "https://t.me/+sandbox-lasers"  # asks to be let in
NUMBERS = {persona.role: persona.telegram_id for persona in PERSONAS}


def chats(bot_id: int) -> list[Chat]:
    return [
        Chat(
            LASERS,
            "supergroup",
            "Laserové technologie",
            owner=NUMBERS[groups.GUARANTOR],
            administrators=[bot_id],
            members=[NUMBERS["member"]],
            rights={bot_id: dict.fromkeys(RIGHTS, True)},
            links=[InviteLink(DOOR, bot_id, name="Paprsek", asks=True)],
        ),
        Chat(
            MICROSCOPES,
            "supergroup",
            "Mikroskopie",
            owner=NUMBERS["manager"],
            members=[NUMBERS["contact"]],
        ),
    ]


async def link(session: AsyncSession, now: datetime) -> None:
    """As if the guarantor had done it; whatever has become of the group since stays so."""
    guarantor = await people.by_telegram(session, NUMBERS[groups.GUARANTOR])
    assert guarantor is not None
    held = await people.roles(session, guarantor.key, now)
    pillar_id = next((role.pillar_id for role in held if role.name == RoleName.GUARANTOR), None)
    if pillar_id is None or await places.stay(session, LASERS) is not None:
        return
    title = chats(0)[0].title
    seen = Seen(LASERS, title, is_super=True, is_forum=False, is_there=True, rights=RIGHTS)
    await linking.notice(session, seen, now)
    await linking.link(session, guarantor, LASERS, 0, pillar_id, now, invite_link=DOOR)
    for role, status in ((groups.GUARANTOR, "creator"), ("member", "member")):
        person = await people.by_telegram(session, NUMBERS[role])
        assert person is not None
        step = Step(LASERS, NUMBERS[role], person.name, status, status)
        await attending.record(session, step, now)
