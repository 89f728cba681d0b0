"""Placeholders as people type them: `{jméno}`, `{organisation|your company}`; `{{` is a brace."""

import re
from collections.abc import Mapping
from unicodedata import normalize

from storage.announcements.readers import FIRST_NAME, ORGANISATION
from storage.blanks import BLANK, blank, without_marks
from storage.marked_text import Edit, Marked

TYPED = re.compile(r"\{\{|\}\}|\{([^{}\n]*)\}")
KNOWN = {
    "jméno": FIRST_NAME,
    "jmeno": FIRST_NAME,
    "first_name": FIRST_NAME,
    "first name": FIRST_NAME,
    "name": FIRST_NAME,
    "organizace": ORGANISATION,
    "organisation": ORGANISATION,
    "organization": ORGANISATION,
}
LONGEST = 64  # characters of a name that is put in


class UnknownPlaceholder(ValueError):
    """`name` is what stands between the braces."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def read(text: Marked, usual: Mapping[str, str]) -> Marked:
    """With blanks for placeholders; `usual` words stand in where none are given.

    Raises `UnknownPlaceholder`.
    """
    plain = Marked(without_marks(text.text), text.entities)
    found = TYPED.finditer(plain.text)
    return plain.edited([Edit(*match.span(), _meant(match, usual)) for match in found])


def longest(text: str) -> int:
    """How many characters it may have once the blanks are filled."""
    spare = sum(LONGEST - len(match[0]) for match in BLANK.finditer(text))
    return len(text) + spare


def says_something(text: str) -> bool:
    """Also to whom nothing can be put into the blanks."""
    return bool(BLANK.sub("", text).strip())


def _meant(match: re.Match[str], usual: Mapping[str, str]) -> str:
    if match[1] is None:
        return match[0][0]
    typed, _, instead = match[1].partition("|")
    name = KNOWN.get(normalize("NFC", typed).strip().casefold())
    if name is None:
        raise UnknownPlaceholder(match[1])
    return blank(name, instead.strip() or usual.get(name, ""))
