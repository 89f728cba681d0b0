"""What we say about enquiries by ourselves: to silent owners, and to ask what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import Enum, auto

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import desk
from bot.domain.agenda import awaits
from bot.domain.instruments import asking, enquiries, patience
from bot.domain.instruments.answering import OUTCOME
from bot.domain.instruments.asking import MANAGER, STEPS
from bot.domain.instruments.enquiries import Case
from storage.instruments import Enquiry, Instrument
from storage.instruments import enquiries as store
from storage.instruments.enquiries import State
from storage.people import Person

AT_ONCE = 50


class Matter(Enum):
    NUDGE = auto()  # the owner has not answered
    ESCALATION = auto()  # to the manager
    SILENCE = auto()  # nobody has answered, so it ends: to who asked
    OUTCOME = auto()  # what came of it: to who asked


@dataclass(frozen=True)
class Word:
    matter: Matter
    case: Case
    whom: Sequence[Person]
    days: int = 0  # working ones that it has been waiting
    others: Sequence[Instrument] = ()  # that could do the same


@awaits
async def next_word(session: AsyncSession, now: datetime) -> datetime | None:
    return await store.next_due(session, now)


async def speak(session: AsyncSession, zone: tzinfo, now: datetime) -> list[Word]:
    """What is due to be said, which after a long sleep is said once."""
    if not patience.is_decent(now, zone):
        return []
    words = [
        await _due(session, enquiry, zone, now)
        for enquiry in await store.due(session, now, AT_ONCE)
    ]
    return [word for word in words if word is not None]


async def _due(
    session: AsyncSession, enquiry: Enquiry, zone: tzinfo, now: datetime
) -> Word | None:
    case = await enquiries.case_of(session, enquiry, now)
    if enquiry.state == State.WAITING:
        return await _waits(session, case, zone, now)
    if enquiry.steps > len(STEPS):
        enquiry.due_at, enquiry.ended_at = None, now
        return None
    enquiry.steps = len(STEPS) + 1
    enquiry.due_at = now + timedelta(days=OUTCOME)
    return Word(Matter.OUTCOME, case, [case.asker])


async def _waits(session: AsyncSession, case: Case, zone: tzinfo, now: datetime) -> Word | None:
    enquiry, days = case.enquiry, STEPS[case.enquiry.steps]
    enquiry.steps += 1
    late = enquiry.steps == len(STEPS)
    enquiry.due_at = (
        None if late else patience.morning_after(now, STEPS[enquiry.steps] - days, zone)
    )
    if late:
        enquiry.state, enquiry.ended_at, enquiry.with_manager = State.UNANSWERED, now, False
        others = await asking.next_ones(session, case, now)
        return Word(Matter.SILENCE, case, [case.asker], days, others)
    heard = await enquiries.owners_side(session, case, now)
    if heard and days < STEPS[MANAGER]:
        return Word(Matter.NUDGE, case, heard, days)
    enquiry.with_manager, enquiry.steps = True, MANAGER + 1
    enquiry.due_at = patience.morning_after(now, STEPS[MANAGER + 1] - days, zone)
    managers = await desk.managers(session, now)
    return Word(Matter.ESCALATION, case, [each for each in managers if each != case.asker], days)
