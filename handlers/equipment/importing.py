"""Lists of equipment as files: sent to us, shown what they would change, and then written."""

from dataclasses import dataclass
from typing import Any

from telegram import Message

from bot.domain.instruments import caring, importing
from bot.kit import routes
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context
from bot.kit.forms import Answers, Form, Question, Unclear, begin
from bot.kit.routes import fallback, on
from bot.kit.screens import Answer, Screen, Toast, lines, paragraphs
from bot.kit.texts import Texts
from bot.papers.grids import MOST_BYTES
from handlers.equipment.care_ways import SendList
from handlers.equipment.keeping import shelf_screen
from handlers.equipment.ways import ManageInstruments
from handlers.links import way_back

LISTS = (".xlsx", ".xlsm", ".xls", ".csv", ".tsv", ".json", ".ods")


@dataclass(frozen=True)
class ApplyList(Button, prefix="in.imp.y"):
    import_id: int


@dataclass(frozen=True)
class CancelList(Button, prefix="in.imp.n"):
    import_id: int


@dataclass(frozen=True)
class GetTemplate(Button, prefix="in.imp.t"):
    pass


@on(SendList)
async def send_list(ctx: Context, press: SendList) -> Answer:
    await caring.require(ctx.session, press.organisation_id, ctx.me, ctx.now)
    return await begin(ctx, LIST, organisation_id=press.organisation_id)


@on(GetTemplate)
async def get_template(ctx: Context, _: GetTemplate) -> Toast:
    await ctx.errand("equipment.template", person_id=ctx.me.key)
    return Toast(ctx.t.plain("The template is on its way."))


@fallback("document")
async def took_document(ctx: Context, caption: str) -> Answer:
    """A list that somebody just sends, if they keep records of anybody."""
    document = ctx.message.document if ctx.message else None
    name = (document.file_name or "") if document else ""
    homes = await caring.homes(ctx.session, ctx.me, ctx.now)
    whose = homes[0].key if len(homes) == 1 else 0
    if document is None or not name.casefold().endswith(LISTS) or not (homes or await _runs(ctx)):
        return await routes.fallbacks["other"].act(ctx, caption)
    if len(homes) > 1:
        return Screen(ctx.t("Whose list is it? Please open it there."), _whose(homes))
    if (document.file_size or 0) > MOST_BYTES:
        return Screen(_too_large(ctx.t), way_back(ctx.t, ManageInstruments(whose)))
    return await _take(ctx, whose, {"id": document.file_id, "name": name})


async def _runs(ctx: Context) -> bool:
    return await caring.keeps_all(ctx.session, ctx.me, ctx.now)


def _whose(homes: Any) -> Rows:
    return tuple((SendList(each.key).labelled(each.short),) for each in homes)


def _ask(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    text = paragraphs(
        t("📥 <b>Send me the list</b>: an XLSX or CSV file."),
        lines(
            t("Its first row has the names of columns; name and field are needed."),
            t("I will show what would change before anything does."),
        ),
    )
    return Screen(text, ((GetTemplate().labelled(t.label("📄 Template")),),))


def _read(ctx: Context, message: Message) -> dict[str, str]:
    document = message.document
    if document is None:
        raise Unclear(ctx.t("This is no file. Please send an XLSX or CSV file, or cancel."))
    if (document.file_size or 0) > MOST_BYTES:
        raise Unclear(_too_large(ctx.t))
    return {"id": document.file_id, "name": document.file_name or "list"}


def _too_large(t: Texts) -> str:
    return t("The file is too large: {n} MB at most. Please split the list.", n=MOST_BYTES >> 20)


async def _done(ctx: Context, answers: Answers) -> Answer:
    return await _take(ctx, int(answers["organisation_id"]), answers["file"])


async def _take(ctx: Context, organisation_id: int, file: dict[str, str]) -> Screen:
    t = ctx.t
    sent = await importing.begin(
        ctx.session, organisation_id, file["id"], file["name"], ctx.me, ctx.now
    )
    await ctx.errand("equipment.read", import_id=sent.key)
    text = t(
        "⏳ I am reading <b>{name}</b>. In a moment I will show what it would change.",
        name=file["name"],
    )
    return Screen(text, way_back(t, ManageInstruments(organisation_id)))


async def _left(ctx: Context, answers: Answers) -> Answer:
    return await shelf_screen(ctx, int(answers.get("organisation_id", 0)))


@on(ApplyList)
async def apply(ctx: Context, press: ApplyList) -> Answer:
    sent = await importing.agree(ctx.session, press.import_id, ctx.me, ctx.now)
    await ctx.errand("equipment.write", import_id=sent.key)
    t = ctx.t
    return Screen(
        t("⏳ I am writing it. I will tell you when it is done."),
        way_back(t, ManageInstruments(sent.organisation_id or 0)),
    )


@on(CancelList)
async def cancel(ctx: Context, press: CancelList) -> Answer:
    await importing.cancel(ctx.session, press.import_id, ctx.me, ctx.now)
    return Screen(ctx.t("Nothing was changed."), way_back(ctx.t))


LIST = Form("equipment.list", (Question("file", _ask, _read),), _done, _left)
