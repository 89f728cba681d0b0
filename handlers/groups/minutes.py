"""Minutes of a meeting: a draft that whoever runs the pillar edits, then sends to everybody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.calls import runs
from bot.domain.groups import linking, minutes
from bot.domain.groups.minutes import ONCE, Draft
from bot.kit.buttons import Button, Face
from bot.kit.context import Context, Desk
from bot.kit.errands import Trip
from bot.kit.forms import Answers, Form, Question, begin
from bot.kit.paging import Page
from bot.kit.routes import on, watch
from bot.kit.screens import Answer, Screen, paragraphs
from bot.kit.texts import Texts
from bot.kit.typed import typed_lines
from handlers.groups.circulating import Letter, circulate, letter
from handlers.groups.meeting_ways import BeginMinutes, NewTask, OpenMinutes
from handlers.links import ListPillars, OpenMeeting, home, way_back
from storage.groups import dates as rows
from storage.groups import minutes as kept
from storage.workshops import find

PAGE = 3000  # characters
TEASER = 400


@dataclass(frozen=True)
class AddToMinutes(Button, prefix="pi.mi.add"):
    minutes_id: int


@dataclass(frozen=True)
class RewriteMinutes(Button, prefix="pi.mi.ed"):
    """The page that is shown."""

    minutes_id: int
    page: int


@dataclass(frozen=True)
class CollectMarked(Button, prefix="pi.mi.col"):
    minutes_id: int


@dataclass(frozen=True)
class AskToSend(Button, prefix="pi.mi.send?"):
    minutes_id: int


@dataclass(frozen=True)
class SendMinutes(Button, prefix="pi.mi.send"):
    minutes_id: int


@on(BeginMinutes)
async def begin_minutes(ctx: Context, press: BeginMinutes) -> Screen:
    draft = await minutes.begin(ctx.session, press.workshop_id, ctx.me, ctx.now)
    return minutes_screen(ctx.t, draft)


@on(OpenMinutes, reading=True)
async def open_minutes(ctx: Context, press: OpenMinutes) -> Screen:
    draft = await minutes.read(ctx.session, press.minutes_id, ctx.me, ctx.now)
    return minutes_screen(ctx.t, draft, press.page)


def minutes_screen(t: Texts, draft: Draft, number: int = 0, toast: str = "") -> Screen:
    event, key = draft.meeting.event, draft.minutes.key
    parts = pages(draft.minutes.text)
    number = min(max(number, 0), len(parts) - 1)
    is_sent = draft.minutes.sent_at is not None
    title = t("📝 <b>{title}</b>", title=event.title)
    if not is_sent:
        title = t("📝 <b>Draft: {title}</b>", title=event.title)
    text = paragraphs(
        title,
        t("{when}", when=t.span(event.starts_at, event.ends_at)),
        t("{words}", words=parts[number]) if parts[number] else t("Nothing is written yet."),
    )
    turns = Page(parts, number, len(parts)).turns(lambda to: OpenMinutes(key, to))
    ways = _after(t, draft) if is_sent else _before(t, draft, number)
    shown = (*((turns,) if turns else ()), *ways, *way_back(t, OpenMeeting(event.id)))
    return Screen(text, shown, toast)


def pages(text: str) -> list[str]:
    """Whole lines as far as they fit."""
    found = [""]
    for line in text.splitlines(keepends=True):
        for at in range(0, len(line), PAGE):
            part = line[at : at + PAGE]
            if len(found[-1]) + len(part) > PAGE:
                found.append("")
            found[-1] += part
    return [each.strip("\n") for each in found]


def _before(t: Texts, draft: Draft, number: int) -> Iterator[tuple[Face, ...]]:
    key, n = draft.minutes.key, draft.waiting
    add = AddToMinutes(key).labelled(t.label("➕ Add"))
    if not draft.minutes.text:
        yield (add,)
    else:
        yield (add, RewriteMinutes(key, number).labelled(t.label("✏️ Rewrite")))
    if n:
        yield (CollectMarked(key).labelled(t.label("📌 Take in what was marked ({n})", n=n)),)
    if draft.minutes.text:
        yield (AskToSend(key).labelled(t.label("📨 Send to the pillar"), "success"),)


def _after(t: Texts, draft: Draft) -> Iterator[tuple[Face, ...]]:
    if draft.meeting.may_run:
        task = NewTask(draft.minutes.pillar_id, draft.minutes.key)
        yield (task.labelled(t.label("➕ Give a task")),)


@on(CollectMarked)
async def collect(ctx: Context, press: CollectMarked) -> Screen:
    draft = await minutes.collect(ctx.session, press.minutes_id, ctx.me, ctx.now)
    last = len(pages(draft.minutes.text)) - 1
    return minutes_screen(ctx.t, draft, last, ctx.t.plain("Added to the end."))


@on(AddToMinutes)
async def add(ctx: Context, press: AddToMinutes) -> Answer:
    await minutes.editable(ctx.session, press.minutes_id, ctx.me, ctx.now)
    return await begin(ctx, ADD, minutes_id=press.minutes_id)


@on(RewriteMinutes)
async def rewrite(ctx: Context, press: RewriteMinutes) -> Answer:
    draft = await minutes.editable(ctx.session, press.minutes_id, ctx.me, ctx.now)
    parts = pages(draft.minutes.text)
    old = parts[min(press.page, len(parts) - 1)]
    return await begin(ctx, REWRITE, minutes_id=press.minutes_id, old=old, page=press.page)


def _ask_more(ctx: Context, _: Answers) -> Screen:
    return Screen(ctx.t("➕ Write what I should add to the end."))


def _ask_anew(ctx: Context, answers: Answers) -> Screen:
    t = ctx.t
    how = t("✏️ Tap the text to copy it, change it, and send it back as a message:")
    return Screen(paragraphs(how, t("<code>{words}</code>", words=answers["old"])))


async def _added(ctx: Context, answers: Answers) -> Answer:
    key, words = answers["minutes_id"], answers["words"]
    draft = await minutes.add(ctx.session, key, words, ctx.me, ctx.now)
    last = len(pages(draft.minutes.text)) - 1
    return minutes_screen(ctx.t, draft, last, ctx.t.plain("Added to the end."))


async def _rewritten(ctx: Context, answers: Answers) -> Answer:
    draft = await minutes.rewrite(
        ctx.session, answers["minutes_id"], answers["old"], answers["words"], ctx.me, ctx.now
    )
    return minutes_screen(ctx.t, draft, answers["page"], ctx.t.plain("Changed."))


async def _left(ctx: Context, answers: Answers) -> Answer:
    if "minutes_id" not in answers:
        return Screen(ctx.t("This has been given up already."), way_back(ctx.t, ListPillars()))
    draft = await minutes.read(ctx.session, answers["minutes_id"], ctx.me, ctx.now)
    return minutes_screen(ctx.t, draft, answers.get("page", 0))


ADD = Form("group.minutes.add", (Question("words", _ask_more, typed_lines(ONCE)),), _added, _left)
REWRITE = Form(
    "group.minutes.rewrite",
    (Question("words", _ask_anew, typed_lines(ONCE)),),
    _rewritten,
    _left,
)


@on(AskToSend, reading=True)
async def ask_to_send(ctx: Context, press: AskToSend) -> Screen:
    t, key = ctx.t, press.minutes_id
    draft = await minutes.read(ctx.session, key, ctx.me, ctx.now)
    text = paragraphs(
        t("📨 <b>{title}</b>", title=draft.meeting.event.title),
        t("Everybody in the pillar gets the minutes. They cannot be changed afterwards. Send?"),
    )
    sure = SendMinutes(key).labelled(t.label("📨 Yes, send them"), "success")
    return Screen(text, ((sure,), *way_back(t, OpenMinutes(key))))


@on(SendMinutes)
async def send(ctx: Context, press: SendMinutes) -> Screen:
    draft = await minutes.send(ctx.session, press.minutes_id, ctx.me, ctx.now)
    await circulate(ctx, "minutes", draft.minutes.key)
    return minutes_screen(ctx.t, draft, toast=ctx.t.plain("The minutes are on their way."))


@letter("minutes")
async def tell_minutes(desk: Desk, minutes_id: int, after: int, limit: int) -> Letter | None:
    sent = await kept.find(desk.session, minutes_id)
    event = await find(desk.session, sent.workshop_id) if sent else None
    if sent is None or event is None:
        return None
    people = await rows.asked(desk.session, sent.pillar_id, desk.now, after=after, limit=limit)
    teaser = sent.text if len(sent.text) <= TEASER else f"{sent.text[: TEASER - 1]}…"

    def write(t: Texts) -> Screen:
        title = t("📝 <b>Minutes: {title}</b>", title=event.title)
        read = OpenMinutes(minutes_id).labelled(t.label("📝 Read them"))
        return Screen(paragraphs(title, t("{words}", words=teaser)), ((read,), (home(t),)))

    def line(t: Texts) -> tuple[str, Button]:
        return t.plain("Minutes: {title}", title=event.title), OpenMinutes(minutes_id)

    return Letter(people, write, line=line)


@watch("groups.minutes", every=timedelta(minutes=15))
async def ask_for_minutes(trip: Trip) -> None:
    """Once, in the hours of work after a meeting."""
    if not runs.is_working_time(trip.now, trip.house.cluster.zone):
        return
    async with trip.look() as desk:
        missing = await minutes.missing(desk.session, desk.now)
    if not missing:
        return
    async with trip.deliver() as desk:
        for workshop_id, pillar_id in missing:
            await _ask_for(desk, workshop_id, pillar_id)


async def _ask_for(desk: Desk, workshop_id: int, pillar_id: int) -> None:
    event = await find(desk.session, workshop_id)
    if event is None:
        return
    for person in await linking.in_charge(desk.session, pillar_id, desk.now):
        t = desk.texts_of(person)
        text = paragraphs(
            t("📝 <b>{title}</b>", title=event.title),
            t("The meeting is over. The draft of its minutes begins with the agenda and with "
              "what was marked in the group."),
        )  # fmt: skip
        write = BeginMinutes(workshop_id).labelled(t.label("📝 Write the minutes"))
        screen = Screen(text, ((write,), (home(t),)))
        desk.tell(person, screen, key=f"minutes.ask{workshop_id}:p{person.key}")
