"""Whoever tries one secret link after another has to rest; for any kind of link."""

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.refusals import Refusal
from storage import invitations as store
from storage.invitations import WrongTry
from storage.people import Person

TRIES, TRIES_WITHIN = 5, timedelta(minutes=1)


class TooManyTries(Refusal):
    """One wrong token after another; it takes a minute's rest."""


async def require_rest(session: AsyncSession, me: Person, now: datetime) -> None:
    """Raises `TooManyTries`. The person is locked, so that no two tries are one."""
    if await store.wrong_tries(session, me.key, now - TRIES_WITHIN) >= TRIES:
        raise TooManyTries


async def note(session: AsyncSession, me: Person, now: datetime) -> None:
    """They have come with a token that opens nothing."""
    await store.forget_tries(session, me.key, now - TRIES_WITHIN)
    session.add(WrongTry(person_id=me.key, tried_at=now))
