"""Finding what somebody means by the words they typed, among what they may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.rights import Action
from storage import instruments, workshops
from storage.folding import fold, words
from storage.instruments import Instrument
from storage.people import Person
from storage.workshops import Coming

MOST_WORDS = 8
CANDIDATES = 200
SHOWN = 5
BENT = 3  # letters at the end of a Czech word that change with its case
ROOT = 4  # letters that a word is never cut below


@dataclass(frozen=True)
class Found:
    events: Sequence[Coming]
    instruments: Sequence[Instrument]

    def __bool__(self) -> bool:
        return bool(self.events or self.instruments)


async def search(session: AsyncSession, text: str, me: Person, now: datetime) -> Found:
    """The best few: events first, then (for members) instruments."""
    typed = words(text)[:MOST_WORDS]
    if not typed:
        return Found((), ())
    roots = [_root(word) for word in typed]
    inside = await rights.may(session, me, Action.SEE_MEMBERS, now)
    events = await workshops.search(session, roots, now, CANDIDATES, members=inside)
    fitting = [event for event in events if _fits(fold(f"{event.title} {event.place}"), typed)]
    best = sorted(fitting, key=lambda event: _distance(event.title, typed))[:SHOWN]
    tools = await instruments.search(session, roots, CANDIDATES) if inside else ()
    usable = [tool for tool in tools if _fits(tool.folded, typed)]
    nearest = sorted(usable, key=lambda tool: _distance(tool.name, typed))
    return Found(best, nearest[: SHOWN - len(best)])


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
