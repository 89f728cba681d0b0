"""The digest, the morning card, first steps: each thing once, whatever clocks and outages do."""

from datetime import datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.app import App
from bot.sandbox.clock import Clock
from handlers.links import OpenSettings
from storage.people import by_telegram
from tests.actors import Actor
from tests.stories.announcing import Wait
from tests.stories.pushing import brings, digests, know_their_way
from tests.stories.reminding import DAY, HOUR, MINUTE, prague, until
from tests.stories.test_morning import cards
from tests.stories.test_welcomes import advice, everybody_is_long_here

pytestmark = pytest.mark.unasked
ENOUGH = ("Jedna", "Dvě")  # for a week
LATE = "too late for the cards of the morning"


async def away(app: App, clock: Clock, moment: datetime, *jobs: str) -> None:
    """Time goes by, or back, without the bot; it is there again at that moment."""
    clock.advance(moment - clock())
    for job in jobs:
        await app.tick(job)
    await app.settle()


async def test_the_digest_after_the_night_with_an_hour_more(
    bob: Actor, app: App, clock: Clock, wait: Wait
) -> None:
    await know_their_way(app)
    await away(app, clock, prague(29, 12, month=10))
    await brings(app, bob, *ENOUGH, "Tři")
    for day, hour, minute in ((31, 2, 30), (31, 8, 0)):
        await until(app, wait, prague(day, hour, minute, month=10))
    await until(app, wait, prague(1, 7, 59, month=11))
    assert digests(bob) == []
    await wait(MINUTE)
    assert digests(bob)[0].endswith("1. Tři")
    await wait(HOUR)
    assert len(digests(bob)) == 1


async def test_after_two_mondays_without_the_bot_there_is_one_digest(
    bob: Actor, app: App, clock: Clock
) -> None:
    await know_their_way(app)
    await brings(app, bob, *ENOUGH, "Tři")
    await away(app, clock, prague(9, 12, month=3))
    await brings(app, bob, "Čtyři", "Pět")
    await brings(app, bob, "Šest", opens=OpenSettings())
    await away(app, clock, prague(16, 12, month=3), "digest", "digest")
    (found,) = digests(bob)
    assert found.endswith("1. Tři\n2. Šest")
    await away(app, clock, prague(22, 8, month=3), "digest")
    assert len(digests(bob)) == 1


@pytest.mark.postgres
async def test_the_digest_when_clocks_were_wrong(bob: Actor, app: App, clock: Clock) -> None:
    """What comes in the days that come twice is brought as well, and nothing comes twice."""
    await know_their_way(app)
    await brings(app, bob, *ENOUGH, "Tři")
    await away(app, clock, prague(8, 8, month=3), "digest")
    assert len(digests(bob)) == 1
    await away(app, clock, prague(5, 12, month=3), "digest")
    await brings(app, bob, "Čtyři")
    await away(app, clock, prague(8, 8, month=3), "digest", "digest")
    first, second = digests(bob)
    assert (first.endswith("1. Tři"), second.endswith("1. Čtyři")) == (True, True)


@pytest.mark.parametrize(("day", "month"), [(30, 3), (1, 11)], ids=["spring", "autumn"])
async def test_the_morning_after_clocks_were_turned(
    manager: Actor, app: App, clock: Clock, day: int, month: int
) -> None:
    """In spring Monday is a holiday, so the week begins on Tuesday."""
    await away(app, clock, prague(day, 7, 44, month=month), "morning")
    assert cards(manager) == []
    await away(app, clock, prague(day, 7, 45, month=month), "morning", "morning")
    assert len(cards(manager)) == 1


async def test_the_morning_comes_once_when_clocks_go_back(
    manager: Actor, app: App, clock: Clock
) -> None:
    await away(app, clock, prague(8, 7, 50, month=3), "morning")
    for day, hour in ((8, 7), (8, 8), (5, 12), (8, 8)):
        await away(app, clock, prague(day, hour, month=3), "morning")
    assert len(cards(manager)) == 1


async def test_a_morning_that_was_slept_through_is_dropped_and_logged(
    manager: Actor, app: App, clock: Clock
) -> None:
    """The day on which the bot is put up had no morning with it."""
    with capture_logs() as logs:
        await away(app, clock, prague(5, 15, month=3), "morning")
        await away(app, clock, prague(8, 10, month=3), "morning", "morning")
        await away(app, clock, prague(9, 11, month=3), "morning")
    assert cards(manager) == []
    assert [each["day"] for each in logs if each["event"] == LATE] == ["2027-03-08", "2027-03-09"]


async def test_first_steps_after_an_outage_keep_their_distance(
    bob: Actor, app: App, clock: Clock, wait: Wait
) -> None:
    await everybody_is_long_here(app, "bob")
    await wait(HOUR)
    assert len(advice(bob)) == 1
    await away(app, clock, prague(3, 12, month=5), "welcomes", "welcomes")
    assert len(advice(bob)) == 2
    await until(app, wait, prague(8, 13, month=5))
    assert len(advice(bob)) == 2
    await until(app, wait, prague(10, 8, month=5))  # the eighth was a Saturday
    assert len(advice(bob)) == 3


async def test_a_first_step_comes_once_when_clocks_go_back(
    bob: Actor, app: App, clock: Clock, wait: Wait
) -> None:
    await everybody_is_long_here(app, "bob")
    await wait(HOUR)
    await wait(2 * DAY)
    assert len(advice(bob)) == 2
    before = clock() - 2 * DAY
    for moment in (before, before + 2 * DAY, before + 2 * DAY + timedelta(minutes=30)):
        await away(app, clock, moment, "welcomes")
    assert len(advice(bob)) == 2


async def test_first_steps_do_not_gather_over_a_holiday(
    bob: Actor, app: App, clock: Clock, wait: Wait
) -> None:
    """Nor over the night in which the clocks are turned."""
    await away(app, clock, prague(25, 21, month=3))
    async with app.db.writing() as session:
        person = await by_telegram(session, bob.id)
        assert person is not None
        person.verified_at = clock()
    await app.tick("welcomes")
    await app.settle()
    for day, hour, minute in ((26, 12, 0), (28, 2, 30), (29, 12, 0), (30, 7, 59)):
        await until(app, wait, prague(day, hour, minute, month=3))
    assert advice(bob) == []
    await wait(MINUTE)
    assert len(advice(bob)) == 1
    await wait(2 * DAY - MINUTE)
    assert len(advice(bob)) == 1
    await wait(HOUR)
    assert len(advice(bob)) == 2
