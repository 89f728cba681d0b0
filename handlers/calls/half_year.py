"""Deadlines of the coming half year: month by month, as a picture, and in one's calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.domain import pillars
from bot.domain.calls import ahead
from bot.domain.calls.ahead import Due
from bot.kit.buttons import Button, Rows, copying, link
from bot.kit.context import Context, Desk
from bot.kit.errands import Trip
from bot.kit.routes import errand, on
from bot.kit.screens import Screen, Toast, lines, paragraphs
from bot.kit.texts import Texts
from bot.papers.deadlines import Line, Month, Picture, png
from handlers.calls import amounts, terms
from handlers.calls.calendar import OPEN_TO_ALL
from handlers.calls.listing import cut
from handlers.links import ListCalls, OpenCalendarFeed, way_back
from storage import people
from storage.calls.records import State
from storage.people import Person

SAID, TITLE = 24, 70  # lines in words, and characters of a title there
DRAWN = 5  # lines of a month in the picture


@dataclass(frozen=True)
class OpenHalfYear(Button, prefix="ca.half"):
    pass


@dataclass(frozen=True)
class DrawHalfYear(Button, prefix="ca.half.p"):
    pass


@dataclass(frozen=True)
class OpenCallsCalendar(Button, prefix="ca.cal"):
    """The address from which any calendar reads the deadlines of all calls."""


@on(OpenHalfYear, reading=True)
async def open_half_year(ctx: Context, _: OpenHalfYear) -> Screen:
    t = ctx.t
    months = await ahead.half_year(ctx.session, ctx.me, ctx.house.cluster.zone, ctx.now)
    found = [(month, dues) for month, dues in months if dues]
    text = paragraphs(
        t("🗓 <b>Deadlines of the coming half year</b>"),
        *(_month(t, month, dues) for month, dues in _few(found)),
        "" if found else t("No call with a deadline is known for the coming half year."),
    )
    draw = ((DrawHalfYear().labelled(t.label("🖼 As a picture")),),) if found else ()
    public = ctx.house.public_url
    calendar = ((OpenCallsCalendar().labelled(t.label("📆 In my calendar")),),) if public else ()
    return Screen(text, (*draw, *calendar, *way_back(t, ListCalls())))


def _few(found: Sequence[tuple[date, Sequence[Due]]]) -> list[tuple[date, Sequence[Due]]]:
    """The first `SAID` lines."""
    kept, room = [], SAID
    for month, dues in found:
        if room:
            kept.append((month, dues[:room]))
            room -= len(kept[-1][1])
    return kept


def _month(t: Texts, month: date, dues: Sequence[Due]) -> str:
    return lines(
        t("<b>{month}</b>", month=_name(t, month)),
        *(_said(t, due) for due in dues),
    )


def _said(t: Texts, due: Due) -> str:
    day, title = t.short_date(due.day), cut(terms.title_in(t, due.view.call), TITLE)
    if what := _what(t, due):
        return t("{day} {title} – {what}", day=day, title=title, what=what)
    return t("{day} {title}", day=day, title=title)


@on(OpenCallsCalendar, reading=True)
async def open_calendar(ctx: Context, _: OpenCallsCalendar) -> Screen:
    t, page = ctx.t, f"{ctx.house.public_url}/calendar/{OPEN_TO_ALL}"
    text = paragraphs(
        t("📆 <b>Deadlines in my calendar</b>"),
        t("The deadlines of all calls are at this address; your calendar keeps them up to date:"),
        t("<code>{address}</code>", address=f"{page}.ics"),
        t("Deadlines of calls that you follow are also in the calendar of your events.")
        if ctx.me.is_member
        else "",
    )
    mine = ((OpenCalendarFeed().labelled(t.label("🔄 My events and calls")),),)
    rows: Rows = (
        (link(t.label("📱 To this phone"), page),),
        (copying(t.label("📋 Copy the address"), f"{page}.ics"),),
        *(mine if ctx.me.is_member else ()),
    )
    return Screen(text, (*rows, *way_back(t, OpenHalfYear())))


@on(DrawHalfYear)
async def draw(ctx: Context, _: DrawHalfYear) -> Toast:
    await ctx.errand("calls.picture", person_id=ctx.me.key)
    return Toast(ctx.t.plain("The picture is on its way."))


@errand("calls.picture")
async def picture(trip: Trip, person_id: int) -> None:
    async with trip.look() as desk:
        me = await people.find(desk.session, person_id)
        assert me is not None
        t = desk.texts_of(me)
        drawn = await _picture(desk, t, me)
    content = await trip.aside(png, drawn)
    caption = t("🗓 {title}", title=drawn.title)
    async with trip.deliver() as desk:
        await desk.send_file(me, "deadlines.png", content, caption, photo=True)


async def _picture(desk: Desk, t: Texts, me: Person) -> Picture:
    months = await ahead.half_year(desk.session, me, desk.house.cluster.zone, desk.now)
    standing = [pillar for pillar, _ in await pillars.overview(desk.session, desk.now)]
    places = {each.key: place for place, each in enumerate(standing)}
    return Picture(
        title=t.plain("Deadlines of the coming half year"),
        when=f"{desk.house.cluster.name}, {t.date(desk.now.astimezone(t.zone).date())}",
        pillars=[each.name_in(t.language) for each in standing],
        months=[_drawn(t, month, dues, places) for month, dues in months],
    )


def _drawn(t: Texts, month: date, dues: Sequence[Due], places: dict[int, int]) -> Month:
    rest = len(dues) - DRAWN
    return Month(
        name=_name(t, month),
        lines=[_line(t, due, places) for due in dues[:DRAWN]],
        more=t.plain_n("and {n} more", "and {n} more", rest) if rest > 0 else "",
        none=t.plain("nothing known yet"),
    )


def _line(t: Texts, due: Due, places: dict[int, int]) -> Line:
    call = due.view.call
    about = (call.programme, _what(t, due) or amounts.short(t, call))
    return Line(
        day=t.short_date(due.day),
        title=terms.title_in(t, call),
        about=" · ".join(each for each in about if each),
        colours=[places[pillar.key] for pillar, _ in due.view.pillars if pillar.key in places],
        expected=call.state == State.FORECAST,
        followed=due.view.interest is not None and due.view.interest.following,
    )


def _what(t: Texts, due: Due) -> str:
    """Plain: what the deadlines are for, or that it is expected to open."""
    if not due.deadlines:
        return t.plain("expected to open")
    return ", ".join(each.what for each in due.deadlines if each.what)


def _name(t: Texts, month: date) -> str:
    return t.month(datetime.combine(month, time(12), t.zone))
