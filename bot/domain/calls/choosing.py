"""Whom to ask about being a partner: a few people of organisations that fit the call best."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.calls import eligibility, serving
from storage import organisations
from storage.calls import bidding
from storage.calls import partners as store
from storage.calls.bids import Role
from storage.calls.partners import Somebody
from storage.calls.records import GrantCall
from storage.organisations import Organisation
from storage.people import Person

MOST = 5  # who are asked at once
WEEK = timedelta(days=7)
A_WEEK = 2  # times that somebody is asked within it
LATELY = timedelta(days=60)  # who was asked less in this time comes first
OWNERS = 15  # whose instruments serve the call best, counted by instruments
PILLAR, EQUIPPED, INTERESTED = 2, 1, 1


@dataclass(frozen=True, slots=True)
class Candidate:
    person: Person
    organisation: Organisation
    pillars: frozenset[int]  # of the call, in which the organisation stands
    equipped: bool  # it has an instrument that serves the call


@dataclass(frozen=True)
class _Fitting:
    organisation: Organisation
    pillars: frozenset[int]
    equipped: bool

    @property
    def score(self) -> int:
        return (PILLAR if self.pillars else 0) + (EQUIPPED if self.equipped else 0)


async def fitting(
    session: AsyncSession, call: GrantCall, me: Person, role: Role, now: datetime
) -> list[Candidate]:
    """The best first, one of each organisation, none of mine nor of those asked already."""
    wanted = [each.pillar_id for each in await bidding.pillars(session, call.key)]
    there = await _organisations(session, call, me, role, wanted, now)
    week = await store.times_asked(session, now - WEEK)
    lately = await store.times_asked(session, now - LATELY)
    people = await store.could_be_asked(session, call, wanted, there.keys(), now)
    free = (each for each in people if week.get(each.person.key, 0) < A_WEEK)
    best: dict[int, Somebody] = {}
    for each in sorted(free, key=lambda one: _closeness(one, lately)):
        best.setdefault(each.person.organisation_id or 0, each)
    order = sorted(best, key=lambda key: _order(there[key], best[key], lately))
    return [
        Candidate(best[key].person, there[key].organisation, there[key].pillars,
                  there[key].equipped)
        for key in order[:MOST]
    ]  # fmt: skip


def _closeness(one: Somebody, lately: dict[int, int]) -> tuple[bool | int, ...]:
    """Who follows the call stands nearer to it than who speaks for everything."""
    times = lately.get(one.person.key, 0)
    return not one.follows, not one.subscribed, not one.speaks, times, one.person.key


def _order(there: _Fitting, one: Somebody, lately: dict[int, int]) -> tuple[int, int, str]:
    interest = INTERESTED if one.follows or one.subscribed else 0
    times = lately.get(one.person.key, 0)
    return -(there.score + interest), times, there.organisation.folded


async def _organisations(
    session: AsyncSession,
    call: GrantCall,
    me: Person,
    role: Role,
    wanted: Collection[int],
    now: datetime,
) -> dict[int, _Fitting]:
    """Members of today that may apply (whoever only works for a bidder need not), and are of the
    call's field where it has one."""
    home = me.organisation_id or 0
    without = {home} | await store.asked_for(session, call.key, home)
    profiles, stand = await store.profiles(session), await store.stand_in(session)
    owners = _owners(await serving.serving(session, call, me, now))
    found: dict[int, _Fitting] = {}
    for each in await organisations.members(session):
        pillars = frozenset(stand.get(each.key, ())) & frozenset(wanted)
        bidder = eligibility.bidder(each, profiles.get(each.key), pillars)
        barred = role != Role.SUBCONTRACTOR and any(eligibility.stops(call, bidder))
        fits = _Fitting(each, pillars, each.key in owners)
        if each.key not in without and not barred and (fits.score or not wanted):
            found[each.key] = fits
    return found


def _owners(found: Iterable[serving.Serving]) -> set[int]:
    first: Sequence[serving.Serving] = [*found][:OWNERS]
    return {each.instrument.organisation_id for each in first if each.instrument.organisation_id}
