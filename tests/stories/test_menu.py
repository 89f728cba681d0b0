"""The crossroads: home, help, the manager's desk, and messages that nothing can be done with."""

from collections.abc import Callable

import pytest

from bot.app import App
from bot.kit import profile
from bot.sandbox.records import Profile, User
from storage.people import Person, Role, RoleName, by_telegram, roles
from tests.actors import Actor
from tests.conftest import NOW

LATE = User(999, "Pozdní", "Manažer")
WAYS = ("📅 Akce", "👥 Skupiny", "🔬 Přístroje", "💶 Výzvy", "⚙️ Nastavení", "❓ Nápověda")
HOME = "Co pro vás mohu udělat?"


async def test_home_leads_everywhere(ann: Actor) -> None:
    await ann.says("/menu")
    assert "What would you like to do?" in ann.screen
    assert list(ann.buttons) == [
        "📅 Events",
        "👥 Working groups",
        "🔬 Equipment",
        "💶 Grant calls",
        "⚙️ Settings",
        "❓ Help",
    ]


async def test_home_speaks_czech(bob: Actor) -> None:
    await bob.says("/menu")
    assert HOME in bob.screen
    assert list(bob.buttons)[:2] == ["📅 Akce", "👥 Skupiny"]


async def test_a_guest_is_offered_to_say_where_they_belong(guest: Actor) -> None:
    await guest.says("/menu")
    assert "🏢 Jsem z členské organizace" in guest.buttons
    assert "🛠 Správa" not in guest.buttons


async def test_a_contact_person_finds_their_colleagues(contact: Actor) -> None:
    await contact.says("/menu")
    await contact.presses("🏢 Moje organizace")
    assert "Ukázková optika" in contact.screen


async def test_a_contact_person_sees_at_once_who_waits(contact: Actor, guest: Actor) -> None:
    await guest.says("/menu")
    await guest.presses("🏢 Jsem z členské organizace")
    await guest.says("optika")
    await guest.presses("Ukázková optika")
    await guest.presses("✅ Ano, zeptejte se")
    await contact.says("/menu")
    await contact.presses("🙋 Kdo čeká (1)")
    assert "Hana Hostová" in " ".join(contact.buttons)


async def test_start_is_as_good_as_the_menu(bob: Actor, manager: Actor) -> None:
    await bob.says("/start")
    assert tuple(bob.buttons) == WAYS
    await manager.says("/start")
    assert tuple(manager.buttons) == (*WAYS, "🛠 Správa")


@pytest.mark.parametrize(
    "way", ["📅 Akce", "👥 Skupiny", "🔬 Přístroje", "💶 Výzvy", "❓ Nápověda"]
)
async def test_there_and_back_again(bob: Actor, way: str) -> None:
    await bob.says("/menu")
    await bob.presses(way)
    assert HOME not in bob.screen
    await bob.presses("🏠 Domů")
    assert HOME in bob.screen
    assert len(bob.messages) == 2, "one message is edited all the way"


async def test_help_says_what_and_whom_to_ask(bob: Actor, ann: Actor) -> None:
    await bob.says("/pomoc")
    assert "/akce" in bob.screen
    assert "✉️ Napsat manažerovi" in bob.buttons
    assert "🔒 Soukromí" in bob.buttons
    await ann.says("/help")
    assert "/events" in ann.screen


async def test_the_desk_counts_what_waits(manager: Actor) -> None:
    await manager.says("/sprava")
    assert "Chystá se 0 akcí." in manager.screen
    assert "Na potvrzení" not in manager.screen
    for tool in ("➕ Nová akce", "📣 Napsat oznámení", "✉️ Pozvánky", "👤 Lidé"):
        assert tool in manager.buttons


async def test_who_waits_is_one_press_away(manager: Actor, guest: Actor) -> None:
    await guest.says("/menu")
    await guest.presses("🏢 Jsem z členské organizace")
    await guest.says("sklo")
    await guest.presses("Sklo a čočky")
    await guest.presses("✅ Ano, zeptejte se")
    await manager.says("/admin")
    assert "1 člověk k potvrzení" in manager.screen
    await manager.presses("🙋 Kdo čeká (1)")
    assert "Hana Hostová" in " ".join([manager.screen, *manager.buttons])


async def test_an_assistant_has_the_desk_too(assistant: Actor) -> None:
    await assistant.says("/menu")
    await assistant.presses("🛠 Správa")
    assert "Chystá se 0 akcí." in assistant.screen


