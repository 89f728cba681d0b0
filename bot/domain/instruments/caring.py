"""Keeping records of equipment: owners' contact persons keep theirs, the team keeps all.

Every change is noted down with who made it, and what is changed by hand is confirmed by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.instruments import cells, lists, records
from bot.domain.instruments.cells import Fault, Wrong
from bot.domain.instruments.visibility import RECORD
from bot.domain.refusals import Gone, Refusal
from bot.domain.rights import Action
from storage import audit, organisations, people, pillars
from storage import instruments as rows
from storage.instruments import Category, Condition, Instrument, Offering, Outage, Visibility
from storage.instruments import caring as store
from storage.instruments import finding as index
from storage.instruments.finding import Entry
from storage.organisations import Organisation
from storage.people import Person
from storage.pillars import Pillar

TOGETHER = {
    "guarantor": ("guarantor", "guarantor_id"),
    "price": ("price_least", "price_members", "price_academia", "price_others"),
    "what": ("what", "what_en"),
    "make": ("maker", "model"),
}  # fields that are shown or kept back together
KEPT_BACK = (*TOGETHER, "parameters", "site", "samples", "access", "photo", "link")
MOST_COLLEAGUES = 50


class NumberTaken(Refusal):
    """Another instrument of the organisation has this number."""


@dataclass(frozen=True)
class Kept:
    instrument: Instrument
    owner: Organisation | None
    pillars: Sequence[Pillar]  # all of them
    stands: frozenset[int]  # ids of those it stands in
    outages: Sequence[Outage]


@dataclass(frozen=True)
class Shelf:
    """A page of what somebody keeps."""

    owner: Organisation | None
    instruments: Sequence[Instrument]
    count: int


async def require(session: AsyncSession, organisation_id: int, me: Person, now: datetime) -> None:
    action = Action.KEEP_INSTRUMENTS
    await rights.require(session, me, action, now, organisation_id=organisation_id)


async def shelf(
    session: AsyncSession, organisation_id: int, skip: int, limit: int, me: Person, now: datetime
) -> Shelf:
    """`organisation_id` 0: of all, for the team."""
    await require(session, organisation_id, me, now)
    home = organisation_id or None
    owner = await organisations.find(session, organisation_id) if home else None
    if home and owner is None:
        raise Gone
    count = await store.count_kept_by(session, home)
    skip = min(skip, max(0, (count - 1) // limit * limit))
    return Shelf(owner, await store.kept_by(session, home, skip=skip, limit=limit), count)


async def keeps_all(session: AsyncSession, me: Person, now: datetime) -> bool:
    return await rights.may(session, me, Action.KEEP_INSTRUMENTS, now, organisation_id=0)


async def homes(session: AsyncSession, me: Person, now: datetime) -> list[Organisation]:
    """The organisations whose records they keep as contact persons."""
    keys = await rights.spoken_for(session, me, now)
    return [*(await organisations.by_ids(session, keys)).values()]


async def look(session: AsyncSession, instrument_id: int, me: Person, now: datetime) -> Kept:
    """Raises `Gone`, `NotAllowed`."""
    instrument = await rows.find(session, instrument_id)
    if instrument is None:
        raise Gone
    home = instrument.organisation_id
    await require(session, home or 0, me, now)
    stands = (await rows.pillars_of(session, [instrument.key])).get(instrument.key, [])
    return Kept(
        instrument,
        await organisations.find(session, home) if home else None,
        await pillars.standing(session, now),
        frozenset(stands),
        await store.outages(session, instrument.key, now),
    )


async def lock(session: AsyncSession, instrument_id: int, me: Person, now: datetime) -> Instrument:
    """Raises `Gone`, `NotAllowed`."""
    instrument = await store.lock(session, instrument_id)
    if instrument is None:
        raise Gone
    await require(session, instrument.organisation_id or 0, me, now)
    return instrument


async def add(
    session: AsyncSession,
    organisation_id: int,
    said: dict[str, str],
    me: Person,
    now: datetime,
) -> Instrument:
    """`said` are texts by columns, its name and category among them. Raises `Fault`."""
    await require(session, organisation_id, me, now)
    owner = await organisations.find(session, organisation_id)
    if owner is None:
        raise Gone
    values = {column: cells.read(column, text) for column, text in said.items()}
    instrument = Instrument(
        name=values["name"],
        folded="",
        kind=values.get("kind") or Offering.EQUIPMENT,
        category=Category(values["category"]),
        organisation_id=owner.key,
        owner=owner.name,
        source="",
        confidence="stated",
        confirmed_at=now,
    )
    lists.put(instrument, values)
    its = await pillars.of_organisation(session, owner.key)
    await records.add(session, [instrument], [its if len(its) == 1 else ()])
    await note(session, instrument, "instrument.added", me, now, name=instrument.name)
    return instrument


async def change(
    session: AsyncSession, instrument_id: int, column: str, text: str, me: Person, now: datetime
) -> Instrument:
    """Raises `Fault`, `NumberTaken`."""
    instrument = await lock(session, instrument_id, me, now)
    new = cells.read(column, text)
    if column == "owner" and not new:
        raise Fault(Wrong.EMPTY, column)
    if column == "reference" and new and await _is_taken(session, instrument, new):
        raise NumberTaken
    old = cells.written(column, lists.value(instrument, column), "cs")
    lists.put(instrument, {column: new})
    if column == "guarantor":
        instrument.guarantor_id = None
    await _changed(session, instrument, me, now, column, old, cells.written(column, new, "cs"))
    return instrument


async def _is_taken(session: AsyncSession, instrument: Instrument, number: str) -> bool:
    found = await store.numbered(session, instrument.organisation_id, number)
    return found is not None and found.key != instrument.key


async def flip(
    session: AsyncSession, instrument_id: int, flag: str, me: Person, now: datetime
) -> Instrument:
    instrument = await lock(session, instrument_id, me, now)
    if flag not in cells.FLAGS:
        raise Gone
    old = bool(getattr(instrument, flag))
    setattr(instrument, flag, not old)
    await _changed(session, instrument, me, now, flag, old, not old)
    return instrument


async def move(
    session: AsyncSession, instrument_id: int, pillar_id: int, me: Person, now: datetime
) -> None:
    """Into a pillar, or out of it."""
    instrument = await lock(session, instrument_id, me, now)
    if pillar_id not in {each.key for each in await pillars.standing(session, now)}:
        raise Gone
    old = set((await rows.pillars_of(session, [instrument.key])).get(instrument.key, []))
    new = old ^ {pillar_id}
    await store.place(session, {instrument.key: sorted(new)})
    await _changed(session, instrument, me, now, "pillars", sorted(old), sorted(new))


async def show(
    session: AsyncSession, instrument_id: int, what: str, to: str, me: Person, now: datetime
) -> None:
    """Who sees the record, or some fields of it."""
    instrument = await lock(session, instrument_id, me, now)
    if to not in set(Visibility) or what not in (RECORD, *KEPT_BACK):
        raise Gone
    if what == RECORD and to == Visibility.REQUEST:
        raise Gone
    old = dict(instrument.visibility)
    instrument.visibility = old | dict.fromkeys(TOGETHER.get(what, (what,)), to)
    await _changed(session, instrument, me, now, f"visibility.{what}", old.get(what, ""), to)


async def depict(
    session: AsyncSession, instrument_id: int, photo: str | None, me: Person, now: datetime
) -> None:
    """`photo` is Telegram's id of the picture; None takes it away."""
    instrument = await lock(session, instrument_id, me, now)
    had, instrument.photo = bool(instrument.photo), photo
    await _changed(session, instrument, me, now, "photo", had, bool(photo))


