"""The board of an event as a picture, for those who would rather look than read."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import accumulate

from bot.domain.workshops import overview as overviews
from bot.domain.workshops.overview import Overview, PartOverview
from bot.kit.context import Context
from bot.kit.errands import Trip
from bot.kit.routes import errand, on
from bot.kit.screens import Toast
from bot.kit.texts import Texts
from bot.papers.pictures import PartBar, Picture, Words, png
from handlers.workshops.numbers import board_text
from handlers.workshops.overview import DrawBoard
from handlers.workshops.words import part_name
from storage import people

LARGEST = 8  # organisations that are drawn
CAPTION = 1024  # characters that Telegram lets stand under a picture


@on(DrawBoard)
async def draw_board(ctx: Context, press: DrawBoard) -> Toast:
    await overviews.look_over(ctx.session, press.workshop_id, ctx.me, ctx.now)
    await ctx.errand("workshops.picture", workshop_id=press.workshop_id, person_id=ctx.me.key)
    return Toast(ctx.t.plain("The picture is on its way."))


@errand("workshops.picture")
async def picture(trip: Trip, workshop_id: int, person_id: int) -> None:
    async with trip.look() as desk:
        me = await people.find(desk.session, person_id)
        overview = await overviews.of_event(desk.session, workshop_id, trip.now)
        arrivals: Sequence[datetime] = ()
        if overview is not None:
            arrivals = await overviews.arrivals(desk.session, overview.event)
        t = desk.house.texts[me.language if me else None]
    content = await trip.aside(drawn, t, overview, arrivals, trip.now) if overview else b""
    async with trip.deliver() as desk:
        if me is not None and overview is not None:
            name = f"event-{workshop_id}.png"
            await desk.send_file(me, name, content, _caption(t, overview), photo=True)


def drawn(t: Texts, overview: Overview, arrivals: Sequence[datetime], now: datetime) -> bytes:
    return png(_facts(t, overview, arrivals, now))


def _facts(t: Texts, overview: Overview, arrivals: Sequence[datetime], now: datetime) -> Picture:
    event = overview.event
    days = _by_day(t, arrivals, min(now, event.ends_at))
    words = Words(
        t.plain("SEATS TAKEN"), t.plain("SIGNED UP OVER TIME"), t.plain("BY ORGANISATION")
    )
    return Picture(
        title=event.title,
        when=t.span(event.starts_at, event.ends_at),
        parts=[_bar(t, part) for part in overview.parts],
        arrivals=days,
        first_day=t.date(days[0][0]) if days else "",
        last_day=t.date(days[-1][0]) if days else "",
        organisations=[each for each in overview.organisations if each[0]][:LARGEST],
        words=words,
    )


def _bar(t: Texts, part: PartOverview) -> PartBar:
    capacity = part.slot.capacity
    count = t.plain(
        "{seated} of {capacity}", seated=t.number(part.seated), capacity=t.number(capacity)
    )
    waiting = t.plain_n("+{n} waits", "+{n} wait", part.waiting) if part.waiting else ""
    return PartBar(part_name(t, part.slot), part.seated, capacity, count, waiting)


def _by_day(t: Texts, arrivals: Sequence[datetime], until: datetime) -> list[tuple[date, int]]:
    """Each day since the first, with how many had signed up by its end."""
    came = Counter(each.astimezone(t.zone).date() for each in arrivals)
    if not came:
        return []
    first, last = min(came), max(max(came), until.astimezone(t.zone).date())
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return list(zip(days, accumulate(came[day] for day in days), strict=True))


def _caption(t: Texts, overview: Overview) -> str:
    """What the picture shows, for whoever cannot see it."""
    text = board_text(t, overview)
    return text if len(text) <= CAPTION else t("📊 <b>{title}</b>", title=overview.event.title)
