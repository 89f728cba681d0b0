"""What shows that an event took place: to whom it was announced, and what was reminded of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.announcements import Announcement, Choice, Clause, Facet, contents_of
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
    """Announcements are few, and for whom each was is data that no query looks into."""
    query = select(Announcement).where(col(Announcement.sent_at).is_not(None))
    sent = (await session.exec(query.order_by(col(Announcement.id)))).all()
    its = [each for each in sent if each.audience and _is_for(each.audience, workshop_id)]
    contents = await contents_of(session, [each.key for each in its])
    return [
        Sent(_words(contents[each.key][0].payload), each.sent_at, each.people, each.delivered)
        for each in its
        if each.sent_at and contents[each.key]
    ]


def _is_for(audience: Mapping[str, Any], workshop_id: int) -> bool:
    return Clause(Facet.REGISTERED, (workshop_id,)) in Choice.read(audience).clauses


def _words(payload: Mapping[str, Any]) -> str:
    return str(payload.get("text") or payload.get("caption") or "")


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
