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
CANDIDATES = 50
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
    """The best few; words are taken without their endings when nothing has them as typed."""
    typed = words(text)[:MOST_WORDS]
    if not typed:
        return Found((), ())
    found = await _having(session, typed, me, now)
    return found or await _having(session, [_root(word) for word in typed], me, now)


async def _having(
    session: AsyncSession, looked_for: Sequence[str], me: Person, now: datetime
) -> Found:
    inside = await rights.may(session, me, Action.SEE_MEMBERS, now)
    events = await workshops.search(session, looked_for, now, CANDIDATES, members=inside)
    best = sorted(events, key=lambda event: _distance(event.title, looked_for))[:SHOWN]
    if not inside or len(best) == SHOWN:
        return Found(best, ())
    tools = await instruments.search(session, looked_for, CANDIDATES)
    nearest = sorted(tools, key=lambda tool: _distance(tool.name, looked_for))
    return Found(best, nearest[: SHOWN - len(best)])


def _distance(name: str, looked_for: Sequence[str]) -> int:
    """0 when words of `name` begin with all that was looked for; more the less it has of it."""
    folded = f" {fold(name)}"
    return sum(2 - (word in folded) - (f" {word}" in folded) for word in looked_for)


def _root(word: str) -> str:
    return word[: max(ROOT, len(word) - BENT)]
