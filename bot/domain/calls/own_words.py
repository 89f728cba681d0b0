"""By what calls of a pillar are recognised: a topic that we know, and words of the manager's."""

import re
from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.calls import classifying, values
from bot.domain.instruments.language import SILENT, words
from bot.domain.refusals import Gone, Refusal
from bot.domain.rights import Action
from storage import audit, pillars
from storage.folding import fold
from storage.people import Person
from storage.pillars import Pillar

MOST = 40  # words or phrases of a pillar
SHORTEST, LONGEST = 3, 60  # characters of one
IN_ROW = 5  # words that a phrase may have
APART = re.compile(r"[,;\n]")


class BadWord(Refusal):
    """Too short, too long, or said in every call."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


class TooManyWords(Refusal):
    def __init__(self, limit: int = MOST) -> None:
        super().__init__(limit)
        self.limit = limit


async def overview(session: AsyncSession, me: Person, now: datetime) -> Sequence[Pillar]:
    await rights.require(session, me, Action.SETTLE_CALL, now)
    return await pillars.standing(session, now)


async def look(
    session: AsyncSession, pillar_id: int, me: Person, now: datetime, *, lock: bool = False
) -> Pillar:
    await rights.require(session, me, Action.SETTLE_CALL, now)
    pillar = await pillars.find(session, pillar_id, lock=lock)
    if pillar is None:
        raise Gone
    return pillar


async def set_topic(
    session: AsyncSession, pillar_id: int, topic: str, me: Person, now: datetime
) -> Pillar:
    """`classifying.NO_TOPIC` for a pillar that is recognised by its own words alone."""
    if topic not in (*classifying.topics(), classifying.NO_TOPIC):
        raise Gone
    pillar = await look(session, pillar_id, me, now, lock=True)
    pillar.topic = topic
    await _note(session, pillar, me, now)
    return pillar


def read(said: str) -> list[str]:
    """Words and phrases as somebody has typed them, with commas or on lines. Raises `BadWord`."""
    told = [" ".join(each.split()).strip(" .\"„“'") for each in APART.split(said)]
    found = {fold(each): each for each in told if each}
    for each in found.values():
        if not _is_good(each):
            raise BadWord(each[:LONGEST])
    return list(found.values())


async def add(
    session: AsyncSession, pillar_id: int, new: Sequence[str], me: Person, now: datetime
) -> Pillar:
    """Raises `TooManyWords`."""
    pillar = await look(session, pillar_id, me, now, lock=True)
    known = {fold(each) for each in pillar.words}
    kept = [*pillar.words, *(each for each in new if fold(each) not in known)]
    if len(kept) > MOST:
        raise TooManyWords
    pillar.words = kept
    await _note(session, pillar, me, now)
    return pillar


async def drop(
    session: AsyncSession, pillar_id: int, mark: str, me: Person, now: datetime
) -> Pillar:
    """`mark` stands for the word, which may be too long for a button."""
    pillar = await look(session, pillar_id, me, now, lock=True)
    kept = [each for each in pillar.words if values.mark(each) != mark]
    if len(kept) == len(pillar.words):
        raise Gone
    pillar.words = kept
    await _note(session, pillar, me, now)
    return pillar


def _is_good(phrase: str) -> bool:
    said = words(phrase)
    telling = [each for each in said if each not in SILENT and len(each) >= SHORTEST]
    return bool(telling) and len(said) <= IN_ROW and SHORTEST <= len(phrase) <= LONGEST


async def _note(session: AsyncSession, pillar: Pillar, me: Person, now: datetime) -> None:
    await session.flush()
    subject = f"pillar:{pillar.key}"
    details = {"topic": pillar.topic, "words": list(pillar.words)}
    await audit.record(session, me.key, "set_pillar_words", subject, now, **details)
