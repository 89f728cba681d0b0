"""The team publishes slides and photos to those who came, and takes away what is wrong."""

from dataclasses import dataclass
from datetime import UTC, datetime, time

from bot.domain.working_days import DAY, next_working
from bot.domain.workshops import papers
from bot.domain.workshops.papers import Published, Shelf
from bot.kit.buttons import Button, Face, Rows
from bot.kit.context import Context
from bot.kit.errands import Trip
from bot.kit.paging import page
from bot.kit.pushing import News
from bot.kit.routes import errand, on
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import Texts
from handlers.links import home, way_back
from handlers.workshops.papers import GetPaper, label_of
from handlers.workshops.ways import ManagePapers, OpenDocuments, OpenPapers
from storage.people import Person
from storage.pushes import PushKind
from storage.workshops import Event, find, presence
from storage.workshops.papers import Paper, PaperKind

CHUNK = 500  # people told in one transaction
MORNING = time(9)  # of the next working day, when people have heard of earlier ones today


@dataclass(frozen=True)
class AddPapers(Button, prefix="ws.pap.add"):
    """Of one kind, or `files`: whatever slides and photos there are."""

    workshop_id: int
    kind: str


@dataclass(frozen=True)
class EditPaper(Button, prefix="ws.pap.one"):
    workshop_id: int
    paper_id: int


@dataclass(frozen=True)
class RemovePaper(Button, prefix="ws.pap.del"):
    paper_id: int


@dataclass(frozen=True)
class PublishPapers(Button, prefix="ws.pap.pub"):
    workshop_id: int


@on(ManagePapers, reading=True)
async def manage(ctx: Context, press: ManagePapers) -> Screen:
    return await manage_screen(ctx, press.workshop_id, press.page)


async def manage_screen(
    ctx: Context, workshop_id: int, number: int = 0, toast: str = ""
) -> Screen:
    t = ctx.t
    shelf = await papers.all_of(ctx.session, workshop_id, ctx.me, ctx.now)
    shown = page(shelf.papers, number)
    files = tuple((_edit(t, shelf, each),) for each in shown.items)
    turns = shown.turns(lambda to: ManagePapers(workshop_id, to))
    publish = PublishPapers(workshop_id).labelled(
        t.label("📣 Publish to those who came"), "success"
    )
    rows: Rows = (
        *files,
        *((turns,) if turns else ()),
        (AddPapers(workshop_id, "files").labelled(t.label("➕ Slides and photos")),),
        (
            AddPapers(workshop_id, PaperKind.PROGRAMME).labelled(t.label("📋 Programme")),
            AddPapers(workshop_id, PaperKind.SIGNED_SHEET).labelled(t.label("🖊 Signed sheet")),
        ),
        *(((publish,),) if shelf.waiting else ()),
    )
    text = paragraphs(t("📎 <b>{title}</b>", title=shelf.event.title), _state(t, shelf))
    return Screen(text, (*rows, *way_back(t, OpenDocuments(workshop_id))), toast)


def _edit(t: Texts, shelf: Shelf, paper: Paper) -> Face:
    label = label_of(t, shelf, paper)
    if paper.published_at:
        label = t.label("✅ {name}", name=label)
    return EditPaper(shelf.event.id, paper.key).labelled(label)


def _state(t: Texts, shelf: Shelf) -> str:
    if not shelf.papers:
        return t("There is nothing here yet. Add slides, photos, the programme or a signed sheet.")
    if shelf.waiting:
        return t.n(
            "{n} file waits to be published to those who came.",
            "{n} files wait to be published to those who came.",
            shelf.waiting,
        )
    return t("✅ is what those who came can see.")


@on(EditPaper, reading=True)
async def edit_paper(ctx: Context, press: EditPaper) -> Screen:
    t = ctx.t
    shelf = await papers.all_of(ctx.session, press.workshop_id, ctx.me, ctx.now)
    paper = next((each for each in shelf.papers if each.key == press.paper_id), None)
    if paper is None:
        return await manage_screen(ctx, press.workshop_id)
    state = t("Only the team sees it.")
    if paper.published_at:
        state = t("Published {when}.", when=t.moment(paper.published_at))
    rows = (
        (GetPaper(paper.key).labelled(t.label("📥 Send it to me")),),
        (RemovePaper(paper.key).labelled(t.label("🗑 Remove"), "danger"),),
    )
    text = paragraphs(t("<b>{name}</b>", name=label_of(t, shelf, paper)), state)
    return Screen(text, (*rows, *way_back(t, ManagePapers(press.workshop_id))))


@on(RemovePaper)
async def remove_paper(ctx: Context, press: RemovePaper) -> Screen:
    workshop_id = await papers.remove(ctx.session, press.paper_id, ctx.me, ctx.now)
    return await manage_screen(ctx, workshop_id, toast=ctx.t.plain("It is gone."))


@on(PublishPapers)
async def publish(ctx: Context, press: PublishPapers) -> Screen:
    zone = ctx.house.cluster.zone
    published = await papers.publish(ctx.session, press.workshop_id, ctx.me, zone, ctx.now)
    day = ctx.now.astimezone(zone).date()
    at = ctx.now
    if published.told_today:
        day = next_working(day + DAY)
        at = datetime.combine(day, MORNING, zone).astimezone(UTC)
    await ctx.errand_at(
        at,
        "workshops.papers",
        workshop_id=press.workshop_id,
        day=day.isoformat(),
        first=published.is_first,
        after=0,
    )
    return await manage_screen(ctx, press.workshop_id, toast=_told(ctx.t, published, at))


def _told(t: Texts, published: Published, at: datetime) -> str:
    if published.told_today:
        when = t.moment(at)
        return t.plain(
            "Published. People hear of it on {when}; today they did already.", when=when
        )
    return t.plain_n(
        "Published. {n} person is being told.",
        "Published. {n} people are being told.",
        published.people,
    )


@errand("workshops.papers")
async def tell_of_papers(trip: Trip, workshop_id: int, day: str, first: bool, after: int) -> None:
    """The key has the day, so that nobody hears of them twice in one."""
    async with trip.deliver() as desk:
        event = await find(desk.session, workshop_id)
        people = await presence.people_there(desk.session, workshop_id, after=after, limit=CHUNK)
        assert event is not None
        news = [
            _news(desk.texts_of(each), event, each, f"papers{workshop_id}:{day}", first=first)
            for each in people
        ]
        await desk.push_all(PushKind.EVENTS, news)
        if len(people) == CHUNK:
            facts = {"day": day, "first": first, "after": people[-1].key}
            await desk.errand("workshops.papers", workshop_id=workshop_id, **facts)


def _news(t: Texts, event: Event, person: Person, about: str, *, first: bool) -> News:
    screen, opens = _screen(t, event, first=first), OpenPapers(event.id)
    title = t.plain("Slides and photos: {title}", title=event.title)
    return News(person, screen, f"{about}:p{person.key}", title, opens)


def _screen(t: Texts, event: Event, *, first: bool) -> Screen:
    text = t("📎 There is more from <b>{title}</b>: slides or photos.", title=event.title)
    if first:
        text = t("📎 Slides and photos from <b>{title}</b> are here.", title=event.title)
    show = OpenPapers(event.id).labelled(t.label("📎 Show them"))
    return Screen(text, ((show, home(t)),))
