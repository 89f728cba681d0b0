"""Changing a record of equipment: groups of fields, so that no screen is a wall of buttons."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.instruments import caring, cells, lists, wording
from bot.domain.instruments.caring import Kept
from bot.domain.refusals import Gone
from bot.kit.buttons import Button, Face, Rows
from bot.kit.context import Context
from bot.kit.paging import page, place
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts, gettext_noop
from handlers.equipment.care_ways import (
    AskToHide,
    Confirm,
    EditField,
    EditGroup,
    SetOutOfService,
)
from handlers.equipment.ways import EditInstrument, ManageInstruments
from handlers.links import OpenInstrument, way_back
from storage.instruments import Condition

LONG = 160  # characters of a text that is shown among others
PILLARS = 8  # on one page
MAIN = "main"
GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "what": (gettext_noop("📝 Description"), ("name", "name_en", "what", "what_en", "technique")),
    "make": (
        gettext_noop("🏷 Make and place"),
        ("kind", "category", "maker", "model", "reference", "owner", "site", "region"),
    ),
    "parameters": (gettext_noop("📐 Parameters"), ("parameters",)),
    "access": (
        gettext_noop("🔑 Access and price"),
        (
            *cells.FLAGS,
            "access",
            "priced",
            "price_least",
            "price_members",
            "price_academia",
            "price_others",
        ),
    ),
    "samples": (gettext_noop("🧪 Samples"), ("samples",)),
    "link": (gettext_noop("🔗 Link and DOI"), ("link", "doi")),
    "guarantor": (gettext_noop("👤 Guarantor"), ("guarantor",)),
}
WORDS = ("kind", "category", "priced")  # chosen, not typed


@dataclass(frozen=True)
class Flip(Button, prefix="in.ed.y"):
    instrument_id: int
    flag: str


@dataclass(frozen=True)
class PagePillars(Button, prefix="in.ed.pi.p"):
    instrument_id: int
    page: int


@dataclass(frozen=True)
class EditPillars(Button, prefix="in.ed.pi"):
    instrument_id: int


@dataclass(frozen=True)
class MovePillar(Button, prefix="in.ed.pm"):
    instrument_id: int
    pillar_id: int


@dataclass(frozen=True)
class EditVisibility(Button, prefix="in.ed.v"):
    instrument_id: int


@dataclass(frozen=True)
class EditPhoto(Button, prefix="in.ed.ph"):
    instrument_id: int


@on(EditInstrument, reading=True)
async def edit(ctx: Context, press: EditInstrument) -> Screen:
    return await edit_screen(ctx, press.instrument_id)


async def edit_screen(ctx: Context, instrument_id: int, toast: str = "") -> Screen:
    t, kept = ctx.t, await caring.look(ctx.session, instrument_id, ctx.me, ctx.now)
    it, key = kept.instrument, kept.instrument.key
    text = paragraphs(
        _spoken(ctx, toast),
        t("✏️ <b>{name}</b>", name=it.name),
        lines(*_state(t, kept)),
        t("What shall change?"),
    )
    groups = [EditGroup(key, name).labelled(t.label(label)) for name, (label, _) in GROUPS.items()]
    others = [
        EditPillars(key).labelled(t.label("🏛 Pillars")),
        EditVisibility(key).labelled(t.label("👁 Visibility")),
        EditPhoto(key).labelled(t.label("🖼 Photo")),
        SetOutOfService(key).labelled(t.label("🔧 Out of service")),
    ]
    back = ManageInstruments(it.organisation_id or 0)
    rows = (*_pairs([*groups, *others]), *_fate(t, kept), *way_back(t, back))
    return Screen(text, rows, toast)


def _spoken(ctx: Context, toast: str) -> str:
    """Over a button words pop up; to whoever typed they are written."""
    return ctx.t("{words}", words=toast) if toast and ctx.message else ""


def _pairs(faces: list[Face]) -> Iterator[tuple[Face, ...]]:
    for start in range(0, len(faces), 2):
        yield tuple(faces[start : start + 2])


def _state(t: Texts, kept: Kept) -> Iterator[str]:
    it = kept.instrument
    for outage in kept.outages:
        if outage.until:
            yield t("🔧 Out of service until {day}", day=t.day(outage.until))
        else:
            yield t("🔧 Out of service")
    if it.condition == Condition.HIDDEN:
        yield t("🙈 Hidden: nobody else sees it.")
    elif it.condition == Condition.UNVERIFIED:
        yield t("⚠️ Not verified: nobody has confirmed this for long.")
    if it.confirmed_at:
        day = it.confirmed_at.astimezone(t.zone).date()
        yield t("✅ Confirmed on {day}", day=t.date(day))


def _fate(t: Texts, kept: Kept) -> Rows:
    key = kept.instrument.key
    see = OpenInstrument(key).labelled(t.label("👀 See the card"))
    if kept.instrument.condition == Condition.HIDDEN:
        again = Confirm(key).labelled(t.label("✅ Show it again"), "success")
        return ((again,), (see, AskToHide(key).labelled(t.label("🗑 Delete"))))
    if kept.instrument.condition == Condition.UNVERIFIED:
        return (
            (Confirm(key).labelled(t.label("✅ It holds"), "success"),),
            (see, AskToHide(key).labelled(t.label("🗑 Remove"))),
        )
    return ((see, AskToHide(key).labelled(t.label("🗑 Remove"))),)


@on(EditGroup, reading=True)
async def edit_group(ctx: Context, press: EditGroup) -> Screen:
    return await group_screen(ctx, press.instrument_id, press.group)


async def group_screen(ctx: Context, instrument_id: int, group: str, toast: str = "") -> Screen:
    if group == MAIN:
        return await edit_screen(ctx, instrument_id, toast)
    if group not in GROUPS:
        raise Gone
    t, kept = ctx.t, await caring.look(ctx.session, instrument_id, ctx.me, ctx.now)
    label, fields = GROUPS[group]
    told = lines(*(_field(t, kept, field) for field in fields))
    faces = [_change(t, kept, field) for field in fields]
    text = paragraphs(_spoken(ctx, toast), t("<b>{group}</b>", group=t.plain(label)), told)
    rows = (*_pairs(faces), *way_back(t, EditInstrument(instrument_id)))
    return Screen(text, rows, toast)


def _field(t: Texts, kept: Kept, field: str) -> str:
    name = wording.heading(field, t.language)
    said = cells.written(field, lists.value(kept.instrument, field), t.language) or "–"
    if "\n" in said:
        return t("{name}:\n<b>{said}</b>", name=name, said=said)
    return t("{name}: <b>{said}</b>", name=name, said=_cut(said))


def _change(t: Texts, kept: Kept, field: str) -> Face:
    key, name = kept.instrument.key, wording.heading(field, t.language)
    if field in cells.FLAGS:
        sign = "✅" if getattr(kept.instrument, field) else "⬜"
        return Flip(key, field).labelled(f"{sign} {name}")
    return EditField(key, field).labelled(name)


def _cut(text: str) -> str:
    return text if len(text) <= LONG else f"{text[: LONG - 1]}…"


def group_of(field: str) -> str:
    return next((group for group, (_, fields) in GROUPS.items() if field in fields), MAIN)


@on(Flip)
async def flip(ctx: Context, press: Flip) -> Screen:
    await caring.flip(ctx.session, press.instrument_id, press.flag, ctx.me, ctx.now)
    return await group_screen(ctx, press.instrument_id, "access", ctx.t.plain("Changed."))


@on(EditPillars, reading=True)
async def edit_pillars(ctx: Context, press: EditPillars) -> Screen:
    return await _pillars_screen(ctx, press.instrument_id)


@on(MovePillar)
async def move_pillar(ctx: Context, press: MovePillar) -> Screen:
    key = press.instrument_id
    await caring.move(ctx.session, key, press.pillar_id, ctx.me, ctx.now)
    kept = await caring.look(ctx.session, key, ctx.me, ctx.now)
    number = place(kept.pillars, lambda each: each.key == press.pillar_id, PILLARS)
    return await _pillars_screen(ctx, key, number, ctx.t.plain("Changed."))


@on(PagePillars, reading=True)
async def page_pillars(ctx: Context, press: PagePillars) -> Screen:
    return await _pillars_screen(ctx, press.instrument_id, press.page)


async def _pillars_screen(
    ctx: Context, instrument_id: int, number: int = 0, toast: str = ""
) -> Screen:
    t, kept = ctx.t, await caring.look(ctx.session, instrument_id, ctx.me, ctx.now)
    part = page(kept.pillars, number, PILLARS)
    turns = part.turns(lambda to: PagePillars(instrument_id, to))
    rows = tuple(
        (
            MovePillar(instrument_id, each.key).labelled(
                f"{'✅' if each.key in kept.stands else '⬜'} {each.name_in(t.language)}"
            ),
        )
        for each in part.items
    )
    text = paragraphs(
        t("🏛 <b>{name}</b>", name=kept.instrument.name), t("To which pillars does it belong?")
    )
    shown = (*rows, *((turns,) if turns else ()))
    return Screen(text, (*shown, *way_back(t, EditInstrument(instrument_id))), toast)
