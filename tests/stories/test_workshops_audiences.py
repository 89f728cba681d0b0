"""An event for a pillar, or for the invited: people found by name, and whole organisations."""

import pytest

from bot.app import App
from storage.organisations import search
from storage.pillars import OrganisationPillar, Pillar
from tests.actors import Actor
from tests.conftest import NOW
from tests.stories.leading import TITLE, changes
from tests.stories.workshops import Plan


async def raise_pillar(app: App) -> None:
    async with app.db.writing() as session:
        pillar = Pillar(name_cs="Fotonika", name_en="Photonics", position=1, since=NOW)
        session.add(pillar)
        await session.flush()
        (glass,) = await search(session, ["sklo"], 1)
        session.add(OrganisationPillar(organisation_id=glass.key, pillar_id=pillar.key))


async def test_for_a_pillar(app: App, manager: Actor, ann: Actor, eve: Actor, plan: Plan) -> None:
    await raise_pillar(app)
    await plan(TITLE)
    await changes(manager, "👥 Pro koho", "🔬 Pilíř", "Fotonika")
    assert "✅ 🔬 Pilíř" in manager.buttons
    assert "🔬 Fotonika" in manager.screen
    await eve.says("/akce")
    assert TITLE in eve.buttons
    await ann.says("/akce")
    assert TITLE not in ann.buttons


async def test_planned_for_a_pillar(app: App, manager: Actor, ann: Actor, eve: Actor) -> None:
    await raise_pillar(app)
    await manager.says("/akce")
    for step in ("➕ Nová akce", "☀️ Jednodenní workshop"):
        await manager.presses(step)
    for typed in (TITLE, "Přerov", "14. 5. 2027", "20"):
        await manager.says(typed)
    await manager.presses("🔬 Pro jeden pilíř")
    await manager.presses("Fotonika")
    await manager.presses("📣 Zveřejnit")
    for actor, sees in ((ann, False), (eve, True)):
        await actor.says("/akce")
        assert (TITLE in actor.buttons) is sees


@pytest.mark.postgres
async def test_for_the_invited(
    manager: Actor, ann: Actor, bob: Actor, eve: Actor, guest: Actor, plan: Plan
) -> None:
    await plan(TITLE)
    await changes(manager, "👥 Pro koho", "✉️ Pozvaní", "✉️ Pozvaní: 0")
    assert "Zatím nikdo." in manager.screen
    await manager.presses("➕ Pozvat dalšího")
    await manager.says("borek clen")
    await manager.presses("👤 Bořek Člen, Ukázková optika")
    assert manager.toast == "Přidáno na seznam."
    await manager.presses("➕ Pozvat dalšího")
    await manager.says("sklo")
    await manager.presses("🏢 Sklo a čočky")
    for actor, sees in ((ann, False), (bob, True), (eve, True), (guest, False)):
        await actor.says("/akce")
        assert (TITLE in actor.buttons) is sees
    assert list(manager.buttons)[:2] == ["✖️ 🏢 Sklo a čočky", "✖️ Bořek Člen"]
    await manager.presses("✖️ Bořek Člen")
    assert manager.toast == "Odebráno ze seznamu."
    await bob.says("/akce")
    assert TITLE not in bob.buttons


async def test_nobody_of_that_name(manager: Actor, plan: Plan) -> None:
    await plan(TITLE)
    await changes(manager, "👥 Pro koho", "✉️ Pozvaní", "✉️ Pozvaní: 0", "➕ Pozvat dalšího")
    for typed in ("Nikdo <b>", "???"):
        await manager.says(typed)
        assert f"Nikdo se jménem {typed} tu není." in manager.screen
        await manager.presses("🔍 Hledat jiné jméno")
    await manager.presses_data("ws.inv.p:1:999")
    assert manager.alert
    await manager.presses_data("ws.inv.o:1:999")
    assert manager.alert
