"""Whoever writes to a pillar signs it: below the words stands who it is, and for which pillar."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.announcements.cards import CAPTION_LIMIT, TEXT_LIMIT, Content
from bot.domain.announcements.corrections import reworded
from bot.domain.announcements.placeholders import longest
from bot.domain.refusals import Refusal
from storage import announcements as store
from storage import people, pillars
from storage.amends import worded
from storage.people import Person
from storage.pillars import Pillar

Signer = tuple[Person, Pillar]


class TooLongToSign(Refusal):
    """`limit` is for the words and the signature together."""

    def __init__(self, limit: int) -> None:
        self.limit = limit


async def signer(session: AsyncSession, announcement_id: int) -> Signer | None:
    """Who signs it, and for which pillar; nobody signs what is not for a pillar."""
    announcement = await store.find(session, announcement_id)
    if announcement is None or announcement.pillar_id is None:
        return None
    author = await people.find(session, announcement.author_id)
    pillar = await pillars.find(session, announcement.pillar_id)
    return None if author is None or pillar is None else (author, pillar)


def signed(content: Content, signature: str) -> Content:
    """With the signature below its words, once, however often. Raises `TooLongToSign`."""
    said = _words(content)
    if not signature or said.endswith(signature):
        return content
    words = f"{said}\n\n{signature}" if said else signature
    is_text = content.method == "sendMessage"
    limit = TEXT_LIMIT if is_text else CAPTION_LIMIT
    if longest(words) > limit:
        raise TooLongToSign(limit)
    if is_text:
        return Content(content.method, {**content.payload, "text": words})
    return reworded(content, {"caption": words})


def _words(content: Content) -> str:
    payload = content.payload
    if "media" in payload:
        payload = payload["media"][worded(payload)]
    words: str = payload.get("text") or payload.get("caption") or ""
    return words
