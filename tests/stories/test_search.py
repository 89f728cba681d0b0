"""Typed text that answers no question is a search over what one may see."""

import pytest

from bot import seed
from bot.app import App
from tests.actors import Actor
from tests.conftest import NOW


@pytest.fixture(autouse=True)
async def year(app: App) -> None:
    await seed.demo(app.db, NOW)


@pytest.mark.postgres
async def test_an_event_is_found_by_its_title(bob: Actor) -> None:
    await bob.says("tenké vrstvy")
    assert "📅 Tenké vrstvy v praxi – středa 24. 3. 2027" in bob.screen
    assert "📅 Tenké vrstvy v praxi" in bob.buttons


@pytest.mark.parametrize("typed", ["tenke", "TENKÉ VRSTVY", "  vrstvy   tenké ", "tenkých vrstev"])
async def test_case_accents_order_and_endings_do_not_matter(bob: Actor, typed: str) -> None:
    await bob.says(typed)
    assert "📅 Tenké vrstvy v praxi" in bob.buttons


async def test_events_are_found_by_place(ann: Actor) -> None:
    await ann.says("ostrava")
    assert "📅 Lasery a optická vlákna" in ann.buttons


async def test_a_title_beats_a_place_and_what_is_over_is_left_out(bob: Actor) -> None:
    await bob.says("laser")
    assert next(iter(bob.buttons)) == "📅 Lasery a optická vlákna"
    assert not any("Lasery ve výrobě" in label for label in bob.buttons)


async def test_instruments_come_after_events_five_in_all(bob: Actor) -> None:
    await bob.says("laser")
    found = [label for label in bob.buttons if label[0] in "📅🔬"]
    assert len(found) == 5
    assert found[-1].startswith("🔬")
    await bob.presses(found[-1])
    assert "Vlastník: " in bob.screen


async def test_what_begins_so_comes_before_what_only_contains_it(bob: Actor) -> None:
    await bob.says("lasery")
    tools = [label for label in bob.buttons if label.startswith("🔬")]
    assert len(tools) == 4
    assert "laser" in tools[0].lower()


async def test_a_guest_finds_public_events_only(guest: Actor, bob: Actor) -> None:
    await guest.says("schůze")
    assert "Nic jako „schůze“ tu není" in guest.screen
    await guest.says("laser")
    assert [label for label in guest.buttons if label[0] in "📅🔬"] == [
        "📅 Lasery a optická vlákna"
    ]
    await bob.says("schůze")
    assert "📅 Členská schůze" in bob.buttons


async def test_a_draft_is_found_by_nobody(bob: Actor) -> None:
    await bob.says("setkání garantů")
    assert "tu není" in bob.screen


@pytest.mark.parametrize(
    "typed",
    ["kvargle", "???", "🤷", "%", "_", "' or 1=1 --", "\\", "<b>tučně</b>", "{words}", "x" * 4096],
)
async def test_nothing_found_says_what_to_do(bob: Actor, typed: str) -> None:
    await bob.says(typed)
    assert "tu není" in bob.screen
    assert typed[:40] in bob.screen
    assert len(bob.screen) < 200
    assert list(bob.buttons) == ["📅 Akce", "🔬 Přístroje", "🏠 Domů"]


async def test_a_long_sentence_is_no_trouble(ann: Actor) -> None:
    await ann.says("I would like to know something about thin films please " * 50)
    assert "I have found nothing like" in ann.screen
