"""Who writes to us, what they are called, and in which language they are written to."""

import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.refusals import Gone
from storage import chats
from storage import people as store
from storage.people import Person

UNREACHABLE = "unreachable"
JOINER = "\u200d"  # holds families and flags together; the other invisible signs only disguise
NAME_LIMIT = 64  # characters
LANGUAGES = ("cs", "en")
KEPT_FOR_RETURN = timedelta(days=7)


@dataclass(frozen=True)
class Face:
    """What Telegram tells of somebody."""

    telegram_id: int
    first_name: str
    last_name: str
    username: str | None
    language: str

    def tidied(self) -> "Face":
        first, last = tidy(self.first_name), tidy(self.last_name)
        return replace(self, first_name=first, last_name=last)


def tidy(name: str) -> str:
    """A name as we keep it: composed, in one line, with nothing that turns or hides letters."""
    signs = (" " if sign.isspace() else sign for sign in name)
    seen = "".join(sign for sign in signs if sign == JOINER or not _is_hidden(sign))
    line = " ".join(unicodedata.normalize("NFC", seen).split())[:NAME_LIMIT].strip()
    return line if line.strip(JOINER + " ") else ""


def _is_hidden(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn")


async def known(session: AsyncSession, face: Face) -> Person | None:
    """The person, when nothing about them has to be written down first."""
    face = face.tidied()
    person = await store.by_telegram(session, face.telegram_id)
    if person is None or not person.reachable or _differs(person, face):
        return None
    return person


async def meet(session: AsyncSession, face: Face, now: datetime) -> Person:
    """Find or make the person; take over a new name; who writes to us can be reached."""
    face = face.tidied()
    person = await store.by_telegram(session, face.telegram_id)
    if person is None:
        person = Person(telegram_id=face.telegram_id, language=face.language, met_at=now)
        session.add(person)
    if _differs(person, face):
        person.first_name = face.first_name
        person.last_name = face.last_name
        person.username = face.username
    if not person.reachable:
        await came_back(session, person, now)
    await session.flush()
    return person


async def left(session: AsyncSession, person: Person, now: datetime) -> None:
    """They have blocked the bot: what waits for them waits no longer."""
    person.reachable = False
    if person.telegram_id is not None:
        await chats.withdraw(session, person.telegram_id, UNREACHABLE, now)


async def came_back(session: AsyncSession, person: Person, now: datetime) -> None:
    person.reachable = True
    if person.telegram_id is not None:
        since = now - KEPT_FOR_RETURN
        await chats.restore(session, person.telegram_id, UNREACHABLE, since)


async def speak(session: AsyncSession, who: Person, language: str) -> Person:
    """Write to them in this language from now on. Raises `Gone` for one that we do not speak."""
    if language not in LANGUAGES:
        raise Gone
    person = await store.lock(session, who.key)
    assert person is not None
    person.language = language
    return person


def _differs(person: Person, face: Face) -> bool:
    seen = (person.first_name, person.last_name, person.username)
    return seen != (face.first_name, face.last_name, face.username)
