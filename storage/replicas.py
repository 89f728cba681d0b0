"""The replicas that work on one PostgreSQL database, each alive for as long as it says so."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, update
from sqlalchemy.dialects import postgresql
from sqlmodel import Field, SQLModel, bindparam, col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment
from storage.leases import FROM_NOW


class Replica(SQLModel, table=True):
    """What one has in hand refers to its row; when the row is gone, it belongs to nobody."""

    id: int | None = Field(default=None, primary_key=True)
    place: str  # machine and process
    revision: str  # the newest tables that it knows
    secret: str  # a mark of the webhook's
    joined_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)


@dataclass(frozen=True)
class Badge:
    place: str
    revision: str
    secret: str = ""


STARTING = 7_203_119  # the advisory lock of those who start
TABLE = Replica.__table__  # type: ignore[attr-defined]
JOIN = (
    postgresql.insert(TABLE)
    .values(
        place=bindparam("at_place"),
        revision=bindparam("knows"),
        secret=bindparam("mark"),
        joined_at=func.clock_timestamp(),
        expires_at=FROM_NOW,
    )
    .returning(TABLE.c.id)
)
RENEW = update(TABLE).where(TABLE.c.id == bindparam("key")).values(expires_at=FROM_NOW)


async def join(session: AsyncSession, badge: Badge) -> int:
    """Its number, which no other replica has had."""
    values = {"at_place": badge.place, "knows": badge.revision, "mark": badge.secret}
    (number,) = (await session.exec(JOIN, params=values)).one()
    return int(number)


async def renew(session: AsyncSession, number: int) -> bool:
    """False when it has been taken for dead."""
    return (await session.exec(RENEW, params={"key": number})).rowcount == 1


async def leave(session: AsyncSession, number: int) -> None:
    await session.exec(delete(Replica).where(col(Replica.id) == number))


async def bury(session: AsyncSession) -> int:
    """Forget those who have not been heard of; waits for what they are just writing."""
    gone = delete(Replica).where(col(Replica.expires_at) <= func.clock_timestamp())
    return (await session.exec(gone)).rowcount


async def alive(session: AsyncSession) -> list[Replica]:
    here = select(Replica).where(col(Replica.expires_at) > func.clock_timestamp())
    return list((await session.exec(here.order_by(col(Replica.id)))).all())


async def wait_for_turn(session: AsyncSession) -> None:
    """Replicas that start together do what each does at its start one after another."""
    if session.get_bind().dialect.name == "postgresql":
        await session.exec(select(func.pg_advisory_xact_lock(STARTING)))


async def time(session: AsyncSession) -> datetime:
    """By the database's clock."""
    now: datetime = (await session.exec(select(func.clock_timestamp()))).one()
    return now
