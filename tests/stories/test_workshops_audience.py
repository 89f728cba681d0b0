"""For whom an event is, when one can sign up for it, and a date that is not certain yet."""

from datetime import timedelta

import pytest

from bot.app import App
from storage.people import by_telegram
from storage.pillars import OrganisationPillar, Pillar
from storage.workshops import Audience
from storage.workshops.invitees import Invitee
from tests.actors import Actor
from tests.conftest import NOW
from tests.stories.announcing import Wait, received, write
from tests.stories.workshops import START, Plan, opens

TITLE = "Tenké vrstvy"
OPTICS, GLASS = 1, 2  # organisations
DAY = timedelta(days=1)


@pytest.fixture
async def pillar(app: App) -> int:
    """In which the organisation of Ann and Bořek stands."""
    async with app.db.writing() as session:
        pillar = Pillar(name_cs="Lasery", name_en="Lasers", position=1, since=NOW)
        session.add(pillar)
        await session.flush()
        session.add(OrganisationPillar(organisation_id=OPTICS, pillar_id=pillar.key))
        return pillar.key


async def invites(app: App, **whom: int) -> None:
    async with app.db.writing() as session:
        session.add(Invitee(workshop_id=1, invited_at=NOW, **whom))


async def is_kept_from(who: Actor, said: str) -> None:
    """It is in no list and in no search, and cannot be opened or taken."""
    await who.says("/akce")
    assert TITLE not in who.screen
    await who.says("vrstvy")
    assert TITLE not in who.buttons
    for data in ("ws.open:1", "ws.in:1", "ws.p.in:1:1", "ws.more:1"):
        await who.presses_data(data)
        assert who.alert, data
        assert said in (who.toast or ""), data


@pytest.mark.postgres
async def test_for_a_pillar(
    ann: Actor, eve: Actor, guest: Actor, manager: Actor, plan: Plan, pillar: int
) -> None:
    await plan(TITLE, audience=Audience.PILLAR, pillar_id=pillar)
    await opens(ann, TITLE)
    assert "For members in the pillar Lasers" in ann.screen
    await ann.presses("✅ Sign up")
    assert "You have a seat" in ann.screen
    await is_kept_from(eve, "This event is for members of a pillar")
    await is_kept_from(guest, "jen pro členy pilíře")
    await opens(manager, TITLE)
    assert TITLE in manager.screen


@pytest.mark.postgres
async def test_for_the_invited(
    ann: Actor, bob: Actor, eve: Actor, guest: Actor, plan: Plan, app: App
) -> None:
    await plan(TITLE, audience=Audience.INVITED)
    await is_kept_from(bob, "Tahle akce je jen pro zvané.")
    await is_kept_from(guest, "Tahle akce je jen pro zvané.")
    await invites(app, organisation_id=GLASS)
    async with app.db.reading() as session:
        host = await by_telegram(session, guest.id)
        assert host is not None
    await invites(app, person_id=host.key)
    await opens(eve, TITLE)
    assert "For the invited" in eve.screen
    await eve.presses("✅ Sign up")
    await opens(guest, TITLE)
    await guest.presses("✅ Přihlásit se")
    assert "Máte místo" in guest.screen
    await is_kept_from(ann, "This event is for the invited.")


async def test_whoever_is_outside_by_now(
    manager: Actor, ann: Actor, eve: Actor, plan: Plan, app: App, pillar: int, wait: Wait
) -> None:
    """Neither reminders nor announcements reach them; they can still give their seat back."""
    await plan(TITLE, audience=Audience.PILLAR, pillar_id=pillar)
    for each in (ann, eve):
        if each is eve:
            async with app.db.writing() as session:
                session.add(OrganisationPillar(organisation_id=GLASS, pillar_id=pillar))
        await opens(each, TITLE)
        await each.presses("✅ Sign up")
    async with app.db.writing() as session:
        row = await session.get(OrganisationPillar, (GLASS, pillar))
        await session.delete(row)
    said = len(eve.heard)
    await write(manager, to="📅 Přihlášeným na akci…")
    await manager.presses(next(label for label in manager.buttons if TITLE in label))
    assert "1 " in manager.screen
    await wait(START - timedelta(hours=17) - app.clock())
    assert len(eve.heard) == said
    assert len(received(ann)) > 1
    await eve.presses_data("ws.no:1:0")
    assert eve.toast == "Thank you for telling me. Your place goes to those who wait."


async def test_registration_opens_and_closes(
    ann: Actor, bob: Actor, plan: Plan, wait: Wait, app: App
) -> None:
    opens_at, closes_at = START - 20 * DAY, START - 10 * DAY
    await plan(TITLE, opens_at=opens_at, closes_at=closes_at)
    await opens(ann, TITLE)
    assert "Registration opens on Sat 24 Apr 2027 09:00." in ann.screen
    assert "✅ Sign up" not in ann.buttons
    for data in ("ws.in:1", "ws.p.in:1:1", "ws.mate:1:0"):
        await ann.presses_data(data)
        assert ann.alert
        assert ann.toast == "Registration opens on Sat 24 Apr 2027 09:00. Please come back."
    await wait(opens_at - app.clock())
    await ann.presses_data("ws.in:1")
    assert "You have a seat" in ann.screen
    await wait(closes_at - app.clock())
    await opens(bob, TITLE)
    assert "Přihlašování skončilo úterý 4. 5. 2027 9:00." in bob.screen
    assert "✅ Přihlásit se" not in bob.buttons
    await bob.presses_data("ws.in:1")
    assert bob.toast == "Přihlašování skončilo úterý 4. 5. 2027 9:00."
    await ann.presses_data("ws.in:1")
    assert "You have a seat" in ann.screen
    await ann.presses("❌ Sign out")
    assert "✅ Sign up" not in ann.buttons


async def test_a_preliminary_date(
    manager: Actor, ann: Actor, plan: Plan, wait: Wait, app: App
) -> None:
    await plan(TITLE, provisional=True)
    await ann.says("/akce")
    assert "Fri 14 May 2027, 09:00–16:00 (preliminary date), Přerov" in ann.screen
    await ann.presses(TITLE)
    assert "Fri 14 May 2027, 09:00–16:00 (preliminary date)" in ann.screen
    await ann.presses("✅ Sign up")
    assert ann.toast == "You are on the list. The date may still change; I will tell you."
    said = len(ann.heard)
    await write(manager, to="📅 Přihlášeným na akci…")
    assert f"14. 5. 2027 (předběžně) · {TITLE}" in manager.buttons
    await wait(START - timedelta(hours=1) - app.clock())
    assert len(ann.heard) == said


async def test_the_place_and_the_link_of_a_part(ann: Actor, bob: Actor, plan: Plan) -> None:
    link = "https://example.org/room?a=1&b=2"
    await plan(TITLE, seats=1, part={"place": "Posluchárna <B>", "link": link})
    await opens(ann, TITLE)
    assert "📍 Posluchárna <B>" in ann.screen
    assert link not in ann.screen
    await ann.presses("✅ Sign up")
    assert link in ann.screen
    await opens(bob, TITLE)
    await bob.presses("⏳ Mezi náhradníky")
    assert link not in bob.screen
