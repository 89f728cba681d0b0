"""Names as we keep them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.people import NAME_LIMIT, tidy


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ann", "Ann"),
        ("  Ann \n Marie\t", "Ann Marie"),
        ("Bor\u030cek", "Bořek"),
        ("\u202enidA\u202c\u2066", "nidA"),
        ("An\u200bn\ufeff\u00ad", "Ann"),
        ("A\x00n\x07n", "Ann"),
        ("e\u200b\u0301", "é"),
        ("\u200d" * NAME_LIMIT + "Ann", ""),
        ("👩\u200d🔬", "👩\u200d🔬"),
        ("\u200d \u200b", ""),
        ("<b>Ann</b>", "<b>Ann</b>"),
        ("x" * 500, "x" * NAME_LIMIT),
    ],
)
def test_a_name_is_one_line_of_what_can_be_seen(typed: str, kept: str) -> None:
    assert tidy(typed) == kept


@given(st.text())
def test_tidying_twice_is_tidying_once(name: str) -> None:
    once = tidy(name)
    assert tidy(once) == once
    assert len(once) <= NAME_LIMIT
    assert not any(unicodedata.category(sign) == "Cc" for sign in once)
