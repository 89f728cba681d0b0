"""What an update would come to, and who would be asked for what; then all of it is taken back.

So every update of a run meets the same things, however many there are.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from unittest.mock import patch

from sqlalchemy import event

import handlers
from bot.app import App
from bot.domain import rights
from bot.domain.refusals import Refusal
from bot.domain.rights import Action
from bot.kit.reception import Reception
from bot.sandbox.world import User
from storage.outbox import Call

WRITES = re.compile(r"\s*(?:insert into|update|delete from)\s+\"?(\w+)", re.IGNORECASE)
# How things come in and go out, and whom we have seen: nobody's right is needed for these.
OF_THE_HOUSE = frozenset(
    ("inbox", "outbox", "outbox_batch", "errand", "file", "person", "draft", "wrong_try", "audit")
)
GROUP = {"id": -1001234567890, "type": "supergroup", "title": "Optika"}
NUMBERS = count(1)
Json = dict[str, Any]


@dataclass
class Outcome:
    asked: dict[Action, bool] = field(default_factory=dict)  # whether any asking was let
    written: set[str] = field(default_factory=set)
    refusal: str = ""
    calls: list[Call] = field(default_factory=list)

    @property
    def changed(self) -> frozenset[str]:
        """The cluster's tables, unless all of it was taken back."""
        return frozenset() if self.refusal else frozenset(self.written - OF_THE_HOUSE)

    @property
    def was_let(self) -> bool:
        return any(self.asked.values())

    @property
    def answers(self) -> list[Call]:
        return [call for call in self.calls if call.method == "answerCallbackQuery"]


class _Back(Exception):
    pass


@dataclass
class Trial:
    app: App

    async def of(self, update: Json) -> Outcome:
        outcome = Outcome()
        reception = Reception(self.app.house, handlers.screen_of_a_refusal)
        number = next(NUMBERS)
        request = reception.read(json.dumps({"update_id": number, **update}), number)
        assert request is not None
        try:
            with _watched(self.app, outcome):
                async with self.app.db.writing() as session:
                    reply = await request.run(session, self.app.clock(), reading=False)
                    await session.flush()
                    outcome.calls = reply.calls
                    raise _Back
        except _Back:
            return outcome


@contextmanager
def _watched(app: App, outcome: Outcome) -> Iterator[None]:
    may, refuse = rights.may, Reception._refusal

    async def asks(session: Any, who: Any, action: Action, *rest: Any, **about: Any) -> bool:
        let = await may(session, who, action, *rest, **about)
        outcome.asked[action] = outcome.asked.get(action, False) or let
        return let

    def refuses(self: Reception, ctx: Any, refusal: Refusal) -> Any:
        outcome.refusal = type(refusal).__name__
        return refuse(self, ctx, refusal)

    def wrote(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if found := WRITES.match(statement):
            outcome.written.add(found[1])

    engine = app.db.engine.sync_engine
    event.listen(engine, "before_cursor_execute", wrote)
    try:
        with patch.object(rights, "may", asks), patch.object(Reception, "_refusal", refuses):
            yield
    finally:
        event.remove(engine, "before_cursor_execute", wrote)


def press(who: User, data: str, chat: Json | None = None) -> Json:
    """Under a message of the bot, in their own chat or in another."""
    message = {"message_id": 1, "date": 0, "chat": chat or who.private_chat, "text": "…"}
    query = {"id": "1", "from": who.json, "chat_instance": "1", "data": data, "message": message}
    return {"callback_query": query}


def says(who: User, text: str, chat: Json | None = None) -> Json:
    return {
        "message": {
            "message_id": 1,
            "date": 0,
            "from": who.json,
            "chat": chat or who.private_chat,
            "text": text,
        }
    }


def asks_inline(who: User, words: str) -> Json:
    return {"inline_query": {"id": "1", "from": who.json, "query": words, "offset": ""}}
