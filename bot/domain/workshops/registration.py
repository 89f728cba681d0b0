"""The organiser's questions: chosen for an event, asked once, answered or skipped, forgotten."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.refusals import Gone, Refusal
from bot.domain.rights import Action
from bot.domain.workshops import changing, planning
from bot.domain.workshops.card import Cancelled
from bot.domain.workshops.door import OverAlready
from storage import settings
from storage.audit import record
from storage.people import Person
from storage.workshops import Event, State
from storage.workshops import events as store
from storage.workshops import registration as rows
from storage.workshops.registration import (
    Habit,
    NewlySeated,
    RegistrationQuestion,
    Said,
    Subject,
)

ANSWER = 300  # characters
WORDS = 120
OWN_QUESTIONS = 5
USUAL = (Subject.DIET, Subject.PARKING, Subject.INVOICE)  # asked once, and worth remembering
ASKED_UP_TO = "registration.asked_up_to"
SETTLED = timedelta(seconds=10)  # by then a transaction has committed whatever it did
FORGIVEN = timedelta(minutes=10)  # whoever sits for longer is asked only when the team says so
AT_ONCE = 100  # seats


class Diet(StrEnum):
    """Answers with a button; others are typed."""

    ANY = "any"
    VEGETARIAN = "vegetarian"
    VEGAN = "vegan"
    GLUTEN_FREE = "gluten_free"
    LACTOSE_FREE = "lactose_free"


class Parking(StrEnum):
    """Typed words are the number plate of whoever does."""

    YES = "yes"
    NO = "no"


class NotSignedUp(Refusal):
    """The questions are for those who have a place."""


class TooManyQuestions(Refusal):
    """There would be more than `OWN_QUESTIONS` of the organiser's own."""


@dataclass(frozen=True, slots=True)
class Item:
    """A question, and what the person has answered: None is not yet, "" is a skip."""

    question: RegistrationQuestion
    answer: str | None
    habit: str  # what they answered last time, if they wanted it to be remembered


@dataclass(frozen=True, slots=True)
class Sheet:
    """The questions of an event, for one person."""

    event: Event
    items: tuple[Item, ...]

    @property
    def open(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.answer is None)

    @property
    def worth_remembering(self) -> tuple[Item, ...]:
        """Answers that would be of use next time, and are not remembered yet."""
        return tuple(
            item
            for item in self.items
            if item.answer and item.question.subject in USUAL and item.answer != item.habit
        )


@dataclass(frozen=True, slots=True)
class Summary:
    """How many of the people who sit have given which answer ("": rather none)."""

    question: RegistrationQuestion
    counts: Mapping[str, int]
    seated: int

    @property
    def answered(self) -> int:
        return sum(count for words, count in self.counts.items() if words)


async def sheet(session: AsyncSession, workshop_id: int, me: Person, now: datetime) -> Sheet:
    """Raises `Gone`, `Cancelled`, `OverAlready`, `NotSignedUp`."""
    event = await store.find(session, workshop_id)
    if event is None or event.state == State.DRAFT:
        raise Gone
    if event.state == State.CANCELLED:
        raise Cancelled
    if event.ends_at <= now:
        raise OverAlready
    if not await rows.has_place(session, workshop_id, me.key):
        raise NotSignedUp
    return await _sheet(session, event, me)


async def _sheet(session: AsyncSession, event: Event, me: Person) -> Sheet:
    asked = await rows.questions(session, event.id)
    answers = await rows.answers(session, event.id, me.key)
    remembered = {each.subject: each.words for each in await rows.habits(session, me.key)}
    items = (Item(each, answers.get(each.key), remembered.get(each.subject, "")) for each in asked)
    return Sheet(event, tuple(items))


async def open_questions(session: AsyncSession, workshop_id: int, person_id: int) -> int:
    """How many questions of the event somebody has not answered yet, for its card."""
    asked = await rows.questions(session, workshop_id)
    answered = await rows.answers(session, workshop_id, person_id) if asked else {}
    return sum(each.key not in answered for each in asked)


async def answer(
    session: AsyncSession, question_id: int, words: str, me: Person, now: datetime
) -> Sheet:
    """Empty words skip the question. Raises what `sheet` raises, and `BadLength`."""
    question = await rows.question(session, question_id)
    if question is None:
        raise Gone
    known = await sheet(session, question.workshop_id, me, now)
    kept = planning.long(words, ANSWER) if words.strip() else ""
    await rows.answer(session, question_id, me.key, kept, now)
    return await _sheet(session, known.event, me)


