"""Typed text that answers no question is a search over what one may see."""

import pytest

from bot import seed
from bot.app import App
from tests.actors import Actor
from tests.conftest import NOW

WAYS = ["📅 Akce", "🔬 Přístroje", "🏠 Domů"]


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


async def test_what_is_over_is_left_out(bob: Actor) -> None:
    await bob.says("laser")
    assert next(iter(bob.buttons)) == "📅 Lasery a optická vlákna"
    assert not any("Lasery ve výrobě" in label for label in bob.buttons)


async def test_instruments_come_after_events_five_a_page(bob: Actor) -> None:
    await bob.says("laser")
    found = [label for label in bob.buttons if label[0] in "📅🔬"]
    assert [label[0] for label in found] == ["📅", *"🔬" * 5]
    await bob.presses("▶")
    assert not any(label.startswith("📅") for label in bob.buttons)
    await bob.presses(next(label for label in bob.buttons if label.startswith("🔬")))
    assert "🏢" in bob.screen


async def test_a_guest_finds_public_events_only(guest: Actor, bob: Actor) -> None:
    await guest.says("schůze")
    assert "Nic jako „schůze“ tu není" in guest.screen
    await guest.says("laser")
    events = [label for label in guest.buttons if label.startswith("📅")]
    assert events == ["📅 Lasery a optická vlákna"]
    await bob.says("schůze")
    assert "📅 Členská schůze" in bob.buttons


async def test_a_draft_is_found_by_nobody(bob: Actor) -> None:
    await bob.says("setkání garantů")
    assert "📅 Setkání garantů" not in " ".join(bob.buttons)


@pytest.mark.parametrize(
    "typed", ["???", "🤷", "%", "_", "\\", '"', "* AND NEAR(", "מיקרוסקופ", "{words}"]
)
async def test_nothing_found_says_what_to_do(bob: Actor, typed: str) -> None:
    await bob.says(typed)
    assert "tu není" in bob.screen
    assert typed in bob.screen
    assert [label for label in bob.buttons if label in WAYS] == WAYS


@pytest.mark.parametrize("typed", ["' or 1=1 --", "<b>tučně</b>", "x" * 4096, "🔬" * 2000, "a"])
async def test_whatever_is_typed_is_only_words(bob: Actor, typed: str) -> None:
    await bob.says(typed)
    assert typed[:10] in bob.screen
    assert len(bob.screen) < 400
    assert "🏠 Domů" in bob.buttons


async def test_a_long_sentence_is_no_trouble(ann: Actor) -> None:
    await ann.says("I would like to know something about thin films please " * 50)
    assert any(label.startswith("🔬") for label in ann.buttons)
    assert "🏠 Home" in ann.buttons
