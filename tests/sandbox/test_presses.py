"""Buttons: what a press brings to the bot, and what the answer shows."""

from datetime import timedelta

import pytest

from bot.sandbox.clock import Clock
from bot.sandbox.people import Person
from tests.sandbox.conftest import ANN, Call

KEYBOARD = {
    "inline_keyboard": [
        [{"text": "Go", "callback_data": "go:1"}],
        [{"text": "Join", "url": "https://t.me/ray_bot?start=join"}],
        [{"text": "Site", "url": "https://example.org"}],
    ]
}


async def test_a_press_and_its_answer(call: Call, ann: Person) -> None:
    await call("sendMessage", chat_id=ANN, text="x", reply_markup=KEYBOARD)
    query_id = ann.presses("Go")
    query = (await call("getUpdates"))[0]["callback_query"]
    assert (query["id"], query["data"]) == (query_id, "go:1")
    assert query["message"]["text"] == "x"
    await call("answerCallbackQuery", callback_query_id=query_id, text="Done", show_alert=True)
    assert (ann.toast, ann.alert) == ("Done", True)


async def test_answers_that_come_too_late_or_say_too_much(
    call: Call, ann: Person, clock: Clock
) -> None:
    await call("sendMessage", chat_id=ANN, text="x", reply_markup=KEYBOARD)
    query_id = ann.presses("Go")
    long = await call("answerCallbackQuery", callback_query_id=query_id, text="x" * 201)
    assert long == "Bad Request: MESSAGE_TOO_LONG"
    clock.advance(timedelta(seconds=151))
    late = await call("answerCallbackQuery", callback_query_id=query_id)
    assert late.startswith("Bad Request: query is too old and response timeout expired")
    assert await call("answerCallbackQuery", callback_query_id="1") == late


async def test_links_reply_keyboards_and_buttons_that_are_not_there(
    call: Call, ann: Person
) -> None:
    menu = {"keyboard": [["Events", {"text": "Help"}]], "resize_keyboard": True}
    await call("sendMessage", chat_id=ANN, text="menu", reply_markup=menu)
    await call("sendMessage", chat_id=ANN, text="x", reply_markup=KEYBOARD)
    ann.presses("Join")
    ann.presses("Events")
    updates = await call("getUpdates")
    assert [u["message"]["text"] for u in updates] == ["/start join", "Events"]
    with pytest.raises(LookupError, match="tells the bot nothing"):
        ann.presses("Site")
    with pytest.raises(LookupError, match="no button 'Nowhere'"):
        ann.presses("Nowhere")
    ann.presses_data("old:shape")
    assert (await call("getUpdates"))[-1]["callback_query"]["data"] == "old:shape"
