"""What is seen of the runtime: rows, and messages in chats."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from functools import partial

import pytest
from sqlmodel import col, select
from structlog.testing import capture_logs

from bot.app import App
from bot.config import Config, Storage
from bot.sandbox.people import Person
from bot.sandbox.sandbox import Sandbox
from storage.outbox import Call, Outbox, Priority, owe
from tests.actors import Actor
from tests.conftest import CAST
from tests.databases import Postgres
from tests.runtime.together import Together

ANN = CAST["ann"].id
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


@pytest.fixture
async def pair(together: Together) -> tuple[App, App]:
    """The first leads."""
    return await together.join(), await together.join()


@pytest.fixture
def phone(sandbox: Sandbox) -> Person:
    sandbox.world.users[ANN].started = True
    return Person(sandbox, ANN)


def texts(phone: Person) -> list[str]:
    return [str(each.get("text")) for each in phone.messages]


async def promised(app: App, text: str, *, priority: Priority, leaving: bool = False) -> None:
    """A message to Ann, in this replica's hand if it is `leaving`."""
    call = Call("sendMessage", ANN, {"text": text}, priority, f"t:{text}")
    async with app.db.writing() as session:
        number = app.replica.number
        await owe(session, [call], app.clock(), leaving=leaving, replica=number)


@pytest.fixture
def silent() -> Iterator[None]:
    with capture_logs():
        yield
