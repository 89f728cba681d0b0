"""A part of an event is moved, made smaller, put elsewhere; nobody loses a place unasked."""

import pytest

from tests.actors import Actor
from tests.stories.leading import TITLE, changes, plan_two_days, signs_up
from tests.stories.workshops import Plan, calendar


async def test_a_move_is_told_by_part_to_those_who_sit_and_wait(
    manager: Actor, ann: Actor, bob: Actor, contact: Actor, eve: Actor, plan: Plan
) -> None:
    key = await plan_two_days(plan)
    crowd = (ann, bob, contact, eve)
    await signs_up(*crowd)
    assert "in line" in eve.screen
    await changes(manager, "🕘 Kdy a části", "🕘 Den 2", "🕘 Čas")
    await manager.says("16. 5. 2027 10–14")
    assert "Dozvědí se to 4 lidé." in manager.screen
    await manager.presses("✅ Ano, změnit")
    english = "Den 2\n🕘 Sat 15 May 2027, 09:00–13:00 → Sun 16 May 2027, 10:00–14:00"
    czech = "Den 2\n🕘 sobota 15. 5. 2027, 9:00–13:00 → neděle 16. 5. 2027, 10:00–14:00"
    for actor, words in zip(crowd, (english, czech, czech, english), strict=True):
        (told,) = [text for text in actor.heard if "→" in text]
        assert words in told
        assert "Den 1" not in told
    await ann.presses("📆 Update my calendar")
    if not ann.phone.messages[-1].get("document"):
        await ann.presses_data(f"ws.ics.f:{key}")
    _, entries = calendar(ann.document)
    assert {entry["sequence"] for entry in entries} == {1}


async def test_fewer_seats_than_people(
    manager: Actor, ann: Actor, bob: Actor, eve: Actor, plan: Plan
) -> None:
    await plan(TITLE, seats=3)
    await signs_up(ann, bob, eve)
    await changes(manager, "🕘 Kdy a části", "🕘 Čas a místa", "💺 Místa")
    await manager.says("1")
    assert "Místo už mají 3 lidé, méně míst být nemůže." in manager.screen
    assert "Ledaže poslední 2 přihlášení půjdou zpátky do pořadí." in manager.screen
    await manager.says("2")
    assert "⏳ Přesunout posledního" in manager.buttons
    said = len(bob.heard)
    await manager.presses("⏳ Přesunout posledního")
    assert "💺 2 místa" in manager.screen
    assert len(bob.heard) == said
    await eve.presses_data("ws.open:1")
    assert "You are number 1 in line" in eve.screen
    await manager.presses("💺 Místa")
    await manager.says("3")
    assert "A seat is free, and it is yours." in "".join(eve.heard)


async def test_one_may_think_better_of_it(
    manager: Actor, ann: Actor, bob: Actor, plan: Plan
) -> None:
    await plan(TITLE, seats=3)
    await signs_up(ann, bob)
    await changes(manager, "🕘 Kdy a části", "🕘 Čas a místa", "💺 Místa")
    await manager.says("1")
    await manager.presses("Zrušit")
    assert "💺 3 místa" in manager.screen


async def test_parts_at_the_same_time(manager: Actor, plan: Plan) -> None:
    await plan_two_days(plan)
    await changes(manager, "🕘 Kdy a části", "🕘 Večer", "🕘 Čas")
    await manager.says("14. 5. 2027 14–18")
    assert "⚠️ Ve stejnou dobu: Den 1 a Večer" in manager.screen
    await manager.presses("🕘 Čas")
    await manager.says("14. 5. 2027 16–18")
    assert "⚠️" not in manager.screen


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("14. 5. 2027 16–9", "To by skončilo dřív, než to začne."),
        ("1. 2. 2027 9–16", "Tohle už bylo"),
        ("30. 2. 2028 9–16", "Takový den nebo čas není."),
        ("28. 3. 2027 2:30–9:00", "Takový den nebo čas není."),
    ],
)
async def test_times_that_cannot_be(manager: Actor, plan: Plan, typed: str, answer: str) -> None:
    await plan(TITLE)
    await changes(manager, "🕘 Kdy a části", "🕘 Čas a místa", "🕘 Čas")
    await manager.says(typed)
    assert answer in manager.screen
    await manager.presses("Zrušit")
    assert "pátek 14. 5. 2027, 9:00–16:00" in manager.screen


async def test_a_part_elsewhere(manager: Actor, ann: Actor, plan: Plan) -> None:
    await plan_two_days(plan)
    await signs_up(ann)
    await changes(manager, "🕘 Kdy a části", "🕘 Den 2", "Místo konání")
    await manager.says("Olomouc, pevnost poznání")
    await manager.presses("✅ Ano, změnit")
    assert "📍 Olomouc, pevnost poznání" in manager.screen
    assert "Den 2\n📍 Přerov → Olomouc, pevnost poznání" in ann.heard[-1]
    await manager.presses("Místo konání")
    await manager.presses("📍 Stejně jako akce")
    await manager.presses("✅ Ano, změnit")
    assert "📍 Přerov" in manager.screen


async def test_an_excursion_and_a_link(manager: Actor, ann: Actor, plan: Plan) -> None:
    await plan_two_days(plan)
    await changes(manager, "🕘 Kdy a části", "🕘 Den 2", "Druh: ☀️ Den", "🚌 Exkurze")
    assert "Druh: 🚌 Exkurze" in manager.buttons
    assert "🔗 Odkaz" not in manager.buttons
    await manager.presses("Druh: 🚌 Exkurze")
    await manager.presses("💻 Online")
    await manager.presses("🔗 Odkaz")
    await manager.says("není")
    assert "To není odkaz." in manager.screen
    await manager.says("https://meet.example.org/a")
    await signs_up(ann)
    said = len(ann.heard)
    await manager.presses("🔗 Odkaz")
    await manager.says("https://meet.example.org/b")
    assert "The link for joining is new" in ann.heard[said]
    assert "example.org" not in ann.heard[said]
