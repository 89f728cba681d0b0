"""Topics that people propose for an event, and the list of them for the team."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.workshops import topics
from bot.domain.workshops.topics import Mine
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context
from bot.kit.errands import Trip
from bot.kit.forms import Answers, Form, Question, begin
from bot.kit.paging import page
from bot.kit.routes import errand, on
from bot.kit.screens import Answer, Screen, Toast, lines, paragraphs
from bot.kit.texts import Texts
from bot.kit.typed import typed
from bot.papers.spreadsheet import Table, xlsx
from handlers.links import OpenWorkshop, way_back
from handlers.workshops.ways import OpenDocuments, ProposeTopic
from storage import people
from storage.workshops import Event, find, ratings
from storage.workshops.ratings import Said


@dataclass(frozen=True)
class WriteTopic(Button, prefix="ws.top.new"):
    workshop_id: int


@dataclass(frozen=True)
class TakeTopicBack(Button, prefix="ws.top.del"):
    topic_id: int


@dataclass(frozen=True)
class SeeTopics(Button, prefix="ws.top.all"):
    workshop_id: int
    page: int = 0


@dataclass(frozen=True)
class ExportTopics(Button, prefix="ws.top.xlsx"):
    workshop_id: int


@on(ProposeTopic, reading=True)
async def propose_topic(ctx: Context, press: ProposeTopic) -> Screen:
    return await _mine(ctx, press.workshop_id)


async def _mine(ctx: Context, workshop_id: int, toast: str = "") -> Screen:
    mine = await topics.mine(ctx.session, workshop_id, ctx.me, ctx.now)
    return _screen(ctx.t, mine, toast)


def _screen(t: Texts, mine: Mine, toast: str) -> Screen:
    event = mine.event
    text = paragraphs(
        t("💡 <b>{title}</b>", title=event.title),
        _until(t, mine),
        lines(*(t("• {words}", words=each.words) for each in mine.topics)),
    )
    write = WriteTopic(event.id).labelled(t.label("💡 Propose a topic"))
    rows: Rows = ((write,),) if mine.may_add else ()
    if mine.is_open:
        rows += tuple(
            (TakeTopicBack(each.key).labelled(t.label("🗑 {words}", words=each.words[:22])),)
            for each in mine.topics
        )
    return Screen(text, (*rows, *way_back(t, OpenWorkshop(event.id))), toast)


def _until(t: Texts, mine: Mine) -> str:
    when = t.moment(mine.until)
    if not mine.is_open:
        return t("Topics were taken until {when}. These are yours:", when=when)
    if not mine.topics:
        return t("What would you like to hear about? Until {when} you can propose it.", when=when)
    return t("Your topics; you can change them until {when}:", when=when)


@on(WriteTopic)
async def write_topic(ctx: Context, press: WriteTopic) -> Answer:
    await topics.may_propose(ctx.session, press.workshop_id, ctx.me, ctx.now)
    return await begin(ctx, TOPIC, workshop_id=press.workshop_id)


def _ask(ctx: Context, _: Answers) -> Screen:
    return Screen(ctx.t("💡 What should it be about? Write it in a sentence or two."))


async def _done(ctx: Context, answers: Answers) -> Answer:
    key = answers["workshop_id"]
    await topics.propose(ctx.session, key, answers["words"], ctx.me, ctx.now)
    return await _mine(ctx, key, ctx.t.plain("Noted, thank you!"))


async def _left(ctx: Context, answers: Answers) -> Answer:
    return await _mine(ctx, answers.get("workshop_id", 0))


TOPIC = Form("workshop.topic", (Question("words", _ask, typed(topics.WORDS)),), _done, _left)


@on(TakeTopicBack)
async def take_topic_back(ctx: Context, press: TakeTopicBack) -> Screen:
    workshop_id = await topics.take_back(ctx.session, press.topic_id, ctx.me)
    return await _mine(ctx, workshop_id, ctx.t.plain("It is gone."))


@on(SeeTopics, reading=True)
async def see_topics(ctx: Context, press: SeeTopics) -> Screen:
    event, found = await topics.all_of(ctx.session, press.workshop_id, ctx.me, ctx.now)
    t, shown = ctx.t, page(found, press.page)
    text = paragraphs(
        t("💡 Topics for <b>{title}</b>", title=event.title),
        _taken(t, event),
        lines(*(_line(t, said) for said in shown.items)),
    )
    turns = shown.turns(lambda to: SeeTopics(event.id, to))
    export = ExportTopics(event.id).labelled(t.label("📊 As a spreadsheet"))
    rows = (*((turns,) if turns else ()), *(((export,),) if found else ()))
    return Screen(text, (*rows, *way_back(t, OpenDocuments(event.id))))


def _taken(t: Texts, event: Event) -> str:
    if event.topics_until is None:
        return t("None are taken. A date until when they are can be set under Change.")
    return t("Taken until {when}.", when=t.moment(event.topics_until))


def _line(t: Texts, said: Said) -> str:
    return t("• {words} <i>{name}</i>", words=said.words, name=said.name or "–")


@on(ExportTopics)
async def export_topics(ctx: Context, press: ExportTopics) -> Toast:
    await topics.take_out(ctx.session, press.workshop_id, ctx.me, ctx.now)
    facts = {"workshop_id": press.workshop_id, "person_id": ctx.me.key}
    await ctx.errand("workshops.topics", **facts)
    return Toast(ctx.t.plain("The spreadsheet is on its way."))


@errand("workshops.topics")
async def draw_topics(trip: Trip, workshop_id: int, person_id: int) -> None:
    async with trip.look() as desk:
        me = await people.find(desk.session, person_id)
        event = await find(desk.session, workshop_id)
        found = await ratings.topics(desk.session, workshop_id)
    assert me is not None
    assert event is not None
    t, cluster = trip.house.texts[me.language], trip.house.cluster
    table = topics_table(t, event, found)
    content = await trip.aside(xlsx, [table], cluster.name, event.starts_at)
    async with trip.deliver() as desk:
        caption = t("💡 Topics for <b>{title}</b>", title=event.title)
        await desk.send_file(me, f"topics-{workshop_id}.xlsx", content, caption)


def topics_table(t: Texts, event: Event, found: Sequence[Said]) -> Table:
    columns = (t.plain("Topic"), t.plain("Name"), t.plain("Organisation"), t.plain("When"))
    rows = [(each.words, each.name, each.organisation, t.moment(each.at)) for each in found]
    return Table(t.plain("Topics"), columns, rows, (event.title,))
