"""What is old is forgotten in portions, the oldest first."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.app import App
from storage import forgetting, inbox, outbox
from storage.inbox import Inbox
from storage.inbox import State as Received
from storage.outbox import Call

MONTH = timedelta(days=30)


@pytest.mark.postgres
async def test_updates(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forgetting, "PORTION", 2)
    now = app.clock()
    async with app.db.writing() as session:
        for number in range(5):
            state = Received.DEAD if number == 0 else Received.DONE
            at = now - MONTH - timedelta(hours=5 - number) if number < 4 else now
            session.add(
                Inbox(update_id=number, lane=1, body="{}", state=int(state), received_at=at)
            )
    async with app.db.writing() as session:
        await inbox.prune(session, now - MONTH)
    assert await _left(app) == [0, 3, 4]
    async with app.db.writing() as session:
        await inbox.prune(session, now - MONTH)
    assert await _left(app) == [0, 4]


async def _left(app: App) -> list[int]:
    async with app.db.reading() as session:
        numbers = select(Inbox.update_id).order_by(col(Inbox.update_id))
        return list((await session.exec(numbers)).all())


@pytest.mark.postgres
async def test_messages(app: App) -> None:
    """What has not left is no older for that."""
    now = app.clock()
    async with app.db.writing() as session:
        await outbox.owe(session, [Call("sendMessage", 1, {}, dedup="waits")], now - 2 * MONTH)
        await outbox.prune(session, now)
    async with app.db.reading() as session:
        assert await outbox.ended(session, "waits") is not None
