"""Giving up a variant of an announcement, and telling what its buttons say."""

from telegram import Message

from bot.domain import announcements
from bot.domain.announcements import questions
from bot.domain.refusals import Gone
from bot.kit import forms
from bot.kit.context import Context
from bot.kit.forms import Answers, Form, Question
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, lines, paragraphs
from bot.kit.texts import LANGUAGES
from handlers.announcements.asking import message_screen, one_label
from handlers.announcements.keyboard import asking, dressed
from handlers.announcements.variants import NAMES, DropVariant, LabelVariant


@on(DropVariant)
async def drop(ctx: Context, press: DropVariant) -> Screen:
    card = await announcements.drop_variant(
        ctx.session, press.announcement_id, ctx.me, press.language, ctx.now
    )
    return await message_screen(ctx, await dressed(ctx, card))


@on(LabelVariant)
async def label(ctx: Context, press: LabelVariant) -> Answer:
    if press.language not in LANGUAGES:
        raise Gone
    return await _begin(ctx, press.announcement_id, press.language)


async def _begin(ctx: Context, key: int, language: str, **noted: bool) -> Answer:
    await announcements.revise(ctx.session, key, ctx.me, ctx.now)
    card = await announcements.look(ctx.session, key, ctx.me, ctx.now)
    typed = questions.of(card.announcement).typed
    return await forms.begin(
        ctx, LABELS, announcement_id=key, language=language, typed=typed, **noted
    )


def _ask(ctx: Context, answers: Answers) -> Screen:
    t = ctx.t
    typed = answers["typed"]
    title = t("🔤 <b>The buttons: {language}</b>", language=NAMES[answers["language"]])
    words = t("Send what they say in that language, in this order, each on its own line:")
    miscounted = t("There must be as many lines as buttons.") if "miscounted" in answers else ""
    buttons = lines(*(t("• {label}", label=each) for each in typed))
    return Screen(paragraphs(miscounted, title, lines(words, buttons)))


def _read(ctx: Context, message: Message) -> list[str]:
    typed = [line for line in (message.text or "").splitlines() if line.strip()]
    return [one_label(ctx, line) for line in typed]


async def _done(ctx: Context, answers: Answers) -> Answer:
    key, language = answers["announcement_id"], answers["language"]
    card = await announcements.look(ctx.session, key, ctx.me, ctx.now)
    asked = questions.of(card.announcement)
    said = tuple(answers["labels"])
    if len(said) != len(asked.typed):
        return await _begin(ctx, key, language, miscounted=True)
    return await message_screen(ctx, await asking(ctx, key, asked.labelled(language, said)))


async def _left(ctx: Context, answers: Answers) -> Answer:
    key = answers.get("announcement_id", 0)
    return await message_screen(ctx, await announcements.look(ctx.session, key, ctx.me, ctx.now))


LABELS = Form("announcement.labels", (Question("labels", _ask, _read),), _done, _left)
