"""Whom a call may concern: all subscribers at once, each with how well it fits.

Organisations that are alike when they bid have the same fit for the same pillars, so it is
reckoned once for all of their people.
"""

from datetime import datetime
from typing import NamedTuple

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.calls import classifying, fit, neutral
from bot.domain.calls.eligibility import Bidder, region_of
from bot.domain.calls.fit import Fit
from storage.calls import matching as store
from storage.calls.matching import Hearer
from storage.calls.records import CallPillar, GrantCall


class Match(NamedTuple):
    """`reasons` are codes: see `fit`."""

    person_id: int
    fit: int
    eligible: bool
    reasons: tuple[str, ...]


async def match(session: AsyncSession, call: GrantCall, now: datetime) -> list[Match]:
    """Whoever wants calls of that kind and pillar; those who may not apply too, and why."""
    places = {each.pillar_id: each for each in await store.places(session, [call.key])}
    hearers = await _hearers(session, call, places)
    fits = await _fits(
        session, call, places, {(each.organisation_id, each.pillars) for each in hearers}, now
    )
    matches = []
    for each in hearers:
        fitting = fits[each.organisation_id, each.pillars]
        matches.append(Match(each.person_id, fitting.score, fitting.eligible, fitting.reasons))
    return matches


async def _hearers(
    session: AsyncSession, call: GrantCall, places: dict[int, CallPillar]
) -> list[Hearer]:
    if places:
        return await store.in_pillars(session, call, places)
    if call.topic:
        return []
    goal = (await neutral.rule(session)).goal(call)
    if goal.everybody:
        return await store.subscribers(session, call)
    return await store.in_pillars(session, call, goal.pillars) if goal.pillars else []


async def _fits(
    session: AsyncSession,
    call: GrantCall,
    places: dict[int, CallPillar],
    wanted: set[tuple[int, frozenset[int]]],
    now: datetime,
) -> dict[tuple[int, frozenset[int]], Fit]:
    known = {
        home: (kind, size, region_of(town, region))
        for home, kind, town, region, size in await store.bidders(session)
    }
    enough = classifying.enough()
    fits: dict[Bidder, Fit] = {}
    found = {}
    for home, pillars in wanted:
        who = Bidder(*known[home], pillars)
        if who not in fits:
            fits[who] = fit.judge(call, places, who, now, enough)
        found[home, pillars] = fits[who]
    return found
