"""An album comes in as many messages: its media are gathered until somebody says that is all."""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup
from telegram import Message

from bot.domain.announcements import Content
from bot.domain.announcements.dressing import ALBUM
from bot.kit import forms
from bot.kit.buttons import Face
from bot.kit.context import Context
from bot.kit.forms import Answers, Choose, Question, Unclear, chosen
from bot.kit.screens import Answer, Screen
from bot.kit.texts import Texts
from handlers.announcements.cards import send_screen
from handlers.announcements.reading import goes_with, read_item

LIMIT = 10  # files


def rest(language: str) -> Question:
    """Asked once the first of an album is here."""
    return Question(
        "rest",
        _ask,
        _read(language),
        chosen("done"),
        asked=lambda answers: answers["content"]["method"] == ALBUM,
        each=_add,
    )


def content(written: Answers) -> Content:
    """Of an album of which one picture has come, just that picture."""
    media = written["payload"].get("media", ())
    if len(media) != 1:
        return Content(written["method"], written["payload"])
    kind, file, look = media[0]["type"], media[0]["media"], dict(media[0])
    del look["type"], look["media"]
    return Content(f"send{kind.capitalize()}", {kind: file, **look})


def _ask(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    words = t("🖼 The album is coming in. When all of it is here, press <b>That is all</b>.")
    return Screen(words, ((_enough(t),),))


def _read(language: str) -> Callable[[Context, Message], Any]:
    def read(ctx: Context, message: Message) -> Any:
        if message.text:
            raise Unclear(ctx.t("Words go into the caption of the album."))
        return read_item(ctx, message, language)

    return read


async def _add(ctx: Context, answers: Answers, item: dict[str, Any]) -> Answer:
    """Nobody is answered for each picture; what does not fit is told once."""
    content = answers["content"]
    media = content["payload"]["media"]
    if not goes_with(item, media):
        _tell(ctx, ctx.t("Documents and sounds cannot stand among pictures. I have left it out."))
        return None
    if len(media) >= LIMIT:
        if not answers.get("full"):
            await forms.keep(ctx, full=True)
            _tell(ctx, _full(ctx.t))
        return None
    grown = {**content, "payload": {"media": [*media, item]}}
    await forms.keep(ctx, content=grown)
    return None


def _tell(ctx: Context, words: str) -> None:
    send_screen(ctx, Screen(words, ((_enough(ctx.t),),)))


def _enough(t: Texts) -> Face:
    return Choose("rest", "done").labelled(t.label("✅ That is all"), "success")


def _full(t: Texts) -> Markup:
    return t(
        "An album holds {limit} files at most. I have the first {limit}; please send the rest in"
        " an announcement of their own.",
        limit=LIMIT,
    )
