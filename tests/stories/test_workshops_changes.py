"""An event is renamed, moved, enlarged or cancelled, and those with a place are told."""

from datetime import timedelta

from bot.domain.workshops import PartPlan
from tests.actors import Actor
from tests.stories.announcing import Wait
from tests.stories.workshops import START, Plan, calendar, opens

TITLE = "Tenké vrstvy"
HOUR = timedelta(hours=1)


async def leads(manager: Actor, button: str) -> None:
    await opens(manager, TITLE)
    await manager.presses("🛠 Spravovat akci")
    await manager.presses(button)


async def signs_up(*actors: Actor) -> None:
    for actor in actors:
        await opens(actor, TITLE)
        label = next(label for label in actor.buttons if label[0] in "✅⏳")
        await actor.presses(label)


async def test_a_move_is_told_old_and_new(
    manager: Actor, ann: Actor, bob: Actor, eve: Actor, plan: Plan
) -> None:
    await plan(TITLE, seats=1)
    await signs_up(ann, bob)
    await ann.presses("📆 To my calendar")
    _, (before,) = calendar(ann.document)
    await leads(manager, "✏️ Změnit")
    await manager.presses("🕘 Kdy a části")
    await manager.presses("🕘 Čas a místa")
    await manager.presses("🕘 Čas")
    assert "Teď: pátek 14. 5. 2027, 9:00–16:00" in manager.screen
    await manager.says("21. 5. 2027 10–17")
    assert "pátek 14. 5. 2027, 9:00–16:00 → pátek 21. 5. 2027, 10:00–17:00" in manager.screen
    assert "Dozvědí se to 2 lidé." in manager.screen
    assert "changed" not in ann.screen
    await manager.presses("✅ Ano, změnit")
    assert manager.toast == "Změněno."
    told = "Fri 14 May 2027, 09:00–16:00 → Fri 21 May 2027, 10:00–17:00"
    assert told in ann.screen
    assert "pátek 14. 5. 2027, 9:00–16:00 → pátek 21. 5. 2027, 10:00–17:00" in bob.screen
    await ann.presses("📆 Update my calendar")
    _, (after,) = calendar(ann.document)
    assert after["uid"] == before["uid"]
    assert after["sequence"] == before["sequence"] + 1
    assert after["dtstart"].dt == START + timedelta(days=7, hours=1)
    assert not eve.messages


async def test_a_new_name_and_place(manager: Actor, ann: Actor, plan: Plan) -> None:
    await plan(TITLE)
    await signs_up(ann)
    await leads(manager, "✏️ Změnit")
    await manager.presses("✏️ Co a kde")
    await manager.presses("Název")
    await manager.says("Tlusté vrstvy")
    await manager.presses("✅ Ano, změnit")
    assert "Tenké vrstvy → Tlusté vrstvy" in ann.screen
    await manager.presses("Místo konání")
    await manager.says("Olomouc")
    await manager.presses("✅ Ano, změnit")
    assert "Přerov → Olomouc" in ann.screen
    said = len(ann.heard)
    await manager.presses("Popis")
    await manager.says("Program:\n9:00 <b>úvod</b>")
    assert "9:00 <b>úvod</b>" in manager.screen
    await manager.presses("◀ Zpět")
    await manager.presses("👥 Pro koho")
    assert "✅ 🌍 Pro všechny" in manager.buttons
    await manager.presses("🔒 Členové")
    assert "✅ 🔒 Členové" in manager.buttons
    assert len(ann.heard) == said


async def test_changing_ones_mind(manager: Actor, ann: Actor, plan: Plan) -> None:
    await plan(TITLE)
    await signs_up(ann)
    await leads(manager, "✏️ Změnit")
    await manager.presses("✏️ Co a kde")
    await manager.presses("Název")
    await manager.says("Jinak")
    await manager.presses("Zrušit")
    assert "💶 Bez čísla projektu" in manager.screen
    assert TITLE in manager.screen


