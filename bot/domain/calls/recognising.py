"""Topics that a text speaks of, each with the words by which it was recognised.

A topic is a list of words of different strengths. What a title says counts in full, what a
description begins with counts for less, and what it says in passing for little.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import Any

from bot.domain.instruments.language import stems
from storage.folding import fold

WORD = re.compile(r"[^\W_]+")
LONGEST = 6_000  # characters of a description that are read
SHOWN = 5  # words that explain
SHORTEST_BEGINNING = 2
CACHED = 200_000
STRENGTHS = ("certain", "strong", "telling", "hint")
HEEDED, HINTS, IN_PASSING = "heeded", "hints", "in passing"
EVERYWHERE = ""  # the owner of traps that are traps for every topic


@dataclass(frozen=True, slots=True)
class Scale:
    """What words are worth, by their strength and by where they stand; see `topics.toml`."""

    enough: float
    certain: float
    strong: float
    telling: float
    hint: float
    lead: int
    in_lead: float
    again: float
    later: float
    later_most: float
    later_in_all: float
    hints_in_all: float


@dataclass(frozen=True, slots=True)
class Recognised:
    topic: str
    score: float
    words: tuple[str, ...]  # as they were written, the weightiest first


@dataclass(frozen=True, slots=True)
class Phrase:
    """`owner` is a topic, or one side of a pair; `weight` is 0 for a trap."""

    number: int
    owner: str
    weight: float
    atoms: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fits:
    """The words of phrases that a word as it is written may stand for, and phrases of one word."""

    atoms: frozenset[int]
    alone: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    topic: str
    these: str
    those: str
    weight: float


@dataclass(frozen=True, slots=True)
class Hit:
    start: int  # word by word
    end: int
    phrase: Phrase
    at: int  # characters from the beginning
    text: str


@dataclass(slots=True)
class Said:
    """How often, and where, something was said."""

    weight: float
    words: list[str] = field(default_factory=list)
    in_title: bool = False
    in_lead: int = 0
    later: int = 0


class Recogniser:
    """`topics` are tables as in `topics.toml`, with `traps` and `scale` beside them."""

    def __init__(
        self, topics: Mapping[str, Mapping[str, Any]], scale: Scale, traps: Sequence[str]
    ):
        self.scale = scale
        self.topics = list(topics)
        self._most = {
            HEEDED: math.inf,
            HINTS: scale.hints_in_all,
            IN_PASSING: scale.later_in_all,
        }
        self._whole: dict[str, set[int]] = defaultdict(set)
        self._beginning: dict[str, set[int]] = defaultdict(set)
        self._atoms: dict[str, int] = {}
        self._alone: dict[int, list[Phrase]] = defaultdict(list)
        self._by_beginning: dict[tuple[int, ...], list[Phrase]] = defaultdict(list)
        self._pairs: list[Pair] = []
        self._count = 0
        self._add(EVERYWHERE, traps, 0)
        for topic, table in topics.items():
            self._add_topic(topic, table)
        self._fits = lru_cache(CACHED)(self._look_up)

    def recognise(self, title: str, description: str = "") -> list[Recognised]:
        """Topics that are spoken of enough, the clearest first."""
        said: dict[str, dict[int, Said]] = defaultdict(dict)
        for hit in self._hits(title):
            _note(said, hit).in_title = True
        for hit in self._hits(description[:LONGEST]):
            known = _note(said, hit)
            if hit.at < self.scale.lead:
                known.in_lead += 1
            else:
                known.later += 1
        found = [self._weigh(topic, said) for topic in self.topics]
        enough = (each for each in found if each.score >= self.scale.enough)
        return sorted(enough, key=lambda each: -each.score)

    def _weigh(self, topic: str, said: Mapping[str, Mapping[int, Said]]) -> Recognised:
        worth = [(self._worth(each), each) for each in said.get(topic, {}).values()]
        worth += [
            each for pair in self._pairs if pair.topic == topic for each in self._both(pair, said)
        ]
        sums: dict[str, float] = defaultdict(float)
        for points, each in worth:
            sums[self._sort(each)] += points
        score = sum(min(self._most[sort], points) for sort, points in sums.items())
        weightiest = sorted(worth, key=lambda each: -each[0])
        words = {
            word.casefold(): word
            for points, each in reversed(weightiest)
            if points > 0
            for word in each.words[:1]
        }
        return Recognised(topic, score, tuple(reversed(words.values()))[:SHOWN])

    def _sort(self, said: Said) -> str:
        if 0 < said.weight <= self.scale.hint:
            return HINTS
        return HEEDED if said.in_title or said.in_lead else IN_PASSING

    def _worth(self, said: Said) -> float:
        scale = self.scale
        if said.in_title:
            return said.weight
        if said.in_lead:
            times = said.in_lead + said.later
            return said.weight * min(1.0, scale.in_lead + scale.again * (times - 1))
        return said.weight * min(scale.later_most, scale.later * said.later)

    def _both(
        self, pair: Pair, said: Mapping[str, Mapping[int, Said]]
    ) -> Iterator[tuple[float, Said]]:
        """What two words are worth together: as much as the one that is said less clearly."""
        sides = [said.get(owner, {}).values() for owner in (pair.these, pair.those)]
        if not all(sides):
            return
        best = [max(side, key=self._worth) for side in sides]
        share = min(self._worth(each) for each in best)
        together = Said(pair.weight, [" + ".join(each.words[0] for each in best)])
        together.in_title = all(each.in_title for each in best)
        together.in_lead = min(each.in_title + each.in_lead for each in best)
        yield pair.weight * share, together

    def _hits(self, text: str) -> list[Hit]:
        fits = [self._fits(word) for word in WORD.findall(text)]
        found = list(self._spans(fits))
        if not found:
            return []
        places = [match.span() for match in WORD.finditer(text)]
        hits: dict[str, list[Hit]] = defaultdict(list)
        for start, end, phrase in found:
            at, until = places[start][0], places[end - 1][1]
            hits[phrase.owner].append(Hit(start, end, phrase, at, text[at:until]))
        traps = hits.pop(EVERYWHERE, [])
        return [hit for some in hits.values() for hit in _clear(some, traps)]

    def _spans(self, fits: Sequence[Fits]) -> Iterator[tuple[int, int, Phrase]]:
        """Where phrases begin and end, word by word."""
        nothing = Fits(frozenset(), ())
        for start, here in enumerate(fits):
            after = fits[start + 1] if start + 1 < len(fits) else nothing
            for phrase in here.alone:
                yield start, start + 1, phrase
            if not here.atoms or not after.atoms:
                continue
            for pair in product(here.atoms, after.atoms):
                for phrase in self._by_beginning.get(pair, ()):
                    end = start + len(phrase.atoms)
                    rest = zip(phrase.atoms[2:], fits[start + 2 : end], strict=False)
                    if end <= len(fits) and all(atom in each.atoms for atom, each in rest):
                        yield start, end, phrase

    def _add_topic(self, topic: str, table: Mapping[str, Any]) -> None:
        for strength in STRENGTHS:
            self._add(topic, table.get(strength, ()), getattr(self.scale, strength))
        self._add(topic, table.get("against", ()), -self.scale.certain)
        self._add(topic, table.get("traps", ()), 0)
        for number, pair in enumerate(table.get("both", ())):
            these, those = f"{topic}/{number}/these", f"{topic}/{number}/those"
            for side, phrases in ((these, pair["these"]), (those, pair["those"])):
                self._add(side, phrases, 1)
                self._add(side, table.get("traps", ()), 0)
            self._pairs.append(Pair(topic, these, those, getattr(self.scale, pair["weight"])))

    def _add(self, owner: str, phrases: Iterable[str], weight: float) -> None:
        for phrase in phrases:
            atoms = tuple(self._atom(word) for word in re.findall(r"[^\W_]+\*?", phrase))
            self._count += 1
            known = self._alone[atoms[0]] if len(atoms) == 1 else self._by_beginning[atoms[:2]]
            known.append(Phrase(self._count, owner, weight, atoms))

    def _atom(self, word: str) -> int:
        atom = self._atoms.setdefault(word, len(self._atoms))
        bare = word.rstrip("*")
        loud = bare.isupper() and len(bare) > 1
        if word.endswith("*"):
            self._beginning[bare if loud else fold(bare)].add(atom)
        elif loud:
            self._whole[bare].add(atom)
        else:
            for stem in stems(fold(bare)):
                self._whole[stem].add(atom)
        return atom

    def _look_up(self, word: str) -> Fits:
        folded = fold(word)
        fits: set[int] = set()
        for whole in {word, *stems(folded)}:
            fits |= self._whole.get(whole, set())
        for length in range(SHORTEST_BEGINNING, len(word) + 1):
            fits |= self._beginning.get(folded[:length], set())
            fits |= self._beginning.get(word[:length], set())
        alone = (phrase for atom in fits for phrase in self._alone.get(atom, ()))
        return Fits(frozenset(fits), tuple(alone))


def _note(said: dict[str, dict[int, Said]], hit: Hit) -> Said:
    known = said[hit.phrase.owner].setdefault(hit.phrase.number, Said(hit.phrase.weight))
    known.words.append(hit.text)
    return known


def _clear(hits: Sequence[Hit], traps: Sequence[Hit]) -> Iterator[Hit]:
    """The longest first, of equals a trap, then the weightiest; no word counts twice."""
    taken: set[int] = set()
    ordered = sorted(
        (*hits, *traps),
        key=lambda hit: (
            hit.start - hit.end,
            hit.phrase.weight > 0,
            -hit.phrase.weight,
            hit.start,
        ),
    )
    for hit in ordered:
        words = range(hit.start, hit.end)
        if taken.isdisjoint(words):
            taken.update(words)
            if hit.phrase.weight:
                yield hit
