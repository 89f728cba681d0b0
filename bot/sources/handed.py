"""One call as somebody hands it over: a page, the text of a file, a forwarded message.

What is read from it is a guess; only the name and the words themselves are taken as they are.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from bot.domain.calls.found import Found, Unreadable
from bot.sources import prose
from bot.sources.text import cut, markup, parsed, plain, tidy, title

TITLE, TEXT, LEAST = 200, 20_000, 200  # characters
LETTERS = 10  # that a line has at least which may be a name
CONTENT = ("main", "[role=main]", "article", "#content", ".content")
AROUND = ["nav", "header", "footer", "aside", "form", "[role=navigation]"]
HTML = ("text/html", "application/xhtml+xml", "text/plain", "")
CODE = re.compile(
    r"\b(?:HORIZON|EDF|EDIP|DIGITAL|EIC|ERC|EUREKA|LIFE|CEF|I3|EUROSTARS|CHIPS)(?:-[A-Z0-9]+){2,8}\b"
)
EUROPEAN = re.compile(
    r"\b(?:Horizon Europe|Horizont\w* Evropa|EDF|EDIP|EIC|Eurostars"
    r"|Evropsk\w+ (?:komis|obrann)\w+|European (?:Commission|Defence))\b"
)
ABROAD = re.compile(r"\b(?:NATO|DIANA|UKRI|DARPA|NSF)\b")
LINK = re.compile(r"https?://\S+", re.IGNORECASE)
CZECH = re.compile("[ěščřžýůťďňáíéúó]", re.IGNORECASE)
OFTEN = 80  # letters for each one that is Czech, at most, in Czech
MARKERS = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (
        r"\bvýzv|\bveřejn\w+ soutěž|\bcalls? for\b|\bgrant call\b",
        r"uzávěrk|příjem (?:žádost|návrh)|lhůta pro pod|termín pro pod|deadline|closing date",
        r"\bdotac|\bgrant|míra podpory|alokac|\bfunding\b|\bbudget\b",
        r"oprávněn\w+ žadatel|uchazeč|způsobil\w+ výdaj|eligible|applicants",
    )
)
ENOUGH = 2  # of these


def of_page(body: bytes, headers: Mapping[str, str], link: str, now: datetime, zone: str) -> Found:
    """Raises `Unreadable`."""
    kind = headers.get("content-type", "").partition(";")[0].strip().casefold()
    if kind not in HTML:
        raise Unreadable(f"this is no page but {kind}")
    html = markup(body, headers)
    page = parsed(html)
    name = _name(page)
    words = _content(page)
    if len(words) < LEAST or not name:
        raise Unreadable("there is next to no text on the page")
    return _found(name, words, link, now, zone)


def of_text(text: str, link: str, now: datetime, zone: str) -> Found:
    """Raises `Unreadable` where there are no words."""
    words = tidy(text)
    name = next((each for each in words.split("\n") if _may_be_a_name(each)), "")
    if not name:
        raise Unreadable("there are no words in it")
    return _found(cut(name, TITLE), words, link, now, zone)


def is_about_a_call(text: str) -> bool:
    """Whether it says so itself, beyond doubt."""
    return sum(bool(marker.search(text)) for marker in MARKERS) >= ENOUGH


def _found(name: str, words: str, link: str, now: datetime, zone: str) -> Found:
    code = CODE.search(f"{name} {link.upper()}")
    kind = _kind(name, link, has_code=code is not None)
    return Found(
        reference=link,
        title=name,
        link=link,
        language=_language(words),
        code=code[0] if code else "",
        description=cut(words, TEXT),
        fields={"kind": kind} if kind else {},
        guesses=prose.guesses(words, now, zone),
    )


def _kind(name: str, link: str, *, has_code: bool) -> str:
    """Empty where neither the name nor the address tells."""
    host = urlsplit(link).hostname or ""
    if has_code or host.endswith("europa.eu") or EUROPEAN.search(name):
        return "european"
    return "international" if host.endswith("nato.int") or ABROAD.search(name) else ""


def _name(page: LexborHTMLParser) -> str:
    """The heading, or what the page calls itself."""
    for each in page.css("h1"):
        if name := title(each.text()):
            return cut(name, TITLE)
    named = page.css_first('meta[property="og:title"]')
    said = (named.attributes.get("content") if named else "") or ""
    whole = page.css_first("title")
    return cut(title(said or (whole.text() if whole else "")), TITLE)


def _content(page: LexborHTMLParser) -> str:
    """Without what stands around it on every page."""
    for each in page.css(", ".join(AROUND)):
        each.decompose()
    for selector in CONTENT:
        part = page.css_first(selector)
        words = plain(part.html or "") if part else ""
        if len(words) >= LEAST:
            return words
    return plain(page.html or "")


def _may_be_a_name(line: str) -> bool:
    return sum(sign.isalpha() for sign in LINK.sub("", line)) >= LETTERS


def _language(words: str) -> str:
    letters = sum(sign.isalpha() for sign in words)
    czech = len(CZECH.findall(words))
    return "cs" if czech and letters / czech <= OFTEN else "en"
