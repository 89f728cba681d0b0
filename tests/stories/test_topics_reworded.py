"""A topic gets other words while nobody else stands behind it; after that it stays as it is."""

import pytest

from bot.app import App
from storage.groups.topics import Progress
from tests.actors import Actor
from tests.stories.lobbying import WORDS, Lasers, begins, types

TOPIC = 1


@pytest.fixture
async def lasers(app: App, contact: Actor, ann: Actor, eve: Actor) -> Lasers:
    """Karel is the guarantor; Eve, of another organisation, is in the pillar."""
    await contact.says("/start")
    lasers = await Lasers(app).found(contact, [eve])
    await begins(ann, lasers)
    await types(ann)
    await ann.presses("✅ Put it forward")
    return lasers


@pytest.mark.postgres
async def test_its_author_finds_better_words(lasers: Lasers, ann: Actor) -> None:
    await ann.presses("✏️ Other words")
    await ann.presses("✏️ Matter")
    assert f"Now: {WORDS['issue']}" in ann.screen
    await ann.says("x" * 1001)
    assert "Your text has 1,001 characters and 1,000 fit here." in ann.screen
    await ann.says("A licence takes <eight> months.")
    assert "What is the matter\nA licence takes <eight> months." in ann.screen
    await ann.presses("✏️ Other words")
    await ann.presses("✏️ Evidence")
    await ann.presses("🗑 Leave it out")
    assert WORDS["evidence"] not in ann.screen


async def test_the_guarantor_does_and_the_author_hears_of_it(
    lasers: Lasers, ann: Actor, contact: Actor
) -> None:
    await contact.presses_data(f"pt:{TOPIC}")
    await contact.presses("✏️ Přeformulovat")
    await contact.presses("✏️ Název")
    await contact.says("Vývozní licence")
    assert "💡 Vývozní licence" in contact.screen
    assert "has put your topic Vývozní licence into other words." in ann.screen


async def test_what_is_supported_stays(lasers: Lasers, ann: Actor, eve: Actor) -> None:
    await ann.presses("✏️ Other words")
    await ann.presses("✏️ Title")
    await eve.says("/start")
    await eve.presses_data(f"pt.yes:{TOPIC}")
    await ann.says("Something else")
    assert "Others stand behind these words, so they stay." in ann.screen
    await ann.presses_data(f"pt:{TOPIC}")
    assert "💡 Export licences" in ann.screen
    assert "Write what is new as a comment." in ann.screen
    assert "✏️ Other words" not in ann.buttons
    await ann.presses_data(f"pt.ed:{TOPIC}")
    assert ann.alert


async def test_what_is_discussed_stays(lasers: Lasers, ann: Actor) -> None:
    key = await lasers.put(ann, "Customs", Progress.DISCUSSED)
    await ann.presses_data(f"pt:{key}")
    assert "✏️ Other words" not in ann.buttons
    await ann.presses_data(f"pt.ed.p:{key}:title")
    assert ann.alert


async def test_nobody_else_does(
    lasers: Lasers, ann: Actor, bob: Actor, eve: Actor, guest: Actor
) -> None:
    for who in (bob, eve, guest):
        await who.says("/start")
        for way in (f"pt.ed:{TOPIC}", f"pt.ed.p:{TOPIC}:title"):
            await who.presses_data(way)
            assert who.alert
    await ann.presses_data(f"pt.ed.p:{TOPIC}:progress")
    assert ann.alert
