"""Being in a pillar: members join and leave, guests ask and the guarantor decides."""

from datetime import timedelta

import pytest

from bot.app import App
from storage.pillars import find
from tests.actors import Actor
from tests.stories.announcing import Wait
from tests.stories.pillars import GLASS, add_pillar, appoint, open_pillar, person_id

MARK = "🙋 Požádat o vstup"


async def _ask(guest: Actor, sentence: str = "Stavím lasery.") -> None:
    await open_pillar(guest)
    await guest.presses(MARK)
    await guest.says(sentence)


@pytest.mark.postgres
async def test_in_and_out_in_two_taps(app: App, bob: Actor, ann: Actor) -> None:
    await add_pillar(app)
    await bob.says("/skupiny")
    await bob.presses("Lasery · 0")
    await bob.presses("➕ Vstoupit")
    assert bob.toast == "Jste v pilíři. Ostatní členové klastru vidí vaše jméno."
    assert "✅ Jste členem pilíře." in bob.screen
    assert "👥 1 člověk · 🏢 0 organizací" in bob.screen
    await ann.says("/groups")
    await ann.presses("Lasers · 0")
    await ann.presses("👥 Who is in it")
    assert "Ukázková optika s.r.o. (only its people)\nBořek Člen" in ann.screen
    await bob.says("/skupiny")
    await bob.presses("✅ Lasery · 0")
    await bob.presses("🚪 Odejít")
    assert "👥 0 lidí" in bob.screen
    assert "➕ Vstoupit" in bob.buttons


async def test_twice_is_as_good_as_once(app: App, bob: Actor) -> None:
    pillar = await add_pillar(app)
    await open_pillar(bob)
    await bob.presses_data(f"pi.join:{pillar}")
    await bob.presses_data(f"pi.join:{pillar}")
    assert "👥 1 člověk" in bob.screen
    await bob.presses_data(f"pi.leave:{pillar}")
    await bob.presses_data(f"pi.leave:{pillar}")
    assert "👥 0 lidí" in bob.screen
    await bob.presses("➕ Vstoupit")
    assert "👥 1 člověk" in bob.screen, "whoever comes back is there once"


async def test_a_closed_pillar_takes_nobody(app: App, bob: Actor) -> None:
    pillar = await add_pillar(app)
    await open_pillar(bob)
    async with app.db.writing() as session:
        row = await find(session, pillar)
        assert row is not None
        row.until = app.clock()
    await bob.presses("➕ Vstoupit")
    assert bob.alert
    assert "Tohle už tu není" in str(bob.toast)


@pytest.mark.postgres
async def test_a_guest_asks_and_the_guarantor_decides(
    app: App, guest: Actor, bob: Actor, ann: Actor
) -> None:
    pillar = await add_pillar(app)
    await appoint(app, bob, pillar)
    await _ask(guest, "Stavím <b>lasery</b>.")
    assert "Napíšu, jakmile se rozhodne" in guest.screen
    assert "Hana Hostová žádá o vstup do pilíře Lasery." in bob.screen
    assert "Stavím <b>lasery</b>." in bob.screen
    await bob.presses("✅ Přijmout")
    assert "Hana Hostová je v pilíři Lasery" in bob.screen
    assert "🎉 Jste v pilíři Lasery." in guest.screen
    await guest.presses("👥 Do pilíře")
    assert "✅ Jste členem pilíře." in guest.screen
    await ann.says("/groups")
    await ann.presses("Lasers · 0")
    await ann.presses("👥 Who is in it")
    assert "Guests\nHana Hostová" in ann.screen


async def test_the_first_of_two_guarantors_decides(
    app: App, guest: Actor, bob: Actor, contact: Actor
) -> None:
    pillar = await add_pillar(app)
    for each in (bob, contact):
        await appoint(app, each, pillar)
    await _ask(guest)
    await bob.presses("✖️ Teď ne")
    await contact.presses("✅ Přijmout")
    assert "v pilíři Lasery nebude" in contact.screen
    assert [text for text in guest.heard if "Lasery" in text and "přijmout" in text]
    assert not [text for text in guest.heard if "🎉" in text]


async def test_without_a_guarantor_the_manager_is_asked(
    app: App, guest: Actor, manager: Actor
) -> None:
    await add_pillar(app)
    await open_pillar(guest)
    await guest.presses(MARK)
    await guest.presses("📨 Poslat bez ní")
    assert "Hana Hostová žádá o vstup" in manager.screen
    await manager.presses("✅ Přijmout")
    assert "🎉" in guest.screen


