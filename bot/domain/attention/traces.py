"""What we keep of people about what came to them unasked: given out, forgotten, outdated."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import privacy
from bot.domain.privacy import Record, facts
from storage.people import Person
from storage.pushes import Manner, Push, PushChoice, keeping, waiting

KEPT = timedelta(days=365)  # what came, and how


async def _pushes(session: AsyncSession, me: Person) -> Sequence[Record]:
    return [facts(each) for each in await keeping.of_person(session, me.key)]


async def _empty(session: AsyncSession, me: Person, now: datetime) -> None:
    """How many an announcement was for stays; what it said to them goes."""
    await keeping.empty(session, me.key)


async def _wishes(session: AsyncSession, me: Person) -> Sequence[Record]:
    manners = await waiting.manners(session, [me.key])
    chosen = await waiting.choices(session, [me.key])
    return [facts(each) for each in (*manners.values(), *chosen)]


async def _forget_wishes(session: AsyncSession, me: Person, now: datetime) -> None:
    await keeping.forget_wishes(session, me.key)


async def prune(session: AsyncSession, now: datetime) -> None:
    await keeping.prune(session, now - KEPT)


privacy.keep("pushes", Push, give=_pushes, forget=_empty)
privacy.keep("wishes", PushChoice, Manner, give=_wishes, forget=_forget_wishes)
