"""Calls as somebody leafs through them: what is for them, narrowed down, and one at a time."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.calls import bids, fitting
from bot.domain.calls.bids import SEEN, Handling
from bot.domain.calls.fit import Fit
from bot.domain.refusals import Gone
from bot.domain.rights import Action
from storage import pillars as standing_pillars
from storage.calls import browsing as store
from storage.calls import finding as index
from storage.calls.alerts import Interest
from storage.calls.browsing import Glance
from storage.calls.history import Change
from storage.calls.records import CallPillar, Deadline, GrantCall, Kind, State
from storage.people import Person
from storage.pillars import Pillar

MOST = 2000  # calls that can be leafed through
MINE, ALL, FOLLOWED = -1, 0, -2  # in place of the id of a pillar
CHANGES = 20  # of which a card shows the last


class Span(StrEnum):
    """When a call's next deadline is."""

    ANY = "any"
    MONTH = "month"
    QUARTER = "quarter"
    FORECAST = "forecast"


DAYS = {Span.MONTH: timedelta(days=30), Span.QUARTER: timedelta(days=90)}


@dataclass(frozen=True)
class Wanted:
    """What is looked at: `whose` is a pillar's id, or one of the signs above."""

    whose: int = ALL
    kind: Kind | None = None
    span: Span = Span.ANY


@dataclass(frozen=True)
class Listing:
    """Ids in the order of deadlines, and how many there would be with another choice of each."""

    wanted: Wanted
    ids: Sequence[int]
    whose: Mapping[int, int]
    kinds: Mapping[Kind, int]
    spans: Mapping[Span, int]
    pillars: Sequence[Pillar]


@dataclass(frozen=True)
class View:
    """A call as lists show it; `fit` is None for who bids for nobody."""

    call: GrantCall
    deadlines: Sequence[Deadline]
    pillars: Sequence[tuple[Pillar, CallPillar]]
    fit: Fit | None
    interest: Interest | None

    def next_deadline(self, now: datetime) -> Deadline | None:
        return next((each for each in self.deadlines if each.at > now), None)


@dataclass(frozen=True)
class Card:
    view: View
    changes: Sequence[Change]  # the newest first
    handling: Handling | None
    inside: bool  # a member, who can follow and bid
    may_edit: bool


@dataclass(frozen=True)
class Reader:
    pillars: frozenset[int]  # theirs
    interests: Mapping[int, Interest]
    inside: bool


async def reader(session: AsyncSession, me: Person, now: datetime) -> Reader:
    if not await rights.may(session, me, Action.FOLLOW_CALLS, now):
        return Reader(frozenset(), {}, inside=False)
    mine = await fitting.pillars_of(session, me)
    return Reader(mine, await store.interests(session, me.key), inside=True)


async def first(session: AsyncSession, me: Person, now: datetime) -> Wanted:
    """What somebody sees when they come: what is for them, as far as we know what that is."""
    who = await reader(session, me, now)
    return Wanted(MINE if who.pillars else ALL)


async def listing(session: AsyncSession, wanted: Wanted, me: Person, now: datetime) -> Listing:
    who = await reader(session, me, now)
    there = await store.coming(session, now, MOST)
    pillars = await standing_pillars.standing(session, now)
    chosen = [each for each in there if _fits(each, wanted, who, now)]
    scopes = [ALL, *(each.key for each in pillars)]
    scopes += [FOLLOWED] * who.inside + [MINE] * bool(who.pillars)
    return Listing(
        wanted=wanted,
        ids=[each.id for each in sorted(chosen, key=_by_deadline)],
        whose={each: _count(there, replace(wanted, whose=each), who, now) for each in scopes},
        kinds=Counter(
            each.kind for each in there if _fits(each, replace(wanted, kind=None), who, now)
        ),
        spans={each: _count(there, replace(wanted, span=each), who, now) for each in Span},
        pillars=pillars,
    )


async def coming(session: AsyncSession, now: datetime) -> list[int]:
    """Ids of all that can still be bid for, the next deadline first."""
    there = await store.coming(session, now, MOST)
    return [each.id for each in sorted(there, key=_by_deadline)]


async def urgent(session: AsyncSession, me: Person, now: datetime) -> int:
    """How many of their calls end within a month; 0 for who has no pillars."""
    who = await reader(session, me, now)
    if not who.pillars:
        return 0
    there = await store.coming(session, now, MOST)
    return _count(there, Wanted(MINE, span=Span.MONTH), who, now)


async def shown(
    session: AsyncSession, ids: Sequence[int], me: Person, now: datetime
) -> list[View]:
    """In the order of their `ids`; what they may not see is left out."""
    calls = {call.key: call for call in await index.among(session, ids)}
    deadlines = await store.deadlines(session, ids)
    pillars = await store.pillars(session, ids)
    who = await reader(session, me, now)
    judge = await fitting.judge_for(session, me, now)
    return [
        View(
            call=calls[key],
            deadlines=deadlines.get(key, ()),
            pillars=pillars.get(key, ()),
            fit=judge(calls[key], [place for _, place in pillars.get(key, ())]) if judge else None,
            interest=who.interests.get(key),
        )
        for key in ids
        if key in calls and calls[key].stage in SEEN
    ]


async def card(session: AsyncSession, call_id: int, me: Person, now: datetime) -> Card:
    """Raises `Gone` for one that only the team may see."""
    call = await store.find(session, call_id)
    edits = await rights.may(session, me, Action.DRAFT_CALL, now)
    if call is None or (call.stage not in SEEN and not edits):
        raise Gone
    who = await reader(session, me, now)
    judge = await fitting.judge_for(session, me, now)
    pillars = (await store.pillars(session, [call_id])).get(call_id, ())
    return Card(
        view=View(
            call=call,
            deadlines=(await store.deadlines(session, [call_id])).get(call_id, ()),
            pillars=pillars,
            fit=judge(call, [place for _, place in pillars]) if judge else None,
            interest=who.interests.get(call_id),
        ),
        changes=await store.last_changes(session, call_id, CHANGES),
        handling=await bids.of(session, me, call) if who.inside else None,
        inside=who.inside,
        may_edit=edits,
    )


def _fits(glance: Glance, wanted: Wanted, who: Reader, now: datetime) -> bool:
    right_kind = wanted.kind is None or glance.kind == wanted.kind
    return right_kind and _is_whose(glance, wanted.whose, who) and _is_within(glance, wanted, now)


def _is_whose(glance: Glance, whose: int, who: Reader) -> bool:
    said = who.interests.get(glance.id)
    match whose:
        case 0:
            return True
        case -1:
            unwanted = said is not None and said.unfit is not None
            return not unwanted and (
                not glance.topic or not who.pillars.isdisjoint(glance.pillars)
            )
        case -2:
            return said is not None and said.following
    return whose in glance.pillars


def _is_within(glance: Glance, wanted: Wanted, now: datetime) -> bool:
    if wanted.span == Span.ANY:
        return True
    if wanted.span == Span.FORECAST:
        return glance.state == State.FORECAST
    return glance.deadline_at is not None and glance.deadline_at <= now + DAYS[wanted.span]


def _count(there: Iterable[Glance], wanted: Wanted, who: Reader, now: datetime) -> int:
    return sum(_fits(each, wanted, who, now) for each in there)


def _by_deadline(glance: Glance) -> tuple[bool, bool, float, int]:
    """Open ones by their next deadline, those without any, then those that are expected."""
    expected = glance.state == State.FORECAST
    when = glance.opens_at if expected else glance.deadline_at
    return expected, when is None, when.timestamp() if when else 0.0, glance.id
