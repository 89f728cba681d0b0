"""Alerts that wait for their run, and the messages in which they have been told."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import and_, bindparam, col, delete, func, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.calls.alerts import Alert, Because, Interest
from storage.calls.records import Deadline
from storage.calls.subscriptions import Pace, Subscription
from storage.outbox import Outbox, State
from storage.people import Person
from storage.sqlite import ASIDE

TABLE = Alert.__table__  # type: ignore[attr-defined]
SETTLED = (State.SENT, State.FAILED, State.UNCERTAIN, State.WITHDRAWN)
OWE: Any = {
    dialect: into(TABLE)
    .prefix_with(ASIDE)
    .on_conflict_do_nothing(index_elements=["call_id", "person_id", "because"])
    for dialect, into in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
IS_DUE = select(TABLE.c.id).where(TABLE.c.due_at <= bindparam("now")).limit(1)


@dataclass(frozen=True, slots=True)
class Urgency:
    """What people who want to hear at once do hear of at once."""

    fit: int
    deadline_by: datetime


@dataclass(frozen=True, slots=True)
class Fitting:
    """Whom a call may concern, and why."""

    person_id: int
    fit: int
    eligible: bool
    reasons: list[str]


async def owe(
    session: AsyncSession,
    call_id: int,
    because: Because,
    fittings: Sequence[Fitting],
    now: datetime,
) -> None:
    """Who has an alert of that call already, for the same reason, is passed over."""
    if not fittings:
        return
    same = {
        "call_id": call_id,
        "because": because,
        "made_at": now,
        "due_at": now,
        "dedup": "",
        "outdated": False,
    }
    rows = [
        {
            **same,
            "person_id": each.person_id,
            "fit": each.fit,
            "eligible": each.eligible,
            "reasons": each.reasons,
        }
        for each in fittings
    ]
    await session.exec(OWE[session.get_bind().dialect.name], params=rows)


async def is_due(session: AsyncSession, now: datetime) -> bool:
    return (await session.exec(IS_DUE, params={"now": now})).first() is not None


async def put_off(session: AsyncSession, now: datetime, until: datetime) -> None:
    """All that is due waits till then."""
    due = update(Alert).prefix_with(ASIDE).where(col(Alert.due_at) <= now)
    await session.exec(due.values(due_at=until))


async def put_off_to_run(
    session: AsyncSession,
    pace: Pace,
    now: datetime,
    *,
    since: datetime,
    until: datetime,
    but: Urgency | None = None,
) -> None:
    """What has been made `since` the last run of that pace waits for the next one, `until` then;
    what is urgent does not."""
    own = select(Subscription.person_id).where(Subscription.pace == pace)
    due = (
        update(Alert)
        .prefix_with(ASIDE)
        .where(
            col(Alert.due_at) <= now, col(Alert.made_at) >= since, col(Alert.person_id).in_(own)
        )
    )
    if but is not None:
        due = due.where(~_urgent(but, now))
    await session.exec(due.values(due_at=until))


def _urgent(urgency: Urgency, now: datetime) -> "ColumnElement[bool]":
    soon = select(Deadline.call_id).where(
        Deadline.sure, Deadline.at > now, Deadline.at <= urgency.deadline_by
    )
    return and_(col(Alert.eligible), col(Alert.fit) >= urgency.fit, col(Alert.call_id).in_(soon))


async def due_people(session: AsyncSession, now: datetime, limit: int) -> Sequence[Person]:
    """Those who have something due, the longest waiting first."""
    waiting = (
        select(Alert.person_id, func.min(Alert.due_at).label("since"))
        .where(col(Alert.due_at) <= now)
        .group_by(col(Alert.person_id))
        .order_by(func.min(Alert.due_at), col(Alert.person_id))
        .limit(limit)
        .subquery()
    )
    query = select(Person).join(waiting, waiting.c.person_id == col(Person.id))
    return (await session.exec(query.order_by(waiting.c.since, col(Person.id)))).all()


async def due_of(
    session: AsyncSession, person_ids: Collection[int], now: datetime
) -> Sequence[Alert]:
    query = select(Alert).where(col(Alert.due_at) <= now, col(Alert.person_id).in_(person_ids))
    return (await session.exec(query.order_by(col(Alert.id)))).all()


async def next_due(session: AsyncSession, now: datetime) -> datetime | None:
    query = select(func.min(Alert.due_at)).where(col(Alert.due_at) > now)
    return (await session.exec(query)).one()


async def hurry(session: AsyncSession, person_id: int, now: datetime) -> None:
    """When what waits for somebody is due has to be found out anew."""
    waits = update(Alert).where(col(Alert.person_id) == person_id, col(Alert.due_at).is_not(None))
    await session.exec(waits.values(due_at=now))


async def drop_waiting(session: AsyncSession, call_ids: Collection[int]) -> None:
    """Nobody is to hear of these calls any more."""
    waiting = delete(Alert).where(col(Alert.call_id).in_(call_ids), col(Alert.due_at).is_not(None))
    await session.exec(waiting)


async def find(session: AsyncSession, alert_id: int) -> Alert | None:
    return await session.get(Alert, alert_id)


async def of_call(session: AsyncSession, person_id: int, call_id: int) -> Alert | None:
    """The last that somebody was told of a call."""
    query = select(Alert).where(
        Alert.person_id == person_id, Alert.call_id == call_id, col(Alert.told_at).is_not(None)
    )
    return (await session.exec(query.order_by(col(Alert.id).desc()))).first()


async def of_message(session: AsyncSession, person_id: int, dedup: str) -> Sequence[Alert]:
    query = select(Alert).where(Alert.person_id == person_id, Alert.dedup == dedup)
    return (await session.exec(query.order_by(col(Alert.id)))).all()


async def outdate(session: AsyncSession, call_ids: Collection[int]) -> None:
    """Messages that speak of these calls are to be set right."""
    told = col(Alert.told_at).is_not(None) & (col(Alert.dedup) != "")
    query = update(Alert).prefix_with(ASIDE).where(col(Alert.call_id).in_(call_ids), told)
    arrived = or_(col(Alert.message_id).is_(None), col(Alert.message_id) != 0)
    await session.exec(query.where(arrived).values(outdated=True))


async def has_outdated(session: AsyncSession) -> bool:
    query = select(Alert.id).where(col(Alert.outdated)).limit(1)
    return (await session.exec(query)).first() is not None


async def outdated(session: AsyncSession, limit: int) -> Sequence[Alert]:
    """Of messages that have arrived, the oldest first."""
    query = select(Alert).where(col(Alert.outdated), col(Alert.message_id).is_not(None))
    ordered = query.order_by(col(Alert.id)).limit(limit)
    return (await session.exec(ordered.with_for_update(skip_locked=True))).all()


async def in_messages(
    session: AsyncSession, person_ids: Collection[int], dedups: Collection[str]
) -> Sequence[Alert]:
    query = select(Alert).where(col(Alert.person_id).in_(person_ids), col(Alert.dedup).in_(dedups))
    return (await session.exec(query.order_by(col(Alert.id)))).all()


async def note_messages(session: AsyncSession) -> None:
    """Write down which messages they became; the outbox forgets it one day."""
    outbox = Outbox.__table__  # type: ignore[attr-defined]
    query = (
        update(TABLE)
        .prefix_with(ASIDE)
        .where(
            TABLE.c.message_id.is_(None),
            TABLE.c.dedup != "",
            outbox.c.dedup == TABLE.c.dedup,
            outbox.c.state.in_([int(state) for state in SETTLED]),
        )
        .values(message_id=func.coalesce(outbox.c.message_id, 0))
    )
    await session.exec(query)


async def interests(
    session: AsyncSession, person_ids: Collection[int], call_ids: Collection[int]
) -> Sequence[Interest]:
    query = select(Interest).where(
        col(Interest.person_id).in_(person_ids), col(Interest.call_id).in_(call_ids)
    )
    return (await session.exec(query)).all()


async def all_of(session: AsyncSession, person_id: int) -> Sequence[Alert]:
    query = select(Alert).where(Alert.person_id == person_id).order_by(col(Alert.id))
    return (await session.exec(query)).all()


async def forget(session: AsyncSession, person_id: int) -> None:
    await session.exec(delete(Alert).where(col(Alert.person_id) == person_id))


async def prune(session: AsyncSession, before: datetime) -> None:
    await session.exec(delete(Alert).where(col(Alert.told_at) < before))
