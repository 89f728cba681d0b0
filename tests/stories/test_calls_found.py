"""Calls found by typed words, in the chat and in any other."""

from datetime import timedelta
from typing import Any

import pytest

from bot import seed
from bot.app import App
from bot.domain.calls import indexing
from bot.kit.inline import PAGE
from storage.calls.records import GrantCall, Kind, Stage, State
from tests.actors import Actor
from tests.conftest import NOW
from tests.stories.announcing import Wait
from tests.stories.calls import add_call, add_pillars, days, due, listed


async def asked(reader: Actor, words: str, offset: str = "") -> dict[str, dict[str, Any]]:
    """Results by their titles."""
    query = reader.phone.asks_inline(words, offset)
    await reader.app.settle()
    answers = reader.phone.sandbox.inline_queries[query].answers.values()
    return {each.result["title"]: each.result for each in answers}


@pytest.mark.postgres
async def test_a_call_is_found_by_a_word_in_any_case_and_language(app: App, bob: Actor) -> None:
    await add_call(app, "Laser technologies for industry", due(days(20)), programme="TREND")
    await bob.says("laserové technologie")
    assert listed(bob) == ["Laser technologies for industry"]
    assert "💶 Laser technologies for industry – neděle 21. 3. 2027" in bob.screen
    await bob.says("trend")
    assert listed(bob) == ["Laser technologies for industry"]


async def test_a_call_is_found_by_its_pillar(app: App, ann: Actor) -> None:
    (laser,) = await add_pillars(app, "Lasery")
    await add_call(app, "Something new", due(days(20)), pillars=[laser])
    await ann.says("laser")
    assert listed(ann) == ["Something new"]


async def test_who_says_call_is_shown_calls_only(app: App, ann: Actor) -> None:
    await seed.demo(app.db, NOW)
    await ann.says("laser")
    assert any(label.startswith("🔬") for label in ann.buttons)
    await ann.says("call photonics")
    assert len(listed(ann)) > 2
    assert not any(label.startswith("🔬 ") and len(label) > 14 for label in ann.buttons)


async def test_calls_alone_are_all_of_those_to_come(app: App, bob: Actor) -> None:
    await add_call(app, "Polarimetrie", due(days(20)))
    await add_call(app, "Holografie", due(days(9)))
    await bob.says("Dotace a granty pro nás?")
    assert listed(bob) == ["Holografie", "Polarimetrie"]
    assert list(await asked(bob, "výzva")) == ["Holografie", "Polarimetrie"]


async def test_many_are_behind_a_button(app: App, bob: Actor) -> None:
    for number in range(8):
        await add_call(app, f"Polarimetrie {number}", due(days(20 + number)))
    await bob.says("polarimetrie")
    assert len(listed(bob)) == 3
    await bob.presses("💶 Všechny nalezené výzvy (8)")
    assert "8 výzev" in bob.screen
    assert len(listed(bob)) == 5
    await bob.presses("▶")
    await bob.presses(f"💶 {listed(bob)[0]}")
    await bob.presses("◀ Zpět")
    assert "2/2" in bob.buttons


async def test_what_is_over_comes_last(app: App, bob: Actor) -> None:
    await add_call(app, "Polarimetrie stará", due(days(-9)), state=State.CLOSED)
    await add_call(app, "Polarimetrie nová", due(days(9)))
    await bob.says("polarimetrie")
    assert listed(bob) == ["Polarimetrie nová", "Polarimetrie stará"]


async def test_quiet_calls_are_found_by_searching_and_others_not(app: App, bob: Actor) -> None:
    await add_call(app, "Polarimetrie tichá", due(days(9)), stage=Stage.QUIET)
    for stage in (Stage.WAITING, Stage.DRAFT, Stage.DECLINED):
        await add_call(app, f"Polarimetrie {stage}", due(days(9)), stage=stage)
    await bob.says("polarimetrie")
    assert listed(bob) == ["Polarimetrie tichá"]


@pytest.mark.postgres
async def test_a_call_is_found_by_what_it_says_now(app: App, bob: Actor) -> None:
    key = await add_call(app, "Polarimetrie", due(days(9)))
    async with app.db.writing() as session:
        call = await session.get(GrantCall, key)
        assert call is not None
        call.title = call.code = "Holografie"
        await session.flush()
        await indexing.enter(session, [call])
    await bob.says("polarimetrie")
    assert listed(bob) == []
    await bob.says("holografie")
    assert listed(bob) == ["Holografie"]


async def test_what_nobody_has_indexed_is_indexed_soon(app: App, bob: Actor, wait: Wait) -> None:
    async with app.db.writing() as session:
        call = GrantCall(
            code="x",
            title="Polarimetrie",
            kind=Kind.NATIONAL,
            state=State.OPEN,
            stage=Stage.SENT,
            found_at=NOW,
            checked_at=NOW,
        )
        session.add(call)
    await bob.says("polarimetrie")
    assert listed(bob) == []
    await wait(timedelta(minutes=1))
    await bob.says("polarimetrie")
    assert listed(bob) == ["Polarimetrie"]


async def test_nothing_found_leads_to_the_list(bob: Actor) -> None:
    await bob.says("výzva kvantová gravitace")
    assert "Nic jako „výzva kvantová gravitace“" in bob.screen
    assert "📣 Zeptat se členů anonymně" not in bob.buttons
    await bob.presses("💶 Výzvy")
    assert "Výzvy" in bob.screen


@pytest.mark.postgres
async def test_inline_calls_come_after_instruments(app: App, bob: Actor, ann: Actor) -> None:
    await seed.demo(app.db, NOW)
    titles = list(await asked(bob, "fotonika"))
    assert "Materiály pro fotoniku (RIA)" in titles
    only = await asked(bob, "výzva fotonika")
    assert {result["id"].partition("-")[0] for result in only.values()} == {"call"}
    result = only["Materiály pro fotoniku (RIA)"]
    query = max(bob.phone.sandbox.inline_queries, key=int)
    sent = bob.phone.picks(query, result["id"])
    assert "shoda" not in sent["text"]
    (button,) = sent["reply_markup"]["inline_keyboard"][0]
    assert button["text"] == "💶 Otevřít výzvu"
    await ann.follows(button["url"])
    assert "Materials for photonics (RIA)" in ann.screen


async def test_inline_pages_go_on_from_one_feature_to_the_next(app: App, bob: Actor) -> None:
    for number in range(70):
        await add_call(app, f"Polarimetrie {number}", due(days(9)))
    first = await asked(bob, "polarimetrie")
    second = await asked(bob, "polarimetrie", f"1.{PAGE}")
    assert (len(first), len(second)) == (PAGE, 20)
    assert not set(first) & set(second)


@pytest.mark.parametrize("offset", ["9.0", "1.x", "x.1", "-1.5", "1.99999", "..", "1."])
async def test_inline_nonsense_gets_an_answer(app: App, bob: Actor, offset: str) -> None:
    await add_call(app, "Polarimetrie", due(days(9)))
    assert set(await asked(bob, "polarimetrie", offset)) <= {"Polarimetrie"}
    assert set(await asked(bob, "výzva", offset)) <= {"Polarimetrie"}
