"""Whatever a source sends, it is read or refused with a reason; nothing else is ever raised."""

import contextlib
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bot.domain.calls.found import Found, Unreadable
from bot.sources import adapters, pages, prose
from tests.calls.answers import NOW, answer, feed, portal, topic
from tests.calls.test_feeds import CALL
from tests.calls.test_json import american, dashboard, federal, national
from tests.calls.test_pages import BY_COLUMNS, DETAIL, OF_DETAIL, TABLE
from tests.calls.test_sheets import HEAD, SETTINGS
from tests.stories.equipment import xlsx

GOOD: dict[str, tuple[bytes, dict[str, Any]]] = {
    "sedia": (portal([topic("A"), topic("B", budgetOverview="{}")]), {}),
    "jdp": (dashboard(national()), {}),
    "grants": (american(federal()), {}),
    "feed": (feed(CALL), {}),
    "page": (TABLE.encode(), BY_COLUMNS),
    "sheet": (xlsx(HEAD, ("V1", "Optika", None, "1. 2. 2027", None, "Otevřená")), SETTINGS),
}
MANY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
PIECE = some.sampled_from(
    [b"", b"\x00", b"\xff", b"<", b">", b'"', b"]", b"}", b"null", b"<b>", b"[[", b"&x;", b"1e999"]
)


def heard(form: str, body: bytes) -> None:
    with contextlib.suppress(Unreadable):
        for found in adapters.read(form, answer(body), GOOD[form][1], NOW).calls:
            assert found.title
            assert found.reference
            assert len(found.title) <= 500
            assert all(due.at.tzinfo for due in found.deadlines or ())


@pytest.mark.parametrize("form", GOOD)
@MANY
@given(body=some.binary(max_size=300))
def test_any_bytes(form: str, body: bytes) -> None:
    heard(form, body)


@pytest.mark.parametrize("form", GOOD)
@MANY
@given(data=some.data())
def test_answers_that_were_damaged(form: str, data: some.DataObject) -> None:
    body = GOOD[form][0]
    for _ in range(data.draw(some.integers(1, 3))):
        start = data.draw(some.integers(0, len(body)))
        end = min(len(body), start + data.draw(some.integers(0, 40)))
        body = body[:start] + data.draw(PIECE) + body[end:]
    heard(form, body)


ANY = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=8),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=5), inner),
    max_leaves=8,
)


@MANY
@given(values=some.dictionaries(some.sampled_from(sorted(topic("A")["metadata"])), ANY))
def test_values_of_any_type(values: dict[str, Any]) -> None:
    row = topic("A")
    row["metadata"].update(values)
    heard("sedia", portal([row]))
    heard("jdp", dashboard(national(**dict(zip(national(), values.values(), strict=False)))))
    heard("grants", american(federal(**dict(zip(federal(), values.values(), strict=False)))))


@MANY
@given(data=some.data())
def test_pages_of_calls_that_were_damaged(data: some.DataObject) -> None:
    body = DETAIL.encode()
    start = data.draw(some.integers(0, len(body)))
    page = body[:start] + data.draw(PIECE) + body[start + data.draw(some.integers(0, 60)) :]
    listed = Found("r", "Paprsek", "https://vyzvy.example.cz/soutez/1/")
    with contextlib.suppress(Unreadable):
        pages.describe(listed, answer(page), OF_DETAIL, NOW)


SAID = """
    lhůta pro podání do od 1. 2. 3. 12. 31. 2027 10:00 25:61 99/99/2027 – až Kč mil. 50 % TRL 9 ,
    uzávěrka deadline 1 000 000 EUR € žadatelé mimo Prahu níže uvedené hodiny:
"""
WORDS = some.sampled_from(SAID.split())


@settings(max_examples=300, deadline=None)
@given(text=some.lists(WORDS, max_size=40).map(" ".join) | some.text(max_size=200))
def test_prose_of_any_words(text: str) -> None:
    for guess in prose.guesses(text, NOW):
        assert guess.snippet
