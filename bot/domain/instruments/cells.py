"""What is written of an instrument in one cell or one message, and what it means.

`read` and `written` are each other's opposites: whatever `read` makes of a text, `written` makes a
text of that is read as the same.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any

from bot.domain.instruments import wording
from bot.domain.instruments.quantities import spans
from storage.instruments import Category, Condition, Offering, Priced, Visibility

FLAGS = ("commercial", "joint_research", "training", "supervised")
LINE, TEXT = 200, 2000  # characters
MOST_PARAMETERS = 40
HIGHEST_PRICE = 100_000_000
INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")  # Unicode categories
LINK = re.compile(r"https?://[^\s<>\"]+\.[^\s<>\"]+", re.IGNORECASE)
DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
PRICE = re.compile(r"(\d+)(?:[-–—](\d+))?(?:kc|czk)?")
DAY = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})")
NUMBER = re.compile(r"\d")


class Wrong(StrEnum):
    """What is wrong with a row, or with an answer."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NO_SUCH_WORD = "no_such_word"
    NO_NUMBER = "no_number"
    NO_PRICE = "no_price"
    NO_LINK = "no_link"
    NO_DOI = "no_doi"
    NO_DATE = "no_date"
    NO_PARAMETER = "no_parameter"
    TWICE_SAID = "twice_said"  # the same parameter, or the same field
    NO_SUCH_FIELD = "no_such_field"
    NO_SUCH_OWNER = "no_such_owner"
    NOT_YOURS = "not_yours"
    NO_SUCH_PILLAR = "no_such_pillar"
    SAME_NUMBER = "same_number"  # as another row
    SAME_RECORD = "same_record"
    MERGED = "merged"


@dataclass(eq=False)
class Fault(Exception):
    """`said` is what cannot be used, or the number of another row, or a limit."""

    wrong: Wrong
    column: str = ""
    said: str = ""


@dataclass(frozen=True)
class Cell:
    """`write` makes a text of a value in a language, `empty` is the value of an empty text."""

    read: Callable[[str], Any]
    write: Callable[[Any, str], str]
    empty: Any = ""
    needed: bool = False


def tidy(text: str) -> str:
    """Without signs that cannot be seen and without spare spaces, line by line."""
    parts = unicodedata.normalize("NFC", text).replace("\t", " ").splitlines()
    clean = (" ".join(_visible(part).split()) for part in parts)
    return "\n".join(part for part in clean if part)


def _visible(text: str) -> str:
    return "".join(sign for sign in text if unicodedata.category(sign) not in INVISIBLE)


def read(column: str, text: str) -> Any:
    """Raises `Fault`."""
    cell, said = CELLS[column], tidy(text)
    if not said:
        if cell.needed:
            raise Fault(Wrong.EMPTY, column)
        return cell.empty
    try:
        return cell.read(said)
    except Fault as fault:
        raise Fault(fault.wrong, column, fault.said) from None


def written(column: str, value: Any, language: str) -> str:
    return CELLS[column].write(value, language) if value not in (None, "") else ""


def unknown_units(parameters: Mapping[str, Any]) -> list[str]:
    """The parameters with a number whose unit we do not know: they are kept, as mere text."""
    return [
        f"{name}: {value}"
        for name, value in parameters.items()
        if NUMBER.search(str(value)) and not any(spans(f"{name}: {value}"))
    ]


def _line(said: str) -> str:
    return _within(" ".join(said.split()), LINE)


def _text(said: str) -> str:
    return _within(said, TEXT)


def _within(said: str, most: int) -> str:
    if len(said) > most:
        raise Fault(Wrong.TOO_LONG, said=str(most))
    return said


def _word(kind: str, values: Callable[[str], Any]) -> Callable[[str], Any]:
    def read(said: str) -> Any:
        value = wording.meant(kind, said)
        if value is None:
            raise Fault(Wrong.NO_SUCH_WORD, said=said[:LINE])
        return values(value)

    return read


def _as_word(kind: str) -> Callable[[Any, str], str]:
    return lambda value, language: wording.word(kind, str(value), language)


def _number(said: str) -> int:
    digits = re.sub(r"\s|k[cč]|czk|,-", "", said.casefold())
    whole = re.sub(r"[.,]0+$", "", digits)
    if not re.fullmatch(r"[0-9]{1,9}", whole) or int(whole) > HIGHEST_PRICE:
        raise Fault(Wrong.NO_NUMBER, said=said[:LINE])
    return int(whole)


def _price(said: str) -> str:
    bare = re.sub(r"[\s.]", "", said.casefold().replace("č", "c").replace(",-", ""))
    found = PRICE.fullmatch(bare)
    if found is None or len(bare) > LINE:
        raise Fault(Wrong.NO_PRICE, said=said[:LINE])
    low, high = int(found[1]), int(found[2] or found[1])
    if low > high or high > HIGHEST_PRICE:
        raise Fault(Wrong.NO_PRICE, said=said[:LINE])
    return f"{low}–{high}" if high > low else str(low)


