"""What is seen of the runtime: rows, and messages in chats."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from functools import partial

import pytest
from sqlmodel import col, select

from bot.app import App
from bot.config import Config, Storage
from bot.sandbox.sandbox import Sandbox
from storage.outbox import Call, Outbox, Priority, owe
from tests.actors import Actor
from tests.databases import Postgres
from tests.runtime.together import Together

Owe = Callable[..., Awaitable[None]]
Rows = Callable[[], Awaitable[Sequence[Outbox]]]


@pytest.fixture
def promise(app: App) -> Owe:
    """`await promise(ann, "One", "Two")`: owe messages, a notice each unless said otherwise."""

    async def promise(
        to: Actor | int, *texts: str, priority: Priority = Priority.NOTICE, method: str = ""
    ) -> None:
        chat = to if isinstance(to, int) else to.id
        calls = [
            Call(method or "sendMessage", chat, {"text": text}, priority, f"t:{chat}:{text}")
            for text in texts
        ]
        async with app.db.writing() as session:
            await owe(session, calls, app.clock())

    return promise


async def stored(app: App) -> Sequence[Outbox]:
    """The outbox as it is now, oldest first."""
    async with app.db.reading() as session:
        return (await session.exec(select(Outbox).order_by(col(Outbox.id)))).all()


@pytest.fixture
def rows(app: App) -> Rows:
    return partial(stored, app)


@pytest.fixture
def shared_url(server: Postgres, postgres_template: str) -> Iterator[str]:
    url = server.copy(postgres_template)
    yield url
    server.drop(url)


@pytest.fixture
async def together(shared_url: str, config: Config, sandbox: Sandbox) -> AsyncIterator[Together]:
    shared = config.model_copy(update={"storage": Storage(url=shared_url)})
    replicas = Together(shared, sandbox)
    yield replicas
    await replicas.end()
