"""Links by which a seat goes to a colleague: each works once, and for a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel, col, delete, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment
from storage.workshops.seats import SEAT


class Handover(SQLModel, table=True):
    """The token itself is known to nobody but those who were given the link."""

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)  # whose seats they are
    digest: str = Field(unique=True)  # SHA-256 of the token, in hex
    made_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment, index=True)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
    used_by: int | None = Field(default=None, foreign_key="person.id", index=True)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


@dataclass(frozen=True, slots=True)
class Held:
    """A place of somebody, to be passed on."""

    seat_id: int
    part_id: int
    taken_at: datetime
    seated_at: datetime | None

    @property
    def waits(self) -> bool:
        return self.seated_at is None


async def by_digest(session: AsyncSession, digest: str) -> Handover | None:
    return (await session.exec(select(Handover).where(Handover.digest == digest))).first()


async def lock(session: AsyncSession, handover: Handover) -> None:
    """As it is now, and until we commit."""
    await session.refresh(handover, with_for_update=True)


async def end(session: AsyncSession, workshop_id: int, person_id: int, now: datetime) -> None:
    """No link of theirs to the event opens anything any more."""
    query = update(Handover).where(
        col(Handover.workshop_id) == workshop_id,
        col(Handover.person_id) == person_id,
        col(Handover.used_at).is_(None),
        col(Handover.expires_at) > now,
    )
    await session.exec(query.values(expires_at=now))


async def held(session: AsyncSession, part_ids: Sequence[int], person_id: int) -> dict[int, Held]:
    """What they have in these parts, by the ids of those."""
    query = sa.select(SEAT.c.id, SEAT.c.part_id, SEAT.c.taken_at, SEAT.c.seated_at).where(
        SEAT.c.part_id.in_(part_ids), SEAT.c.person_id == person_id
    )
    connection = await session.connection()
    return {row.part_id: Held(*row) for row in await connection.execute(query)}


async def drop(session: AsyncSession, place: Held) -> None:
    connection = await session.connection()
    await connection.execute(sa.delete(SEAT).where(SEAT.c.id == place.seat_id))


async def pass_on(session: AsyncSession, place: Held, person_id: int, now: datetime) -> None:
    """The place stays where it is in the line, but is as new for who has it now."""
    values = {
        "person_id": person_id,
        "taken_at": now,
        "seated_at": None if place.waits else now,
        "rose": False,
        "confirmed_at": None,
        "told_number": None,
        "told_at": None,
    }
    connection = await session.connection()
    await connection.execute(sa.update(SEAT).where(SEAT.c.id == place.seat_id).values(values))


async def of_person(session: AsyncSession, person_id: int) -> Sequence[Handover]:
    """Those that they made, and those that they used."""
    mine = or_(col(Handover.person_id) == person_id, col(Handover.used_by) == person_id)
    return (await session.exec(select(Handover).where(mine).order_by(col(Handover.id)))).all()


async def forget(session: AsyncSession, person_id: int) -> None:
    await session.exec(delete(Handover).where(col(Handover.person_id) == person_id))
    used = update(Handover).where(col(Handover.used_by) == person_id)
    await session.exec(used.values(used_by=None))


async def prune(session: AsyncSession, before: datetime) -> None:
    await session.exec(delete(Handover).where(col(Handover.expires_at) <= before))
