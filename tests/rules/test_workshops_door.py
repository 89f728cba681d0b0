"""What is done with somebody at the door, whatever parts, seats and check-ins there are."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.workshops import door, poster
from bot.domain.workshops.check_in import Turn, Verdict, judge
from storage.workshops import PartKind, Slot
from storage.workshops.check_ins import How, Presence
from tests.conftest import NOW

HOURS = st.integers(-30, 30)


@st.composite
def turns(draw: st.DrawFn) -> Turn:
    start = NOW + timedelta(hours=draw(HOURS))
    end = start + timedelta(hours=draw(st.integers(1, 12)))
    kind = draw(st.sampled_from(PartKind))
    seat = draw(st.sampled_from(["none", "waits", "sits"]))
    came = NOW if draw(st.booleans()) else None
    slot = Slot(draw(st.integers(1, 9)), "", start, end, 10, usual=True, kind=kind)
    seated_at = NOW if seat == "sits" else None
    place = Presence(slot.id, None if seat == "none" else 1, seated_at, came, How.LIST)
    return Turn(slot, place, draw(st.integers(0, 3)))


@given(st.lists(turns(), max_size=5))
def test_nobody_enters_where_they_may_not(many: list[Turn]) -> None:
    verdict, turn = judge(many, NOW)
    on = [each for each in many if door.is_open(each.slot, NOW)]
    assert (verdict == Verdict.CLOSED) == (not on)
    if verdict == Verdict.ENTER:
        assert turn is not None
        assert turn.seated
        assert turn.came_at is None
        assert door.opens_at(turn.slot) <= NOW <= turn.slot.ends_at
        others = [each for each in on if each is not turn]
        assert not any(each.seated or each.came_at for each in others)
    if verdict == Verdict.NO_SEAT:
        assert not any(each.seated for each in on)
    if verdict == Verdict.ALREADY:
        assert all(each.came_at for each in on if each.seated)
    if verdict == Verdict.CHOOSE:
        assert any(each.seated and each.came_at is None for each in on)


@given(st.text(min_size=1), st.integers(1, 2**31), st.integers(0, 10**6))
def test_a_code_is_good_for_its_minute_and_the_next(key: str, event: int, minutes: int) -> None:
    moment = NOW + timedelta(minutes=minutes)
    code = poster.code(key, event, poster.minute_of(moment))
    assert len(f"d{event}-{code}") <= 64
    assert poster.is_good(key, event, code, moment, poster.FRESH)
    assert not poster.is_good(key, event, code, moment + timedelta(minutes=2), poster.FRESH)
    assert not poster.is_good(key, event, code, moment - timedelta(minutes=1), poster.FRESH)
    assert not poster.is_good(key, event + 1, code, moment, poster.FRESH)
    assert not poster.is_good("", event, poster.code("", event, 0), NOW, poster.FRESH)
