"""Polls that look for a date: what stands in them, who has voted and who is silent."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import and_, col, delete, exists, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.groups.meetings import DateOption, DatePoll, DateVote
from storage.groups.members import PillarMember
from storage.groups.membership import LEADERS
from storage.organisations import Organisation
from storage.people import Person, Role

OPEN = col(DatePoll.closed_at).is_(None)


async def find(session: AsyncSession, poll_id: int, *, lock: bool = False) -> DatePoll | None:
    return await session.get(DatePoll, poll_id, with_for_update=lock, populate_existing=lock)


async def known_as(session: AsyncSession, poll_id: str) -> DatePoll | None:
    """By the id that Telegram gave it, locked."""
    query = select(DatePoll).where(DatePoll.poll_id == poll_id).with_for_update()
    return (await session.exec(query)).first()


async def nameless(session: AsyncSession, before: datetime) -> Sequence[DatePoll]:
    """Open ones, begun before then for a group, of which Telegram has told us nothing."""
    query = select(DatePoll).where(
        OPEN,
        DatePoll.begun_at < before,
        col(DatePoll.group_id).is_not(None),
        col(DatePoll.poll_id).is_(None),
    )
    return (await session.exec(query.with_for_update())).all()


async def options(session: AsyncSession, poll_id: int) -> Sequence[DateOption]:
    query = select(DateOption).where(DateOption.poll_id == poll_id)
    return (await session.exec(query.order_by(col(DateOption.position)))).all()


async def vote(session: AsyncSession, poll_id: int, telegram_id: int) -> DateVote | None:
    return await session.get(DateVote, (poll_id, telegram_id))


async def votes(session: AsyncSession, poll_id: int) -> Sequence[tuple[Sequence[int], int | None]]:
    """What each has chosen, and the organisation that they belong to."""
    query = (
        select(DateVote.chosen, Person.organisation_id)
        .outerjoin(Person, col(Person.telegram_id) == col(DateVote.telegram_id))
        .where(DateVote.poll_id == poll_id)
    )
    return (await session.exec(query)).all()


async def unsettled(session: AsyncSession, pillar_id: int) -> Sequence[DatePoll]:
    """Those of which no meeting has come yet, the last one first."""
    query = select(DatePoll).where(
        DatePoll.pillar_id == pillar_id, col(DatePoll.workshop_id).is_(None)
    )
    return (await session.exec(query.order_by(col(DatePoll.id).desc()).limit(5))).all()


async def led_to(session: AsyncSession, workshop_id: int) -> bool:
    """Whether the event came of a poll."""
    query = select(DatePoll.id).where(DatePoll.workshop_id == workshop_id).limit(1)
    return (await session.exec(query)).first() is not None


async def to_close(session: AsyncSession, now: datetime) -> Sequence[DatePoll]:
    query = select(DatePoll).where(OPEN, DatePoll.closes_at <= now)
    return (await session.exec(query.order_by(col(DatePoll.id)).with_for_update())).all()


async def to_remind(session: AsyncSession, now: datetime) -> Sequence[DatePoll]:
    query = select(DatePoll).where(OPEN, col(DatePoll.remind_at) <= now)
    return (await session.exec(query.order_by(col(DatePoll.id)).with_for_update())).all()


async def is_due(session: AsyncSession, now: datetime) -> bool:
    due = or_(DatePoll.closes_at <= now, col(DatePoll.remind_at) <= now)
    return (await session.exec(select(DatePoll.id).where(OPEN, due).limit(1))).first() is not None


async def next_due(session: AsyncSession, now: datetime) -> datetime | None:
    moments = [
        (await session.exec(select(func.min(moment)).where(OPEN, moment > now))).one()
        for moment in (col(DatePoll.closes_at), col(DatePoll.remind_at))
    ]
    return min((each for each in moments if each), default=None)


async def asked(
    session: AsyncSession, pillar_id: int, now: datetime, *, after: int, limit: int
) -> Sequence[Person]:
    """Everybody whom a meeting of the pillar concerns, by their ids."""
    query = select(Person).where(_is_asked(pillar_id, now), col(Person.id) > after)
    return (await session.exec(query.order_by(col(Person.id)).limit(limit))).all()


async def count_asked(session: AsyncSession, pillar_id: int, now: datetime) -> int:
    query = select(func.count()).select_from(Person).where(_is_asked(pillar_id, now))
    return (await session.exec(query)).one()


async def is_asked(session: AsyncSession, pillar_id: int, person_id: int, now: datetime) -> bool:
    query = select(Person.id).where(_is_asked(pillar_id, now), Person.id == person_id)
    return (await session.exec(query)).first() is not None


async def names(session: AsyncSession, pillar_id: int, now: datetime) -> Sequence[tuple[int, str]]:
    """The ids and names of all of them."""
    query = (
        select(col(Person.id), Person.first_name, Person.last_name)
        .where(_is_asked(pillar_id, now))
        .order_by(col(Person.last_name), col(Person.first_name), col(Person.id))
    )
    rows = (await session.exec(query)).all()
    return [(key or 0, f"{first} {last}") for key, first, last in rows]


async def silent(
    session: AsyncSession, poll: DatePoll, now: datetime, *, after: int, limit: int
) -> Sequence[Person]:
    """Those of the asked who have not voted, by their ids."""
    query = select(Person).where(_is_silent(poll, now), col(Person.id) > after)
    return (await session.exec(query.order_by(col(Person.id)).limit(limit))).all()


async def count_silent(session: AsyncSession, poll: DatePoll, now: datetime) -> int:
    query = select(func.count()).select_from(Person).where(_is_silent(poll, now))
    return (await session.exec(query)).one()


async def silent_at_home(
    session: AsyncSession, poll: DatePoll, now: datetime, *, skip: int, limit: int
) -> Sequence[tuple[Person, str | None]]:
    """The silent with the short names of their organisations, sorted by these."""
    query = (
        select(Person, Organisation.short)
        .outerjoin(Organisation, col(Organisation.id) == col(Person.organisation_id))
        .where(_is_silent(poll, now))
        .order_by(col(Organisation.folded), col(Person.last_name), col(Person.id))
    )
    rows = (await session.exec(query.offset(skip).limit(limit))).all()
    return [(person, short) for person, short in rows]


async def of_voter(session: AsyncSession, telegram_id: int) -> Sequence[Any]:
    query = (
        select(DatePoll.title, DateVote.chosen, DateVote.voted_at)
        .join(DatePoll, col(DatePoll.id) == DateVote.poll_id)
        .where(DateVote.telegram_id == telegram_id)
        .order_by(col(DateVote.poll_id))
    )
    return (await session.exec(query)).all()


async def forget(session: AsyncSession, telegram_id: int) -> None:
    await session.exec(delete(DateVote).where(col(DateVote.telegram_id) == telegram_id))


async def prune(session: AsyncSession, before: datetime) -> None:
    """Who voted for what in polls that ended before then."""
    over = select(DatePoll.id).where(col(DatePoll.closed_at) < before)
    await session.exec(delete(DateVote).where(col(DateVote.poll_id).in_(over)))


def _is_asked(pillar_id: int, now: datetime) -> ColumnElement[bool]:
    joined = exists().where(
        col(PillarMember.pillar_id) == pillar_id,
        col(PillarMember.person_id) == col(Person.id),
        col(PillarMember.until).is_(None),
    )
    leads = exists().where(
        col(Role.pillar_id) == pillar_id,
        col(Role.person_id) == col(Person.id),
        col(Role.name).in_(LEADERS),
        or_(col(Role.until).is_(None), col(Role.until) > now),
    )
    return and_(
        col(Person.telegram_id).is_not(None),
        or_(joined.correlate(Person), leads.correlate(Person)),
    )


def _is_silent(poll: DatePoll, now: datetime) -> ColumnElement[bool]:
    voted = exists().where(
        col(DateVote.poll_id) == poll.key, col(DateVote.telegram_id) == col(Person.telegram_id)
    )
    return and_(_is_asked(poll.pillar_id, now), ~voted.correlate(Person))
