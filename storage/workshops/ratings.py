"""What people say after an event: stars, a sentence, topics for the next one, what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import UniqueConstraint, func
from sqlmodel import Field, SQLModel, col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment
from storage.organisations import Organisation
from storage.people import Person
from storage.workshops.events import Part, Workshop


class Rating(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("part_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    part_id: int = Field(foreign_key="part.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    stars: int  # 1 to 5
    words: str = ""
    rated_at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class TopicProposal(SQLModel, table=True):
    """What somebody would like to hear about at the event."""

    __tablename__ = "topic_proposal"

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    words: str
    proposed_at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class WorkshopOutcome(SQLModel, table=True):
    """What came of the event for somebody, asked half a year later."""

    __tablename__ = "workshop_outcome"
    __table_args__ = (UniqueConstraint("workshop_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    choice: str
    words: str = ""
    told_at: datetime = Field(sa_type=Moment)


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said in words, and who it was."""

    name: str
    organisation: str
    words: str
    at: datetime
    about: str = ""  # the stars, or what came of it
    part_id: int | None = None


NAME = func.trim(col(Person.first_name) + " " + col(Person.last_name))
SHORT = func.coalesce(Organisation.short, "")


async def find(session: AsyncSession, part_id: int, person_id: int) -> Rating | None:
    query = select(Rating).where(Rating.part_id == part_id, Rating.person_id == person_id)
    return (await session.exec(query.with_for_update())).first()


async def of_person(session: AsyncSession, workshop_id: int, person_id: int) -> Sequence[Rating]:
    """What they gave to the parts of one event, in the order of the parts."""
    query = (
        select(Rating)
        .join(Part, col(Part.id) == Rating.part_id)
        .where(Part.workshop_id == workshop_id, Rating.person_id == person_id)
        .order_by(col(Part.starts_at), col(Part.id))
    )
    return (await session.exec(query)).all()


async def counts(session: AsyncSession, workshop_id: int) -> Mapping[int, Mapping[int, int]]:
    """How many gave so many stars, by the id of the part and the stars."""
    query = (
        select(Rating.part_id, Rating.stars, func.count())
        .join(Part, col(Part.id) == Rating.part_id)
        .where(Part.workshop_id == workshop_id)
        .group_by(col(Rating.part_id), col(Rating.stars))
    )
    found: dict[int, dict[int, int]] = {}
    for part_id, stars, number in (await session.exec(query)).all():
        found.setdefault(part_id, {})[stars] = number
    return found


async def sentences(session: AsyncSession, workshop_id: int) -> Sequence[Said]:
    """The newest first; `about` is the stars."""
    query = (
        sa.select(
            NAME,
            SHORT,
            col(Rating.words),
            col(Rating.rated_at),
            sa.cast(col(Rating.stars), sa.String),
            col(Rating.part_id),
        )
        .join_from(Rating, Part, col(Part.id) == Rating.part_id)
        .join(Person, col(Person.id) == Rating.person_id)
        .outerjoin(Organisation, col(Organisation.id) == Person.organisation_id)
        .where(col(Part.workshop_id) == workshop_id, col(Rating.words) != "")
        .order_by(col(Rating.rated_at).desc(), col(Rating.id).desc())
    )
    return [Said(*row) for row in await (await session.connection()).execute(query)]


async def low(
    session: AsyncSession, stars: int, since: datetime, until: datetime
) -> Sequence[tuple[Rating, Part, Person]]:
    """Those of at most so many `stars`, given after `since` and up to `until`."""
    query = (
        select(Rating, Part, Person)
        .join(Part, col(Part.id) == Rating.part_id)
        .join(Person, col(Person.id) == Rating.person_id)
        .where(Rating.stars <= stars, Rating.rated_at > since, Rating.rated_at <= until)
        .order_by(col(Rating.id))
    )
    return (await session.exec(query)).all()


async def topic(session: AsyncSession, topic_id: int) -> TopicProposal | None:
    return await session.get(TopicProposal, topic_id, with_for_update=True)


async def topics_of(
    session: AsyncSession, workshop_id: int, person_id: int
) -> Sequence[TopicProposal]:
    query = select(TopicProposal).where(
        TopicProposal.workshop_id == workshop_id, TopicProposal.person_id == person_id
    )
    return (await session.exec(query.order_by(col(TopicProposal.id)))).all()


