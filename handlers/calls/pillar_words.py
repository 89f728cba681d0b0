"""By what calls of a pillar are recognised: a topic, and words that the manager types."""

from dataclasses import dataclass

from telegram import Message

from bot.domain.calls import classifying, own_words, values
from bot.domain.calls.own_words import BadWord
from bot.kit import paging
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context
from bot.kit.forms import Answers, Form, Question, Unclear, begin
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, paragraphs
from bot.kit.texts import gettext_noop
from handlers import refusals
from handlers.calls.rules import OpenPillarWords, look_again
from handlers.calls.ways import OpenCallRules
from handlers.links import way_back

SHOWN = 40  # characters of a word on a button
TOPICS = {
    "industrial_consumer_optics": gettext_noop("Industrial and consumer optics"),
    "military_optics": gettext_noop("Military optics"),
    "lighting": gettext_noop("Lighting technology"),
    "lasers": gettext_noop("Lasers"),
    "electron_microscopy": gettext_noop("Electron microscopy"),
    "quantum_optics": gettext_noop("Quantum optics"),
    classifying.NO_TOPIC: gettext_noop("Own words only"),
}


@dataclass(frozen=True)
class PageWords(Button, prefix="ca.ru.pp"):
    pillar_id: int
    page: int


@dataclass(frozen=True)
class AddWords(Button, prefix="ca.ru.add"):
    pillar_id: int


@dataclass(frozen=True)
class DropWord(Button, prefix="ca.ru.del"):
    pillar_id: int
    mark: str


@dataclass(frozen=True)
class ChooseTopic(Button, prefix="ca.ru.t"):
    pillar_id: int


@dataclass(frozen=True)
class SetTopic(Button, prefix="ca.ru.ts"):
    pillar_id: int
    topic: str


@on(OpenPillarWords, reading=True)
async def open_words(ctx: Context, press: OpenPillarWords) -> Screen:
    return await _screen(ctx, press.pillar_id)


@on(PageWords, reading=True)
async def page_words(ctx: Context, press: PageWords) -> Screen:
    return await _screen(ctx, press.pillar_id, press.page)


@on(DropWord)
async def drop_word(ctx: Context, press: DropWord) -> Screen:
    await own_words.drop(ctx.session, press.pillar_id, press.mark, ctx.me, ctx.now)
    await look_again(ctx)
    return await _screen(ctx, press.pillar_id, toast=ctx.t.plain("I do not look for it any more."))


@on(ChooseTopic, reading=True)
async def choose_topic(ctx: Context, press: ChooseTopic) -> Screen:
    t = ctx.t
    pillar = await own_words.look(ctx.session, press.pillar_id, ctx.me, ctx.now)
    present = classifying.topic_of(pillar)
    text = paragraphs(
        t("🔎 <b>{pillar}</b>", pillar=pillar.name_in(t.language)),
        t("Which of the topics that I know is this pillar about?"),
    )
    rows = tuple(
        (SetTopic(press.pillar_id, key).labelled(f"{'✓ ' * (key == present)}{t.label(name)}"),)
        for key, name in TOPICS.items()
    )
    return Screen(text, (*rows, *way_back(t, OpenPillarWords(press.pillar_id))))


@on(SetTopic)
async def set_topic(ctx: Context, press: SetTopic) -> Screen:
    await own_words.set_topic(ctx.session, press.pillar_id, press.topic, ctx.me, ctx.now)
    await look_again(ctx)
    return await _screen(ctx, press.pillar_id)


@on(AddWords)
async def add_words(ctx: Context, press: AddWords) -> Answer:
    await own_words.look(ctx.session, press.pillar_id, ctx.me, ctx.now)
    return await begin(ctx, WORDS, pillar_id=press.pillar_id)


async def _screen(ctx: Context, pillar_id: int, page: int = 0, toast: str = "") -> Screen:
    t = ctx.t
    pillar = await own_words.look(ctx.session, pillar_id, ctx.me, ctx.now)
    topic = classifying.topic_of(pillar) or classifying.NO_TOPIC
    part = paging.page(pillar.words, page)
    text = paragraphs(
        t("🔎 <b>{pillar}</b>", pillar=pillar.name_in(t.language)),
        t("Topic: <b>{topic}</b>", topic=t.plain(TOPICS[topic])),
        t("Your own words: {words}", words=", ".join(pillar.words))
        if pillar.words
        else t("You have added no words of your own yet."),
        t("A call with a word that begins like one of them comes to your desk in this pillar."),
    )
    rows: Rows = tuple(
        (DropWord(pillar_id, values.mark(each)).labelled(f"🗑 {each[:SHOWN]}"),)
        for each in part.items
    )
    turns = part.turns(lambda to: PageWords(pillar_id, to))
    change = (
        AddWords(pillar_id).labelled(t.label("➕ Add words")),
        ChooseTopic(pillar_id).labelled(t.label("🔎 Topic")),
    )
    ways = (*rows, *((turns,) if turns else ()), change, *way_back(t, OpenCallRules()))
    return Screen(text, ways, toast)


def _ask(ctx: Context, _: Answers) -> Screen:
    return Screen(
        paragraphs(
            ctx.t("🔎 Which words shall I look for? Separate several by commas."),
            ctx.t("For example: <i>ellipsometry, optical polishing</i>"),
        )
    )


def _read(ctx: Context, message: Message) -> list[str]:
    try:
        found = own_words.read(message.text or "")
    except BadWord as bad:
        raise Unclear(ctx.t("{why}", why=refusals.words(ctx, bad))) from None
    if not found:
        raise Unclear(ctx.t("Please write a word or several, with commas between them."))
    return found


async def _done(ctx: Context, answers: Answers) -> Answer:
    pillar_id = int(answers["pillar_id"])
    await own_words.add(ctx.session, pillar_id, answers["words"], ctx.me, ctx.now)
    await look_again(ctx)
    said = ctx.t.plain("Noted. Calls that wait are looked through once more.")
    return await _screen(ctx, pillar_id, toast=said)


async def _left(ctx: Context, answers: Answers) -> Answer:
    return await _screen(ctx, int(answers["pillar_id"]))


WORDS = Form("calls.words", (Question("words", _ask, _read),), _done, _left)
