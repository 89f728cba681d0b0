"""Who gets in: other machines, other sites, too much at once; and names meant to do harm."""

import asyncio
import json
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import ClientSession

from bot.sandbox import attachments, bodies, guard
from bot.sandbox.people import Person
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.server import app, serve
from bot.sandbox.world import Bot, User, World
from tests.sandbox.conftest import ANN, TOKEN, Call

HARMFUL = (
    "<script>alert(1)</script>",
    "'; DROP TABLE people; --",
    "\u202egnp.exe",
    "a\0b",
    "{{7*7}}${7*7}",
    "../../etc/passwd",
    "Ž" * 5000,
    "👩‍👩‍👧",
)


@pytest.fixture
async def web(sandbox: Sandbox) -> AsyncIterator[ClientSession]:
    ready: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    async with asyncio.TaskGroup() as group:
        server = group.create_task(serve(sandbox, "127.0.0.1", 0, ready=ready.set_result))
        async with ClientSession(f"http://127.0.0.1:{await ready}") as session:
            yield session
        server.cancel()


@pytest.mark.parametrize(
    ("headers", "complaint"),
    [
        ({"Host": "evil.example"}, "Forbidden: The sandbox is only for the machine it runs on."),
        ({"Host": "127.0.0.1.evil.example"}, "Forbidden: The sandbox is only for the machine"),
        ({"Host": "[::1"}, "Forbidden: The sandbox is only for the machine it runs on."),
        ({"Origin": "https://evil.example"}, "Forbidden: Other sites may not use the sandbox."),
        ({"Origin": "null"}, "Forbidden: Other sites may not use the sandbox."),
    ],
)
async def test_the_bot_api_is_not_for_other_sites(
    web: ClientSession, headers: dict[str, str], complaint: str
) -> None:
    for path in (f"/bot{TOKEN}/getMe", f"/file/bot{TOKEN}/photos/x"):
        async with web.get(path, headers=headers) as answer:
            assert answer.status == 403
            assert (await answer.json())["description"].startswith(complaint)


@pytest.mark.parametrize(("is_open", "status"), [(True, 200), (False, 403)])
async def test_another_machine_gets_in_only_when_we_are_open(
    sandbox: Sandbox, is_open: bool, status: int
) -> None:
    said: list[dict[str, int]] = []

    async def send(message: dict[str, int]) -> None:
        said.append(message)

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b""}

    scope = {
        "type": "http",
        "method": "GET",
        "path": f"/bot{TOKEN}/getMe",
        "query_string": b"",
        "headers": [(b"host", b"sandbox.lan:8081")],
    }
    await app(sandbox, is_open=is_open)(scope, receive, send)  # type: ignore[arg-type]
    assert said[0]["status"] == status


async def test_too_much_at_once(web: ClientSession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "MAX_UPLOAD", 1000)
    monkeypatch.setattr(bodies, "MAX_BODY", 2000)
    monkeypatch.setattr(guard, "MAX_BODY", 2000)
    for size, complaint in ((1500, "length is 1500"), (2500, "content length is")):
        form = aiohttp.FormData({"chat_id": str(ANN)})
        form.add_field("document", b"x" * size, filename="x.bin")
        async with web.post(f"/bot{TOKEN}/sendDocument", data=form) as answer:
            assert answer.status == 413
            description = (await answer.json())["description"]
        assert description.startswith("Request Entity Too Large: ")
        assert complaint in description
    form = aiohttp.FormData({"chat_id": str(ANN)})
    form.add_field("file", b"x" * 2500, filename="x.bin")
    async with web.post(f"/sandbox/people/{ANN}/upload", data=form) as answer:
        assert (answer.status, await answer.json()) == (413, {"error": "This is too large."})


async def test_harmful_names_and_texts_come_back_as_they_were(web: ClientSession) -> None:
    for text in HARMFUL[:-2]:
        said = {"chat_id": ANN, "text": text}
        async with web.post(f"/sandbox/people/{ANN}/say", json=said) as answer:
            assert (await answer.json())["text"] == text
            assert answer.headers["Content-Type"].startswith("application/json")
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for name in HARMFUL:
        form = aiohttp.FormData({"chat_id": str(ANN)})
        form.add_field("document", b"x", filename=name.replace("\0", "")[:200])
        async with web.post(f"/bot{TOKEN}/sendDocument", data=form) as answer:
            document = (await answer.json())["result"]["document"]
        assert "/" not in document["file_name"]
        async with web.get(f"/sandbox/files/{document['file_id']}") as answer:
            placed = answer.headers["Content-Disposition"]
            assert placed.startswith("attachment; filename*=UTF-8''")
            assert placed.isascii()
            assert answer.headers["Content-Type"] == "application/octet-stream"


async def test_a_world_of_harmful_names() -> None:
    people = [User(one, name, started=True) for one, name in enumerate(HARMFUL, 1)]
    sandbox = Sandbox(World([Bot(TOKEN)], people))
    for person in people:
        there = Person(sandbox, person.id)
        there.says("/start")
        params = {"chat_id": person.id, "text": f"Hello, {person.first_name[:99]}"}
        status, body = await sandbox.call(TOKEN, "sendMessage", params)
        assert (status, body["result"]["chat"]["first_name"]) == (200, person.first_name)
        assert "<script" not in there.html


async def test_what_is_not_text_is_refused(web: ClientSession, call: Call) -> None:
    refusal = "Bad Request: strings must be encoded in UTF-8"
    assert await call("sendMessage", chat_id=ANN, text="\ud83d") == refusal
    for body, kind in (
        (b"chat_id=%ff&text=%ff", "application/x-www-form-urlencoded"),
        (b"{", "application/json"),
        (b"[" * 100_000, "application/json"),
        (
            json.dumps({"chat_id": ANN, "text": "x", "entities": "[" * 99_999}).encode(),
            "application/json",
        ),
        (json.dumps({"chat_id": ANN, "text": {"a": 1}}).encode(), "application/json"),
        (b"--x\r\n", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
    ):
        headers = {"Content-Type": kind}
        async with web.post(f"/bot{TOKEN}/sendMessage", data=body, headers=headers) as answer:
            assert answer.status in (200, 400)
            assert "Internal" not in (await answer.text())
