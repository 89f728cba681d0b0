"""What is owed to many rests for a while and goes on, or waits for somebody's morning."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import update
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.outbox import Outbox, State
from storage.people import Person
from storage.pushes import Manner
from storage.sqlite import ASIDE

WAITS = (State.PENDING, State.HELD)


async def hold(session: AsyncSession, batch_ids: Sequence[int]) -> None:
    await session.exec(_rows(batch_ids, State.PENDING).values(state=State.HELD))


async def release(session: AsyncSession, batch_ids: Sequence[int]) -> None:
    await session.exec(_rows(batch_ids, State.HELD).values(state=State.PENDING))


async def retry(session: AsyncSession, batch_ids: Sequence[int]) -> None:
    """What Telegram refused is tried once more, but for those who have blocked the bot.

    What nobody is sure of is not; its errors have been seen, so they are forgotten.
    """
    reachable = select(Person.telegram_id).where(Person.reachable)
    failed = _rows(batch_ids, State.FAILED).where(col(Outbox.chat_id).in_(reachable))
    afresh = {"state": State.PENDING, "attempts": 0, "error": None, "settled_at": None}
    await session.exec(failed.values(afresh))
    await session.exec(_rows(batch_ids, State.UNCERTAIN).values(error=None))


async def quiet_hours(session: AsyncSession) -> Sequence[tuple[int, int]]:
    """All that people have chosen: from which hour until which."""
    query = select(Manner.quiet_from, Manner.quiet_until).where(
        col(Manner.quiet_from).is_not(None), col(Manner.quiet_until).is_not(None)
    )
    chosen = (await session.exec(query.distinct())).all()
    return [(since or 0, until or 0) for since, until in chosen]


async def hush(
    session: AsyncSession, batch_ids: Sequence[int], hours: tuple[int, int], until: datetime
) -> None:
    """Nothing leaves for those with these quiet hours before they are over."""
    since, end = hours
    chats = (
        select(Person.telegram_id)
        .join(Manner, col(Manner.person_id) == Person.id)
        .where(Manner.quiet_from == since, Manner.quiet_until == end)
    )
    rows = update(Outbox).prefix_with(ASIDE).values(not_before=until)
    await session.exec(
        rows.where(
            col(Outbox.batch_id).in_(batch_ids),
            col(Outbox.state).in_(WAITS),
            col(Outbox.chat_id).in_(chats),
            or_(col(Outbox.not_before).is_(None), col(Outbox.not_before) < until),
        )
    )


def _rows(batch_ids: Sequence[int], state: State) -> sa.Update:
    rows = update(Outbox).prefix_with(ASIDE)
    return rows.where(col(Outbox.batch_id).in_(batch_ids), col(Outbox.state) == state)
