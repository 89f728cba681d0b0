"""Who handles a call in an organisation: one person at a time, and a colleague may take over."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import Enum, auto

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.instruments import patience
from bot.domain.refusals import Gone, Refusal
from bot.domain.rights import Action
from storage import organisations, people
from storage.calls import bidding as store
from storage.calls import ideas
from storage.calls.bids import Bid, Handed
from storage.calls.records import GrantCall, Stage, State
from storage.organisations import Organisation
from storage.people import Person

SEEN = (Stage.SENT, Stage.QUIET)  # what members can find
STILL = (5, 20)  # working days after which we ask who handles it: the first time, later
SILENCE = 5  # working days without an answer, then colleagues are asked
HANDED_IN, ENDED = 3, 120  # days after the deadline on which we ask whether, and how it went
TOLD_LATE = 14  # days after we were told at the soonest
ASKED = 5  # colleagues at once
WITH_SOMETHING = (Handed.SUBMITTED, Handed.WITH_PARTNER)


class NoOrganisation(Refusal):
    """Who bids does so for an organisation."""


class CallOver(Refusal):
    """Its last deadline has passed, or it was called off."""


class AnotherBids(Refusal):
    """The cluster may hand in but one bid, and it is not theirs."""


class HandledBy(Refusal):
    """Somebody else does it there."""

    def __init__(self, name: str) -> None:
        self.name = name


class Matter(Enum):
    """What we speak about by ourselves."""

    CHECK = auto()  # whether they still handle it
    OFFER = auto()  # they are silent: to their colleagues
    HANDED = auto()  # whether it was handed in
    RESULT = auto()


@dataclass(frozen=True)
class Handling:
    """How far an organisation is with a call; without a `bid` nobody has said anything."""

    call: GrantCall
    organisation: Organisation
    bid: Bid | None = None
    holder: Person | None = None
    mine: bool = False


async def of(session: AsyncSession, person: Person, call: GrantCall) -> Handling | None:
    """Of that person's own organisation; None for who belongs to none."""
    where = await _home(session, person)
    if where is None:
        return None
    bid = await store.of_organisation(session, call.key, where.key)
    holder = await holder_of(session, bid) if bid else None
    mine = holder is not None and holder.key == person.key
    return Handling(call, where, bid, holder, mine)


async def look(session: AsyncSession, call_id: int, me: Person, now: datetime) -> Handling:
    """Raises `MembersOnly`, `Gone`, `NoOrganisation`."""
    call = await call_for(session, call_id, me, now)
    found = await of(session, me, call)
    if found is None:
        raise NoOrganisation
    return found


async def call_for(
    session: AsyncSession, call_id: int, me: Person, now: datetime, *, lock: bool = False
) -> GrantCall:
    """A call that they may bid for. Raises `MembersOnly`, `Gone`."""
    await rights.require(session, me, Action.BID, now)
    call = await store.call(session, call_id, lock=lock)
    if call is None or call.stage not in SEEN:
        raise Gone
    return call


async def everybodys(
    session: AsyncSession, call: GrantCall, me: Person, now: datetime
) -> list[Handling] | None:
    """Who bids in all organisations: for the team; None for others."""
    if not await rights.may(session, me, Action.DRAFT_CALL, now):
        return None
    found = await store.of_call(session, call.key)
    named = await organisations.by_ids(session, {each.organisation_id for each in found})
    return [
        Handling(call, named[each.organisation_id], each, await holder_of(session, each))
        for each in found
    ]


async def holder_of(session: AsyncSession, bid: Bid) -> Person | None:
    """Who handles it, as long as they belong there."""
    person = await people.find(session, bid.person_id) if bid.person_id else None
    if person is None or not person.is_member or person.organisation_id != bid.organisation_id:
        return None
    return person


def is_over(call: GrantCall, now: datetime) -> bool:
    """Whether nothing can be handed in any more."""
    late = call.last_deadline_at is not None and call.last_deadline_at <= now
    return late or call.state in (State.CLOSED, State.CANCELLED)


async def take(
    session: AsyncSession,
    call_id: int,
    me: Person,
    zone: tzinfo,
    now: datetime,
    instead_of: int | None = None,
) -> tuple[Handling, Person | None]:
    """Handle it from now on, `instead_of` a colleague if that is still who does.

    With who did it until now. Raises `MembersOnly`, `Gone`, `NoOrganisation`, `CallOver`,
    `AnotherBids`, `HandledBy`.
    """
    call = await call_for(session, call_id, me, now, lock=True)
    if is_over(call, now):
        raise CallOver
    found = await of(session, me, call)
    if found is None:
        raise NoOrganisation
    if found.mine:
        return found, None
    if found.holder is not None and found.holder.key != instead_of:
        raise HandledBy(found.holder.name)
    await check_alone(session, call, found.organisation)
    bid = found.bid or begun(call, found.organisation.key, now)
    bid.person_id, bid.since = me.key, now
    await _heard(session, bid, call, zone, now)
    return Handling(call, found.organisation, bid, me, mine=True), found.holder


