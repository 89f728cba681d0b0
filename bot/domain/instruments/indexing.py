"""What an instrument can be found by: marks for an index, the same on every engine.

A mark is a stem, a concept (`c:`), a name in one piece (`k:`) or a step of a quantity (`q:`).
Stems and concepts stand there by themselves, and again with each of the places they come from:
`n:` the name, `t:` the technique, `o:` the owner and the place, `p:` the parameters, `x:` a text.
`f:` are facets, `d:` the concepts that a name says itself, not those that they are a kind of.
Nothing is looked up by the other places than the name, nor by `d:`: they only rank.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain

from bot.domain.instruments.language import name_key, shared, stems, tied, words
from bot.domain.instruments.quantities import Quantity, spans, written
from bot.domain.instruments.thesaurus import Concept, thesaurus, without_overlaps

FACET, NAME, FENCE = "f:", "n:", ";"


@dataclass(frozen=True)
class Description:
    """An instrument in the words of its record, for the index; several texts a place."""

    names: Iterable[str]
    models: Iterable[str] = ()
    aliases: Iterable[str] = ()  # known only in one piece
    techniques: Iterable[str] = ()
    owners: Iterable[str] = ()
    parameters: Iterable[tuple[str, str]] = ()  # name and value with its unit
    texts: Iterable[str] = ()
    facets: Iterable[str] = field(default=())


@dataclass(frozen=True, slots=True)
class Indexed:
    facets: Sequence[str]
    named: AbstractSet[str]  # found by, and ranked by
    marks: AbstractSet[str]  # found by
    placed: AbstractSet[str]  # ranked by
    words: AbstractSet[str]  # that may be typed wrong
    quantities: Sequence[Quantity]
    measures: Sequence[str]  # the quantities as they are written down

    @property
    def telling(self) -> AbstractSet[str]:
        return self.named | self.placed

    @property
    def line(self) -> str:
        """Marks as they are stored: facets; those that ranking reads; a bar, and all others."""
        return " ".join([*self.facets, FENCE, *self.named, *self.placed, "|", *self.marks])

    @property
    def finding(self) -> str:
        """The same without those that are of use to ranking only."""
        return " ".join([*self.facets, FENCE, *self.named, "|", *self.marks])

    @property
    def ranking(self) -> str:
        """What finding has no use for: quantities, a bar, and marks."""
        return " ".join([*self.measures, "|", *self.placed])


def index(description: Description) -> Indexed:
    names = [*description.names, *description.models]
    measured = [_measured(f"{name}: {value}") for name, value in description.parameters]
    said = [
        *[_said(text, NAME) for text in names],
        *[_said(text, "t:") for text in description.techniques],
        *[_said(text, "o:") for text in description.owners],
        *[_said(each.rest, "p:") for each in measured],
        *[_said(text, "x:") for text in description.texts],
    ]
    marks = set[str]().union(*[each.marks for each in said])
    placed = set[str]().union(*[each.placed for each in said])
    for concept in _shown(measured, marks):
        marks.add(concept)
        placed.add(f"t:{concept}")
    keys = [_key(name) for name in (*names, *description.aliases, *description.owners)]
    return Indexed(
        facets=[FACET + facet for facet in description.facets],
        named=set(keys).union(*[each.named for each in said], *[each.marks for each in measured]),
        marks=marks,
        placed=placed,
        words=frozenset[str]().union(*[each.words for each in said]),
        quantities=[quantity for each in measured for quantity in each.quantities],
        measures=[each.line for each in measured],
    )


def _shown(measured: Iterable["Measured"], marks: AbstractSet[str]) -> set[str]:
    """Marks of the concepts that only numbers tell, such as a laser of femtoseconds."""
    return {
        f"c:{name}"
        for each in measured
        for concept in each.spanned
        if not marks.isdisjoint(concept.above)
        for name in concept.wider
    }


@dataclass(frozen=True, slots=True)
class Said:
    words: frozenset[str]
    marks: frozenset[str]
    named: frozenset[str]
    placed: frozenset[str]


@lru_cache(maxsize=8192)  # owners, places and ways of access come again and again
def _said(text: str, place: str) -> Said:
    apart, whole = words(text), tied(text)
    known = thesaurus()
    marks = {stem for word in {*apart, *whole} for stem in stems(word)}
    readings = [apart, *([whole] if whole != apart else []), *shared(apart)]
    uses: set[str] = set()
    mentions = [list(known.mentions(reading)) for reading in readings]
    for mention in chain.from_iterable(mentions):
        marks.update([f"c:{name}" for name in mention.concept.wider])
        uses.update([f"c:{name}" for name in mention.concept.does])
    named, placed = {place + mark for mark in marks}, {"t:" + use for use in uses}
    if place == NAME:
        direct = chain.from_iterable(map(without_overlaps, mentions))
        placed |= {f"d:{mention.concept.name}" for mention in direct}
    else:
        named, placed = set(), placed | named
    spelled = filter(str.isalpha, {*apart, *whole})
    return Said(frozenset(spelled), frozenset(marks | uses), frozenset(named), frozenset(placed))


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    return f"k:{name_key(name)}"


@dataclass(frozen=True, slots=True)
class Measured:
    """What a parameter says in numbers, and the words that are left of it."""

    quantities: tuple[Quantity, ...]
    line: str
    marks: frozenset[str]
    spanned: tuple[Concept, ...]  # that have such quantities
    rest: str


@lru_cache(maxsize=8192)
def _measured(text: str) -> Measured:
    found: list[Quantity] = []
    rest, at = "", 0
    for start, end, quantity in spans(text):
        found.append(quantity)
        rest += f"{text[at:start]} "
        at = end
    return Measured(
        quantities=tuple(found),
        line=" ".join([written(each) for each in found]),
        marks=frozenset(mark for each in found for mark in each.marks()),
        spanned=tuple(chain.from_iterable(map(thesaurus().spanned, found))),
        rest=rest + text[at:],
    )
