"""The manager keeps the pillars: names in two languages, their order, their end."""

from datetime import timedelta

import pytest

from bot.app import App
from storage.people import RoleName
from storage.pillars import Pillar
from tests.actors import Actor
from tests.conftest import NOW
from tests.stories.announcing import Wait
from tests.stories.pillars import OPTICS, add_pillar, appoint, crowd, open_pillar, person_id
from tests.stories.workshops import Plan


async def _add(manager: Actor, cs: str, en: str) -> None:
    await manager.says("/skupiny")
    await manager.presses("🛠 Spravovat pilíře")
    await manager.presses("➕ Nový pilíř")
    await manager.says(cs)
    await manager.says(en)


@pytest.mark.postgres
async def test_a_new_pillar_has_a_name_in_both_languages(manager: Actor, ann: Actor) -> None:
    await _add(manager, "  Kvantové\ntechnologie ", "Quantum <technologies>")
    assert "Kvantové technologie\nAnglicky: Quantum <technologies>" in manager.screen
    await ann.says("/groups")
    assert "Quantum <technologies> · 0" in ann.buttons


async def test_a_name_is_wanted(manager: Actor) -> None:
    await manager.says("/skupiny")
    await manager.presses("🛠 Spravovat pilíře")
    await manager.presses("➕ Nový pilíř")
    for bad in ("a" * 61, "?!", "💡"):
        await manager.says(bad)
        assert "Název má 1 až 60 znaků" in manager.screen
    await manager.sends_other("sticker")
    assert "Název má 1 až 60 znaků" in manager.screen
    await manager.presses("Zrušit")
    assert "➕ Nový pilíř" in manager.buttons


@pytest.mark.parametrize("names", [("LASERY", "Anything"), ("Něco", "lasers"), ("lasers", "Něco")])
async def test_no_two_pillars_are_called_alike(
    app: App, manager: Actor, names: tuple[str, str]
) -> None:
    await add_pillar(app)
    await _add(manager, *names)
    assert "už tu je. Zvolte jiný název." in manager.screen
    await manager.says("Optika")
    await manager.says("Optics")
    assert "Anglicky: Optics" in manager.screen


@pytest.mark.postgres
async def test_the_old_name_is_kept_with_its_dates(app: App, manager: Actor, wait: Wait) -> None:
    pillar = await add_pillar(app)
    await wait(timedelta(days=10))
    await manager.presses_data(f"pi.keep.o:{pillar}")
    await manager.presses("✏️ Přejmenovat")
    assert "Nový název místo Lasery" in manager.screen
    await manager.says("Laserové technologie")
    await manager.presses("Zůstává: Lasers")
    assert "Laserové technologie\nAnglicky: Lasers" in manager.screen
    assert "Dříve Lasery, 1. 3. 2027 – 11. 3. 2027" in manager.screen
    await wait(timedelta(days=5))
    await manager.presses("✏️ Přejmenovat")
    await manager.says("Lasery a světlo")
    await manager.says("Lasers and light")
    assert "Dříve Laserové technologie, 11. 3. 2027 – 16. 3. 2027" in manager.screen
    await manager.presses("✏️ Přejmenovat")
    await manager.presses("Zůstává: Lasery a světlo")
    await manager.presses("Zůstává: Lasers and light")
    assert manager.screen.count("Dříve") == 2, "nothing has changed"


async def test_they_stand_in_the_order_the_manager_wants(app: App, manager: Actor) -> None:
    await add_pillar(app, "První", "First")
    await add_pillar(app, "Druhý", "Second")
    third = await add_pillar(app, "Třetí", "Third")
    await manager.presses_data(f"pi.keep.o:{third}")
    for _ in range(4):
        await manager.presses("🔼 Výš")
    await manager.says("/skupiny")
    assert list(manager.buttons)[:3] == ["Třetí · 0", "První · 0", "Druhý · 0"]
    await manager.presses_data(f"pi.keep.o:{third}")
    await manager.presses("🔽 Níž")
    await manager.says("/skupiny")
    assert list(manager.buttons)[:3] == ["První · 0", "Třetí · 0", "Druhý · 0"]


