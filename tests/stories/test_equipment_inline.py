"""Instruments in any chat: the bot's name, a few words, a tap."""

from typing import Any

import pytest

from bot import seed
from bot.app import App
from bot.domain.instruments import records
from bot.kit.inline import PAGE
from storage.instruments import Category, Offering
from storage.people import by_telegram
from tests.actors import Actor
from tests.conftest import NOW


@pytest.fixture(autouse=True)
async def catalogue(app: App) -> None:
    await seed.demo(app.db, NOW)


async def asked(reader: Actor, words: str, offset: str = "") -> dict[str, dict[str, Any]]:
    """Results by their titles."""
    query = reader.phone.asks_inline(words, offset)
    await reader.app.settle()
    answers = reader.phone.sandbox.inline_queries[query].answers.values()
    return {each.result["title"]: each.result for each in answers}


@pytest.mark.postgres
async def test_a_member_finds_what_members_see(bob: Actor) -> None:
    results = await asked(bob, "elipsometr")
    assert results["Laboratoř elipsometrie"]["description"] == "VŠB-TUO, Ostrava · Měření"


async def test_a_stranger_finds_what_is_public_and_is_not_written_down(
    app: App, guest: Actor
) -> None:
    assert "Laboratoř elipsometrie" not in await asked(guest, "elipsometr")
    assert "L3 HAPLS" in await asked(guest, "laser")
    async with app.db.reading() as session:
        assert await by_telegram(session, guest.id) is None


async def test_a_card_that_was_sent_opens_the_bot(bob: Actor, ann: Actor) -> None:
    results = await asked(bob, "bivoj")
    result = results["100J laser BIVOJ čerpaný diodami"]
    query = max(bob.phone.sandbox.inline_queries, key=int)
    sent = bob.phone.picks(query, result["id"])
    assert sent["text"].startswith("100J laser BIVOJ čerpaný diodami\nHiLASE")
    (button,) = sent["reply_markup"]["inline_keyboard"][0]
    assert button["text"] == "🔬 Otevřít kartu"
    await ann.follows(button["url"])
    assert "100 J diode-pumped laser BIVOJ" in ann.screen
    assert "💬 Ask the owner" in ann.buttons


async def test_english_readers_get_english_cards(ann: Actor) -> None:
    assert "Ellipsometry laboratory" in await asked(ann, "ellipsometer")


async def test_many_results_come_page_by_page(app: App, bob: Actor) -> None:
    rows = [
        {
            "name": f"Zkušební stolička {number}",
            "folded": f"zkusebni stolicka {number:03}",
            "kind": Offering.EQUIPMENT,
            "category": Category.METROLOGY,
            "owner": "Někdo",
            "source": "",
            "confidence": "stated",
        }
        for number in range(70)
    ]
    async with app.db.writing() as session:
        await records.add_many(session, rows, [()] * len(rows))
    first = await asked(bob, "stolička")
    second = await asked(bob, "stolička", str(PAGE))
    assert len(first) == PAGE
    assert len(second) == 20
    assert not set(first) & set(second)


@pytest.mark.parametrize("words", ["", "   ", "qqxyzw", "🤷", '" OR *', "x" * 256])
@pytest.mark.parametrize("offset", ["", "nonsense", "-5", "99999999999"])
async def test_nothing_and_nonsense_get_an_empty_answer(
    bob: Actor, words: str, offset: str
) -> None:
    assert await asked(bob, words, offset) == {}


@pytest.mark.parametrize("token", ["q", "q0", "qx", "q999999999", "q99999999999999999999"])
async def test_links_to_nothing_say_so(bob: Actor, token: str) -> None:
    await bob.says(f"/start {token}")
    assert bob.screen
    assert "🏠 Domů" in bob.buttons
