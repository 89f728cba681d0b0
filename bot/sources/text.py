"""Bytes into text, and HTML into plain text, with Czech letters right whatever was declared."""

import codecs
import re
import unicodedata
from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser

from bot.domain.calls.found import Unreadable

LONGEST_TITLE = 500
LONGEST_DESCRIPTION = 20_000
LONGEST_HTML = 2_000_000  # characters; what is behind them is not read
SNIPPET = 60  # characters that are shown before a value; a third of them behind it
DEEPEST = 2_000  # open elements; no page that is meant to be read has more

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""")
IN_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I)
DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
CZECH = "windows-1250"  # what Czech servers send when they say nothing, or something else
LETTERS = ("windows-1250", "cp1250", "iso-8859-2", "windows-1252", "cp1252", "iso-8859-1")
TWICE = re.compile(
    r"[ÃÄÅĂĹ├┼─]"
    r"[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸŚŤŹśťźˇ˘ŁĄŞŻ˛łąşĽ˝ľżÖ╛╣╜╝íóúñÑªº¿⌐¬½¼«»ÇüéâäàåçêëèïîìæÆôöòûùÿÜø]"
)
OWN = re.compile(r"[ěščřžýáíéúůťďň]", re.I)
ENTITY = re.compile(r"<!ENTITY|<!DOCTYPE[^>]{0,1000}\[", re.I)

BLOCK = re.compile(
    r"<(?=/?(?:p|br|div|li|ul|ol|dl|dt|dd|tr|td|th|table|h[1-6]|section|article|header|footer"
    r"|aside|nav|main|form|fieldset|blockquote|pre|hr|figure|figcaption|option|address)\b)",
    re.I,
)
TAG = re.compile(r"<(/?)([a-z][a-z0-9]*+)([^<>]*+)>", re.I)
UNCLOSED = re.compile(
    "area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|p|li|dt|dd|option"
    "|tr|td|th|thead|tbody|tfoot|colgroup",
    re.I,
)
SILENT = ["script", "style", "template", "noscript", "svg", "iframe", "object", "select", "button"]
INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
ENOUGH = 4  # pairs of broken letters that are no chance


def decoded(body: bytes, headers: Mapping[str, str]) -> str:
    """Bytes that are valid UTF-8 are UTF-8, whatever was declared; raises `Unreadable`."""
    if not body.strip(b" \t\r\n\x00"):
        raise Unreadable("the answer is empty")
    for mark, encoding in BOMS:
        if body.startswith(mark):
            return _strict(body[len(mark) :], encoding)
    if b"\x00" in body[:200]:
        return _strict(body, "utf-16-le" if body[1:2] == b"\x00" else "utf-16-be")
    try:
        return _utf8(body)
    except UnicodeDecodeError:
        return body.decode(_declared(body, headers), errors="replace")


def _strict(body: bytes, encoding: str) -> str:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable(f"the answer is not the {encoding} that it begins as") from None


def _utf8(body: bytes) -> str:
    """An answer that was cut in the middle of a letter is UTF-8 all the same."""
    return codecs.getincrementaldecoder("utf-8")().decode(body)


def _declared(body: bytes, headers: Mapping[str, str]) -> str:
    """An old one-byte encoding. What says it is UTF-8 and is not, is Czech."""
    said = IN_HEADER.search(headers.get("content-type", ""))
    inside = DECLARED.search(body[:2000])
    names = [said[1] if said else "", inside[1].decode() if inside else ""]
    return next((name.lower() for name in names if name.lower() in LETTERS), CZECH)


def markup(body: bytes, headers: Mapping[str, str]) -> str:
    """XML or HTML as text, without its declaration. Raises `Unreadable` for what may be a trap."""
    text = decoded(body, headers)
    if ENTITY.search(text):
        raise Unreadable("the answer declares entities of its own, which a call has no need of")
    if broken(text):
        raise Unreadable("the letters of the answer were broken before it was sent")
    return DECLARATION.sub("", text, count=1)


def broken(text: str) -> bool:
    """Whether UTF-8 was read as something else, and written as UTF-8 again."""
    if text.isascii():
        return False
    pairs = len(TWICE.findall(text))
    return pairs >= ENOUGH and pairs > len(OWN.findall(text))


def parsed(html: str) -> LexborHTMLParser:
    """Raises `Unreadable` for pages nested so deeply that reading them would be a risk."""
    if html.count("<") > DEEPEST and _depth(html) > DEEPEST:
        raise Unreadable(f"the page has more than {DEEPEST} elements one in another")
    return LexborHTMLParser(html)


def _depth(html: str) -> int:
    """How many elements are open at once at most; those without an end tag are not counted."""
    depth = most = 0
    for closing, name, rest in TAG.findall(html):
        if UNCLOSED.fullmatch(name) or rest.endswith("/"):
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        most = max(most, depth)
    return most


def plain(html: str) -> str:
    """What a reader of the page sees: a line for each block, and no cell glued to the next."""
    if "<" not in html and "&" not in html:
        return tidy(html)
    tree = parsed(BLOCK.sub("\n<", html[:LONGEST_HTML]))
    tree.strip_tags(SILENT, recursive=True)
    return tidy(tree.body.text() if tree.body else tree.text())


def tidy(text: str) -> str:
    """Ordinary blanks, no empty lines, no invisible signs."""
    text = INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def title(text: str) -> str:
    return cut(" ".join(plain(text).split()), LONGEST_TITLE)


def description(html: str) -> str:
    return cut(plain(html), LONGEST_DESCRIPTION)


def cut(text: str, most: int) -> str:
    """At a word's end, where one is near."""
    if len(text) <= most:
        return text
    at = text.rfind(" ", most - 40, most - 1)
    return text[: at if at > 0 else most - 1].rstrip() + "…"


def around(text: str, start: int, end: int) -> str:
    """A place in a text with some words before it, to show what was read there."""
    first, last = max(0, start - SNIPPET), min(len(text), end + SNIPPET // 3)
    if first:
        first = text.find(" ", first, start) + 1 or first
    if last < len(text):
        last = max(text.rfind(" ", end, last), end)
    return " ".join(text[first:last].split())


def folded(text: str) -> str:
    """Without case and diacritics, to be compared."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in bare if not unicodedata.combining(sign))
