"""Updates come in: each is committed before anything else is done with it, and gets its lane."""

import asyncio
import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from bot.runtime.lanes import Lanes
from storage import inbox as store
from storage.database import Database


class Inbox:
    def __init__(self, db: Database, lanes: Lanes, clock: Callable[[], datetime]) -> None:
        self._db, self._lanes, self._clock = db, lanes, clock

    @property
    def in_hand(self) -> int:
        return self._lanes.in_hand

    @property
    def room(self) -> asyncio.Event:
        """While set, more updates may be asked for."""
        return self._lanes.room

    async def bury(self, body: bytes) -> None:
        """Keep what is no update, for somebody to look at."""
        number = -int.from_bytes(hashlib.sha256(body).digest()[:7])
        text = body.decode(errors="replace").replace("\0", "\N{REPLACEMENT CHARACTER}")
        row = self._row({"update_id": number}, text)
        async with self._db.writing() as session:
            await store.store(session, [{**row, "state": int(store.State.DEAD)}])

    async def receive(self, updates: Sequence[dict[str, Any]]) -> None:
        """Commit raw updates, then start on the new ones. Returns once they are safe."""
        rows = [self._row(update, _body(update)) for update in updates]
        async with self._db.writing() as session:
            arrivals = await store.store(session, rows)
        self._lanes.accept(arrivals)

    def _row(self, update: dict[str, Any], body: str) -> dict[str, Any]:
        return {
            "update_id": update["update_id"],
            "lane": lane(update),
            "body": body,
            "state": int(store.State.NEW),
            "attempts": 0,
            "received_at": self._clock(),
        }


def _body(update: dict[str, Any]) -> str:
    """As it came, but for halves of letters, which no database takes."""
    return json.dumps(update, ensure_ascii=False).encode(errors="replace").decode()


def lane(update: dict[str, Any]) -> int:
    """Whose order an update belongs to: the person's; in a group the chat's.

    Telegram adds new kinds of update without asking, so nothing is taken for granted here.
    """
    event = next((each for each in update.values() if isinstance(each, dict)), {})
    if "user_chat_id" in event:  # asks to join a group: of those, each by themselves
        return _number(_part(event, "from"))
    chat = _part(_part(event, "message") if "data" in event else event, "chat")
    if chat.get("type") in ("group", "supergroup", "channel"):
        return _number(chat)
    return _number(_part(event, "from") or _part(event, "user") or chat)


def _part(whole: dict[str, Any], name: str) -> dict[str, Any]:
    part = whole.get(name)
    return part if isinstance(part, dict) else {}


def _number(part: dict[str, Any]) -> int:
    number = part.get("id")
    return number if isinstance(number, int) and abs(number) < 2**63 else 0
