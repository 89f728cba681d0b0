"""An announcement leaves: once, in sight, and only when a manager says so."""

from collections.abc import Callable, Sequence

import pytest

from bot.app import App
from handlers.announcements.audience import Address
from tests.actors import Actor
from tests.stories.announcing import MEMBERS, MINUTE, SOON, Wait, write


@pytest.fixture(autouse=True)
async def everybody_is_up(
    ann: Actor, bob: Actor, contact: Actor, eve: Actor, manager: Actor, wait: Wait
) -> None:
    """The four members whom announcements reach; and the manager has had the morning's card."""
    await wait(SOON)


async def test_two_presses_send_once(manager: Actor, ann: Actor, wait: Wait) -> None:
    await write(manager)
    manager.phone.presses("📨 Poslat 4 lidem")
    await manager.presses("📨 Poslat 4 lidem")
    await wait(MINUTE)
    await manager.presses_data("an.go:1:2:1")
    assert ann.heard == ["Zítra je volno."]
    await wait(SOON)
    assert "Doručeno: 4 z 4" in manager.screen


@pytest.fixture
def slow(app: App) -> App:
    """Bulk leaves one message, then none for a long time."""
    app.gate.per_second = 0.0001
    app.gate.reopen(0, 0, ())
    return app


async def test_a_failure_is_told(manager: Actor, wait: Wait) -> None:
    await manager.says("/oznameni")
    manager.phone._post({"document": {"file_id": "lost", "file_unique_id": "lost"}})
    await manager.app.settle()
    await manager.presses("👥 Vybrat komu")
    await manager.presses(MEMBERS)
    await manager.presses("📨 Poslat 4 lidem")
    await wait(MINUTE)
    await wait(SOON)
    assert "Doručeno: 0 z 4" in manager.screen
    assert "Nepodařilo se: 4" in manager.screen


async def test_progress_is_drawn_into_the_same_message(
    manager: Actor, slow: App, wait: Wait
) -> None:
    await write(manager)
    await manager.presses("📨 Poslat 4 lidem")
    await wait(MINUTE)
    before = manager.messages
    assert "Oznámení se rozesílá" in manager.screen
    slow.gate.per_second = 0
    await manager.app.settle()
    await wait(SOON)
    assert "Doručeno: 4 z 4" in manager.messages[len(before) - 1]["text"]
    assert len(manager.messages) == len(before) + 1  # the end deserves a message of its own
    assert "Doručeno: 4 z 4" in manager.screen


async def test_stopping(manager: Actor, slow: App, wait: Wait) -> None:
    await write(manager)
    await manager.presses("📨 Poslat 4 lidem")
    await wait(MINUTE)
    await manager.presses("⏹ Zastavit")
    assert "Rozesílání se zastavuje" in manager.screen
    assert "⏹ Zastavit" not in manager.buttons
    slow.gate.per_second = 0
    await wait(SOON)
    assert "Rozesílání bylo zastaveno" in manager.screen
    assert "Doručeno: 1 z 4" in manager.screen
    assert "Už neodesláno: 3" in manager.screen


async def test_nobody_gets_what_was_stopped(
    manager: Actor, ann: Actor, bob: Actor, contact: Actor, eve: Actor, slow: App, wait: Wait
) -> None:
    await write(manager)
    await manager.presses("📨 Poslat 4 lidem")
    await wait(MINUTE)
    await manager.presses("⏹ Zastavit")
    slow.gate.per_second = 0
    await manager.app.settle()
    assert sum(len(who.heard) for who in (ann, bob, contact, eve)) == 1


async def test_the_list_is_not_drawn_over(manager: Actor, slow: App, wait: Wait) -> None:
    await write(manager)
    await manager.presses("📨 Poslat 4 lidem")
    await wait(MINUTE)
    await manager.presses("◀ Zpět")
    slow.gate.per_second = 0
    shown_in = manager.messages[-1]["message_id"]
    await manager.app.settle()
    await wait(SOON)
    drawn = {each["message_id"]: each["text"] for each in manager.messages}
    assert drawn[shown_in] == "📣 Oznámení"


