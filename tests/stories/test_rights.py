"""Everybody tries everything: each action, by every way there is to it, in every role."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.app import App
from bot.domain.rights import Action
from bot.kit.buttons import Button
from bot.sandbox.people import Person as Phone
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import User
from handlers import (
    announcements,
    confirmations,
    equipment,
    invitations,
    links,
    people,
    workshops,
)
from handlers.goals import ways as goals
from handlers.welcomes import editing as welcomes
from handlers.workshops import ways
from storage.announcements import EVERYBODY, Announcement, Content
from storage.confirmations import Confirmation
from storage.goals import Goal, Measure
from storage.instruments import Category, Demand, Enquiry, Instrument, Offering
from storage.people import Person, Role, RoleName
from storage.workshops import Audience as Openness
from storage.workshops import Part, State, Workshop
from tests.actors import Actor
from tests.conftest import NOW
from tests.rules.test_rights import ROLES, WHO_MAY
from tests.stories.rights_of_calls import ABOUT_CALLS, announce_calls
from tests.stories.rights_of_groups import (
    ABOUT_GROUPS,
    OF_MEMBERS,
    PILLAR,
    call_meeting,
    found_pillars,
)
from tests.stories.rights_of_letters import ABOUT_LETTERS, receive_letter

OWN, OTHER = 1, 2  # organisations
PUBLIC, MEMBERS, DRAFT = 1, 2, 3  # events
OURS, THEIRS = 1, 2  # instruments
GOAL = 1
BOB = 3
NO = (
    "You may not do this.",
    "This is for members of the cluster.",
    "This is not here any more.",
)
Way = Button | str  # something to press, or to type

WAYS: dict[Action, tuple[Way, ...]] = {
    Action.SEE_PUBLIC: ("/start", "/events", "/start w1", links.OpenWorkshop(PUBLIC)),
    Action.TAKE_PUBLIC_SEAT: (workshops.card.SignUp(PUBLIC), workshops.card.TakePart(PUBLIC, 1)),
    Action.ASK_TO_JOIN: (
        links.FindOrganisation(),
        links.AskToJoin(OWN),
        confirmations.SendQuestion(OWN),
        "/start i" + "x" * 43,
    ),
    Action.TAKE_MEMBERS_SEAT: (
        workshops.card.SignUp(MEMBERS),
        workshops.card.TakePart(MEMBERS, 2),
    ),
    Action.SEE_MEMBERS: ("/start w2", links.OpenWorkshop(MEMBERS), *OF_MEMBERS),
    Action.SEE_COLLEAGUES: (links.ListPeople(OWN), people.OpenPerson(BOB)),
    Action.INVITE_COLLEAGUE: (
        links.InviteSomebody(),
        links.InviteInto(OWN),
        invitations.listing.ListInvitations(),
        invitations.making.MakeInvitation(OWN, "colleague", 1),
    ),
    Action.CONFIRM_COLLEAGUE: (
        links.ListQuestions(),
        confirmations.OpenQuestion(1),
        confirmations.Recognise(1),
        confirmations.Disown(1),
    ),
    Action.OPEN_ADMIN: ("/admin", "/sprava", links.OpenAdmin(), links.OpenEquipmentDesk()),
    Action.PLAN_EVENT: (
        links.PlanWorkshop(),
        links.OpenWorkshop(DRAFT),
        ways.Lead(DRAFT),
    ),
    Action.PUBLISH_EVENT: (workshops.leading.Publish(DRAFT),),
    Action.SEE_ATTENDEES: (
        workshops.leading.Attendees(PUBLIC),
        workshops.attendees.Export(PUBLIC),
    ),
    Action.KEEP_DOOR: (
        ways.OpenDoor(PUBLIC),
        workshops.door.OpenPart(PUBLIC, 1),
        workshops.door.LookFor(PUBLIC),
        workshops.poster.PutUpPoster(PUBLIC),
    ),
    Action.APPOINT_HELPERS: (
        workshops.doorkeepers.OpenHelpers(PUBLIC),
        workshops.doorkeepers.FindHelper(PUBLIC),
        workshops.doorkeepers.InviteHelper(PUBLIC),
        workshops.doorkeepers.AppointHelper(PUBLIC, BOB),
        workshops.doorkeepers.DismissHelper(PUBLIC, BOB),
    ),
    Action.DRAFT_ANNOUNCEMENT: (
        "/announce",
        links.Announce(),
        links.AnnounceTo(PUBLIC),
        links.ListAnnouncements(),
        announcements.cards.OpenAnnouncement(1),
        announcements.audience_ways.ComposeAudience(1),
        announcements.audience_ways.ChooseLike(1, 1, 1),
        announcements.audience_ways.ListSaved(1),
    ),
    Action.SEND_ANNOUNCEMENT: (
        announcements.cards.Send(1, 1, 1),
        announcements.running.TakeBack(1),
        announcements.running.Pause(1),
        announcements.running.Resume(1),
        announcements.running.Stop(1),
        announcements.running.Correct(1),
        announcements.running.Recall(1, 1),
        announcements.approving.GiveBack(1),
    ),
    Action.INVITE_ANYWHERE: (
        links.InviteInto(OTHER),
        invitations.making.MakeInvitation(OTHER, "colleague", 10),
    ),
    Action.APPOINT: (
        people.Appoint(BOB, "board"),
        people.Dismiss(BOB, "board"),
        people.ListGuarantees(BOB),
        invitations.making.MakeInvitation(OWN, "contact", 1),
    ),
    Action.END_MEMBERSHIP: (people.PartWith(BOB),),
    Action.ASK_OWNER: (equipment.ways.AskOwner(THEIRS), equipment.ways.ListWindows(THEIRS)),
    Action.ANSWER_ENQUIRY: (
        equipment.enquiry_ways.OpenEnquiry(1),
        equipment.enquiry_ways.Decline(1),
    ),
    Action.FORWARD_ENQUIRY: (equipment.enquiry_ways.PassOn(1),),
    Action.KEEP_INSTRUMENTS: (
        equipment.ways.ManageInstruments(OWN),
        equipment.care_ways.AddInstrument(OWN),
        equipment.care_ways.SendList(OWN),
        equipment.care_ways.GetList(OWN),
        equipment.exporting.GetFile(OWN, "csv"),
        equipment.freshness.GoThrough(OWN),
        equipment.freshness.ConfirmAll(OWN),
    ),
    Action.EDIT_WELCOMES: (
        links.ListWelcomes(),
        welcomes.OpenSeries("lead"),
        welcomes.EditStep("lead", 0, "cs"),
        welcomes.BringBack("lead", 0, "cs"),
    ),
    Action.KEEP_PLAN: (
        goals.AddGoal(2027),
        goals.AimGoal(GOAL),
        goals.AskToDropGoal(GOAL),
        goals.DropGoal(GOAL),
    ),
    **ABOUT_CALLS,
    **ABOUT_GROUPS,
    **ABOUT_LETTERS,
}


@pytest.fixture
async def everybody(app: App, sandbox: Sandbox) -> dict[str, Actor]:
    """One person of each role, in the order of `ROLES`, and things to do something with."""
    users = {role: User(2000 + n, role, language_code="en") for n, role in enumerate(ROLES)}
    async with app.db.writing() as session:
        await found_pillars(session)
        for role, user in users.items():
            await _introduce(session, role, user)
        await _furnish(session)
    for user in users.values():
        user.started = True
        sandbox.world.users[user.id] = user
    return {role: Actor(Phone(sandbox, user.id), app) for role, user in users.items()}


async def _introduce(session: AsyncSession, role: str, user: User) -> None:
    where = None if role == "guest" else OWN
    person = Person(
        telegram_id=user.id,
        first_name=user.first_name,
        language="en",
        organisation_id=where,
        verified_at=NOW if where else None,
        met_at=NOW,
    )
    session.add(person)
    await session.flush()
    if role not in ("guest", "member"):
        held = Role(person_id=person.key, name=RoleName(role), since=NOW)
        held.organisation_id = OWN if role == "contact" else None
        held.pillar_id = PILLAR if role == "guarantor" else None
        session.add(held)


async def _furnish(session: AsyncSession) -> None:
    asker = Person(telegram_id=3000, first_name="Asker", met_at=NOW)
    session.add(asker)
    for number, (audience, state) in enumerate(_events(), start=1):
        title = f"Event {number}"
        session.add(
            Workshop(
                id=number,
                title=title,
                audience=audience,
                pillar_id=PILLAR if audience == Openness.PILLAR else None,
                state=state,
                created_at=NOW,
            )
        )
        await session.flush()
        start = NOW + timedelta(days=number)
        end = start + timedelta(hours=1)
        session.add(Part(workshop_id=number, starts_at=start, ends_at=end, capacity=50))
    await session.flush()
    await call_meeting(session)
    await _lend_instruments(session, asker)
    await announce_calls(session)
    session.add(Goal(id=GOAL, year=2020, measure=Measure.VISITS, wanted=1, changed_at=NOW))
    session.add(Confirmation(person_id=asker.key, organisation_id=OWN, asked_at=NOW))
    session.add(Announcement(id=1, author_id=BOB, audience=EVERYBODY.written(), created_at=NOW))
    await session.flush()
    await receive_letter(session, asker)
    session.add(Content(announcement_id=1, method="sendMessage", payload={"text": "Hello"}))


async def _lend_instruments(session: AsyncSession, asker: Person) -> None:
    """One of each organisation; somebody asks about ours."""
    for key, owner in ((OURS, OWN), (THEIRS, OTHER)):
        session.add(
            Instrument(
                id=key,
                name="M-2000",
                folded="m-2000",
                kind=Offering.EQUIPMENT,
                category=Category.METROLOGY,
                organisation_id=owner,
                owner="",
                source="",
                confidence="stated",
            )
        )
    demand = Demand(person_id=asker.key, text="Six wafers", written_at=NOW, sent_at=NOW)
    session.add(demand)
    await session.flush()
    session.add(
        Enquiry(
            demand_id=demand.key,
            instrument_id=OURS,
            subject="M-2000",
            organisation_id=OWN,
            asked_at=NOW,
        )
    )


def _events() -> Iterator[tuple[Openness, State]]:
    yield Openness.PUBLIC, State.PUBLISHED
    yield Openness.MEMBERS, State.PUBLISHED
    yield Openness.PUBLIC, State.DRAFT
    yield Openness.PILLAR, State.PUBLISHED


async def was_let(who: Actor, way: Way) -> bool:
    if isinstance(way, str):
        await who.says(way)
        return not who.screen.startswith(NO)
    await who.presses_data(way.pack())
    return not (who.alert and (who.toast or "").startswith(NO))


def test_every_action_has_a_way_to_it() -> None:
    assert set(WAYS) == set(Action)
    assert all(WAYS.values())


@pytest.mark.parametrize("action", Action)
async def test_everybody_tries(everybody: dict[str, Actor], action: Action) -> None:
    allowed = WHO_MAY[action].split()
    for who in everybody.values():
        await who.says("/menu")
    for way in WAYS[action]:
        let = [role for role, who in everybody.items() if await was_let(who, way)]
        assert let == allowed, way
