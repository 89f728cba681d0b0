"""The poster with a code that changes every minute, and those who check themselves in by it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from telegram import InputFile
from telegram.error import BadRequest, Forbidden

from bot.domain.workshops import door, poster
from bot.domain.workshops.check_in import Turn
from bot.domain.workshops.poster import Arrival, Next, Shown
from bot.kit.buttons import Button, Rows, link
from bot.kit.context import Context, Desk, House
from bot.kit.errands import Trip
from bot.kit.routes import errand, on, start_link, watch
from bot.kit.screens import Screen, Toast, lines, paragraphs
from bot.kit.texts import Texts
from handlers.links import OpenWorkshop, way_back
from handlers.workshops.words import part_name
from storage.outbox import Call
from storage.workshops import Event

LETTER = "d"  # what the start links of posters begin with
GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")


@dataclass(frozen=True)
class PutUpPoster(Button, prefix="ws.po"):
    workshop_id: int


@dataclass(frozen=True)
class TakeDownPoster(Button, prefix="ws.po.off"):
    workshop_id: int


@dataclass(frozen=True)
class EnterPart(Button, prefix="ws.po.in"):
    """The code was good when it was scanned, a moment ago."""

    workshop_id: int
    part_id: int
    code: str


@dataclass(frozen=True)
class SitAndEnter(Button, prefix="ws.po.sit"):
    """Take a free seat at the door."""

    workshop_id: int
    part_id: int
    code: str


@on(PutUpPoster)
async def put_up(ctx: Context, press: PutUpPoster) -> Toast:
    hung = await poster.put_up(ctx.session, press.workshop_id, ctx.me, ctx.now)
    await ctx.errand("workshops.poster", poster_id=hung.key)
    return Toast(ctx.t.plain("The poster is on its way. Show it on a large screen."))


@on(TakeDownPoster)
async def take_down(ctx: Context, press: TakeDownPoster) -> Toast:
    message_id = await poster.take_down(ctx.session, press.workshop_id, ctx.me)
    if message_id is not None and ctx.me.telegram_id is not None:
        ctx.owe(_farewell(ctx.t, ctx.me.telegram_id, message_id))
    return Toast(ctx.t.plain("The poster is down; its code expires within two minutes."))


def _farewell(t: Texts, chat_id: int, message_id: int) -> Call:
    words = t("📺 The poster is down; its code has expired.")
    payload = {"message_id": message_id, "caption": str(words), "parse_mode": "HTML"}
    return Call("editMessageCaption", chat_id, payload)


@watch("posters", every=timedelta(seconds=5))
async def turn_posters(trip: Trip) -> None:
    async with trip.look() as desk:
        if not await poster.behind(desk.session, trip.now):
            return
    async with trip.deliver() as desk:
        for each in await poster.turn(desk.session, trip.now):
            await desk.errand("workshops.poster", poster_id=each.key)


@errand("workshops.poster")
async def show_poster(trip: Trip, poster_id: int) -> None:
    """Telegram is asked at once: what stands in a queue for a minute is worth nothing."""
    async with trip.look() as desk:
        shown = await poster.look(desk.session, poster_id, trip.now)
        seal = await poster.page_seal(desk.session, shown.event.id) if shown else ""
    sent: Any = None
    is_gone = shown is None or not shown.code
    if shown is not None and shown.code:
        t = trip.house.texts[shown.person.language]
        picture = await trip.aside(picture_of, t, trip.house, shown)
        try:
            sent = await trip.call(*_call(t, shown, picture, _page_url(trip.house, shown, seal)))
        except (Forbidden, BadRequest) as error:
            is_gone = isinstance(error, Forbidden) or error.message.lower().endswith(GONE)
    async with trip.deliver() as desk:
        if is_gone:
            await poster.throw_away(desk.session, poster_id)
            _say_farewell(desk, shown)
        elif isinstance(sent, dict):
            await poster.hung(desk.session, poster_id, sent["message_id"])


def _say_farewell(desk: Desk, shown: Shown | None) -> None:
    if shown and shown.message_id and shown.person.telegram_id and not shown.code:
        t = desk.texts_of(shown.person)
        desk.owe(_farewell(t, shown.person.telegram_id, shown.message_id))


def _page_url(house: House, shown: Shown, seal: str) -> str:
    return f"{house.public_url}/door/{shown.event.id}-{seal}" if house.public_url else ""


def _call(t: Texts, shown: Shown, picture: bytes, url: str) -> tuple[str, dict[str, Any]]:
    stop = TakeDownPoster(shown.event.id).labelled(t.label("⏹ Take it down"))
    screen = [[link(t.label("🖥 For a large screen"), url)]] if url else []
    caption = {"caption": str(_caption(t, shown)), "parse_mode": "HTML"}
    payload: dict[str, Any] = {
        "chat_id": shown.person.telegram_id,
        "reply_markup": {"inline_keyboard": [*screen, [stop]]},
    }
    file = InputFile(picture, filename="poster.png")
    if shown.message_id is None:
        return "sendPhoto", {**payload, **caption, "photo": file}
    media = {"type": "photo", "media": "attach://picture", **caption}
    edited = {**payload, "message_id": shown.message_id, "media": media, "picture": file}
    return "editMessageMedia", edited


def _caption(t: Texts, shown: Shown) -> str:
    opens = min(door.opens_at(slot) for slot in shown.event.parts)
    return lines(
        t("📺 <b>{title}</b>", title=shown.event.title),
        t("The code changes every minute while the door is open, from {when} on.",
          when=t.moment(opens)),
        t("A photo of it is of no use a minute later."),
    )  # fmt: skip


def picture_of(t: Texts, house: House, shown: Shown) -> bytes:
    """For a thread; what draws is loaded when it is needed for the first time."""
    from bot.papers.poster import Face, poster_picture

    return poster_picture(Face(**_face(t, house, shown.event, shown.code)))


async def poster_page(desk: Desk, token: str) -> str | None:
    """The poster for a browser on a large screen, in the cluster's language."""
    from bot.papers.poster import Face, page

    key, seal = _read(token)
    found = await poster.look_at_page(desk.session, key, seal, desk.now)
    if found is None:
        return None
    t = desk.house.texts[desk.house.cluster.language]
    return page(Face(**_face(t, desk.house, *found)), t.language)


