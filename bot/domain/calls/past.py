"""The history of a call: what it said once, who said otherwise, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.calls.finding import SEEN
from bot.domain.refusals import Gone
from bot.domain.rights import Action
from storage.calls import browsing
from storage.calls import changes as store
from storage.calls.history import Change
from storage.calls.records import GrantCall
from storage.calls.sources import Source
from storage.people import Person

ROWS = 8  # changes on a page


@dataclass(frozen=True)
class History:
    """`sources` are the names of those that tell of the call today."""

    call: GrantCall
    changes: Sequence[tuple[Change, Source | None]]
    page: int
    pages: int
    sources: Sequence[str]


async def history(
    session: AsyncSession, call_id: int, page: int, me: Person, now: datetime
) -> History:
    """For members; of a call that has not gone out, for the team alone. Raises `Gone`."""
    await rights.require(session, me, Action.FOLLOW_CALLS, now)
    call = await browsing.find(session, call_id)
    if call is None:
        raise Gone
    if call.stage not in SEEN and not await rights.may(session, me, Action.DRAFT_CALL, now):
        raise Gone
    pages = max(1, -(-await store.number(session, call_id) // ROWS))
    shown = min(max(page, 0), pages - 1)
    changes = await store.of_call(session, call_id, skip=shown * ROWS, limit=ROWS)
    speakers = await store.speakers(session, call_id)
    names = list(dict.fromkeys(source.name for _, source in speakers))
    return History(call, changes, shown, pages, names)
