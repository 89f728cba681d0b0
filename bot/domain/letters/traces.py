"""What we keep of letters: given out to whoever wrote and got them, emptied when they go."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import privacy
from bot.domain.privacy import Record, facts
from storage import letters as store
from storage.letters import Letter
from storage.people import Person

KEPT = timedelta(days=730)  # once they are answered


async def _give(session: AsyncSession, me: Person) -> Sequence[Record]:
    """Without who of the team has answered."""
    hidden = ["author_id", "closed_by", "organisation_id"]
    return [facts(each, without=hidden) for each in await store.of_person(session, me.key)]


async def _forget(session: AsyncSession, me: Person, now: datetime) -> None:
    """The words and files go; that somebody wrote stays, and waits for nobody any more."""
    for letter in await store.of_person(session, me.key):
        letter.payload, letter.message_id, letter.organisation_id = {}, None, None
        letter.closed_at = letter.closed_at or now


async def prune(session: AsyncSession, now: datetime) -> None:
    await store.prune(session, now - KEPT)


privacy.keep("letters", Letter, give=_give, forget=_forget)
