"""How typed answers about meetings and tasks are read."""

from collections.abc import Callable
from typing import Any

from telegram import Message

from bot.domain.refusals import Refusal
from bot.domain.workshops import BadLength, planning
from bot.kit.context import Context
from bot.kit.forms import Unclear
from bot.kit.texts import Texts
from handlers.refusals import meetings as refusals

Read = Callable[[Context, Message], Any]


def line(limit: int) -> Read:
    def read(ctx: Context, message: Message) -> str:
        return _within(ctx.t, planning.short, message, limit)

    return read


def several_lines(limit: int) -> Read:
    def read(ctx: Context, message: Message) -> str:
        return _within(ctx.t, planning.long, message, limit)

    return read


def _within(t: Texts, clean: Callable[[str, int], str], message: Message, limit: int) -> str:
    try:
        return clean(message.text or "", limit)
    except BadLength:
        raise Unclear(t("Please write a text of at most {n} characters.", n=limit)) from None


def unclear(t: Texts, refusal: Refusal) -> Unclear:
    """What the domain will not take is said while it can still be typed anew."""
    return Unclear(t("{words}", words=refusals.words(t, refusal)))
