"""Words as the index and people's questions have them: folded, then cut to stems.

Czech endings are known by their diacritics, which people leave out, so what was left out is put
back before a word is cut.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from pathlib import Path

from storage.folding import fold

WORD = re.compile(r"\w+", re.UNICODE)
TIED = re.compile(r"(?<=\w)[-/](?=\w)")
ENDING = re.compile(r"(?<=\w{3})(eho|emu|ych|ymi|ym|iho|imu|ich|imi|im)$")
LONG = str.maketrans("eyi", "éýí")
FLEETING = re.compile(r"(?<=\w\w[bcdfghjklmnprstvz])e(?=[bcdfghjklmnprstvz]$)")
DEED = re.compile(r"(?<=\w{3})(?:ovan|ovat|ovac|an|en|at|it|et)$")
SILENT = frozenset(Path(__file__).with_name("stopwords.txt").read_text("utf-8").split())
AND = frozenset({"a", "i", "nebo", "and", "or"})
SHORT = 3  # letters: shorter words are names and abbreviations, which have no endings


def words(text: str) -> list[str]:
    """Folded, in their order; what hyphens and slashes tie together comes apart."""
    return WORD.findall(fold(text).replace("_", " "))


def tied(text: str) -> list[str]:
    """The same, but "cryo-EM" and "FIB/SEM" are one word each."""
    return WORD.findall(TIED.sub("", fold(text).replace("_", " ")))


def shared(words: Sequence[str]) -> list[list[str]]:
    """What "laser and electron beam lithography" says of lasers: the last words belong to both."""
    return [
        [words[at], words[end]]
        for at in range(len(words) - 3)
        if words[at + 1] in AND
        for end in range(at + 3, min(at + 5, len(words)))
    ]


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    import snowballstemmer  # with all of its languages, which takes a while

    stem: Callable[[str], str] = snowballstemmer.stemmer(language).stemWord
    return stem


@lru_cache(maxsize=65_536)
def stems(word: str) -> frozenset[str]:
    """What a folded word has in common with its other forms: one stem, or one a language."""
    if len(word) <= SHORT or any(sign.isdigit() for sign in word):
        return frozenset({word})
    czech = fold(_stemmer("czech")(ENDING.sub(_lengthened, word)))
    return frozenset({FLEETING.sub("", DEED.sub("", czech)), _stemmer("english")(word)})


def _lengthened(ending: re.Match[str]) -> str:
    first, rest = ending[0][0], ending[0][1:]
    return first.translate(LONG) + rest


def name_key(text: str) -> str:
    """A name without spaces and signs: "M-2000", "m 2000" and "M2000" are one."""
    return "".join(WORD.findall(fold(text)))


def runs(words: Sequence[str], longest: int) -> list[tuple[int, int]]:
    """All stretches of up to `longest` words, the longest first, as half-open ranges."""
    return [
        (start, start + length)
        for length in range(min(longest, len(words)), 0, -1)
        for start in range(len(words) - length + 1)
    ]
