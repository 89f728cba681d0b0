"""Finding calls by what somebody typed, as instruments are found: those to bid for come first."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import combinations

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.calls import browsing as leafing
from bot.domain.instruments.finding import vocabulary
from bot.domain.instruments.language import SILENT
from bot.domain.instruments.ranking import Candidate, rank, telling
from bot.domain.instruments.understanding import Group, Question, understand
from storage.calls import browsing
from storage.calls import finding as store
from storage.calls.records import Stage, State
from storage.folding import words

SEEN = (Stage.SENT, Stage.QUIET)  # what everybody may find
ALIVE = (State.OPEN, State.FORECAST)
OVER = (State.CLOSED, State.CANCELLED)
MOST = 200
FEW = 5  # with fewer, what is over is looked for, too
MOST_WORDS = 12
HEAVY = 4  # words of which one may be missing, where calls were asked for by name
WHOLE = 0.8  # of what was asked for, by weight
CALLED = frozenset(
    words(
        "výzva výzvy výzvu výzvě výzev výzvám výzvách výzvou výzvami grant granty grantu grantů"
        " grantům grantech grantem dotace dotaci dotací dotacím dotacích dotační soutěž soutěže"
        " soutěží call calls grants funding"
    )
)


@dataclass(frozen=True)
class Found:
    ids: Sequence[int] = ()  # those to bid for, then those that are over; the best of each first
    more: bool = False  # there are more than `MOST`


def is_asked_for(text: str) -> bool:
    """Whether somebody says that they mean calls: „výzva laser", "calls"."""
    return not CALLED.isdisjoint(words(text)[:MOST_WORDS])


@dataclass(frozen=True)
class Heading:
    """A call in a list of things of several kinds."""

    id: int
    title: str
    title_cs: str
    deadline_at: datetime | None  # the next one, if it can still be bid for

    def title_in(self, language: str) -> str:
        return (self.title_cs if language == "cs" else "") or self.title


async def headings(session: AsyncSession, ids: Sequence[int], now: datetime) -> list[Heading]:
    """In the order of their `ids`."""
    there = {call.key: call for call in await store.among(session, ids)}
    deadlines = await browsing.deadlines(session, ids)
    return [
        Heading(
            key,
            there[key].title,
            there[key].title_cs,
            next((each.at for each in deadlines.get(key, ()) if each.at > now), None),
        )
        for key in ids
        if key in there
    ]


async def look_up(session: AsyncSession, text: str, now: datetime) -> Found:
    """What typed words find; „výzvy" alone is all of those to come."""
    asked = is_asked_for(text)
    if asked and (CALLED | SILENT).issuperset(words(text)[:MOST_WORDS]):
        return Found(await leafing.coming(session, now))
    return await look_for(session, text, near=asked)


async def look_for(session: AsyncSession, text: str, *, near: bool = False) -> Found:
    """Nothing understood finds nothing. `near` settles for calls that lack a word of several."""
    said = [word for word in words(text)[:MOST_WORDS] if word not in CALLED]
    known = await vocabulary(session)
    question = understand(" ".join(said), known)
    found = await _look(session, question, question.groups)
    if found.ids or not question.groups:
        return found
    apart = [group for word in said for group in understand(word, known).groups]
    fewer = _less(apart, near=near)
    ways = fewer if tuple(apart) == question.groups else (apart, *fewer)
    question = replace(question, groups=tuple(apart))
    for groups in ways:
        found = await _look(session, question, groups)
        if found.ids:
            break
    return found


def _less(groups: Sequence[Group], *, near: bool) -> Iterator[Sequence[Group]]:
    """What the words are about, without the plain words around; where calls were asked for by
    name, one thing may be missing."""
    main = [group for group in groups if group.main]
    if 0 < len(main) < len(groups):
        yield main
    heavy = sorted(groups, key=lambda each: -each.weight)[:HEAVY]
    if near and len(heavy) > 1:
        yield from combinations(heavy, len(heavy) - 1)


async def _look(session: AsyncSession, question: Question, groups: Collection[Group]) -> Found:
    if not groups:
        return Found()
    wanted = [list(group.marks) for group in groups]
    alive = await store.matching(session, wanted, SEEN, ALIVE, MOST + 1)
    ids = await _ranked(session, question, alive[:MOST])
    if len(ids) < FEW:
        over = await store.matching(session, wanted, SEEN, OVER, MOST)
        ids += await _ranked(session, question, over)
    return Found(ids, more=len(alive) > MOST)


async def _ranked(session: AsyncSession, question: Question, ids: Sequence[int]) -> list[int]:
    """Among equals that which ends later."""
    wanted = telling(question)
    heads = dict(await store.heads(session, ids))
    places = {key: place for place, key in enumerate(ids)}
    candidates = [
        Candidate(places[key], wanted.intersection(marks.split())) for key, marks in heads.items()
    ]
    return [ids[each.candidate.id] for each in rank(question, candidates)]
