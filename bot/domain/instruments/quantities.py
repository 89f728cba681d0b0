"""Numbers with units, as people write them: "1030 nm", "400–1000 nm", "až 1 000 J", "<0,1 µm".

Pint knows the units. Quantities are compared in base units of their kind, and found in an index by
marks: each is one step of a scale on which ten steps make a tenfold.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from storage.folding import fold

if TYPE_CHECKING:
    import pint

STEPS = 10  # of the scale, in a tenfold
OPEN = 2  # tenfolds that "up to" and "from" reach in the index
CLOSE, NEAR = 0.02, 0.12  # of the value
VAGUE, MOST_TENFOLDS = 0.04, 10.0
MORE_WILL_DO = ("gm2s2", "gm2s3", "gm2As3")  # energy, power, voltage
PREFIXES = ("", "f", "p", "n", "u", "m", "c", "k", "M", "G", "T", "P")
BASES = ("m", "s", "W", "J", "Hz", "V", "eV", "A", "g", "Pa", "K", "rad", "bar")
PLAIN = ("deg", "degC", "inch", "rpm", "percent", "nm", "mm")
NUMBER = r"\d{1,3}(?:[  ]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
UNIT = r"°\s?c|°|%|[^\W\d_]{1,12}(?:/[^\W\d_]{1,3}[²2]?)?"
TOP = r"až|do|up to|max\.?|maximum|under|pod|<|≤|<="
BOTTOM = r"od|from|min\.?|minimum|over|nad|>|≥|>="
QUANTITY = re.compile(
    rf"(?P<edge>(?<!\w)(?:{TOP}|{BOTTOM})\s*)?"
    rf"(?P<low>{NUMBER})"
    rf"(?:\s*(?P<low_unit>{UNIT})?\s*(?:-|–|—|\.\.\.?|…|až|do|to)\s*(?P<high>{NUMBER}))?"
    rf"\s*(?P<unit>{UNIT})(?!\w)",
    re.IGNORECASE,
)
SPELLED_PREFIXES = {
    "femto": "f",
    "piko": "p",
    "pico": "p",
    "nano": "n",
    "mikro": "u",
    "micro": "u",
    "mili": "m",
    "milli": "m",
    "centi": "c",
    "kilo": "k",
    "mega": "M",
    "giga": "G",
    "tera": "T",
    "peta": "P",
    "": "",
}
SPELLED_BASES = {
    "metr": "m",
    "meter": "m",
    "metre": "m",
    "sekund": "s",
    "second": "s",
    "joul": "J",
    "watt": "W",
    "volt": "V",
    "hertz": "Hz",
    "gram": "g",
    "pascal": "Pa",
    "kelvin": "K",
    "radian": "rad",
    "elektronvolt": "eV",
    "electronvolt": "eV",
}
SPELLED = {
    "mikron": "um",
    "micron": "um",
    "palc": "inch",
    "palec": "inch",
    "inch": "inch",
    "stup": "deg",
    "degree": "deg",
    "ot": "rpm",
    "rpm": "rpm",
    "procent": "percent",
    "percent": "percent",
}
SPELLED |= {
    before + base: f"{prefix}{unit}"
    for before, prefix in SPELLED_PREFIXES.items()
    for base, unit in SPELLED_BASES.items()
}
INFLECTED = 3  # letters that an ending adds to a unit in words, at most


@dataclass(frozen=True, slots=True)
class Quantity:
    """From `low` up to and with `high`, in base units; either end may be open."""

    kind: str  # the base units without signs, which tell lengths from energies
    low: float | None
    high: float | None

    def holds(self, other: "Quantity") -> float:
        """How well it serves who wants the other: 1 fully, less when it only comes near, or 0.

        "Up to 2000 nm" wants what gets there. What spans tenfolds says less of each of them.
        """
        if self.kind != other.kind:
            return 0.0
        if self._reaches(other, CLOSE):
            return 1.0 - VAGUE * self._tenfolds()
        if self._reaches(other, NEAR):
            return 0.5
        _, high = other._wanted()
        return 0.3 if self.kind in MORE_WILL_DO and self._ends()[1] >= high else 0.0

    def takes(self, other: "Quantity") -> bool:
        """Whether the top of the other lies in it."""
        low, high = self._ends()
        return self.kind == other.kind and low <= other._wanted()[1] <= high

    def _tenfolds(self) -> float:
        low, high = self._ends()
        if low <= 0 or high == math.inf:
            return float(OPEN)
        return min(math.log10(high / low), MOST_TENFOLDS)

    def _reaches(self, other: "Quantity", slack: float) -> bool:
        low, high = other._wanted()
        mine_low, mine_high = self._ends()
        return mine_low <= low * (1 + slack) and high * (1 - slack) <= mine_high

    def _ends(self) -> tuple[float, float]:
        low = self.low if self.low is not None else 0.0
        return low, self.high if self.high is not None else math.inf

    def _wanted(self) -> tuple[float, float]:
        """Both ends, of one that is open the one that is named."""
        low, high = self.low, self.high
        return (high or 0.0) if low is None else low, (low or 0.0) if high is None else high

    def marks(self) -> list[str]:
        """Where it is on the scale, for an index."""
        low, high = self.low, self.high
        if low is None:
            low = (high or 0) / 10**OPEN
        if high is None:
            high = low * 10**OPEN
        return [f"q:{self.kind}:{step}" for step in range(_step(low), _step(high) + 1)]

    def marks_around(self) -> list[str]:
        """The marks that what comes near may have; either end of a range will do."""
        ends = {_step(end) for end in (self.low, self.high) if end is not None}
        near = {step + aside for step in ends for aside in (-1, 0, 1)}
        return [f"q:{self.kind}:{step}" for step in sorted(near)]


@cache
def _registry() -> "pint.UnitRegistry[float]":
    import pint  # which takes a while to load

    return pint.UnitRegistry(str(Path(__file__).with_name("units.txt")))


@cache
def _known() -> dict[str, str]:
    """Units by how people write them, also where they do not mind the case."""
    exact = {prefix + base: prefix + base for base in BASES for prefix in PREFIXES}
    exact |= {unit: unit for unit in PLAIN} | {"°": "deg", "°C": "degC", "%": "percent"}
    loose: dict[str, str] = {}
    for unit in exact:
        loose.setdefault(unit.casefold(), exact[unit])
    loose |= {"mw": "mW", "ev": "eV", "kev": "keV", "mev": "meV", "pa": "Pa", "mpa": "MPa"}
    loose |= {"pw": "PW", "tw": "TW", "thz": "THz", "mhz": "MHz", "phz": "PHz", "m": "m", "in": ""}
    return loose | exact


@lru_cache(maxsize=4096)
def unit_of(written: str) -> str | None:
    """The unit as Pint knows it; None for one that we do not know."""
    bare = written.strip().replace("µ", "u").replace("μ", "u").replace("° ", "°")
    known = _known()
    if found := known.get(bare) or known.get(bare.casefold()):
        return found
    spelled = fold(bare)
    roots = (spelled[: len(spelled) - cut] for cut in range(min(INFLECTED, len(spelled) - 1) + 1))
    return next((SPELLED[root] for root in roots if root in SPELLED), None)


@lru_cache(maxsize=4096)
def _in_base(unit: str) -> tuple[str, float, float]:
    """The base unit, and what a value is multiplied by and moved by to be in it."""
    registry = _registry()
    zero = registry.Quantity(0.0, unit).to_base_units()
    one = registry.Quantity(1.0, unit).to_base_units()
    return re.sub(r"\W", "", f"{one.units:~C}"), float(one.m - zero.m), float(zero.m)


def quantities(text: str) -> list[Quantity]:
    """All that a text says, in its order; what has no known unit is left out."""
    return [found for _, _, found in spans(text)]


def spans(text: str) -> Iterator[tuple[int, int, Quantity]]:
    """The same, with where each begins and ends."""
    at = 0
    while match := QUANTITY.search(text, at):
        at = match.end("low")
        unit = unit_of(match["unit"])
        if unit is None:
            continue
        yield match.start(), match.end(), _quantity(match, unit)
        at = match.end()


def written(quantity: Quantity) -> str:
    """As one word, for a line of them."""
    ends = ("" if end is None else repr(end) for end in (quantity.low, quantity.high))
    return ":".join((quantity.kind, *ends))


def read(line: str) -> tuple[Quantity, ...]:
    """The quantities of a line."""
    return tuple(map(_read, line.split()))


@lru_cache(maxsize=65_536)  # many say the same
def _read(word: str) -> Quantity:
    kind, low, high = word.split(":")
    return Quantity(kind, _end(low), _end(high))


def _end(written: str) -> float | None:
    return float(written) if written else None


def between(low: float, high: float, unit: str) -> Quantity:
    kind, factor, shift = _in_base(unit)
    return Quantity(kind, low * factor + shift, high * factor + shift)


def _quantity(match: re.Match[str], unit: str) -> Quantity:
    low = _number(match["low"])
    if match["high"]:
        low_unit = unit_of(match["low_unit"]) if match["low_unit"] else None
        first, last = between(low, low, low_unit or unit), _number(match["high"])
        whole = between(last, last, unit)
        if first.kind == whole.kind:
            ends = sorted((first.low or 0.0, whole.low or 0.0))
            return Quantity(whole.kind, ends[0], ends[1])
        return whole
    edge = (match["edge"] or "").strip().casefold()
    exact = between(low, low, unit)
    if edge and re.fullmatch(TOP, edge):
        return Quantity(exact.kind, None, exact.high)
    if edge:
        return Quantity(exact.kind, exact.low, None)
    return exact


def _number(written: str) -> float:
    return float(re.sub(r"[  ]", "", written).replace(",", "."))


def _step(value: float) -> int:
    return math.floor(STEPS * math.log10(value)) if value > 0 else -999