async def test_past_announcements(manager: Actor, wait: Wait) -> None:
    await manager.presses_data("an:0")
    assert "Zatím jste nic neoznámili." in manager.screen
    await write(manager)
    await manager.presses("📨 Poslat 4 lidem")
    await wait(MINUTE)
    await wait(SOON)
    await write(manager, "Jen <koncept> & nic víc")
    await manager.presses("◀ Zpět")
    assert "📝 koncept · Jen <koncept> & nic víc" in manager.buttons
    await manager.presses("✅ 1. 3. 2027 · Zítra je volno.")
    assert "Doručeno: 4 z 4" in manager.screen
    await manager.presses("👁 Ukázat zprávu")
    assert manager.heard[-2] == "Zítra je volno."


async def test_nothing_can_be_changed_once_it_is_sent(
    manager: Actor, ann: Actor, wait: Wait
) -> None:
    await write(manager)
    await manager.presses("📨 Poslat 4 lidem")
    await wait(MINUTE)
    for data in ("an.re:1", "an.del:1", Address(1, 2).pack(), "an.ask:1"):
        await manager.presses_data(data)
        assert manager.toast == "Oznámení už je odeslané, změnit ho nejde.", data
    await manager.edits("Zítra volno není.")
    assert ann.heard == ["Zítra je volno."]
    assert "Pro ty, kdo ji už mají, se nezměnilo nic." in manager.screen
    await manager.presses("✏️ Opravit překlep")
    assert "Jak to má znít správně?" in manager.screen


async def test_a_message_edited_in_the_chat_leaves_its_draft_as_it_was(
    manager: Actor, ann: Actor, wait: Wait
) -> None:
    await manager.says("/oznameni")
    await manager.says("Zítra je volno.")
    await manager.edits("Zítra volno není.")
    assert "Koncept zůstal, jak byl." in manager.screen
    await manager.presses("✏️ Napsat znovu")
    await manager.says("Zítra volno opravdu není.")
    assert "Zítra volno opravdu není." in manager.heard


async def test_what_was_not_previewed_is_not_sent(
    manager: Actor, assistant: Actor, ann: Actor
) -> None:
    await write(manager)
    await assistant.says("/start")
    await assistant.presses_data("an.re:1")
    await assistant.says("Něco docela jiného")
    await manager.presses("📨 Poslat 4 lidem")
    assert "Mezitím se to změnilo. Takhle to vypadá teď." in manager.screen
    assert not ann.heard


async def test_an_assistant_prepares_and_a_manager_sends(
    manager: Actor, assistant: Actor, ann: Actor, wait: Wait
) -> None:
    await write(assistant)
    assert "Odeslat ji může manažer." in assistant.screen
    await assistant.presses_data("an.go:1:2:1")
    assert assistant.alert
    assert not ann.heard
    await assistant.presses("🙋 Předat manažerovi")
    assert assistant.toast == "Manažer o něm ví."
    assert "Adam Asistent má připravené oznámení: Zítra je volno." in manager.screen
    await manager.presses("👁 Podívat se")
    assert manager.heard[-2] == "Zítra je volno."
    await manager.presses("📨 Poslat 4 lidem")
    await wait(MINUTE)
    assert ann.heard == ["Zítra je volno."]
    await wait(SOON)
    assert "Doručeno: 4 z 4" in assistant.screen


@pytest.mark.parametrize("name", ["ann", "contact", "guest"])
async def test_nobody_else_may(
    name: str, actor: Callable[[str], Actor], manager: Actor, bob: Actor
) -> None:
    await write(manager)
    other = actor(name)
    await other.says("/announce")
    assert "oznámení" not in other.screen.lower()
    buttons: Sequence[str] = (
        "an:0", "an.new", "an.open:1", "an.show:1", "an.go:1:2:1", "an.stop:1", "an.re:1",
        "an.del:1", Address(1, 2).pack(), "an.who:1", "an.ask:1", "an.leave:1", "an.undo:1",
        "an.pause:1", "an.on:1", "an.when:1", "an.hours:1:working", "an.by:1:digest", "an.hurry:1",
        "an.calm:1", "an.time:1:2", "an.at:1:2:30000000:1", "an.back:1", "an.typo:1",
        "an.typo.in:1:", "an.recall:1:1",
    )  # fmt: skip
    for data in buttons:
        await other.presses_data(data)
        assert other.alert, data
    assert not bob.heard
