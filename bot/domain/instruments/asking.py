"""Putting a demand to owners: written down first, looked over, then sent, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import desk, rights, search
from bot.domain.instruments import enquiries, finding, patience, similar
from bot.domain.instruments.enquiries import Case, EnquiryOver, OwnInstrument, said
from bot.domain.refusals import Gone, Refusal
from bot.domain.rights import Action
from storage import instruments, organisations, people
from storage.instruments import Condition, Demand, Enquiry, Instrument
from storage.instruments import enquiries as store
from storage.people import Person

OWNERS = 5  # who are asked at once because of a search
A_DAY, DAY = 10, timedelta(days=1)  # so many demands within it
SAMPLES = 300  # characters
STEPS = (2, 4, 6, 20)  # working days of silence: nudge, nudge, the manager, enough
MANAGER = 2  # which of the steps is theirs


class AskedEnough(Refusal):
    """Ten demands a day."""


@dataclass(frozen=True)
class Put:
    """An enquiry, and who is to hear of it."""

    case: Case
    whom: Sequence[Person]


@dataclass(frozen=True)
class Wish:
    """What somebody has typed and chosen."""

    text: str
    wanted_by: date | None
    samples: str
    confidential: bool


async def instrument(
    session: AsyncSession, instrument_id: int, me: Person, now: datetime
) -> Instrument:
    """One that they may ask about. Raises `MembersOnly`, `Gone`, `OwnInstrument`."""
    await rights.require(session, me, Action.ASK_OWNER, now)
    found = await instruments.find(session, instrument_id)
    if found is None or found.condition == Condition.HIDDEN:
        raise Gone
    if found.organisation_id is not None and found.organisation_id == me.organisation_id:
        raise OwnInstrument
    return found


async def owners_of_found(
    session: AsyncSession, search_id: int, me: Person, now: datetime
) -> tuple[str, list[Instrument]]:
    """What they looked for, and the best instrument of each owner who has it; none: nobody has.

    Raises `MembersOnly`, `Gone`.
    """
    await rights.require(session, me, Action.ASK_OWNER, now)
    row = await search.mine(session, search_id, me)
    found = await finding.look_for(session, row.said, me, now, row.chosen)
    others = await _of_others(session, found.ids[: found.whole], me)
    return row.said, similar.one_of_each(others)[:OWNERS]


async def _of_others(session: AsyncSession, ids: Sequence[int], me: Person) -> list[Instrument]:
    found = [await instruments.find(session, key) for key in ids[: OWNERS * 8]]
    return [
        each
        for each in found
        if each is not None
        and each.condition != Condition.HIDDEN
        and (each.organisation_id is None or each.organisation_id != me.organisation_id)
    ]


async def running(session: AsyncSession, instrument_id: int, me: Person) -> Enquiry | None:
    """What they have asked about it already."""
    return await store.running_of(session, me.key, instrument_id)


async def write(
    session: AsyncSession, me: Person, wish: Wish, wanted: Sequence[int], now: datetime
) -> Demand:
    """Raises `MembersOnly`, `Illegible`."""
    await rights.require(session, me, Action.ASK_OWNER, now)
    demand = Demand(
        person_id=me.key,
        text=said(wish.text),
        wanted_by=wish.wanted_by,
        samples=said(wish.samples, SAMPLES) if wish.samples else "",
        confidential=wish.confidential,
        wanted=list(wanted),
        written_at=now,
    )
    session.add(demand)
    await session.flush()
    return demand


async def send(
    session: AsyncSession, demand_id: int, me: Person, zone: tzinfo, now: datetime
) -> list[Put]:
    """To whom it goes now: nobody where it has gone already, however often this is asked.

    Raises `MembersOnly`, `Gone`, `NotAllowed`, `AskedEnough`.
    """
    await rights.require(session, me, Action.ASK_OWNER, now)
    await people.lock(session, me.key)
    demand, _ = await enquiries.demand(session, demand_id, me)
    if demand.sent_at is not None:
        return []
    if await store.sent_since(session, me.key, now - DAY) >= A_DAY:
        raise AskedEnough
    puts = [
        await _put(session, demand, each, each.organisation_id, zone, now)
        for each in await _still_wanted(session, demand, me)
    ]
    if not demand.wanted:
        puts = await _put_to_all(session, demand, me, zone, now)
    if not puts:
        raise Gone
    demand.sent_at = now
    return puts


async def widen(session: AsyncSession, demand_id: int, me: Person, now: datetime) -> Demand:
    """Let it go to others who could do the same, too. Raises `Gone`, `NotAllowed`."""
    demand, _ = await enquiries.demand(session, demand_id, me)
    if demand.sent_at is None and len(demand.wanted) == 1:
        first = await instrument(session, demand.wanted[0], me, now)
        others = await similar.similar(session, first, me, now, limit=OWNERS - 1)
        demand.wanted = [*demand.wanted, *(each.key for each in others)]
    return demand


async def throw_away(session: AsyncSession, demand_id: int, me: Person) -> None:
    """One that was not sent. Raises `Gone`, `NotAllowed`."""
    demand, _ = await enquiries.demand(session, demand_id, me)
    if demand.sent_at is None:
        await session.delete(demand)


async def ask_also(
    session: AsyncSession,
    demand_id: int,
    instrument_id: int,
    me: Person,
    zone: tzinfo,
    now: datetime,
) -> Put | None:
    """The same of one more owner; None when they are asked already.

    Raises `MembersOnly`, `Gone`, `NotAllowed`, `OwnInstrument`, `EnquiryOver`.
    """
    await people.lock(session, me.key)
    demand, asked = await enquiries.demand(session, demand_id, me)
    wanted = await instrument(session, instrument_id, me, now)
    if demand.sent_at is None or not demand.text:
        raise EnquiryOver
    if any(each.instrument_id == instrument_id for each in asked):
        return None
    return await _put(session, demand, wanted, wanted.organisation_id, zone, now)


async def next_ones(session: AsyncSession, case: Case, now: datetime) -> list[Instrument]:
    """What could do the same, of owners who were not asked for this."""
    if case.instrument is None or not case.demand.text:
        return []
    asked = await store.of_demand(session, case.demand.key)
    owners = [each.organisation_id for each in asked if each.organisation_id]
    return await similar.similar(session, case.instrument, case.asker, now, without=owners)


async def _still_wanted(session: AsyncSession, demand: Demand, me: Person) -> list[Instrument]:
    found = await _of_others(session, demand.wanted, me)
    return [each for each in found if not await running(session, each.key, me)]


async def _put_to_all(
    session: AsyncSession, demand: Demand, me: Person, zone: tzinfo, now: datetime
) -> list[Put]:
    """To every member with somebody to read it; to the manager where there is none."""
    members = await organisations.members(session)
    others = [each.key for each in members if each.key != me.organisation_id]
    there: list[int | None] = [
        key for key in others if await enquiries.contacts(session, key, now)
    ]
    return [await _put(session, demand, None, key, zone, now) for key in there or [None]]


async def _put(
    session: AsyncSession,
    demand: Demand,
    about: Instrument | None,
    organisation_id: int | None,
    zone: tzinfo,
    now: datetime,
) -> Put:
    enquiry = Enquiry(
        demand_id=demand.key,
        instrument_id=about.key if about else None,
        subject=about.name if about else "",
        organisation_id=organisation_id,
        asked_at=now,
    )
    session.add(enquiry)
    await session.flush()
    return await reach(session, enquiry, zone, now)


async def reach(session: AsyncSession, enquiry: Enquiry, zone: tzinfo, now: datetime) -> Put:
    """Find out who hears of it: the manager, where nobody of the owner can be reached."""
    case = await enquiries.case_of(session, enquiry, now)
    heard = await enquiries.whom(session, case, now)
    for_one = enquiry.subject != ""
    enquiry.steps = 0
    enquiry.with_manager = not heard
    if not heard:
        enquiry.steps = MANAGER + 1
        heard = await desk.managers(session, now)
    if for_one or enquiry.with_manager:
        enquiry.due_at = patience.morning_after(now, STEPS[enquiry.steps], zone)
    await session.flush()
    return Put(case, [person for person in heard if person.key != case.asker.key])
