"""Finding instruments by what somebody typed: the index proposes, ranking decides.

The index is asked for at most `MOST` instruments, however many there are; when there are more,
they are those with all that was asked for, in their names first, and counts are lower bounds.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, combinations
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.instruments import quantities, records
from bot.domain.instruments.indexing import FACET, FENCE
from bot.domain.instruments.ranking import Candidate, Ranked, rank, telling
from bot.domain.instruments.records import PARTLY, PUBLIC
from bot.domain.instruments.understanding import Question, understand
from bot.domain.instruments.vocabulary import Vocabulary, spelled
from bot.domain.rights import Action
from storage import pillars
from storage.instruments import finding as store
from storage.people import Person

MOST = 400
NEAREST = 3  # words that may have been meant
FEW = 5  # with fewer, what only comes near is looked for, too
TRIES = 12  # of leaving something out
HEAVY = 6  # groups of a question that may be left out one by one
WHOLE = 0.8  # of what was asked for, by weight
LIGHT = 0.5  # the weight of a quantity among things that may be left out
Marks = Collection[str]
Asked = dict[frozenset[frozenset[str]], list[int]]  # what was wanted, and what the index answered


@dataclass(frozen=True)
class Found:
    question: Question
    ids: Sequence[int]  # the best first
    whole: int  # how many have all that was asked for; the others only come near
    facets: dict[str, int]  # how many of them have each, such as `pillar:3`
    more: bool  # there are more than `MOST`
    nearest: Sequence[str] = ()  # words that may have been meant, where nothing was found


@dataclass(frozen=True)
class Reader:
    """Who looks, as far as finding goes."""

    inside: bool
    own: frozenset[str] = frozenset()  # marks of their organisation's pillars

    @property
    def must(self) -> list[Marks]:
        return [] if self.inside else [[PUBLIC]]


_vocabularies: "WeakKeyDictionary[Engine | Connection, tuple[int, Vocabulary]]" = (
    WeakKeyDictionary()
)


_met: "WeakKeyDictionary[Engine | Connection, set[frozenset[str]]]" = WeakKeyDictionary()


async def vocabulary(session: AsyncSession) -> Vocabulary:
    """All words of the records; read again only when there are new ones."""
    bind = session.sync_session.get_bind()
    last = await store.last_word(session)
    read, known = _vocabularies.get(bind) or (0, Vocabulary())
    if read != last:
        known.learn(await store.words(session, after=read))
    _vocabularies[bind] = (last, known)
    return known


async def reader(session: AsyncSession, me: Person, now: datetime) -> Reader:
    inside = await rights.may(session, me, Action.SEE_MEMBERS, now)
    home = me.organisation_id
    own = await pillars.of_organisation(session, home) if inside and home else ()
    return Reader(inside, frozenset(f"{FACET}pillar:{key}" for key in own))


async def look_for(
    session: AsyncSession, text: str, me: Person, now: datetime, chosen: Sequence[str] = ()
) -> Found:
    """`chosen` are facets that all must have. Nothing understood finds nothing."""
    known = await vocabulary(session)
    question = understand(text, known)
    who = await reader(session, me, now)
    must = [*([FACET + facet] for facet in chosen), *who.must]
    if not question and not chosen:
        return Found(question, (), whole=0, facets={}, more=False)
    found = await _find(session, question, must, who)
    return found if found.ids else replace(found, nearest=_nearest(question, known))


def _nearest(question: Question, known: Vocabulary) -> list[str]:
    strange = (group.said for group in question.groups if not known.knows(group.said))
    alike = chain.from_iterable(known.nearest(word) for word in strange)
    return list(dict.fromkeys(map(spelled, alike)))[:NEAREST]


async def _find(
    session: AsyncSession, question: Question, must: Sequence[Marks], who: Reader
) -> Found:
    asked: Asked = {}
    ids = await _whole(session, question, must, asked)
    best = await _ranked(session, question, ids, who)
    if not question:
        best = await _by_name(session, best, who)
    elif len(best) < FEW:
        question = question.widened()
        ids = _merged(ids, await _near(session, question, must, asked))
        best = await _ranked(session, question, ids, who)
    return Found(
        question=question,
        ids=[each.candidate.id for each in best],
        whole=sum(each.coverage >= WHOLE for each in best),
        facets=_counted(best),
        more=len(ids) > MOST,
    )


async def _whole(
    session: AsyncSession, question: Question, must: Sequence[Marks], asked: Asked
) -> list[int]:
    """Those with everything, and first those that are named so."""
    said = [list(group.marks) for group in question.groups]
    measured = [quantity.marks_around() for quantity in question.quantities]
    named = [[f"n:{mark}" for mark in marks] for marks in said]
    first: list[int] = []
    if named:
        first = await _matching(session, [*must, *named, *measured], asked)
    if len(first) > MOST:
        return first
    return _merged(first, await _matching(session, [*must, *said, *measured], asked))


async def _near(
    session: AsyncSession, question: Question, must: Sequence[Marks], asked: Asked
) -> list[int]:
    """Those with as much of it as there is anywhere, until they are a few."""
    wanted = [(group.weight, list(group.marks)) for group in question.groups]
    wanted += [(LIGHT, quantity.marks_around()) for quantity in question.quantities]
    there = [each for each in wanted if await _is_there(session, each[1])]
    found: list[int] = []
    for some in _ever_less(there):
        found = _merged(found, await _matching(session, [*must, *some], asked))
        if len(found) >= FEW:
            break
    return found


async def _matching(session: AsyncSession, wanted: Sequence[Marks], asked: Asked) -> list[int]:
    key = frozenset(map(frozenset, wanted))
    if key not in asked:
        asked[key] = await store.matching(session, wanted, MOST + 1)
    return asked[key]


async def _is_there(session: AsyncSession, marks: Marks) -> bool:
    """Whether any instrument has one of the marks; what was there once is taken to be there."""
    known = _met.setdefault(session.sync_session.get_bind(), set())
    key = frozenset(marks)
    if key not in known:
        if not await store.matching(session, [marks], 1):
            return False
        known.add(key)
    return True


def _ever_less(wanted: Sequence[tuple[float, Marks]]) -> Iterator[list[Marks]]:
    """All of it, then without what weighs the least, and so on."""
    heavy = sorted(wanted, key=lambda each: -each[0])[:HEAVY]
    parts = (some for size in range(1, len(heavy) + 1) for some in combinations(heavy, size))
    for some in sorted(parts, key=lambda each: -sum(weight for weight, _ in each))[:TRIES]:
        yield [marks for _, marks in some]


def _merged(first: Sequence[int], more: Sequence[int]) -> list[int]:
    return list(dict.fromkeys((*first, *more)))


async def _ranked(
    session: AsyncSession, question: Question, ids: Sequence[int], who: Reader
) -> list[Ranked]:
    wanted = telling(question) | who.own | {PARTLY}
    measured = bool(question.quantities)
    found: list[Candidate] = []
    for key, marks, aside in await store.heads(session, ids[:MOST]):
        measures, _, more = aside.partition("|")
        found.append(
            Candidate(
                key,
                marks=wanted.intersection(marks.split()) | wanted.intersection(more.split()),
                quantities=quantities.read(measures) if measured else (),
                facets=marks.partition(FENCE)[0],
            )
        )
    return rank(question, found if who.inside else await _for_guests(session, found), who.own)


async def _by_name(session: AsyncSession, found: Sequence[Ranked], who: Reader) -> list[Ranked]:
    names = await store.by_name(session, [each.candidate.id for each in found])
    place = {key: at for at, key in enumerate(names)}
    return sorted(
        found,
        key=lambda each: (who.own.isdisjoint(each.candidate.marks), place[each.candidate.id]),
    )


async def _for_guests(session: AsyncSession, found: Sequence[Candidate]) -> list[Candidate]:
    """What guests do not see of an instrument must not tell by finding it."""
    partly = [each.id for each in found if PARTLY in each.marks]
    if not partly:
        return list(found)
    shown = await records.as_guests_see(session, partly)
    return [
        replace(each, marks=shown[each.id].telling, quantities=shown[each.id].quantities)
        if each.id in shown
        else each
        for each in found
    ]


def _counted(found: Sequence[Ranked]) -> dict[str, int]:
    """How many have each facet."""
    every = " ".join([each.candidate.facets for each in found]).split()
    return {
        mark.removeprefix(FACET): number
        for mark, number in Counter(every).items()
        if mark.startswith(FACET)
    }
