"""Places on the map: sent once, or live while somebody moves."""

from bot.sandbox.chats import writable_chat
from bot.sandbox.edits import editable, replace
from bot.sandbox.errors import bad_request
from bot.sandbox.markup import inline_markup, reply_markup
from bot.sandbox.messages import send
from bot.sandbox.request import Request, method
from bot.sandbox.world import Json

FOR_EVER = 0x7FFFFFFF
COORDINATES = (("latitude", 90), ("longitude", 180))
KNOWN_AS = ("foursquare_id", "foursquare_type", "google_place_id", "google_place_type")
LIVE_FIELDS = (("heading", 360), ("proximity_alert_radius", 100_000))


@method
def sendLocation(ask: Request) -> Json:
    location = {**_place(ask), **_live(ask, ask.integer("live_period"))}
    markup = reply_markup(ask)
    return send(ask, writable_chat(ask), {"location": location}, markup)


@method
def sendVenue(ask: Request) -> Json:
    content = _venue(ask)
    markup = reply_markup(ask)
    return send(ask, writable_chat(ask), content, markup)


@method
def editMessageLiveLocation(ask: Request) -> Json | bool:
    place = _place(ask)
    markup = inline_markup(ask)
    chat, message = editable(ask)
    period = _period_left(ask, message.body)
    live = _live(ask, ask.integer("live_period") or period)
    return replace(ask, chat, message, {"location": {**place, **live}}, markup)


@method
def stopMessageLiveLocation(ask: Request) -> Json | bool:
    markup = inline_markup(ask)
    chat, message = editable(ask)
    _period_left(ask, message.body)
    where = message.body["location"]
    place = {name: where[name] for name, _ in COORDINATES}
    return replace(ask, chat, message, {"location": place}, markup)


def input_place(ask: Request, given: Json) -> Json:
    """What an `InputMedia` of a place shows."""
    part = Request(ask.sandbox, ask.bot, given)
    return {"location": _place(part)} if given["type"] == "location" else _venue(part)


def _venue(ask: Request) -> Json:
    place = _place(ask)
    if not ask.has("title") or not ask.has("address"):
        raise bad_request("wrong venue location specified")
    named = {name: ask.text(name) for name in ("title", "address", *KNOWN_AS) if ask.has(name)}
    return {"location": place, "venue": {"location": place, **named}}


def _place(ask: Request) -> Json:
    for name, _ in COORDINATES:
        if not ask.has(name):
            raise bad_request(f"{name} is empty")
    if not all(ask.is_number(name) for name, _ in COORDINATES):
        raise bad_request("wrong location specified")
    place = {name: ask.number(name) for name, _ in COORDINATES}
    if any(abs(place[name]) > most for name, most in COORDINATES):
        raise bad_request("wrong venue location specified")
    accuracy = ask.number("horizontal_accuracy")
    return {**place, **({"horizontal_accuracy": accuracy} if accuracy else {})}


def _live(ask: Request, period: int) -> Json:
    if not period:
        return {}
    if period != FOR_EVER and not 60 <= period <= 86_400:
        raise bad_request("wrong live location period specified")
    live = {"live_period": period}
    for name, most in LIVE_FIELDS:
        value = ask.integer(name)
        if not 0 <= value <= most:
            raise bad_request(f"wrong live location {name.replace('_', ' ')} specified")
        if value:
            live[name] = value
    return live


def _period_left(ask: Request, body: Json) -> int:
    period = int(body.get("location", {}).get("live_period", 0))
    if not period or (period != FOR_EVER and body["date"] + period <= ask.sandbox.clock.timestamp):
        raise bad_request("message can't be edited")
    return period
