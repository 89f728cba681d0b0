"""Who may apply, which regions and which pillars: switched on and off by taps."""

from dataclasses import dataclass

from bot.domain import pillars
from bot.domain.calls import editing, settling
from bot.kit import paging
from bot.kit.buttons import Button, Face, Rows
from bot.kit.context import Context
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.calls import desk_words, words
from handlers.calls.desk_ways import EditCall, EditCallGroup, EditCallPillars
from handlers.calls.editing import WHO
from handlers.calls.listing import cut
from handlers.calls.settling import WORDS
from handlers.links import way_back
from storage.calls.records import GrantCall

NAME = 30  # characters of a pillar on a button
PILLARS = 8  # on one page


@dataclass(frozen=True)
class FlipWord(Button, prefix="ca.d.fl"):
    call_id: int
    field: str
    code: str


@dataclass(frozen=True)
class PlaceCall(Button, prefix="ca.d.pp"):
    call_id: int
    pillar_id: int


@dataclass(frozen=True)
class PageCallPillars(Button, prefix="ca.d.pg"):
    call_id: int
    page: int


def toggles_screen(t: Texts, call: GrantCall, field: str, toast: str = "") -> Screen:
    said = desk_words.value(t, field, getattr(call, field) or None, call)
    text = paragraphs(
        t("✏️ <b>{field}</b>", field=desk_words.field(t, field)),
        t("Now: <i>{old}</i>", old=said) if said else _nothing(t, field),
    )
    faces = [_face(t, call, field, code) for code in editing.SETS[field]]
    rows: Rows = tuple(tuple(faces[at : at + 2]) for at in range(0, len(faces), 2))
    return Screen(text, (*rows, *way_back(t, EditCallGroup(call.key, WHO))), toast)


def _nothing(t: Texts, field: str) -> str:
    match field:
        case "applicants":
            return t("The call does not say who may apply.")
        case "regions":
            return t("Any region. Choose some, and only they may apply.")
    return t("No region is left out. “Outside Prague” is Prague chosen here.")


def _face(t: Texts, call: GrantCall, field: str, code: str) -> Face:
    name = str(words.applicants(t, [code]) if field == "applicants" else words.regions(t, [code]))
    mark = "✅" if editing.is_in(code, getattr(call, field)) else "⬜️"
    return FlipWord(call.key, field, code).labelled(f"{mark} {name}")


@on(FlipWord)
async def flip(ctx: Context, press: FlipWord) -> Screen:
    call = await editing.flip(ctx.session, press.call_id, press.field, press.code, ctx.me, ctx.now)
    return toggles_screen(ctx.t, call, press.field, ctx.t.plain("Changed."))


@on(EditCallPillars, reading=True)
async def edit_pillars(ctx: Context, press: EditCallPillars) -> Screen:
    return await pillars_screen(ctx, press.call_id)


@on(PlaceCall)
async def place(ctx: Context, press: PlaceCall) -> Screen:
    await editing.place(ctx.session, press.call_id, press.pillar_id, ctx.me, ctx.now)
    known = await pillars.overview(ctx.session, ctx.now)
    number = paging.place(known, lambda each: each[0].key == press.pillar_id, PILLARS)
    return await pillars_screen(ctx, press.call_id, number, ctx.t.plain("Changed."))


@on(PageCallPillars, reading=True)
async def page_pillars(ctx: Context, press: PageCallPillars) -> Screen:
    return await pillars_screen(ctx, press.call_id, press.page)


async def pillars_screen(ctx: Context, call_id: int, number: int = 0, toast: str = "") -> Screen:
    """Each with the words by which it was recognised."""
    t, its = ctx.t, await settling.look(ctx.session, call_id, ctx.me, ctx.now)
    there = {pillar.key: place for pillar, place in its.pillars}
    recognised = [
        t("🏷 {pillar}: {why}", pillar=pillar.name_in(t.language), why=", ".join(row.words[:WORDS]))
        for pillar, row in its.pillars
        if row.words and not row.by_hand
    ]
    text = paragraphs(
        t("👥 <b>To whose field does it belong?</b>"),
        lines(*recognised),
        t("Those who stand in a chosen pillar hear of it."),
    )
    part = paging.page(await pillars.overview(ctx.session, ctx.now), number, PILLARS)
    rows: Rows = tuple(
        (
            PlaceCall(call_id, pillar.key).labelled(
                f"{'✅' if pillar.key in there else '⬜️'} {cut(pillar.name_in(t.language), NAME)}"
            ),
        )
        for pillar, _ in part.items
    )
    if turns := part.turns(lambda to: PageCallPillars(call_id, to)):
        rows = (*rows, turns)
    return Screen(text, (*rows, *way_back(t, EditCall(call_id))), toast)
