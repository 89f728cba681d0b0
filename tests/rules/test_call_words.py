"""Deadlines and amounts of calls, in both languages."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.kit.texts import Library
from handlers.calls import terms
from handlers.calls.differences import value_in_words
from storage.calls.records import Deadline, GrantCall, Kind, State

NOW = datetime(2027, 3, 27, 20, 0, tzinfo=UTC)  # a Saturday evening, the clocks change that night
TEXTS = Library(Path("bot/locales"), ZoneInfo("Europe/Prague"), "cs")


def deadline(at: datetime, *, hour: bool = True, zone: str = "Europe/Prague") -> Deadline:
    return Deadline(call_id=0, at=at, hour_known=hour, zone=zone)


@pytest.mark.parametrize(
    ("amount", "currency", "czech", "english"),
    [
        (42_500, "CZK", "42 500 Kč", "CZK 42,500"),
        (2_500_000, "CZK", "2,5 mil. Kč", "CZK 2.5 million"),
        (1_234_567, "CZK", "1 234 567 Kč", "CZK 1,234,567"),
        (6_200_000_000, "CZK", "6,2 mld. Kč", "CZK 6.2 billion"),
        (15_000_000, "EUR", "15 mil. €", "€15 million"),
        (2_000_000, "GBP", "2 mil. £", "£2 million"),
        (0, "EUR", "0 €", "€0"),
        (1_000_000, "", "1 mil.", "1 million"),
        (1_000_000, "PLN", "1 mil. PLN", "PLN 1 million"),
    ],
)
def test_amounts(amount: int, currency: str, czech: str, english: str) -> None:
    assert TEXTS["cs"].money(amount, currency).replace("\xa0", " ").replace("GBP", "£") == czech
    assert TEXTS["en"].money(amount, currency).replace("\xa0", " ") == english


@pytest.mark.parametrize(
    ("at", "czech"),
    [
        (datetime(2027, 3, 27, 20, 0, tzinfo=UTC), "po uzávěrce"),
        (datetime(2027, 3, 27, 22, 59, 59, tzinfo=UTC), "dnes"),
        (datetime(2027, 3, 27, 23, 30, tzinfo=UTC), "zítra"),
        (datetime(2027, 3, 28, 21, 59, 59, tzinfo=UTC), "zítra"),
        (datetime(2027, 3, 28, 22, 30, tzinfo=UTC), "za 2 dny"),
        (datetime(2027, 4, 1, 10, 0, tzinfo=UTC), "za 5 dní"),
    ],
)
def test_days_left_are_days_of_the_calendar(at: datetime, czech: str) -> None:
    assert terms.left(TEXTS["cs"], deadline(at), NOW) == czech


def test_a_day_without_an_hour_is_that_of_its_own_zone() -> None:
    in_honolulu = datetime(2027, 5, 15, 9, 59, 59, tzinfo=UTC)  # the end of 14 May there
    row = deadline(in_honolulu, hour=False, zone="Pacific/Honolulu")
    assert terms.short(TEXTS["cs"], row, NOW) == "pátek 14. 5. 2027 · za 48 dní"
    known = deadline(in_honolulu, zone="Pacific/Honolulu")
    assert terms.short(TEXTS["en"], known, NOW) == "Sat 15 May 2027 11:59 · in 49 days"


def test_the_same_hour_twice_is_said_once() -> None:
    at = datetime(2027, 5, 14, 10, tzinfo=UTC)
    (line,) = terms.deadlines(TEXTS["cs"], [deadline(at), deadline(at)], NOW)
    assert line == "⏳ <b>pátek 14. 5. 2027</b>, 12:00 · za 48 dní"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("state", "closed", "⚪️ uzavřená"),
        ("kind", "voucher", "voucher"),
        ("applicants", ["sme", "small", "cluster"], "MSP, klastry"),
        ("regions_out", ["CZ010"], "Praha"),
        ("basis", "costs", "celé náklady projektu"),
        ("czech_money", False, "ne"),
        ("rate", 62.5, "62,5"),
        ("opens_at", "2027-05-14T07:00:00+00:00", "pátek 14. 5. 2027"),
        ("budget", 2_000_000, "2 mil. Kč"),
        ("programme", None, ""),
        ("applicants", [], ""),
        ("description", "x" * 500, "x" * 119 + "…"),
    ],
)
def test_values_in_words(field: str, value: object, said: str) -> None:
    call = GrantCall(
        code="x",
        title="x",
        kind=Kind.NATIONAL,
        state=State.OPEN,
        currency="CZK",
        found_at=NOW,
        checked_at=NOW,
    )
    assert value_in_words(TEXTS["cs"], field, value, call).replace("\xa0", " ") == said
