"""What became of a bid: whether it was handed in, with whom, and how it ended."""

from datetime import datetime, tzinfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.calls import bids
from bot.domain.calls.bids import WITH_SOMETHING, HandledBy, Handling, NoOrganisation
from bot.domain.instruments.enquiries import said
from bot.domain.refusals import Refusal
from storage import people
from storage.calls import partners
from storage.calls.bids import Handed, Result
from storage.organisations import Organisation
from storage.people import Person

MOST = 1_000_000_000_000  # of any currency
PARTNER = 120  # characters
CURRENCIES = ("CZK", "EUR")  # that are asked for; others can be typed


class NotHandedIn(Refusal):
    """A result is of what was handed in."""


class BadAmount(Refusal):
    """It is not above zero, or beyond all measure."""


async def hand(
    session: AsyncSession,
    call_id: int,
    me: Person,
    handed: Handed,
    zone: tzinfo,
    now: datetime,
    partner: str = "",
) -> Handling:
    """Say what became of it; who said something else before has changed their mind.

    Raises `MembersOnly`, `Gone`, `NoOrganisation`, `HandledBy`, `AnotherBids`, `Illegible`.
    """
    found = await _ours(session, call_id, me, now)
    bid = found.bid or bids.begun(found.call, found.organisation.key, now)
    if handed in WITH_SOMETHING:
        await bids.check_alone(session, found.call, found.organisation)
        bid.person_id = bid.person_id if found.holder else me.key
    else:
        bid.result = bid.result_at = bid.amount = None
    if bid.handed != handed:
        bid.handed, bid.handed_at = handed, now
    bid.partner = said(partner, PARTNER) if partner else ""
    bid.checked_at = bid.offered_at = None
    session.add(bid)
    bids.plan(bid, found.call, zone, now)
    await session.flush()
    holder = await bids.holder_of(session, bid)
    return Handling(found.call, found.organisation, bid, holder, mine=_is(holder, me))


async def take_back(
    session: AsyncSession, call_id: int, me: Person, zone: tzinfo, now: datetime
) -> Handling:
    """It was not so: as if nothing had been said. Raises as `hand` does."""
    found = await _ours(session, call_id, me, now)
    bid = found.bid
    if bid is not None and bid.handed is not None:
        bid.handed = bid.handed_at = bid.asked_at = None
        bid.result = bid.result_at = bid.result_asked_at = bid.amount = None
        bid.partner, bid.currency, bid.heard_at = "", "", now
        bids.plan(bid, found.call, zone, now)
        await session.flush()
    return found


async def end(
    session: AsyncSession,
    call_id: int,
    me: Person,
    result: Result,
    zone: tzinfo,
    now: datetime,
    *,
    amount: int | None = None,
    currency: str = "",
) -> Handling:
    """How it ended; `amount` is what they get, in whole units. Raises as `hand` does, and
    `NotHandedIn`, `BadAmount`."""
    found = await _ours(session, call_id, me, now)
    bid = found.bid
    if bid is None or bid.handed not in WITH_SOMETHING:
        raise NotHandedIn
    if amount is not None and (result != Result.WON or not 0 < amount <= MOST):
        raise BadAmount
    bid.result, bid.result_at = result, now
    bid.amount = amount
    bid.currency = currency if amount is not None else ""
    bids.plan(bid, found.call, zone, now)
    await session.flush()
    return found


async def met(session: AsyncSession, handling: Handling) -> list[Organisation]:
    """Those whom somebody of theirs has found here as a partner for the call."""
    return await partners.met(session, handling.call.key, handling.organisation.key)


async def _ours(session: AsyncSession, call_id: int, me: Person, now: datetime) -> Handling:
    """Of who handles it there, or of anybody there where nobody does."""
    await people.lock(session, me.key)
    call = await bids.call_for(session, call_id, me, now, lock=True)
    found = await bids.of(session, me, call)
    if found is None:
        raise NoOrganisation
    if found.holder is not None and not found.mine:
        raise HandledBy(found.holder.name)
    return found


def _is(holder: Person | None, me: Person) -> bool:
    return holder is not None and holder.key == me.key
