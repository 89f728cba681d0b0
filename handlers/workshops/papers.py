"""Slides and photos of an event, for those who came."""

from dataclasses import dataclass

from bot.domain.workshops import papers
from bot.domain.workshops.papers import Shelf
from bot.kit.buttons import Button, Face, Rows
from bot.kit.context import Context
from bot.kit.paging import page
from bot.kit.routes import on
from bot.kit.screens import Screen, Toast, paragraphs
from bot.kit.texts import Texts
from handlers.links import OpenWorkshop, way_back
from handlers.workshops.ways import ManagePapers, OpenPapers
from storage.outbox import Call, Priority
from storage.workshops.papers import Paper, PaperKind

ALBUM = 10  # photos that Telegram takes in one go
SIGNS = {
    PaperKind.SLIDES: "📄",
    PaperKind.PHOTO: "🖼",
    PaperKind.PROGRAMME: "📋",
    PaperKind.SIGNED_SHEET: "🖊",
}


@dataclass(frozen=True)
class BrowsePapers(Button, prefix="ws.pap.n"):
    workshop_id: int
    page: int


@dataclass(frozen=True)
class GetPaper(Button, prefix="ws.pap.get"):
    paper_id: int


@dataclass(frozen=True)
class GetAllPapers(Button, prefix="ws.pap.all"):
    workshop_id: int


@on(OpenPapers, reading=True)
async def open_papers(ctx: Context, press: OpenPapers) -> Screen:
    return await _shelf(ctx, press.workshop_id, 0)


@on(BrowsePapers, reading=True)
async def browse(ctx: Context, press: BrowsePapers) -> Screen:
    return await _shelf(ctx, press.workshop_id, press.page)


async def _shelf(ctx: Context, workshop_id: int, number: int) -> Screen:
    t = ctx.t
    shelf = await papers.shelf(ctx.session, workshop_id, ctx.me, ctx.now)
    shown = page(shelf.papers, number)
    about = t("Tap one, and I will send it to you.")
    if not shelf.papers:
        about = t("There is nothing here yet. I will write to you as soon as there is.")
    files = tuple((_get(t, shelf, each),) for each in shown.items)
    turns = shown.turns(lambda to: BrowsePapers(workshop_id, to))
    every = GetAllPapers(workshop_id).labelled(
        t.label("📥 Send me all ({n})", n=len(shelf.papers))
    )
    manage = ManagePapers(workshop_id).labelled(t.label("🛠 Manage"))
    rows: Rows = (
        *files,
        *((turns,) if turns else ()),
        *(((every,),) if len(shelf.papers) > 1 else ()),
        *(((manage,),) if shelf.leads else ()),
    )
    text = paragraphs(t("📎 <b>{title}</b>", title=shelf.event.title), about)
    return Screen(text, (*rows, *way_back(t, OpenWorkshop(workshop_id))))


def _get(t: Texts, shelf: Shelf, paper: Paper) -> Face:
    return GetPaper(paper.key).labelled(label_of(t, shelf, paper))


def label_of(t: Texts, shelf: Shelf, paper: Paper) -> str:
    """Photos have no names, so they have numbers."""
    if paper.name:
        name = paper.name if len(paper.name) <= 34 else f"{paper.name[:24]}…{paper.name[-9:]}"
        return t.label("{sign} {name}", sign=SIGNS[paper.kind], name=name)
    photos = [each.key for each in shelf.papers if each.is_photo]
    number = photos.index(paper.key) + 1
    return t.label("{sign} Photo {n}", sign=SIGNS[paper.kind], n=number)


@on(GetPaper)
async def get_paper(ctx: Context, press: GetPaper) -> Toast:
    paper = await papers.one(ctx.session, press.paper_id, ctx.me, ctx.now)
    _send(ctx, [paper])
    return Toast(ctx.t.plain("Here it is, below."))


@on(GetAllPapers)
async def get_all(ctx: Context, press: GetAllPapers) -> Toast:
    shelf = await papers.shelf(ctx.session, press.workshop_id, ctx.me, ctx.now)
    _send(ctx, list(shelf.papers))
    return Toast(ctx.t.plain("They are coming, one after another."))


def _send(ctx: Context, wanted: list[Paper]) -> None:
    """Documents by themselves, photos in albums; Telegram has the files already."""
    chat = ctx.me.telegram_id
    assert chat is not None
    photos = [each.file_id for each in wanted if each.is_photo]
    for each in wanted:
        if not each.is_photo:
            payload = {"document": each.file_id}
            ctx.owe(Call("sendDocument", chat, payload, Priority.NOTICE))
    for start in range(0, len(photos), ALBUM):
        album = photos[start : start + ALBUM]
        if len(album) == 1:
            ctx.owe(Call("sendPhoto", chat, {"photo": album[0]}, Priority.NOTICE))
        else:
            media = [{"type": "photo", "media": each} for each in album]
            ctx.owe(Call("sendMediaGroup", chat, {"media": media}, Priority.NOTICE))
