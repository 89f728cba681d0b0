"""What shows that an event took place: to whom it was announced, and what was reminded of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.announcements import Announcement, Audience
from storage.workshops.invitees import Invitee
from storage.workshops.reminders import Kind, Reminder


@dataclass(frozen=True, slots=True)
class Sent:
    """An announcement to those of the event."""

    text: str
    sent_at: datetime
    people: int
    delivered: int


async def announced(session: AsyncSession, workshop_id: int) -> Sequence[Sent]:
    query = (
        select(Announcement)
        .where(
            Announcement.audience == Audience.EVENT,
            Announcement.audience_id == workshop_id,
            col(Announcement.sent_at).is_not(None),
        )
        .order_by(col(Announcement.id))
    )
    return [
        Sent(
            str(each.payload.get("text") or each.payload.get("caption") or ""),
            each.sent_at,
            each.people,
            each.delivered,
        )
        for each in (await session.exec(query)).all()
        if each.sent_at
    ]


async def reminded(session: AsyncSession, workshop_id: int) -> Sequence[tuple[Kind, datetime]]:
    """Which reminders have left, and when."""
    query = select(Reminder.kind, Reminder.done_at).where(
        Reminder.workshop_id == workshop_id, col(Reminder.done_at).is_not(None)
    )
    found = (await session.exec(query.order_by(col(Reminder.due_at)))).all()
    return [(Kind(kind), at) for kind, at in found if at is not None]


async def invited(session: AsyncSession, workshop_id: int) -> tuple[int, int]:
    """How many people and how many organisations were invited by name."""
    query = select(func.count(col(Invitee.person_id)), func.count(col(Invitee.organisation_id)))
    people, organisations = (
        await session.exec(query.where(Invitee.workshop_id == workshop_id))
    ).one()
    return people, organisations
