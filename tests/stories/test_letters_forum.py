"""Letters come to a forum of the team, where each organisation has its topic."""

from datetime import timedelta

import pytest

from bot.app import App
from bot.sandbox.sandbox import Sandbox
from handlers.links import LinkDesk, ListLetters
from storage import letters as store
from storage.letters import Letter
from storage.people import by_telegram
from tests.actors import Actor
from tests.conftest import NOW
from tests.stories.afterwards import Wait
from tests.stories.announcing import PICTURE
from tests.stories.gathering import CLUB, Gathering, open_pillar
from tests.stories.writing_letters import writes


@pytest.fixture
async def forum(app: App, sandbox: Sandbox, manager: Actor) -> Gathering:
    await open_pillar(app)
    gathering = Gathering(app, sandbox)
    gathering.found(is_forum=True)
    await gathering.add_bot(manager)
    await manager.presses("✉️ Zprávy manažerovi")
    assert "Zprávy teď chodí do skupiny Optika & spol." in manager.screen
    return gathering


def topic_of(forum: Gathering, name: str) -> int:
    return next(key for key, each in forum.chat.topics.items() if each.name == name)


async def replies_there(forum: Gathering, who: Actor, to: str, text: str, topic: int) -> None:
    newest = [each for each in forum.chat.messages.values() if to in each.body.get("text", "")][-1]
    forum.inside(who, topic).phone.says(text, reply_to=newest.id)
    await forum.app.settle()


@pytest.mark.postgres
async def test_a_topic_for_each_organisation(
    forum: Gathering, manager: Actor, bob: Actor, eve: Actor, guest: Actor
) -> None:
    before = len(manager.heard)
    await writes(bob, "Kdy bude schůze?")
    await writes(eve, "When is the meeting?")
    await writes(bob, "A kde?")
    ours, theirs = topic_of(forum, "Ukázková optika"), topic_of(forum, "Sklo a čočky")
    there = [
        (each.body.get("message_thread_id"), each.body["text"].splitlines()[-1])
        for each in forum.chat.messages.values()
        if "✉️" in each.body.get("text", "")
    ]
    assert there == [
        (ours, "Kdy bude schůze?"),
        (theirs, "When is the meeting?"),
        (ours, "A kde?"),
    ]
    assert len(manager.heard) == before
    await guest.says("/start")
    await writes(guest, "Jak se stát členem?")
    assert "✉️ Hana Hostová, host" in forum.said[-1]
    assert len([each for each in forum.chat.topics.values() if each.name != "General"]) == 2


async def test_an_answer_from_the_forum(forum: Gathering, manager: Actor, bob: Actor) -> None:
    await writes(bob, "Kdy bude schůze?")
    topic = topic_of(forum, "Ukázková optika")
    await replies_there(forum, manager, "Kdy bude schůze?", "V pondělí.", topic)
    assert bob.screen == "✉️ Odpověď manažera\n\nV pondělí."
    assert forum.said[-1] == "✅ Odesláno. Komu: Bořek Člen."
    await manager.presses_data(ListLetters().pack())
    assert "nečeká žádná zpráva" in manager.screen


async def test_an_answer_is_put_right(forum: Gathering, manager: Actor, bob: Actor) -> None:
    await writes(bob, "Kdy bude schůze?")
    topic = topic_of(forum, "Ukázková optika")
    await replies_there(forum, manager, "Kdy bude schůze?", "V pondělí.", topic)
    await forum.inside(manager, topic).edits("V úterý.")
    assert bob.screen == "✉️ Odpověď manažera\n\nV úterý."
    assert forum.said[-1] == "✏️ Opraveno i u toho, komu odpověď přišla: Bořek Člen."
    await forum.inside(manager, topic).edits("x" * 4090)
    assert "příliš dlouhá" in forum.said[-1]
    assert bob.screen.endswith("V úterý.")


async def test_the_assistant_answers_too_and_is_told_who_was_first(
    forum: Gathering, manager: Actor, assistant: Actor, bob: Actor
) -> None:
    await forum.add(assistant)
    await writes(bob, "Kdy?")
    topic = topic_of(forum, "Ukázková optika")
    await replies_there(forum, manager, "Kdy?", "V pondělí.", topic)
    await replies_there(forum, assistant, "Kdy?", "V 9 hodin.", topic)
    assert "V 9 hodin." in bob.screen
    assert "Dřív než vy na zprávu odpověděl(a) Marie Manažerová" in forum.said[-1]


async def test_a_stranger_in_the_forum_answers_nobody(
    forum: Gathering, manager: Actor, bob: Actor, ann: Actor, guest: Actor
) -> None:
    """Neither a member, nor somebody whom the bot has never met."""
    await writes(bob, "Kdy?")
    topic, before = topic_of(forum, "Ukázková optika"), len(bob.heard)
    for stranger in (ann, guest):
        await forum.add(stranger)
        await replies_there(forum, stranger, "Kdy?", "Nikdy!", topic)
        assert "Na zprávy odpovídá jen tým klastru" in forum.said[-1]
    assert len(bob.heard) == before


async def test_talk_in_the_forum_stays_there(forum: Gathering, manager: Actor, bob: Actor) -> None:
    await writes(bob, "Kdy?")
    before = len(bob.heard), len(forum.said)
    topic = topic_of(forum, "Ukázková optika")
    await forum.inside(manager, topic).says("Co s tím?")
    assert (len(bob.heard), len(forum.said)) == before


