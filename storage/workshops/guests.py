"""The list of the invited, as the team writes it: people by name, and whole organisations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

import sqlalchemy as sa
from sqlmodel import col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.folding import fold
from storage.organisations import Organisation
from storage.people import Person
from storage.sqlite import ASIDE
from storage.workshops.invitees import Invitee


@dataclass(frozen=True, slots=True)
class Guest:
    """Either a person or a whole organisation."""

    key: int  # of the row
    person: Person | None
    organisation: Organisation | None


async def of_workshop(session: AsyncSession, workshop_id: int) -> Sequence[Guest]:
    """Whole organisations first, then people; each by name."""
    query = (
        sa.select(col(Invitee.id), Person, Organisation)
        .select_from(Invitee)
        .outerjoin(Person, col(Person.id) == col(Invitee.person_id))
        .outerjoin(Organisation, col(Organisation.id) == col(Invitee.organisation_id))
        .where(col(Invitee.workshop_id) == workshop_id)
        .order_by(
            col(Invitee.organisation_id).is_(None),
            col(Organisation.folded),
            col(Person.last_name),
            col(Person.first_name),
            col(Invitee.id),
        )
    )
    rows = await session.exec(query)  # type: ignore[call-overload]
    return [Guest(key, person, organisation) for key, person, organisation in rows]


async def count(session: AsyncSession, workshop_id: int) -> int:
    query = select(func.count()).where(Invitee.workshop_id == workshop_id)
    return (await session.exec(query)).one()


async def add(
    session: AsyncSession,
    workshop_id: int,
    now: datetime,
    *,
    person_id: int | None = None,
    organisation_id: int | None = None,
) -> None:
    """One of the two. Twice is as good as once; the event must be locked."""
    same = select(Invitee).where(
        Invitee.workshop_id == workshop_id,
        Invitee.person_id == person_id,
        Invitee.organisation_id == organisation_id,
    )
    if (await session.exec(same)).first() is None:
        invitee = Invitee(workshop_id=workshop_id, invited_at=now)
        invitee.person_id, invitee.organisation_id = person_id, organisation_id
        session.add(invitee)
        await session.flush()


async def remove(session: AsyncSession, workshop_id: int, invitee_id: int) -> None:
    mine = delete(Invitee).where(
        col(Invitee.id) == invitee_id, col(Invitee.workshop_id) == workshop_id
    )
    await session.exec(mine)


async def copy_organisations(
    session: AsyncSession, workshop_id: int, to: int, now: datetime
) -> None:
    """Invite the same organisations to another event; people are never taken over."""
    for guest in await of_workshop(session, workshop_id):
        if guest.organisation is not None:
            await add(session, to, now, organisation_id=guest.organisation.key)


async def people_named(
    session: AsyncSession, folded_words: Sequence[str], limit: int
) -> Sequence[Person]:
    """Verified people with a name that begins with each of the words, by name."""
    names = (
        sa.select(col(Person.id), col(Person.first_name), col(Person.last_name))
        .where(col(Person.verified_at).is_not(None))
        .order_by(col(Person.last_name), col(Person.first_name), col(Person.id))
        .prefix_with(ASIDE)
    )
    connection = await session.connection()
    rows = await connection.execute(names)
    fitting = (key for key, *name in rows if _begin(fold(" ".join(name)).split(), folded_words))
    found = select(Person).where(col(Person.id).in_(list(islice(fitting, limit))))
    ordered = found.order_by(col(Person.last_name), col(Person.first_name), col(Person.id))
    return (await session.exec(ordered)).all()


def _begin(names: Sequence[str], words: Sequence[str]) -> bool:
    return all(any(name.startswith(word) for name in names) for word in words)
