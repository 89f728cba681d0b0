"""Ruling a group: rights, restrictions that end, titles, permissions; and topics of a forum."""

from datetime import timedelta

import pytest

from bot.sandbox.clock import Clock
from bot.sandbox.people import Person
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import World
from tests.sandbox.conftest import ANN, BOB, Call
from tests.sandbox.right_calls import world as new_world
from tests.sandbox.right_wares import BOT_ID, CLUB

BAD = "Bad Request: "
ANN_THERE = {"chat_id": CLUB, "user_id": ANN}


@pytest.fixture(name="world")
def _world() -> World:
    return new_world()


@pytest.fixture
def clock(world: World) -> Clock:
    return world.clock


@pytest.fixture
def there(sandbox: Sandbox) -> Person:
    return Person(sandbox, ANN, chat=CLUB)


async def test_a_restriction_ends_by_itself(call: Call, there: Person, clock: Clock) -> None:
    until = clock.timestamp + 3600
    allowed = {"can_send_messages": True}
    await call("restrictChatMember", **ANN_THERE, permissions=allowed, until_date=until)
    member = await call("getChatMember", **ANN_THERE)
    assert (member["status"], member["until_date"], member["can_send_polls"]) == (
        "restricted",
        until,
        False,
    )
    there.says("words are allowed")
    with pytest.raises(PermissionError, match="stickers"):
        there.sends_other("sticker")
    clock.advance(timedelta(hours=1))
    there.sends_other("sticker")
    assert (await call("getChatMember", **ANN_THERE))["status"] == "member"


async def test_a_ban_ends_by_itself(call: Call, sandbox: Sandbox, clock: Clock) -> None:
    await call("banChatMember", **ANN_THERE, until_date=clock.timestamp + 60)
    link = await call("exportChatInviteLink", chat_id=CLUB)
    with pytest.raises(PermissionError):
        Person(sandbox, ANN).follows_invitation(link)
    clock.advance(timedelta(minutes=1))
    assert ANN in Person(sandbox, ANN).follows_invitation(link).people


async def test_promotion_title_and_back(call: Call) -> None:
    await call("promoteChatMember", **ANN_THERE, can_pin_messages=True)
    await call("setChatAdministratorCustomTitle", **ANN_THERE, custom_title="Chair")
    member = await call("getChatMember", **ANN_THERE)
    assert (member["status"], member["custom_title"]) == ("administrator", "Chair")
    assert (member["can_pin_messages"], member["can_invite_users"]) == (True, False)
    assert await call("banChatMember", **ANN_THERE) == f"{BAD}user is an administrator of the chat"
    await call("promoteChatMember", **ANN_THERE)
    assert (await call("getChatMember", **ANN_THERE))["status"] == "member"
    assert await call("promoteChatMember", chat_id=CLUB, user_id=BOB) == (
        f"{BAD}can't remove chat owner"
    )


async def test_a_bot_has_only_the_rights_it_was_given(call: Call, world: World) -> None:
    world.chats[CLUB].rights[BOT_ID] = {"can_manage_chat": True}
    for method, params, refusal in (
        (
            "banChatMember",
            {"user_id": ANN},
            "not enough rights to restrict/unrestrict chat member",
        ),
        ("exportChatInviteLink", {}, "not enough rights to manage chat invite link"),
        ("promoteChatMember", {"user_id": ANN}, "not enough rights"),
        ("createForumTopic", {"name": "x"}, "not enough rights to manage topics"),
    ):
        assert await call(method, chat_id=CLUB, **params) == BAD + refusal


async def test_permissions_bind_a_bot_that_is_a_mere_member(call: Call, world: World) -> None:
    club = world.chats[CLUB]
    await call("setChatPermissions", chat_id=CLUB, permissions={"can_send_photos": True})
    assert (await call("getChat", chat_id=CLUB))["permissions"]["can_send_messages"] is True
    await call("setChatPermissions", chat_id=CLUB, permissions={})
    club.administrators, club.members = [], [BOT_ID]
    assert await call("sendMessage", chat_id=CLUB, text="x") == (
        f"{BAD}not enough rights to send text messages to the chat"
    )


async def test_a_topic_from_its_beginning_to_its_end(
    call: Call, there: Person, world: World
) -> None:
    topic = (await call("createForumTopic", chat_id=CLUB, name="News"))["message_thread_id"]
    where = {"chat_id": CLUB, "message_thread_id": topic}
    sent = await call("sendMessage", **where, text="first")
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic, True)
    assert there.says("yes", reply_to=sent["message_id"])["message_thread_id"] == topic
    await call("closeForumTopic", **where)
    assert await call("closeForumTopic", **where) == f"{BAD}TOPIC_NOT_MODIFIED"
    with pytest.raises(PermissionError, match="closed"):
        there.says("too late", thread_id=topic)
    assert (await call("sendMessage", **where, text="an administrator may"))["text"]
    await call("deleteForumTopic", **where)
    assert await call("sendMessage", **where, text="x") == f"{BAD}message thread not found"
    assert list(world.chats[CLUB].messages) == []


async def test_what_rules_a_group_is_remembered(
    call: Call, sandbox: Sandbox, world: World, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("memory") / "sandbox.json"
    await call("promoteChatMember", **ANN_THERE, can_pin_messages=True)
    await call("createForumTopic", chat_id=CLUB, name="News")
    await call("sendPoll", chat_id=CLUB, question="?", options=["a"], open_period=600)
    sandbox.save(path)
    again = Sandbox(new_world())
    assert again.load(path)
    assert again.world.chats[CLUB] == world.chats[CLUB]
    assert len(again.timed_polls) == 1


async def test_a_bot_may_own_a_group(call: Call, world: World, there: Person) -> None:
    club = world.chats[CLUB]
    club.owner, club.administrators = BOT_ID, []
    there.says("heard by its owner")
    assert len(await call("getUpdates")) == 1
    assert await call("setChatTitle", chat_id=CLUB, title="Mine") is True
    assert (await call("exportChatInviteLink", chat_id=CLUB)).startswith("https://t.me/+")