async def test_files_come_to_the_topic(forum: Gathering, manager: Actor, bob: Actor) -> None:
    await bob.says("/pomoc")
    await bob.presses("✉️ Napsat manažerovi")
    await bob.uploads("foto.png", PICTURE, "photo", "Náš stánek")
    newest = list(forum.chat.messages.values())[-1].body
    assert newest["caption"] == "✉️ Bořek Člen, Ukázková optika\n\nNáš stánek"
    assert newest["message_thread_id"] == topic_of(forum, "Ukázková optika")


async def test_a_deleted_topic_loses_nothing(
    app: App, forum: Gathering, manager: Actor, bob: Actor, wait: Wait
) -> None:
    """The letter comes in private; for the next one a new topic is opened."""
    await writes(bob, "První.")
    del forum.chat.topics[topic_of(forum, "Ukázková optika")]
    await writes(bob, "Druhá.")
    assert not any("Druhá." in each for each in manager.heard)
    await wait(timedelta(minutes=1))
    assert "Druhá." in manager.screen
    await wait(timedelta(minutes=1))
    assert sum("Druhá." in each for each in manager.heard) == 1
    await writes(bob, "Třetí.")
    assert "Třetí." in forum.said[-1]


async def test_the_bot_is_removed_from_the_forum(
    app: App, forum: Gathering, manager: Actor, bob: Actor
) -> None:
    await forum.remove_bot(manager)
    told = [each for each in manager.heard if "už pracovat nemohu" in each]
    assert len(told) == 1
    await writes(bob, "Slyší mě někdo?")
    assert "Slyší mě někdo?" in manager.screen


async def test_the_bot_may_not_open_topics_any_more(
    app: App, forum: Gathering, manager: Actor, bob: Actor
) -> None:
    await forum.add_bot(manager, "can_manage_chat")
    assert "už pracovat nemohu" in manager.screen
    await writes(bob, "Slyší mě někdo?")
    assert "Slyší mě někdo?" in manager.screen


async def test_nobody_told_us_that_we_are_gone(
    app: App, forum: Gathering, manager: Actor, bob: Actor
) -> None:
    forum.chat.administrators.remove(forum.bot_id)
    await writes(bob, "Slyší mě někdo?")
    assert "Slyší mě někdo?" in manager.screen


async def test_a_topic_that_cannot_be_opened_holds_nothing_up(
    app: App, forum: Gathering, manager: Actor, bob: Actor, wait: Wait
) -> None:
    """Telegram was away for longer than an errand is tried."""
    async with app.db.writing() as session:
        me = await by_telegram(session, bob.id)
        assert me is not None
        payload = {"text": "Slyší mě někdo?"}
        letter = Letter(
            person_id=me.key, author_id=me.key, method="sendMessage", payload=payload, at=NOW
        )
        session.add(letter)
    await wait(timedelta(minutes=14))
    assert "Slyší mě někdo?" not in manager.screen
    await wait(timedelta(minutes=2))
    await wait(timedelta(minutes=2))
    assert sum("Slyší mě někdo?" in each for each in manager.heard) == 1


async def test_the_bot_does_not_leave_its_desk(forum: Gathering, wait: Wait) -> None:
    await wait(timedelta(days=2))
    assert forum.bot_id in forum.chat.people


async def test_only_a_forum_with_the_right_becomes_the_desk(
    app: App, sandbox: Sandbox, manager: Actor, assistant: Actor
) -> None:
    await open_pillar(app)
    gathering = Gathering(app, sandbox)
    gathering.found(is_forum=True)
    await gathering.add_bot(manager, "can_manage_chat")
    await manager.presses("✉️ Zprávy manažerovi")
    assert "kde smím spravovat témata" in (manager.toast or "")
    await assistant.says("/menu")
    await assistant.presses_data(LinkDesk(CLUB).pack())
    assert "nemáte oprávnění" in (assistant.toast or "")
    async with app.db.reading() as session:
        assert await store.desk(session) is None


async def test_the_forum_sees_what_was_answered_in_private(
    forum: Gathering, manager: Actor, bob: Actor, wait: Wait
) -> None:
    await writes(bob, "Kdy bude schůze?")
    await writes(bob, "A kde?")
    await manager.says("/sprava")
    await manager.presses("✉️ Zprávy (2)")
    assert "Nové chodí do skupiny Optika & spol." in manager.screen
    assert "👥 Posílat do skupiny týmu" not in manager.buttons
    await manager.presses("1. 3. Bořek Člen: Kdy bude schůze?")
    await manager.presses("✍️ Odpovědět")
    await manager.says("V pondělí.")
    below = [*forum.chat.messages.values()][-1].body
    assert below["text"] == "↪️ Marie Manažerová: V pondělí."
    assert below["reply_to_message"]["text"].endswith("Kdy bude schůze?")
    assert below["message_thread_id"] == topic_of(forum, "Ukázková optika")
    await manager.presses_data(ListLetters().pack())
    await manager.presses("1. 3. Bořek Člen: A kde?")
    await manager.presses("✔️ Vyřízeno")
    assert forum.said[-1] == "✔️ Bez odpovědi uzavřel(a) Marie Manažerová."


async def test_how_letters_come_to_a_group_is_explained(
    manager: Actor, assistant: Actor, bob: Actor
) -> None:
    await manager.says("/menu")
    await manager.presses_data(ListLetters().pack())
    assert "Nové vám přijdou sem do chatu." in manager.screen
    await manager.presses("👥 Posílat do skupiny týmu")
    assert "správce, který smí spravovat témata" in manager.screen
    assert "➕ Přidat mě do skupiny" in manager.buttons
    await manager.presses("◀ Zpět")
    assert "nečeká žádná zpráva" in manager.screen
    await assistant.says("/menu")
    await assistant.presses_data(ListLetters().pack())
    assert "👥 Posílat do skupiny týmu" not in assistant.buttons
