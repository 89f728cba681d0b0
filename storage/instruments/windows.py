"""When instruments are free to be used by others, and who has booked them.

A window holds the quarters of an hour it is made of, so no two windows of an instrument can
overlap, on either engine; and of a window's bookings at most one is not cancelled.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Index, text
from sqlmodel import BigInteger, Field, SQLModel, and_, col, delete, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment
from storage.instruments.records import Instrument, Outage

QUARTER = timedelta(minutes=15)
STANDS = text("cancelled_at IS NULL")


class Window(SQLModel, table=True):
    __tablename__ = "instrument_window"

    id: int | None = Field(default=None, primary_key=True)
    instrument_id: int = Field(foreign_key="instrument.id", ondelete="CASCADE", index=True)
    starts_at: datetime = Field(sa_type=Moment, index=True)
    ends_at: datetime = Field(sa_type=Moment)
    person_id: int = Field(foreign_key="person.id", index=True)  # who published it
    withdrawn_at: datetime | None = Field(default=None, sa_type=Moment)

    @property
    def key(self) -> int:
        """The id of a window that has been saved."""
        assert self.id is not None
        return self.id


class WindowQuarter(SQLModel, table=True):
    """A quarter of an hour that a window holds, counted from the beginning of 1970 in UTC."""

    __tablename__ = "window_quarter"

    instrument_id: int = Field(foreign_key="instrument.id", ondelete="CASCADE", primary_key=True)
    quarter: int = Field(primary_key=True, sa_type=BigInteger)
    window_id: int = Field(foreign_key="instrument_window.id", ondelete="CASCADE", index=True)


class Booking(SQLModel, table=True):
    """`sequence` is for calendars. Ids are never used twice: what was sent is known by them."""

    __table_args__ = (
        Index(
            "uq_booking_window",
            "window_id",
            unique=True,
            sqlite_where=STANDS,
            postgresql_where=STANDS,
        ),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    window_id: int = Field(foreign_key="instrument_window.id", ondelete="CASCADE")
    person_id: int = Field(foreign_key="person.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    booked_at: datetime = Field(sa_type=Moment)
    cancelled_at: datetime | None = Field(default=None, sa_type=Moment)
    sequence: int = 0
    remind_at: datetime | None = Field(default=None, sa_type=Moment, index=True)

    @property
    def key(self) -> int:
        """The id of a booking that has been saved."""
        assert self.id is not None
        return self.id


def quarters(starts_at: datetime, ends_at: datetime) -> range:
    length = int(QUARTER.total_seconds())
    return range(int(starts_at.timestamp()) // length, -(-int(ends_at.timestamp()) // length))


async def find(session: AsyncSession, window_id: int) -> Window | None:
    return await session.get(Window, window_id, populate_existing=True)


async def lock_instrument(session: AsyncSession, instrument_id: int) -> Instrument | None:
    """Whoever changes an instrument's windows goes through here, one after another."""
    return await session.get(
        Instrument, instrument_id, with_for_update=True, populate_existing=True
    )


async def instrument(session: AsyncSession, instrument_id: int) -> Instrument | None:
    return await session.get(Instrument, instrument_id)


async def add(session: AsyncSession, window: Window) -> None:
    session.add(window)
    await session.flush()
    session.add_all(
        WindowQuarter(instrument_id=window.instrument_id, quarter=each, window_id=window.key)
        for each in quarters(window.starts_at, window.ends_at)
    )
    await session.flush()


async def withdraw(session: AsyncSession, window: Window, now: datetime) -> None:
    window.withdrawn_at = now
    held = col(WindowQuarter.window_id) == window.key
    await session.exec(delete(WindowQuarter).where(held))


async def overlapping(
    session: AsyncSession, instrument_id: int, since: datetime, until: datetime | None
) -> Sequence[Window]:
    query = select(Window).where(
        Window.instrument_id == instrument_id,
        col(Window.withdrawn_at).is_(None),
        col(Window.ends_at) > since,
    )
    if until is not None:
        query = query.where(col(Window.starts_at) < until)
    return (await session.exec(query.order_by(col(Window.starts_at)))).all()


