"""The team says for whom an event is, when one can sign up, and how many of one organisation."""

import pytest

from tests.actors import Actor
from tests.stories.announcing import Wait
from tests.stories.leading import TITLE, changes, plan_two_days, signs_up
from tests.stories.workshops import START, Plan, opens


async def test_no_screen_is_a_wall_of_buttons(manager: Actor, plan: Plan) -> None:
    await plan_two_days(plan)
    await changes(manager)
    groups = [label for label in manager.buttons if label[0] in "🕘✏👥🎟"]
    assert len(groups) == 4
    for group in groups:
        await manager.presses(group)
        assert len(manager.messages[-1]["reply_markup"]["inline_keyboard"]) <= 6
        await manager.presses("◀ Zpět")
    await manager.presses("🕘 Kdy a části")
    await manager.presses("🕘 Den 1")
    assert len(manager.messages[-1]["reply_markup"]["inline_keyboard"]) <= 5


async def test_registration_opens_and_closes(
    manager: Actor, ann: Actor, plan: Plan, wait: Wait
) -> None:
    await plan(TITLE)
    await changes(manager, "🎟 Přihlašování", "🟢 Otevřít od")
    await manager.says("5. 4. 2027")
    assert "🟢 Otevře se pondělí 5. 4. 2027 8:00" in manager.screen
    await manager.presses("🔴 Zavřít")
    await manager.says("10. 5. 2027")
    assert "🔴 Zavře se pondělí 10. 5. 2027 23:59" in manager.screen
    await opens(ann, TITLE)
    assert "✅ Sign up" not in ann.buttons
    await wait(START.replace(month=4, day=6) - plan.app.clock())
    await signs_up(ann)
    assert "You have a seat" in ann.screen
    await manager.presses("🟢 Otevřít od")
    await manager.presses("🟢 Hned po zveřejnění")
    assert "🟢 Otevře se zveřejněním akce" in manager.screen


@pytest.mark.parametrize(
    ("button", "typed", "answer"),
    [
        ("🟢 Otevřít od", "14. 5. 2027 9:00", "Přihlašování se zavírá pátek 14. 5. 2027 9:00"),
        ("🟢 Otevřít od", "1. 2. 2027", "Tohle už bylo"),
        ("🟢 Otevřít od", "30. 2. 2028", "Takový den nebo čas není."),
        ("🟢 Otevřít od", "28. 3. 2027 2:30", "Takový den nebo čas není."),
        ("🟢 Otevřít od", "někdy", "Tomuhle datu nerozumím."),
        ("🔴 Zavřít", "14. 5. 2027 12:00", "Akce začíná pátek 14. 5. 2027 9:00"),
        ("🔴 Zavřít", "14. 5. 2027 8–9", "Tomuhle datu nerozumím."),
        ("🏢 Limit na organizaci", "0", "Limit může být od 1 do 40"),
        ("🏢 Limit na organizaci", "41", "Limit může být od 1 do 40"),
        ("🏢 Limit na organizaci", "-3", "Napište prosím číslo"),
        ("🏢 Limit na organizaci", "tři", "Napište prosím číslo"),
    ],
)
async def test_settings_that_cannot_be(
    manager: Actor, plan: Plan, button: str, typed: str, answer: str
) -> None:
    await plan(TITLE)
    await changes(manager, "🎟 Přihlašování", button)
    await manager.says(typed)
    assert answer in manager.screen
    await manager.says("3" if "Limit" in button else "1. 5. 2027")
    assert manager.screen.startswith("🎟 Přihlašování")


async def test_it_closes_before_it_opens(manager: Actor, plan: Plan) -> None:
    await plan(TITLE)
    await changes(manager, "🎟 Přihlašování", "🟢 Otevřít od")
    await manager.says("5. 4. 2027")
    await manager.presses("🔴 Zavřít")
    await manager.says("1. 4. 2027")
    assert "Přihlašování se otevírá pondělí 5. 4. 2027 8:00, zavřít se musí" in manager.screen
    await manager.says("6. 4. 2027")
    await manager.presses("🟢 Otevřít od")
    await manager.says("7. 4. 2027")
    assert "Přihlašování se zavírá úterý 6. 4. 2027 23:59" in manager.screen


async def test_a_limit_for_organisations(
    manager: Actor, ann: Actor, bob: Actor, eve: Actor, plan: Plan
) -> None:
    await plan(TITLE, seats=3)
    await changes(manager, "🎟 Přihlašování", "🏢 Limit na organizaci")
    await manager.says("1")
    assert "🏢 Nejvýš 1 člověk z jedné organizace" in manager.screen
    await signs_up(ann)
    await signs_up(bob)
    assert "v pořadí" in bob.screen
    await signs_up(eve)
    assert "You have a seat" in eve.screen


async def test_a_project_and_topics(manager: Actor, plan: Plan) -> None:
    await plan(TITLE)
    await changes(manager, "✏️ Co a kde", "💶 Projekt")
    await manager.says("CZ.01.01.01/04/23_005/0001234")
    assert "💶 Číslo projektu: CZ.01.01.01/04/23_005/0001234" in manager.screen
    await manager.presses("💡 Témata")
    await manager.says("1. 4. 2027")
    assert "💡 Témata lze navrhovat do: čtvrtek 1. 4. 2027 23:59" in manager.screen
    await manager.presses("💡 Témata")
    await manager.presses("🗑 Témata nesbírat")
    assert "💡 Témata se nesbírají" in manager.screen


async def test_a_date_that_is_not_certain(
    manager: Actor, ann: Actor, bob: Actor, plan: Plan
) -> None:
    await plan(TITLE, seats=1)
    await changes(manager, "🕘 Kdy a části", "🗓 Předběžné datum")
    assert "🗓 Datum je předběžné" in manager.screen
    await signs_up(ann, bob)
    said = len(ann.heard)
    await manager.presses("✅ Datum je jisté")
    assert "Dozvědí se to 2 lidé." in manager.screen
    await manager.presses("✅ Ano, je jistý")
    assert "předběžné" not in manager.screen
    assert "The date is certain: Fri 14 May 2027, 09:00–16:00" in ann.screen
    assert "Termín je jistý: pátek 14. 5. 2027, 9:00–16:00" in bob.screen
    assert len(ann.heard) == said + 1
