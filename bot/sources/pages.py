"""Lists of calls on web pages, by selectors of each source.

Settings: `item` (a call in the list), `link` and `title` within it, `cut` (words that end a
title), `columns` (fields by the heading of a table's column), `labels` (fields by what stands
before their value), `states` (words for states, in a column, in the heading above, or behind the
title), `where` (a pattern that the address of a call has), `next` (the link to the next page),
`zone`, `fields` (what is true of every call). `detail` reads the page of each call: `title`,
`description` (selectors), `remove` (what is no part of the call), `labels`.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from bot.domain.calls.found import Found, Told, Unreadable
from bot.sources import text
from bot.sources.feeds import canonical
from bot.sources.fetching import Answer, Request
from bot.sources.labels import Reader, Reading, labelled
from bot.sources.presets import constant, settled
from bot.sources.prose import guesses

KINDS = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"
AROUND = "nav, header, footer, aside, script, style, noscript, template, svg, iframe"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "caption")
MOST = 500  # calls of one page


def request(address: str, settings: Mapping[str, Any], page: int) -> Request:
    """Where the pages after the first are, the page before says."""
    settled(settings)
    return Request(address, headers={"Accept": KINDS})


def read(answer: Answer, settings: Mapping[str, Any], now: datetime) -> Told:
    """Raises `Unreadable` where the page has no item at all: it is another one than we know."""
    given = settled(settings)
    tree = _page(answer)
    items = _items(tree, given)
    calls: dict[str, Found] = {}
    for item, heading in items[:MOST]:
        found = _found(item, heading, answer.url, given, now)
        if found:
            calls.setdefault(found.reference, found)
    if not calls:
        raise Unreadable(f"the page has no calls where they should be ({given.get('item', '')})")
    following = _following(tree, answer.url, given)
    return Told(tuple(calls.values()), whole=not following, rows=len(calls), following=following)


def _following(tree: LexborHTMLParser, base: str, given: Mapping[str, Any]) -> str:
    link = _first(tree.root, given["next"]) if given.get("next") else None
    return _address(link, base) if link else ""


def details(found: Found, settings: Mapping[str, Any]) -> Request | None:
    """For the page of one call, where there is more to be read."""
    wanted = settled(settings).get("detail") and found.link
    return Request(found.link, headers={"Accept": KINDS}) if wanted else None


def describe(found: Found, answer: Answer, settings: Mapping[str, Any], now: datetime) -> Found:
    """A call of the list with what its own page says."""
    given = settled(settings)
    detail = given["detail"]
    tree = _page(answer)
    headed = _first(tree.root, detail["title"]) if detail.get("title") else None
    title = text.title(headed.html or "") if headed else ""
    _clear(tree, detail.get("remove", AROUND))
    body = text.plain(tree.body.html or "") if tree.body else ""
    reading = Reading({}, dict(found.fields), list(found.deadlines or ()))
    reader = _reader(given, now)
    for name, value in labelled(body, detail.get("labels", {})):
        if name != "deadlines" or not found.deadlines:
            reader.take(reading, name, value)
    reading.guess((*guesses(body, now, reader.zone), *found.guesses))
    own = _own(tree, detail)
    return _made(found.reference, title or found.title, found.link, reading, found, own)


def _own(tree: LexborHTMLParser, detail: Mapping[str, Any]) -> str:
    """The call's description, without what stands around it."""
    nodes = _all(tree.root, detail.get("description", "p"))
    return text.description("\n".join(f"<p>{node.html}</p>" for node in nodes))


def _made(
    reference: str, title: str, link: str, reading: Reading, before: Found | None, own: str = ""
) -> Found:
    description = text.cut(reading.texts.get("description") or own, text.LONGEST_DESCRIPTION)
    return Found(
        reference=reference,
        title=title,
        link=link,
        code=reading.texts.get("code") or (before.code if before else ""),
        description=description or (before.description if before else ""),
        deadlines=tuple(reading.dues) or None,
        fields=reading.facts,
        guesses=reading.settled(),
    )


def _page(answer: Answer) -> LexborHTMLParser:
    return text.parsed(text.markup(answer.body, answer.headers))


