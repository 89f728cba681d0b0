"""The equipment as its owners keep it: lists of theirs, changes, and what nobody has confirmed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import and_, col, delete, func, insert, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.instruments.records import Condition, Instrument, InstrumentPillar, Outage

AT_ONCE = 500


async def lock(session: AsyncSession, instrument_id: int) -> Instrument | None:
    return await session.get(
        Instrument, instrument_id, with_for_update=True, populate_existing=True
    )


async def kept_by(
    session: AsyncSession, organisation_id: int | None, *, skip: int, limit: int
) -> Sequence[Instrument]:
    """Of one organisation (None: of all) by name, the hidden ones too."""
    query = select(Instrument).where(*_of(organisation_id))
    by_name = query.order_by(col(Instrument.folded), col(Instrument.id))
    return (await session.exec(by_name.offset(skip).limit(limit))).all()


async def count_kept_by(session: AsyncSession, organisation_id: int | None) -> int:
    query = select(func.count()).select_from(Instrument).where(*_of(organisation_id))
    return (await session.exec(query)).one()


async def all_kept_by(
    session: AsyncSession, organisations: Collection[int | None] | None
) -> Sequence[Instrument]:
    """Of these organisations (None among them: of nobody of ours), or of all; by id."""
    query = select(Instrument).order_by(col(Instrument.id))
    if organisations is not None:
        ours = [each for each in organisations if each is not None]
        whose: ColumnElement[bool] = col(Instrument.organisation_id).in_(ours)
        if None in organisations:
            whose = or_(whose, col(Instrument.organisation_id).is_(None))
        query = query.where(whose)
    return (await session.exec(query)).all()


def _of(organisation_id: int | None) -> list[ColumnElement[bool]]:
    if organisation_id is None:
        return []
    return [col(Instrument.organisation_id) == organisation_id]


async def add(session: AsyncSession, new: Iterable[Instrument]) -> None:
    session.add_all(new)
    await session.flush()


async def place(session: AsyncSession, pillars: Mapping[int, Collection[int]]) -> None:
    """Have instruments stand in these pillars and in no others."""
    keys = list(pillars)
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        theirs = col(InstrumentPillar.instrument_id).in_(some)
        await session.exec(delete(InstrumentPillar).where(theirs))
        rows = [{"instrument_id": key, "pillar_id": each} for key in some for each in pillars[key]]
        if rows:
            await session.exec(insert(InstrumentPillar), params=rows)


async def remove(session: AsyncSession, instrument: Instrument) -> None:
    """For ever, with its outages; what was asked about it stays."""
    key = instrument.key
    await session.exec(delete(InstrumentPillar).where(col(InstrumentPillar.instrument_id) == key))
    await session.exec(delete(Outage).where(col(Outage.instrument_id) == key))
    await session.delete(instrument)
    await session.flush()


async def outages(session: AsyncSession, instrument_id: int, now: datetime) -> Sequence[Outage]:
    """Those that are not over, the nearest first."""
    lasts = or_(col(Outage.until).is_(None), col(Outage.until) > now)
    query = select(Outage).where(Outage.instrument_id == instrument_id, lasts)
    return (await session.exec(query.order_by(col(Outage.since)))).all()


async def add_outage(session: AsyncSession, outage: Outage) -> None:
    session.add(outage)
    await session.flush()


async def end_outages(session: AsyncSession, instrument_id: int, now: datetime) -> int:
    """Those that run end now, those to come are dropped; how many there were."""
    theirs = col(Outage.instrument_id) == instrument_id
    lasts = or_(col(Outage.until).is_(None), col(Outage.until) > now)
    coming = await session.exec(delete(Outage).where(theirs, col(Outage.since) >= now))
    running = await session.exec(update(Outage).where(theirs, lasts).values(until=now))
    return int(coming.rowcount + running.rowcount)


def _old(before: datetime) -> ColumnElement[bool]:
    unconfirmed = or_(
        col(Instrument.confirmed_at).is_(None), col(Instrument.confirmed_at) < before
    )
    return and_(unconfirmed, col(Instrument.condition) != Condition.HIDDEN)


async def to_ask_about(
    session: AsyncSession, before: datetime, asked_before: datetime, limit: int
) -> Sequence[Instrument]:
    """Those that nobody has confirmed since, and about which we have not asked lately."""
    silent = or_(col(Instrument.asked_at).is_(None), col(Instrument.asked_at) <= asked_before)
    query = select(Instrument).where(_old(before), silent).order_by(col(Instrument.id))
    return (await session.exec(query.limit(limit).with_for_update(skip_locked=True))).all()


async def asked_about(
    session: AsyncSession, organisation_id: int | None, *, lock: bool = False
) -> Sequence[Instrument]:
    """Those of an organisation (None: of nobody of ours) about which we have asked."""
    query = select(Instrument).where(
        col(Instrument.organisation_id) == organisation_id
        if organisation_id is not None
        else col(Instrument.organisation_id).is_(None),
        col(Instrument.asked_at).is_not(None),
        col(Instrument.condition) != Condition.HIDDEN,
    )
    query = query.order_by(col(Instrument.folded), col(Instrument.id))
    return (await session.exec(query.with_for_update() if lock else query)).all()


async def vouched_for(session: AsyncSession, person_id: int) -> Sequence[Instrument]:
    """Those whose guarantor somebody is."""
    query = select(Instrument).where(Instrument.guarantor_id == person_id)
    return (await session.exec(query.order_by(col(Instrument.id)))).all()


async def numbered(
    session: AsyncSession, organisation_id: int | None, number: str
) -> Instrument | None:
    """The one with that number of its owner's."""
    query = select(Instrument).where(
        Instrument.organisation_id == organisation_id, Instrument.reference == number
    )
    return (await session.exec(query)).first()
