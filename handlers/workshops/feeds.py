"""The secret address from which somebody's calendar reads all their events, with every change."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from icalendar import Event as Entry

from bot.domain.refusals import Gone
from bot.domain.workshops import feeds
from bot.kit import calendars
from bot.kit.buttons import Button, Rows, copying, link
from bot.kit.calendars import Appointment
from bot.kit.context import Context, Desk
from bot.kit.routes import on
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import Texts
from handlers.links import OpenCalendarFeed, OpenSettings, way_back
from handlers.workshops.calendar import seat_entries

GOOGLE = "https://calendar.google.com/calendar/render?cid="


@dataclass(frozen=True)
class MakeFeed(Button, prefix="cal.new"):
    """The address before it, if there is one, ends."""


@dataclass(frozen=True)
class CloseFeed(Button, prefix="cal.off"):
    pass


async def calendar_feed(desk: Desk, token: str) -> bytes | None:
    """What a calendar reads at the address; None when it is nobody's."""
    if token in calendars.open_calendars:
        given = await calendars.open_calendars[token](desk)
        return calendars.feed(desk.house, [_entry(desk, *each) for each in given])
    me = await feeds.owner(desk.session, token)
    if me is None:
        return None
    seats = seat_entries(desk.house, await feeds.entries(desk.session, me, desk.now))
    others = [each for give in calendars.givers for each in await give(desk, me)]
    return calendars.feed(desk.house, [*seats, *(_entry(desk, *each) for each in others)])


def _entry(desk: Desk, stamp: datetime, appointment: Appointment) -> Entry:
    return calendars.entry(desk.house, appointment, stamp)


@on(OpenCalendarFeed, reading=True)
async def open_feed(ctx: Context, _: OpenCalendarFeed) -> Screen:
    return await _screen(ctx)


@on(MakeFeed)
async def make_feed(ctx: Context, _: MakeFeed) -> Screen:
    if not ctx.house.public_url:
        raise Gone
    token = await feeds.open_feed(ctx.session, ctx.me, ctx.now)
    return _made(ctx, f"{ctx.house.public_url}/calendar/{token}")


@on(CloseFeed)
async def close_feed(ctx: Context, _: CloseFeed) -> Screen:
    await feeds.close_feed(ctx.session, ctx.me)
    return await _screen(ctx, ctx.t.plain("The address does not work any more."))


async def _screen(ctx: Context, toast: str = "") -> Screen:
    t, since = ctx.t, await feeds.opened_at(ctx.session, ctx.me)
    if since is None:
        text = paragraphs(
            _head(t),
            t("I make a secret address for you. Put it into your calendar once; all events in "
              "which you have a seat and deadlines of calls that you follow appear there by "
              "themselves, and so does every change."),
        )  # fmt: skip
        make = MakeFeed().labelled(t.label("🔗 Make my address"))
        rows: Rows = ((make,),) if ctx.house.public_url else ()
    else:
        text = paragraphs(
            _head(t),
            t("You have had an address since {day}.", day=t.date(since.astimezone(t.zone).date())),
            t("I cannot show it again, but I can make a new one; the old one ends then."),
        )
        rows = _ways(t)
    return Screen(text, (*rows, *way_back(t, OpenSettings())), toast)


def _made(ctx: Context, page: str) -> Screen:
    """`page` leads a phone to its own calendar; the address itself is the same with an ending."""
    t, address = ctx.t, f"{page}.ics"
    subscribed = address.replace("https://", "webcal://").replace("http://", "webcal://")
    text = paragraphs(
        _head(t),
        t("<code>{address}</code>", address=address),
        t("Whoever knows the address sees your events, so please keep it to yourself. "
          "I show it this once only."),
    )  # fmt: skip
    rows: Rows = (
        (link(t.label("📱 To this phone"), page), link("Google", GOOGLE + quote(subscribed, ""))),
        (copying(t.label("📋 Copy the address"), address),),
    )
    return Screen(text, (*rows, *way_back(t, OpenCalendarFeed())))


def _head(t: Texts) -> str:
    return t("🔄 <b>My events in my calendar</b>")


def _ways(t: Texts) -> Rows:
    return (
        (
            MakeFeed().labelled(t.label("🔁 New address")),
            CloseFeed().labelled(t.label("🚫 Turn it off")),
        ),
    )
