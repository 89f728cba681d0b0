"""Who may do what: one table, asked at the moment of action, from the database."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.refusals import MembersOnly, NotAllowed
from storage import people as store
from storage.people import Person, Role, RoleName


class Action(StrEnum):
    SEE_PUBLIC = "see_public"
    TAKE_PUBLIC_SEAT = "take_public_seat"
    ASK_TO_JOIN = "ask_to_join"
    TAKE_MEMBERS_SEAT = "take_members_seat"
    SEE_MEMBERS = "see_members"
    SEE_COLLEAGUES = "see_colleagues"
    INVITE_COLLEAGUE = "invite_colleague"
    CONFIRM_COLLEAGUE = "confirm_colleague"
    OPEN_ADMIN = "open_admin"
    PLAN_EVENT = "plan_event"
    PUBLISH_EVENT = "publish_event"
    SEE_ATTENDEES = "see_attendees"
    KEEP_DOOR = "keep_door"
    APPOINT_HELPERS = "appoint_helpers"
    DRAFT_ANNOUNCEMENT = "draft_announcement"
    SEND_ANNOUNCEMENT = "send_announcement"
    INVITE_ANYWHERE = "invite_anywhere"
    APPOINT = "appoint"
    END_MEMBERSHIP = "end_membership"
    ASK_OWNER = "ask_owner"
    ANSWER_ENQUIRY = "answer_enquiry"
    FORWARD_ENQUIRY = "forward_enquiry"
    KEEP_INSTRUMENTS = "keep_instruments"
    FOLLOW_CALLS = "follow_calls"
    BID = "bid"
    KEEP_PROFILE = "keep_profile"
    DRAFT_CALL = "draft_call"
    SETTLE_CALL = "settle_call"
    KEEP_SOURCES = "keep_sources"
    JOIN_PILLAR = "join_pillar"
    KEEP_PILLARS = "keep_pillars"
    RUN_PILLAR = "run_pillar"
    ANNOUNCE_TO_PILLAR = "announce_to_pillar"
    PUT_TOPIC = "put_topic"
    KEEP_PLAN = "keep_plan"
    EDIT_WELCOMES = "edit_welcomes"
    LEAD_MEETING = "lead_meeting"
    ANSWER_LETTER = "answer_letter"
    KEEP_LETTER_DESK = "keep_letter_desk"


class Standing(StrEnum):
    """What somebody is to the cluster, as far as rights go."""

    ANYBODY = "anybody"
    MEMBER = "member"
    CONTACT = "contact"
    GUARANTOR = "guarantor"
    BOARD = "board"
    AMBASSADOR = "ambassador"
    ASSISTANT = "assistant"
    MANAGER = "manager"


ALL = frozenset(Standing)
TEAM = frozenset({Standing.ASSISTANT, Standing.MANAGER})
MANAGER = frozenset({Standing.MANAGER})
MEMBERS = ALL - {Standing.ANYBODY}

RULES: dict[Action, frozenset[Standing]] = {
    Action.SEE_PUBLIC: ALL,
    Action.TAKE_PUBLIC_SEAT: ALL,
    Action.ASK_TO_JOIN: ALL,
    Action.TAKE_MEMBERS_SEAT: MEMBERS,
    Action.SEE_MEMBERS: MEMBERS,
    Action.SEE_COLLEAGUES: TEAM | {Standing.CONTACT},
    Action.INVITE_COLLEAGUE: TEAM | {Standing.CONTACT},
    Action.CONFIRM_COLLEAGUE: TEAM | {Standing.CONTACT},
    Action.OPEN_ADMIN: TEAM,
    Action.PLAN_EVENT: TEAM,
    Action.PUBLISH_EVENT: MANAGER,
    Action.SEE_ATTENDEES: TEAM,
    Action.KEEP_DOOR: TEAM,
    Action.APPOINT_HELPERS: MANAGER,
    Action.DRAFT_ANNOUNCEMENT: TEAM,
    Action.SEND_ANNOUNCEMENT: MANAGER,
    Action.INVITE_ANYWHERE: TEAM,
    Action.APPOINT: MANAGER,
    Action.END_MEMBERSHIP: TEAM | {Standing.CONTACT},
    Action.ASK_OWNER: MEMBERS,
    Action.ANSWER_ENQUIRY: MANAGER | {Standing.CONTACT},
    Action.FORWARD_ENQUIRY: MANAGER,
    Action.KEEP_INSTRUMENTS: TEAM | {Standing.CONTACT},
    Action.FOLLOW_CALLS: MEMBERS,
    Action.BID: MEMBERS,
    Action.KEEP_PROFILE: TEAM | {Standing.CONTACT},
    Action.DRAFT_CALL: TEAM,
    Action.SETTLE_CALL: MANAGER,
    Action.KEEP_SOURCES: MANAGER,
    Action.JOIN_PILLAR: MEMBERS,
    Action.KEEP_PILLARS: MANAGER,
    Action.RUN_PILLAR: TEAM | {Standing.GUARANTOR},
    Action.ANNOUNCE_TO_PILLAR: MANAGER | {Standing.GUARANTOR},
    Action.PUT_TOPIC: MEMBERS,
    Action.KEEP_PLAN: MANAGER,
    Action.EDIT_WELCOMES: MANAGER,
    Action.LEAD_MEETING: MANAGER | {Standing.GUARANTOR},
    Action.ANSWER_LETTER: TEAM,
    Action.KEEP_LETTER_DESK: MANAGER,
}
OF_ROLE = {
    RoleName.CONTACT: Standing.CONTACT,
    RoleName.GUARANTOR: Standing.GUARANTOR,
    RoleName.TECHNICAL_GUARANTOR: Standing.GUARANTOR,
    RoleName.BOARD: Standing.BOARD,
    RoleName.AMBASSADOR: Standing.AMBASSADOR,
    RoleName.ASSISTANT: Standing.ASSISTANT,
    RoleName.MANAGER: Standing.MANAGER,
}


async def may(
    session: AsyncSession,
    who: Person,
    action: Action,
    now: datetime,
    *,
    organisation_id: int | None = None,
    pillar_id: int | None = None,
) -> bool:
    """`organisation_id` and `pillar_id` are what it concerns: a contact person speaks for their
    own organisation only, a guarantor for their own pillar."""
    allowed = RULES[action]
    if Standing.ANYBODY in allowed or (who.is_member and Standing.MEMBER in allowed):
        return True
    roles = await store.roles(session, who.key, now)
    return bool(allowed & set(_standings(roles, organisation_id, pillar_id)))


async def spoken_for(session: AsyncSession, who: Person, now: datetime) -> list[int]:
    """The organisations whose contact person they are."""
    roles = await store.roles(session, who.key, now)
    ids = (role.organisation_id for role in roles if role.name == RoleName.CONTACT)
    return [each for each in ids if each is not None]


async def require(
    session: AsyncSession,
    who: Person,
    action: Action,
    now: datetime,
    *,
    organisation_id: int | None = None,
    pillar_id: int | None = None,
) -> None:
    """Raises `MembersOnly` where being a member would do, else `NotAllowed`."""
    about = {"organisation_id": organisation_id, "pillar_id": pillar_id}
    if await may(session, who, action, now, **about):
        return
    raise MembersOnly if Standing.MEMBER in RULES[action] else NotAllowed


def _standings(
    roles: Iterable[Role], organisation_id: int | None, pillar_id: int | None
) -> Iterable[Standing]:
    for role in roles:
        standing = OF_ROLE[role.name]
        if standing == Standing.CONTACT and organisation_id not in (None, role.organisation_id):
            continue
        if standing == Standing.GUARANTOR and pillar_id not in (None, role.pillar_id):
            continue
        yield standing


async def appoint_first(
    session: AsyncSession, telegram_ids: Iterable[int], language: str, now: datetime
) -> None:
    """The managers named in the configuration, whether they have written to us yet or not."""
    for telegram_id in telegram_ids:
        person = await store.by_telegram(session, telegram_id)
        if person is None:
            person = Person(telegram_id=telegram_id, language=language, met_at=now)
            session.add(person)
            await session.flush()
        roles = await store.roles(session, person.key, now)
        if all(role.name != RoleName.MANAGER for role in roles):
            session.add(Role(person_id=person.key, name=RoleName.MANAGER, since=now))
