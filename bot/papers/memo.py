"""A memo for ministries: what a pillar of the cluster wants changed, a page for each topic."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A topic; `supporters` are organisations."""

    above: str  # the pillar
    title: str
    put_by: str
    sections: tuple[Section, ...]
    supported: str  # what stands above the supporters
    supporters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Memo:
    """Words and facts in the reader's language; `number` has the places {page} and {pages}."""

    title: str
    cluster: str
    day: str
    language: str  # as Word names it, such as cs-CZ
    number: str
    at: datetime
    pages: tuple[Page, ...]