async def outage(
    session: AsyncSession, instrument_id: int, since: datetime, until: datetime
) -> Outage | None:
    """One that falls into that time."""
    lasts = or_(col(Outage.until).is_(None), col(Outage.until) > since)
    query = select(Outage).where(
        Outage.instrument_id == instrument_id, col(Outage.since) < until, lasts
    )
    return (await session.exec(query.limit(1))).first()


async def coming(
    session: AsyncSession, instrument_id: int, now: datetime
) -> list[tuple[Window, Booking | None]]:
    """The windows that have not begun, and who has them."""
    stands = and_(col(Booking.window_id) == Window.id, col(Booking.cancelled_at).is_(None))
    query = (
        select(Window, Booking)
        .join(Booking, stands, isouter=True)
        .where(
            Window.instrument_id == instrument_id,
            col(Window.withdrawn_at).is_(None),
            col(Window.starts_at) > now,
        )
        .order_by(col(Window.starts_at))
    )
    return [(window, booking) for window, booking in (await session.exec(query)).all()]


async def booking(session: AsyncSession, booking_id: int) -> Booking | None:
    return await session.get(Booking, booking_id, populate_existing=True)


async def booking_of(session: AsyncSession, window_id: int) -> Booking | None:
    """The one that stands."""
    query = select(Booking).where(
        Booking.window_id == window_id, col(Booking.cancelled_at).is_(None)
    )
    return (await session.exec(query)).first()


async def count_booked(
    session: AsyncSession,
    instrument_id: int,
    now: datetime,
    *,
    organisation_id: int | None,
    person_id: int,
) -> int:
    """The coming bookings of an organisation; of a person who has none, their own."""
    whose = (
        Booking.person_id == person_id
        if organisation_id is None
        else Booking.organisation_id == organisation_id
    )
    query = (
        select(func.count())
        .select_from(Booking)
        .join(Window)
        .where(
            whose,
            Window.instrument_id == instrument_id,
            col(Booking.cancelled_at).is_(None),
            col(Window.starts_at) > now,
        )
    )
    return (await session.exec(query)).one()


async def bookings_of(
    session: AsyncSession, person_id: int, now: datetime
) -> list[tuple[Booking, Window]]:
    """Somebody's bookings that stand and are not over."""
    query = (
        select(Booking, Window)
        .join(Window)
        .where(
            Booking.person_id == person_id,
            col(Booking.cancelled_at).is_(None),
            col(Window.ends_at) > now,
        )
        .order_by(col(Window.starts_at))
    )
    return [(booking, window) for booking, window in (await session.exec(query)).all()]


async def all_bookings_of(session: AsyncSession, person_id: int) -> Sequence[Booking]:
    mine = select(Booking).where(Booking.person_id == person_id).order_by(col(Booking.id))
    return (await session.exec(mine)).all()


async def published_by(session: AsyncSession, person_id: int) -> Sequence[Window]:
    mine = select(Window).where(Window.person_id == person_id).order_by(col(Window.id))
    return (await session.exec(mine)).all()


async def prune(session: AsyncSession, before: datetime) -> None:
    """Drop the windows that were over before, and who had booked them."""
    await session.exec(delete(Window).where(col(Window.ends_at) < before))


async def due(session: AsyncSession, now: datetime, limit: int) -> Sequence[Booking]:
    """Those of which people are to be reminded."""
    query = select(Booking).where(
        col(Booking.remind_at) <= now, col(Booking.cancelled_at).is_(None)
    )
    query = query.order_by(col(Booking.remind_at)).limit(limit)
    return (await session.exec(query.with_for_update(skip_locked=True))).all()


async def next_due(session: AsyncSession, now: datetime) -> datetime | None:
    query = select(func.min(col(Booking.remind_at))).where(
        col(Booking.remind_at) > now, col(Booking.cancelled_at).is_(None)
    )
    return (await session.exec(query)).one()
