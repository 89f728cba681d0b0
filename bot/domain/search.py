"""Finding what somebody means by the words they typed, among what they may see.

A search is a row, so that its buttons can lead back to it; rows are forgotten after a while. What
no member has is counted, without who looked for it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import privacy
from bot.domain.calls import finding as calls
from bot.domain.instruments import finding
from bot.domain.refusals import Gone
from storage import instruments, workshops
from storage.folding import fold, words
from storage.instruments import Search, searches
from storage.people import Person
from storage.workshops import Coming

MOST_WORDS = 8
CANDIDATES = 200
EVENTS = 3  # that are shown
BENT = 3  # letters at the end of a Czech word that change with its case
ROOT = 4  # letters that a word is never cut below
KEPT = timedelta(days=30)
RARE = timedelta(days=365)  # after which what was missed but once is forgotten
LONGEST = 200  # characters of a search that are kept
LONGEST_MISS = 80  # a longer text is no name of an instrument


@dataclass(frozen=True)
class Results:
    search: Search
    events: Sequence[Coming]
    instruments: finding.Found
    calls: calls.Found

    def __bool__(self) -> bool:
        return bool(self.events or self.instruments.ids or self.calls.ids)

    @property
    def of_calls(self) -> bool:
        """Whether they said that they look for calls."""
        return not self.search.chosen and calls.is_asked_for(self.search.said)


async def begin(
    session: AsyncSession, text: str, me: Person, now: datetime, chosen: Iterable[str] = ()
) -> Results:
    """Look for something anew; without a text it is a list of all that has the `chosen` facets."""
    said = " ".join(text.replace("\0", " ").split())[:LONGEST]
    row = Search(person_id=me.key, said=said, chosen=list(chosen), searched_at=now)
    session.add(row)
    await session.flush()
    results = await _results(session, row, me, now)
    if me.is_member and _is_missed(results):
        await searches.miss(session, fold(said), said, now)
    return results


async def again(session: AsyncSession, search_id: int, me: Person, now: datetime) -> Results:
    """Raises `Gone` for a search that is somebody else's, or forgotten."""
    return await _results(session, await mine(session, search_id, me), me, now)


async def choose(
    session: AsyncSession, search_id: int, facet: str, me: Person, now: datetime
) -> Results:
    """Narrow it down to those that have the facet, in place of another of its kind."""
    row = await mine(session, search_id, me)
    kind = facet.partition(":")[0]
    row.chosen = [each for each in row.chosen if each.partition(":")[0] != kind] + [facet]
    return await _results(session, row, me, now)


async def let_go(
    session: AsyncSession, search_id: int, kind: str, me: Person, now: datetime
) -> Results:
    """No longer narrow it down by this kind of facets."""
    row = await mine(session, search_id, me)
    row.chosen = [each for each in row.chosen if each.partition(":")[0] != kind]
    return await _results(session, row, me, now)


async def mine(session: AsyncSession, search_id: int, me: Person) -> Search:
    row = await searches.find(session, search_id)
    if row is None or row.person_id != me.key:
        raise Gone
    return row


async def prune(session: AsyncSession, now: datetime) -> None:
    await searches.prune(session, now - KEPT, now - RARE)


async def _results(session: AsyncSession, row: Search, me: Person, now: datetime) -> Results:
    """Who says "call" is shown calls and no instruments; who narrows down, instruments alone."""
    if row.chosen:
        found = await finding.look_for(session, row.said, me, now, row.chosen)
        return Results(row, (), found, calls.Found())
    asked = calls.is_asked_for(row.said)
    return Results(
        search=row,
        events=await _events(session, row.said, me, now),
        instruments=await finding.look_for(session, "" if asked else row.said, me, now),
        calls=await calls.look_up(session, row.said, now),
    )


def _is_missed(results: Results) -> bool:
    found, said = results.instruments, results.search.said
    asked = bool(found.question) and not results.search.chosen and len(said) <= LONGEST_MISS
    return asked and not results.events and not found.whole


async def _events(session: AsyncSession, text: str, me: Person, now: datetime) -> Sequence[Coming]:
    typed = words(text)[:MOST_WORDS]
    if not typed:
        return []
    roots = [_root(word) for word in typed]
    events = await workshops.search(session, me.key, roots, now, CANDIDATES)
    fitting = [event for event in events if _fits(fold(f"{event.title} {event.place}"), typed)]
    return sorted(fitting, key=lambda event: _distance(event.title, typed))[:EVENTS]


def _root(word: str) -> str:
    """What Czech leaves of a word in all its cases, more or less."""
    return word[: max(ROOT, len(word) - BENT)]


def _fits(folded: str, typed: Sequence[str]) -> bool:
    """Each word is there as it was typed, or its root begins some word."""
    return all(_missing(folded, word) <= 2 for word in typed)


def _distance(name: str, typed: Sequence[str]) -> int:
    folded = fold(name)
    return sum(_missing(folded, word) for word in typed)


def _missing(folded: str, word: str) -> int:
    """0 when the word begins one of theirs, 1 inside one, 2 when only its root does, else 3."""
    spaced = f" {folded}"
    if f" {word}" in spaced:
        return 0
    if word in folded:
        return 1
    return 2 if f" {_root(word)}" in spaced else 3


async def _give(session: AsyncSession, who: Person) -> list[privacy.Record]:
    return [privacy.facts(row) for row in await searches.of_person(session, who.key)]


async def _forget(session: AsyncSession, who: Person, _: datetime) -> None:
    await searches.forget(session, who.key)


privacy.keep("searches", instruments.Search, give=_give, forget=_forget)
