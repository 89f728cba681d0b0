"""What the page does in people's names beyond talking: votes, groups, inline, albums."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import ClientSession

from bot.sandbox.people import Person
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.server import serve
from tests.sandbox.conftest import ANN, BOB, EVE, TOKEN
from tests.sandbox.right_calls import ARTICLE, Stage, world
from tests.sandbox.right_wares import CLUB
from tests.sandbox.test_media import png


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox(world())


@pytest.fixture
def stage(sandbox: Sandbox) -> Stage:
    return Stage(sandbox)


@pytest.fixture
async def web(sandbox: Sandbox) -> AsyncIterator[ClientSession]:
    ready: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    async with asyncio.TaskGroup() as group:
        server = group.create_task(serve(sandbox, "127.0.0.1", 0, ready=ready.set_result))
        async with ClientSession(f"http://127.0.0.1:{await ready}") as session:
            yield session
        server.cancel()


async def _does(
    web: ClientSession, deed: str, person: int = ANN, **body: Any
) -> tuple[int, dict[str, Any]]:
    async with web.post(f"/sandbox/people/{person}/{deed}", json=body) as answer:
        return answer.status, await answer.json()


async def _state(web: ClientSession, place: int = 0) -> dict[str, Any]:
    async with web.get("/sandbox/state") as answer:
        person: dict[str, Any] = (await answer.json())["people"][place]
        return person


async def test_a_vote_and_the_end_of_a_poll(web: ClientSession, stage: Stage) -> None:
    poll = {"question": "When?", "options": ["Mon", "Tue"], "open_period": 60}
    sent = await stage.does("sendPoll", chat_id=ANN, **poll, is_anonymous=False)
    where = {"chat_id": ANN, "message_id": sent["message_id"]}
    _, voted = await _does(web, "vote", **where, option_ids=[1])
    assert (voted["chosen"], voted["poll"]["total_voter_count"]) == ([1], 1)
    assert (await _does(web, "vote", **where, option_ids=[0, 1]))[0] == 400
    await _does(web, "vote", **where, option_ids=[])
    async with web.post("/sandbox/clock", json={"advance": 61}) as answer:
        assert answer.status == 200
    status, refused = await _does(web, "vote", **where, option_ids=[0])
    assert (status, refused) == (400, {"error": "This poll is closed."})
    told = await stage.does("getUpdates")
    assert [update["poll_answer"]["option_ids"] for update in told if "poll_answer" in update] == [
        [1],
        [],
    ]
    assert told[-1]["poll"]["is_closed"] is True


async def test_a_reaction_is_seen_and_told(web: ClientSession, stage: Stage) -> None:
    await stage.does("getUpdates", allowed_updates=["message_reaction"])
    sent = await stage.does("sendMessage", chat_id=ANN, text="hi")
    where = {"chat_id": ANN, "message_id": sent["message_id"]}
    _, seen = await _does(web, "react", **where, emoji="👍")
    assert seen["reactions"] == [{"type": "emoji", "emoji": "👍", "by": ANN, "mine": True}]
    assert (await _does(web, "react", **where, emoji="x"))[0] == 400
    await _does(web, "react", **where, emoji="")
    given = [one["message_reaction"]["new_reaction"] for one in await stage.does("getUpdates")]
    assert given == [[{"type": "emoji", "emoji": "👍"}], []]
    heart = [{"type": "emoji", "emoji": "❤"}]
    before = stage.sandbox.events.last
    await stage.does("setMessageReaction", **where, reaction=heart)
    (_, event), *_ = stage.sandbox.events.after(before)
    assert (event["type"], event["message"]["reactions"][0]["mine"]) == ("edited", False)


async def test_joining_asking_and_leaving(web: ClientSession, stage: Stage) -> None:
    open_link = await stage.does("exportChatInviteLink", chat_id=CLUB)
    asking = await stage.does("createChatInviteLink", chat_id=CLUB, creates_join_request=True)
    _, asked = await _does(web, "join", EVE, link=asking["invite_link"])
    assert asked == {"chat_id": CLUB, "title": "Club", "asks": True}
    assert (await _does(web, "join", EVE, link=open_link))[1]["asks"] is False
    assert (await _does(web, "join", EVE, link="https://t.me/+none"))[0] == 404
    assert (await _does(web, "say", EVE, chat_id=CLUB, text="hello"))[0] == 200
    assert [chat["id"] for chat in (await _state(web, 2))["chats"]] == [EVE, CLUB]
    assert (await _does(web, "leave", EVE, chat_id=CLUB)) == (200, {})
    assert (await _does(web, "say", EVE, chat_id=CLUB, text="hello"))[0] == 404


async def test_who_may_not_write_is_told_so(web: ClientSession, stage: Stage) -> None:
    await stage.does("restrictChatMember", chat_id=CLUB, user_id=ANN, permissions={})
    refused = await _does(web, "say", chat_id=CLUB, text="hello")
    assert refused == (403, {"error": "You may not send text messages here."})


async def test_inline_from_the_query_to_the_edit(web: ClientSession, stage: Stage) -> None:
    _, asked = await _does(web, "inline", chat_id=CLUB, query="cake")
    update = (await stage.does("getUpdates"))[-1]["inline_query"]
    assert (update["query"], update["chat_type"]) == ("cake", "supergroup")
    keyboard = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    results = [{**ARTICLE, "reply_markup": keyboard}]
    start = {"switch_pm_text": "Sign in", "switch_pm_parameter": "in"}
    await stage.does("answerInlineQuery", inline_query_id=update["id"], results=results, **start)
    choice = {"chat_id": CLUB, "query_id": asked["query_id"], "result_id": "a"}
    _, sent = await _does(web, "inline/choose", **choice)
    assert (sent["text"], sent["via_bot"]["username"]) == ("hi", "ray_bot")
    Person(stage.sandbox, BOB, chat=CLUB).presses_data("go", sent["message_id"])
    updates = await stage.does("getUpdates")
    number = updates[-1]["callback_query"]["inline_message_id"]
    assert number in [
        one.get("chosen_inline_result", {}).get("inline_message_id") for one in updates
    ]
    edited = await stage.does("editMessageText", inline_message_id=number, text="eaten")
    assert edited is True
    assert Person(stage.sandbox, ANN, chat=CLUB).messages[-1]["text"] == "eaten"


async def test_no_inline_mode_unless_asked_for(web: ClientSession, sandbox: Sandbox) -> None:
    sandbox.world.bot.inline = False
    assert (await _does(web, "inline", query="x"))[0] == 404


async def test_an_album_and_a_picture_that_is_none(web: ClientSession, stage: Stage) -> None:
    form = aiohttp.FormData({"chat_id": str(ANN), "kind": "photo", "caption": "both"})
    for name in ("a.png", "b.png"):
        form.add_field("file", png(), filename=name, content_type="image/png")
    async with web.post(f"/sandbox/people/{ANN}/upload", data=form) as answer:
        first, second = await answer.json()
    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], "caption" in second) == ("both", False)
    assert "reply_to_message" not in first
    answered = str(first["message_id"])
    form = aiohttp.FormData({"chat_id": str(ANN), "kind": "photo", "reply_to": answered})
    form.add_field("file", png(), filename="c.png", content_type="image/png")
    async with web.post(f"/sandbox/people/{ANN}/upload", data=form) as answer:
        third = await answer.json()
    assert third["reply_to_message"]["message_id"] == first["message_id"]
    form = aiohttp.FormData({"chat_id": str(ANN), "kind": "photo"})
    form.add_field("file", b"no picture", filename="a.png", content_type="image/png")
    async with web.post(f"/sandbox/people/{ANN}/upload", data=form) as answer:
        told = await answer.json()
    assert (answer.status, told) == (400, {"error": "Bad Request: IMAGE_PROCESS_FAILED"})


async def test_the_list_of_chats(web: ClientSession, stage: Stage) -> None:
    await stage.does("setMyDescription", description="Hello")
    sent = await stage.does("sendPhoto", chat_id=CLUB, photo="attach://picture")
    await stage.does("pinChatMessage", chat_id=CLUB, message_id=sent["message_id"])
    person = await _state(web)
    private, club = person["chats"]
    assert person["chat"] == private
    assert (private["last"], private["pinned"]) == (None, [])
    assert [message["message_id"] for message in club["pinned"]] == [sent["message_id"]]
    assert (club["last"]["kind"], club["unread"]) == ("pinned_message", 2)
    assert person["welcome"] == {"description": "Hello", "short_description": ""}
    async with web.get(f"/sandbox/chats/{ANN}/{CLUB}"):
        pass
    assert (await _state(web))["chats"][1]["unread"] == 0
    assert (await _state(web, 1))["chats"][1]["unread"] == 2


async def test_the_newest_calls_and_the_query_of_a_toast(web: ClientSession, stage: Stage) -> None:
    answer = await stage.params("answerCallbackQuery")
    await stage.does("answerCallbackQuery", **answer)
    async with web.get("/sandbox/calls?limit=1") as calls:
        assert [call["method"] for call in await calls.json()] == ["answerCallbackQuery"]
    events = [event for _, event in stage.sandbox.events.after(0)]
    toast = next(event for event in events if event["type"] == "toast")
    assert toast["query_id"] == answer["callback_query_id"]


async def test_pins_topics_and_requests_by_the_page(web: ClientSession, stage: Stage) -> None:
    topic = (await stage.topic())["message_thread_id"]
    where = {"chat_id": CLUB, "thread_id": topic}
    _, said = await _does(web, "say", **where, text="in the topic")
    assert said["message_thread_id"] == topic
    message = {"chat_id": CLUB, "message_id": said["message_id"]}
    assert (await _does(web, "pin", **message))[0] == 403
    assert (await _does(web, "unpin", **message))[0] == 403
    decided = {"chat_id": CLUB, "user_id": EVE, "admits": True}
    assert (await _does(web, "decide", **decided))[0] == 403
    async with web.get(f"/sandbox/chats/{ANN}/{CLUB}?thread_id={topic}") as answer:
        page = await answer.json()
    assert [one["message_id"] for one in page["messages"]] == [topic, said["message_id"]]
    private = {"message_id": (await _does(web, "say", chat_id=ANN, text="mine"))[1]["message_id"]}
    assert await _does(web, "pin", chat_id=ANN, **private) == (200, {})
    assert await _does(web, "unpin", chat_id=ANN, **private) == (200, {})
    assert (await _does(web, "unpin", chat_id=ANN, **private))[0] == 404


async def test_the_clock_tells_what_comes_next(web: ClientSession, sandbox: Sandbox) -> None:
    async with web.get("/sandbox/clock") as answer:
        assert "next" not in await answer.json()
    due = sandbox.clock() + timedelta(hours=5)

    async def next_due() -> datetime | None:
        return due if due > sandbox.clock() else None

    sandbox.next_due = next_due
    async with web.get("/sandbox/state") as answer:
        assert (await answer.json())["next"] == due.isoformat()
    async with web.post("/sandbox/clock", json={"advance": 5 * 3600}) as answer:
        assert "next" not in await answer.json()


async def test_the_page_is_asked_for_only_once(web: ClientSession) -> None:
    for path in ("/", "/page/api.js"):
        async with web.get(path) as fresh:
            tag = fresh.headers["ETag"]
            assert (fresh.status, fresh.headers["Cache-Control"]) == (200, "no-cache")
        async with web.get(path, headers={"If-None-Match": tag}) as again:
            assert (again.status, await again.read()) == (304, b"")
    async with web.get("/") as index:
        (script,) = re.findall(r'src="(/page/\w{20}/app.js)"', await index.text())
    async with web.get(script) as kept:
        assert (kept.status, "immutable" in kept.headers["Cache-Control"]) == (200, True)
    async with web.get(script.replace(script.split("/")[2], "0" * 20)) as gone:
        assert gone.status == 404
    async with web.get("/page/../server.py") as outside:
        assert outside.status == 404


async def test_what_was_kept_is_there_again(tmp_path: Path, sandbox: Sandbox) -> None:
    memory = tmp_path / "sandbox.json"
    Person(sandbox, ANN).says("kept")
    sandbox.save(memory)
    again = Sandbox(world())
    ready: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    async with asyncio.TaskGroup() as group:
        serving = serve(again, "127.0.0.1", 0, memory=memory, ready=ready.set_result)
        server = group.create_task(serving)
        await ready
        server.cancel()
    assert Person(again, ANN).messages[0]["text"] == "kept"
    assert TOKEN in again.world.bots
