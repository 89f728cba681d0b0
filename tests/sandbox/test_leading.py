"""People who lead a group pin, let others in, and speak in its topics."""

from typing import Any

import pytest

from bot.sandbox.overview import messages_page, state
from bot.sandbox.people import Person
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.topics import GENERAL
from tests.sandbox.conftest import ANN, BOB, EVE, GROUP, TOKEN


@pytest.fixture
def leader(sandbox: Sandbox) -> Person:
    chat = sandbox.world.chats[GROUP]
    chat.is_forum = True
    chat.members.remove(42)
    chat.administrators.append(42)
    return Person(sandbox, BOB, GROUP)


@pytest.fixture
def member(sandbox: Sandbox) -> Person:
    return Person(sandbox, ANN, GROUP)


async def does(sandbox: Sandbox, method: str, **params: Any) -> Any:
    status, body = await sandbox.call(TOKEN, method, params)
    assert status == 200, body
    return body["result"]


async def seen_by(sandbox: Sandbox, person: int) -> dict[str, Any]:
    """The group as it stands in the state for somebody."""
    people = (await state(sandbox))["people"]
    chats = next(one["chats"] for one in people if one["id"] == person)
    found: dict[str, Any] = next(chat for chat in chats if chat["id"] == GROUP)
    return found


async def test_pins_of_people(sandbox: Sandbox, leader: Person, member: Person) -> None:
    first, second = member.says("one"), member.says("two")
    await does(sandbox, "getUpdates", offset=-1)
    for message in (first, second, second):
        leader.pins(message["message_id"])
    pinned = (await seen_by(sandbox, ANN))["pinned"]
    assert [message["text"] for message in pinned] == ["two", "one"]
    told = await does(sandbox, "getUpdates")
    heard = [update["message"]["pinned_message"]["text"] for update in told[-2:]]
    assert heard == ["one", "two"]
    leader.unpins(second["message_id"])
    chat = await does(sandbox, "getChat", chat_id=GROUP)
    assert chat["pinned_message"]["text"] == "one"


def test_who_may_not_pin(sandbox: Sandbox, leader: Person, member: Person, ann: Person) -> None:
    said = member.says("mine")["message_id"]
    with pytest.raises(PermissionError, match="may not pin"):
        member.pins(said)
    with pytest.raises(LookupError, match="not pinned"):
        leader.unpins(said)
    leader.pins(said)
    with pytest.raises(ValueError, match="somebody has said"):
        leader.pins(sandbox.world.chats[GROUP].last_message_id)
    ann.pins(ann.says("in private")["message_id"])
    assert ann.chat.pinned


async def test_requests_are_decided(sandbox: Sandbox, leader: Person, member: Person) -> None:
    link = await does(sandbox, "createChatInviteLink", chat_id=GROUP, creates_join_request=True)
    eve = Person(sandbox, EVE)
    eve.follows_invitation(link["invite_link"])
    assert [one["id"] for one in (await seen_by(sandbox, BOB))["requests"]] == [EVE]
    assert (await seen_by(sandbox, ANN))["requests"] == []
    with pytest.raises(PermissionError, match="let people in"):
        member.decides(EVE, admits=True)
    leader.decides(EVE, admits=False)
    assert not Person(sandbox, EVE, GROUP).is_there
    eve.follows_invitation(link["invite_link"])
    leader.decides(EVE, admits=True)
    assert Person(sandbox, EVE, GROUP).is_there
    with pytest.raises(LookupError, match="asks to come in"):
        leader.decides(EVE, admits=True)


async def test_topics_have_their_messages(
    sandbox: Sandbox, leader: Person, member: Person
) -> None:
    made = await does(sandbox, "createForumTopic", chat_id=GROUP, name="Lasers")
    thread = made["message_thread_id"]
    member.says("for all")
    member.says("of light", thread_id=thread)
    member.uploads("a.txt", b"abc")
    texts = [one.get("text") for one in messages_page(member, 0, 50, thread)["messages"]]
    assert texts == [None, "of light", None]
    texts = [one.get("text") for one in messages_page(member, 0, 50, GENERAL)["messages"]]
    assert texts == ["for all"]
    topics = (await seen_by(sandbox, ANN))["topics"]
    assert [(one["name"], one["may_write"]) for one in topics] == [
        ("General", True),
        ("Lasers", True),
    ]


async def test_a_closed_topic(sandbox: Sandbox, leader: Person, member: Person) -> None:
    made = await does(sandbox, "createForumTopic", chat_id=GROUP, name="Lasers")
    thread = made["message_thread_id"]
    await does(sandbox, "closeForumTopic", chat_id=GROUP, message_thread_id=thread)
    with pytest.raises(PermissionError, match="closed"):
        member.says("too late", thread_id=thread)
    assert leader.says("still", thread_id=thread)["message_thread_id"] == thread
    assert (await seen_by(sandbox, ANN))["topics"][1]["may_write"] is False
    with pytest.raises(LookupError, match="no such topic"):
        member.says("where", thread_id=77)


async def test_reading_is_told_once(sandbox: Sandbox, leader: Person, member: Person) -> None:
    leader.says("news")
    before = sandbox.events.last
    messages_page(member, 0, 1)
    messages_page(member, 0, 1)
    told = [event for _, event in sandbox.events.after(before)]
    assert told == [{"type": "read", "person_id": ANN, "chat_id": GROUP}]
