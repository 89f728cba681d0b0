"""Writing a topic: long texts are kept, everything can be changed before it is put forward."""

import pytest

from bot.app import App
from tests.actors import Actor
from tests.stories.lobbying import WORDS, Lasers, begins, types

SENTENCE = "A licence takes half a year. "


@pytest.fixture
async def lasers(app: App, contact: Actor) -> Lasers:
    return await Lasers(app).found(contact, [])


async def test_five_thousand_characters(ann: Actor, lasers: Lasers) -> None:
    """Telegram makes two messages of them."""
    text = SENTENCE * 173
    await begins(ann, lasers)
    await ann.says("Licences")
    await ann.says(text[:4096])
    await ann.says(text[4096:])
    assert "Please press one of the buttons first." in ann.screen
    assert (
        "Your text has 4,096 characters and 1,000 fit here. I have kept all of it." in ann.screen
    )
    assert "takes half a year.”" in ann.screen
    await ann.presses("✂️ Take the beginning")
    assert "3/5 Whom does it hit" in ann.screen
    for part in ("impact", "evidence", "wanted"):
        await ann.says(WORDS[part])
    await ann.presses("✅ Put it forward")
    assert (SENTENCE * 34).strip() in ann.screen
    assert SENTENCE * 35 not in ann.screen


async def test_a_long_text_is_shortened_by_its_author(bob: Actor, lasers: Lasers) -> None:
    await begins(bob, lasers)
    await bob.says("Licence")
    await bob.says("x" * 1001)
    await bob.presses("✏️ Zkrátím ho")
    assert "2/5 O co jde?" in bob.screen
    await bob.says("y" * 1002)
    assert "Váš text má 1\xa0002 znaků a vejde se jich sem 1\xa0000." in bob.screen
    await bob.says("Stručně.")
    assert "3/5 Koho se to týká" in bob.screen
    await bob.presses("Přeskočit")
    await bob.presses("Přeskočit")
    await bob.says(WORDS["wanted"])
    assert "O co jde\nStručně." in bob.screen
    assert "Dopad" not in bob.screen
    await bob.presses("✅ Podat")
    assert "O co jde\nStručně." in bob.screen


async def test_parts_are_rewritten_before_it_is_put(ann: Actor, lasers: Lasers) -> None:
    await begins(ann, lasers)
    await types(ann, impact="z" * 601)
    assert "Please press one of the buttons first." in ann.screen
    await ann.presses("✂️ Take the beginning")
    for part in ("evidence", "wanted"):
        await ann.says(WORDS[part])
    await ann.says("Yes, please")
    assert "Please press one of the buttons first." in ann.screen
    await ann.presses("✏️ Impact")
    assert "3/5 Whom does it hit" in ann.screen
    await ann.says("Everybody.")
    assert "Impact\nEverybody." in ann.screen
    await ann.presses("✏️ Title")
    await ann.says("A better\nname")
    await ann.presses("✅ Put it forward")
    assert "A better name" in ann.screen
    await ann.presses_data("pt.put.e:title")
    assert ann.toast == "This question has been answered already."
    await ann.presses_data("pt.put.e:nothing")
    assert ann.alert


async def test_answers_that_are_none(ann: Actor, lasers: Lasers) -> None:
    await begins(ann, lasers)
    await ann.says("x" * 121)
    assert "Your text has 121 characters and 120 fit here. It stays above" in ann.screen
    await ann.says("\u200b\u200b")
    assert "Please write a text of at most 120 characters." in ann.screen
    await ann.sends_other("sticker")
    assert "1/5" in ann.screen
    await ann.says("Title")
    await ann.sends_other("sticker")
    assert "Please write a text of at most 1,000 characters." in ann.screen
    await ann.presses("Cancel")
    assert "Topics: Lasers" in ann.screen
    await ann.presses_data("f.is:sure:yes")
    assert ann.toast == "This question has been answered already."


async def test_who_leaves_while_writing(ann: Actor, eve: Actor, app: App, contact: Actor) -> None:
    lasers = await Lasers(app).found(contact, [eve])
    await begins(eve, lasers)
    await types(eve)
    await lasers.leaves(eve)
    await eve.presses("✅ Put it forward")
    assert eve.toast == "This is for those who are in the pillar. Its card shows how to join."
    assert "A licence for an export of lasers" in eve.screen
