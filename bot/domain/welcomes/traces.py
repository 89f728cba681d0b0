"""What we keep of people who were shown around: given out, and forgotten."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import privacy
from bot.domain.privacy import Record, facts
from storage.people import Person
from storage.welcomes import Welcome
from storage.welcomes import keeping as store


async def _series(session: AsyncSession, me: Person) -> Sequence[Record]:
    return [facts(each) for each in await store.of_person(session, me.key)]


async def _forget(session: AsyncSession, me: Person, now: datetime) -> None:
    await store.forget(session, me.key)


privacy.keep("welcomes", Welcome, give=_series, forget=_forget)
