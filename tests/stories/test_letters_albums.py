"""Several pictures are one letter, or one answer: they all arrive, and are told of once."""

import pytest

from bot.app import App
from bot.sandbox.sandbox import Sandbox
from tests.actors import Actor
from tests.stories.announcing import PICTURE, Wait
from tests.stories.gathering import Gathering, open_pillar
from tests.stories.writing_letters import announces, heard, writes

AT_A_LOSS = "S tímhle si neporadím"


def pictures(who: Actor) -> int:
    """That the bot has brought them."""
    return sum("photo" in each for each in who.messages if each["from"]["is_bot"])


def told(who: Actor, words: str) -> int:
    return sum(words in each for each in who.heard)


async def test_an_album_is_one_letter(manager: Actor, bob: Actor) -> None:
    await bob.says("/pomoc")
    await bob.presses("✉️ Napsat manažerovi")
    await bob.uploads_album(3, PICTURE, "Tři pohledy")
    assert pictures(manager) == 3
    assert told(bob, "Předáno") == 1
    assert told(bob, AT_A_LOSS) == 0
    newest = manager.messages[-1]["message_id"]
    await manager.says("/sprava")
    assert "✉️ Zprávy (1)" in manager.buttons
    manager.phone.says("Pěkné.", reply_to=newest)
    await manager.app.settle()
    await manager.says("/sprava")
    assert "✉️ Zprávy (1)" not in manager.buttons


async def test_an_album_back_to_an_announcement(manager: Actor, bob: Actor, wait: Wait) -> None:
    await announces(manager, wait)
    announcement = heard(bob, "Zítra je volno.")["message_id"]
    await bob.uploads_album(2, PICTURE, "Z loňska", announcement)
    assert pictures(manager) == 2
    assert (told(bob, "Předáno"), told(bob, AT_A_LOSS)) == (1, 0)


@pytest.mark.postgres
async def test_an_album_is_one_answer(manager: Actor, bob: Actor) -> None:
    await writes(bob, "Jak to tam vypadá?")
    await manager.presses("✍️ Odpovědět")
    await manager.uploads_album(3, PICTURE, "Takhle")
    assert pictures(bob) == 3
    assert bob.messages[-3]["caption"] == "✉️ Odpověď manažera\n\nTakhle"
    assert (told(manager, "Odesláno"), told(manager, AT_A_LOSS)) == (1, 0)


async def test_an_album_in_reply_is_one_answer(manager: Actor, bob: Actor) -> None:
    await writes(bob, "Jak to tam vypadá?")
    letter = heard(manager, "Jak to tam")["message_id"]
    await manager.uploads_album(2, PICTURE, "Takhle", letter)
    assert pictures(bob) == 2
    assert told(manager, "Odesláno") == 1
    assert told(bob, "Odpověď manažera") == 1
    await manager.uploads("plan.pdf", b"%PDF", caption="To je něco jiného")
    assert bob.messages[-1].get("document") is None


async def test_an_album_from_the_forum(
    app: App, sandbox: Sandbox, manager: Actor, bob: Actor
) -> None:
    await open_pillar(app)
    forum = Gathering(app, sandbox)
    forum.found(is_forum=True)
    await forum.add_bot(manager)
    await manager.presses("✉️ Zprávy manažerovi")
    await writes(bob, "Jak to tam vypadá?")
    letter = next(each for each in forum.chat.messages.values() if "✉️" in str(each.body))
    there = forum.inside(manager, letter.body["message_thread_id"])
    await there.uploads_album(2, PICTURE, "Takhle", letter.id)
    assert pictures(bob) == 2
    assert sum("Odesláno" in each for each in forum.said) == 1
