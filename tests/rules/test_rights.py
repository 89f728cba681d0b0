"""The whole table of rights, written out once more: a change of either has to be meant."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.refusals import MembersOnly, NotAllowed
from bot.domain.rights import OF_ROLE, RULES, Action
from storage.database import Database
from storage.organisations import Organisation
from storage.people import Person, Role, RoleName
from tests.conftest import NOW

ROLES = (
    "guest", "member", "contact", "guarantor", "board", "ambassador", "assistant", "manager",
)  # fmt: skip
EVERYBODY = "guest member contact guarantor board ambassador assistant manager"
MEMBERS = "member contact guarantor board ambassador assistant manager"
SPEAKERS = "contact assistant manager"
TEAM = "assistant manager"
WHO_MAY = {
    Action.SEE_PUBLIC: EVERYBODY,
    Action.TAKE_PUBLIC_SEAT: EVERYBODY,
    Action.ASK_TO_JOIN: EVERYBODY,
    Action.TAKE_MEMBERS_SEAT: MEMBERS,
    Action.SEE_MEMBERS: MEMBERS,
    Action.SEE_COLLEAGUES: SPEAKERS,
    Action.INVITE_COLLEAGUE: SPEAKERS,
    Action.CONFIRM_COLLEAGUE: SPEAKERS,
    Action.OPEN_ADMIN: TEAM,
    Action.PLAN_EVENT: TEAM,
    Action.PUBLISH_EVENT: "manager",
    Action.SEE_ATTENDEES: TEAM,
    Action.KEEP_DOOR: TEAM,
    Action.APPOINT_HELPERS: "manager",
    Action.DRAFT_ANNOUNCEMENT: TEAM,
    Action.SEND_ANNOUNCEMENT: "manager",
    Action.INVITE_ANYWHERE: TEAM,
    Action.APPOINT: "manager",
    Action.END_MEMBERSHIP: SPEAKERS,
    Action.ASK_OWNER: MEMBERS,
    Action.ANSWER_ENQUIRY: "contact manager",
    Action.FORWARD_ENQUIRY: "manager",
    Action.KEEP_INSTRUMENTS: SPEAKERS,
    Action.FOLLOW_CALLS: MEMBERS,
    Action.BID: MEMBERS,
    Action.KEEP_PROFILE: SPEAKERS,
    Action.DRAFT_CALL: TEAM,
    Action.SETTLE_CALL: "manager",
    Action.KEEP_SOURCES: "manager",
    Action.JOIN_PILLAR: MEMBERS,
    Action.KEEP_PILLARS: "manager",
    Action.RUN_PILLAR: "guarantor assistant manager",
    Action.ANNOUNCE_TO_PILLAR: "guarantor manager",
    Action.PUT_TOPIC: MEMBERS,
    Action.LEAD_MEETING: "guarantor manager",
    Action.KEEP_PLAN: "manager",
    Action.ANSWER_LETTER: TEAM,
    Action.KEEP_LETTER_DESK: "manager",
    Action.EDIT_WELCOMES: "manager",
}


@pytest.fixture
async def session(database_url: str) -> AsyncIterator[AsyncSession]:
    db = Database(database_url)
    async with db.writing() as session:
        yield session
    await db.dispose()


async def organisation(session: AsyncSession, name: str) -> int:
    made = Organisation(name=name, short=name, folded=name.lower())
    session.add(made)
    await session.flush()
    return made.key


async def person(session: AsyncSession, role: str, where: int) -> Person:
    """Somebody with that role and no other; all but the guest are verified members."""
    is_member = role != "guest"
    who = Person(
        telegram_id=1,
        met_at=NOW,
        organisation_id=where if is_member else None,
        verified_at=NOW if is_member else None,
    )
    session.add(who)
    await session.flush()
    if role not in ("guest", "member"):
        scope = where if role == "contact" else None
        name = RoleName(role)
        session.add(Role(person_id=who.key, name=name, organisation_id=scope, since=NOW))
        await session.flush()
    return who


def test_nothing_is_missing_from_the_tables() -> None:
    assert set(RULES) == set(Action) == set(WHO_MAY)
    assert set(OF_ROLE) == set(RoleName)
    assert {*WHO_MAY[Action.SEE_PUBLIC].split()} == set(ROLES)


@pytest.mark.parametrize("role", ROLES)
async def test_who_may_do_what(session: AsyncSession, role: str) -> None:
    where = await organisation(session, "Own")
    who = await person(session, role, where)
    for action, allowed in WHO_MAY.items():
        may = await rights.may(session, who, action, NOW, organisation_id=where)
        assert may == (role in allowed.split()), f"{role}: {action}"


async def test_a_contact_person_speaks_for_their_own_organisation_only(
    session: AsyncSession,
) -> None:
    own, other = await organisation(session, "Own"), await organisation(session, "Other")
    who = await person(session, "contact", own)
    for action in (
        Action.INVITE_COLLEAGUE,
        Action.CONFIRM_COLLEAGUE,
        Action.SEE_COLLEAGUES,
        Action.END_MEMBERSHIP,
        Action.ANSWER_ENQUIRY,
    ):
        assert await rights.may(session, who, action, NOW, organisation_id=own)
        assert not await rights.may(session, who, action, NOW, organisation_id=other)


async def test_a_role_has_its_time(session: AsyncSession) -> None:
    where = await organisation(session, "Own")
    who = await person(session, "guest", where)
    hour = timedelta(hours=1)
    session.add(Role(person_id=who.key, name=RoleName.MANAGER, since=NOW, until=NOW + hour))
    await session.flush()
    assert not await rights.may(session, who, Action.APPOINT, NOW - hour)
    assert await rights.may(session, who, Action.APPOINT, NOW)
    assert not await rights.may(session, who, Action.APPOINT, NOW + hour)


async def test_a_refusal_says_whether_membership_would_do(session: AsyncSession) -> None:
    who = await person(session, "guest", await organisation(session, "Own"))
    with pytest.raises(MembersOnly):
        await rights.require(session, who, Action.TAKE_MEMBERS_SEAT, NOW)
    with pytest.raises(NotAllowed):
        await rights.require(session, who, Action.APPOINT, NOW)