async def let_go(
    session: AsyncSession, call_id: int, me: Person, zone: tzinfo, now: datetime
) -> Handling:
    """Raises `MembersOnly`, `Gone`, `NoOrganisation`."""
    found = await _mine(session, call_id, me, now)
    if found.bid is None or not found.mine:
        return found
    found.bid.person_id = None
    await _heard(session, found.bid, found.call, zone, now)
    return Handling(found.call, found.organisation, found.bid)


async def still(
    session: AsyncSession, call_id: int, me: Person, zone: tzinfo, now: datetime
) -> Handling:
    """They are at it. Raises `MembersOnly`, `Gone`, `NoOrganisation`."""
    found = await _mine(session, call_id, me, now)
    if found.bid is not None and found.mine:
        await _heard(session, found.bid, found.call, zone, now)
    return found


async def _mine(session: AsyncSession, call_id: int, me: Person, now: datetime) -> Handling:
    call = await call_for(session, call_id, me, now, lock=True)
    found = await of(session, me, call)
    if found is None:
        raise NoOrganisation
    return found


async def offered(
    session: AsyncSession, call_id: int, me: Person, zone: tzinfo, now: datetime
) -> tuple[Handling, list[Person]]:
    """Who handles it would rather not: the colleagues to ask, nobody when it was done already."""
    found = await _mine(session, call_id, me, now)
    bid = found.bid
    if bid is None or not found.mine or bid.offered_at is not None:
        return found, []
    whom = await colleagues(session, bid, now)
    if whom:
        bid.offered_at = now
        bid.checked_at = bid.checked_at or now
        plan(bid, found.call, zone, now)
    return found, whom


async def colleagues(session: AsyncSession, bid: Bid, now: datetime) -> list[Person]:
    """Who else could handle it: those who follow the call, and the contact persons."""
    where = bid.organisation_id
    following = await store.followers(session, bid.call_id, where, ASKED + 1)
    contacts = await people.holders(session, people.RoleName.CONTACT, now, organisation_id=where)
    theirs = [each for each in contacts if each.is_member and each.organisation_id == where]
    found = {each.key: each for each in (*following, *theirs) if each.key != bid.person_id}
    return [*found.values()][:ASKED]


def begun(call: GrantCall, organisation_id: int, now: datetime) -> Bid:
    return Bid(call_id=call.key, organisation_id=organisation_id, since=now, heard_at=now)


def plan(bid: Bid, call: GrantCall, zone: tzinfo, now: datetime) -> None:
    """Find out when we speak of it next."""
    off = call.state == State.CANCELLED
    deadline = None if off else call.last_deadline_at
    if bid.handed is None and _is_later(deadline, bid.deadline_at):
        bid.asked_at = None
    bid.deadline_at = deadline
    coming = None if off else next_word(bid, zone, now)
    bid.due_at = coming[0] if coming else None


def _is_later(deadline: datetime | None, planned: datetime | None) -> bool:
    return deadline is not None and planned is not None and deadline > planned


def next_word(bid: Bid, zone: tzinfo, now: datetime) -> tuple[datetime, Matter] | None:
    if bid.handed is None:
        words = [*_of_silence(bid, zone, now)]
        if bid.deadline_at is not None and bid.asked_at is None:
            words.append((patience.morning_in(bid.deadline_at, HANDED_IN, zone), Matter.HANDED))
        return min(words, key=lambda each: each[0], default=None)
    if bid.handed not in WITH_SOMETHING or bid.result or bid.result_asked_at:
        return None
    assert bid.handed_at is not None
    at = patience.morning_in(bid.deadline_at or bid.handed_at, ENDED, zone)
    late = patience.morning_in(bid.handed_at, TOLD_LATE, zone)
    return max(at, late), Matter.RESULT


def _of_silence(bid: Bid, zone: tzinfo, now: datetime) -> list[tuple[datetime, Matter]]:
    """Before the deadline only, and as long as somebody handles it."""
    if bid.person_id is None or (bid.deadline_at is not None and bid.deadline_at <= now):
        return []
    if bid.checked_at is None:
        days = STILL[min(bid.checks, len(STILL) - 1)]
        at, matter = patience.morning_after(bid.heard_at, days, zone), Matter.CHECK
    elif bid.offered_at is None:
        at, matter = patience.morning_after(bid.checked_at, SILENCE, zone), Matter.OFFER
    else:
        return []
    before = bid.deadline_at is None or at < bid.deadline_at
    return [(at, matter)] if before else []


async def _heard(
    session: AsyncSession, bid: Bid, call: GrantCall, zone: tzinfo, now: datetime
) -> None:
    bid.heard_at, bid.checked_at, bid.offered_at = now, None, None
    session.add(bid)
    plan(bid, call, zone, now)
    await session.flush()


async def check_alone(session: AsyncSession, call: GrantCall, where: Organisation) -> None:
    chosen = await ideas.chosen(session, call.key) if call.one_bid else None
    if chosen is not None and chosen.organisation_id != where.key:
        raise AnotherBids


async def _home(session: AsyncSession, person: Person) -> Organisation | None:
    if not person.is_member or person.organisation_id is None:
        return None
    return await organisations.find(session, person.organisation_id)
