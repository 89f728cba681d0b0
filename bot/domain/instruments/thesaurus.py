"""What optics calls by several names: concepts of a data file, found in texts."""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from bot.domain.instruments.language import SILENT, stems, tied, words
from bot.domain.instruments.quantities import Quantity, quantities
from storage.folding import fold

SOURCE = Path(__file__).with_name("thesaurus.toml")
BROAD, ASIDE = 0.3, 0.6
FEW = 3
Phrase = tuple[frozenset[str], ...]
Entries = dict[str, dict[str, Any]]


class BadThesaurus(Exception):
    """The file names a concept that it does not have."""


@dataclass(frozen=True, slots=True)
class Concept:
    name: str
    wider: frozenset[str]  # concepts that whatever is this one is, too; itself among them
    does: frozenset[str]  # concepts that whatever is this one serves for
    weight: float  # of what it says, next to 1
    span: Quantity | None  # a record with a quantity in it is one, if it is what is wider
    above: frozenset[str]  # marks of what is wider


@dataclass(frozen=True, slots=True)
class Mention:
    """Words `start` up to `end` of a text name a concept."""

    start: int
    end: int
    concept: Concept


class Thesaurus:
    def __init__(self, entries: Entries) -> None:
        self.concepts = {name: _concept(name, entries) for name in entries}
        self._spanning: dict[str, list[tuple[Concept, Quantity]]] = {}  # by kinds of quantities
        for concept in self.concepts.values():
            if concept.span is not None:
                self._spanning.setdefault(concept.span.kind, []).append((concept, concept.span))
        self.spelling: dict[str, str] = {}  # folded words as they are properly written
        self._parts: dict[str, set[str]] = {}  # names of concepts by stems
        self._words: dict[str, list[Concept]] = {}
        self._phrases: dict[tuple[str, str], list[tuple[Phrase, Concept]]] = {}  # by two stems
        for name, entry in entries.items():
            for phrase in _phrases(entry):
                self._learn(phrase, self.concepts[name])

    def _learn(self, phrase: str, concept: Concept) -> None:
        spoken = tuple(word for word in words(phrase) if word not in SILENT)
        for said in {tuple(words(phrase)), tuple(tied(phrase)), spoken} - {()}:
            shape = tuple(stems(word) for word in said)
            for stems_of_two in product(*shape[:2]):
                if len(shape) == 1:
                    self._words.setdefault(stems_of_two[0], []).append(concept)
                else:
                    pair = (stems_of_two[0], stems_of_two[1])
                    self._phrases.setdefault(pair, []).append((shape, concept))
        for stem in (stem for word in words(phrase) for stem in stems(word)):
            self._parts.setdefault(stem, set()).add(concept.name)
        for word in phrase.split():
            self.spelling.setdefault(fold(word), word)

    def hinted(self, word: str) -> frozenset[str]:
        """Concepts in whose names the word stands, if they are a few."""
        names = frozenset().union(*(self._parts.get(stem, ()) for stem in stems(word)))
        return names if len(names) <= FEW else frozenset()

    def mentions(self, text: Sequence[str]) -> Iterator[Mention]:
        """Every concept that folded words name, also those inside of longer ones."""
        shape = [stems(word) for word in text]
        for start, here in enumerate(shape):
            for stem in here:
                for concept in self._words.get(stem, ()):
                    yield Mention(start, start + 1, concept)
            for pair in product(here, shape[start + 1]) if start + 1 < len(shape) else ():
                for phrase, concept in self._phrases.get(pair, ()):
                    end = start + len(phrase)
                    if end <= len(shape) and _same(phrase, shape[start:end]):
                        yield Mention(start, end, concept)

    def spanned(self, quantity: Quantity) -> list[Concept]:
        """Concepts of which a quantity tells, such as "40 fs" of femtosecond lasers."""
        known = self._spanning.get(quantity.kind, ())
        return [concept for concept, span in known if span.takes(quantity)]

    def longest(self, text: Sequence[str]) -> list[Mention]:
        return without_overlaps(self.mentions(text))

    def all_words(self) -> frozenset[str]:
        return frozenset(word for phrase in self.spelling for word in words(phrase))


def without_overlaps(mentions: Iterable[Mention]) -> list[Mention]:
    """The longest first, then the first; several concepts may be named by the same words."""
    taken: set[int] = set()
    chosen: list[Mention] = []
    found = {(each.start, each.end, each.concept.name): each for each in mentions}
    for each in sorted(found.values(), key=lambda each: (each.start - each.end, each.start)):
        span = set(range(each.start, each.end))
        same = any((each.start, each.end) == (other.start, other.end) for other in chosen)
        if same or not span & taken:
            chosen.append(each)
            taken |= span
    return chosen


@cache
def thesaurus() -> Thesaurus:
    return Thesaurus(tomllib.loads(SOURCE.read_text("utf-8")))


def _phrases(entry: dict[str, Any]) -> list[str]:
    return [*entry.get("cs", ()), *entry.get("en", ()), *entry.get("short", ())]


def _concept(name: str, entries: Entries) -> Concept:
    wider = _closure([name], entries, name)
    uses = [use for each in wider for use in entries[each].get("does", ())]
    spans = quantities(entries[name].get("span", ""))
    return Concept(
        name=name,
        wider=wider,
        does=_closure(uses, entries, name) - wider,
        weight=BROAD if "broad" in entries[name] else ASIDE if "aside" in entries[name] else 1.0,
        span=spans[0] if spans else None,
        above=frozenset(f"c:{each}" for each in wider),
    )


def _closure(names: Iterable[str], entries: Entries, by: str) -> frozenset[str]:
    reached: set[str] = set()
    waiting = list(names)
    while waiting:
        each = waiting.pop()
        if each not in entries:
            raise BadThesaurus(f"{by}: there is no {each}")
        if each not in reached:
            reached.add(each)
            waiting += entries[each].get("within", ())
    return frozenset(reached)


def _same(phrase: Phrase, shape: Sequence[frozenset[str]]) -> bool:
    return all(mine & theirs for mine, theirs in zip(phrase, shape, strict=True))
