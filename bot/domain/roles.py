"""Who is with an organisation and appointed to what; who is so no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.membership import part
from bot.domain.refusals import Gone, NotAllowed, Refusal
from bot.domain.rights import Action
from storage import audit, organisations, people, pillars
from storage.organisations import Organisation
from storage.people import Person, Role, RoleName

# The managers are named in the configuration.
APPOINTABLE = (RoleName.CONTACT, RoleName.ASSISTANT, RoleName.BOARD, RoleName.AMBASSADOR)
OF_A_PILLAR = (RoleName.GUARANTOR, RoleName.TECHNICAL_GUARANTOR)


class NotAMember(Refusal):
    """Roles are for verified members."""


@dataclass(frozen=True)
class Member:
    """A person with their organisation and the roles in force."""

    person: Person
    organisation: Organisation | None
    roles: Sequence[Role]

    def holds(self, name: RoleName, pillar_id: int | None = None) -> bool:
        return any(role.name == name and role.pillar_id == pillar_id for role in self.roles)


@dataclass(frozen=True)
class People:
    """A page of an organisation's people, and how many there are in all."""

    organisation: Organisation
    members: Sequence[Member]
    count: int


async def colleagues(
    session: AsyncSession,
    me: Person,
    organisation_id: int,
    now: datetime,
    *,
    skip: int,
    limit: int,
) -> People:
    """The people of an organisation, by name. Raises `Gone`, `NotAllowed`."""
    await _require_sight(session, me, organisation_id, now)
    organisation = await organisations.find(session, organisation_id)
    if organisation is None:
        raise Gone
    found = await people.of_organisation(session, organisation_id, skip=skip, limit=limit)
    members = [
        Member(each, organisation, await people.roles(session, each.key, now)) for each in found
    ]
    return People(organisation, members, await people.headcount(session, organisation_id))


async def look(session: AsyncSession, me: Person, person_id: int, now: datetime) -> Member:
    """Raises `Gone`, `NotAllowed`."""
    member = await _member(session, person_id, now)
    await _require_sight(session, me, member.person.organisation_id, now)
    return member


async def appoint(
    session: AsyncSession,
    me: Person,
    person_id: int,
    name: RoleName,
    now: datetime,
    pillar_id: int | None = None,
) -> tuple[Member, bool]:
    """Give a role, and tell whether it is a new one. Raises `Gone`, `NotAllowed`, `NotAMember`."""
    member = await _to_change(session, me, person_id, name, now, pillar_id)
    if not member.person.is_member:
        raise NotAMember
    if member.holds(name, pillar_id):
        return member, False
    where = member.person.organisation_id if name == RoleName.CONTACT else None
    session.add(
        Role(person_id=person_id, name=name, organisation_id=where, pillar_id=pillar_id, since=now)
    )
    await session.flush()
    await _record(session, me, "appoint", member, name, now, pillar_id)
    return await _member(session, person_id, now), True


async def dismiss(
    session: AsyncSession,
    me: Person,
    person_id: int,
    name: RoleName,
    now: datetime,
    pillar_id: int | None = None,
) -> Member:
    """End a role; who does not hold it goes without. Raises `Gone`, `NotAllowed`."""
    member = await _to_change(session, me, person_id, name, now, pillar_id)
    held = [each for each in member.roles if (each.name, each.pillar_id) == (name, pillar_id)]
    if not held:
        return member
    for role in held:
        role.until = now
    await session.flush()
    await _record(session, me, "dismiss", member, name, now, pillar_id)
    return await _member(session, person_id, now)


async def may_part_with(session: AsyncSession, me: Person, member: Member, now: datetime) -> bool:
    """A contact person parts with colleagues, but not with another contact person."""
    where = member.person.organisation_id
    if where is None or member.person.key == me.key:
        return False
    if member.roles:
        return await rights.may(session, me, Action.APPOINT, now)
    return await rights.may(session, me, Action.END_MEMBERSHIP, now, organisation_id=where)


async def whom_to_part_with(
    session: AsyncSession, me: Person, person_id: int, now: datetime
) -> tuple[Member, Organisation]:
    """Raises `Gone`, `NotAllowed`."""
    member = await _member(session, person_id, now)
    if member.organisation is None:
        raise Gone
    if not await may_part_with(session, me, member, now):
        raise NotAllowed
    return member, member.organisation


async def part_with(
    session: AsyncSession, me: Person, person_id: int, now: datetime
) -> tuple[Member, Organisation]:
    """End a membership and every role; returns what they were. Raises `Gone`, `NotAllowed`."""
    await people.lock(session, person_id)
    member, organisation = await whom_to_part_with(session, me, person_id, now)
    await part(session, member.person, now)
    subject, where = f"person:{person_id}", organisation.key
    await audit.record(session, me.key, "part", subject, now, organisation=where)
    return member, organisation


async def _require_sight(
    session: AsyncSession, me: Person, organisation_id: int | None, now: datetime
) -> None:
    """Contact persons see their own people; those who belong nowhere, the team alone."""
    action = Action.SEE_COLLEAGUES if organisation_id else Action.OPEN_ADMIN
    await rights.require(session, me, action, now, organisation_id=organisation_id)


async def _to_change(
    session: AsyncSession,
    me: Person,
    person_id: int,
    name: RoleName,
    now: datetime,
    pillar_id: int | None,
) -> Member:
    await rights.require(session, me, Action.APPOINT, now)
    if name not in (APPOINTABLE if pillar_id is None else OF_A_PILLAR):
        raise Gone
    if pillar_id is not None and await pillars.find(session, pillar_id) is None:
        raise Gone
    await people.lock(session, person_id)
    return await _member(session, person_id, now)


async def _member(session: AsyncSession, person_id: int, now: datetime) -> Member:
    """Raises `Gone` for somebody unknown or erased."""
    person = await people.find(session, person_id)
    if person is None or person.telegram_id is None:
        raise Gone
    where = person.organisation_id
    organisation = await organisations.find(session, where) if where else None
    return Member(person, organisation, await people.roles(session, person_id, now))


async def _record(
    session: AsyncSession,
    me: Person,
    action: str,
    member: Member,
    name: RoleName,
    now: datetime,
    pillar_id: int | None,
) -> None:
    subject = f"person:{member.person.key}"
    where = member.person.organisation_id
    facts = {"role": name, "organisation": where, "pillar": pillar_id}
    await audit.record(session, me.key, action, subject, now, **facts)
