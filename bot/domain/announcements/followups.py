"""A reminder to those alone who have not reacted: a draft like any other, with its audience."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.announcements import authors
from bot.domain.announcements.cards import CAPTION_LIMIT, TEXT_LIMIT, Card, card_of, find
from bot.domain.announcements.placeholders import longest
from bot.domain.announcements.results import silent
from bot.domain.announcements.rewriting import BUTTONS
from bot.domain.refusals import Gone
from storage import announcements as store
from storage.announcements import Announcement, Content
from storage.marked_text import units
from storage.people import Person


async def remind(
    session: AsyncSession,
    announcement_id: int,
    who: Person,
    now: datetime,
    opening: Callable[[str], str],
) -> Card:
    """Write the same again, with an `opening` in each language before it. Raises `Gone`.

    Its buttons are those of another announcement, so they are left out: they are made anew.
    """
    first = await find(session, announcement_id)
    await authors.require_draft(session, who, first, now)
    if first.sent_at is None:
        raise Gone
    again = Announcement(
        author_id=who.key,
        pillar_id=first.pillar_id,
        question=first.question,
        follows_id=first.key,
        audience=(await silent(session, first)).written(),
        created_at=now,
    )
    session.add(again)
    await session.flush()
    for content in await store.contents(session, first.key):
        if not content.position:
            session.add(_again(content, again, opening(content.language)))
    await session.flush()
    return await card_of(session, again, who, now)


def _again(content: Content, again: Announcement, words: str) -> Content:
    bare = {name: value for name, value in content.payload.items() if name != BUTTONS}
    return Content(
        announcement_id=again.key,
        language=content.language,
        method=content.method,
        payload=opened(bare, words),
    )


def opened(payload: dict[str, Any], words: str) -> dict[str, Any]:
    """What is sent, with plain words before its text; without them where it gets too long."""
    album = payload.get("media")
    if isinstance(album, list):
        return {**payload, "media": [opened(album[0], words), *album[1:]]}
    text, entities, limit = "caption", "caption_entities", CAPTION_LIMIT
    if "text" in payload:
        text, entities, limit = "text", "entities", TEXT_LIMIT
    longer = words + payload.get(text, "")
    if longest(longer) > limit:
        return payload
    by = units(words)
    moved = [{**each, "offset": each["offset"] + by} for each in payload.get(entities, [])]
    return {**payload, text: longer.rstrip(), entities: moved}