async def remember(session: AsyncSession, workshop_id: int, me: Person, now: datetime) -> Sheet:
    """They want their answers to be there next time. Raises what `sheet` raises."""
    known = await sheet(session, workshop_id, me, now)
    habits = {each.subject: each for each in await rows.habits(session, me.key)}
    for item in known.worth_remembering:
        subject, words = item.question.subject, item.answer or ""
        habit = habits.get(subject) or Habit(
            person_id=me.key, subject=subject, words=words, since=now
        )
        habit.words, habit.since = words, now
        session.add(habit)
    await session.flush()
    return await _sheet(session, known.event, me)


async def habits(session: AsyncSession, me: Person) -> Sequence[Habit]:
    return await rows.habits(session, me.key)


async def forget_habits(session: AsyncSession, me: Person) -> None:
    await rows.drop_habits(session, me.key)


async def newly_seated(session: AsyncSession, now: datetime) -> Sequence[NewlySeated]:
    """The next of those who sit since a moment ago where something is asked."""
    since, seat_id = await _asked_up_to(session)
    earliest = now - FORGIVEN
    if since is None or since < earliest:
        since, seat_id = earliest, 0
    return await rows.newly_seated(session, since, seat_id, now - SETTLED, AT_ONCE)


async def have_asked(session: AsyncSession, last: NewlySeated) -> None:
    """Begin behind them the next time."""
    await settings.put(session, ASKED_UP_TO, f"{last.seated_at.isoformat()}|{last.seat_id}")


async def _asked_up_to(session: AsyncSession) -> tuple[datetime | None, int]:
    kept = await settings.find(session, ASKED_UP_TO)
    if kept is None:
        return None, 0
    moment, _, seat_id = kept.partition("|")
    return datetime.fromisoformat(moment), int(seat_id)


async def summary(session: AsyncSession, workshop_id: int) -> Sequence[Summary]:
    """What those who sit have answered, question by question."""
    asked = await rows.questions(session, workshop_id)
    seated = await rows.count_seated(session, workshop_id) if asked else 0
    return [Summary(each, await rows.counts(session, each.key), seated) for each in asked]


async def answers_of(
    session: AsyncSession, workshop_id: int, person_id: int
) -> Sequence[tuple[RegistrationQuestion, str]]:
    """What one person has answered; skipped questions are left out."""
    answers = await rows.answers(session, workshop_id, person_id)
    asked = await rows.questions(session, workshop_id)
    return [(each, answers[each.key]) for each in asked if answers.get(each.key)]


async def asked_of_all(
    session: AsyncSession, workshop_id: int, me: Person, now: datetime
) -> tuple[Event, Sequence[Summary]]:
    """For the team. Raises `Gone` and `NotAllowed`."""
    await rights.require(session, me, Action.SEE_ATTENDEES, now)
    event = await store.find(session, workshop_id)
    if event is None:
        raise Gone
    return event, await summary(session, workshop_id)


async def read_answers(
    session: AsyncSession, question_id: int, me: Person, now: datetime, start: int, stop: int
) -> tuple[RegistrationQuestion, Sequence[Said], int]:
    """For the team: some answers, and how many there are. Raises `Gone` and `NotAllowed`."""
    await rights.require(session, me, Action.SEE_ATTENDEES, now)
    question = await rows.question(session, question_id)
    if question is None:
        raise Gone
    counts = await rows.counts(session, question_id)
    total = sum(count for words, count in counts.items() if words)
    return question, await rows.said(session, question_id, start, stop), total


async def ask(
    session: AsyncSession,
    workshop_id: int,
    subject: Subject,
    me: Person,
    now: datetime,
    words: str = "",
) -> None:
    """Have people asked; a usual subject is asked about once.

    Raises what `changing.editable` raises, `BadLength` and `TooManyQuestions`.
    """
    await planning.locked(session, workshop_id)
    await changing.editable(session, workshop_id, me, now)
    asked = await rows.questions(session, workshop_id)
    same = [each for each in asked if each.subject == subject]
    if subject in USUAL and same:
        return
    if subject == Subject.OTHER:
        words = planning.short(words, WORDS)
        if len(same) >= OWN_QUESTIONS:
            raise TooManyQuestions
    session.add(RegistrationQuestion(workshop_id=workshop_id, subject=subject, words=words))
    await session.flush()
    await record(session, me.key, "ask_attendees", f"workshop:{workshop_id}", now, about=subject)


async def stop_asking(session: AsyncSession, question_id: int, me: Person, now: datetime) -> int:
    """What was answered goes as well. The id of the event. Raises what `ask` raises."""
    question = await rows.question(session, question_id)
    if question is None:
        raise Gone
    workshop_id, subject = question.workshop_id, question.subject
    await changing.editable(session, workshop_id, me, now)
    await rows.drop_question(session, question_id)
    await record(session, me.key, "stop_asking", f"workshop:{workshop_id}", now, about=subject)
    return workshop_id
