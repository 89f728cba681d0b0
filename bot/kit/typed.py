"""How a text that somebody types is read: in one line or in several, and no longer than fits."""

from collections.abc import Callable
from typing import Any

from telegram import Message

from bot.domain.workshops import BadLength, planning
from bot.kit.context import Context
from bot.kit.forms import Unclear
from bot.kit.texts import Texts

Read = Callable[[Context, Message], Any]


def typed(limit: int) -> Read:
    """A text in one line."""

    def read(ctx: Context, message: Message) -> str:
        return _within(ctx.t, planning.short, message, limit)

    return read


def typed_lines(limit: int) -> Read:
    def read(ctx: Context, message: Message) -> str:
        return _within(ctx.t, planning.long, message, limit)

    return read


def _within(t: Texts, clean: Callable[[str, int], str], message: Message, limit: int) -> str:
    try:
        return clean(message.text or "", limit)
    except BadLength:
        raise Unclear(t("Please write a text of at most {n} characters.", n=limit)) from None
