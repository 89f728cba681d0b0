"""The deadlines of a call as the team sees them: when, for what, by whose clocks."""

from dataclasses import dataclass

from bot.domain.calls import timing, values
from bot.domain.calls.timing import ZONES
from bot.domain.refusals import Gone
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts, gettext_noop
from handlers.calls import terms
from handlers.calls.desk_ways import AddDue, EditCallGroup, ListDues
from handlers.calls.editing import TIME
from handlers.calls.listing import cut
from handlers.calls.settling import TITLE
from handlers.links import way_back
from storage.calls.records import Deadline, GrantCall

PLACES = (
    gettext_noop("Prague"),
    gettext_noop("Brussels"),
    gettext_noop("London"),
    gettext_noop("UTC"),
    gettext_noop("New York"),
)


@dataclass(frozen=True)
class OpenDue(Button, prefix="ca.d.d"):
    """By its place among the deadlines and its seconds since 1970, to be sure."""

    call_id: int
    place: int
    was: int


@dataclass(frozen=True)
class MoveDue(Button, prefix="ca.d.dm"):
    call_id: int
    place: int
    was: int


@dataclass(frozen=True)
class NameDue(Button, prefix="ca.d.dn"):
    """Say which activity or stage it is for."""

    call_id: int
    place: int
    was: int


@dataclass(frozen=True)
class ZoneDue(Button, prefix="ca.d.dz"):
    """The same hour on the clocks of another place."""

    call_id: int
    place: int
    was: int
    zone: int


@dataclass(frozen=True)
class DropDue(Button, prefix="ca.d.dd"):
    call_id: int
    place: int
    was: int


@on(ListDues, reading=True)
async def list_dues(ctx: Context, press: ListDues) -> Screen:
    return await dues_screen(ctx, press.call_id)


async def dues_screen(ctx: Context, call_id: int, toast: str = "") -> Screen:
    t = ctx.t
    call, every = await timing.look(ctx.session, call_id, ctx.me, ctx.now)
    shown = list(terms.deadlines(t, every, ctx.now))
    text = paragraphs(
        t("{words}", words=toast) if toast and ctx.message else "",
        t("⏳ <b>{title}</b>", title=cut(terms.title_in(t, call), TITLE)),
        lines(*shown) if shown else t("No deadline is set. People are reminded of those you add."),
        t("What was read from prose counts once you have confirmed it.")
        if any(not each.sure for each in every)
        else "",
    )
    opened = tuple(
        (OpenDue(call_id, place, _stamp(each)).labelled(f"✏️ {in_short(t, each)}"),)
        for place, each in enumerate(every)
    )
    add = AddDue(call_id).labelled(t.label("➕ Add a deadline"))
    rows: Rows = (*opened, (add,), *way_back(t, EditCallGroup(call_id, TIME)))
    return Screen(text, rows, toast)


def _stamp(deadline: Deadline) -> int:
    return int(deadline.at.timestamp())


def in_short(t: Texts, deadline: Deadline) -> str:
    when = f"{terms.day_of(t, deadline)}, {terms.hour_of(t, deadline)}"
    return cut(f"{when} – {deadline.what}" if deadline.what else when, 60)


@on(OpenDue, reading=True)
async def open_due(ctx: Context, press: OpenDue) -> Screen:
    t, key, place, was = ctx.t, press.call_id, press.place, press.was
    _, its = await one(ctx, key, place, was)
    text = paragraphs(
        t("⏳ <b>{when}</b>", when=f"{terms.day_of(t, its)}, {terms.hour_of(t, its)}"),
        t("For: {what}", what=its.what) if its.what else "",
        t("The hour is that of {place}.", place=_place_of(t, its.zone)) if its.hour_known else "",
    )
    zones = tuple(
        ZoneDue(key, place, was, number).labelled(
            f"{'✓ ' if zone == its.zone else ''}{t.label(PLACES[number])}"
        )
        for number, zone in enumerate(ZONES)
    )
    rows: Rows = (
        (
            MoveDue(key, place, was).labelled(t.label("🕘 Another time")),
            NameDue(key, place, was).labelled(t.label("🏷 What it is for")),
        ),
        *((zones[:3], zones[3:]) if its.hour_known else ()),
        (DropDue(key, place, was).labelled(t.label("🗑 Delete")),),
    )
    return Screen(text, (*rows, *way_back(t, ListDues(key))))


def _place_of(t: Texts, zone: str) -> str:
    return t.plain(PLACES[ZONES.index(zone)]) if zone in ZONES else zone


async def one(ctx: Context, call_id: int, place: int, was: int) -> tuple[GrantCall, Deadline]:
    """Raises `Gone` where they have changed since."""
    call, every = await timing.look(ctx.session, call_id, ctx.me, ctx.now)
    return call, timing.at(every, place, was)


@on(ZoneDue)
async def zone_due(ctx: Context, press: ZoneDue) -> Screen:
    key, place, was = press.call_id, press.place, press.was
    _, its = await one(ctx, key, place, was)
    if not 0 <= press.zone < len(ZONES):
        raise Gone
    moved = timing.moved_to(values.due_of(its), ZONES[press.zone])
    await timing.change(ctx.session, key, place, was, moved, ctx.me, ctx.now)
    return await dues_screen(ctx, key, ctx.t.plain("Changed."))


@on(DropDue)
async def drop_due(ctx: Context, press: DropDue) -> Screen:
    key = press.call_id
    await timing.drop(ctx.session, key, press.place, press.was, ctx.me, ctx.now)
    return await dues_screen(ctx, key, ctx.t.plain("The deadline is gone."))