def _link(said: str) -> str:
    whole = f"https://{said}" if said.casefold().startswith("www.") else said
    if not LINK.fullmatch(whole):
        raise Fault(Wrong.NO_LINK, said=said[:LINE])
    return _within(whole, TEXT)


def _doi(said: str) -> str:
    found = DOI.fullmatch(said)
    if found is None:
        raise Fault(Wrong.NO_DOI, said=said[:LINE])
    return _within(found[1], LINE)


def _parameters(said: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in said.splitlines():
        name, colon, value = (part.strip() for part in line.partition(":"))
        if not colon or not name or not value:
            raise Fault(Wrong.NO_PARAMETER, said=line[:LINE])
        if name in found:
            raise Fault(Wrong.TWICE_SAID, said=name[:LINE])
        found[_within(name, LINE)] = _within(value, LINE)
    if len(found) > MOST_PARAMETERS:
        raise Fault(Wrong.TOO_LONG, said=str(MOST_PARAMETERS))
    return found


def _as_lines(value: Mapping[str, Any], _: str) -> str:
    return "\n".join(f"{name}: {each}" for name, each in value.items())


def _names(said: str) -> list[str]:
    return sorted({name.strip() for name in re.split(r"[;\n]", said) if name.strip()})


def _fields(said: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in said.splitlines():
        name, _, value = (part.strip() for part in line.partition(":"))
        field, kept = wording.field_of(name), wording.meant("visibility", value)
        if field not in HIDEABLE or kept is None:
            raise Fault(Wrong.NO_SUCH_FIELD, said=line[:LINE])
        if field in found:
            raise Fault(Wrong.TWICE_SAID, said=name[:LINE])
        found[field] = kept
    return found


def _as_fields(value: Mapping[str, str], language: str) -> str:
    return "\n".join(
        f"{wording.heading(field, language)}: {wording.word('visibility', kept, language)}"
        for field, kept in value.items()
        if field in HIDEABLE
    )


def _moment(said: str) -> datetime:
    """A day, or a whole ISO time."""
    try:
        if found := DAY.match(said):
            day = date(int(found[3]), int(found[2]), int(found[1]))
            return datetime.combine(day, time(), UTC)
        at = datetime.fromisoformat(said)
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Fault(Wrong.NO_DATE, said=said[:LINE]) from None


def _seen(value: str) -> str:
    return Visibility(value).value if value != Visibility.REQUEST else Visibility.MEMBERS.value


def _plain(value: Any, _: str) -> str:
    return str(value)


LINE_OR_NONE = Cell(_line, _plain, None)
ONE_LINE = Cell(_line, _plain)
FLAG = Cell(
    _word("truth", lambda value: value == "yes"),
    lambda value, language: wording.word("truth", "yes" if value else "no", language),
    empty=False,
)
BAND = Cell(_price, _plain)
CELLS: dict[str, Cell] = {
    "reference": LINE_OR_NONE,
    "name": Cell(_line, _plain, needed=True),
    "name_en": ONE_LINE,
    "kind": Cell(_word("kind", Offering), _as_word("kind"), Offering.EQUIPMENT),
    "category": Cell(_word("category", Category), _as_word("category"), needed=True),
    "maker": LINE_OR_NONE,
    "model": LINE_OR_NONE,
    "technique": ONE_LINE,
    "what": Cell(_text, _plain, None),
    "what_en": Cell(_text, _plain),
    "parameters": Cell(_parameters, _as_lines, {}),
    "organisation": ONE_LINE,
    "owner": ONE_LINE,
    "site": LINE_OR_NONE,
    "region": ONE_LINE,
    "pillars": Cell(_names, lambda value, _: "; ".join(value), []),
    "access": Cell(_text, _plain, None),
    **dict.fromkeys(FLAGS, FLAG),
    "samples": Cell(_text, _plain),
    "priced": Cell(_word("priced", Priced), _as_word("priced"), None),
    "price_least": Cell(_number, _plain, None),
    "price_members": BAND,
    "price_academia": BAND,
    "price_others": BAND,
    "guarantor": ONE_LINE,
    "link": Cell(_link, _plain, None),
    "doi": Cell(_doi, _plain, None),
    "record": Cell(_word("visibility", _seen), _as_word("visibility"), ""),
    "fields": Cell(_fields, _as_fields, {}),
    "condition": Cell(_word("condition", Condition), _as_word("condition"), Condition.CONFIRMED),
    "confirmed_at": Cell(_moment, lambda value, _: value.isoformat(), None),
    "source": Cell(_text, _plain),
    "confidence": ONE_LINE,
}
ALWAYS_SEEN = {"name", "name_en", "kind", "category", "organisation", "owner", "pillars", "region"}
ABOUT_RECORDS = {"reference", "record", "fields", "condition", "confirmed_at", "source"}
HIDEABLE = [key for key in CELLS if key not in {*ALWAYS_SEEN, *ABOUT_RECORDS, "confidence"}]
HIDEABLE += ["photo"]
