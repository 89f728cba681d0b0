"""Whoever is not Telegram gets nothing done through the webhook, and learns nothing."""

from collections.abc import AsyncIterator

import httpx
import pytest
from sqlmodel import func, select

from bot import service
from bot.app import App
from bot.config import Config
from bot.web.site import LIMIT, SECRET
from storage.inbox import Inbox
from tests.runtime.test_web import RIGHT, WORD
from tests.runtime.test_web import config as config

UPDATE = b'{"update_id": 1, "message": {}}'
NEARLY = [
    *(WORD[:length] for length in range(0, len(WORD), 7)),
    *(WORD[:place] + "x" + WORD[place + 1 :] for place in range(0, len(WORD), 5)),
    *(WORD.upper(), WORD.title(), f"{WORD}x", f"x{WORD}", f'"{WORD}"', WORD * 2, WORD[::-1]),
    *("null", "true", "0", "[]", "*", "%00", "' or ''='", WORD * 20_000),
]


@pytest.fixture
async def web(app: App, config: Config) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(service._site(app, WORD), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://bot.example.org") as web:
        yield web


async def kept(app: App) -> int:
    async with app.db.reading() as session:
        return (await session.exec(select(func.count()).select_from(Inbox))).one()


async def test_nearly_right_is_wrong(app: App, web: httpx.AsyncClient) -> None:
    for given in NEARLY:
        answer = await web.post("/telegram", content=UPDATE, headers={SECRET: given})
        assert (answer.status_code, answer.content) == (403, b"")
    assert await kept(app) == 0


@pytest.mark.parametrize("given", [b"\xff\xfe", "heslo-čj".encode(), WORD.encode() + b"\xa0"])
async def test_bytes_that_are_no_letters(given: bytes, app: App, web: httpx.AsyncClient) -> None:
    headers = [(SECRET.encode(), given)]
    answer = await web.post("/telegram", content=UPDATE, headers=headers)
    assert answer.status_code == 403
    assert await kept(app) == 0


async def test_elsewhere_it_does_not_count(app: App, web: httpx.AsyncClient) -> None:
    for path in (f"/telegram?secret_token={WORD}", f"/telegram?{SECRET}={WORD}"):
        assert (await web.post(path, content=UPDATE)).status_code == 403
    for headers in ({"Authorization": WORD}, {"Cookie": f"{SECRET}={WORD}"}, {"secret": WORD}):
        assert (await web.post("/telegram", content=UPDATE, headers=headers)).status_code == 403
    assert await kept(app) == 0


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"])
async def test_other_methods(method: str, app: App, web: httpx.AsyncClient) -> None:
    answer = await web.request(method, "/telegram", headers=RIGHT)
    assert answer.status_code == 405
    assert await kept(app) == 0


async def test_what_is_large_is_not_even_read_from_a_stranger(web: httpx.AsyncClient) -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        for _ in range(100):
            read += LIMIT
            yield b"x" * LIMIT

    answer = await web.post("/telegram", content=endless(), headers={SECRET: "wrong"})
    assert answer.status_code == 403
    assert read <= LIMIT
