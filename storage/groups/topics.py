"""What the members of a pillar want changed, who stands behind it, and how far it has come."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel, Text, col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment, stored
from storage.people import Person


class Progress(StrEnum):
    NEW = "new"
    DISCUSSED = "discussed"
    ADOPTED = "adopted"
    PASSED_ON = "passed_on"
    DONE = "done"
    DROPPED = "dropped"


class Topic(SQLModel, table=True):
    __tablename__ = "pillar_topic"

    id: int | None = Field(default=None, primary_key=True)
    pillar_id: int = Field(foreign_key="pillar.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    title: str
    issue: str = Field(sa_type=Text)
    impact: str = Field(default="", sa_type=Text)
    evidence: str = Field(default="", sa_type=Text)
    wanted: str = Field(default="", sa_type=Text)  # the change
    progress: Progress = Field(default=Progress.NEW, sa_type=stored(Progress), index=True)
    put_at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class TopicSupport(SQLModel, table=True):
    """An organisation stands behind a topic once, whoever of it said so."""

    __tablename__ = "pillar_topic_support"

    topic_id: int = Field(foreign_key="pillar_topic.id", primary_key=True, ondelete="CASCADE")
    organisation_id: int = Field(foreign_key="organisation.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    since: datetime = Field(sa_type=Moment)


class TopicComment(SQLModel, table=True):
    __tablename__ = "pillar_topic_comment"

    id: int | None = Field(default=None, primary_key=True)
    topic_id: int = Field(foreign_key="pillar_topic.id", index=True, ondelete="CASCADE")
    person_id: int = Field(foreign_key="person.id", index=True)
    text: str = Field(sa_type=Text)
    said_at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class TopicMove(SQLModel, table=True):
    __tablename__ = "pillar_topic_move"

    id: int | None = Field(default=None, primary_key=True)
    topic_id: int = Field(foreign_key="pillar_topic.id", index=True, ondelete="CASCADE")
    old: Progress = Field(sa_type=stored(Progress))
    new: Progress = Field(sa_type=stored(Progress))
    why: str = Field(default="", sa_type=Text)
    person_id: int = Field(foreign_key="person.id")
    moved_at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


OPEN = (Progress.NEW, Progress.DISCUSSED)
ADOPTED = (Progress.ADOPTED, Progress.PASSED_ON)
CLOSED = (Progress.DONE, Progress.DROPPED)


async def find(session: AsyncSession, topic_id: int, *, lock: bool = False) -> Topic | None:
    return await session.get(Topic, topic_id, with_for_update=lock, populate_existing=lock)


async def count_open(session: AsyncSession, pillar_id: int) -> int:
    query = select(func.count()).select_from(Topic)
    open_ones = query.where(Topic.pillar_id == pillar_id, col(Topic.progress).in_(OPEN))
    return (await session.exec(open_ones)).one()


async def count_open_of(session: AsyncSession, pillar_id: int, person_id: int) -> int:
    query = select(func.count()).select_from(Topic)
    theirs = query.where(Topic.pillar_id == pillar_id, Topic.person_id == person_id)
    return (await session.exec(theirs.where(col(Topic.progress).in_(OPEN)))).one()


async def put_by(session: AsyncSession, person_id: int) -> Sequence[Topic]:
    query = select(Topic).where(Topic.person_id == person_id).order_by(col(Topic.id))
    return (await session.exec(query)).all()


async def comment(session: AsyncSession, comment_id: int) -> TopicComment | None:
    return await session.get(TopicComment, comment_id)


async def count_comments(session: AsyncSession, topic_id: int) -> int:
    query = select(func.count()).select_from(TopicComment)
    return (await session.exec(query.where(TopicComment.topic_id == topic_id))).one()


async def count_comments_of(session: AsyncSession, topic_id: int, person_id: int) -> int:
    query = select(func.count()).select_from(TopicComment)
    theirs = query.where(TopicComment.topic_id == topic_id, TopicComment.person_id == person_id)
    return (await session.exec(theirs)).one()


async def comments(
    session: AsyncSession, topic_id: int, *, skip: int, limit: int
) -> Sequence[tuple[TopicComment, Person]]:
    """With who said it, the latest first."""
    query = (
        select(TopicComment, Person)
        .join(Person, col(Person.id) == TopicComment.person_id)
        .where(TopicComment.topic_id == topic_id)
        .order_by(col(TopicComment.said_at).desc(), col(TopicComment.id).desc())
    )
    return (await session.exec(query.offset(skip).limit(limit))).all()


async def said_by(session: AsyncSession, person_id: int) -> Sequence[TopicComment]:
    query = select(TopicComment).where(TopicComment.person_id == person_id)
    return (await session.exec(query.order_by(col(TopicComment.id)))).all()


async def moves(session: AsyncSession, topic_id: int) -> Sequence[tuple[TopicMove, Person]]:
    """With who moved it, the latest first."""
    query = (
        select(TopicMove, Person)
        .join(Person, col(Person.id) == TopicMove.person_id)
        .where(TopicMove.topic_id == topic_id)
        .order_by(col(TopicMove.id).desc())
    )
    return (await session.exec(query)).all()


async def moved_by(session: AsyncSession, person_id: int) -> Sequence[TopicMove]:
    query = select(TopicMove).where(TopicMove.person_id == person_id)
    return (await session.exec(query.order_by(col(TopicMove.id)))).all()


async def drop_comments(session: AsyncSession, before: datetime) -> None:
    """Of topics that were closed by then."""
    closed = select(TopicMove.topic_id).where(
        col(TopicMove.new).in_(CLOSED), TopicMove.moved_at < before
    )
    await session.exec(delete(TopicComment).where(col(TopicComment.topic_id).in_(closed)))
