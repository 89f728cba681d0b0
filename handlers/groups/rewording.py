"""The author of a topic, or its guarantor, puts a part of it into other words."""

from dataclasses import dataclass
from functools import partial

from telegram import Message

from bot.domain.groups import rewording
from bot.domain.groups.rewording import Reworded
from bot.domain.groups.topics import LIMITS, OPTIONAL
from bot.domain.refusals import Gone
from bot.kit.buttons import Button
from bot.kit.context import Context
from bot.kit.forms import Answers, Choose, Form, Question, begin, chosen
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, paragraphs
from handlers.groups.commenting import read_text
from handlers.groups.putting import ASKED, REWRITE
from handlers.groups.topic_ways import OpenTopic, RewordTopic
from handlers.groups.topics import topic_screen
from handlers.links import ListPillars, home, way_back

NOTHING = ""


@dataclass(frozen=True)
class RewordPart(Button, prefix="pt.ed.p"):
    topic_id: int
    part: str


@on(RewordTopic)
async def reword_topic(ctx: Context, press: RewordTopic) -> Screen:
    t, key = ctx.t, press.topic_id
    topic = await rewording.may_reword(ctx.session, key, ctx.me, ctx.now)
    faces = [RewordPart(key, part).labelled(t.label(label)) for part, label in REWRITE.items()]
    text = paragraphs(
        t("💡 <b>{title}</b>", title=topic.title),
        t("What shall be put into other words? Once somebody supports it, its words stay."),
    )
    return Screen(text, (tuple(faces[:3]), tuple(faces[3:]), *way_back(t, OpenTopic(key))))


@on(RewordPart)
async def reword_part(ctx: Context, press: RewordPart) -> Answer:
    topic = await rewording.may_reword(ctx.session, press.topic_id, ctx.me, ctx.now)
    if press.part not in FORMS:
        raise Gone
    known = {"topic_id": topic.key, "old": getattr(topic, press.part)}
    return await begin(ctx, FORMS[press.part], **known)


def _ask(part: str, ctx: Context, answers: Answers) -> Screen:
    t, old = ctx.t, answers["old"]
    text = paragraphs(
        t("{words}", words=t.plain(ASKED[part])),
        t("Up to {n} characters.", n=t.number(LIMITS[part])),
        t("Now: <i>{old}</i>", old=old) if old else "",
    )
    if part not in OPTIONAL or not old:
        return Screen(text)
    return Screen(text, ((Choose(part, NOTHING).labelled(t.label("🗑 Leave it out")),),))


def _read(part: str, ctx: Context, message: Message) -> str:
    return read_text(ctx.t, message, LIMITS[part])


async def _done(part: str, ctx: Context, answers: Answers) -> Answer:
    key, words = answers["topic_id"], answers[part]
    reworded = await rewording.reword(ctx.session, key, part, words, ctx.me, ctx.now)
    _tell(ctx, reworded)
    return await topic_screen(ctx, key)


def _tell(ctx: Context, reworded: Reworded) -> None:
    author, topic = reworded.author, reworded.topic
    if author is None:
        return
    t = ctx.texts_of(author)
    text = t(
        "✏️ {name} has put your topic <b>{title}</b> into other words.",
        name=ctx.me.name,
        title=topic.title,
    )
    see = OpenTopic(topic.key).labelled(t.label("💡 Open the topic"))
    ctx.tell(author, Screen(text, ((see, home(t)),)))


async def _left(ctx: Context, answers: Answers) -> Answer:
    if "topic_id" in answers:
        return await topic_screen(ctx, answers["topic_id"])
    return Screen(ctx.t("Nothing has been changed."), way_back(ctx.t, ListPillars()))


def _form(part: str) -> Form:
    skip = chosen(NOTHING) if part in OPTIONAL else None
    question = Question(part, partial(_ask, part), partial(_read, part), skip)
    return Form(f"topic.{part}", (question,), partial(_done, part), _left)


FORMS = {part: _form(part) for part in LIMITS}
