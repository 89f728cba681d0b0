"""What is seen of the runtime: rows, and messages in chats."""

from collections.abc import Awaitable, Callable, Sequence

import pytest
from sqlmodel import col, select

from bot.app import App
from storage.outbox import Call, Outbox, Priority, owe
from tests.actors import Actor

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


@pytest.fixture
def rows(app: App) -> Rows:
    """The outbox as it is now, oldest first."""

    async def rows() -> Sequence[Outbox]:
        async with app.db.reading() as session:
            return (await session.exec(select(Outbox).order_by(col(Outbox.id)))).all()

    return rows
