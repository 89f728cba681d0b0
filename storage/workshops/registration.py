"""What the organiser asks those who sign up, and what they answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import UniqueConstraint, func
from sqlmodel import Field, SQLModel, and_, col, delete, exists, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment, stored
from storage.people import Person
from storage.workshops.events import Part, State, Workshop
from storage.workshops.seats import Seat


class Subject(StrEnum):
    DIET = "diet"
    PARKING = "parking"
    INVOICE = "invoice"
    OTHER = "other"


class RegistrationQuestion(SQLModel, table=True):
    """A question of an event; those about the usual subjects need no words of their own."""

    __tablename__ = "registration_question"

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id", index=True)
    subject: Subject = Field(sa_type=stored(Subject))
    words: str = ""

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class RegistrationAnswer(SQLModel, table=True):
    """Empty words mean that somebody does not want to answer, and is not asked again."""

    __tablename__ = "registration_answer"
    __table_args__ = (UniqueConstraint("question_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    question_id: int = Field(foreign_key="registration_question.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    words: str = ""
    answered_at: datetime = Field(sa_type=Moment)


class Habit(SQLModel, table=True):
    """An answer that somebody wants to be remembered for next time."""

    __table_args__ = (UniqueConstraint("person_id", "subject"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    subject: Subject = Field(sa_type=stored(Subject))
    words: str
    since: datetime = Field(sa_type=Moment)


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody's answer, as the team reads it."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class NewlySeated:
    seated_at: datetime
    seat_id: int
    workshop_id: int
    person_id: int


async def questions(session: AsyncSession, workshop_id: int) -> Sequence[RegistrationQuestion]:
    """In the order in which they are asked."""
    query = select(RegistrationQuestion).where(RegistrationQuestion.workshop_id == workshop_id)
    return (await session.exec(query.order_by(col(RegistrationQuestion.id)))).all()


async def question(session: AsyncSession, question_id: int) -> RegistrationQuestion | None:
    return await session.get(RegistrationQuestion, question_id)


async def drop_question(session: AsyncSession, question_id: int) -> None:
    """With what was answered to it."""
    answers = col(RegistrationAnswer.question_id) == question_id
    await session.exec(delete(RegistrationAnswer).where(answers))
    mine = col(RegistrationQuestion.id) == question_id
    await session.exec(delete(RegistrationQuestion).where(mine))


async def answers(session: AsyncSession, workshop_id: int, person_id: int) -> dict[int, str]:
    """The words of one person, by the id of the question."""
    query = (
        select(RegistrationAnswer.question_id, RegistrationAnswer.words)
        .join(
            RegistrationQuestion,
            col(RegistrationQuestion.id) == RegistrationAnswer.question_id,
        )
        .where(
            RegistrationQuestion.workshop_id == workshop_id,
            RegistrationAnswer.person_id == person_id,
        )
    )
    return dict((await session.exec(query)).all())


async def answer(
    session: AsyncSession, question_id: int, person_id: int, words: str, now: datetime
) -> None:
    """In the place of what was answered before."""
    query = select(RegistrationAnswer).where(
        RegistrationAnswer.question_id == question_id,
        RegistrationAnswer.person_id == person_id,
    )
    mine = (await session.exec(query.with_for_update())).first()
    if mine is None:
        mine = RegistrationAnswer(question_id=question_id, person_id=person_id, answered_at=now)
    mine.words, mine.answered_at = words, now
    session.add(mine)
    await session.flush()


async def counts(session: AsyncSession, question_id: int) -> dict[str, int]:
    """How many of those who sit somewhere gave which answer."""
    query = (
        select(RegistrationAnswer.words, func.count())
        .where(*_of_seated(question_id))
        .group_by(RegistrationAnswer.words)
        .order_by(func.count().desc(), RegistrationAnswer.words)
    )
    return dict((await session.exec(query)).all())


async def said(session: AsyncSession, question_id: int, start: int, stop: int) -> Sequence[Said]:
    """What those who sit somewhere have answered, by name."""
    query = (
        select(Person, RegistrationAnswer.words)
        .join(RegistrationAnswer, col(RegistrationAnswer.person_id) == Person.id)
        .where(*_of_seated(question_id), RegistrationAnswer.words != "")
        .order_by(col(Person.last_name), col(Person.first_name), col(Person.id))
        .offset(start)
        .limit(stop - start)
    )
    return [Said(person.name, words) for person, words in (await session.exec(query)).all()]


async def count_seated(session: AsyncSession, workshop_id: int) -> int:
    """People, each once, who sit in some part."""
    query = (
        select(func.count(func.distinct(Seat.person_id)))
        .join(Part, col(Part.id) == Seat.part_id)
        .where(Part.workshop_id == workshop_id, col(Seat.seated_at).is_not(None))
    )
    return (await session.exec(query)).one()


async def has_place(session: AsyncSession, workshop_id: int, person_id: int) -> bool:
    query = (
        select(Seat.id)
        .join(Part, col(Part.id) == Seat.part_id)
        .where(Part.workshop_id == workshop_id, Seat.person_id == person_id)
    )
    return (await session.exec(query.limit(1))).first() is not None


async def newly_seated(
    session: AsyncSession, since: datetime, seat_id: int, until: datetime, limit: int
) -> Sequence[NewlySeated]:
    """The next who sit where something is asked: behind that seat of that moment, in order."""
    asks = exists().where(col(RegistrationQuestion.workshop_id) == Workshop.id)
    sits = col(Seat.seated_at)
    query = (
        select(sits, Seat.id, Part.workshop_id, Seat.person_id)
        .join_from(Part, Workshop, col(Workshop.id) == Part.workshop_id)
        .join(Seat, col(Seat.part_id) == Part.id)
        .where(
            asks,
            Workshop.state == State.PUBLISHED,
            Part.ends_at > until,
            or_(sits > since, and_(sits == since, col(Seat.id) > seat_id)),
            sits <= until,
        )
        .order_by(sits, col(Seat.id))
    )
    return [NewlySeated(*row) for row in (await session.exec(query.limit(limit))).all()]


async def seated_ids(
    session: AsyncSession, workshop_id: int, after: int, limit: int
) -> Sequence[int]:
    """The next people, above `after`, who sit in some part."""
    query = (
        select(Seat.person_id)
        .join(Part, col(Part.id) == Seat.part_id)
        .where(
            Part.workshop_id == workshop_id,
            col(Seat.seated_at).is_not(None),
            Seat.person_id > after,
        )
        .distinct()
        .order_by(col(Seat.person_id))
    )
    return (await session.exec(query.limit(limit))).all()


async def habits(session: AsyncSession, person_id: int) -> Sequence[Habit]:
    query = select(Habit).where(Habit.person_id == person_id).order_by(col(Habit.id))
    return (await session.exec(query)).all()


async def drop_habits(session: AsyncSession, person_id: int) -> None:
    await session.exec(delete(Habit).where(col(Habit.person_id) == person_id))


async def of_person(session: AsyncSession, person_id: int) -> Sequence[dict[str, Any]]:
    """What somebody has answered, as words."""
    query = (
        select(Workshop.title, RegistrationQuestion, RegistrationAnswer)
        .join_from(
            RegistrationAnswer,
            RegistrationQuestion,
            col(RegistrationQuestion.id) == RegistrationAnswer.question_id,
        )
        .join(Workshop, col(Workshop.id) == RegistrationQuestion.workshop_id)
        .where(RegistrationAnswer.person_id == person_id)
    )
    return [
        {
            "event": title,
            "subject": question.subject,
            "question": question.words,
            "answer": answer.words,
            "answered_at": answer.answered_at,
        }
        for title, question, answer in (await session.exec(query)).all()
    ]


async def forget(session: AsyncSession, person_id: int) -> None:
    await drop_habits(session, person_id)
    mine = col(RegistrationAnswer.person_id) == person_id
    await session.exec(delete(RegistrationAnswer).where(mine))


async def prune(session: AsyncSession, before: datetime) -> None:
    """The answers to questions of events that ended before then."""
    lasts = exists().where(
        col(Part.workshop_id) == RegistrationQuestion.workshop_id, col(Part.ends_at) >= before
    )
    old = select(RegistrationQuestion.id).where(~lasts)
    await session.exec(
        delete(RegistrationAnswer).where(col(RegistrationAnswer.question_id).in_(old))
    )


def _of_seated(question_id: int) -> tuple[Any, ...]:
    sits = exists().where(
        col(Part.workshop_id) == RegistrationQuestion.workshop_id,
        col(Seat.part_id) == Part.id,
        col(Seat.person_id) == RegistrationAnswer.person_id,
        col(Seat.seated_at).is_not(None),
    )
    its_event = exists().where(and_(col(RegistrationQuestion.id) == question_id, sits))
    return col(RegistrationAnswer.question_id) == question_id, its_event
