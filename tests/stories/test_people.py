"""The manager appoints, people choose their language, block the bot and come back."""

import pytest
from sqlmodel import col, select

from bot.app import App
from storage.audit import Audit
from storage.people import by_telegram
from storage.pillars import Pillar
from tests.actors import Actor
from tests.conftest import NOW


async def opens_bob(who: Actor) -> None:
    await who.says("/sprava")
    await who.presses("👤 Lidé")
    await who.says("optika")
    await who.presses("Ukázková optika")
    await who.presses("Bořek Člen")


@pytest.mark.postgres
async def test_the_manager_appoints_and_dismisses(manager: Actor, bob: Actor, app: App) -> None:
    await opens_bob(manager)
    assert "Bez rolí." in manager.screen
    await manager.presses("➕ Asistent manažera")
    assert "• Asistent manažera" in manager.screen
    assert bob.screen.startswith("📇 Máte novou roli: Asistent manažera.")
    await bob.says("/sprava")
    assert "👤 Lidé" in bob.buttons
    await manager.presses("➖ Asistent manažera")
    assert manager.toast == "Role skončila."
    await bob.says("/sprava")
    assert bob.screen.startswith("K tomuhle nemáte oprávnění.")
    async with app.db.reading() as session:
        deeds = (await session.exec(select(Audit).order_by(col(Audit.id)))).all()
    assert [deed.action for deed in deeds] == ["appoint", "dismiss"]
    assert deeds[0].details["role"] == "assistant"


async def test_appointing_twice_is_appointing_once(manager: Actor, bob: Actor) -> None:
    await opens_bob(manager)
    manager.phone.presses("➕ Kontaktní osoba")
    await manager.presses("➕ Kontaktní osoba")
    assert manager.screen.count("Kontaktní osoba") == 1
    assert len(bob.messages) == 1
    await bob.says("/start")
    await bob.presses("🏢 Moje organizace")
    assert "3 ověření lidé:" in bob.screen
    assert "📇 Karel Kontaktní" in bob.buttons


async def test_an_assistant_sees_people_and_appoints_nobody(assistant: Actor) -> None:
    await opens_bob(assistant)
    assert "➕ Asistent manažera" not in assistant.buttons
    await assistant.presses_data("pe.app:2:assistant")
    assert assistant.alert


async def test_a_contact_person_sees_their_own_people_only(contact: Actor) -> None:
    await contact.says("/start")
    await contact.presses("🏢 Moje organizace")
    await contact.presses("Ann Member")
    assert contact.screen.startswith("👤 Ann Member\nUkázková optika s.r.o.")
    for data in ("pe:2:0", "pe:2:-7", "pe.open:5", "pe.open:6", "pe.app:2:contact"):
        await contact.presses_data(data)
        assert contact.alert, data


async def test_made_up_roles_and_people(manager: Actor, guest: Actor) -> None:
    await guest.says("/start")
    await manager.says("/menu")
    for data in (
        "pe.app:2:king",
        "pe.app:2:manager",
        "pe.app:999:assistant",
        "pe.dis:999:assistant",
        "pe.open:999",
        "pe:999:0",
    ):
        await manager.presses_data(data)
        assert manager.alert, data
    await manager.presses_data("pe:1:99")
    assert "3 ověření lidé:" in manager.screen


async def test_roles_are_for_members(manager: Actor, guest: Actor, app: App) -> None:
    await guest.says("/start")
    async with app.db.reading() as session:
        hana = await by_telegram(session, guest.id)
    assert hana is not None
    await manager.presses_data(f"pe.app:{hana.key}:assistant")
    assert (
        manager.toast
        == "Role mohou mít jen ověření členové. Nejdřív prosím nechte člověka potvrdit."
    )


