"""Putting a topic forward: five questions, a look at the whole, and it is there.

A text that is too long for its place is kept as it was typed: its author says whether its
beginning will do, or writes it anew.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from telegram import Message

from bot.domain.groups import topics
from bot.domain.groups.topics import LIMITS, OPTIONAL, shortened
from bot.domain.instruments.enquiries import Illegible, said
from bot.domain.refusals import Gone
from bot.kit import forms
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context
from bot.kit.forms import Answers, Choose, Form, Question, Unclear
from bot.kit.routes import on
from bot.kit.screens import TEXT_LIMIT, Answer, Screen, Toast, paragraphs
from bot.kit.texts import gettext_noop
from handlers.groups.commenting import read_text
from handlers.groups.topic_ways import OpenTopic, PutTopic
from handlers.groups.topics import parts, shelf_screen, topic_screen
from handlers.links import ListPillars, home, way_back
from storage import drafts
from storage.groups.topics import Topic
from storage.people import Person
from storage.pillars import Pillar
from storage.pushes import PushKind

CUT, ANEW = "cut", "anew"
ENDING = 80  # characters of a shortened text that are shown
ASKED = {
    "title": gettext_noop("What should it be called? One line."),
    "issue": gettext_noop("What is the matter? Describe it to somebody who does not know it."),
    "impact": gettext_noop("Whom does it hit, and what does it cost: money, time, jobs?"),
    "evidence": gettext_noop("What shows it? Figures, cases, studies, links."),
    "wanted": gettext_noop("What should change? Which law, rule or call, and how."),
}
REWRITE = {
    "title": gettext_noop("✏️ Title"),
    "issue": gettext_noop("✏️ Matter"),
    "impact": gettext_noop("✏️ Impact"),
    "evidence": gettext_noop("✏️ Evidence"),
    "wanted": gettext_noop("✏️ Wanted change"),
}


@dataclass(frozen=True)
class RewriteTopic(Button, prefix="pt.put.e"):
    """One part of it, before it is put forward."""

    part: str


@on(PutTopic)
async def put_topic(ctx: Context, press: PutTopic) -> Answer:
    pillar = await topics.may_put(ctx.session, press.pillar_id, ctx.me, ctx.now)
    name = pillar.name_in(ctx.t.language)
    return await forms.begin(ctx, FORM, pillar_id=press.pillar_id, pillar=name)


@on(RewriteTopic)
async def rewrite(ctx: Context, press: RewriteTopic) -> Answer:
    if press.part not in LIMITS:
        raise Gone
    draft = await drafts.find(ctx.session, ctx.me.key)
    if draft is None or draft.form != FORM.name:
        return Toast(ctx.t.plain("This question has been answered already."))
    gone = {press.part, _cut(press.part), _anew(press.part)}
    kept = {name: value for name, value in draft.answers.items() if name not in gone}
    return await forms.begin(ctx, FORM, **kept)


def _cut(part: str) -> str:
    return f"{part}_cut"


def _anew(part: str) -> str:
    return f"{part}_anew"


def _ask(part: str, ctx: Context, answers: Answers) -> Screen:
    t = ctx.t
    step = [*LIMITS].index(part) + 1
    text = paragraphs(
        t("💡 <b>A topic for {pillar}</b>", pillar=answers["pillar"]),
        t("<b>{step}/{steps}</b> {question}", step=step, steps=len(LIMITS),
          question=t.plain(ASKED[part])),
        t("Up to {n} characters.", n=t.number(LIMITS[part])),
    )  # fmt: skip
    skip = Choose(part, "").labelled(t.label("Skip"))
    return Screen(text, ((skip,),) if part in OPTIONAL else ())


def _read_title(ctx: Context, message: Message) -> str:
    return " ".join(read_text(ctx.t, message, LIMITS["title"]).split())


def _read_long(part: str, ctx: Context, message: Message) -> str:
    """Whatever fits into one message: what is too much for its place is asked about next."""
    try:
        return said(message.text or "", TEXT_LIMIT)
    except Illegible:
        most = ctx.t.number(LIMITS[part])
        raise Unclear(ctx.t("Please write a text of at most {n} characters.", n=most)) from None


def _skip(_: Context, __: str) -> str:
    return ""


def _too_long(part: str, answers: Answers) -> bool:
    return len(answers[part]) > LIMITS[part]


def _ask_cut(part: str, ctx: Context, answers: Answers) -> Screen:
    t, text, most = ctx.t, answers[part], LIMITS[part]
    begins = shortened(text, most)
    words = paragraphs(
        t(
            "✂️ Your text has {length} characters and {most} fit here. I have kept all of it.",
            length=t.number(len(text)),
            most=t.number(most),
        ),
        t("Its beginning would end so: “…{ending}”", ending=begins[-ENDING:]),
    )
    rows: Rows = (
        (Choose(_cut(part), CUT).labelled(t.label("✂️ Take the beginning")),),
        (Choose(_cut(part), ANEW).labelled(t.label("✏️ I will shorten it")),),
    )
    return Screen(words, rows)


def _read_cut(ctx: Context, _: Message) -> str:
    """Telegram cuts what is longer than a message: the rest of it comes right behind."""
    raise Unclear(ctx.t("Please press one of the buttons first."))


def _choose_cut(_: Context, value: str) -> str:
    if value not in (CUT, ANEW):
        raise Gone
    return value


def _is_anew(part: str, answers: Answers) -> bool:
    return answers.get(_cut(part)) == ANEW


def _read_anew(part: str, ctx: Context, message: Message) -> str:
    return read_text(ctx.t, message, LIMITS[part])


def _asks_cut(part: str, answers: Answers) -> bool:
    return part in answers and _too_long(part, answers)


def _long_part(part: str) -> Iterator[Question]:
    """Three steps, of which most people see the first one only."""
    skip = _skip if part in OPTIONAL else None
    yield Question(part, partial(_ask, part), partial(_read_long, part), skip)
    yield Question(
        _cut(part), partial(_ask_cut, part), _read_cut, _choose_cut, partial(_asks_cut, part)
    )
    yield Question(
        _anew(part),
        partial(_ask, part),
        partial(_read_anew, part),
        asked=partial(_is_anew, part),
    )


def _whole(answers: Answers) -> dict[str, str]:
    """What each part says in the end."""
    return {part: _final(part, answers) for part in LIMITS}


def _final(part: str, answers: Answers) -> str:
    text: str = answers.get(_anew(part)) or answers[part]
    return shortened(text, LIMITS[part]) if len(text) > LIMITS[part] else text


def _ask_sure(ctx: Context, answers: Answers) -> Screen:
    t, words = ctx.t, _whole(answers)
    title = words.pop("title")
    text = paragraphs(
        t("💡 <b>{title}</b>", title=title),
        *parts(t, words),
        t("Shall I put it forward in {pillar} so?", pillar=answers["pillar"]),
    )
    change = [RewriteTopic(part).labelled(t.label(label)) for part, label in REWRITE.items()]
    yes = Choose("sure", "yes").labelled(t.label("✅ Put it forward"), "success")
    return Screen(text, ((yes,), tuple(change[:3]), tuple(change[3:])))


def _read_sure(ctx: Context, _: Message) -> str:
    raise Unclear(ctx.t("Please press one of the buttons first."))


def _choose_sure(_: Context, value: str) -> str:
    return value


async def _done(ctx: Context, answers: Answers) -> Answer:
    key, words = answers["pillar_id"], _whole(answers)
    topic, pillar, leaders = await topics.put(ctx.session, key, words, ctx.me, ctx.now)
    for person in leaders:
        await _tell(ctx, topic, pillar, person)
    said = ctx.t.plain("It is there. Now others can support it.")
    return await topic_screen(ctx, topic.key, said)


async def _tell(ctx: Context, topic: Topic, pillar: Pillar, person: Person) -> None:
    t, where = ctx.texts_of(person), pillar.name_in(ctx.texts_of(person).language)
    text = t(
        "💡 {name} has put a topic forward in {pillar}: <b>{title}</b>",
        name=ctx.me.name,
        pillar=where,
        title=topic.title,
    )
    see = OpenTopic(topic.key)
    rows = ((see.labelled(t.label("💡 Open the topic")), home(t)),)
    await ctx.push(
        person,
        PushKind.GROUPS,
        Screen(text, rows),
        key=f"pt{topic.key}:p{person.key}",
        title=t.plain("New topic in {pillar}: {title}", pillar=where, title=topic.title),
        opens=see,
    )


async def _left(ctx: Context, answers: Answers) -> Answer:
    if "pillar_id" in answers:
        return await shelf_screen(ctx, answers["pillar_id"])
    return Screen(ctx.t("Nothing has been changed."), way_back(ctx.t, ListPillars()))


QUESTIONS = (
    Question("title", partial(_ask, "title"), _read_title),
    *(question for part in LIMITS if part != "title" for question in _long_part(part)),
    Question("sure", _ask_sure, _read_sure, _choose_sure),
)
FORM = Form("topic", QUESTIONS, _done, _left)
