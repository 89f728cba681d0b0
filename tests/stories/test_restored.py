"""The database was put back from yesterday's copy: nothing leaves before a manager has said so."""

import pytest

from bot.app import App
from handlers.restored import SettleRestored
from storage import outbox, restored
from storage.outbox import Call, Priority
from tests.actors import Actor
from tests.conftest import CAST, NOW

WAITED = "Seminář začíná v 9:00."


async def put_back(app: App) -> None:
    """With a notice for Bořek that may have left, and an answer that nobody waits for any more."""
    bob = CAST["bob"].id
    notice = Call("sendMessage", bob, {"text": WAITED}, Priority.NOTICE, dedup="notice")
    answer = Call("sendMessage", bob, {"text": "Tady je menu."}, dedup="answer")
    async with app.db.writing() as session:
        await outbox.owe(session, [notice, answer], NOW)
        await restored.mark(session)
    await app.mind_a_restore()
    await app.settle()


@pytest.mark.postgres
async def test_the_manager_has_it_sent(app: App, manager: Actor, bob: Actor) -> None:
    await put_back(app)
    assert "obnovena ze zálohy" in manager.screen
    assert "čekala 1 zpráva" in manager.screen
    assert not bob.messages
    await manager.presses("Poslat všechny")
    assert "Odesílají se" in manager.screen
    await app.settle()
    assert bob.screen == WAITED


async def test_the_manager_has_it_dropped(app: App, manager: Actor, bob: Actor) -> None:
    await put_back(app)
    await manager.presses("Neposílat")
    await app.settle()
    assert not bob.messages


async def test_it_is_decided_once(app: App, manager: Actor, bob: Actor) -> None:
    await put_back(app)
    await manager.presses("Neposílat")
    await manager.presses_data(SettleRestored(1).pack())
    assert "už je rozhodnuto" in manager.screen
    assert not bob.messages


async def test_nobody_is_asked_twice_or_without_a_reason(app: App, manager: Actor) -> None:
    await put_back(app)
    asked = len(manager.messages)
    await app.mind_a_restore()
    await app.settle()
    assert len(manager.messages) == asked