@pytest.mark.postgres
async def test_closing_asks_once_more_and_can_be_undone(
    app: App, manager: Actor, bob: Actor, guest: Actor
) -> None:
    pillar = await add_pillar(app, stand=OPTICS)
    await appoint(app, bob, pillar)
    await crowd(app, pillar, 5, OPTICS)
    await open_pillar(guest, "Lasery · 1")
    await guest.presses("🙋 Požádat o vstup")
    await guest.presses("📨 Poslat bez ní")
    await manager.presses_data(f"pi.keep.o:{pillar}")
    await manager.presses("🔒 Uzavřít")
    for said in ("Je v něm 5 lidí", "Hlásí se k němu 1 organizace", "1 host", "garanti"):
        assert said in manager.screen
    await manager.presses("🔒 Ano, uzavřít")
    assert "🔒 Od 1. 3. 2027 do 1. 3. 2027" in manager.screen
    assert "Pilíř Lasery byl uzavřen." in guest.screen
    await bob.presses_data(f"pi.run:{pillar}")
    assert "Tohle už tu není" in str(bob.toast)
    await bob.says("/skupiny")
    assert "Lasery · 1" not in bob.buttons
    await manager.presses("🔓 Znovu otevřít")
    await open_pillar(bob, "Lasery · 1")
    assert "👥 5 lidí" in bob.screen


async def test_a_closed_pillar_gives_its_name_away(app: App, manager: Actor) -> None:
    pillar = await add_pillar(app)
    await manager.presses_data(f"pi.close!:{pillar}")
    await _add(manager, "Lasery", "Lasers")
    assert "Anglicky: Lasers" in manager.screen
    await manager.presses_data(f"pi.reopen:{pillar}")
    assert "Pilíř „Lasery“ už tu je" in str(manager.toast)


async def test_a_hundred_pillars_fit_on_pages(
    app: App, manager: Actor, bob: Actor, plan: Plan
) -> None:
    async with app.db.writing() as session:
        session.add_all(
            Pillar(name_cs=f"Pilíř {n:03}", name_en=f"Pillar {n:03}", position=n, since=NOW)
            for n in range(1, 101)
        )
    await bob.says("/skupiny")
    assert "1/13" in bob.buttons
    await bob.presses("◀")
    assert "Pilíř 100 · 0" in bob.buttons
    await _add(manager, "Ještě jeden", "One more")
    assert "Pilířů může být nejvýš 100" in manager.screen
    await manager.presses_data("pe.gar:3")
    assert "1/13" in manager.buttons
    await manager.presses("◀")
    await manager.presses("➕ Pilíř 100")
    assert "➖ Pilíř 100" in manager.buttons
    await manager.says("/oznameni")
    await manager.says("Ahoj")
    await manager.presses("👥 Vybrat komu")
    await manager.presses("🔬 Lidem z pilíře…")
    assert "1/13" in manager.buttons
    event = await plan("Tenké vrstvy")
    await manager.presses_data(f"ws.ed.pi:{event}")
    assert "1/13" in manager.buttons


async def test_guarantors_stand_on_the_card_with_their_dates(
    app: App, bob: Actor, manager: Actor, wait: Wait
) -> None:
    pillar = await add_pillar(app)
    await appoint(app, bob, pillar)
    await appoint(app, bob, pillar, RoleName.TECHNICAL_GUARANTOR)
    await open_pillar(bob)
    assert "Garant: Bořek Člen, od 1. 3. 2027" in bob.screen
    assert "Technický garant: Bořek Člen, od 1. 3. 2027" in bob.screen
    await bob.presses("🛠 Vést skupinu")
    assert "📣 Napsat pilíři" in bob.buttons
    assert "⚙️ Název, pořadí, uzavření" not in bob.buttons
    await wait(timedelta(days=3))
    key = await person_id(app, bob)
    await manager.presses_data(f"pe.dis.p:{key}:guarantor:{pillar}")
    await manager.presses_data(f"pi.keep.o:{pillar}")
    assert "Technický garant: Bořek Člen, od 1. 3. 2027" in manager.screen
    assert "Garant do 4. 3. 2027: Bořek Člen, od 1. 3. 2027" in manager.screen
