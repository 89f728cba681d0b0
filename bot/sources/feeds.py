"""RSS and Atom. What a feed says of a call is prose, so its deadlines are guesses.

Settings, all optional: `include` and `exclude` (words; an entry needs one of the first and none
of the second in its title or categories), `zone`, `fields` (what is true of every call).
"""

import calendar
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import feedparser

from bot.domain.calls.found import Found, Told, Unreadable
from bot.sources import text
from bot.sources.fetching import Answer, Request
from bot.sources.presets import constant, settled
from bot.sources.prose import guesses
from bot.sources.records import known

KINDS = "application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.5"
MOST = 1_000  # entries
MOST_ELEMENTS = 60_000  # of the feed itself, not of the HTML that it carries
COMMENT = re.compile(r"<!--.*?-->", re.S)
PAGE_OF_HTML = re.compile(r"\s*<(?:!doctype html|html)\b", re.I)
FEED = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf)\b", re.I)
ENTRY_ENDS = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>", re.I)
ELEMENT = re.compile(r"<\w")
COMMENTS = ("utm_", "fbclid", "gclid", "mc_")  # beginnings of what says who sent a reader


def request(address: str, settings: Mapping[str, Any], page: int) -> Request:
    settled(settings)
    return Request(address, headers={"Accept": KINDS})


def read(answer: Answer, settings: Mapping[str, Any], now: datetime) -> Told:
    entries = _entries(answer)
    given = settled(settings)
    wanted = [entry for entry in entries if _wanted(entry, given)]
    found = [_found(entry, answer.url, given, now) for entry in wanted]
    unique = {each.reference: each for each in reversed(found) if each}
    return Told(tuple(reversed(unique.values())), rows=len(entries))


def _entries(answer: Answer) -> list[Mapping[str, Any]]:
    """Damaged feeds are read as far as they go. None at all is a fault of the source."""
    source = text.markup(answer.body, answer.headers)
    beginning = COMMENT.sub("", source[:5000])
    if PAGE_OF_HTML.match(beginning):
        raise Unreadable("the answer is a web page where a feed should be")
    if not FEED.search(beginning):
        raise Unreadable("the answer is no feed")
    declared = {"content-type": "application/xml; charset=utf-8", "content-location": answer.url}
    bounded = _within_reason(source).encode(errors="replace")
    try:  # we show no HTML of a feed, so nothing in it has to be made harmless
        feed = feedparser.parse(
            bounded,
            response_headers=declared,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as fault:  # of a parser whose faults are not told apart in its documentation
        raise Unreadable(f"the feed cannot be read ({type(fault).__name__})") from fault
    if not feed.entries:
        raise Unreadable("the feed has no entries")
    return list(feed.entries[:MOST])


def _within_reason(source: str) -> str:
    """As far as the last entry that is read. Raises `Unreadable` for what takes minutes to."""
    last = next(islice(ENTRY_ENDS.finditer(source), MOST - 1, None), None)
    read = source[: last.end()] if last else source
    around, *carrying = read.split("<![CDATA[")
    own = [around, *(part.partition("]]>")[2] for part in carrying)]
    if sum(len(ELEMENT.findall(part)) for part in own) > MOST_ELEMENTS:
        raise Unreadable("the feed has more elements than any has need of")
    return read


def _wanted(entry: Mapping[str, Any], settings: Mapping[str, Any]) -> bool:
    tags = [str(tag.get("term") or "") for tag in entry.get("tags") or ()]
    words = text.folded(" ".join([str(entry.get("title") or ""), *tags]))
    include, exclude = settings.get("include", ()), settings.get("exclude", ())
    return (not include or _any(include, words)) and not _any(exclude, words)


def _any(sought: Iterable[str], words: str) -> bool:
    return any(text.folded(each) in words for each in sought)


def _found(
    entry: Mapping[str, Any], base: str, settings: Mapping[str, Any], now: datetime
) -> Found | None:
    title = text.title(str(entry.get("title") or ""))
    if not title:
        return None
    link = canonical(urljoin(base, str(entry.get("link") or "")))
    description = text.description(_longest(entry))
    zone = settings.get("zone", "Europe/Prague")
    return Found(
        reference=_reference(entry, link, title),
        title=title,
        link=link,
        description=description,
        fields=known({**constant(settings), "announced_at": _announced(entry)}),
        guesses=guesses(f"{title}\n{description}", now, zone),
    )


def _longest(entry: Mapping[str, Any]) -> str:
    contents = [str(each.get("value") or "") for each in entry.get("content") or ()]
    return max([*contents, str(entry.get("summary") or "")], key=len)


def _reference(entry: Mapping[str, Any], link: str, title: str) -> str:
    """The feed's own name of the entry, or what it would be found by again."""
    own = str(entry.get("id") or "").strip()
    if own:
        return own if len(own) <= text.LONGEST_TITLE else sha256(own.encode()).hexdigest()
    return link or sha256(title.encode()).hexdigest()


def canonical(link: str) -> str:
    """Without what changes from reader to reader. Anything but http and https is no link."""
    try:
        parts = urlsplit(link.strip())
        host = parts.netloc.lower()
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not name.lower().startswith(COMMENTS)
    ]
    return urlunsplit((parts.scheme, host, parts.path, urlencode(query), ""))


def _announced(entry: Mapping[str, Any]) -> datetime | None:
    """When the entry was published; the parser gives nothing for what it cannot read."""
    said = entry.get("published_parsed")
    try:
        found = datetime.fromtimestamp(calendar.timegm(said), UTC) if said else None
    except (ValueError, OverflowError, TypeError):
        return None
    return found if found and 1990 <= found.year < 2100 else None
