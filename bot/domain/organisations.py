"""Finding an organisation by what people type."""

from collections.abc import Sequence
from difflib import get_close_matches

from sqlmodel.ext.asyncio.session import AsyncSession

from storage import folding
from storage import organisations as store
from storage.organisations import Organisation

FOUND = 5
LIKENESS = 0.75  # of a word that may be misspelt


async def search(session: AsyncSession, text: str) -> Sequence[Organisation]:
    """Member organisations by a part of their name; by a misspelt one when nothing else fits."""
    words = folding.words(text)
    if not words:
        return []
    found = await store.search(session, words, FOUND)
    return found or await _alike(session, words)


async def _alike(session: AsyncSession, words: Sequence[str]) -> Sequence[Organisation]:
    members = await store.members(session)
    return [each for each in members if _resembles(each.folded.split(), words)][:FOUND]


def _resembles(names: Sequence[str], words: Sequence[str]) -> bool:
    return all(get_close_matches(word, names, n=1, cutoff=LIKENESS) for word in words)
