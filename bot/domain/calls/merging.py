"""What a source tells becomes calls: new ones, and changes of those that we know.

Calls that say what they said before cost next to nothing: their digest tells. Everything is read
and written for many calls at once.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.calls import (
    absorbing,
    changes,
    identity,
    indexing,
    judging,
    settling,
    twins,
    values,
)
from bot.domain.calls.absorbing import Absorbing, Voice
from bot.domain.calls.found import Found
from storage.calls import sighting as store
from storage.calls.records import GrantCall, Kind, Sighting, Stage, State
from storage.calls.sighting import Seen
from storage.calls.sources import Form, Source

TITLE, TEXT, LINK, REFERENCE = 500, 20_000, 2_000, 300  # characters
OVER = (State.CLOSED, State.CANCELLED)


@dataclass(frozen=True)
class Outcome:
    fresh: list[int]  # ids of calls
    changed: list[int]  # ids of changes


class _Told:
    """What was found of one call, as it is compared with what was found before."""

    def __init__(self, found: Found, says: Mapping[str, Any]) -> None:
        self.found, self.says = found, says
        self.reference = found.reference
        self.digest = values.digest(found, says)

    def is_known(self, seen: Seen | None) -> bool:
        return seen is not None and seen.digest == self.digest and not seen.missed


@dataclass(frozen=True, slots=True)
class _Batch:
    """What we know of what was found, by the source's references, codes and ids."""

    source: Source
    now: datetime
    sightings: dict[str, Sighting]
    by_code: dict[str, GrantCall]
    by_page: dict[str, list[Sighting]]
    shared: frozenset[str]  # pages on which this source shows several calls
    calls: dict[int, GrantCall]


async def take(
    session: AsyncSession, source: Source, found: Sequence[Found], now: datetime
) -> Outcome:
    """Some hundreds at a time at most; `now` is the same for all that one reading has found."""
    told = [_Told(each, values.said(each)) for each in _tidy(found)]
    known = await store.seen(session, source.key, [each.reference for each in told])
    news = [each for each in told if not each.is_known(known.get(each.reference))]
    new = {each.reference for each in news}
    same = {reference: seen for reference, seen in known.items() if reference not in new}
    await store.seen_again(session, source.key, same, now)
    if not news:
        return Outcome([], [])
    batch = await _look_up(session, source, news, now)
    speaking = [(each, _call_of(batch, each.found)) for each in news]
    held = await _hold(session, {id(call): call for _, call in speaking}.values())
    copies = await store.known_to(session, source.key, [*batch.calls])
    for each, call in speaking:
        _absorb(batch, each, held[call.key], is_copy=call.key in copies)
        copies.add(call.key)
    await store.add(session, batch.sightings.values())
    return await _settle(session, source, list(held.values()), now)


def _tidy(found: Iterable[Found]) -> list[Found]:
    """Cut to what can be kept; of several copies of a reference the best is left, richest
    calls first."""
    best: dict[str, Found] = {}
    for each in found:
        title = " ".join(each.title.split())[:TITLE]
        reference = each.reference.strip()[:REFERENCE]
        if not title or not reference:
            continue
        tidied = replace(
            each,
            reference=reference,
            title=title,
            link=each.link[:LINK],
            description=each.description[:TEXT],
        )
        other = best.get(reference)
        if other is None or _worth(tidied) > _worth(other):
            best[reference] = tidied
    return sorted(best.values(), key=_worth, reverse=True)


def _worth(found: Found) -> tuple[int, tuple[bool, bool, bool, int, int]]:
    return found.rank, identity.richness(found)


async def _look_up(
    session: AsyncSession, source: Source, told: Sequence[_Told], now: datetime
) -> _Batch:
    news = [each.found for each in told]
    pages = Counter(identity.same_page(each.link) for each in news)
    sightings = await store.sightings(session, source.key, [each.reference for each in news])
    by_code = await store.by_code(session, {identity.code_for(source, each) for each in news})
    by_page = await store.by_page(session, [page for page in pages if page])
    ids = {each.call_id for each in sightings.values()} | {c.key for c in by_code.values()}
    ids |= {each.call_id for several in by_page.values() for each in several}
    calls = await store.calls(session, ids)
    shared = frozenset(page for page, number in pages.items() if number > 1)
    return _Batch(source, now, sightings, by_code, by_page, shared, calls)


