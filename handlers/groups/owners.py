"""Whose a task is to be is asked by name, and once more where several people are called so."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from telegram import Message

from bot.domain.groups import tasks
from bot.domain.refusals import Gone
from bot.kit.context import Context
from bot.kit.forms import Answers, Choose, Form, Question, begin, only_buttons
from bot.kit.screens import Answer, Screen, paragraphs
from bot.kit.typed import typed
from storage.people import Person

ME = "me"
NAME = 80  # characters
Settle = Callable[[Context, Answers, int], Awaitable[Answer]]


def _ask_whose(ctx: Context, answers: Answers) -> Screen:
    t = ctx.t
    unknown = answers.get("unknown")
    text = paragraphs(
        t("Nobody in the pillar is called “{name}”.", name=unknown) if unknown else "",
        t("👤 Whose is it? Write a name, or a part of it."),
    )
    return Screen(text, ((Choose("whose", ME).labelled(t.label("🙋 Mine")),),))


def _mine(ctx: Context, value: str) -> str:
    if value != ME:
        raise Gone
    return f"#{ctx.me.key}"


def _read_name(ctx: Context, message: Message) -> str:
    name: str = typed(NAME)(ctx, message)
    return name.lstrip("#")


def _ask_which(ctx: Context, answers: Answers) -> Screen:
    rows = tuple((Choose("owner", str(key)).labelled(name),) for key, name in answers["people"])
    return Screen(ctx.t("👤 Which one of them?"), rows)


def _choose_owner(_: Context, value: str) -> int:
    if not value.isascii() or not value.isdecimal():
        raise Gone
    return int(value)


async def settle_owner(
    ctx: Context, answers: Answers, settle: Settle, *, anew: str, which: str
) -> Answer:
    """Whoever is meant gets it; else the form `anew` asks again, or `which` asks who is meant."""
    whose: str = answers["whose"]
    if whose.startswith("#"):
        return await settle(ctx, answers, int(whose[1:]))
    found = await tasks.candidates(ctx.session, answers["pillar_id"], whose, ctx.now)
    kept = {name: value for name, value in answers.items() if name not in ("whose", "unknown")}
    if len(found) == 1:
        return await settle(ctx, answers, found[0].key)
    if found:
        return await begin(ctx, Form.known[which], **kept, people=_named(found))
    return await begin(ctx, Form.known[anew], **kept, unknown=whose)


def _named(found: Sequence[Person]) -> list[list[Any]]:
    return [[person.key, person.name] for person in found]


WHOSE = Question("whose", _ask_whose, _read_name, _mine)
WHICH = Question("owner", _ask_which, only_buttons, _choose_owner)