@pytest.mark.parametrize("who", ["guest", "bob", "contact"])
async def test_the_desk_is_for_the_team(who: str, actor: Callable[[str], Actor]) -> None:
    person = actor(who)
    await person.says("/sprava")
    assert "K tomuhle nemáte oprávnění" in person.screen
    await person.says("/menu")
    await person.presses_data("adm")
    assert person.alert
    assert "K tomuhle nemáte oprávnění" in str(person.toast)


@pytest.mark.parametrize("kind", ["sticker", "voice", "location", "contact"])
async def test_what_cannot_be_read_is_answered_in_one_sentence(bob: Actor, kind: str) -> None:
    await bob.sends_other(kind)
    assert "Napište prosím slovy" in bob.screen
    assert "🏠 Domů" in bob.buttons


async def test_a_file_that_nobody_asked_for(bob: Actor) -> None:
    await bob.uploads("lens.pdf", b"%PDF-1.7")
    assert "Napište prosím slovy" in bob.screen


@pytest.mark.parametrize("typed", ["/neznam", "/", "/akcee dnes"])
async def test_an_unknown_command_leads_to_the_menu(bob: Actor, typed: str) -> None:
    await bob.says(typed)
    assert "/menu" in bob.screen


@pytest.mark.parametrize("data", ["old:1:2", "ws:many", "pi:1", ":", "💥"])
async def test_an_old_button_redraws_the_menu(bob: Actor, data: str) -> None:
    await bob.says("/menu")
    await bob.presses_data(data)
    assert bob.toast == "Toto tlačítko je zastaralé. Tady je nabídka."
    assert HOME in bob.screen
    assert len(bob.messages) == 2


async def test_telegram_shows_our_commands_and_the_managers_theirs(
    app: App, manager: Actor, bob: Actor
) -> None:
    await app.tick(profile.SETTING)
    await app.settle()
    shown = profile_of(bob)
    czech = [each["command"] for each in shown.commands["all_private_chats|cs"]]
    assert czech == [
        "menu",
        "akce",
        "skupiny",
        "pristroje",
        "vyzvy",
        "nastaveni",
        "pomoc",
        "soukromi",
    ]
    english = [each["command"] for each in shown.commands["default|"]]
    assert english[:4] == ["menu", "events", "groups", "equipment"]
    own = [each["command"] for each in shown.commands[f"chat:{manager.id}|"]]
    assert {"sprava", "oznameni"} <= set(own)
    assert "Ukázkový klastr" in shown.short_description["cs"]
    assert "Ukázkový klastr" in shown.description[""]


async def test_telegram_is_told_only_once(app: App, manager: Actor) -> None:
    await app.tick(profile.SETTING)
    await app.settle()
    before = len(told(manager))
    await app.tick(profile.SETTING)
    await app.settle()
    assert before > 0
    assert len(told(manager)) == before


async def test_a_manager_whose_chat_is_not_open_yet_is_told_later(app: App, bob: Actor) -> None:
    async with app.db.writing() as session:
        late = Person(telegram_id=LATE.id, language="cs", met_at=NOW)
        session.add(late)
        await session.flush()
        session.add(Role(person_id=late.key, name=RoleName.MANAGER, since=NOW))
    await app.tick(profile.SETTING)
    await app.settle()
    assert f"chat:{LATE.id}|" not in profile_of(bob).commands
    assert "default|" in profile_of(bob).commands
    bob.phone.sandbox.world.users[LATE.id] = LATE
    bob.phone.sandbox.world.private_chat(bob.phone.sandbox.world.bot, LATE)
    await app.tick(profile.SETTING)
    await app.settle()
    assert f"chat:{LATE.id}|" in profile_of(bob).commands


async def test_who_leaves_the_team_loses_its_commands(
    app: App, manager: Actor, assistant: Actor
) -> None:
    await app.tick(profile.SETTING)
    await app.settle()
    assert f"chat:{assistant.id}|" in profile_of(manager).commands
    async with app.db.writing() as session:
        adam = await by_telegram(session, assistant.id)
        assert adam is not None
        for role in await roles(session, adam.key, NOW):
            role.until = NOW
    await app.tick(profile.SETTING)
    await app.settle()
    assert f"chat:{assistant.id}|" not in profile_of(manager).commands
    assert f"chat:{manager.id}|" in profile_of(manager).commands


def told(actor: Actor) -> list[str]:
    return [call.method for call in actor.phone.sandbox.calls if call.method.startswith("setMy")]


def profile_of(actor: Actor) -> Profile:
    return actor.phone.sandbox.world.bot.profile


async def test_what_telegram_says_of_a_pin_needs_no_answer(ann: Actor) -> None:
    await ann.says("/menu")
    shown = len(ann.messages)
    await ann.pins(ann.messages[-1])
    assert len(ann.messages) == shown + 1  # only that something was pinned
