"""Sending, editing and deleting, and everything Telegram refuses."""

from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox.clock import Clock
from bot.sandbox.people import Person
from tests.sandbox.conftest import ANN, EVE, GROUP, Call

BAD = "Bad Request: "


async def test_a_message_is_seen_as_it_was_formatted(call: Call, ann: Person) -> None:
    sent = await call(
        "sendMessage", chat_id=ANN, text="<b>Hi &amp; hello</b> <i>🎉</i>", parse_mode="HTML"
    )
    assert ann.screen == "Hi & hello 🎉"
    assert ann.html == "<b>Hi &amp; hello</b> <i>🎉</i>"
    assert sent["entities"][1] == {"type": "italic", "offset": 11, "length": 2}
    assert sent["chat"] == {"id": ANN, "first_name": "Ann", "username": "ann", "type": "private"}


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "x" * 32_769}, "text is too long"),
        ({"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities: Can't find end tag"),
        ({"text": "x", "parse_mode": "RTF"}, "unsupported parse_mode"),
        ({"text": "x", "chat_id": ""}, "chat_id is empty"),
        ({"text": "x", "chat_id": 9}, "chat not found"),
        ({"text": "x", "chat_id": EVE}, "chat not found"),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"text": "x", "reply_markup": "[]"}, "object expected as reply markup"),
        ({"text": "x", "reply_parameters": {"message_id": 77}}, "message to be replied not found"),
        ({"text": "x", "message_thread_id": 5}, "message thread not found"),
        ({"text": "x", "entities": [{"type": "bold", "offset": 0, "length": 2}]}, "entity begin"),
    ],
)
async def test_refused_messages(call: Call, params: dict[str, Any], refusal: str) -> None:
    described = await call("sendMessage", **{"chat_id": ANN, **params})
    assert described.startswith(BAD + refusal)


@pytest.mark.parametrize(
    ("button", "refusal"),
    [
        ({"text": "x", "callback_data": "č" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "x"}, "can't parse inline keyboard button: Text buttons are unallowed"),
        ({"callback_data": "x"}, "can't parse inline keyboard button: Can't find field"),
        ({"text": " ", "callback_data": "x"}, "inline keyboard button text must be non-empty"),
        ({"text": "x", "url": "nowhere"}, "inline keyboard button URL 'nowhere' is invalid"),
        ({"text": "x", "web_app": {"url": "http://x.cz"}}, "inline keyboard button Web App URL"),
        ("x", "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
    ],
)
async def test_refused_buttons(call: Call, button: Any, refusal: str) -> None:
    markup = {"inline_keyboard": [[button]]}
    described = await call("sendMessage", chat_id=ANN, text="x", reply_markup=markup)
    assert described.startswith(BAD + refusal)


async def test_a_hundred_entities_and_not_one_more(call: Call) -> None:
    sent = await call("sendMessage", chat_id=ANN, text="<b>x</b> " * 120, parse_mode="HTML")
    assert len(sent["entities"]) == 100


async def test_an_edit_replaces_text_and_keyboard(call: Call, ann: Person) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    sent = await call("sendMessage", chat_id=ANN, text="one", reply_markup=keyboard)
    where = {"chat_id": ANN, "message_id": sent["message_id"]}
    same = await call("editMessageText", **where, text="one", reply_markup=keyboard)
    assert same.startswith(BAD + "message is not modified: specified new message content")
    await call("editMessageText", **where, text="two")
    assert (ann.screen, ann.buttons) == ("two", {})
    await call("editMessageReplyMarkup", **where, reply_markup=keyboard)
    assert list(ann.buttons) == ["Go"]
    assert len(ann.messages) == 1


async def test_what_cannot_be_edited(call: Call, ann: Person) -> None:
    mine = ann.says("mine")["message_id"]
    edit = {"chat_id": ANN, "text": "x"}
    assert (
        await call("editMessageText", **edit, message_id=mine) == f"{BAD}message can't be edited"
    )
    assert (
        await call("editMessageText", **edit, message_id=99) == f"{BAD}message to edit not found"
    )
    menu = {"keyboard": [[{"text": "Menu"}]]}
    sent = await call("sendMessage", chat_id=ANN, text="x", reply_markup=menu)
    edit["message_id"] = sent["message_id"]
    assert await call("editMessageText", **edit) == f"{BAD}message can't be edited"
    sent = await call("sendMessage", chat_id=ANN, text="x")
    edit["message_id"] = sent["message_id"]
    assert await call("editMessageText", **edit | {"text": "y" * 4097}) == f"{BAD}MESSAGE_TOO_LONG"
    assert (
        await call("editMessageText", **edit, reply_markup=menu)
        == f"{BAD}inline keyboard expected"
    )


async def test_deleting_within_two_days(call: Call, ann: Person, clock: Clock) -> None:
    mine = ann.says("mine")["message_id"]
    sent = await call("sendMessage", chat_id=ANN, text="x")
    assert await call("deleteMessage", chat_id=ANN, message_id=mine) is True
    clock.advance(timedelta(hours=49))
    late = await call("deleteMessage", chat_id=ANN, message_id=sent["message_id"])
    assert late == f"{BAD}message can't be deleted"
    gone = await call("deleteMessage", chat_id=ANN, message_id=mine)
    assert gone == f"{BAD}message to delete not found"
    assert await call("deleteMessages", chat_id=ANN, message_ids=[mine, 98, 99]) is True


async def test_blocking_and_coming_back(call: Call, ann: Person) -> None:
    await call("getUpdates", offset=-1)
    ann.blocks()
    refused = await call("sendMessage", chat_id=ANN, text="x")
    assert refused == "Forbidden: bot was blocked by the user"
    ann.says("/start")
    statuses = [
        update["my_chat_member"]["new_chat_member"]["status"]
        for update in await call("getUpdates")
        if "my_chat_member" in update
    ]
    assert statuses == ["kicked", "member"]
    await call("sendMessage", chat_id=ANN, text="welcome back")
    assert ann.screen == "welcome back"


async def test_strangers_must_write_first(call: Call, eve: Person, sandbox: Any) -> None:
    assert await call("sendMessage", chat_id=EVE, text="x") == f"{BAD}chat not found"
    sandbox.world.chats[GROUP].members.append(EVE)
    refused = await call("sendMessage", chat_id=EVE, text="x")
    assert refused == "Forbidden: bot can't initiate conversation with a user"
    eve.follows("https://t.me/ray_bot?start=abc")
    assert (await call("getUpdates"))[0]["message"]["text"] == "/start abc"
    await call("sendMessage", chat_id=EVE, text="hello")
    assert eve.screen == "hello"
    sandbox.world.users[EVE].deactivated = True
    assert await call("sendMessage", chat_id=EVE, text="x") == "Forbidden: user is deactivated"


async def test_copies_and_forwards(call: Call, ann: Person) -> None:
    original = await call("sendMessage", chat_id=ANN, text="secret", protect_content=True)
    copy = {"chat_id": GROUP, "from_chat_id": ANN, "message_id": original["message_id"]}
    assert (await call("forwardMessage", **copy)).endswith(
        "protected content and can't be forwarded"
    )
    said = ann.says("take this")
    forwarded = await call("forwardMessage", **copy | {"message_id": said["message_id"]})
    assert forwarded["forward_origin"]["sender_user"]["id"] == ANN
    copied = await call("copyMessage", **copy | {"message_id": said["message_id"]})
    assert list(copied) == ["message_id"]
    assert (
        await call("copyMessage", **copy | {"message_id": 99}) == f"{BAD}message to copy not found"
    )
