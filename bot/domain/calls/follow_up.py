"""What we say about bids by ourselves: to who handles one, to their colleagues, and afterwards.

Each thing is said once, on working days. Where a call was only followed, its followers are asked
after the deadline all the same: that nobody answers is a figure, too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.agenda import awaits
from bot.domain.calls import bids
from bot.domain.calls.bids import ASKED, Handling, Matter
from bot.domain.instruments import patience
from bot.domain.instruments.enquiries import can_be_told
from storage import organisations
from storage.calls import bidding as store
from storage.calls.bids import Bid
from storage.people import Person

AT_ONCE = 50
LATEST = timedelta(days=10)  # after a deadline, for asking those who only followed the call


@dataclass(frozen=True)
class Word:
    matter: Matter
    handling: Handling
    whom: Sequence[Person]
    key: str  # the same for the same word


@awaits
async def next_word(session: AsyncSession, now: datetime) -> datetime | None:
    return await store.next_due(session, now)


async def speak(session: AsyncSession, zone: tzinfo, now: datetime) -> list[Word]:
    """What is due to be said, which after a long sleep is said once."""
    await _plan_anew(session, zone, now)
    if not patience.is_decent(now, zone):
        return []
    words = [await _due(session, bid, zone, now) for bid in await store.due(session, now, AT_ONCE)]
    await session.flush()
    return [word for word in words if word is not None]


async def _plan_anew(session: AsyncSession, zone: tzinfo, now: datetime) -> None:
    for call_id, where in await store.followed_in_vain(session, now - LATEST, now, AT_ONCE):
        call = await store.call(session, call_id)
        assert call is not None
        bid = bids.begun(call, where, now)
        session.add(bid)
        bids.plan(bid, call, zone, now)
    for bid in await store.moved(session, AT_ONCE):
        call = await store.call(session, bid.call_id)
        assert call is not None
        bids.plan(bid, call, zone, now)
    await session.flush()


async def _due(session: AsyncSession, bid: Bid, zone: tzinfo, now: datetime) -> Word | None:
    call = await store.call(session, bid.call_id)
    where = await organisations.find(session, bid.organisation_id)
    assert call is not None
    assert where is not None
    coming = bids.next_word(bid, zone, now)
    if coming is None or coming[0] > now:
        bids.plan(bid, call, zone, now)
        return None
    handling = Handling(call, where, bid, await bids.holder_of(session, bid))
    matter = coming[1]
    if matter == Matter.CHECK and not _can_answer(handling):
        matter = Matter.OFFER
    key = f"b{bid.key}:{matter.name.lower()}:{coming[0]:%Y%m%d}"
    whom = await _say(session, handling, bid, matter, now)
    bids.plan(bid, call, zone, now)
    return Word(matter, handling, whom, key)


async def _say(
    session: AsyncSession, handling: Handling, bid: Bid, matter: Matter, now: datetime
) -> list[Person]:
    """Note that it is said, and find out to whom."""
    match matter:
        case Matter.CHECK:
            bid.checked_at, bid.checks = now, bid.checks + 1
        case Matter.OFFER:
            bid.checked_at = bid.checked_at or now
            bid.offered_at = now
            return await bids.colleagues(session, bid, now)
        case Matter.HANDED:
            bid.asked_at = now
        case Matter.RESULT:
            bid.result_asked_at = now
    if handling.holder is not None and can_be_told(handling.holder):
        return [handling.holder]
    followers = await store.followers(session, bid.call_id, bid.organisation_id, ASKED)
    return [*followers] or await bids.colleagues(session, bid, now)


def _can_answer(handling: Handling) -> bool:
    return handling.holder is not None and can_be_told(handling.holder)