async def test_after_a_no_one_asks_again_in_a_month(
    app: App, guest: Actor, manager: Actor, wait: Wait
) -> None:
    await add_pillar(app)
    await _ask(guest)
    await manager.presses("✖️ Teď ne")
    await open_pillar(guest)
    await guest.presses(MARK)
    assert guest.alert
    assert str(guest.toast).startswith("Nedávno to nevyšlo")
    await wait(timedelta(days=31))
    await _ask(guest)
    assert "Hana Hostová žádá" in manager.screen


async def test_what_a_guest_may_get_wrong(app: App, guest: Actor, manager: Actor) -> None:
    pillar = await add_pillar(app)
    await open_pillar(guest)
    await guest.presses(MARK)
    await guest.says("a" * 301)
    assert "nejvýš 300 znaků" in guest.screen
    await guest.sends_other("sticker")
    assert "Napište to prosím slovy" in guest.screen
    await guest.presses("Zrušit")
    assert MARK in guest.buttons
    await guest.presses(MARK)
    await guest.says("Krátce.")
    await guest.presses_data(f"pi.ask:{pillar}")
    assert "O vstup už žádáte" in str(guest.toast)
    assert len([text for text in manager.heard if "žádá o vstup" in text]) == 1


async def test_a_guest_waits_for_three_pillars_at_most(app: App, guest: Actor) -> None:
    keys = [await add_pillar(app, f"Pilíř {n}", f"Pillar {n}") for n in range(4)]
    await guest.says("/menu")
    for key in keys[:3]:
        await guest.presses_data(f"pi.ask:{key}")
        await guest.presses("📨 Poslat bez ní")
    await guest.presses_data(f"pi.ask:{keys[3]}")
    assert "Čekáte už na tři pilíře" in str(guest.toast)


async def test_a_silent_guarantor_hands_on_to_the_manager(
    app: App, guest: Actor, bob: Actor, manager: Actor, wait: Wait
) -> None:
    pillar = await add_pillar(app)
    await appoint(app, bob, pillar)
    await _ask(guest)
    await wait(timedelta(days=6))
    assert not [text for text in manager.heard if "žádá o vstup" in text]
    await wait(timedelta(days=1, hours=1))
    await wait(timedelta(days=1))
    assert len([text for text in manager.heard if "žádá o vstup" in text]) == 1


async def test_a_guarantor_who_has_left_decides_nothing(
    app: App, guest: Actor, bob: Actor, contact: Actor, manager: Actor
) -> None:
    pillar = await add_pillar(app)
    await appoint(app, bob, pillar)
    await _ask(guest)
    key = await person_id(app, bob)
    await manager.presses_data(f"pe.dis.p:{key}:guarantor:{pillar}")
    await bob.presses("✅ Přijmout")
    assert bob.alert
    assert "nemáte oprávnění" in str(bob.toast)
    await manager.presses_data(f"pi.run:{pillar}")
    assert "🙋 O vstup žádá 1 host." in manager.screen
    await manager.presses("🙋 Kdo čeká (1)")
    await manager.presses("Hana Hostová")
    await manager.presses("✅ Přijmout")
    assert "🎉" in guest.screen


async def test_whoever_leaves_the_cluster_leaves_its_pillars(
    app: App, contact: Actor, bob: Actor, ann: Actor
) -> None:
    pillar = await add_pillar(app, stand=GLASS)
    await open_pillar(bob, "Lasery · 1")
    await bob.presses("➕ Vstoupit")
    key = await person_id(app, bob)
    await contact.says("/menu")
    await contact.presses_data(f"pe.part!:{key}")
    await ann.says("/menu")
    await ann.presses_data(f"pi.who:{pillar}:0")
    assert "👥 0 people · 🏢 1 organisation" in ann.screen
    assert "Bořek" not in ann.screen


async def test_it_is_given_out_and_forgotten(
    app: App, guest: Actor, manager: Actor, ann: Actor, wait: Wait
) -> None:
    pillar = await add_pillar(app)
    await _ask(guest)
    await manager.presses("✅ Přijmout")
    await guest.says("/soukromi")
    await guest.presses("📥 Stáhnout moje data")
    kept = guest.document.decode()
    assert '"pillars"' in kept
    assert "Stavím lasery." in kept
    await guest.presses("🗑 Smazat moje údaje")
    await guest.presses("🗑 Ano, smazat")
    await wait(timedelta(days=15))
    await ann.says("/menu")
    await ann.presses_data(f"pi.who:{pillar}:0")
    assert "Nobody is in this pillar yet." in ann.screen
