"""What Telegram tells us, read into the library's objects; nothing is taken for granted."""

import json
from typing import Any

from telegram import Bot, Update

# Kinds that we do nothing with are not even read: they change as Telegram likes.
USED = frozenset({
    "message", "edited_message", "callback_query", "inline_query", "chat_join_request",
    "my_chat_member", "chat_member", "poll_answer", "poll",
})  # fmt: skip
LONGEST_NUMBER = 2**63  # no database keeps more


def read(body: str, bot: Bot) -> Update | None:
    """None for a kind of update that we do not know; raises ValueError for a broken one."""
    raw = json.loads(body)
    if USED.isdisjoint(raw):
        return None
    try:
        update = Update.de_json(_lightened(raw), bot)
        _check(update)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"cannot read the update: {error!r}") from error
    return update


def _lightened(update: Any) -> Any:
    """A pressed message is ours: how its text was set and who wrote it need not be read again."""
    pressed = update.get("callback_query", {}).get("message", {})
    for known in ("from", "entities", "caption_entities"):
        pressed.pop(known, None)
    return update


def _check(update: Update) -> None:
    """The library takes anything for a number or for words; what we keep or answer has to be."""
    for each in (update.effective_user, update.effective_chat):
        if each is not None and not (type(each.id) is int and abs(each.id) < LONGEST_NUMBER):
            raise TypeError("of nobody")
    query = update.callback_query
    if query is not None and not isinstance(query.data, str | None):
        raise TypeError("a button without words")
