"""One call to Telegram, and what its end means for the row that asked for it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot, InputFile
from telegram.error import BadRequest, ChatMigrated, RetryAfter, TelegramError

from bot.runtime.transport import MEDIA, SEND, Ending, ending
from bot.runtime.transport import call as request
from storage import files
from storage.database import Database
from storage.outbox import Call, Priority, Settled, State

log = structlog.get_logger(__name__)

ANSWERS = ("answerCallbackQuery", "answerInlineQuery")  # to a query, not into a chat
QUICK = 10.0  # seconds: for what is not worth waiting for
TRIES = 8
BACKOFF, LONGEST = timedelta(seconds=2), timedelta(minutes=1)  # between two tries
MEDIA_SLOTS = ("photo", "document")
GONE = ("message to edit not found", "message can't be edited", "there is no text in the message")


@dataclass(frozen=True)
class Sender:
    """`flooded` and `blocked` tell the rest of the runtime what Telegram has told us."""

    bot: Bot
    db: Database
    clock: Callable[[], datetime]
    flooded: Callable[[int, float], Awaitable[None]]
    blocked: Callable[[int], Awaitable[None]]
    moved: Callable[[int, int], Awaitable[None]]

    async def send(self, call: Call) -> Settled:
        """Never raises, so that nothing waits for ever behind one call."""
        try:
            return await self._attempt(call)
        except (SQLAlchemyError, OSError) as error:
            # We ask our own memory before a call leaves and after it was refused: it is not out.
            log.exception("the database cannot be used, sending later", call=call.id)
            return self._again(call, repr(error), self.clock())
        except Exception as error:
            log.exception("a call ended in a way that we do not know", call=call.id)
            return Settled(call, State.UNCERTAIN, self.clock(), error=repr(error))

    async def _attempt(self, call: Call) -> Settled:
        if call.expires_at is not None and call.expires_at <= self.clock():
            return Settled(call, State.FAILED, self.clock(), error="expired")
        try:
            result = await self.request(call)
        except TelegramError as error:
            return await self._ended(call, error)
        ids = _messages(result)
        first, album = ids[0] if ids else None, ids if len(ids) > 1 else ()
        return Settled(call, State.SENT, self.clock(), message_id=first, message_ids=album)

    async def request(self, call: Call) -> Any:
        """Raises `TelegramError`."""
        payload, timeout = call.payload, SEND
        if any(isinstance(payload.get(slot), dict) for slot in MEDIA_SLOTS):
            payload, timeout = await self._with_files(payload), MEDIA
        if call.method in ANSWERS:
            timeout = QUICK
        else:
            payload = {"chat_id": call.chat_id, **payload}
        return await request(self.bot, call.method, payload, timeout)

    async def _with_files(self, payload: Mapping[str, Any]) -> dict[str, Any]:
        ready = dict(payload)
        for slot in MEDIA_SLOTS:
            value = payload.get(slot)
            if isinstance(value, dict) and "file" in value:
                async with self.db.reading() as session:
                    file = await files.find(session, value["file"])
                if file is None:
                    raise BadRequest("the file is not kept any more")
                ready[slot] = InputFile(file.content, filename=file.name)
        return ready

    async def _ended(self, call: Call, error: TelegramError) -> Settled:
        now, why = self.clock(), error.message
        match ending(error):
            case Ending.LATER if isinstance(error, RetryAfter):
                wait = _seconds(error)
                await self.flooded(call.chat_id, wait)
                later = now + timedelta(seconds=wait + 1)
                return Settled(
                    replace(call, attempts=call.attempts - 1),
                    State.PENDING,
                    now,
                    error=why,
                    later=later,
                )
            case Ending.MOVED if isinstance(error, ChatMigrated):
                await self.moved(call.chat_id, error.new_chat_id)
                moved = replace(call, chat_id=error.new_chat_id)
                return Settled(moved, State.PENDING, now, error=why, later=now)
            case Ending.BLOCKED:
                await self.blocked(call.chat_id)
                return Settled(call, State.FAILED, now, error=why)
            case Ending.REFUSED:
                return await self._refused(call, why, now)
            case Ending.AMBIGUOUS if not call.is_repeatable:
                return self._uncertain(call, why, now)
        return self._again(call, why, now)

    async def _refused(self, call: Call, why: str, now: datetime) -> Settled:
        reason = why.lower()
        if "message is not modified" in reason:
            return Settled(call, State.SENT, now, message_id=call.payload.get("message_id"))
        answers = call.method == "editMessageText" and call.priority == Priority.ANSWER
        if answers and any(gone in reason for gone in GONE):
            afresh = {k: v for k, v in call.payload.items() if k != "message_id"}
            return await self.send(replace(call, method="sendMessage", payload=afresh))
        if "can't parse entities" in reason and "parse_mode" in call.payload:
            log.error("our own markup was refused", method=call.method, why=why)
            plain = {k: v for k, v in call.payload.items() if k != "parse_mode"}
            return await self.send(replace(call, payload=plain))
        return Settled(call, State.FAILED, now, error=why)

    def _uncertain(self, call: Call, why: str, now: datetime) -> Settled:
        """It may have arrived. Sent once more and flagged; after that a person has to look."""
        if call.maybe_duplicate:
            return Settled(call, State.UNCERTAIN, now, error=why)
        doubtful = replace(call, maybe_duplicate=True)
        return Settled(doubtful, State.PENDING, now, error=why, later=now + BACKOFF)

    def _again(self, call: Call, why: str, now: datetime) -> Settled:
        if call.attempts + 1 >= TRIES and call.is_repeatable:
            return Settled(call, State.FAILED, now, error=why)
        later = now + min(BACKOFF * 2 ** min(call.attempts, 9), LONGEST)
        return Settled(call, State.PENDING, now, error=why, later=later)


def _messages(result: Any) -> tuple[int, ...]:
    """The ids of what was sent: one, of an album many."""
    sent = result if isinstance(result, list) else [result]
    return tuple(
        each["message_id"] for each in sent if isinstance(each, dict) and "message_id" in each
    )


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
