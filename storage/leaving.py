"""What a shared content says at the moment it leaves, and which messages an album became."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlmodel import bindparam
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.blanks import merged
from storage.outbox import BATCH, TABLE, Call, Settled

MESSAGES = "messages"  # of a row's own payload: the ids of all that it became
SAID: Any = (
    sa.select(TABLE.c.id, BATCH.c.payload, TABLE.c.payload)
    .join(BATCH, TABLE.c.batch_id == BATCH.c.id)
    .where(TABLE.c.id.in_(bindparam("keys", expanding=True)))
)
BECAME: Any = sa.update(TABLE).where(TABLE.c.id == bindparam("key"))
OWN: Any = sa.select(TABLE.c.id, TABLE.c.payload).where(
    TABLE.c.id.in_(bindparam("keys", expanding=True))
)


async def as_said_now(session: AsyncSession, calls: Mapping[int, Call]) -> Mapping[int, Call]:
    """Some were fetched a while ago, and a typo may have been put right since then."""
    shared = [key for key, call in calls.items() if call.batch_id is not None]
    if not shared:
        return calls
    rows = await session.exec(SAID, params={"keys": shared})
    said = {key: merged(shared, own) for key, shared, own in rows}
    return {
        key: replace(call, payload=said[key]) if key in said else call
        for key, call in calls.items()
    }


async def keep_albums(session: AsyncSession, settled: Sequence[Settled]) -> None:
    """All messages of each, for whoever wants to take it back."""
    albums = {each.call.id: each.message_ids for each in settled if each.message_ids}
    if not albums:
        return
    rows = await session.exec(OWN, params={"keys": list(albums)})
    for key, own in list(rows):
        ids = list(albums[key])
        await session.exec(BECAME.values(payload={**own, MESSAGES: ids}), params={"key": key})
