"""Calls and bids of a year, for the annual report; whoever has not answered is counted as that.

A bid belongs to the year of its call's last deadline. A call of two pillars counts in both.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.calls.bids import WITH_SOMETHING
from bot.domain.rights import Action
from storage import pillars
from storage.calls import figures as store
from storage.calls.bids import Bid, Handed, Result
from storage.calls.records import GrantCall
from storage.organisations import Organisation
from storage.people import Person

NOBODY = ""  # the name of no programme, and of no pillar
LAST = 9999


@dataclass
class Counts:
    sent: int = 0  # calls that were brought to members
    followed: int = 0  # calls that somebody follows
    bids: int = 0  # that somebody handled or said something about
    submitted: int = 0  # alone or with a partner
    with_partner: int = 0
    not_submitted: int = 0
    silent: int = 0  # asked whether it was handed in, and never answered
    won: int = 0
    reserve: int = 0
    lost: int = 0
    undecided: int = 0  # handed in, and no result is known
    amounts: Counter[str] = field(default_factory=Counter)  # that were won, by currency
    unpriced: int = 0  # won, and nobody has said how much


@dataclass(frozen=True)
class Line:
    bid: Bid
    call: GrantCall
    organisation: Organisation
    holder: Person | None


@dataclass(frozen=True)
class Figures:
    year: int
    whole: Counts
    programmes: Sequence[tuple[str, Counts]]
    pillars: Sequence[tuple[str, Counts]]
    lines: Sequence[Line]
    searches: int  # for partners
    met: int
    first: int  # year of which there is anything


async def figures(
    session: AsyncSession, me: Person, year: int, language: str, zone: tzinfo, now: datetime
) -> Figures:
    """Of a year of the cluster's zone; one out of reach is the nearest. Raises `NotAllowed`."""
    await rights.require(session, me, Action.SETTLE_CALL, now)
    this_year = now.astimezone(zone).year
    began = await store.first_year(session)
    first = min(this_year, began.astimezone(zone).year) if began else this_year
    year = min(max(year, first), this_year)
    span = _begin(year, zone), _begin(year + 1, zone)
    lines = [Line(*each) for each in await store.bids(session, *span)]
    sent, followed = await store.sent(session, *span), await store.followed(session, *span)
    named = {each.key: each.name_in(language) for each in await pillars.standing(session, now)}
    calls = {key for key, _ in sent} | {key for key, *_ in followed}
    stand = await store.pillars_of(session, calls | {each.call.key for each in lines})
    of_pillars = {key: [named[p] for p in found if p in named] for key, found in stand.items()}
    events = [
        *((key, programme, _sent) for key, programme in sent),
        *((key, programme, _followed) for key, programme, _ in followed),
        *((each.call.key, each.call.programme, _of(each.bid)) for each in lines),
    ]
    searches, met = await store.searches(session, *span)
    return Figures(
        year,
        _whole(events),
        _grouped(events, lambda _, programme: [programme]),
        _grouped(events, lambda key, _: of_pillars.get(key) or [NOBODY]),
        [each for each in lines if is_bid(each.bid) or each.bid.asked_at],
        searches,
        met,
        first,
    )


Note = Callable[[Counts], None]
Event = tuple[int, str, Note]


def _begin(year: int, zone: tzinfo) -> datetime:
    return datetime(min(year, LAST), 1, 1, tzinfo=zone).astimezone(UTC)


def is_bid(bid: Bid) -> bool:
    return bid.person_id is not None or bid.handed is not None


def _sent(counts: Counts) -> None:
    counts.sent += 1


def _followed(counts: Counts) -> None:
    counts.followed += 1


def _of(bid: Bid) -> Note:
    def note(counts: Counts) -> None:
        counts.bids += is_bid(bid)
        counts.silent += bid.handed is None and bid.asked_at is not None
        counts.not_submitted += bid.handed == Handed.NOT_SUBMITTED
        if bid.handed in WITH_SOMETHING:
            _submitted(counts, bid)

    return note


def _submitted(counts: Counts, bid: Bid) -> None:
    counts.submitted += 1
    counts.with_partner += bid.handed == Handed.WITH_PARTNER
    counts.won += bid.result == Result.WON
    counts.reserve += bid.result == Result.RESERVE
    counts.lost += bid.result == Result.LOST
    counts.undecided += bid.result is None
    if bid.result == Result.WON:
        counts.unpriced += bid.amount is None
        if bid.amount is not None:
            counts.amounts[bid.currency] += bid.amount


def _whole(events: Iterable[Event]) -> Counts:
    counts = Counts()
    for _, _, note in events:
        note(counts)
    return counts


def _grouped(
    events: Iterable[Event], names: Callable[[int, str], Iterable[str]]
) -> list[tuple[str, Counts]]:
    """By name, those with the most of what was handed in first; what has none comes last."""
    found: dict[str, Counts] = {}
    for key, programme, note in events:
        for name in names(key, programme):
            note(found.setdefault(name, Counts()))
    return sorted(found.items(), key=_weight)


def _weight(one: tuple[str, Counts]) -> tuple[bool, int, int, int, str]:
    name, counts = one
    return name == NOBODY, -counts.submitted, -counts.bids, -counts.sent, name
