"""The door of an event: who helps there, and the poster with a code that changes."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel, col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import LongId, Moment
from storage.people import Person
from storage.workshops.events import Part, State, Workshop


class Doorkeeper(SQLModel, table=True):
    """Somebody outside the team who helps at the door of one event."""

    __table_args__ = (UniqueConstraint("workshop_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id")
    person_id: int = Field(foreign_key="person.id", index=True)


class DoorLink(SQLModel, table=True):
    """Makes a doorkeeper of whoever is the first to follow it.

    The token itself is known to nobody but those who were given the link.
    """

    __tablename__ = "door_link"

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id", index=True)
    made_by: int = Field(foreign_key="person.id")
    digest: str = Field(unique=True)  # SHA-256 of the token, in hex
    expires_at: datetime = Field(sa_type=Moment)
    used_by: int | None = Field(default=None, foreign_key="person.id")


class Poster(SQLModel, table=True):
    """A message whose picture changes every minute."""

    __table_args__ = (UniqueConstraint("workshop_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id")
    person_id: int = Field(foreign_key="person.id", index=True)  # in whose chat it is
    message_id: int | None = Field(default=None, sa_type=LongId)  # None: not sent yet
    minute: int  # that it shows, since 1970

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


async def keeps(session: AsyncSession, workshop_id: int, person_id: int) -> bool:
    return await _keeper(session, workshop_id, person_id) is not None


async def keeps_any(session: AsyncSession, person_id: int, since: datetime) -> bool:
    """Of an event that ends after `since`."""
    last = select(func.max(Part.ends_at)).where(Part.workshop_id == Doorkeeper.workshop_id)
    query = select(Doorkeeper).where(
        Doorkeeper.person_id == person_id, last.scalar_subquery() > since
    )
    return (await session.exec(query.limit(1))).first() is not None


async def keepers(session: AsyncSession, workshop_id: int) -> Sequence[Person]:
    query = select(Person).join(Doorkeeper, col(Doorkeeper.person_id) == Person.id)
    mine = query.where(Doorkeeper.workshop_id == workshop_id).order_by(col(Doorkeeper.id))
    return (await session.exec(mine)).all()


async def add_keeper(session: AsyncSession, workshop_id: int, person_id: int) -> bool:
    """Whether they are new. The event has to be locked."""
    if await keeps(session, workshop_id, person_id):
        return False
    session.add(Doorkeeper(workshop_id=workshop_id, person_id=person_id))
    await session.flush()
    return True


async def drop_keeper(session: AsyncSession, workshop_id: int, person_id: int) -> bool:
    found = await _keeper(session, workshop_id, person_id)
    if found is None:
        return False
    await session.delete(found)
    await session.flush()
    return True


async def of_person(session: AsyncSession, person_id: int) -> Sequence[str]:
    """The titles of the events at whose doors they help."""
    query = select(Workshop.title).join(Doorkeeper, col(Doorkeeper.workshop_id) == Workshop.id)
    return (await session.exec(query.where(Doorkeeper.person_id == person_id))).all()


async def forget_keeper(session: AsyncSession, person_id: int) -> None:
    await session.exec(delete(Doorkeeper).where(col(Doorkeeper.person_id) == person_id))
    await session.exec(delete(Poster).where(col(Poster.person_id) == person_id))


async def members(session: AsyncSession, limit: int) -> Sequence[Person]:
    """Verified people who can be written to, those who came last first."""
    query = select(Person).where(
        col(Person.verified_at).is_not(None), col(Person.telegram_id).is_not(None)
    )
    return (await session.exec(query.order_by(col(Person.id).desc()).limit(limit))).all()


async def link(session: AsyncSession, digest: str) -> DoorLink | None:
    """Locked, so that of two who follow it at once one comes second."""
    query = select(DoorLink).where(DoorLink.digest == digest).with_for_update()
    return (await session.exec(query)).first()


async def are_open(session: AsyncSession, now: datetime, early: timedelta) -> Sequence[int]:
    """The ids of published events with a part that is on, or will be soon."""
    query = (
        select(Part.workshop_id)
        .join(Workshop, col(Workshop.id) == Part.workshop_id)
        .where(
            Workshop.state == State.PUBLISHED,
            Part.starts_at <= now + early,
            Part.ends_at >= now,
        )
        .distinct()
    )
    return (await session.exec(query)).all()


async def poster(session: AsyncSession, workshop_id: int, person_id: int) -> Poster | None:
    query = select(Poster).where(Poster.workshop_id == workshop_id, Poster.person_id == person_id)
    return (await session.exec(query.with_for_update())).first()


async def poster_key(session: AsyncSession, workshop_id: int) -> str:
    """What the event's codes are made from; empty until its first poster."""
    query = select(Workshop.poster_key).where(Workshop.id == workshop_id)
    return (await session.exec(query)).first() or ""


async def poster_row(session: AsyncSession, poster_id: int) -> Poster | None:
    return await session.get(Poster, poster_id)


async def hangs(session: AsyncSession, workshop_id: int) -> bool:
    """Whether the event has a poster in anybody's chat."""
    query = select(Poster.id).where(Poster.workshop_id == workshop_id)
    return (await session.exec(query.limit(1))).first() is not None


async def behind(session: AsyncSession, minute: int, *, lock: bool) -> Sequence[Poster]:
    """Posters that do not show this minute yet; with `lock` without those others are at."""
    query = select(Poster).where(Poster.minute < minute).order_by(col(Poster.id))
    query = query.with_for_update(skip_locked=True) if lock else query
    return (await session.exec(query)).all()


async def _keeper(session: AsyncSession, workshop_id: int, person_id: int) -> Doorkeeper | None:
    query = select(Doorkeeper).where(
        Doorkeeper.workshop_id == workshop_id, Doorkeeper.person_id == person_id
    )
    return (await session.exec(query)).first()
