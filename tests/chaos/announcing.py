"""An announcement to all members, and who has got it."""

from collections import Counter
from datetime import UTC

from bot.app import utc_now
from bot.domain import announcements, rights
from bot.domain.announcements import Content
from storage.announcements import Facet, audiences
from storage.database import Database
from storage.people import by_telegram
from tests.chaos.stage import FIRST, Stage

WORDS = "Zítra od devíti se potkáme v Přerově."


async def announce(url: str) -> None:
    """What a manager does in the chat, done without the process: it goes out to all members."""
    db, now = Database(url), utc_now() - announcements.UNDO
    try:
        async with db.writing() as session:
            await rights.appoint_first(session, (FIRST,), "cs", now)
            me = await by_telegram(session, FIRST)
            assert me is not None
            content = Content("sendMessage", {"text": WORDS})
            made = (await announcements.write(session, me, content, now)).announcement
            members = audiences.of(Facet.MEMBERSHIP, audiences.MEMBERS)
            await announcements.address(session, made.key, me, members, now)
            edition = made.edition
            await announcements.send(session, made.key, me, now, UTC, edition=edition, sure=True)
    finally:
        await db.dispose()


def received(stage: Stage) -> Counter[int]:
    """How often each chat has got the words."""
    told = (call for call in stage.sandbox.calls if call.ok and call.params.get("text") == WORDS)
    return Counter(int(call.chat_id or 0) for call in told)
