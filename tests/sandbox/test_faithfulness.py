"""Every method against Telegram's own description: right calls, wrong ones, all encodings."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import ClientSession

from bot.sandbox import request
from bot.sandbox.people import Person
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.server import serve
from tests.sandbox.conftest import ANN, BOB, TOKEN
from tests.sandbox.right_calls import FILES, Stage, world
from tests.sandbox.right_wares import CLUB
from tests.sandbox.spec import METHODS, TYPES, faults, named_types, required, structured

ALL = sorted(METHODS)
# An empty address removes the webhook.
HARMLESS = {"setWebhook": "url"}
MISSING = {
    "chat_id": "chat_id is empty",
    "from_chat_id": 'parameter "from_chat_id" is required',
    "text": "message text is empty",
    "message_ids": "message identifiers are not specified",
    "user_id": "invalid user_id specified",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "inline_query_id": "query is too old and response timeout expired or query ID is invalid",
    "file_id": "file_id not specified",
    "latitude": "latitude is empty",
    "longitude": "longitude is empty",
    "phone_number": "wrong phone number specified",
    "commands": "expected an Array of BotCommand",
    "options": "expected an Array of String as options",
    "action": "wrong parameter action in request",
    "permissions": "object expected as permissions",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
}
# What the sandbox does not look into, or Telegram only with something else.
UNREAD = {
    "allowed_updates": ("getUpdates", "setWebhook"),
    "caption_entities": ("copyMessage",),
    "correct_option_ids": ("sendPoll",),
    "country_codes": ("sendPoll",),
    "explanation_entities": ("sendPoll",),
    "explanation_media": ("sendPoll",),
    "suggested_post_parameters": ALL,
}


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox(world())


@pytest.fixture
def stage(sandbox: Sandbox) -> Stage:
    return Stage(sandbox)


async def _call(stage: Stage, method: str, params: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    return await stage.sandbox.call(TOKEN, method, params, dict(FILES))


def test_the_description_and_the_sandbox_name_the_same_methods() -> None:
    assert {name.lower() for name in METHODS} == request.METHODS.keys()
    assert named_types() <= TYPES.keys()


@pytest.mark.parametrize("method", ALL)
async def test_the_answer_to_a_right_call_is_as_described(stage: Stage, method: str) -> None:
    status, body = await _call(stage, method, await stage.params(method))
    assert (status, body.get("description", "")[:3]) in ((200, ""), (200, "Web"))
    assert list(faults(body["result"], METHODS[method]["returns"])) == []


@pytest.mark.parametrize(
    ("method", "name"), [(method, name) for method in ALL for name in required(method)]
)
async def test_what_is_required_is_missed(stage: Stage, method: str, name: str) -> None:
    right = await stage.params(method)
    status, body = await _call(stage, method, {key: right[key] for key in right if key != name})
    assert status == (200 if HARMLESS.get(method) == name else 400), body
    assert MISSING.get(name, "") in body.get("description", "")


@pytest.mark.parametrize(
    ("method", "name"),
    [
        (method, name)
        for method in ALL
        for name in structured(method)
        if method not in UNREAD.get(name, ())
    ],
)
@pytest.mark.parametrize("wrong", ["{", "7"])
async def test_a_structure_of_the_wrong_type_is_refused(
    stage: Stage, method: str, name: str, wrong: str
) -> None:
    status, body = await _call(stage, method, {**await stage.params(method), name: wrong})
    assert status == 400, body


@pytest.mark.parametrize("method", ALL)
async def test_numbers_and_structures_come_as_text_too(stage: Stage, method: str) -> None:
    right = await stage.params(method)
    as_text = {name: _as_text(value) for name, value in right.items()}
    status, body = await _call(stage, method, as_text)
    assert status == 200, body


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


@pytest.fixture
async def opened() -> AsyncIterator[Callable[[], Any]]:
    """Servers of fresh worlds, one after another."""
    async with asyncio.TaskGroup() as group:
        started = []

        async def another() -> tuple[Stage, ClientSession]:
            stage = Stage(Sandbox(world()))
            ready: asyncio.Future[int] = asyncio.get_running_loop().create_future()
            serving = serve(stage.sandbox, "127.0.0.1", 0, page=False, ready=ready.set_result)
            task = group.create_task(serving)
            web = ClientSession(f"http://127.0.0.1:{await ready}")
            started.append((task, web))
            return stage, web

        yield another
        for task, web in started:
            await web.close()
            task.cancel()


async def test_four_encodings_give_the_same(opened: Callable[[], Any]) -> None:
    methods = ("getMe", "sendMessage", "sendPoll", "sendVenue", "setMyCommands", "getChat")
    answers = []
    for way in ("json", "data", "params", "multipart"):
        stage, web = await opened()
        for method in methods:
            params = {name: _as_text(one) for name, one in (await stage.params(method)).items()}
            form = aiohttp.FormData(params, default_to_multipart=True)
            body: dict[str, Any] = {"data": form} if way == "multipart" else {way: params}
            async with web.post(f"/bot{TOKEN}/{method}", **body) as answer:
                answers.append((method, _timeless(await answer.json())))
    first = answers[: len(methods)]
    assert answers == first * 4
    assert all(answer["ok"] for _, answer in first)


def _timeless(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _timeless(one) for name, one in value.items() if name != "date"}
    return [_timeless(one) for one in value] if isinstance(value, list) else value


async def test_updates_are_as_described(stage: Stage) -> None:
    kinds = ["chat_member", "message_reaction", "poll_answer", "poll", "inline_query", "message"]
    kinds += ["callback_query", "edited_message", "chat_join_request", "chosen_inline_result"]
    await stage.does("getUpdates", allowed_updates=kinds)
    ann, there = Person(stage.sandbox, ANN), Person(stage.sandbox, BOB, chat=CLUB)
    message = ann.says("hello")
    ann.edits("/help")
    await stage.press()
    await stage.does("sendPoll", chat_id=CLUB, question="?", options=["a"], is_anonymous=False)
    there.votes([0])
    there.reacts("👍")
    ann.reacts("❤", message["message_id"])
    query = await stage.query()
    await stage.does("answerInlineQuery", **query)
    ann.picks(query["inline_query_id"], "a")
    await stage.request()
    await stage.does("promoteChatMember", chat_id=CLUB, user_id=ANN, can_pin_messages=True)
    updates = await stage.does("getUpdates", offset=1)
    assert {name for update in updates for name in update} == {"update_id", *kinds}
    assert list(faults(updates, "Array of Update")) == []
