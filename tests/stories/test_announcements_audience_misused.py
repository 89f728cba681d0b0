"""Choosing for whom goes wrong: two at once, things that have gone, buttons of others."""

import pytest
from sqlmodel import col, delete

from bot.app import App
from storage import announcements as store
from storage.workshops import Seat, events
from tests.actors import Actor
from tests.stories.announcing import MINUTE, Wait
from tests.stories.choosing import (
    add,
    announcement,
    begin,
    event,
    leave_out,
    out,
    seat,
    send,
)


@pytest.fixture(autouse=True)
def everybody_has_pressed_start(
    ann: Actor, bob: Actor, contact: Actor, eve: Actor, assistant: Actor
) -> None:
    """The four members whom announcements reach, and the assistant who belongs to nobody."""


async def test_two_managers_at_one_draft(
    app: App, manager: Actor, assistant: Actor, wait: Wait
) -> None:
    await assistant.says("/start")
    await begin(manager)
    await manager.presses("➕ Podmínka")
    await manager.presses("👤 Členství")
    await assistant.presses_data("an.au.l:1:organisation.:0")
    await assistant.presses("Ukázková optika")
    await manager.presses("hosté")
    assert manager.alert
    assert manager.toast == (
        "Výběr mezitím upravila jiná osoba (Adam Asistent). Takhle vypadá teď."
    )
    assert "Komu: organizace Ukázková optika" in manager.screen
    await manager.presses("členové klastru")
    assert "• a zároveň členové klastru" in manager.screen
    await assistant.presses_data("an.au.0:1:2")
    assert "Marie Manažerová" in str(assistant.toast)
    assert (await announcement(app)).audience is not None


async def test_the_usual_ones_do_not_undo_what_somebody_else_chose(
    app: App, manager: Actor, assistant: Actor
) -> None:
    await manager.says("/oznameni")
    await manager.says("Zítra je volno.")
    await manager.presses("👥 Vybrat komu")
    await assistant.says("/start")
    await assistant.presses_data("an.who:1")
    await assistant.presses("🏢 Členům klastru")
    await manager.presses("👥 Všem, kdo mají bota")
    assert manager.alert
    assert "Komu: členům klastru" in manager.screen
    await manager.presses("👥 Všem, kdo mají bota")
    assert "Komu: všem, kdo mají bota" in manager.screen


async def test_what_has_gone_is_said_and_nothing_is_sent(
    app: App, manager: Actor, ann: Actor, bob: Actor, wait: Wait
) -> None:
    day = await event(app, "Zrušená akce")
    await seat(app, day, ann)
    await begin(manager)
    await add(manager, "👤 Členství", "členové klastru")
    await leave_out(manager, "📅 Akce", "8. 3. 2027 · Zrušená akce", "přihlášení")
    await _remove(app, day)
    await manager.presses("✅ Hotovo")
    assert "už neexistuje. Vyberte prosím znovu." in manager.screen
    assert not [label for label in manager.buttons if label.startswith("📨")]
    await manager.presses_data("an.go:1:3:1")
    assert "Mezitím se to změnilo." in manager.screen
    await wait(MINUTE)
    assert "Zítra je volno." not in ann.heard
    assert "Zítra je volno." not in bob.heard
    await manager.presses("👥 Komu jinému")
    await manager.presses("🧩 Složit výběr…")
    assert "Něco z výběru už neexistuje." in manager.screen
    await leave_out(manager, "📅 Akce (1)", "✓ ⚠️ už tu není", "✓ přihlášení")
    assert "Něco z výběru" not in manager.screen
    await send(manager, "📨 Poslat 4 lidem", wait)
    assert "Zítra je volno." in ann.heard


async def test_what_goes_before_it_leaves_holds_it_back(
    app: App, manager: Actor, bob: Actor, wait: Wait
) -> None:
    day = await event(app, "Zrušená akce")
    await begin(manager)
    await add(manager, "👤 Členství", "členové klastru")
    await leave_out(manager, "📅 Akce", "8. 3. 2027 · Zrušená akce", "přihlášení")
    await manager.presses("✅ Hotovo")
    await manager.presses("📨 Poslat 4 lidem")
    await _remove(app, day)
    await out(wait)
    assert "Zítra je volno." not in bob.heard
    assert "Tohle neodešlo" in manager.screen
    assert "Něco, podle čeho se lidé vybírají, už neexistuje." in manager.screen


async def _remove(app: App, day: int) -> None:
    async with app.db.writing() as session:
        await session.exec(delete(Seat).where(col(Seat.part_id) == day))
        await events.remove(session, day)


async def test_what_is_not_there_cannot_be_ticked(app: App, manager: Actor) -> None:
    await begin(manager)
    for code in ("registered.99", "pillar.99", "organisation.99", "nonsense.1", "saved.99"):
        await manager.presses_data(f"an.au.t:1:1:{code}:0")
        assert manager.toast == "Tohle už tu není. Otevřete prosím nabídku: /menu", code
    assert (await announcement(app)).audience is None


async def test_too_many_ticks(app: App, manager: Actor) -> None:
    await begin(manager)
    await add(manager, "👤 Členství", "členové klastru")
    async with app.db.writing() as session:
        made = await store.find(session, 1)
        assert made is not None
        made.audience = {
            "either": False,
            "clauses": [["language", [*map(str, range(100))], False]],
        }
    await manager.presses_data("an.au.t:1:2:membership.guests:0")
    assert manager.toast == "To je moc: zaškrtnout jde nejvýš 100 položek."


async def test_before_it_leaves_it_is_taken_back_first(manager: Actor) -> None:
    await begin(manager)
    await add(manager, "🏢 Organizace", "Sklo a čočky")
    await manager.presses("✅ Hotovo")
    await manager.presses("📨 Poslat 1 člověku")
    for data in ("an.au:1", "an.au.t:1:2:membership.guests:0", "an.who:1"):
        await manager.presses_data(data)
        assert "Nejdřív ho vezměte zpět" in str(manager.toast), data


async def test_after_it_is_sent_nothing_is_chosen(manager: Actor, wait: Wait) -> None:
    await begin(manager)
    await add(manager, "🏢 Organizace", "Sklo a čočky")
    await send(manager, "📨 Poslat 1 člověku", wait)
    for data in (
        "an.au:1", "an.au.f:1:0", "an.au.l:1:pillar.:0", "an.au.t:1:2:membership.guests:0",
        "an.au.j:1:2:1", "an.au.0:1:2", "an.sv.new:1", "an.like:1:2:1", "an.who:1",
    ):  # fmt: skip
        await manager.presses_data(data)
        assert manager.toast == "Oznámení už je odeslané, změnit ho nejde.", data


async def test_nobody_else_may(manager: Actor, ann: Actor, contact: Actor) -> None:
    await begin(manager)
    for who in (ann, contact):
        await who.says("/start")
    for data in (
        "an.au:1", "an.au.f:1:0", "an.au.l:1:pillar.:0", "an.au.x:1:registered.1:0",
        "an.au.t:1:1:membership.guests:0", "an.au.j:1:1:1", "an.au.0:1:1", "an.au.o:1:0",
        "an.like:1:1:1", "an.sv:1:0", "an.sv.open:1:1", "an.sv.new:1", "an.sv.name:1:1",
        "an.sv.set:1:1:1", "an.sv.del:1:1",
    ):  # fmt: skip
        for who in (ann, contact):
            await who.presses_data(data)
            assert who.alert, data