def _reader(given: Mapping[str, Any], now: datetime) -> Reader:
    return Reader(now, given.get("zone", "Europe/Prague"), given.get("states", {}))


def _items(tree: LexborHTMLParser, given: Mapping[str, Any]) -> list[tuple[LexborNode, str]]:
    """With the last heading above each: it may say whether what is below is open."""
    sought = {node.mem_id for node in _all(tree.root, given.get("item", "article"))}
    heading, items = "", []
    for node in tree.root.traverse() if tree.root else ():
        if node.tag in HEADINGS and not _inside(node, sought):
            heading = node.text()
        if node.mem_id in sought:
            items.append((node, heading))
    return items


def _inside(node: LexborNode, sought: set[int]) -> bool:
    up: LexborNode | None = node
    while up is not None:
        if up.mem_id in sought:
            return True
        up = up.parent
    return False


def _found(
    item: LexborNode, heading: str, base: str, given: Mapping[str, Any], now: datetime
) -> Found | None:
    """None for what has no link: the heading of a table, a word of nothing found."""
    link = _link(item, given)
    address = _address(link, base) if link else ""
    if not link or not address or not _is_meant(address, given):
        return None
    reader, reading = _reader(given, now), Reading({}, constant(given))
    reader.state(reading, heading)
    for name, cell in _cells(item, given.get("columns", {})):
        reader.take(reading, name, cell)
    headed = _first(item, given["title"]) if given.get("title") else link
    said = text.title(reading.texts.get("title") or (headed or link).html or "")
    title = _cut(said, given)
    reader.state(reading, said[len(title) :])
    body = text.plain(item.html or "")
    for name, value in labelled(body, given.get("labels", {})):
        reader.take(reading, name, value)
    if not given.get("columns"):
        reading.guess(guesses(body, now, reader.zone))
    return _made(address, title, address, reading, None) if title else None


def _is_meant(address: str, given: Mapping[str, Any]) -> bool:
    """Lists have links to themselves, too."""
    try:
        return re.search(given.get("where", ""), address) is not None
    except re.error:
        raise Unreadable(f"this is no pattern: {given['where']}") from None


def _cut(title: str, given: Mapping[str, Any]) -> str:
    """Without what a source writes behind its titles."""
    for words in given.get("cut", ()):
        title = title.split(words)[0].rstrip(" –-|:")
    return title


def _cells(item: LexborNode, columns: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Of a table's row, by the headings of its columns."""
    table = _up(item, "table")
    if not columns or table is None:
        return
    heads = [text.folded(text.plain(node.html or "")) for node in _heads(table)]
    cells = [text.plain(node.html or "") for node in item.css("td, th")]
    for name, heading in columns.items():
        sought = text.folded(heading)
        for head, cell in zip(heads, cells, strict=False):
            if head.startswith(sought):
                yield name, cell
                break


def _heads(table: LexborNode) -> list[LexborNode]:
    row = table.css_first("tr")
    return row.css("th, td") if row else []


def _up(node: LexborNode, tag: str) -> LexborNode | None:
    up: LexborNode | None = node
    while up is not None and up.tag != tag:
        up = up.parent
    return up


def _link(item: LexborNode, given: Mapping[str, Any]) -> LexborNode | None:
    if given.get("link"):
        return _first(item, given["link"])
    return item if item.tag == "a" else _first(item, "a[href]")


def _address(node: LexborNode, base: str) -> str:
    try:
        return canonical(urljoin(base, (node.attributes.get("href") or "").strip()))
    except ValueError:
        return ""


def _first(node: LexborNode | None, selector: str) -> LexborNode | None:
    found = _all(node, selector)
    return found[0] if found else None


def _all(node: LexborNode | None, selector: str) -> list[LexborNode]:
    """Raises `Unreadable` for a selector that is none."""
    try:
        return node.css(selector) if node else []
    except SelectolaxError:
        raise Unreadable(f"this is no selector: {selector}") from None


def _clear(tree: LexborHTMLParser, selector: str) -> None:
    for node in _all(tree.root, selector):
        node.decompose()
