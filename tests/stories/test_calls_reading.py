"""Sources are read by themselves: what is new, what has changed, what is gone, what is broken."""

from datetime import timedelta

import pytest

from bot.app import App
from storage.calls.records import State
from storage.calls.sources import Form
from tests.actors import Actor
from tests.sources.server import Sources
from tests.stories.afterwards import Wait
from tests.stories.reading import (
    ADDRESS,
    FEED,
    RSS,
    Ministry,
    add_source,
    calls,
    row,
    the_source,
    warnings,
)

HOUR = timedelta(hours=1)


@pytest.fixture
def ministry(sources: Sources) -> Ministry:
    return Ministry(sources)


def ten() -> list[dict[str, object]]:
    return [row(f"V{number:02}") for number in range(10)]


@pytest.mark.postgres
async def test_calls_of_a_source_are_found_within_the_hour(
    app: App, ministry: Ministry, wait: Wait
) -> None:
    ministry.has(*ten())
    await add_source(app)
    await wait(HOUR)
    assert [call.code for call in await calls(app)] == [f"V{number:02}" for number in range(10)]
    source = await the_source(app)
    assert (source.found, source.usual, source.problem) == (10, 10, "")


async def test_a_source_is_read_once_in_its_time(
    app: App, ministry: Ministry, sources: Sources, wait: Wait
) -> None:
    ministry.has(*ten())
    await add_source(app, every=120)
    await wait(HOUR)
    await wait(HOUR)
    assert len(sources.asked) == 1
    await wait(HOUR)
    assert len(sources.asked) == 2


async def test_a_changed_deadline_is_found(app: App, ministry: Ministry, wait: Wait) -> None:
    ministry.has(row("V1"))
    await add_source(app)
    await wait(HOUR)
    ministry.has(row("V1", ends="2027-06-30T12:00:00"))
    await wait(HOUR)
    (call,) = await calls(app)
    assert call.last_deadline_at is not None
    assert (call.last_deadline_at.month, call.last_deadline_at.day) == (6, 30)


async def test_a_shrunken_answer_changes_nothing_and_is_told_once(
    app: App, ministry: Ministry, manager: Actor, wait: Wait
) -> None:
    ministry.has(*ten())
    await add_source(app)
    await wait(HOUR)
    ministry.has(row("V01", ends="2027-06-30T12:00:00"), row("V99"))
    for _ in range(4):
        await wait(HOUR)
    assert {call.state for call in await calls(app)} == {State.OPEN}
    assert "V99" not in [call.code for call in await calls(app)]
    assert len(warnings(manager)) == 1
    assert "dává příliš málo: 2/10" in warnings(manager)[0]


async def test_after_a_recovery_the_manager_hears_of_the_next_trouble(
    app: App, ministry: Ministry, manager: Actor, wait: Wait
) -> None:
    await add_source(app)
    for good in (True, False, True, False):
        ministry.has(*(ten() if good else ()))
        await wait(timedelta(hours=2))
    assert len(warnings(manager)) == 2


async def test_a_call_that_is_left_out_three_times_is_closed_and_may_come_back(
    app: App, ministry: Ministry, wait: Wait
) -> None:
    ministry.has(*ten())
    await add_source(app)
    await wait(HOUR)
    ministry.has(*ten()[1:])
    await wait(HOUR)
    await wait(HOUR)
    assert (await calls(app))[0].state == State.OPEN
    await wait(HOUR)
    assert [call.state for call in await calls(app)][:2] == [State.CLOSED, State.OPEN]
    ministry.has(*ten())
    await wait(HOUR)
    assert (await calls(app))[0].state == State.OPEN


async def test_what_falls_off_a_feed_is_not_gone(app: App, sources: Sources, wait: Wait) -> None:
    sources.gives(FEED, RSS.encode(), kind="application/rss+xml")
    await add_source(app, host="news.test", address=FEED, form=Form.FEED)
    await wait(HOUR)
    other = RSS.replace("Laserové vouchery", "Optické vouchery").replace("1</", "2</")
    sources.gives(FEED, other.encode(), kind="application/rss+xml")
    for _ in range(5):
        await wait(HOUR)
    assert [call.state for call in await calls(app)] == [State.OPEN, State.OPEN]


async def test_nothing_new_is_no_failure(app: App, sources: Sources, wait: Wait) -> None:
    sources.gives(FEED, RSS.encode(), kind="application/rss+xml", etag='"1"')
    await add_source(app, host="news.test", address=FEED, form=Form.FEED)
    for _ in range(5):
        await wait(HOUR)
    assert sources.asked[-1].headers["if-none-match"] == '"1"'
    source = await the_source(app)
    assert (source.problem, source.degraded_since) == ("", None)
    (call,) = await calls(app)
    assert call.checked_at > call.found_at


async def test_a_source_that_is_down_is_asked_less_often_and_told_after_a_while(
    app: App, sources: Sources, manager: Actor, wait: Wait
) -> None:
    sources.fails(ADDRESS, 503)
    await add_source(app)
    for _ in range(3):
        await wait(HOUR)
    assert len(sources.asked) == 2
    assert warnings(manager) == []
    for _ in range(21):
        await wait(HOUR)
    assert len(sources.asked) == 5
    assert len(warnings(manager)) == 1
    assert "odpovídá chybou" in warnings(manager)[0]


async def test_an_error_page_is_no_source(
    app: App, sources: Sources, manager: Actor, wait: Wait
) -> None:
    sources.gives(FEED, b"<html><h1>Sorry</h1></html>")
    await add_source(app, host="news.test", address=FEED, form=Form.FEED)
    await wait(HOUR)
    assert await calls(app) == []
    assert len(warnings(manager)) == 1


async def test_a_forecast_opens_on_its_day(app: App, ministry: Ministry, wait: Wait) -> None:
    ministry.has(row("V1", datumZacatek="2027-03-04T08:00:00"))
    await add_source(app)
    await wait(HOUR)
    assert [call.state for call in await calls(app)] == [State.FORECAST]
    await wait(timedelta(days=3))
    assert [call.state for call in await calls(app)] == [State.OPEN]


async def test_a_call_closes_with_its_last_deadline(
    app: App, ministry: Ministry, wait: Wait
) -> None:
    ministry.has(row("V1", ends="2027-03-04T12:00:00"))
    await add_source(app)
    await wait(HOUR)
    await wait(timedelta(days=3, hours=4))
    assert [call.state for call in await calls(app)] == [State.CLOSED]


async def test_a_host_that_nobody_has_allowed_is_not_asked(
    app: App, ministry: Ministry, sources: Sources, wait: Wait
) -> None:
    ministry.has(*ten())
    await add_source(app, host="")
    await wait(HOUR)
    assert sources.asked == []
    assert (await the_source(app)).problem.startswith("host|grants.test|")