async def colleagues(session: AsyncSession, instrument: Instrument) -> Sequence[Person]:
    """Who can be the guarantor: people of the organisation."""
    home = instrument.organisation_id or 0
    return await people.of_organisation(session, home, skip=0, limit=MOST_COLLEAGUES)


async def entrust(
    session: AsyncSession, instrument_id: int, person_id: int, me: Person, now: datetime
) -> None:
    """Have a colleague be its guarantor, who is asked when somebody enquires about it."""
    instrument = await lock(session, instrument_id, me, now)
    there = {each.key: each for each in await colleagues(session, instrument)}
    if person_id not in there:
        raise Gone
    old = instrument.guarantor
    instrument.guarantor_id, instrument.guarantor = person_id, there[person_id].name
    await _changed(session, instrument, me, now, "guarantor", old, instrument.guarantor)


async def hide(session: AsyncSession, instrument_id: int, me: Person, now: datetime) -> Instrument:
    """Nobody finds it any more but who keeps it."""
    instrument = await lock(session, instrument_id, me, now)
    instrument.condition, instrument.asked_at, instrument.silences = Condition.HIDDEN, None, 0
    await session.flush()
    await records.reindex(session, [instrument])
    await note(session, instrument, "instrument.hidden", me, now, name=instrument.name)
    return instrument


async def remove(session: AsyncSession, instrument_id: int, me: Person, now: datetime) -> str:
    """For ever; returns its name."""
    instrument = await lock(session, instrument_id, me, now)
    await index.enter(session, [Entry(instrument.key, "")])
    name = instrument.name
    await note(session, instrument, "instrument.removed", me, now, name=name)
    await store.remove(session, instrument)
    return name


def hold(instrument: Instrument, now: datetime) -> None:
    instrument.condition, instrument.confirmed_at = Condition.CONFIRMED, now
    instrument.asked_at, instrument.silences = None, 0


async def _changed(
    session: AsyncSession,
    instrument: Instrument,
    me: Person,
    now: datetime,
    field: str,
    old: Any,
    new: Any,
) -> None:
    """Whoever changes a record has looked at it, so it holds; a hidden one stays hidden."""
    if instrument.condition != Condition.HIDDEN:
        hold(instrument, now)
    await session.flush()
    await records.reindex(session, [instrument])
    told = {"field": field, "old": old, "new": new}
    await note(session, instrument, "instrument.changed", me, now, **told)


async def note(
    session: AsyncSession,
    instrument: Instrument,
    action: str,
    me: Person,
    now: datetime,
    **details: Any,
) -> None:
    subject = f"instrument:{instrument.key}"
    await audit.record(session, me.key, action, subject, now, **details)
