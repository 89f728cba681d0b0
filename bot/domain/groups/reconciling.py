"""Once a month: who is in the group, and who should be. Telegram tells no bot who is in a group,
so everybody whom we know of is asked for by their number, and the rest is a count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.groups import attending, departures
from bot.domain.groups.attending import Step
from bot.domain.groups.departures import STRANGER
from storage.groups import doors, places, presence
from storage.groups.chats import GroupChat, Reconciliation
from storage.groups.presence import PRESENT

EVERY = timedelta(days=30)
PORTION = 100  # people asked for in one go


@dataclass(frozen=True)
class Differences:
    """`absent` are people of the pillar who are not there, `unknown` those of whom we know
    nothing but that somebody is there."""

    strangers: int
    absent: int
    unknown: int

    def __bool__(self) -> bool:
        return bool(self.strangers or self.unknown)


def read(looked: Reconciliation) -> Differences:
    kept = looked.differences
    return Differences(kept["strangers"], kept["absent"], kept["unknown"])


async def due(session: AsyncSession, now: datetime) -> Sequence[GroupChat]:
    return await doors.to_look_at(session, now - EVERY)


async def portion(session: AsyncSession, group: GroupChat, after: int) -> Sequence[int]:
    """Whom to ask for next, by their numbers."""
    theirs = [each.pillar_id for each in await places.of_chat(session, group.chat_id)]
    return await presence.known_to(session, group.chat_id, theirs, after=after, limit=PORTION)


async def take_down(session: AsyncSession, step: Step, now: datetime) -> None:
    """What Telegram says of one of them; those who never were there leave no trace."""
    known = await presence.find(session, step.chat_id, step.telegram_id)
    if known is None and step.new not in PRESENT:
        return
    old = known.status if known else "left"
    name = step.name or (known.name if known else "")
    now_there = Step(step.chat_id, step.telegram_id, name, old, step.new)
    await attending.record(session, now_there, now)


async def conclude(
    session: AsyncSession, group: GroupChat, count: int, bots: int, now: datetime
) -> Reconciliation:
    """`count` is how many Telegram says are there, of whom so many are `bots` of which we know."""
    there = [each.telegram_id for each in await presence.present(session, group.chat_id)]
    strangers: list[int] = []
    for begin in range(0, len(there), PORTION):
        some = there[begin : begin + PORTION]
        strangers += await departures.list_out(
            session, group.chat_id, group.pillar_id, some, STRANGER, now
        )
    looked = Reconciliation(
        group_id=group.key,
        looked_at=now,
        differences={
            "strangers": len(strangers),
            "absent": await presence.absent(session, group.chat_id, group.pillar_id),
            "unknown": max(0, count - bots - len(there)),
        },
    )
    session.add(looked)
    await session.flush()
    return looked
