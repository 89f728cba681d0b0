"""Which call a source speaks of: one call has many sources, languages and spellings.

By the source's own reference; else by the programme's code, in whatever case; else by the page
that it leads to. Titles that are alike are only a hint, and the manager decides.
"""

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit

from bot.domain.calls.found import Found
from storage.calls.records import GrantCall
from storage.calls.sources import Source
from storage.folding import fold

CODE = 200  # characters
PASSING = re.compile(r"utm_.*|fbclid|gclid|mc_.id|_ga|sid|phpsessid|jsessionid", re.IGNORECASE)
ALIKE = 92  # of 100, by words in any order
SHORT = 20  # characters: "Call 2" is like "Call 3"


def same_page(link: str) -> str:
    """A link without what differs from visit to visit; empty where it leads to no page of its
    own."""
    try:
        parts = urlsplit(link.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    asked = urlencode(sorted(pair for pair in pairs if not PASSING.fullmatch(pair[0])))
    path = parts.path.rstrip("/")
    if not host or not (path or asked):
        return ""
    return f"{host}{path}?{asked}" if asked else f"{host}{path}"


def programme_code(code: str) -> str:
    """As it is compared: sources differ in case and spaces."""
    return "".join(code.split()).upper().replace(":", "-")[:CODE]


def code_for(source: Source, found: Found) -> str:
    """The code under which a new call is kept."""
    if found.code:
        return programme_code(found.code)
    return f"{source.code}:{found.reference}"[:CODE]


def is_ours(code: str) -> bool:
    """Made by us for want of one of the programme's own."""
    return ":" in code


def is_for_people(language: str) -> bool:
    """Whether our readers can be expected to read it."""
    return language in ("cs", "en")


def richness(found: Found) -> tuple[bool, bool, bool, int, int]:
    """Of several copies of a call, the greatest is told first: stubs often come before it."""
    return (
        bool(found.fields.get("state")),
        bool(found.description),
        found.language == "en",
        len(found.fields) + bool(found.deadlines),
        len(found.description),
    )


def alike(found_title: str, calls: Sequence[GrantCall]) -> GrantCall | None:
    """The one whose title is most like it, if it may be the same."""
    from rapidfuzz import fuzz  # which takes a while to load

    title = fold(found_title)
    if len(title) < SHORT:
        return None
    best, score = None, float(ALIKE)
    for call in calls:
        for name in (call.title, call.title_cs):
            likeness = fuzz.token_sort_ratio(title, fold(name), score_cutoff=score)
            if len(name) >= SHORT and likeness >= score and _numbers(title) == _numbers(name):
                best, score = call, likeness
    return best


def _numbers(text: str) -> list[str]:
    """Calls of one programme differ in a year or a number."""
    return sorted(re.findall(r"\d+", text))
