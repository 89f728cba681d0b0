"""Coming in by an invitation, and everything that can be wrong with one."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.app import App
from bot.sandbox.people import Person as Phone
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import User
from storage.audit import Audit
from storage.invitations import Invitation, InvitationUse
from tests.actors import Actor

Wait = Callable[[timedelta], Awaitable[None]]
NOT_VALID = "Tato pozvánka neplatí. Požádejte prosím o novou."


async def make(who: Actor, label: str) -> str:
    """Go through the contact person's or manager's screens; returns the link."""
    await who.presses(label)
    return next(line for line in who.screen.splitlines() if line.startswith("https://t.me/"))


async def contact_invites(contact: Actor, label: str = "👤 Jednoho člověka") -> str:
    await contact.says("/start")
    await contact.presses("🏢 Moje organizace")
    await contact.presses("✉️ Pozvat")
    return await make(contact, label)


@pytest.mark.postgres
async def test_a_colleague_comes_by_the_link_of_a_contact_person(
    contact: Actor, guest: Actor
) -> None:
    link = await contact_invites(contact)
    assert "Pro 1 člověka. Konec platnosti: pondělí 8. 3. 2027 9:00." in contact.screen
    await guest.follows(link)
    assert "Za organizaci Ukázková optika s.r.o. jste teď ověřeným členem." in guest.screen
    assert contact.screen.startswith("🎉 Vaše pozvánka došla k cíli: Hana Hostová má")
    await guest.says("/nastaveni")
    assert "Organizace: Ukázková optika s.r.o." in guest.screen


async def test_following_twice_is_following_once(contact: Actor, guest: Actor, app: App) -> None:
    link = await contact_invites(contact, "👥 Až deset lidí")
    await guest.follows(link)
    await guest.follows(link)
    assert guest.screen == "Už mezi námi jste: Ukázková optika s.r.o."
    async with app.db.reading() as session:
        assert len((await session.exec(select(InvitationUse))).all()) == 1


@pytest.mark.postgres
async def test_wrong_ended_used_and_revoked_look_the_same(
    contact: Actor, guest: Actor, eve: Actor, bob: Actor, wait: Wait
) -> None:
    await guest.follows("i" + "x" * 43)
    wrong = guest.html
    assert guest.screen.startswith(NOT_VALID)
    used = await contact_invites(contact)
    await eve.follows(used)
    await eve.presses("✅ Yes, I have moved")
    await guest.follows(used)
    assert guest.html == wrong
    revoked = await contact_invites(contact)
    await contact.presses("🚫 Zrušit pozvánku")
    await guest.follows(revoked)
    assert guest.html == wrong
    late = await contact_invites(contact)
    await wait(timedelta(days=7))
    await guest.follows(late)
    assert guest.html == wrong


async def test_five_wrong_tries_a_minute(contact: Actor, guest: Actor, wait: Wait) -> None:
    good = await contact_invites(contact)
    for number in range(5):
        await guest.follows(f"i{number:043}")
        assert guest.screen.startswith(NOT_VALID)
    await guest.follows(good)
    assert guest.screen.startswith("Bylo to příliš mnoho pokusů.")
    await wait(timedelta(seconds=61))
    await guest.follows(good)
    assert guest.screen.startswith("🎉 Vítejte mezi námi!")


async def test_nonsense_after_start(guest: Actor) -> None:
    for payload in ("i", "i:::", "i" + "ř" * 63, "i'; drop table person", "unknown"):
        await guest.says(f"/start {payload}")
    assert guest.screen.startswith("👋 Dobrý den")


async def test_a_member_of_another_organisation_has_to_want_it(contact: Actor, eve: Actor) -> None:
    link = await contact_invites(contact)
    await eve.follows(link)
    assert "you are here for Sklo a čočky a.s. – have you moved?" in eve.screen
    await eve.presses("No, stay where I am")
    await eve.says("/start")
    assert "Organisation: Sklo a čočky a.s." in eve.screen
    await eve.follows(link)
    await eve.presses("✅ Yes, I have moved")
    await eve.says("/start")
    assert "Organisation: Ukázková optika s.r.o." in eve.screen


@pytest.mark.postgres
async def test_fifty_rivals_for_ten_places(contact: Actor, sandbox: Sandbox, app: App) -> None:
    link = await contact_invites(contact, "👥 Až deset lidí")
    rivals = []
    for number in range(50):
        user = User(5000 + number, f"Rival {number}", language_code="cs")
        sandbox.world.users[user.id] = user
        rivals.append(Phone(sandbox, user.id))
    for rival in rivals:
        rival.follows(link)
    await app.settle()
    await asyncio.sleep(0)
    assert sum("Vítejte mezi námi!" in rival.screen for rival in rivals) == 10
    assert sum(rival.screen.startswith(NOT_VALID) for rival in rivals) == 40
    await contact.presses("◀ Zpět")
    assert "⚪ Ukázková optika · 10/10" in contact.buttons


async def test_the_manager_invites_a_contact_person_anywhere(
    manager: Actor, guest: Actor, app: App
) -> None:
    await manager.says("/sprava")
    await manager.presses("✉️ Pozvánky")
    assert "Zatím tu žádná není." in manager.screen
    await manager.presses("➕ Nová pozvánka")
    await manager.says("cocky")
    await manager.presses("Sklo a čočky")
    link = await make(manager, "📇 Kontaktní osobu")
    assert "který se stane kontaktní osobou" in manager.screen
    await guest.follows(link)
    await guest.says("/start")
    assert "🏢 Moje organizace" in guest.buttons
    async with app.db.reading() as session:
        deeds = (await session.exec(select(Audit.action).order_by(col(Audit.id)))).all()
    assert deeds == ["invite"]


async def test_a_link_used_once_gives_nothing_back(manager: Actor, ann: Actor) -> None:
    await manager.presses_data("inv.into:1")
    link = await make(manager, "📇 Kontaktní osobu")
    await ann.follows(link)
    await ann.says("/start")
    assert "🏢 My organisation" in ann.buttons
    await manager.presses_data("pe.dis:2:contact")
    await ann.follows(link)
    assert ann.screen == "You are in already: Ukázková optika s.r.o."
    await ann.says("/start")
    assert "🏢 My organisation" not in ann.buttons
    await manager.presses_data("pe.part!:2")
    await ann.follows(link)
    assert ann.screen.startswith("This invitation is not valid")


async def test_the_token_is_kept_nowhere(contact: Actor, app: App) -> None:
    token = (await contact_invites(contact)).partition("start=i")[2]
    assert len(token) == 43
    async with app.db.reading() as session:
        invitation = (await session.exec(select(Invitation))).one()
    assert token not in str(invitation.model_dump())


async def test_the_code_is_a_picture(contact: Actor) -> None:
    await contact_invites(contact)
    await contact.presses("🔳 QR kód")
    assert contact.toast == "Kód najdete níže."
    assert contact.photo.startswith(b"\x89PNG")


@pytest.mark.postgres
async def test_the_list_says_how_often_it_was_used_and_revokes(
    contact: Actor, guest: Actor
) -> None:
    link = await contact_invites(contact, "👥 Až deset lidí")
    await contact.presses("◀ Zpět")
    await contact.presses("🟢 Ukázková optika · 0/10")
    assert "využito 0 z 10" in contact.screen
    await contact.presses("🚫 Zrušit pozvánku")
    assert contact.toast == "Zrušeno. Nikdo další přes ni nevstoupí."
    assert "🚫 Zrušena 1. 3. 2027." in contact.screen
    await guest.follows(link)
    assert guest.screen.startswith(NOT_VALID)


async def test_an_assistant_appoints_nobody_by_invitation(assistant: Actor) -> None:
    await assistant.says("/menu")
    await assistant.presses_data("inv.into:1")
    assert "📇 Kontaktní osobu" not in assistant.buttons
    await assistant.presses_data("inv.make:1:contact:1")
    assert assistant.alert
    assert assistant.toast is not None
    assert assistant.toast.startswith("K tomuhle nemáte oprávnění.")


async def test_made_up_buttons_make_no_invitation(contact: Actor, ann: Actor, app: App) -> None:
    await contact.says("/menu")
    await ann.says("/menu")
    for data in ("inv.make:1:king:1", "inv.make:1:colleague:1000000", "inv.make:2:colleague:1"):
        await contact.presses_data(data)
    for data in ("inv.make:1:colleague:1", "inv.rev:1", "inv.open:1", "inv.qr:abc", "inv:0"):
        await ann.presses_data(data)
        assert ann.alert
    async with app.db.reading() as session:
        assert (await session.exec(select(Invitation))).first() is None
