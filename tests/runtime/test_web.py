"""What is served over HTTP: the webhook takes what it has stored, and numbers tell the truth."""

import json
from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy.exc import OperationalError
from sqlmodel import col, select

from bot import service
from bot.app import App
from bot.config import Config, Telegram
from bot.web.site import LIMIT, SECRET
from handlers.workshops.card import SignUp
from storage.inbox import Inbox, State
from tests.actors import Actor
from tests.conftest import TOKEN
from tests.runtime.conftest import Owe

WORD = "a-secret-between-us-of-forty-letters-or-so"
RIGHT = {SECRET: WORD}


@pytest.fixture
def config(config: Config) -> Config:
    telegram = Telegram(
        token=SecretStr(TOKEN),
        mode="webhook",
        webhook_url="https://bot.example.org",
        webhook_secret=SecretStr(WORD),
    )
    return config.model_copy(update={"telegram": telegram})


@pytest.fixture
async def web(app: App) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(service._site(app, WORD), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://bot.example.org") as web:
        yield web


def update(ann: Actor, text: str = "/menu", update_id: int = 77) -> dict[str, Any]:
    user = ann.phone.user
    message = {"message_id": 1, "date": 0, "from": user.json, "chat": user.private_chat}
    return {"update_id": update_id, "message": {**message, "text": text}}


async def kept(app: App) -> list[tuple[int, str]]:
    async with app.db.reading() as session:
        query = select(Inbox.state, Inbox.body).order_by(col(Inbox.id))
        return list((await session.exec(query)).all())


@pytest.mark.postgres
async def test_an_update_is_taken_and_answered(
    app: App, web: httpx.AsyncClient, ann: Actor
) -> None:
    for _ in range(2):  # Telegram tells us again when it did not hear our answer
        answer = await web.post("/telegram", json=update(ann), headers=RIGHT)
        assert answer.status_code == 200
    await app.nursery.idle()
    assert len(ann.heard) == 1
    assert [state for state, _ in await kept(app)] == [State.DONE]


@pytest.mark.parametrize("headers", [{}, {SECRET: "another"}, {SECRET: WORD * 1000}])
async def test_who_does_not_know_the_secret_is_refused(
    headers: Mapping[str, str], app: App, web: httpx.AsyncClient, ann: Actor
) -> None:
    answer = await web.post("/telegram", json=update(ann), headers=headers)
    assert answer.status_code == 403
    assert await kept(app) == []


@pytest.mark.parametrize(("size", "status"), [(LIMIT, 200), (LIMIT + 1, 413)])
async def test_too_much_is_refused(
    size: int, status: int, app: App, web: httpx.AsyncClient
) -> None:
    answer = await web.post("/telegram", content=b"x" * size, headers=RIGHT)
    assert answer.status_code == status
    assert len(await kept(app)) == (status == 200)


@pytest.mark.postgres
@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"message": {}}', b'{"update_id": "7"}', b"\xff\x00\xfe", b"null"]
)
async def test_what_is_no_update_is_a_dead_letter(
    body: bytes, app: App, web: httpx.AsyncClient
) -> None:
    for _ in range(2):
        answer = await web.post("/telegram", content=body, headers=RIGHT)
        assert answer.status_code == 200
    assert [state for state, _ in await kept(app)] == [State.DEAD]


async def test_it_is_taken_only_once_it_is_stored(
    app: App, web: httpx.AsyncClient, ann: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OperationalError("insert", {}, OSError("database or disk is full"))

    with monkeypatch.context() as patch:
        patch.setattr("storage.inbox.store", full)
        answer = await web.post("/telegram", json=update(ann), headers=RIGHT)
        assert answer.status_code == 500
    assert (await web.post("/telegram", json=update(ann), headers=RIGHT)).status_code == 200
    assert [json.loads(body) for _, body in await kept(app)] == [update(ann)]


async def test_other_ways_lead_nowhere(web: httpx.AsyncClient) -> None:
    assert (await web.get("/telegram")).status_code == 405
    assert (await web.get("/")).status_code == 404


@pytest.mark.postgres
async def test_health(app: App, web: httpx.AsyncClient, ann: Actor, promise: Owe) -> None:
    await promise(ann, "One", "Two")
    answer = await web.get("/healthz")
    assert (answer.status_code, answer.json()["ok"], answer.json()["owed"]) == (200, True, 2)


async def test_health_without_a_database(
    app: App, web: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise OSError("the server is away")

    monkeypatch.setattr(app.db, "reading", away)
    answer = await web.get("/healthz")
    assert (answer.status_code, answer.json()["ok"]) == (503, False)


@pytest.mark.postgres
async def test_numbers(
    app: App, web: httpx.AsyncClient, ann: Actor, promise: Owe, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(*_: object) -> None:
        raise ZeroDivisionError

    await ann.says("/start")
    monkeypatch.setattr("bot.domain.workshops.sign_up", breaks)
    await ann.presses_data(SignUp(1).pack())
    await promise(ann, "One", "Two")
    numbers = (await web.get("/metrics")).text.splitlines()
    assert 'paprsek_updates_total{outcome="done"} 1.0' in numbers
    assert 'paprsek_updates_total{outcome="dead"} 1.0' in numbers
    assert 'paprsek_sends_total{method="sendMessage",state="sent"} 1.0' in numbers
    assert 'paprsek_waiting{box="outbox"} 2.0' in numbers
    assert 'paprsek_waiting{box="inbox"} 0.0' in numbers
    assert "paprsek_dead_letters 1.0" in numbers
