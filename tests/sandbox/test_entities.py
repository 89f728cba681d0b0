"""Formatting, compared with TDLib itself on made-up texts."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox import html, legacy_markdown, markdown
from bot.sandbox.entities import Entity, MarkupError, narrow, wide
from bot.sandbox.finder import found_entities
from bot.sandbox.links import checked_link
from bot.sandbox.tidying import arranged, tidied
from tests.sandbox import oracle

HTML = """
a|b | |\n|<b>|</b>|<i>|</i>|<u>|</u>|<s>|</s>|<code>|</code>|<pre>|</pre>
<code class="language-py">|<a href="http://x.cz">|<a href='tg://user?id=5'>|<a>|</a>|<blockquote>
<blockquote expandable>|</blockquote>|&amp;|&lt;|&#128512;|&#xd83d;|&x;|&|<|🎉|č|</>|<h1>|<b
<span class="tg-spoiler">|</span>|<tg-emoji emoji-id="5">|</tg-emoji>|x.cz|</ b>|</b >|<B>
<a href=x.cz>|<a href="">|<a b>|<a =>|<a href=x"y>
<tg-time unix="1700000000" format="r">|</tg-time>
"""
MARKDOWN = r"""
a|b | |\n|*|_|__|~|`|```|```py\n|[|](|http://x.cz)|)|]|\\|\\*|>|\n>|**>|![|](tg://emoji?id=5)
!|.|-|#|🎉|č|tg://user?id=5)
"""
LEGACY = r"a|b | |*|_|`|```|```py\n|[|](http://x.cz)|](tg://user?id=5)|\\_|č|🎉|.|(|)"
SENTENCES = """
a|b.cz|see |, |. |\n|/start|/start@ray_bot|@ann_novak|#optics|#1|$EUR|https://|example.org/path
www.x.com|me@example.org|(|)|?q=1|:8080|č| 10.5.2026| 192.168.1.1|!| foo.py
"""
STYLES = ("bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "blockquote")

ADDRESSES = """
x.cz http://x.cz HTTP://X.cz/A http://x localhost http://localhost:8080/a 1.2.3.4 http://[::1]/
http://[1] tg://resolve?domain=x tg:resolve?domain=x tg://foo ton://x mailto:a@b.cz tel:+420
ftp://a.b javascript:alert(1) http://u:p@x.cz/ http://x.cz:99999/ https://x.cz:443/ {.b [a.b]
http://č.cz/ž http://x.cz?q=1 http://x.cz#a //x.cz https://t.me/bot?start=abc
http://exa_mple.com https:///x.cz
"""

Parse = Callable[[str], tuple[str, list[Entity]]]


def _pieces(listed: str, bars: str = "||") -> list[str]:
    parts = [part for line in listed.strip("\n").splitlines() for part in line.split("|")]
    return [part.replace("\\n", "\n").replace("\\\\", "\\") for part in parts] + [bars]


def _texts(listed: str, number: int, longest: int = 7) -> list[str]:
    dice = random.Random(20260504)
    pieces = _pieces(listed)
    return ["".join(dice.choices(pieces, k=dice.randint(1, longest))) for _ in range(number)]


def _ours(parse: Parse, text: str) -> tuple[str, oracle.Found] | str:
    try:
        units, entities = parse(text)
    except MarkupError as complaint:
        return str(complaint)
    return narrow(units), [(e.type, e.offset, e.length, _comparable(e)) for e in entities]


def _comparable(entity: Entity) -> tuple[tuple[str, object], ...]:
    return tuple(pair for pair in entity.extra if pair[0] in oracle.EXTRAS)


def test_html_and_its_complaints() -> None:
    for text in _texts(HTML, 2000):
        assert _ours(html.parse, text) == oracle.html(text), text


def test_markdown_and_its_complaints() -> None:
    for text in _texts(MARKDOWN, 2000):
        assert _ours(markdown.parse, text) == oracle.markdown(text, 2), text


def test_the_first_markdown() -> None:
    for text in _texts(LEGACY, 500, longest=4):
        assert _ours(legacy_markdown.parse, text) == oracle.markdown(text, 1), text


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from([*_pieces(HTML), "\u2028", "\r", "𝔘", '"', "&quot;"]), max_size=12)
)
def test_any_html(parts: list[str]) -> None:
    text = "".join(parts)
    assert _ours(html.parse, text) == oracle.html(text)


@settings(max_examples=150, deadline=None)
@given(
    st.text("ab \n", min_size=1, max_size=12).filter(str.strip),
    st.lists(st.tuples(st.sampled_from(STYLES), st.integers(0, 11), st.integers(1, 12))),
)
def test_overlapping_entities(text: str, drawn: list[tuple[str, int, int]]) -> None:
    fitting = [
        Entity(kind, offset, min(length, len(text) - offset))
        for kind, offset, length in drawn
        if offset < len(text)
    ]
    found = [(e.type, e.offset, e.length) for e in arranged(fitting)]
    assert found == oracle.arranged(text, [(e.type, e.offset, e.length) for e in fitting])


def test_what_is_recognised_in_sentences() -> None:
    different = [
        text
        for text in _texts(SENTENCES, 1000, longest=4)
        if [(e.type, e.offset, e.length, ()) for e in found_entities(wide(text))]
        != oracle.automatic(text)
    ]
    assert len(different) <= 30, different


@pytest.mark.parametrize(
    "text",
    [
        "/start",
        "Přijď na https://example.org/akce?x=1#y, nebo napiš na info@example.org.",
        "viz (www.example.com/a_(b)) a t.me/ray_bot?start=x!",
        "#optika #čočky2026 @ray_bot /menu@ray_bot $EUR",
        "soubor.txt a 10.5.2026 nejsou adresy, ale x.cz je",
    ],
)
def test_sentences_that_must_be_right(text: str) -> None:
    ours = [(e.type, e.offset, e.length, ()) for e in found_entities(wide(text))]
    assert ours == oracle.automatic(text)


@pytest.mark.parametrize(
    "url",
    ADDRESSES.split(),
)
def test_addresses(url: str) -> None:
    escaped = url.replace(")", "\\)")
    answer = oracle.markdown(f"[q]({escaped})", 2)
    assert not isinstance(answer, str)
    links = [dict(extra)["url"] for _, _, _, extra in answer[1]]
    assert [checked_link(url)] == (links or [""])


def test_trimming() -> None:
    text, entities = tidied("  a b \n", [Entity("bold", 2, 5)], found_entities)
    assert (text, entities) == ("a b", [Entity("bold", 0, 3)])
    assert tidied(" \n\u200b", [], found_entities) == ("", [])
    assert tidied("a\r\nb\x05", [Entity("bold", 2, 2)], found_entities) == (
        "a\nb",
        [Entity("bold", 2, 1)],
    )


def test_a_command_cuts_the_style_around_it() -> None:
    text, entities = tidied("go /start now", [Entity("bold", 0, 13)], found_entities)
    assert [(e.type, e.offset, e.length) for e in entities] == [
        ("bold", 0, 3),
        ("bot_command", 3, 6),
        ("bold", 3, 6),
        ("bold", 10, 3),
    ]
    assert text == "go /start now"