def _call_of(batch: _Batch, found: Found) -> GrantCall:
    """The call that it speaks of, which is a new one where we know none."""
    code = identity.code_for(batch.source, found)
    call = _known(batch, found, code) or _new(batch, found, code)
    batch.by_code.setdefault(code, call)
    return call


def _known(batch: _Batch, found: Found, code: str) -> GrantCall | None:
    sighting = batch.sightings.get(found.reference)
    if sighting is not None:
        return batch.calls.get(sighting.call_id)
    return batch.by_code.get(code) or _on_the_same_page(batch, found, code)


def _on_the_same_page(batch: _Batch, found: Found, code: str) -> GrantCall | None:
    """Only where the page is one call's to all who speak of it. A code of the programme's is
    better than one of ours."""
    page = identity.same_page(found.link)
    speakers = batch.by_page.get(page, [])
    ids = {each.call_id for each in speakers}
    own = any(each.source_id == batch.source.id for each in speakers)
    if page in batch.shared or own or len(ids) != 1:
        return None
    call = batch.calls.get(ids.pop())
    if call is None or (found.code and not identity.is_ours(call.code)):
        return None
    if found.code:
        call.code = code
    return call


def _new(batch: _Batch, found: Found, code: str) -> GrantCall:
    return GrantCall(
        code=code,
        title=found.title,
        description=found.description,
        language=found.language or batch.source.language,
        kind=_kind(batch.source, found),
        state=State.OPEN,
        link=found.link,
        found_at=batch.now,
        checked_at=batch.now,
        stage=Stage.QUIET,
        # Said, since defaults that are made anew for each take long.
        applicants=[],
        regions=[],
        regions_out=[],
        by_hand=[],
    )


def _kind(source: Source, found: Found) -> Kind:
    said = str(found.fields.get("kind") or source.settings.get("kind") or "")
    if said in [*Kind]:
        return Kind(said)
    return Kind.EUROPEAN if source.form == Form.SEDIA else Kind.NATIONAL


async def _hold(session: AsyncSession, calls: Iterable[GrantCall]) -> dict[int, Absorbing]:
    every = list(calls)
    known = [call.key for call in every if call.id is not None]
    fresh = [call for call in every if call.id is None]
    await store.add(session, fresh)
    held = {call.key: Absorbing(call, [], []) for call in every}
    for call in fresh:
        held[call.key].fresh = held[call.key].described = True
    for deadline in await store.deadlines_of(session, known):
        held[deadline.call_id].deadlines.append(deadline)
    for proposal in await store.proposals_of(session, known):
        held[proposal.call_id].proposals.append(proposal)
    return held


def _absorb(batch: _Batch, told: _Told, held: Absorbing, *, is_copy: bool) -> None:
    found = told.found
    sighting = batch.sightings.get(found.reference)
    copy = sighting is None and is_copy
    if sighting is None:
        sighting = Sighting(
            source_id=batch.source.key,
            reference=found.reference,
            call_id=held.call.key,
            said={},
            seen_at=batch.now,
        )
        batch.sightings[found.reference] = sighting
    voice = Voice(batch.source.key, found, told.says, sighting.said, copy, batch.now)
    absorbing.absorb(held, voice)
    sighting.language, sighting.link = found.language, identity.same_page(found.link)
    # Its own page may fail now and then: what it said there still counts.
    sighting.digest, sighting.said = told.digest, {**sighting.said, **told.says}
    sighting.seen_at, sighting.missed = batch.now, 0


async def _settle(
    session: AsyncSession, source: Source, every: Sequence[Absorbing], now: datetime
) -> Outcome:
    """Write everything down, and have it judged, found and told."""
    await store.drop(session, [each for held in every for each in held.outdated])
    await store.add(session, [each for held in every for each in held.made])
    changed = await changes.keep(session, every, now)
    described = [held.call for held in every if _is_to_be_judged(held)]
    await judging.judge(session, described, now)
    await indexing.enter(session, described)
    fresh = [held.call for held in every if held.fresh]
    await twins.hint(session, source, fresh, now)
    for call in fresh:
        if source.trusted and call.stage == Stage.WAITING:
            await settling.send(session, call, None, now)
    return Outcome([call.key for call in fresh], changed)


def _is_to_be_judged(held: Absorbing) -> bool:
    """New words, or a call that had been over when it was found and is not any more."""
    if held.call.state in OVER:
        return False
    return held.described or (held.call.stage == Stage.QUIET and bool(held.changes))
