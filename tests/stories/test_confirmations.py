"""A guest says where they work, and is confirmed by those who know."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import User
from tests.actors import Actor

Wait = Callable[[timedelta], Awaitable[None]]


async def asks(guest: Actor, name: str = "ukázková", found: str = "Ukázková optika") -> None:
    await guest.says("/start")
    await guest.presses("🏢 Jsem z členské organizace")
    await guest.says(name)
    await guest.presses(found)
    await guest.presses("✅ Ano, zeptejte se")


async def test_a_guest_is_welcomed_and_may_just_look_around(guest: Actor) -> None:
    await guest.says("/start")
    assert guest.screen.startswith("👋 Dobrý den, jsem Paprsek. Vítá vás Ukázkový klastr.")
    assert "nechám vás potvrdit" in guest.screen
    await guest.presses("👀 Jsem tu jako host")
    assert "🏢 Jsem z členské organizace" in guest.buttons


@pytest.mark.postgres
async def test_the_contact_person_confirms_and_both_are_told(guest: Actor, contact: Actor) -> None:
    await asks(guest)
    assert guest.screen.startswith("📨 Dotaz do organizace Ukázková optika s.r.o. je odeslaný.")
    assert contact.screen.startswith(
        "🙋 Hana Hostová se hlásí k organizaci Ukázková optika s.r.o."
    )
    await contact.presses("✅ Patří k nám")
    assert "✅ Potvrzeno: Karel Kontaktní, pondělí 1. 3. 2027 9:00" in contact.screen
    assert contact.toast == "Děkuji, dám vědět."
    assert guest.screen.startswith("🎉 Organizace Ukázková optika s.r.o. vás potvrdila.")
    await guest.says("/start")
    assert "Organizace: Ukázková optika s.r.o." in guest.screen


async def test_before_asking_they_learn_what_will_be_told_of_them(
    guest: Actor, contact: Actor
) -> None:
    await guest.says("/start")
    await guest.presses("🏢 Jsem z členské organizace")
    await guest.says("OPTIKA")
    await guest.presses("Ukázková optika")
    assert "Uvidí jméno Hana Hostová z vašeho profilu" in guest.screen
    assert contact.messages == []


async def test_not_recognised(guest: Actor, contact: Actor) -> None:
    await asks(guest)
    await contact.presses("❌ Neznám")
    assert "❌ Nepotvrzeno: Karel Kontaktní" in contact.screen
    assert guest.screen.startswith("V organizaci Ukázková optika s.r.o. vás nepoznali.")
    assert "Karel" not in guest.screen
    await guest.presses("🔎 Hledat znovu")
    assert guest.screen.startswith("🏢 Kde pracujete?")


@pytest.mark.postgres
async def test_who_presses_later_sees_who_decided(
    guest: Actor, contact: Actor, bob: Actor, manager: Actor
) -> None:
    await manager.says("/menu")
    await manager.presses_data("pe:1:0")
    await manager.presses("Bořek Člen")
    await manager.presses("➕ Kontaktní osoba")
    await asks(guest)
    await contact.presses("✅ Patří k nám")
    await bob.presses("❌ Neznám")
    assert bob.toast == "O tomhle už je rozhodnuto."
    assert "✅ Potvrzeno: Karel Kontaktní" in bob.screen
    await guest.says("/start")
    assert "Organizace: Ukázková optika s.r.o." in guest.screen


@pytest.mark.postgres
async def test_deciding_twice_is_deciding_once(guest: Actor, contact: Actor) -> None:
    await asks(guest)
    contact.phone.presses("✅ Patří k nám")
    await contact.presses("✅ Patří k nám")
    assert sum("vás potvrdila" in message.get("text", "") for message in guest.messages) == 1


async def test_without_a_contact_person_the_managers_are_asked(
    guest: Actor, manager: Actor
) -> None:
    await asks(guest, "čočky", "Sklo a čočky")
    assert "se hlásí k organizaci Sklo a čočky a.s." in manager.screen
    await manager.presses("✅ Patří k nám")
    assert guest.screen.startswith("🎉 Organizace Sklo a čočky a.s. vás potvrdila.")


async def test_a_contact_person_who_blocked_the_bot_is_not_waited_for(
    guest: Actor, contact: Actor, manager: Actor
) -> None:
    await contact.says("/menu")
    await contact.blocks()
    await asks(guest)
    assert manager.screen.startswith("🙋 Hana Hostová")


async def test_a_forwarded_question_answers_to_nobody_else(
    guest: Actor, contact: Actor, ann: Actor, eve: Actor, manager: Actor
) -> None:
    await manager.presses_data("pe.app:5:contact")
    assert "Eve Elsewhere" in manager.screen
    await asks(guest)
    for stranger in (ann, eve, guest):
        await stranger.says("/menu")
        await stranger.presses_data("cf.yes:1")
        assert stranger.alert
    await guest.says("/start")
    assert "odpověď z organizace Ukázková optika s.r.o." in guest.screen


async def test_the_question_is_taken_back(guest: Actor, contact: Actor) -> None:
    await asks(guest)
    await guest.presses("↩️ Vzít dotaz zpět")
    assert guest.screen == "Dotaz jsem vzal zpět."
    await contact.presses("✅ Patří k nám")
    assert "↩️ Dotaz už neplatí." in contact.screen
    await guest.says("/nastaveni")
    assert "jste naším hostem" in guest.screen


async def test_three_questions_a_day(guest: Actor, contact: Actor, wait: Wait) -> None:
    for _ in range(3):
        await asks(guest)
        await guest.presses("↩️ Vzít dotaz zpět")
    await asks(guest)
    assert guest.alert
    assert guest.toast == "Dnes už jste se ptali třikrát. Zkuste to prosím zítra."
    assert sum("Hana" in message.get("text", "") for message in contact.messages) == 3
    await wait(timedelta(days=1))
    await guest.presses("✅ Ano, zeptejte se")
    assert guest.screen.startswith("📨")


async def test_asking_twice_is_asking_once(guest: Actor, contact: Actor) -> None:
    await asks(guest)
    await guest.presses_data("cf.send:1")
    assert len(contact.messages) == 1


async def test_another_organisation_takes_the_place_of_the_first(
    guest: Actor, contact: Actor, manager: Actor
) -> None:
    await asks(guest)
    await asks_another(guest)
    await contact.presses("✅ Patří k nám")
    assert "↩️ Dotaz už neplatí." in contact.screen
    await manager.presses("✅ Patří k nám")
    assert guest.screen.startswith("🎉 Organizace Sklo a čočky a.s.")


async def asks_another(guest: Actor) -> None:
    await guest.presses_data("org.find")
    await guest.says("sklo")
    await guest.presses("Sklo a čočky")
    await guest.presses("✅ Ano, zeptejte se")


@pytest.mark.postgres
async def test_an_unanswered_question_goes_to_the_managers_after_two_days(
    guest: Actor, contact: Actor, manager: Actor, wait: Wait
) -> None:
    await asks(guest)
    await wait(timedelta(days=1, hours=23))
    before = len(manager.messages)
    await wait(timedelta(hours=2))
    assert manager.screen.startswith("🙋 Hana Hostová")
    await wait(timedelta(hours=2))
    assert len(manager.messages) == before + 1


async def test_the_desk_lists_those_who_wait(
    guest: Actor, contact: Actor, assistant: Actor
) -> None:
    await contact.says("/start")
    await contact.presses("🏢 Moje organizace")
    await contact.presses("🙋 Čekající")
    assert "Nikdo nečeká." in contact.screen
    await asks(guest)
    await assistant.says("/menu")
    await assistant.presses_data("cf:0")
    await assistant.presses("Hana Hostová · Ukázková optika")
    await assistant.presses("✅ Patří k nám")
    assert "✅ Potvrzeno: Adam Asistent" in assistant.screen


async def test_names_that_no_organisation_has(guest: Actor) -> None:
    await guest.says("/start")
    await guest.presses("🏢 Jsem z členské organizace")
    for name in ("Nikde & <b>nic</b>", "%", "_", "..", "🙃", "a" * 4000, "\u202eakitpo"):
        await guest.says(name)
        assert guest.screen.startswith("Členskou organizaci podobnou „")
    await guest.sends_other("sticker")
    assert guest.screen.startswith("Název mi prosím napište slovy.")
    await guest.says("ukazkva optka")
    assert "Ukázková optika" in guest.buttons


async def test_giving_up_the_search(guest: Actor) -> None:
    await guest.says("/start")
    await guest.presses("🏢 Jsem z členské organizace")
    await guest.presses("Zrušit")
    assert guest.screen == "Dobře, nic se nezměnilo."


async def test_a_member_has_nothing_to_ask(ann: Actor) -> None:
    await ann.says("/menu")
    await ann.presses_data("cf.send:2")
    assert ann.toast == "You are a verified member already. Everything is in the menu: /menu"
    await ann.presses_data("cf.send:999")
    assert ann.alert


async def test_a_name_made_to_deceive(sandbox: Sandbox, guest: Actor, contact: Actor) -> None:
    guest.phone.user = User(
        guest.id, "<b>Karel</b>\u202e\u200b", "Kontaktní\u2066", language_code="cs"
    )
    await asks(guest)
    assert contact.screen.startswith("🙋 <b>Karel</b> Kontaktní se hlásí k organizaci")
