"""Who is in a pillar, by organisation, and how it grows."""

from datetime import timedelta

import pytest

from bot import seed
from bot.app import App
from storage.workshops import Audience
from tests.actors import Actor
from tests.conftest import NOW
from tests.stories.announcing import Wait
from tests.stories.pillars import GLASS, OPTICS, add_pillar, crowd, open_pillar
from tests.stories.workshops import Plan


@pytest.mark.postgres
async def test_both_kinds_of_members_by_organisation(app: App, ann: Actor, bob: Actor) -> None:
    pillar = await add_pillar(app, stand=GLASS)
    await crowd(app, pillar, 2, OPTICS)
    await crowd(app, pillar, 8, GLASS)
    await crowd(app, pillar, 1, None)
    await open_pillar(bob, "Lasery · 1")
    assert "👥 11 lidí · 🏢 1 organizace" in bob.screen
    await bob.presses("👥 Kdo tu je")
    assert "🏢 Sklo a čočky a.s.\n" in bob.screen
    assert "Člověk 000, Člověk 001, Člověk 002, Člověk 003, Člověk 004, a 3 další" in bob.screen
    assert "👤 Ukázková optika s.r.o. (jen její lidé)\nČlověk 000, Člověk 001" in bob.screen
    assert "🙋 Hosté\nČlověk 000" in bob.screen
    await bob.presses("Sklo a čočky · 8")
    assert "• Člověk 007" in bob.screen
    await bob.presses("◀ Zpět")
    assert "🙋 Hosté" in bob.screen
    await ann.says("/menu")
    await ann.presses_data(f"pi.who.o:{pillar}:{GLASS}:7")
    assert "Nobody is here any more." in ann.screen


async def test_very_many_people_of_one_organisation(app: App, bob: Actor) -> None:
    pillar = await add_pillar(app, stand=GLASS)
    await crowd(app, pillar, 65, GLASS)
    await open_pillar(bob, "Lasery · 1")
    await bob.presses("👥 Kdo tu je")
    await bob.presses("Sklo a čočky · 65")
    assert bob.screen.count("•") == 30
    await bob.presses("▶")
    await bob.presses("▶")
    assert bob.screen.count("•") == 5
    assert "▶" not in bob.buttons
    await bob.presses("◀")
    assert "• Člověk 030" in bob.screen


@pytest.mark.postgres
async def test_its_numbers_month_by_month(app: App, ann: Actor, wait: Wait) -> None:
    pillar = await add_pillar(app, stand=GLASS)
    await wait(timedelta(minutes=1))
    await crowd(app, pillar, 4, GLASS)
    await wait(timedelta(days=31))
    await wait(timedelta(days=1))
    await crowd(app, pillar, 2, OPTICS)
    await ann.says("/groups")
    await ann.presses("Lasers · 1")
    await ann.presses("📈 Numbers")
    assert "Today: 👥 6 people · 🏢 1 organisation" in ann.screen
    assert "▱ March 2027: 👥 0 · 🏢 1\n▰▰▰▰▰▰▰▰ April 2027: 👥 4 · 🏢 1" in ann.screen
    assert ann.screen.count("2027") == 2
    await ann.presses("🖼 As a picture")
    assert ann.toast == "The picture is on its way."
    assert ann.photo.startswith(b"\x89PNG")
    assert ann.screen == "📈 Lasers"


async def test_before_the_first_month_is_over(app: App, bob: Actor) -> None:
    await add_pillar(app)
    await open_pillar(bob)
    await bob.presses("📈 Čísla")
    assert "Od příštího měsíce tu uvidíte" in bob.screen


@pytest.mark.postgres
async def test_an_organisation_says_where_it_stands(
    app: App, contact: Actor, eve: Actor, bob: Actor
) -> None:
    pillar = await add_pillar(app)
    await contact.says("/menu")
    await contact.presses("🏢 Moje organizace")
    await contact.presses("👥 Pilíře")
    await contact.presses("⬜️ Lasery")
    assert "✅ Lasery" in contact.buttons
    await open_pillar(bob, "Lasery · 1")
    assert "🏢 Vaše organizace se k němu hlásí." in bob.screen
    await bob.presses("👥 Kdo tu je")
    assert "🏢 Ukázková optika s.r.o." in bob.screen
    await contact.presses_data(f"pi.of.is:{OPTICS}:{pillar}:1:0")
    assert "✅ Lasery" in contact.buttons, "twice is as good as once"
    await open_pillar(contact, "Lasery · 1")
    await contact.presses("🏢 Pilíře naší organizace")
    await contact.presses("✅ Lasery")
    assert "⬜️ Lasery" in contact.buttons
    await eve.says("/menu")
    await eve.presses_data(f"pi.of.is:{OPTICS}:{pillar}:1:0")
    assert eve.alert
    assert "may not do this" in str(eve.toast)


async def test_from_the_card_to_equipment_and_calls(app: App, ann: Actor) -> None:
    await add_pillar(app, "Mikroskopie", "Microscopy")
    await ann.says("/groups")
    await ann.presses("Microscopy · 0")
    await ann.presses("🔬 Equipment")
    assert "No equipment of this pillar is known yet." in ann.screen
    await ann.presses("◀ Back")
    await ann.presses("💶 Grant calls")
    assert "Microscopy" in ann.screen
    await seed.demo(app.db, NOW)
    await ann.says("/groups")
    await ann.presses(next(label for label in ann.buttons if "Laser" in label))
    await ann.presses("🔬 Equipment")
    assert "Laser technologies and applications" in ann.screen


@pytest.mark.postgres
async def test_the_next_meeting_is_for_whoever_has_joined(
    app: App, plan: Plan, eve: Actor, bob: Actor
) -> None:
    pillar = await add_pillar(app, stand=OPTICS)
    await plan("Schůzka laserů", audience=Audience.PILLAR, pillar_id=pillar)
    await eve.says("/groups")
    await eve.presses("Lasers · 1")
    assert "Next:" not in eve.screen
    await eve.presses("➕ Join")
    assert "📅 Next: Schůzka laserů, " in eve.screen
    await open_pillar(bob, "Lasery · 1")
    assert "📅 Příště: Schůzka laserů, " in bob.screen
