"""An audience is put together from conditions, and the count follows every press."""

from datetime import timedelta

import pytest

from bot.app import App
from tests.actors import Actor
from tests.conftest import NOW
from tests.stories.announcing import Wait, write
from tests.stories.choosing import (
    OPTICS,
    add,
    announcement,
    begin,
    came,
    event,
    leave_out,
    out,
    pillar,
    seat,
    send,
)


@pytest.fixture(autouse=True)
def everybody_has_pressed_start(
    ann: Actor, bob: Actor, contact: Actor, eve: Actor, assistant: Actor
) -> None:
    """The four members whom announcements reach, and the assistant who belongs to nobody."""


@pytest.mark.postgres
async def test_conditions_hold_together(
    app: App, manager: Actor, ann: Actor, bob: Actor, contact: Actor, eve: Actor, wait: Wait
) -> None:
    await pillar(app, "Lasery", OPTICS)
    day = await event(app, "Tenké <vrstvy>")
    await seat(app, day, bob)
    await begin(manager)
    assert "Zatím nikdo není vybraný." in manager.screen
    await add(manager, "🔬 Pilíř", "Lasery")
    assert "Dostanou ji 3 lidé." in manager.screen
    await add(manager, "🗣 Jazyk", "čeština")
    assert "• pilíř Lasery\n• a zároveň jazyk čeština" in manager.screen
    assert "Dostanou ji 2 lidé." in manager.screen
    await leave_out(manager, "📅 Akce", "8. 3. 2027 · Tenké <vrstvy>", "přihlášení")
    assert "• ale ne: přihlášení na Tenké <vrstvy>" in manager.screen
    assert "Dostane ji 1 člověk." in manager.screen
    await send(manager, "📨 Poslat 1 člověku", wait)
    assert "Zítra je volno." in contact.heard
    assert "Zítra je volno." not in ann.heard
    assert "Zítra je volno." not in bob.heard
    assert "Zítra je volno." not in eve.heard


async def test_one_of_the_conditions_is_enough(
    app: App, manager: Actor, ann: Actor, contact: Actor, eve: Actor, wait: Wait
) -> None:
    await begin(manager)
    await add(manager, "🎖 Role", "kontaktní osoba")
    assert "🔀 Stačí jedno z toho" not in manager.buttons
    await add(manager, "🏢 Organizace", "Sklo a čočky")
    assert "Dostane ji 0 lidí." in manager.screen
    await manager.presses("🔀 Stačí jedno z toho")
    assert "• role kontaktní osoba\n• nebo organizace Sklo a čočky" in manager.screen
    assert "Dostanou ji 2 lidé." in manager.screen
    await manager.presses("🔗 Musí platit všechno")
    assert "• a zároveň organizace Sklo a čočky" in manager.screen
    await manager.presses("🔀 Stačí jedno z toho")
    await send(manager, "📨 Poslat 2 lidem", wait)
    assert "Zítra je volno." in contact.heard
    assert "Zítra je volno." in eve.heard
    assert "Zítra je volno." not in ann.heard


async def test_several_values_of_one_kind(manager: Actor) -> None:
    await begin(manager)
    await manager.presses("➕ Podmínka")
    await manager.presses("🏢 Organizace")
    await manager.presses("Sklo a čočky")
    assert "✓ Sklo a čočky" in manager.buttons
    assert "Dostane ji 1 člověk." in manager.screen
    await manager.presses("Ukázková optika")
    assert "organizace Sklo a čočky nebo Ukázková optika" in manager.screen
    assert "Dostanou ji 4 lidé." in manager.screen
    await manager.presses("◀ Zpět")
    assert "🏢 Organizace (2)" in manager.buttons


async def test_nobody_chosen_is_not_everybody(manager: Actor, app: App) -> None:
    await begin(manager)
    await manager.presses("➕ Podmínka")
    await manager.presses("👤 Členství")
    await manager.presses("členové klastru")
    assert "Dostanou ji 4 lidé." in manager.screen
    await manager.presses("✓ členové klastru")
    assert "Zatím nikdo není vybraný." in manager.screen
    assert (await announcement(app)).audience is None
    await manager.presses("členové klastru")
    await manager.presses("◀ Zpět")
    await manager.presses("◀ Zpět")
    await manager.presses("🗑 Začít znovu")
    assert "Zatím nikdo není vybraný." in manager.screen
    await manager.presses_data("an.go:1:5:1")
    assert "Mezitím se to změnilo." in manager.screen


