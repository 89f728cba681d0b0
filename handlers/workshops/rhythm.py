"""The team sets when people are written to about an event: each kind at its time, or never."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain import workshops
from bot.domain.refusals import Gone
from bot.domain.workshops import Pace
from bot.domain.workshops.rhythm import AFTER, BEATS, OFF, Unit
from bot.kit.buttons import Button, Face
from bot.kit.context import Context
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.links import way_back
from handlers.workshops.ways import Change, SetRhythm
from storage.workshops.reminders import Kind

HOUR = 60


@dataclass(frozen=True)
class OpenBeat(Button, prefix="ws.rh.k"):
    workshop_id: int
    kind: str


@dataclass(frozen=True)
class SetBeat(Button, prefix="ws.rh.is"):
    """Value 0 is off; the others are in the unit of the kind."""

    workshop_id: int
    kind: str
    value: int


@on(SetRhythm, reading=True)
async def rhythm(ctx: Context, press: SetRhythm) -> Screen:
    return await _screen(ctx, press.workshop_id)


@on(OpenBeat, reading=True)
async def open_beat(ctx: Context, press: OpenBeat) -> Screen:
    t, kind = ctx.t, _kind(press.kind)
    pace = await _pace(ctx, press.workshop_id)
    chosen = pace.rhythm[kind]
    choices = tuple(
        (_choice(t, press.workshop_id, kind, value, chosen),)
        for value in (*BEATS[kind].choices, OFF)
    )
    text = paragraphs(t("🔔 <b>{name}</b>", name=kind_name(t, kind)), _about(t, kind))
    return Screen(text, (*choices, *way_back(t, SetRhythm(press.workshop_id))))


@on(SetBeat)
async def set_beat(ctx: Context, press: SetBeat) -> Screen:
    zone = ctx.house.cluster.zone
    await workshops.set_beat(
        ctx.session, press.workshop_id, _kind(press.kind), press.value, ctx.me, zone, ctx.now
    )
    return await _screen(ctx, press.workshop_id, ctx.t.plain("Changed."))


def _kind(name: str) -> Kind:
    if name not in list(Kind):
        raise Gone
    return Kind(name)


async def _pace(ctx: Context, workshop_id: int) -> Pace:
    zone = ctx.house.cluster.zone
    return await workshops.pace(ctx.session, workshop_id, ctx.me, zone, ctx.now)


async def _screen(ctx: Context, workshop_id: int, toast: str = "") -> Screen:
    t, pace = ctx.t, await _pace(ctx, workshop_id)
    text = paragraphs(
        t("⏰ <b>When people are written to</b>"),
        t("📅 <b>{title}</b>", title=pace.event.title),
        lines(*(_line(t, kind, pace.rhythm[kind]) for kind in pace.kinds)),
        _next(t, pace),
    )
    faces = [OpenBeat(workshop_id, kind).labelled(kind_name(t, kind)) for kind in pace.kinds]
    rows = tuple(tuple(faces[start : start + 2]) for start in range(0, len(faces), 2))
    return Screen(text, (*rows, *way_back(t, Change(workshop_id))), toast)


def _line(t: Texts, kind: Kind, value: int) -> str:
    if value == OFF:
        return t("▫️ {name}: not at all", name=kind_name(t, kind))
    return t("✅ {name}: {when}", name=kind_name(t, kind), when=_when(t, kind, value))


def _next(t: Texts, pace: Pace) -> str:
    if pace.event.provisional:
        return t("The date is provisional, so nobody is reminded of it yet.")
    if not pace.moments:
        return ""
    first = pace.moments[0]
    return t("Next: {name}, {when}", name=kind_name(t, first.kind), when=t.moment(first.due))


def _choice(t: Texts, workshop_id: int, kind: Kind, value: int, chosen: int) -> Face:
    sign = "● " if value == chosen else ""
    label = t.label("Not at all") if value == OFF else _when(t, kind, value)
    return SetBeat(workshop_id, kind, value).labelled(sign + label)


def _when(t: Texts, kind: Kind, value: int) -> str:
    match BEATS[kind].unit:
        case Unit.CLOCK:
            clock = datetime(2000, 1, 1, *divmod(value, HOUR), tzinfo=t.zone)
            return t.plain("at {time}", time=t.time(clock))
        case Unit.MONTHS:
            return t.plain_n("{n} month after", "{n} months after", value)
        case Unit.DAYS if kind in AFTER:
            return t.plain_n("{n} day after", "{n} days after", value)
        case Unit.DAYS:
            return t.plain_n("{n} day before", "{n} days before", value)
    hours, minutes = divmod(value, HOUR)
    if minutes:
        return t.plain_n("{n} minute before", "{n} minutes before", value)
    if kind in AFTER:
        return t.plain_n("{n} hour after", "{n} hours after", hours)
    return t.plain_n("{n} hour before", "{n} hours before", hours)


def kind_name(t: Texts, kind: Kind) -> str:
    return {
        Kind.WEEK_BEFORE: t.label("First reminder"),
        Kind.WILL_YOU_COME: t.label("“Are you coming?”"),
        Kind.DAY_BEFORE: t.label("The day before"),
        Kind.SOON: t.label("Map and ticket"),
        Kind.LINK: t.label("Link to the online part"),
        Kind.NEXT_DAY: t.label("The next morning"),
        Kind.EVENING: t.label("Before the evening"),
        Kind.AFTERWARDS: t.label("Thanks and rating"),
        Kind.CERTIFICATE: t.label("Certificate"),
        Kind.NUDGE: t.label("Rating once more"),
        Kind.HALF_A_YEAR: t.label("What came of it"),
    }[kind]


def _about(t: Texts, kind: Kind) -> str:
    """To whom it goes, where that is not everybody who has a seat."""
    match kind:
        case Kind.WEEK_BEFORE:
            return t("To those who signed up so long ago that they may have forgotten.")
        case Kind.WILL_YOU_COME:
            return t("Silence cancels nobody; the day before I ask those once more.")
        case Kind.NEXT_DAY:
            return t("To those who were there the day before.")
        case Kind.NUDGE:
            return t("To those who have not rated yet.")
        case Kind.CERTIFICATE:
            return t("To those who were checked in.")
        case Kind.AFTERWARDS | Kind.HALF_A_YEAR:
            return t("To those who were there.")
    return t("To everybody who has a seat.")
