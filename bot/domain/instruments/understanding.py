"""What somebody is looking for: words, concepts and quantities in what they typed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bot.domain.instruments.language import SILENT, TIED, name_key, runs, stems, tied, words
from bot.domain.instruments.quantities import Quantity, between, spans
from bot.domain.instruments.thesaurus import Mention, thesaurus
from bot.domain.instruments.vocabulary import Vocabulary, spelled
from storage.folding import fold

LONGEST = 200  # characters of a question that are read
MOST = 12  # words of it
LONGEST_NAME = 4  # words
PLAIN, UNKNOWN, IMPLIED = 0.7, 0.5, 0.3  # weights of words next to 1 of concepts and names
GUESSED, COMPLETED, WIDER, NUMBER = 0.7, 0.8, 0.4, 0.6  # how well a mark says what was meant
BARE_UNIT = "nm"  # of numbers in optics that come without one
BARE = (100.0, 20_000.0)


@dataclass(frozen=True)
class Group:
    """One thing that is wanted: any of its marks means it, the better the earlier in weight."""

    said: str
    marks: dict[str, float]  # how well each says what was meant, up to 1
    weight: float = 1.0
    wider: dict[str, float] = field(default_factory=dict)  # what it is a kind of
    main: bool = False  # whether it says what is looked for, and not only where or what for

    def widened(self) -> "Group":
        return replace(self, marks={**self.wider, **self.marks})


@dataclass(frozen=True)
class Question:
    groups: tuple[Group, ...]
    quantities: tuple[Quantity, ...]
    names: frozenset[str]  # marks of names in one piece that it may contain
    meant: str  # in words set right; empty where nothing was wrong

    def __bool__(self) -> bool:
        return bool(self.groups or self.quantities)

    def widened(self) -> "Question":
        """Content with something of the same kind."""
        return replace(self, groups=tuple(group.widened() for group in self.groups))


def understand(text: str, vocabulary: Vocabulary) -> Question:
    measured, rest = _measured(text[:LONGEST])
    typed = words(rest)[:MOST]
    names = {name_key("".join(typed[a:b])) for a, b in runs(typed, LONGEST_NAME)}
    said = [word for word in _pieces(rest, vocabulary)[:MOST] if word not in SILENT]
    guesses = {word: vocabulary.guesses(word) for word in said if _is_strange(word, vocabulary)}
    meant = [(guesses.get(word) or [word])[0] for word in said]
    mentions = thesaurus().longest(meant)
    groups = [*_concepts(said, mentions), *_words(said, mentions, guesses, vocabulary)]
    groups += _implied(measured, groups)
    return Question(
        groups=tuple(groups),
        quantities=tuple(measured),
        names=frozenset(f"k:{name}" for name in names),
        meant=_set_right(rest, guesses),
    )


def _set_right(text: str, guesses: dict[str, list[str]]) -> str:
    """What was typed, but for the words that were typed wrong; empty where none was."""
    right = {word: spelled(best[0]) for word, best in guesses.items() if best}
    return " ".join(right.get(fold(word), word) for word in text.split()) if right else ""


def _pieces(text: str, vocabulary: Vocabulary) -> list[str]:
    """Words; what is tied together stays so when it is known like that."""
    found: list[str] = []
    for piece in text.split():
        whole = tied(piece)
        known = TIED.search(fold(piece)) and all(map(vocabulary.has, whole))
        found += whole if known else words(piece)
    return [vocabulary.without_prefix(word) for word in found]


def _measured(text: str) -> tuple[list[Quantity], str]:
    found: list[Quantity] = []
    rest, at = "", 0
    for start, end, quantity in spans(text):
        found.append(quantity)
        rest += f"{text[at:start]} "
        at = end
    kept: list[str] = []
    for piece in (rest + text[at:]).replace("–", "-").split():
        bare = _bare_range(piece)
        if bare:
            found.append(bare)
        else:
            kept.append(piece)
    return found, " ".join(kept)


def _bare_range(piece: str) -> Quantity | None:
    """ "400-1000", which has no unit because everybody in optics knows it."""
    low, _, high = piece.partition("-")
    if not (low.isdecimal() and high.isdecimal() and piece.isascii()):
        return None
    first, last = sorted((float(low), float(high)))
    fits = BARE[0] <= first < last <= BARE[1]
    return between(first, last, BARE_UNIT) if fits else None


def _is_strange(word: str, vocabulary: Vocabulary) -> bool:
    return not vocabulary.knows(word) and not vocabulary.completions(word)


def _concepts(said: Sequence[str], mentions: Iterable[Mention]) -> list[Group]:
    by_span: dict[tuple[int, int], list[Mention]] = {}
    for mention in mentions:
        by_span.setdefault((mention.start, mention.end), []).append(mention)
    return [_concept(said[start:end], found) for (start, end), found in sorted(by_span.items())]


def _concept(said: Sequence[str], found: Sequence[Mention]) -> Group:
    weight = min(each.concept.weight for each in found)
    length = 1 + 0.3 * (len(said) - 1)
    marks = {f"c:{each.concept.name}": 1.0 for each in found}
    known = thesaurus().concepts
    wider = {
        f"c:{name}": WIDER
        for each in found
        for name in each.concept.wider
        if known[name].weight == 1
    }
    if len(said) == 1:
        marks |= dict.fromkeys(stems(said[0]), 1.0) | {f"k:{said[0]}": 1.0}
    return Group(" ".join(said), marks, weight * length, wider, main=weight == 1)


def _implied(measured: Iterable[Quantity], groups: Sequence[Group]) -> list[Group]:
    """What numbers tell of what is looked for: a laser and "20 fs" are a femtosecond laser."""
    meant = {mark for group in groups for mark in group.marks}
    return [
        Group(concept.name, {f"c:{concept.name}": 1.0}, IMPLIED)
        for each in measured
        for concept in thesaurus().spanned(each)
        if meant & concept.above
    ]


def _words(
    said: Sequence[str],
    mentions: Iterable[Mention],
    guesses: dict[str, list[str]],
    vocabulary: Vocabulary,
) -> list[Group]:
    covered = {at for each in mentions for at in range(each.start, each.end)}
    return [
        _word(word, guesses.get(word, []), vocabulary)
        for at, word in enumerate(said)
        if at not in covered
    ]


def _word(word: str, guesses: Sequence[str], vocabulary: Vocabulary) -> Group:
    marks = {f"k:{word}": 1.0}
    for guess in guesses:
        marks |= dict.fromkeys(stems(guess), GUESSED)
    longer = {stem for each in vocabulary.completions(word) for stem in stems(each)}
    if not vocabulary.knows(word):
        marks |= dict.fromkeys(longer, COMPLETED)
    if word.isdecimal() and BARE[0] <= float(word) <= BARE[1]:
        marks |= dict.fromkeys(between(float(word), float(word), BARE_UNIT).marks(), NUMBER)
    marks |= dict.fromkeys(stems(word), 1.0)
    hinted = {f"c:{name}" for name in thesaurus().hinted(word)}
    wider = dict.fromkeys(longer | hinted, WIDER)
    return Group(word, marks, _weight(word, vocabulary, guesses), wider)


def _weight(word: str, vocabulary: Vocabulary, guesses: Sequence[str]) -> float:
    if not word.isalpha():
        return 1.0
    return PLAIN if vocabulary.knows(word) or guesses else UNKNOWN
