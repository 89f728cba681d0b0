"""The sandbox on a real socket: Bot API, control API, events, and who may not use them."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp import ClientSession

from bot.sandbox.clock import Clock
from bot.sandbox.faults import Fault
from bot.sandbox.people import Person
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.server import serve
from bot.sandbox.world import Bot, User, World
from tests.sandbox.conftest import ANN, EVE, TOKEN
from tests.sandbox.test_media import png


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    return tmp_path / "sandbox.json"


@pytest.fixture
async def web(sandbox: Sandbox, memory: Path) -> AsyncIterator[ClientSession]:
    ready: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    async with asyncio.TaskGroup() as group:
        server = group.create_task(
            serve(sandbox, "127.0.0.1", 0, memory=memory, ready=ready.set_result)
        )
        url = f"http://127.0.0.1:{await ready}"
        async with ClientSession(url) as session:
            yield session
        server.cancel()


async def _method(web: ClientSession, name: str, **how: object) -> tuple[int, dict[str, object]]:
    async with web.post(f"/bot{TOKEN}/{name}", **how) as answer:  # type: ignore[arg-type]
        return answer.status, await answer.json()


async def test_parameters_come_in_every_way(web: ClientSession, ann: Person) -> None:
    keyboard = json.dumps({"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]})
    fields = {"chat_id": str(ANN), "text": "čau", "reply_markup": keyboard}
    form = aiohttp.FormData(fields, default_to_multipart=True)
    ways: list[dict[str, object]] = [
        {"json": fields},
        {"data": fields},
        {"params": fields},
        {"data": form},
    ]
    for way in ways:
        status, body = await _method(web, "sendMessage", **way)
        assert (status, body["ok"]) == (200, True)
    assert [message["text"] for message in ann.messages] == ["čau"] * 4
    assert list(ann.buttons) == ["Go"]
    status, body = await _method(
        web, "sendMessage", data="[]", headers={"Content-Type": "application/json"}
    )
    assert body["description"] == "Bad Request: JSON object expected"
    async with web.get(f"/bot{TOKEN}/getMe") as answer:
        assert (await answer.json())["result"]["username"] == "ray_bot"
    async with web.get("/bot1:x/getMe") as answer:
        assert answer.status == 401


async def test_files_up_and_down(web: ClientSession) -> None:
    form = aiohttp.FormData({"chat_id": str(ANN)})
    form.add_field("document", b"a;b", filename="x.csv", content_type="text/csv")
    _, body = await _method(web, "sendDocument", data=form)
    file_id = body["result"]["document"]["file_id"]  # type: ignore[index]
    _, body = await _method(web, "getFile", json={"file_id": file_id})
    path = body["result"]["file_path"]  # type: ignore[index]
    async with web.get(f"/file/bot{TOKEN}/{path}") as answer:
        assert await answer.read() == b"a;b"
    async with web.get(f"/file/bot{TOKEN}/none") as answer:
        assert answer.status == 404
    async with web.get(f"/sandbox/files/{file_id}") as answer:
        assert answer.headers["Content-Disposition"].startswith(
            "attachment; filename*=UTF-8''x.csv"
        )
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_faults_of_the_network(web: ClientSession, sandbox: Sandbox, ann: Person) -> None:
    sandbox.faults = [Fault("sendMessage", "accept_then_cut", times=1)]
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await _method(web, "sendMessage", json={"chat_id": ANN, "text": "x"})
    assert ann.screen == "x"
    sandbox.faults = [Fault("sendMessage", "429", times=1, seconds=5)]
    async with web.post(f"/bot{TOKEN}/sendMessage", json={"chat_id": ANN}) as answer:
        assert (answer.status, answer.headers["Retry-After"]) == (429, "5")


async def test_a_conversation_through_the_page(web: ClientSession, sandbox: Sandbox) -> None:
    async with web.post(
        f"/sandbox/people/{ANN}/say", json={"chat_id": ANN, "text": "hi"}
    ) as answer:
        assert (await answer.json())["text"] == "hi"
    keyboard = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    message = {"chat_id": ANN, "text": "hello", "reply_markup": keyboard}
    _, sent = await _method(web, "sendMessage", json=message)
    async with web.get("/sandbox/state") as answer:
        person = (await answer.json())["people"][0]
    assert person["chat"]["unread"] == 1
    assert person["chat"]["last"]["text"] == "hello"
    async with web.get(f"/sandbox/chats/{ANN}/{ANN}?limit=1") as answer:
        page = await answer.json()
    assert (page["messages"][0]["text"], page["more"]) == ("hello", True)
    press = {"chat_id": ANN, "message_id": sent["result"]["message_id"], "data": "go"}  # type: ignore[index]
    async with web.post(f"/sandbox/people/{ANN}/press", json=press) as answer:
        assert "query_id" in await answer.json()
    async with web.post(f"/sandbox/people/{ANN}/press", json=press | {"message_id": 99}) as answer:
        assert (answer.status, await answer.json()) == (
            404,
            {"error": "There is no such message."},
        )
    form = aiohttp.FormData({"chat_id": str(ANN), "kind": "photo", "caption": "me"})
    form.add_field("file", png(), filename="me.png", content_type="image/png")
    async with web.post(f"/sandbox/people/{ANN}/upload", data=form) as answer:
        assert (await answer.json())["caption"] == "me"
    async with web.post(f"/sandbox/people/{EVE}/open", json={"start": "x"}) as answer:
        assert (await answer.json())["text"] == "/start x"
    async with web.post("/sandbox/clock", json={"advance": 3600}) as answer:
        assert (await answer.json())["shift"] == 3600
    _, body = await _method(web, "getUpdates")
    kinds = [list(update)[1] for update in body["result"]]  # type: ignore[attr-defined]
    assert kinds == ["message", "message", "message"]  # the press is an hour old
    async with web.get("/sandbox/calls?after=1") as answer:
        calls = await answer.json()
    assert [call["method"] for call in calls] == ["getUpdates"]
    assert TOKEN not in json.dumps(calls)


async def test_events_go_on_where_they_broke_off(web: ClientSession, sandbox: Sandbox) -> None:
    await _method(web, "sendChatAction", json={"chat_id": ANN, "action": "typing"})
    await _method(web, "sendMessage", json={"chat_id": ANN, "text": "x"})
    async with web.get("/sandbox/events", headers={"Last-Event-ID": "1"}) as stream:
        kinds = [(await _event(stream))["type"] for _ in range(3)]
        Person(sandbox, ANN).says("live")
        live = await _event(stream)
    assert kinds == ["call", "message", "call"]
    assert (live["type"], live["message"]["text"]) == ("message", "live")  # type: ignore[index]


async def _event(stream: aiohttp.ClientResponse) -> dict[str, object]:
    while True:
        line = (await stream.content.readline()).decode()
        if line.startswith("data: "):
            event: dict[str, object] = json.loads(line.removeprefix("data: "))
            return event


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Content-Type": "text/plain"}, 400),
        ({"Content-Type": "application/json"}, 200),
    ],
)
async def test_other_sites_stay_out(
    web: ClientSession, headers: dict[str, str], status: int
) -> None:
    sent = {"Content-Type": "application/json", **headers}
    async with web.post("/sandbox/clock", data='{"reset": true}', headers=sent) as answer:
        assert answer.status == status
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


async def test_what_is_said_is_kept_when_the_server_stops(
    sandbox: Sandbox, memory: Path, ann: Person, clock: Clock
) -> None:
    ready = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        server = group.create_task(
            serve(sandbox, "127.0.0.1", 0, memory=memory, ready=lambda port: ready.set())
        )
        await ready.wait()
        ann.says("kept")
        server.cancel()
    restarted = Sandbox(World([Bot(TOKEN)], [User(ANN, "Ann")], clock=clock))
    assert restarted.load(memory)
    assert Person(restarted, ANN).messages[0]["text"] == "kept"
