"""Writing a draft anew takes a while, and somebody else may do it meanwhile: neither text may take
the place of the other without anybody's noticing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.refusals import Refusal
from storage import announcements as store
from storage import people
from storage.people import Person

BUTTONS = "reply_markup"
DEED = "rewrite"
Wording = dict[str, Any] | None


class Rewritten(Refusal):
    """Somebody else has written it anew since; `name` and `at` where that is known."""

    def __init__(self, name: str, at: datetime | None) -> None:
        self.name = name
        self.at = at


@dataclass(frozen=True)
class Rewriting:
    """What a draft said in that language when somebody began to write it anew."""

    announcement_id: int
    language: str
    wording: Wording
    since: datetime


async def begun(
    session: AsyncSession, announcement_id: int, language: str, now: datetime
) -> Rewriting:
    wording = await _wording(session, announcement_id, language)
    return Rewriting(announcement_id, language, wording, now)


async def check(session: AsyncSession, rewriting: Rewriting, who: Person) -> None:
    """Raises `Rewritten` when it does not say that any more, and not by the same person."""
    key = rewriting.announcement_id
    if await _wording(session, key, rewriting.language) == rewriting.wording:
        return
    deed = await store.last_deed(session, key, DEED, rewriting.since)
    if deed is None:
        raise Rewritten("", None)
    if deed.actor_id != who.key:
        somebody = await people.find(session, deed.actor_id)
        raise Rewritten(somebody.name if somebody else "", deed.at)


async def _wording(session: AsyncSession, announcement_id: int, language: str) -> Wording:
    """Whatever buttons stand under it."""
    for each in await store.contents(session, announcement_id):
        if each.language == language and not each.position:
            payload = {name: said for name, said in each.payload.items() if name != BUTTONS}
            return {"method": each.method, "payload": payload}
    return None
