"""The meetings of a pillar at a glance: those to come, dates that are looked for, those past."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.pillars import standing
from bot.domain.rights import Action
from storage.groups import dates, minutes
from storage.groups.meetings import DatePoll
from storage.groups.minutes import Line
from storage.people import Person
from storage.pillars import Pillar

PAST = 5  # meetings that are shown


@dataclass(frozen=True, slots=True)
class Meetings:
    pillar: Pillar
    coming: Sequence[Line]
    polls: Sequence[DatePoll]  # none for whom they do not concern
    past: Sequence[Line]
    is_in: bool
    may_run: bool


async def overview(session: AsyncSession, pillar_id: int, me: Person, now: datetime) -> Meetings:
    """For members, and whoever is in the pillar. Raises `Gone` and `MembersOnly`."""
    pillar = await standing(session, pillar_id, now)
    runs = await rights.may(session, me, Action.RUN_PILLAR, now, pillar_id=pillar_id)
    is_in = await dates.is_asked(session, pillar_id, me.key, now)
    if not runs and not is_in:
        await rights.require(session, me, Action.SEE_MEMBERS, now)
    polls = await dates.unsettled(session, pillar_id) if runs or is_in else ()
    return Meetings(
        pillar,
        await minutes.coming(session, pillar_id, now),
        polls,
        await minutes.past(session, pillar_id, now, PAST),
        is_in,
        runs,
    )
