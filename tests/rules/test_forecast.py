"""How many to expect, from how many came before."""

import random
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.workshops.forecast import (
    ENOUGH,
    SHORT_NOTICE,
    Expected,
    History,
    Tally,
    expect,
    fair,
)
from storage.workshops.counts import Riser, Turnout

START = datetime(2027, 5, 14, 7, tzinfo=UTC)
NOBODY = Tally()


@st.composite
def tallies(draw: st.DrawFn) -> Tally:
    seated = draw(st.integers(0, 5000))
    return Tally(seated, draw(st.integers(0, seated)))


numbers = st.integers(0, 5000)


@given(tallies(), tallies(), numbers, numbers)
def test_it_is_between_nobody_and_everybody(
    said: Tally, kept: Tally, confirmed: int, silent: int
) -> None:
    expected = expect(History(said, kept), confirmed, silent)
    if (said + kept).seated < ENOUGH or not confirmed + silent:
        assert expected is None
    else:
        assert expected is not None
        assert 0 <= expected.low <= expected.high <= confirmed + silent


@given(tallies(), tallies(), numbers, numbers, st.integers(1, 100))
def test_more_people_are_never_fewer(
    said: Tally, kept: Tally, confirmed: int, silent: int, more: int
) -> None:
    past = History(said, kept)
    fewer, most = expect(past, confirmed, silent), expect(past, confirmed + more, silent)
    if fewer and most:
        assert most.high >= fewer.high


@given(st.integers(ENOUGH, 500), st.integers(1, 500))
def test_where_all_came_more_are_expected(seated: int, people: int) -> None:
    all_came = expect(History(NOBODY, Tally(seated, seated)), 0, people)
    half_came = expect(History(NOBODY, Tally(seated, seated // 2)), 0, people)
    assert all_came is not None
    assert half_came is not None
    assert all_came.low >= half_came.low
    assert all_came.high >= half_came.high


def test_a_little_history_hardly_moves_what_we_believe() -> None:
    """Ten of whom five came, and 44 seats: still nearer to 85 % than to a half."""
    expected = expect(History(NOBODY, Tally(10, 5)), 0, 44)
    assert expected is not None
    assert (expected.low + expected.high) / 2 > 44 * 0.68


def test_those_who_promised_come_more_surely() -> None:
    past = History(Tally(100, 97), Tally(100, 60))
    promised, silent = expect(past, 44, 0), expect(past, 0, 44)
    assert promised is not None
    assert silent is not None
    assert promised.low > silent.high
    assert expect(past, 38, 6) == Expected(37, 43)


def test_a_small_group_says_nothing_of_its_own() -> None:
    past = History(Tally(ENOUGH - 1, 0), Tally(100, 90))
    both = History(NOBODY, past.confirmed + past.silent)
    assert expect(past, 40, 0) == expect(both, 0, 40)


def test_four_times_out_of_five() -> None:
    """Events with a share of their own, drawn as we believe that shares are."""
    dice = random.Random(7)
    hits = 0
    for _ in range(2000):
        share = dice.betavariate(0.85 * 200, 0.15 * 200)
        came = sum(dice.random() < share for _ in range(44))
        expected = expect(History(NOBODY, Tally(10_000, 8500)), 0, 44)
        assert expected is not None
        hits += expected.low <= came <= expected.high
    assert 0.75 <= hits / 2000 <= 0.95


@given(st.booleans(), st.booleans(), st.integers(0, 47))
def test_a_seat_on_short_notice_does_not_count(came: bool, confirmed: bool, hours: int) -> None:
    seated_at = START - timedelta(hours=hours)
    riser = Riser(1, confirmed, came, seated_at, START)
    turnouts = [
        Turnout(1, True, 20 + confirmed, 18 + (came and confirmed)),
        Turnout(1, False, 20 + (not confirmed), 10 + (came and not confirmed)),
    ]
    past = fair(turnouts, [riser])
    both = past.confirmed + past.silent
    if START - seated_at < SHORT_NOTICE:
        assert both == Tally(40, 28)
    else:
        assert both == Tally(41, 28 + came)