def _face(t: Texts, house: House, event: Event, code: str) -> dict[str, str]:
    return {
        "title": event.title,
        "call": t.plain("Point your phone's camera here to check in"),
        "link": poster_link(house, event.id, code),
        "hint": t.plain("The code changes every minute."),
    }


def _read(token: str) -> tuple[int, str]:
    """The id of an event, and what proves that somebody stands at its door."""
    number, _, proof = token.partition("-")
    known = number.isascii() and number.isdecimal() and len(number) < 10
    return int(number) if known else 0, proof


def poster_link(house: House, workshop_id: int, code: str) -> str:
    return house.start_link(f"{LETTER}{workshop_id}-{code}")


@start_link(LETTER)
async def arrive(ctx: Context, token: str) -> Screen:
    key, code = _read(token)
    arrival = await poster.arrive(ctx.session, key, code, ctx.me, _seen_at(ctx), ctx.now)
    return _arrived(ctx, arrival, code)


def _seen_at(ctx: Context) -> datetime:
    """When they opened the link: we may have been busy, or away, for longer than a minute."""
    return min(ctx.now, ctx.message.date) if ctx.message else ctx.now


@on(EnterPart)
async def enter_part(ctx: Context, press: EnterPart) -> Screen:
    return await _enter(ctx, press, sitting_down=False)


@on(SitAndEnter)
async def sit_and_enter(ctx: Context, press: SitAndEnter) -> Screen:
    return await _enter(ctx, press, sitting_down=True)


async def _enter(ctx: Context, press: EnterPart | SitAndEnter, *, sitting_down: bool) -> Screen:
    key, part = press.workshop_id, press.part_id
    event, turn, is_new = await poster.enter(
        ctx.session, key, part, press.code, ctx.me, ctx.now, sitting_down=sitting_down
    )
    words = _welcome(ctx.t, event, turn) if is_new else _already(ctx.t, event, turn)
    return Screen(words, way_back(ctx.t, OpenWorkshop(key), ctx.t.label("📅 Open the event")))


def _arrived(ctx: Context, arrival: Arrival, code: str) -> Screen:
    t, event = ctx.t, arrival.event
    last = way_back(t, OpenWorkshop(event.id), t.label("📅 Open the event"))
    match arrival.next:
        case Next.ENTERED:
            return Screen(_welcome(t, event, arrival.turns[0]), last)
        case Next.ALREADY:
            return Screen(_already(t, event, arrival.turns[0]), last)
        case Next.CHOOSE:
            words = t("👋 <b>{title}</b>: which part have you come to?", title=event.title)
            return Screen(words, (*_parts_to_enter(t, arrival, code), *last))
        case Next.MAY_SIT:
            free = t("There are free seats: take one and you are checked in.")
            return Screen(
                paragraphs(_no_seat(t, arrival), free), (*_seats(t, arrival, code), *last)
            )
        case Next.FULL:
            full = t("All seats are taken now. Please ask the organisers at the door.")
            return Screen(paragraphs(_no_seat(t, arrival), full), last)


def _welcome(t: Texts, event: Event, turn: Turn) -> str:
    return paragraphs(
        t("👋 Welcome! You are checked in."), t("{what}", what=_what(t, event, turn))
    )


def _already(t: Texts, event: Event, turn: Turn) -> str:
    since = t.time(turn.came_at) if turn.came_at else ""
    return paragraphs(
        t("☑️ You have been checked in since {time}.", time=since)
        if since
        else t("☑️ You are checked in already."),
        t("{what}", what=_what(t, event, turn)),
    )


def _what(t: Texts, event: Event, turn: Turn) -> str:
    if len(event.parts) == 1:
        return event.title
    return f"{event.title}: {part_name(t, turn.slot)}"


def _no_seat(t: Texts, arrival: Arrival) -> str:
    title = arrival.event.title
    if not arrival.has_a_place:
        return t("You have not signed up for <b>{title}</b>.", title=title)
    return t("You have no seat in the part of <b>{title}</b> that is on now.", title=title)


def _parts_to_enter(t: Texts, arrival: Arrival, code: str) -> Rows:
    key = arrival.event.id
    return tuple(
        (EnterPart(key, turn.slot.id, code).labelled(
            t.label("✅ {part}", part=part_name(t, turn.slot)), "success"),)
        for turn in arrival.turns
        if turn.seated and turn.came_at is None
    )  # fmt: skip


def _seats(t: Texts, arrival: Arrival, code: str) -> Rows:
    key = arrival.event.id
    return tuple(
        (SitAndEnter(key, turn.slot.id, code).labelled(
            t.label("💺 Take a seat: {part}", part=part_name(t, turn.slot)), "success"),)
        for turn in arrival.turns
    )  # fmt: skip