async def test_everybody_but_some(manager: Actor, guest: Actor) -> None:
    await guest.says("/start")
    await begin(manager)
    await manager.presses("➖ Vynechat")
    assert "Koho vynechat?" in manager.screen
    await manager.presses("👤 Členství")
    await manager.presses("členové klastru")
    assert "• všichni, kdo mají bota\n• ale ne: členové klastru" in manager.screen
    assert "Dostanou ji 3 lidé." in manager.screen


async def test_a_value_is_wanted_or_unwanted(manager: Actor) -> None:
    await begin(manager)
    await add(manager, "👤 Členství", "členové klastru")
    await leave_out(manager, "👤 Členství", "členové klastru")
    assert "ale ne: členové klastru" in manager.screen
    assert "Komu: členům klastru" not in manager.screen


async def test_an_organisation_is_found_by_typing(manager: Actor) -> None:
    await begin(manager)
    await manager.presses("➕ Podmínka")
    await manager.presses("🏢 Organizace")
    await manager.presses("🔎 Najít podle názvu")
    await manager.says("úplně jiná")
    assert "Členskou organizaci podobnou" in manager.screen
    await manager.presses("🔎 Hledat znovu")
    await manager.says("cocky")
    await manager.presses("Sklo a čočky")
    assert "✓ Sklo a čočky" in manager.buttons
    assert "Dostane ji 1 člověk." in manager.screen


async def test_giving_up_the_search_leads_back(manager: Actor) -> None:
    await begin(manager)
    await manager.presses("➕ Podmínka")
    await manager.presses("🏢 Organizace")
    await manager.presses("🔎 Najít podle názvu")
    await manager.sends_other("location")
    assert "slovy" in manager.screen
    await manager.presses("Zrušit")
    assert "➕ Podmínka" in manager.buttons


async def test_who_came_and_who_is_silent(
    app: App, manager: Actor, ann: Actor, bob: Actor, eve: Actor
) -> None:
    past = await event(app, "Minulá akce", NOW - timedelta(days=200))
    day = await event(app, "Příští akce")
    for who in (ann, bob):
        await seat(app, day, who, confirmed=who is ann)
    await came(app, past, eve)
    await begin(manager)
    await manager.presses("➕ Podmínka")
    await manager.presses("📅 Akce")
    await manager.presses("8. 3. 2027 · Příští akce")
    await manager.presses("mají místo, nepotvrdili")
    assert "mají místo a nepotvrdili ho: Příští akce" in manager.screen
    assert "Dostane ji 1 člověk." in manager.screen
    await manager.presses("přihlášení")
    await manager.presses("✓ mají místo, nepotvrdili")
    assert "Komu: přihlášeným na Příští akce" in manager.screen
    assert "Dostanou ji 2 lidé." in manager.screen
    await manager.presses("✓ přihlášení")
    await manager.presses("◀ Zpět")
    await manager.presses("13. 8. 2026 · Minulá akce")
    await manager.presses("přišli")
    assert "Komu: přišli na Minulá akce" in manager.screen
    assert "Dostane ji 1 člověk." in manager.screen


async def test_by_an_earlier_announcement(manager: Actor, bob: Actor, wait: Wait) -> None:
    await begin(manager, "První")
    await add(manager, "🏢 Organizace", "Ukázková optika")
    await send(manager, "📨 Poslat 3 lidem", wait)
    await begin(manager, "Druhá")
    await add(manager, "📣 Dřívější oznámení", "1. 3. 2027 · První", "dostali ho")
    assert "Komu: dostali oznámení První" in manager.screen
    assert "Dostanou ji 3 lidé." in manager.screen


async def test_as_the_last_one(manager: Actor, eve: Actor, wait: Wait) -> None:
    await begin(manager, "První")
    await add(manager, "🏢 Organizace", "Sklo a čočky")
    await send(manager, "📨 Poslat 1 člověku", wait)
    await write(manager, "Druhá", to="↩️ Jako minule")
    assert "Komu: organizace Sklo a čočky" in manager.screen
    await manager.presses("📨 Poslat 1 člověku")
    await out(wait)
    assert "První" in eve.heard
    assert "Druhá" in eve.heard