@pytest.mark.postgres
async def test_a_colleague_who_left_is_a_guest_again(contact: Actor, bob: Actor, app: App) -> None:
    await contact.says("/start")
    await contact.presses("🏢 Moje organizace")
    await contact.presses("Bořek Člen")
    await contact.presses("🚪 Už u nás není")
    assert contact.screen.startswith("🚪 Bořek Člen už do organizace nepatří?")
    await contact.presses("🚪 Ano, ukončit")
    assert contact.screen == "Bořek Člen je teď host."
    assert bob.screen.startswith("Vaše členství za organizaci Ukázková optika s.r.o. skončilo.")
    await bob.says("/start")
    assert "🏢 Jsem z členské organizace" in bob.buttons
    await contact.presses_data("pe.part!:3")
    assert contact.alert
    async with app.db.reading() as session:
        deeds = (await session.exec(select(Audit.action))).all()
    assert deeds == ["part"]


async def test_whom_a_contact_person_cannot_part_with(
    contact: Actor, manager: Actor, ann: Actor, bob: Actor
) -> None:
    await opens_bob(manager)
    await manager.presses("➕ Kontaktní osoba")
    await contact.says("/menu")
    for who in (3, 4, 5, 6, 999):  # another contact person, oneself, a stranger, a guest, nobody
        await contact.presses_data(f"pe.part!:{who}")
        assert contact.alert, who
    await ann.says("/menu")
    await ann.presses_data("pe.part!:3")
    assert ann.alert
    await manager.presses("🚪 Už u nás není")
    await manager.presses("🚪 Ano, ukončit")
    await bob.says("/start")
    assert "🏢 Moje organizace" not in bob.buttons


async def test_choosing_a_language(ann: Actor) -> None:
    await ann.says("/settings")
    assert "Name: Ann Member (from your Telegram profile)" in ann.screen
    assert "🇬🇧 English ✓" in ann.buttons
    await ann.presses("🇨🇿 Čeština")
    assert ann.toast == "Budu psát česky."
    assert "🇨🇿 Čeština ✓" in ann.buttons
    await ann.says("/start")
    assert ann.screen.startswith("👋 Dobrý den")
    await ann.presses_data("set.lang:klingon")
    assert ann.alert


async def test_a_guest_finds_the_way_in_from_the_settings(guest: Actor) -> None:
    await guest.says("/nastaveni")
    assert "Organizace: žádná, jste naším hostem" in guest.screen
    await guest.presses("🏢 Jsem z členské organizace")
    assert guest.screen.startswith("🏢 Kde pracujete?")


async def test_blocking_and_coming_back(bob: Actor, manager: Actor, app: App) -> None:
    await bob.says("/menu")
    await bob.blocks()
    async with app.db.reading() as session:
        person = await by_telegram(session, bob.id)
        assert person is not None
        assert not person.reachable
    await opens_bob(manager)
    await manager.presses("➕ Ambasador")
    assert len(bob.messages) == 2
    await bob.unblocks()
    async with app.db.reading() as session:
        person = await by_telegram(session, bob.id)
        assert person is not None
        assert person.reachable


async def test_somebody_unknown_blocks_the_bot(guest: Actor) -> None:
    await guest.blocks()
    await guest.unblocks()
    await guest.says("/start")
    assert guest.screen.startswith("👋")


async def test_a_guarantor_for_a_pillar(manager: Actor, bob: Actor, app: App) -> None:
    async with app.db.writing() as session:
        session.add(Pillar(name_cs="Mikroskopie", name_en="Microscopy", position=1, since=NOW))
    await opens_bob(manager)
    await manager.presses("🔬 Garant pilíře…")
    await manager.presses("➕ Mikroskopie")
    assert manager.toast == "Jmenování platí."
    assert "➖ Mikroskopie" in manager.buttons
    assert "Odborný garant" in bob.screen
    await manager.presses("◀ Zpět")
    assert "• Odborný garant: Mikroskopie" in manager.screen
    await manager.presses("🔬 Garant pilíře…")
    await manager.presses("➖ Mikroskopie")
    await manager.presses("◀ Zpět")
    assert "Bez rolí." in manager.screen
