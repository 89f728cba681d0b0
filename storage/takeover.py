"""What has to be known about the messages of others: of a process that crashed, of a replica that
is gone, of one that has just answered the same person."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import and_, col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.outbox import REPEATABLE, Call, Outbox, State

CRASHES, CALM = 5, timedelta(seconds=2)  # crashes that a message may meet, and its rest then


async def recover(session: AsyncSession, now: datetime) -> int:
    """What may have left, and nobody has in hand any more, is flagged and tried again.

    Returns how many these are. A little later, when the house stands, or a row of crashes would
    meet the same messages again and again. After some it stays uncertain, lest a message that
    kills us is sent at every start. What can be repeated without harm simply is.
    """
    nobodys = (col(Outbox.state) == State.SENDING, col(Outbox.replica_id).is_(None))
    in_flight = update(Outbox).where(*nobodys)
    repeatable = or_(*(col(Outbox.method).startswith(each) for each in REPEATABLE))
    worn_out = and_(col(Outbox.maybe_duplicate), col(Outbox.attempts) >= CRASHES)
    await session.exec(in_flight.where(repeatable).values(state=State.PENDING))
    await session.exec(in_flight.where(worn_out).values(state=State.UNCERTAIN))
    later = {"not_before": now + CALM, "attempts": Outbox.attempts + 1}
    again = in_flight.values(state=State.PENDING, maybe_duplicate=True, **later)
    return (await session.exec(again)).rowcount


async def others_answer(session: AsyncSession, call: Call) -> bool:
    """Whether another replica is still sending to the same chat what was owed before `call`."""
    query = select(Outbox.id).where(
        Outbox.chat_id == call.chat_id,
        Outbox.state == State.SENDING,
        col(Outbox.replica_id) != call.replica,
        col(Outbox.id) < call.id,
    )
    return (await session.exec(query.limit(1))).first() is not None


async def recent(session: AsyncSession, since: datetime) -> list[tuple[int, datetime]]:
    """Chats written to since then, and when: the gate's memory."""
    query = select(Outbox.chat_id, Outbox.settled_at).where(
        col(Outbox.settled_at) >= since, Outbox.state == State.SENT
    )
    return [(chat, at) for chat, at in (await session.exec(query)).all() if at is not None]
