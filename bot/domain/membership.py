"""Becoming a member and ceasing to be one, whoever opened the door."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.groups import joining, tagging
from storage import confirmations, people
from storage.confirmations import Verdict
from storage.people import Person, RoleName


async def admit(
    session: AsyncSession, person: Person, organisation_id: int, now: datetime
) -> None:
    """Make `person`, whose row is locked, a verified member of the organisation.

    Speaking for another organisation ends, and so does an open question about the person.
    """
    person.organisation_id = organisation_id
    person.verified_at = now
    for role in await people.roles(session, person.key, now):
        if role.name == RoleName.CONTACT and role.organisation_id != organisation_id:
            role.until = now
    question = await confirmations.open_of(session, person.key)
    if question is not None:
        question.verdict, question.decided_at = Verdict.TAKEN_BACK, now
    await session.flush()
    await tagging.follow(session, person, now)


async def part(session: AsyncSession, person: Person, now: datetime) -> None:
    """Make `person`, whose row is locked, a guest again, with no role and in no pillar."""
    person.organisation_id = person.verified_at = None
    await people.end_roles(session, person.key, now)
    await session.flush()
    await joining.leave_all(session, person, now)
    await tagging.follow(session, person, now)
