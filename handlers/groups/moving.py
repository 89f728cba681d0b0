"""Whoever leads a pillar moves its topics on and says why; those behind them hear of it."""

from dataclasses import dataclass

from telegram import Message

from bot.domain.groups import moving
from bot.domain.groups.moving import LONGEST, Moved, TopicMoved
from bot.domain.groups.topics import TopicClosed
from bot.kit import forms
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context
from bot.kit.forms import Answers, Form, Question
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, lines, paragraphs
from bot.kit.texts import Texts, gettext_noop
from handlers.groups.commenting import read_text
from handlers.groups.topic_ways import ListMoves, MoveTopic, OpenTopic, state
from handlers.groups.topics import topic_screen
from handlers.links import ListPillars, home, way_back
from storage.groups.topics import Progress, TopicMove
from storage.people import Person

STEPS = {
    Progress.DISCUSSED: gettext_noop("🗣 It was discussed"),
    Progress.ADOPTED: gettext_noop("✅ We adopt it"),
    Progress.PASSED_ON: gettext_noop("📨 It was passed on"),
    Progress.DONE: gettext_noop("🏁 It is done"),
    Progress.DROPPED: gettext_noop("🗂 We drop it"),
}


@dataclass(frozen=True)
class MoveTo(Button, prefix="pt.to"):
    """`old` is where it stood when this was shown."""

    topic_id: int
    old: str
    new: str


@on(MoveTopic)
async def move_topic(ctx: Context, press: MoveTopic) -> Screen:
    t, key = ctx.t, press.topic_id
    topic, _ = await moving.may_move(ctx.session, key, ctx.me, ctx.now)
    text = paragraphs(
        t("➡️ <b>{title}</b>", title=topic.title),
        t("It is {state}. Where shall it go? I will ask you why.", state=state(t, topic.progress)),
    )
    rows: Rows = tuple(
        (MoveTo(key, topic.progress, each).labelled(t.label(STEPS[each])),)
        for each in moving.ahead(topic.progress)
    )
    return Screen(text, (*rows, *way_back(t, OpenTopic(key))))


@on(MoveTo)
async def move_to(ctx: Context, press: MoveTo) -> Answer:
    key, old, new = press.topic_id, press.old, press.new
    topic, _ = await moving.may_move_to(ctx.session, key, old, new, ctx.me, ctx.now)
    return await forms.begin(ctx, FORM, topic_id=key, old=old, new=new, title=topic.title)


def _ask(ctx: Context, answers: Answers) -> Screen:
    t = ctx.t
    text = paragraphs(
        t("➡️ <b>{title}</b>", title=answers["title"]),
        t(
            "{state}: why? Up to {n} characters. The author and the supporters will read it.",
            state=state(t, Progress(answers["new"])),
            n=LONGEST,
        ),
    )
    return Screen(text)


def _read(ctx: Context, message: Message) -> str:
    return read_text(ctx.t, message, LONGEST)


async def _done(ctx: Context, answers: Answers) -> Answer:
    key, old, new = answers["topic_id"], answers["old"], answers["new"]
    try:
        moved = await moving.move(ctx.session, key, old, new, answers["why"], ctx.me, ctx.now)
    except (TopicMoved, TopicClosed):
        late = ctx.t("⚠️ Somebody has moved it in the meantime. This is where it stands now:")
        return await topic_screen(ctx, key, above=late)
    for person in moved.told:
        _tell(ctx, moved, person)
    said = ctx.t.n(
        "👍 Done. I have told {n} person.", "👍 Done. I have told {n} people.", len(moved.told)
    )
    return await topic_screen(ctx, key, above=said)


def _tell(ctx: Context, moved: Moved, person: Person) -> None:
    t = ctx.texts_of(person)
    mine = moved.topic.person_id == person.key
    opening = t("💡 There is news of your topic <b>{title}</b>.", title=moved.topic.title)
    if not mine:
        opening = t(
            "💡 There is news of <b>{title}</b>, which you support.", title=moved.topic.title
        )
    text = paragraphs(
        opening,
        lines(
            t(
                "{pillar} · {state}",
                pillar=moved.pillar.name_in(t.language),
                state=state(t, moved.move.new),
            ),
            t("Why: {why}", why=moved.move.why),
        ),
    )
    see = OpenTopic(moved.topic.key).labelled(t.label("💡 Open the topic"))
    ctx.tell(person, Screen(text, ((see, home(t)),)), key=f"ptm{moved.move.key}:p{person.key}")


async def _left(ctx: Context, answers: Answers) -> Answer:
    if "topic_id" in answers:
        return await topic_screen(ctx, answers["topic_id"])
    return Screen(ctx.t("Nothing has been changed."), way_back(ctx.t, ListPillars()))


FORM = Form("topic_move", (Question("why", _ask, _read),), _done, _left)


@on(ListMoves, reading=True)
async def list_moves(ctx: Context, press: ListMoves) -> Screen:
    t = ctx.t
    topic, moves = await moving.history(ctx.session, press.topic_id, ctx.me, ctx.now)
    text = paragraphs(
        t("📜 <b>{title}</b>", title=topic.title),
        *(_move(t, *each) for each in moves),
        "" if moves else t("It is as new as on the first day."),
    )
    return Screen(text, way_back(t, OpenTopic(press.topic_id)))


def _move(t: Texts, move: TopicMove, who: Person) -> str:
    day = t.date(move.moved_at.astimezone(t.zone))
    return lines(
        t("<b>{state}</b>, {day}, {name}", state=state(t, move.new), day=day, name=who.name),
        t("{words}", words=move.why),
    )
