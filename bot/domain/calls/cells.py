"""A call's fields as the team types them, and what is meant. Days and hours are read elsewhere."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.domain.instruments.cells import tidy
from storage.folding import fold

LINE, TITLE, TEXT = 200, 500, 20_000  # characters
MOST_MONEY = 100_000_000_000  # what is more than that was misread
MOST_PARTNERS = 100
LINK = re.compile(r"https?://[^\s<>\"]+\.[^\s<>\"]+", re.IGNORECASE)
AMOUNT = re.compile(
    r"(?P<before>[a-z€$£]{1,4})? ?(?P<number>\d[\d .,]*?)"
    r" ?(?P<scale>[a-z]+\.?)? ?(?P<after>[a-z€$£]{1,4})?"
)
WHOLE = re.compile(r",[-–—]+")  # „500,- Kč"
GROUPED = re.compile(r"\d{1,3}(?:[ .,]\d{3})+|\d+")
SCALES = {
    1_000: "tis tisic tisice thousand k",
    1_000_000: "mil mio milion miliony milionu million millions m",
    1_000_000_000: "mld miliarda miliardy miliard billion billions bn",
}
SCALE = {word: scale for scale, words in SCALES.items() for word in words.split()}
CURRENCIES = {"kc": "CZK", "czk": "CZK", "eur": "EUR", "€": "EUR", "usd": "USD", "$": "USD"}
CURRENCIES |= {"gbp": "GBP", "£": "GBP", "chf": "CHF", "pln": "PLN"}
RATE = re.compile(r"(?:do |up to |max\.? ?)?(\d{1,3}(?:[.,]\d{1,2})?) ?%?")
TRL = re.compile(r"(?:trl ?)?(\d)(?: ?(?:-|az|to) ?(?:trl ?)?(\d))?")
NUMBER = re.compile(r"(?:min\.? ?|aspon |nejmene |at least )?(\d{1,3})")


class Wrong(StrEnum):
    """Why what was typed cannot be used."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NO_AMOUNT = "no_amount"
    TOO_MUCH = "too_much"
    NO_RATE = "no_rate"
    NO_NUMBER = "no_number"
    NO_TRL = "no_trl"
    NO_LINK = "no_link"
    LEAST_OVER_MOST = "least_over_most"


@dataclass(eq=False)
class Fault(Exception):
    """`limit` is how much it may be, where it is too much."""

    wrong: Wrong
    limit: int = 0


Values = dict[str, Any]  # of a call's fields


def read(field: str, text: str) -> Values:
    """The values of the field, and of those that are typed along with it. Raises `Fault`."""
    said = tidy(text)
    if not said:
        raise Fault(Wrong.EMPTY)
    return READERS[field](field, said)


def _line(most: int) -> Callable[[str, str], Values]:
    def read(field: str, said: str) -> Values:
        return {field: _within(" ".join(said.split()), most)}

    return read


def _text(field: str, said: str) -> Values:
    return {field: _within(said, TEXT)}


def _within(said: str, most: int) -> str:
    if len(said) > most:
        raise Fault(Wrong.TOO_LONG, most)
    return said


def _link(field: str, said: str) -> Values:
    if LINK.fullmatch(said) is None or len(said) > TITLE:
        raise Fault(Wrong.NO_LINK)
    return {field: said}


def _amount(field: str, said: str) -> Values:
    """Without a currency the call's own stays."""
    amount, currency = money(said)
    return {field: amount, **({"currency": currency} if currency else {})}


def money(said: str) -> tuple[int, str]:
    """„2,5 mil. Kč", "€3M" or „500 000": whole units, and a currency or none. Raises `Fault`."""
    found = AMOUNT.fullmatch(WHOLE.sub("", fold(said)))
    if found is None:
        raise Fault(Wrong.NO_AMOUNT)
    scale, currency = _scale_and_currency(found)
    amount = round(_number(found["number"].strip(), scaled=scale > 1) * scale)
    if not 0 < amount <= MOST_MONEY:
        raise Fault(Wrong.TOO_MUCH if amount else Wrong.NO_AMOUNT, MOST_MONEY)
    return amount, currency


def _scale_and_currency(found: re.Match[str]) -> tuple[int, str]:
    scale, currency = 1, ""
    for word in (found["before"], found["scale"], found["after"]):
        name = (word or "").rstrip(".")
        if name in SCALE and scale == 1:
            scale = SCALE[name]
        elif name in CURRENCIES and not currency:
            currency = CURRENCIES[name]
        elif name:
            raise Fault(Wrong.NO_AMOUNT)
    return scale, currency


def _number(digits: str, *, scaled: bool) -> float:
    """A dot or a comma before three digits parts thousands, unless a scale follows them."""
    if not scaled and GROUPED.fullmatch(digits):
        return float(re.sub(r"[ .,]", "", digits))
    try:
        return float(digits.replace(" ", "").replace(",", "."))
    except ValueError:
        raise Fault(Wrong.NO_AMOUNT) from None


def _rate(field: str, said: str) -> Values:
    found = RATE.fullmatch(fold(said))
    rate = float(found[1].replace(",", ".")) if found else 0
    if not 0 < rate <= 100:
        raise Fault(Wrong.NO_RATE)
    return {field: rate}


def _partners(field: str, said: str) -> Values:
    found = NUMBER.fullmatch(fold(said))
    if found is None or not 1 <= int(found[1]) <= MOST_PARTNERS:
        raise Fault(Wrong.NO_NUMBER, MOST_PARTNERS)
    return {field: int(found[1])}


def _trl(_: str, said: str) -> Values:
    found = TRL.fullmatch(re.sub("[–—]", "-", fold(said)))
    least, most = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not 1 <= least <= most <= 9:
        raise Fault(Wrong.NO_TRL)
    return {"trl_least": least, "trl_most": most}


READERS: dict[str, Callable[[str, str], Values]] = {
    "title": _line(TITLE),
    "title_cs": _line(TITLE),
    "description": _text,
    "programme": _line(LINE),
    "provider": _line(LINE),
    "link": _link,
    "budget": _amount,
    "support_least": _amount,
    "support_most": _amount,
    "rate": _rate,
    "partners": _partners,
    "partners_note": _line(LINE),
    "trl": _trl,
}
TOGETHER = {"trl": ("trl_least", "trl_most")}  # typed in one


def columns(field: str) -> tuple[str, ...]:
    return TOGETHER.get(field, (field,))
