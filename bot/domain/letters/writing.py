"""Somebody writes to the team, or back to an announcement."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.letters.contents import Content
from bot.domain.refusals import Refusal
from storage import announcements, people
from storage import letters as store
from storage.announcements import Response, ResponseKind, responses
from storage.letters import Letter
from storage.people import Person, RoleName

MOST, WITHIN = 20, timedelta(hours=1)
GLIMPSE = 60  # characters of an announcement, to know it by


class TooManyLetters(Refusal):
    """Somebody writes without an end; it waits an hour."""

    def __init__(self, limit: int) -> None:
        self.limit = limit


async def write(
    session: AsyncSession,
    me: Person,
    content: Content,
    now: datetime,
    *,
    message_id: int,
    announcement_id: int | None = None,
) -> Letter:
    """Raises `TooManyLetters`."""
    await people.lock(session, me.key)
    if await store.written_since(session, me.key, now - WITHIN) >= MOST:
        raise TooManyLetters(MOST)
    letter = Letter(
        person_id=me.key,
        organisation_id=me.organisation_id if me.is_member else None,
        announcement_id=announcement_id,
        author_id=me.key,
        method=content.method,
        payload=content.payload,
        message_id=message_id,
        at=now,
    )
    session.add(letter)
    await session.flush()
    if announcement_id is not None:
        await _react(session, me, announcement_id, content.words, now)
    return letter


async def _react(
    session: AsyncSession, me: Person, announcement_id: int, words: str, now: datetime
) -> None:
    """Who writes back has reacted; what they write stays in the letter."""
    kind = ResponseKind.WROTE
    known = await responses.find(session, announcement_id, me.key, kind)
    if known is None:
        known = Response(announcement_id=announcement_id, person_id=me.key, kind=kind, at=now)
        session.add(known)
    known.words, known.at = known.words or words[:1000], now


async def add(
    session: AsyncSession, me: Person, content: Content, now: datetime, *, message_id: int
) -> Letter | None:
    """A file that comes right behind another of the same album goes with that letter, and waits
    for no answer of its own. None where there is no such letter."""
    last = await store.last_of(session, me.key, me.key)
    if last is None or last.message_id != message_id - 1 or last.method == "sendMessage":
        return None
    letter = Letter(
        person_id=me.key,
        organisation_id=last.organisation_id,
        announcement_id=last.announcement_id,
        author_id=me.key,
        method=content.method,
        payload=content.payload,
        message_id=message_id,
        answers_id=last.answers_id or last.key,
        at=now,
        closed_at=now,
    )
    session.add(letter)
    await session.flush()
    return letter


async def about(session: AsyncSession, announcement_id: int | None) -> str:
    """The beginning of what an announcement says."""
    if announcement_id is None:
        return ""
    for said in await announcements.contents(session, announcement_id):
        words = str(said.payload.get("text") or said.payload.get("caption") or "")
        if words:
            line = words.strip().splitlines()[0]
            return line if len(line) <= GLIMPSE else f"{line[: GLIMPSE - 1]}…"
    return ""


async def team(session: AsyncSession, now: datetime, *, but: int = 0) -> Sequence[Person]:
    """The managers who can be written to."""
    managers = await people.holders(session, RoleName.MANAGER, now)
    return [each for each in managers if each.key != but]
