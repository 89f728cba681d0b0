"""The team sends files of an event into the chat, one by one or as albums, until it is done."""

from typing import Any

from telegram import Message

from bot.domain.refusals import Gone
from bot.domain.workshops import papers
from bot.kit.context import Context
from bot.kit.forms import Answers, Choose, Form, Question, Unclear, begin, chosen
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.workshops.publishing import AddPapers, manage_screen
from storage.workshops.papers import PaperKind

FILES = "files"  # slides and photos, told apart by what they are


@on(AddPapers)
async def add_papers(ctx: Context, press: AddPapers) -> Answer:
    if press.kind not in (FILES, PaperKind.PROGRAMME, PaperKind.SIGNED_SHEET):
        raise Gone
    shelf = await papers.all_of(ctx.session, press.workshop_id, ctx.me, ctx.now)
    return await begin(ctx, PAPERS, workshop_id=shelf.event.id, kind=press.kind)


def _ask(ctx: Context, answers: Answers) -> Screen:
    t = ctx.t
    text = paragraphs(_what(t, answers["kind"]), t("When that is all, press <b>Done</b>."))
    return Screen(text, ((_enough(t),),))


def _what(t: Texts, kind: str) -> str:
    match kind:
        case PaperKind.PROGRAMME:
            return t("📋 Send me the programme: a document or a photo.")
        case PaperKind.SIGNED_SHEET:
            return t("🖊 Send me a photo or a scan of the signed sheet. Only the team sees it.")
    return t("📎 Send me slides and photos, one by one or as an album.")


def _enough(t: Texts) -> dict[str, Any]:
    return Choose("files", "done").labelled(t.label("✅ Done"), "success")


def _read(ctx: Context, message: Message) -> dict[str, str]:
    """The file as Telegram knows it. A photo has no name; a picture sent as a file has one."""
    if message.photo:
        return {"file_id": message.photo[-1].file_id, "name": "", "kind": PaperKind.PHOTO}
    document = message.document
    if document is None or message.animation is not None:
        words = ctx.t("This is neither a document nor a photo. A video can be sent as a file.")
        raise Unclear(words)
    picture = (document.mime_type or "").startswith("image/")
    kind = PaperKind.PHOTO if picture else PaperKind.SLIDES
    name = document.file_name or ctx.t.plain("Document")
    return {"file_id": document.file_id, "name": name, "kind": kind}


async def _each(ctx: Context, answers: Answers, file: dict[str, str]) -> Answer:
    t, asked = ctx.t, answers["kind"]
    kind = PaperKind(file["kind"] if asked == FILES else asked)
    await papers.add(
        ctx.session,
        answers["workshop_id"],
        kind,
        file["file_id"],
        file["name"],
        ctx.me,
        ctx.now,
    )
    have = t("📎 I have <b>{name}</b>.", name=file["name"]) if file["name"] else t("🖼 I have it.")
    return Screen(lines(have, t("Send another, or press <b>Done</b>.")), ((_enough(t),),))


async def _done(ctx: Context, answers: Answers) -> Answer:
    return await manage_screen(ctx, answers["workshop_id"])


async def _left(ctx: Context, answers: Answers) -> Answer:
    return await manage_screen(ctx, answers.get("workshop_id", 0))


PAPERS = Form(
    "workshop.papers",
    (Question("files", _ask, _read, chosen("done"), each=_each),),
    _done,
    _left,
)
