"""Instruments of the cluster that serve a call: those that do what its text speaks of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.calls import bids
from bot.domain.instruments import finding
from bot.domain.instruments.language import WORD, words
from bot.domain.instruments.thesaurus import thesaurus
from storage import instruments, pillars
from storage.calls import bidding as store
from storage.calls.records import GrantCall
from storage.instruments import Condition, Instrument
from storage.people import Person
from storage.pillars import Pillar

READ = 6_000  # characters of a description: what a call is about stands near its beginning
TERMS = 8  # that are looked for
FOUND = 25
DEEP = 40  # instruments that are counted of each term
TITLE = 3  # times that a word of the title counts as much as one of the description


@dataclass
class _Tally:
    terms: list[str] = field(default_factory=list)
    points: float = 0.0


@dataclass(frozen=True)
class Serving:
    """An instrument, and the words of the call that it was found by, the weightiest first; with
    none it only stands in a pillar of the call."""

    instrument: Instrument
    terms: Sequence[str]
    pillar: Pillar | None


async def instruments_for(
    session: AsyncSession, call_id: int, me: Person, now: datetime
) -> tuple[GrantCall, list[Serving]]:
    """As `me` may see them. Raises `MembersOnly`, `Gone`."""
    call = await bids.call_for(session, call_id, me, now)
    found = await serving(session, call, me, now)
    if call.topic and len(found) < FOUND:
        found += await _of_pillars(session, call, me, found, now)
    return call, found[:FOUND]


async def serving(
    session: AsyncSession, call: GrantCall, me: Person, now: datetime
) -> list[Serving]:
    """Those of the call's pillars first, then by how much of what it speaks of they do."""
    tallies: dict[int, _Tally] = {}
    for term, weight in terms(call):
        found = await finding.look_for(session, term, me, now)
        for place, key in enumerate(found.ids[: min(found.whole, DEEP)]):
            tally = tallies.setdefault(key, _Tally())
            tally.terms.append(term)
            tally.points += weight * (1 - place / (2 * DEEP))
    best = sorted(tallies, key=lambda key: (-tallies[key].points, key))
    every = await _known(session, call, best, {key: tallies[key].terms for key in best}, now)
    return sorted(every, key=lambda each: each.pillar is None)[:FOUND]


async def _of_pillars(
    session: AsyncSession, call: GrantCall, me: Person, without: Sequence[Serving], now: datetime
) -> list[Serving]:
    """What stands in the call's pillars, mine first: next to it in kind, if not in words."""
    there = {each.instrument.key for each in without}
    found: dict[int, None] = {}
    for each in await store.pillars(session, call.key):
        ids = (await finding.look_for(session, "", me, now, [f"pillar:{each.pillar_id}"])).ids
        found |= dict.fromkeys(key for key in ids[:DEEP] if key not in there)
    return await _known(session, call, [*found], {}, now)


async def _known(
    session: AsyncSession,
    call: GrantCall,
    keys: Sequence[int],
    said: Mapping[int, Sequence[str]],
    now: datetime,
) -> list[Serving]:
    """In the order of `keys`, without what is hidden."""
    stand = await instruments.pillars_of(session, keys)
    of_call = [each.pillar_id for each in await store.pillars(session, call.key)]
    named = {each.key: each for each in await pillars.standing(session, now)}
    known = {each.key: each for each in await instruments.among(session, keys)}
    found: list[Serving] = []
    for key in keys:
        instrument = known.get(key)
        if instrument is not None and instrument.condition != Condition.HIDDEN:
            shared = [named[p] for p in of_call if p in stand.get(key, ()) and p in named]
            found.append(Serving(instrument, said.get(key, ()), next(iter(shared), None)))
    return found


def terms(call: GrantCall) -> list[tuple[str, int]]:
    """What the call speaks of that instruments do, in its own words, with weights."""
    weights: dict[str, int] = {}
    said: dict[str, str] = {}
    for text, times in _texts(call):
        for concept, term in _concepts(text):
            said.setdefault(concept, term)
            weights[concept] = weights.get(concept, 0) + times
    best = sorted(weights, key=lambda concept: (-weights[concept], concept))[:TERMS]
    return [(said[concept], weights[concept]) for concept in best]


def _texts(call: GrantCall) -> Iterator[tuple[str, int]]:
    yield call.title, TITLE
    if call.title_cs and call.title_cs != call.title:
        yield call.title_cs, TITLE
    yield call.description[:READ], 1


def _concepts(text: str) -> Iterator[tuple[str, str]]:
    """The concepts of optics that a text names, with the words that do; what says little by
    itself, such as "measurement", is none."""
    folded, typed = words(text), WORD.findall(text)
    said = typed if len(typed) == len(folded) else folded
    for each in thesaurus().longest(folded):
        if each.concept.weight == 1:
            yield each.concept.name, " ".join(said[each.start : each.end])
