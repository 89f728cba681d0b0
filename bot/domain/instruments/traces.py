"""What we keep of those who keep records of equipment: given out, and forgotten."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import privacy
from bot.domain.instruments.importing import KEPT
from bot.domain.privacy import Record, facts
from storage.instruments import Import, Instrument, imports
from storage.instruments import caring as store
from storage.people import Person


async def prune(session: AsyncSession, now: datetime) -> None:
    await imports.prune(session, now - KEPT)


async def _sent(session: AsyncSession, me: Person) -> Sequence[Record]:
    without = ("document", "kept", "seen")
    return [facts(each, without=without) for each in await imports.of_person(session, me.key)]


async def _vouched_for(session: AsyncSession, me: Person) -> Sequence[Record]:
    return [{"name": each.name} for each in await store.vouched_for(session, me.key)]


async def _forget_guarantor(session: AsyncSession, me: Person, _now: datetime) -> None:
    for each in await store.vouched_for(session, me.key):
        each.guarantor_id, each.guarantor = None, ""


privacy.keep("equipment_lists_sent", Import, give=_sent)
privacy.keep("guarantor_of", Instrument, give=_vouched_for, forget=_forget_guarantor)