async def topics(session: AsyncSession, workshop_id: int) -> Sequence[Said]:
    """In the order in which they came."""
    query = (
        sa.select(NAME, SHORT, col(TopicProposal.words), col(TopicProposal.proposed_at))
        .join_from(TopicProposal, Person, col(Person.id) == TopicProposal.person_id)
        .outerjoin(Organisation, col(Organisation.id) == Person.organisation_id)
        .where(col(TopicProposal.workshop_id) == workshop_id)
        .order_by(col(TopicProposal.id))
    )
    return [Said(*row) for row in await (await session.connection()).execute(query)]


async def outcome(
    session: AsyncSession, workshop_id: int, person_id: int
) -> WorkshopOutcome | None:
    query = select(WorkshopOutcome).where(
        WorkshopOutcome.workshop_id == workshop_id, WorkshopOutcome.person_id == person_id
    )
    return (await session.exec(query.with_for_update())).first()


async def outcome_counts(session: AsyncSession, workshop_id: int) -> Mapping[str, int]:
    """How many chose what."""
    query = select(WorkshopOutcome.choice, func.count()).where(
        WorkshopOutcome.workshop_id == workshop_id
    )
    return dict((await session.exec(query.group_by(col(WorkshopOutcome.choice)))).all())


async def outcomes(session: AsyncSession, workshop_id: int) -> Sequence[Said]:
    """Those with words, the newest first; `about` is what was chosen."""
    query = (
        sa.select(
            NAME,
            SHORT,
            col(WorkshopOutcome.words),
            col(WorkshopOutcome.told_at),
            col(WorkshopOutcome.choice),
        )
        .join_from(WorkshopOutcome, Person, col(Person.id) == WorkshopOutcome.person_id)
        .outerjoin(Organisation, col(Organisation.id) == Person.organisation_id)
        .where(col(WorkshopOutcome.workshop_id) == workshop_id, col(WorkshopOutcome.words) != "")
        .order_by(col(WorkshopOutcome.told_at).desc(), col(WorkshopOutcome.id).desc())
    )
    return [Said(*row) for row in await (await session.connection()).execute(query)]


async def export(session: AsyncSession, person_id: int) -> Mapping[str, Sequence[dict[str, Any]]]:
    """All that somebody has said here, with the titles of the events."""
    title: Any = col(Workshop.title).label("event")
    stars = (
        sa.select(
            title, col(Part.name).label("part"), *_columns(Rating, "stars", "words", "rated_at")
        )
        .join_from(Rating, Part, col(Part.id) == Rating.part_id)
        .join(Workshop, col(Workshop.id) == Part.workshop_id)
        .where(col(Rating.person_id) == person_id)
    )
    proposed = (
        sa.select(title, *_columns(TopicProposal, "words", "proposed_at"))
        .join_from(TopicProposal, Workshop, col(Workshop.id) == TopicProposal.workshop_id)
        .where(col(TopicProposal.person_id) == person_id)
    )
    told = (
        sa.select(title, *_columns(WorkshopOutcome, "choice", "words", "told_at"))
        .join_from(WorkshopOutcome, Workshop, col(Workshop.id) == WorkshopOutcome.workshop_id)
        .where(col(WorkshopOutcome.person_id) == person_id)
    )
    connection = await session.connection()
    queries = {"ratings": stars, "topics": proposed, "outcomes": told}
    return {
        name: [dict(row) for row in (await connection.execute(query)).mappings()]
        for name, query in queries.items()
    }


def _columns(table: type[SQLModel], *names: str) -> list[Any]:
    return [table.__table__.c[name] for name in names]  # type: ignore[attr-defined]


async def forget(session: AsyncSession, person_id: int) -> None:
    """Stars and choices stay and count; what was said in words goes."""
    for table in (Rating, WorkshopOutcome):
        mine = update(table).where(col(table.person_id) == person_id)
        await session.exec(mine.values(words=""))
    topics_ = delete(TopicProposal).where(col(TopicProposal.person_id) == person_id)
    await session.exec(topics_)
