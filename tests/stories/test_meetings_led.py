"""A meeting is led by the guarantor of its pillar as its event: changed, and called off."""

import pytest
from sqlmodel import select

from bot.app import App
from bot.sandbox.sandbox import Sandbox
from handlers.workshops import attendees, leading, ways, whom
from storage.people import Role, RoleName
from storage.workshops import Audience, State, find
from tests.actors import Actor
from tests.stories.meeting import TITLE, Club, found_club
from tests.stories.pillars import add_pillar, appoint
from tests.stories.workshops import Plan

MEETING, WORKSHOP = 1, 2


@pytest.fixture
async def club(app: App, sandbox: Sandbox, bob: Actor, ann: Actor, eve: Actor) -> Club:
    for each in (bob, ann, eve):
        await each.says("/start")
    return await found_club(app, sandbox, bob, ann, eve)


async def calls_meeting(club: Club) -> None:
    await club.proposes()
    lead = club.lead
    await lead.presses("🏁 Vybrat termín")
    await lead.presses("středa 24. 3. 2027 14:00 · 0")
    await lead.presses("✅ Ano, vyhlásit")
    await lead.presses("📅 Otevřít akci")


@pytest.mark.postgres
async def test_the_guarantor_changes_their_meeting(app: App, club: Club, ann: Actor) -> None:
    bob = club.lead
    await calls_meeting(club)
    await ann.presses_data(f"ws.in:{MEETING}")
    await bob.presses("🛠 Spravovat akci")
    await bob.presses("👥 Kdo přijde")
    assert "Ann" in bob.screen
    await bob.presses("◀ Zpět")
    await bob.presses("✏️ Změnit")
    assert "👥 Pro koho" not in bob.buttons
    await bob.presses("✏️ Co a kde")
    await bob.presses("Místo konání")
    await bob.says("FZÚ, Praha")
    await bob.presses("✅ Ano, změnit")
    assert "FZÚ, Praha" in ann.screen
    await bob.presses("Popis")
    await bob.says("Přineste vzorky.")
    assert "Přineste vzorky." in bob.screen
    await bob.presses("◀ Zpět")
    await bob.presses("🕘 Kdy a části")
    await bob.presses("🕘 Čas a místa")
    await bob.presses("🕘 Čas")
    await bob.says("25. 3. 2027 10:00-11:30")
    await bob.presses("✅ Ano, změnit")
    assert "Thu 25 Mar 2027, 10:00–11:30" in ann.screen
    async with app.db.reading() as session:
        event = await find(session, MEETING)
    assert event is not None
    assert (event.place, event.about) == ("FZÚ, Praha", "Přineste vzorky.")


async def test_the_guarantor_calls_their_meeting_off(app: App, club: Club, ann: Actor) -> None:
    bob = club.lead
    await calls_meeting(club)
    await ann.presses_data(f"ws.in:{MEETING}")
    await bob.presses("🛠 Spravovat akci")
    await bob.presses("❌ Zrušit akci")
    await bob.presses("❌ Ano, zrušit akci")
    assert "❌" in ann.screen
    assert TITLE in ann.screen
    async with app.db.reading() as session:
        event = await find(session, MEETING)
    assert event is not None
    assert event.state == State.CANCELLED


async def test_a_guarantor_leads_no_other_events(
    app: App, club: Club, plan: Plan, manager: Actor, ann: Actor, eve: Actor
) -> None:
    """Neither one that a manager has planned for the pillar, nor a meeting of another pillar."""
    bob = club.lead
    await calls_meeting(club)
    await plan("Kurz", audience=Audience.PILLAR, pillar_id=club.pillar)
    other = await add_pillar(app, "Sklo", "Glass")
    await appoint(app, eve, other, RoleName.GUARANTOR)
    await bob.presses_data(f"ws:{WORKSHOP}")
    assert "🛠 Spravovat akci" not in bob.buttons
    for who, event in ((bob, WORKSHOP), (eve, MEETING), (ann, MEETING)):
        for way in (
            ways.Lead(event),
            ways.Change(event),
            leading.Cancel(event),
            leading.Attendees(event),
            attendees.Export(event),
        ):
            await who.presses_data(way.pack())
            assert who.alert, way


async def test_a_guarantor_does_not_open_a_meeting_to_others(app: App, club: Club) -> None:
    bob = club.lead
    await calls_meeting(club)
    await bob.presses_data(whom.OpenTo(MEETING, "public").pack())
    assert bob.alert
    async with app.db.reading() as session:
        event = await find(session, MEETING)
    assert event is not None
    assert event.audience == Audience.PILLAR


async def test_a_guarantor_who_has_left_leads_it_no_more(
    app: App, club: Club, manager: Actor
) -> None:
    bob = club.lead
    await calls_meeting(club)
    async with app.db.writing() as session:
        roles = await session.exec(select(Role).where(Role.pillar_id == club.pillar))
        roles.one().until = app.clock()
    await bob.presses_data(ways.Change(MEETING).pack())
    assert bob.alert
    await manager.says("/start")
    await manager.presses_data(ways.Lead(MEETING).pack())
    assert "❌ Zrušit akci" in manager.buttons
