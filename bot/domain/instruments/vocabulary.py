"""The words that instruments are described in, so that what is typed wrong can be set right."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from bot.domain.instruments.language import stems
from bot.domain.instruments.thesaurus import thesaurus

PREFIXES = (
    "pre",
    "pri",
    "pro",
    "roz",
    "vy",
    "za",
    "na",
    "do",
    "od",
    "ob",
    "po",
    "z",
    "s",
    "o",
    "u",
)
PREFIX = 4  # letters that a beginning of a word has at least
COMPLETIONS = 20
GUESSES = 3
ALIKE = 60  # of a hundred
FAR = ((6, 1), (10, 2), (999, 3))  # letters, and how many of them may be wrong


class Vocabulary:
    """All words of the records, and all of the thesaurus; words with digits are names."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._words: list[str] = []
        self._by_stem: dict[str, str] = {}
        self._stems: list[str] = []
        self.learn([*thesaurus().all_words(), *known])

    def learn(self, more: Iterable[str]) -> None:
        self._words = sorted({*self._words, *more})
        for word in self._words:
            for stem in stems(word):
                shortest = self._by_stem.get(stem, word)
                self._by_stem[stem] = min(shortest, word, key=lambda each: (len(each), each))
        self._stems = list(self._by_stem)

    def knows(self, word: str) -> bool:
        return not word.isalpha() or any(stem in self._by_stem for stem in stems(word))

    def has(self, word: str) -> bool:
        """Whether it was written just so."""
        at = bisect_left(self._words, word)
        return self._words[at : at + 1] == [word]

    def without_prefix(self, word: str) -> str:
        """Of a verb that nobody has written so, the one it comes from: "naleštit" is "leštit"."""
        if self.knows(word) or self.completions(word):
            return word
        bare = (word.removeprefix(prefix) for prefix in PREFIXES if word.startswith(prefix))
        return next((each for each in bare if len(each) >= PREFIX and self.knows(each)), word)

    def completions(self, word: str) -> list[str]:
        """Words that begin so."""
        if len(word) < PREFIX:
            return []
        start = bisect_left(self._words, word)
        found = self._words[start : start + COMPLETIONS]
        return [each for each in found if each.startswith(word)]

    def guesses(self, word: str) -> list[str]:
        """The nearest words to one that nobody knows, the nearest first."""
        if len(word) < PREFIX:
            return []
        near: dict[str, float] = {}
        for found, distance in (*_near(word, self._words), *self._near_stems(word)):
            near[found] = min(distance, near.get(found, distance))
        best = sorted(near, key=lambda each: (near[each], each[0] != word[0], each))
        return [each for each in best[:GUESSES] if near[each] == near[best[0]]]

    def nearest(self, word: str) -> list[str]:
        """Words that resemble it, though nobody would take one for the other."""
        from rapidfuzz import fuzz, process  # which take a while to load

        alike = process.extract(
            word, self._words, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=GUESSES
        )
        return [found for found, _, _ in alike if len(found) >= PREFIX]

    def _near_stems(self, word: str) -> Iterator[tuple[str, float]]:
        for stem in stems(word):
            for found, distance in _near(stem, self._stems):
                yield self._by_stem[found], distance


def _near(word: str, known: Sequence[str]) -> list[tuple[str, float]]:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    far = next(wrong for letters, wrong in FAR if len(word) <= letters)
    found = process.extract(word, known, scorer=OSA.distance, score_cutoff=far, limit=COMPLETIONS)
    return [
        (each, distance)
        for each, distance, _ in found
        if len(each) >= PREFIX and (distance == 1 or each[0] == word[0])
    ]


@cache
def spelled(word: str) -> str:
    """A folded word as it is properly written, if the thesaurus has it."""
    return thesaurus().spelling.get(word, word)
