"""People of the demonstration in a pillar, one of them as its guarantor."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from storage import people
from storage.groups import membership
from storage.groups.members import PillarMember
from storage.people import Person, Role, RoleName

PILLAR = "laser"
GUARANTOR = "second_member"
MEMBERS = ("member", GUARANTOR, "contact")


async def put_in(
    session: AsyncSession, known: Mapping[str, Person], pillars: Mapping[str, int], now: datetime
) -> None:
    """Whoever has been in a pillar before stays as they are."""
    for role in MEMBERS:
        person = known[role]
        if not await membership.of_person(session, person.key):
            row = PillarMember(pillar_id=pillars[PILLAR], person_id=person.key, since=now)
            session.add(row)
    guarantor = known[GUARANTOR]
    if not await people.all_roles(session, guarantor.key):
        session.add(
            Role(
                person_id=guarantor.key,
                name=RoleName.GUARANTOR,
                pillar_id=pillars[PILLAR],
                since=now,
            )
        )
    await session.flush()
