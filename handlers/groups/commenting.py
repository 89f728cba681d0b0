"""What those in a pillar say of its topics."""

from dataclasses import dataclass

from telegram import Message

from bot.domain.groups import commenting
from bot.domain.groups.commenting import LONGEST, Remarks
from bot.domain.groups.topics import NotOfPillar, TopicClosed
from bot.domain.instruments.enquiries import Illegible, said
from bot.kit import forms
from bot.kit.buttons import Button, Face, Rows
from bot.kit.context import Context
from bot.kit.forms import Answers, Form, Question, Unclear
from bot.kit.paging import ROWS, Page
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.groups.topic_ways import ListComments, OpenTopic
from handlers.groups.topics import topic_screen
from handlers.links import ListPillars, way_back
from storage.groups.topics import TopicComment
from storage.people import Person


@dataclass(frozen=True)
class WriteComment(Button, prefix="pt.say.w"):
    topic_id: int


@dataclass(frozen=True)
class DropComment(Button, prefix="pt.say.x"):
    comment_id: int


@on(ListComments, reading=True)
async def list_comments(ctx: Context, press: ListComments) -> Screen:
    return await _comments(ctx, press.topic_id, press.page)


async def _comments(ctx: Context, topic_id: int, number: int = 0, toast: str = "") -> Screen:
    t = ctx.t
    found = await commenting.remarks(ctx.session, topic_id, number, ROWS, ctx.me, ctx.now)
    text = paragraphs(
        t("💬 <b>{title}</b>", title=found.topic.title),
        *(_said(t, n, *each) for n, each in enumerate(found.comments, start=1)),
        "" if found.count else t("Nobody has said anything yet. What do you think?"),
    )
    return Screen(text, _rows(ctx, found, number), toast)


def _said(t: Texts, number: int, comment: TopicComment, who: Person) -> str:
    day = t.moment(comment.said_at)
    return lines(
        t("{n}. <b>{name}</b>, {day}", n=number, name=who.name, day=day),
        t("{words}", words=comment.text),
    )


def _rows(ctx: Context, found: Remarks, number: int) -> Rows:
    t, key = ctx.t, found.topic.key
    pages = max(1, -(-found.count // ROWS))
    shown = Page(found.comments, min(max(number, 0), pages - 1), pages)
    turns = shown.turns(lambda to: ListComments(key, to))
    away = tuple(
        _away(t, n, comment)
        for n, (comment, _) in enumerate(found.comments, start=1)
        if found.may_clear or comment.person_id == ctx.me.key
    )
    say = WriteComment(key).labelled(t.label("✏️ Say something"))
    return (
        *((turns,) if turns else ()),
        *((away,) if away else ()),
        *(((say,),) if found.may_say else ()),
        *way_back(t, OpenTopic(key)),
    )


def _away(t: Texts, number: int, comment: TopicComment) -> Face:
    return DropComment(comment.key).labelled(t.label("🗑 {n}", n=number))


@on(DropComment)
async def drop_comment(ctx: Context, press: DropComment) -> Screen:
    topic_id = await commenting.take_back(ctx.session, press.comment_id, ctx.me, ctx.now)
    return await _comments(ctx, topic_id, 0, ctx.t.plain("The comment is gone."))


@on(WriteComment)
async def write_comment(ctx: Context, press: WriteComment) -> Answer:
    topic = await commenting.may_say(ctx.session, press.topic_id, ctx.me, ctx.now)
    return await forms.begin(ctx, FORM, topic_id=press.topic_id, title=topic.title)


def _ask(ctx: Context, answers: Answers) -> Screen:
    t = ctx.t
    text = paragraphs(
        t("💬 <b>{title}</b>", title=answers["title"]),
        t(
            "What would you like to say? Up to {n} characters; the cluster's members read it.",
            n=LONGEST,
        ),
    )
    return Screen(text)


def _read(ctx: Context, message: Message) -> str:
    return read_text(ctx.t, message, LONGEST)


def read_text(t: Texts, message: Message, most: int) -> str:
    """Raises `Unclear`, which says how long the text was."""
    typed = message.text or ""
    try:
        return said(typed, most)
    except Illegible:
        if len(typed) <= most:
            raise Unclear(t("Please write a text of at most {n} characters.", n=most)) from None
        long = t(
            "Your text has {length} characters and {most} fit here. It stays above; please "
            "shorten it and send it again.",
            length=t.number(len(typed)),
            most=t.number(most),
        )
        raise Unclear(long) from None


async def _done(ctx: Context, answers: Answers) -> Answer:
    key = answers["topic_id"]
    try:
        await commenting.say(ctx.session, key, answers["text"], ctx.me, ctx.now)
    except (TopicClosed, NotOfPillar):
        late = ctx.t("⚠️ In the meantime the topic was closed, or you have left the pillar.")
        return await topic_screen(ctx, key, above=late)
    return await _comments(ctx, key)


async def _left(ctx: Context, answers: Answers) -> Answer:
    if "topic_id" in answers:
        return await _comments(ctx, answers["topic_id"])
    return Screen(ctx.t("Nothing has been changed."), way_back(ctx.t, ListPillars()))


FORM = Form("topic_comment", (Question("text", _ask, _read),), _done, _left)
