"""Media that cost Stars. Nobody can pay here, so nobody sees more than the price."""

from typing import Any

from bot.sandbox.chats import writable_chat
from bot.sandbox.errors import bad_request
from bot.sandbox.formatting import formatted, text_fields
from bot.sandbox.markup import reply_markup
from bot.sandbox.media import check_caption, input_media
from bot.sandbox.messages import send
from bot.sandbox.request import Request, method
from bot.sandbox.world import Json

KINDS = ("photo", "video", "live_photo")
DEAREST = 25_000
MOST = 10


@method
def sendPaidMedia(ask: Request) -> Json:
    given = ask.structure("media", "can't parse media JSON object")
    if not isinstance(given, list):
        raise bad_request("expected an Array of InputPaidMedia")
    if not 1 <= len(given) <= MOST:
        raise bad_request("there are no messages to send" if not given else "MULTI_MEDIA_TOO_LONG")
    price = ask.integer("star_count")
    if not 1 <= price <= DEAREST:
        raise bad_request("STARS_AMOUNT_INVALID")
    content: Json = {
        "paid_media": {"star_count": price, "paid_media": [_one(ask, item) for item in given]}
    }
    units, entities = formatted(ask, "caption", "caption_entities")
    content |= text_fields(ask, units, entities, "caption", "caption_entities")
    if ask.flag("show_caption_above_media"):
        content["show_caption_above_media"] = True
    markup = reply_markup(ask)
    chat = writable_chat(ask)
    check_caption(content)
    return send(ask, chat, content, markup)


def _one(ask: Request, item: Any) -> Json:
    content = input_media(ask, item, KINDS, "sendPaidMedia")
    kind = item["type"]
    return {"type": kind, kind: content[kind]}
