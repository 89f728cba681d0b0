"""After an event: stars by one tap, a sentence, a nudge, and the manager who hears of it."""

import pytest

from tests.actors import Actor
from tests.stories.afterwards import DAY, HOUR, Held, Wait, day
from tests.stories.workshops import Plan

TITLE = "Tenké vrstvy & <povlaky>"


@pytest.mark.postgres
async def test_one_tap_then_a_sentence(
    ann: Actor, bob: Actor, manager: Actor, held: Held, wait: Wait
) -> None:
    await held(TITLE, sat=[ann, bob], came=[ann])
    await wait(2 * HOUR)
    assert "Thank you for coming to Tenké vrstvy & <povlaky>." in ann.screen
    assert "Only the organiser sees your answer, with your name." in ann.screen
    assert not any("Děkujeme, že jste přišli" in each for each in bob.heard)
    await ann.presses("5 ⭐")
    assert ann.toast == "Noted, thank you!"
    assert "★★★★★" in ann.screen
    await ann.presses("✍️ Add a sentence")
    await ann.says("Great <b>people</b>,\nshort breaks")
    assert "“Great <b>people</b>, short breaks”" in ann.screen
    await manager.presses_data("ws.rates:1:0")
    assert "5 ★" in manager.screen
    assert "(hodnocení: 1/1)" in manager.screen
    assert "5 ★ ██████████ 1" in manager.screen
    assert "★★★★★ „Great <b>people</b>, short breaks“ Ann Member" in manager.screen


async def test_stars_can_be_changed(ann: Actor, manager: Actor, held: Held) -> None:
    await held(TITLE, sat=[ann], came=[ann])
    await ann.presses_data("ws.rate:1")
    await ann.presses("3 ⭐")
    await ann.presses("✏️ Other stars")
    await ann.presses("4 ⭐")
    assert "★★★★☆" in ann.screen
    await manager.presses_data("ws.rates:1:0")
    assert "3 ★ ░░░░░░░░░░ 0" in manager.screen
    assert "4 ★ ██████████ 1" in manager.screen


async def test_part_by_part_only_where_one_was(ann: Actor, held: Held, wait: Wait) -> None:
    parts = [day(0, "Day one"), day(1, "Day two"), day(2, "Day three")]
    await held(TITLE, sat=[ann], came={0: [ann], 2: [ann]}, parts=parts)
    await wait(2 * HOUR)
    await ann.presses("⭐ Rate it")
    assert "Day one" in ann.screen
    await ann.presses("2 ⭐")
    assert "Day three" in ann.screen
    await ann.presses("5 ⭐")
    assert "★★☆☆☆ Day one" in ann.screen
    assert "★★★★★ Day three" in ann.screen
    assert "Day two" not in ann.screen
    await ann.presses_data("ws.st:1:2:5")
    assert ann.alert


async def test_where_nobody_was_checked_in_those_with_a_seat_are_asked(
    ann: Actor, held: Held, wait: Wait
) -> None:
    await held(TITLE, sat=[ann])
    await wait(2 * HOUR)
    await ann.presses("4 ⭐")
    assert "★★★★☆" in ann.screen


async def test_one_nudge_for_who_has_not_rated(
    ann: Actor, bob: Actor, held: Held, wait: Wait
) -> None:
    await held(TITLE, sat=[ann, bob], came=[ann, bob])
    await wait(2 * HOUR)
    await ann.presses("5 ⭐")
    for _ in range(8):
        await wait(12 * HOUR)
    nudges = [each for each in bob.heard if "Stačí jedno klepnutí: jak se vám líbila" in each]
    assert len(nudges) == 1
    assert not any("One tap is enough: how did you like" in each for each in ann.heard)


async def test_the_manager_hears_of_few_stars_the_same_day(
    bob: Actor, eve: Actor, manager: Actor, held: Held, wait: Wait
) -> None:
    await held(TITLE, sat=[bob, eve], came=[bob, eve])
    await bob.presses_data("ws.rate:1")
    await bob.presses("2 ⭐")
    await bob.presses("✍️ Přidat větu")
    await bob.says("Nebylo nic slyšet.")
    await eve.presses_data("ws.rate:1")
    await eve.presses("3 ⭐")
    assert not any("★★☆☆☆" in each for each in manager.heard)
    for _ in range(3):
        await wait(HOUR / 4)
    told = [each for each in manager.heard if "★★☆☆☆" in each]
    assert len(told) == 1
    assert "„Nebylo nic slyšet.“" in told[0]
    assert "Bořek Člen" in told[0]
    assert not any("Eve" in each for each in manager.heard)


async def test_who_may_not_rate(ann: Actor, bob: Actor, guest: Actor, held: Held) -> None:
    await held(TITLE, sat=[ann, bob], came=[ann])
    await bob.presses_data("ws.rate:1")
    assert bob.alert
    assert (bob.toast or "").startswith("Nemám záznam, že jste na akci byli.")
    for data in ("ws.st:1:1:6", "ws.st:1:1:0", "ws.st:1:77:5", "ws.st:9:1:5", "ws.rate:9"):
        await ann.presses_data(data)
        assert ann.alert, data
    await ann.presses_data("ws.say:1")
    assert ann.toast == "Please give the stars first, then a sentence."
    await ann.presses_data("ws.rates:1:0")
    assert ann.alert


async def test_not_before_its_end(ann: Actor, plan: Plan) -> None:
    await plan(TITLE)
    await ann.says("/start")
    await ann.presses_data("ws.in:1")
    await ann.presses_data("ws.rate:1")
    assert ann.toast == "It is not over yet. Please come back when it is."


async def test_a_sentence_that_is_too_long_and_one_taken_back(
    ann: Actor, manager: Actor, held: Held
) -> None:
    await held(TITLE, sat=[ann], came=[ann])
    await ann.presses_data("ws.rate:1")
    await ann.presses("1 ⭐")
    await ann.presses("✍️ Add a sentence")
    await ann.says("x" * 501)
    assert "at most 500 characters" in ann.screen
    await ann.says("Cold coffee")
    await ann.presses("✍️ Change the sentence")
    await ann.presses("🗑 Without a sentence")
    assert "Cold coffee" not in ann.screen
    await manager.presses_data("ws.rates:1:0")
    assert "Cold coffee" not in manager.screen


async def test_the_forgotten_leave_stars_without_words(
    ann: Actor, manager: Actor, held: Held, wait: Wait
) -> None:
    await held(TITLE, sat=[ann], came=[ann])
    await ann.presses_data("ws.rate:1")
    await ann.presses("5 ⭐")
    await ann.presses("✍️ Add a sentence")
    await ann.says("I am Ann from Optics")
    await ann.presses_data("priv.get")
    assert b'"words": "I am Ann from Optics"' in ann.document
    await ann.presses_data("priv.sure")
    await wait(15 * DAY)
    await manager.presses_data("ws.rates:1:0")
    assert "5 ★ ██████████ 1" in manager.screen
    assert "Ann" not in manager.screen
