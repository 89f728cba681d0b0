"""What the team types of a call: amounts, rates, links and times, and what cannot be meant."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app import LOCALES
from bot.domain.calls import cells
from bot.domain.calls.cells import Fault, Wrong
from bot.domain.calls.found import Unreadable
from bot.kit.forms import Unclear
from bot.kit.texts import Library
from bot.sources import handed
from handlers.calls.typed_times import due
from tests.conftest import NOW

ZONE = "Europe/Prague"
T = Library(LOCALES, ZoneInfo(ZONE), "cs")["cs"]


@pytest.mark.parametrize(
    ("said", "amount", "currency"),
    [
        ("500 000 Kč", 500_000, "CZK"),
        ("500.000,- Kč", 500_000, "CZK"),
        ("2,5 mil. Kč", 2_500_000, "CZK"),
        ("1.5 mld CZK", 1_500_000_000, "CZK"),
        ("€3M", 3_000_000, "EUR"),
        ("3 M€", 3_000_000, "EUR"),
        ("EUR 60 000", 60_000, "EUR"),
        ("1,000,000", 1_000_000, ""),
        ("40 tis. Kč", 40_000, "CZK"),
        ("1\N{NO-BREAK SPACE}000 usd", 1_000, "USD"),
        ("2 million", 2_000_000, ""),
    ],
)
def test_amounts(said: str, amount: int, currency: str) -> None:
    assert cells.money(said) == (amount, currency)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("mnoho", Wrong.NO_AMOUNT),
        ("0 Kč", Wrong.NO_AMOUNT),
        ("5 jablek", Wrong.NO_AMOUNT),
        ("2 121 393 956 695 Kč", Wrong.TOO_MUCH),
        ("5 Kč EUR", Wrong.NO_AMOUNT),
        ("1,2,3", Wrong.NO_AMOUNT),
    ],
)
def test_what_is_no_amount(said: str, wrong: Wrong) -> None:
    with pytest.raises(Fault) as fault:
        cells.money(said)
    assert fault.value.wrong == wrong


@pytest.mark.parametrize(
    ("field", "said", "values"),
    [
        ("rate", "70 %", {"rate": 70.0}),
        ("rate", "do 37,5", {"rate": 37.5}),
        ("trl", "TRL 4–7", {"trl_least": 4, "trl_most": 7}),
        ("trl", "5", {"trl_least": 5, "trl_most": 5}),
        ("partners", "aspoň 3", {"partners": 3}),
        ("title", " Dva \n řádky ", {"title": "Dva řádky"}),
    ],
)
def test_other_fields(field: str, said: str, values: dict[str, object]) -> None:
    assert cells.read(field, said) == values


@pytest.mark.parametrize(
    ("field", "said"),
    [
        *(("rate", said) for said in ("0", "101 %", "polovina")),
        *(("trl", said) for said in ("0-3", "7-4", "10", "")),
        *(("link", said) for said in ("example", "ftp://a.cz/b", "javascript:alert(1)")),
        *(("partners", said) for said in ("0", "tisíc", "101")),
    ],
)
def test_what_they_cannot_be(field: str, said: str) -> None:
    with pytest.raises(Fault):
        cells.read(field, said)


@given(st.text(max_size=200))
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    for field in cells.READERS:
        try:
            assert cells.read(field, text)
        except Fault:
            continue


@pytest.mark.parametrize(
    ("said", "at", "hour_known", "zone"),
    [
        ("5. 4. 2027 16:29:59", (2027, 4, 5, 14, 29, 59), True, ZONE),
        ("5. 4. 2027", (2027, 4, 5, 21, 59, 59), False, ZONE),
        ("30. 4. 2027 24:00", (2027, 4, 30, 22, 0, 0), True, ZONE),
        ("14 May 2027 5pm", (2027, 5, 14, 15, 0, 0), True, ZONE),
        ("14 May 2027 17:00 Brussels time", (2027, 5, 14, 15, 0, 0), True, "Europe/Brussels"),
        ("2027-05-14 17:00 UTC", (2027, 5, 14, 17, 0, 0), True, "UTC"),
        ("1. 4. 2027 9:00 – 31. 5. 2027 12:00", (2027, 5, 31, 10, 0, 0), True, ZONE),
    ],
)
def test_deadlines(said: str, at: tuple[int, ...], hour_known: bool, zone: str) -> None:
    found = due(T, said, NOW)
    assert found.at.astimezone(UTC) == datetime(*at, tzinfo=UTC)  # type: ignore[misc,arg-type]
    assert (found.hour_known, found.zone) == (hour_known, zone)


@pytest.mark.parametrize("said", ["brzy", "31. 2. 2027", "5. 4. 2027 25:00", "průběžně", ""])
def test_what_is_no_deadline(said: str) -> None:
    with pytest.raises(Unclear):
        due(T, said, NOW)


def test_a_page_that_is_none() -> None:
    for body, kind in ((b"", "text/html"), (b"PK\x03\x04", "application/zip"), (b"<p>", "")):
        with pytest.raises(Unreadable):
            handed.of_page(body, {"content-type": kind}, "", NOW, ZONE)


@given(st.binary(max_size=400))
def test_any_bytes_are_a_page_or_refused(body: bytes) -> None:
    try:
        handed.of_page(body, {}, "http://a.test/", NOW, ZONE)
    except Unreadable:
        return


@given(st.text(max_size=400))
def test_any_text_is_handed_over_or_refused(text: str) -> None:
    try:
        assert handed.of_text(text, "", NOW, ZONE).title
    except Unreadable:
        return


def test_a_programme_s_own_code_is_known() -> None:
    text = "HORIZON-CL4-2027-DIGITAL-01 Photonics partnership\nDeadline: 4 May 2027"
    found = handed.of_text(text, "", NOW, ZONE)
    assert (found.code, found.fields) == ("HORIZON-CL4-2027-DIGITAL-01", {"kind": "european"})
