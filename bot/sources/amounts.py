"""Amounts of money and rates of support as Czech and English pages write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.sources.text import tidy

MOST = 100_000_000_000  # of any currency; more is two cells that stand glued together

NUMBER = (
    r"(?<![\d.,])(?:\d{1,3}(?:[ .,]\d{3})+(?![\d])(?:[.,]\d{1,2}(?!\d))?|\d{1,12}(?:[.,]\d{1,3})?)"
    r"(?!\d)(?:,[-–—]{1,2})?"
)
SCALES = (
    (r"tis(?:íc(?:e|ů)?)?\.?|thousand|k", 1_000),
    (r"mil(?:ion(?:y|ů|u)?|iónů?|l(?:ions?)?)?\.?|mio\.?|m|mn", 1_000_000),
    (r"mld\.?|miliard(?:a|y|u)?|bn|billions?|mrd\.?", 1_000_000_000),
)
SCALE = "|".join(words for words, _ in SCALES)
CURRENCIES = (
    (r"kč|czk|korun(?:a|y|u|ách)?", "CZK"),
    (r"€|eur(?:o|a|os?)?", "EUR"),
    (r"\$|usd", "USD"),
    (r"£|gbp", "GBP"),
)
CURRENCY = "|".join(words for words, _ in CURRENCIES)
RANGE = r" ?(?:[-–—]|až|a|and|to) ?"

AFTER = re.compile(
    rf"(?:(?P<least>{NUMBER}){RANGE})?(?P<most>{NUMBER})"
    rf" ?(?P<scale>(?:{SCALE})(?:(?![^\W\d_])|(?=eur)))?"
    rf" ?(?P<currency>(?:{CURRENCY})(?![^\W\d_]))",
    re.I,
)
AHEAD = re.compile(
    rf"(?<![^\W\d_])(?P<scale0>[kM])?(?P<currency>{CURRENCY})(?![^\W\d_]):? ?"
    rf"(?:(?P<least>{NUMBER}){RANGE}(?:{CURRENCY})? ?)?(?P<most>{NUMBER})"
    rf"(?: ?(?P<scale>(?:{SCALE})(?![^\W\d_])))?",
    re.I,
)
RATE = re.compile(r"(?<![\d.,])(\d{1,3}(?:[.,]\d{1,2})?) ?(?:%|procent\w*\b|per ?cent\b)", re.I)


@dataclass(frozen=True, slots=True)
class Amount:
    """In whole units, rounded; `least` where a range was said."""

    value: int
    currency: str
    start: int
    end: int
    least: int | None = None


def amounts(text: str) -> list[Amount]:
    """Those of a tidy text, in order; none that cannot be true."""
    found = sorted(_all(text), key=lambda each: (each.start, -each.end))
    apart: list[Amount] = []
    for each in found:
        if not apart or each.start >= apart[-1].end:
            apart.append(each)
    return apart


def amount(text: str) -> Amount | None:
    """The most of what a short text names."""
    return max(amounts(tidy(text)), key=lambda each: each.value, default=None)


def rates(text: str) -> Iterator[tuple[float, int, int]]:
    """Percentages, with where they begin and end."""
    for match in RATE.finditer(text):
        value = float(match[1].replace(",", "."))
        if 0 < value <= 100:
            yield value, match.start(), match.end()


def _all(text: str) -> Iterator[Amount]:
    for pattern in (AFTER, AHEAD):
        for match in pattern.finditer(text):
            found = _amount(match)
            if found:
                yield found


def _amount(match: re.Match[str]) -> Amount | None:
    said = match["scale"] or match.groupdict().get("scale0")
    scale = _scale(said)
    value = round(_number(match["most"], scaled=bool(said)) * scale)
    least = round(_number(match["least"], scaled=bool(said)) * scale) if match["least"] else None
    if not 0 < value <= MOST:
        return None
    if least is not None and least >= value:
        least = None
    return Amount(value, _currency(match["currency"]), match.start(), match.end(), least)


def _number(said: str, *, scaled: bool) -> float:
    """Three digits behind a sign are thousands, unless a word such as "million" follows."""
    said = re.sub(r",[-–—]+$", "", said).replace(" ", "")
    parts = re.split(r"[.,]", said)
    if len(parts) == 1:
        return float(said)
    decimal = len(parts[-1]) < 3 or (scaled and len(parts) == 2)
    return float("".join(parts[:-1]) + ("." if decimal else "") + parts[-1])


def _scale(said: str | None) -> int:
    if not said:
        return 1
    return next(factor for words, factor in SCALES if re.fullmatch(words, said, re.I))


def _currency(said: str) -> str:
    return next(code for words, code in CURRENCIES if re.fullmatch(words, said, re.I))