async def test_more_seats(
    manager: Actor, ann: Actor, bob: Actor, contact: Actor, eve: Actor, plan: Plan
) -> None:
    await plan(TITLE, seats=1)
    await signs_up(ann, bob, contact, eve)
    await leads(manager, "✏️ Změnit")
    await manager.presses("🕘 Kdy a části")
    await manager.presses("🕘 Čas a místa")
    await manager.presses("💺 Místa")
    await manager.says("3")
    assert "💺 3 místa" in manager.screen
    for told in (bob, contact):
        assert "Uvolnilo se místo a je vaše." in told.screen
    assert "free" not in eve.screen
    assert len(ann.heard) == 1
    await manager.presses("💺 Místa")
    await manager.says("2")
    assert "Místo už mají 3 lidé, méně míst být nemůže." in manager.screen
    await manager.says("3")
    assert "💺 3 místa" in manager.screen


async def test_it_is_cancelled(manager: Actor, ann: Actor, bob: Actor, plan: Plan) -> None:
    key = await plan(TITLE)
    await signs_up(ann, bob)
    await leads(manager, "❌ Zrušit akci")
    assert "Dozvědí se to 2 lidé." in manager.screen
    await manager.presses("❌ Ano, zrušit akci")
    await manager.presses_data(f"ws.off!:{key}")
    assert [text for text in ann.heard if "is cancelled" in text] == [
        "❌ Tenké vrstvy is cancelled.\nIt was to be: Fri 14 May 2027, 09:00–16:00"
    ]
    await ann.presses("📆 Update my calendar")
    file, (event,) = calendar(ann.document)
    assert file["method"] == "CANCEL"
    assert event["status"] == "CANCELLED"
    assert event["sequence"] == 1
    for data in (f"ws.in:{key}", f"ws.out:{key}"):
        await bob.presses_data(data)
        assert bob.alert
        assert bob.toast == "Tahle akce se nekoná."
    await bob.presses_data(f"ws.open:{key}")
    assert "Akce se nekoná." in bob.screen
    await bob.says("/akce")
    assert TITLE not in bob.buttons


async def test_a_part_is_added_and_removed(manager: Actor, ann: Actor, plan: Plan) -> None:
    await plan(TITLE)
    await leads(manager, "✏️ Změnit")
    await manager.presses("🕘 Kdy a části")
    await manager.presses("➕ Přidat část")
    await manager.presses("🌙 Večer")
    await manager.says("Večerní setkání")
    await manager.says("14. 5. 2027 18–22")
    await manager.says("12")
    await manager.presses("Jen na výběr")
    assert "🕘 Večerní setkání" in manager.buttons
    await signs_up(ann)
    assert "⬜ Večerní setkání (12/12)" in ann.buttons
    await ann.presses("⬜ Večerní setkání (12/12)")
    await manager.presses("🕘 Večerní setkání")
    assert "Lidé si ji vybírají zvlášť." in manager.screen
    await manager.presses("Pro všechny přihlášené")
    assert "Má ji každý, kdo se přihlásí na akci." in manager.screen
    await manager.presses("Název")
    await manager.says("Raut")
    await manager.presses("🗑 Odebrat část")
    assert manager.toast == "Na tuto část je 1 přihláška, takže musí zůstat."
    await ann.presses_data("ws.open:1")
    await ann.presses("☑️ Raut")
    await manager.presses("🗑 Odebrat část")
    assert "🕘 Čas a místa" in manager.buttons


async def test_a_button_of_another_event(manager: Actor, plan: Plan) -> None:
    await plan(TITLE)
    other = await plan("Jiná", parts=[PartPlan(START, START + HOUR, 5)])
    await manager.presses_data("ws.p.size:1:2")
    assert manager.alert
    await manager.presses_data(f"ws.ed.t:{other}:folded")
    assert manager.alert


async def test_what_has_begun_stays(manager: Actor, plan: Plan, wait: Wait) -> None:
    starts_at = plan.app.clock() + timedelta(days=5)
    await plan(TITLE, starts_at=starts_at)
    await leads(manager, "✏️ Změnit")
    await manager.presses("🕘 Kdy a části")
    await manager.presses("🕘 Čas a místa")
    await manager.presses("🕘 Čas")
    await wait(starts_at - plan.app.clock())
    await manager.says("30. 5. 2027 9–16")
    assert "Už to začalo, takže se to změnit nedá." in manager.screen
