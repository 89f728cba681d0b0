"""Naming a pillar, in both languages: a new one, or one that is there."""

from collections.abc import Callable
from dataclasses import replace

from telegram import Message

from bot.domain.groups import pillars
from bot.domain.groups.pillars import BadName, NameTaken
from bot.kit.buttons import Rows
from bot.kit.context import Context
from bot.kit.forms import Answers, Choose, Form, Question, Unclear, begin
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, paragraphs
from handlers import refusals
from handlers.groups.keeping import AddPillar, RenamePillar, keep, kept_screen
from handlers.groups.ways import KeepPillars

CZECH, ENGLISH = "cs", "en"


@on(AddPillar)
async def add(ctx: Context, _: AddPillar) -> Answer:
    await pillars.every(ctx.session, ctx.me, ctx.now)
    return await begin(ctx, FORM)


@on(RenamePillar)
async def rename(ctx: Context, press: RenamePillar) -> Answer:
    kept = await pillars.look(ctx.session, press.pillar_id, ctx.me, ctx.now)
    return await begin(ctx, FORM, **_of(kept.pillar.key, kept.pillar.name_cs, kept.pillar.name_en))


def _of(pillar_id: int, name_cs: str, name_en: str) -> Answers:
    return {"pillar": pillar_id, "old": {CZECH: name_cs, ENGLISH: name_en}}


def _asking(language: str) -> Callable[[Context, Answers], Screen]:
    def ask(ctx: Context, answers: Answers) -> Screen:
        t, old = ctx.t, answers.get("old")
        title = t("✏️ <b>A new pillar</b>")
        if old:
            title = t("✏️ <b>Another name for {name}</b>", name=old[CZECH])
        words = t("What is it called in Czech?")
        if language == ENGLISH:
            words = t("And in English?")
        stays: Rows = ()
        if old:
            label = t.label("It stays: {name}", name=old[language])
            stays = ((Choose(language, "same").labelled(label),),)
        return Screen(paragraphs(title, words), stays)

    return ask


def _read(ctx: Context, message: Message) -> str:
    try:
        return pillars.read_name(message.text or "")
    except BadName as bad:
        raise Unclear(ctx.t("{why}", why=refusals.words(ctx, bad))) from None


def _stays(_ctx: Context, _value: str) -> str:
    return ""


async def _named(ctx: Context, answers: Answers) -> Answer:
    old = answers.get("old", {})
    name_cs, name_en = (answers[each] or old[each] for each in (CZECH, ENGLISH))
    try:
        if pillar_id := answers.get("pillar"):
            await pillars.rename(ctx.session, pillar_id, name_cs, name_en, ctx.me, ctx.now)
            return await kept_screen(ctx, pillar_id, ctx.t.plain("Renamed."))
        added = await pillars.add(ctx.session, name_cs, name_en, ctx.me, ctx.now)
        return await kept_screen(ctx, added.key, ctx.t.plain("The pillar is there."))
    except NameTaken as taken:
        known = {name: answers[name] for name in ("pillar", "old") if name in answers}
        again = await begin(ctx, FORM, **known)
        assert isinstance(again, Screen)
        why = ctx.t("{why}", why=refusals.words(ctx, taken))
        return replace(again, text=paragraphs(why, again.text))


async def _left(ctx: Context, answers: Answers) -> Answer:
    if pillar_id := answers.get("pillar"):
        return await kept_screen(ctx, pillar_id)
    return await keep(ctx, KeepPillars())


FORM = Form(
    "pillar.name",
    (
        Question(CZECH, _asking(CZECH), _read, _stays),
        Question(ENGLISH, _asking(ENGLISH), _read, _stays),
    ),
    _named,
    _left,
)
