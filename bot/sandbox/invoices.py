"""Invoices: sent and linked to. Nobody can pay here."""

from typing import Any

from bot.sandbox.chats import writable_chat
from bot.sandbox.errors import bad_request
from bot.sandbox.markup import inline_markup
from bot.sandbox.messages import send
from bot.sandbox.request import Request, method
from bot.sandbox.world import Json

STARS = "XTR"
LONGEST = {"title": 32, "description": 255}


@method
def sendInvoice(ask: Request) -> Json:
    invoice = _invoice(ask)
    markup = inline_markup(ask)
    return send(ask, writable_chat(ask), {"invoice": invoice}, markup)


@method
def createInvoiceLink(ask: Request) -> str:
    _invoice(ask)
    ask.sandbox.last_press += 1
    return f"https://t.me/$sandbox{ask.sandbox.last_press}"


def _invoice(ask: Request) -> Json:
    texts = {name: _worded(ask, name) for name in LONGEST}
    if not ask.has("payload"):
        raise bad_request("INVOICE_PAYLOAD_INVALID")
    currency = ask.text("currency").upper()
    if len(currency) != 3:
        raise bad_request("CURRENCY_INVALID")
    if currency != STARS and not ask.has("provider_token"):
        raise bad_request("PAYMENT_PROVIDER_INVALID")
    amounts = _amounts(ask)
    if currency == STARS and len(amounts) != 1:
        raise bad_request("STARS_INVOICE_INVALID")
    return {
        **texts,
        "start_parameter": ask.text("start_parameter"),
        "currency": currency,
        "total_amount": sum(amounts),
    }


def _worded(ask: Request, name: str) -> str:
    text = ask.text(name).strip()
    if not 1 <= len(text) <= LONGEST[name]:
        raise bad_request(f"INVOICE_{name.upper()}_INVALID")
    return text


def _amounts(ask: Request) -> list[int]:
    prices = ask.structure("prices", "can't parse prices JSON object")
    if not isinstance(prices, list):
        raise bad_request("expected an Array of labeled prices")
    if not prices:
        raise bad_request("there must be at least one price")
    tips = ask.structure("suggested_tip_amounts", "can't parse suggested tip amounts JSON object")
    if tips is not None and not isinstance(tips, list):
        raise bad_request("expected an Array of suggested tip amounts")
    return [_amount(price) for price in prices]


def _amount(price: Any) -> int:
    if not isinstance(price, dict):
        raise bad_request("LabeledPrice must be an Object")
    if not price.get("label"):
        raise bad_request("LabeledPrice label must be non-empty")
    try:
        return int(price["amount"])
    except (KeyError, TypeError, ValueError):
        raise bad_request("invalid amount of the currency specified") from None
