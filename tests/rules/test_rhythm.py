"""The moments of an event's rhythm are right by the clocks on the wall, whatever the calendar."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.working_days import is_working
from bot.domain.workshops import rhythm
from bot.domain.workshops.rhythm import AFTER, BEATS, OFF, Moment, Rhythm
from storage.workshops import Audience, Event, PartKind, Slot, State
from storage.workshops import Kind as EventKind
from storage.workshops.reminders import Kind

PRAGUE = ZoneInfo("Europe/Prague")
DAY = timedelta(days=1)
USUAL = rhythm.read({})
ODD_DAYS = (
    date(2027, 3, 28),  # an hour is missing
    date(2027, 3, 29),  # Easter Monday
    date(2027, 10, 31),  # an hour comes twice
    date(2028, 2, 29),
    date(2028, 3, 1),
    date(2027, 12, 27),
    date(2028, 1, 3),
)
days = st.one_of(st.sampled_from(ODD_DAYS), st.dates(date(2026, 12, 1), date(2029, 3, 1)))
clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30]))
lengths = st.integers(1, 48).map(lambda quarters: timedelta(minutes=15 * quarters))
rhythms = st.fixed_dictionaries(
    {kind: st.sampled_from((OFF, *beat.choices)) for kind, beat in BEATS.items()}
)


@st.composite
def events(draw: st.DrawFn) -> Event:
    first = draw(days)
    count = draw(st.integers(1, 5))
    slots = []
    for number in range(1, count + 1):
        day = first + draw(st.sampled_from([0, 0, 1, 1, 2, 9])) * DAY
        start = at(day, draw(clocks))
        kind = draw(st.sampled_from(PartKind))
        slots.append(Slot(number, "", start, start + draw(lengths), 40, True, kind))
    return event(*slots)


def event(*slots: Slot) -> Event:
    parts = tuple(sorted(slots, key=lambda slot: (slot.starts_at, slot.id)))
    kinds = (EventKind.WORKSHOP, Audience.PUBLIC, State.PUBLISHED)
    return Event(parts, 1, "Vrstvy", "Přerov", "", *kinds, 0)


def at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, PRAGUE).astimezone(UTC)


def two_days(first: date) -> Event:
    evening = Slot(2, "", at(first, time(18)), at(first, time(22)), 40, True, PartKind.EVENING)
    return event(
        Slot(1, "", at(first, time(9)), at(first, time(16)), 40, True),
        evening,
        Slot(3, "", at(first + DAY, time(9)), at(first + DAY, time(15)), 40, True),
    )


def local(moment: Moment) -> datetime:
    return moment.due.astimezone(PRAGUE)


def of(moments: list[Moment], *kinds: Kind) -> list[Moment]:
    return [moment for moment in moments if moment.kind in kinds]


def test_the_usual_rhythm_of_two_days_with_an_evening() -> None:
    found = rhythm.moments(two_days(date(2027, 5, 13)), USUAL, PRAGUE)
    assert [(moment.kind, f"{local(moment):%d.%m. %H:%M}") for moment in found] == [
        (Kind.WEEK_BEFORE, "06.05. 09:00"),
        (Kind.WILL_YOU_COME, "10.05. 09:00"),
        (Kind.DAY_BEFORE, "12.05. 16:00"),
        (Kind.SOON, "13.05. 07:00"),
        (Kind.DAY_BEFORE, "13.05. 16:00"),  # for whoever comes on the second day only
        (Kind.EVENING, "13.05. 16:30"),
        (Kind.SOON, "14.05. 07:00"),
        (Kind.NEXT_DAY, "14.05. 07:30"),
        (Kind.AFTERWARDS, "14.05. 17:00"),
        (Kind.CERTIFICATE, "17.05. 09:00"),  # a Monday
        (Kind.NUDGE, "17.05. 16:00"),
        (Kind.HALF_A_YEAR, "15.11. 09:00"),
    ]


@given(event=events(), own=rhythms)
def test_clocks_on_the_wall(event: Event, own: Rhythm) -> None:
    found = rhythm.moments(event, own, PRAGUE)
    for moment in of(found, Kind.DAY_BEFORE, Kind.NEXT_DAY):
        since = moment.since.astimezone(PRAGUE).date()
        clock = time(*divmod(own[moment.kind], 60))
        day = since - DAY if moment.kind == Kind.DAY_BEFORE else since
        assert (local(moment).date(), local(moment).time()) == (day, clock)
    for moment in of(found, Kind.WEEK_BEFORE, Kind.WILL_YOU_COME):
        assert local(moment).time() == time(9)
        assert is_working(local(moment).date())
    for moment in of(found, Kind.SOON, Kind.EVENING, Kind.LINK):
        early = at(moment.since.astimezone(PRAGUE).date(), time(6))
        assert moment.due == max(early, moment.since - timedelta(minutes=own[moment.kind]))


@given(event=events(), own=rhythms)
def test_before_is_before_and_after_is_after(event: Event, own: Rhythm) -> None:
    found = rhythm.moments(event, own, PRAGUE)
    for moment in found:
        if moment.kind in AFTER:
            assert moment.due >= event.ends_at
            assert rhythm.is_day(moment.due, PRAGUE)
        else:
            assert moment.due < moment.since
        assert rhythm.about(event, moment.kind, moment.since, moment.until)
    assert found == sorted(found, key=lambda moment: (moment.due, moment.since))
    assert len({(moment.kind, moment.since) for moment in found}) == len(found)
    assert {moment.kind for moment in found}.isdisjoint(kind for kind in own if not own[kind])


@given(event=events(), own=rhythms)
def test_in_their_order(event: Event, own: Rhythm) -> None:
    """Of what is about the beginning; nobody gets two of these at once."""
    first = event.parts[0].starts_at
    order = (Kind.WEEK_BEFORE, Kind.WILL_YOU_COME, Kind.DAY_BEFORE, Kind.SOON)
    found = [each for each in rhythm.moments(event, own, PRAGUE) if each.since == first]
    dues = [each.due for kind in order for each in of(found, kind)]
    assert dues == sorted(set(dues))


@given(day=days)
@example(date(2027, 8, 31))
@example(date(2027, 8, 29))
def test_half_a_year_later(day: date) -> None:
    slot = Slot(1, "", at(day, time(9)), at(day, time(16)), 40, True)
    (later,) = of(rhythm.moments(event(slot), USUAL, PRAGUE), Kind.HALF_A_YEAR)
    months = (local(later).year - day.year) * 12 + local(later).month - day.month
    assert months in (6, 7)  # a holiday may push it over the end of a month
    assert is_working(local(later).date())
    assert local(later).time() == time(9)


def test_the_last_day_of_a_shorter_month() -> None:
    slot = Slot(1, "", at(date(2027, 8, 31), time(9)), at(date(2027, 8, 31), time(16)), 40, True)
    (later,) = of(rhythm.moments(event(slot), USUAL, PRAGUE), Kind.HALF_A_YEAR)
    assert local(later).date() == date(2028, 2, 29)


def test_thanks_do_not_come_at_night() -> None:
    day = date(2027, 5, 14)
    slot = Slot(1, "", at(day, time(18)), at(day, time(23)), 40, True)
    (thanks,) = of(rhythm.moments(event(slot), USUAL, PRAGUE), Kind.AFTERWARDS)
    assert local(thanks) == datetime(2027, 5, 15, 8, tzinfo=PRAGUE)


@given(own=rhythms)
def test_only_what_differs_is_kept(own: Rhythm) -> None:
    kept = rhythm.kept(own)
    assert rhythm.read(kept) == own
    assert set(kept) == {kind.value for kind in own if own[kind] != USUAL[kind]}


def test_what_is_kept_in_a_shape_that_we_do_not_know_is_the_usual() -> None:
    assert rhythm.read({"soon": 17, "dawn": 3, "nudge": "often", "evening": None}) == USUAL
