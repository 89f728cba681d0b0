"""Long polling. The offset moves only after what it confirms has been committed."""

import asyncio
from typing import Any

import structlog
from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.runtime.inbox import Inbox
from bot.runtime.transport import call

log = structlog.get_logger(__name__)
WAIT = 30  # seconds of one long poll
ALLOWED = [
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "guest_message",
    "message_reaction",
    "message_reaction_count",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "managed_bot",
]


class Poller:
    def __init__(self, bot: Bot, inbox: Inbox) -> None:
        self._bot, self._inbox = bot, inbox
        self._offset = 0
        self._trouble = False

    async def run(self) -> None:
        """Until cancelled. Telegram may be away for any time; a wrong token is raised."""
        pause, self._offset = 1.0, 0  # others may have polled in the meantime
        while True:
            await self._inbox.room.wait()
            try:
                await self.poll(WAIT)
            except InvalidToken:
                raise
            except TelegramError as error:
                self._tell(error)
                await asyncio.sleep(_pause(error, pause))
                pause = min(pause * 2, 30)
            except Exception:
                # Nothing has been confirmed, so nothing is lost: Telegram will tell us again.
                log.exception("updates could not be stored, trying again")
                await asyncio.sleep(pause)
                pause = min(pause * 2, 30)
            else:
                if self._trouble:
                    log.info("telegram is back")
                self._trouble, pause = False, 1.0

    async def poll(self, wait: int) -> int:
        """One request. Returns how many updates came; they are committed by then."""
        asked: dict[str, Any] = {"offset": self._offset, "limit": 100, "timeout": wait}
        asked["allowed_updates"] = ALLOWED
        updates = await call(self._bot, "getUpdates", asked, wait + 15)
        if updates:
            await self._inbox.receive(updates)
            self._offset = max(update["update_id"] for update in updates) + 1
        return len(updates)

    def _tell(self, error: TelegramError) -> None:
        if not self._trouble:
            log.warning("telegram cannot be reached, trying on", why=error.message)
        if isinstance(error, Conflict):
            log.warning("another program polls with the same token, or a webhook is set")
        self._trouble = True


def _pause(error: TelegramError, pause: float) -> float:
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        return float(wait if isinstance(wait, int) else wait.total_seconds()) + 1
    return pause
