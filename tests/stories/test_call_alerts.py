"""Calls come to those whom they may concern: at the pace of each, in one message, with reasons."""

from datetime import timedelta

import pytest

from bot.app import App
from storage.calls.records import Kind, State
from tests.actors import Actor
from tests.stories.alerting import (
    SOON,
    amend,
    announce,
    letters,
    news,
    subscribes,
    until,
)
from tests.stories.announcing import Wait
from tests.stories.calls import add_pillars, days, due
from tests.stories.reminding import DAY, HOUR, MINUTE, prague

TITLE = "Lasery pro průmysl & <optiku>"


@pytest.fixture
async def lasers(app: App) -> int:
    """A pillar of Ann's and Bořek's organisation."""
    return (await add_pillars(app, "Lasery", "Mikroskopie"))[0]


@pytest.mark.postgres
async def test_every_morning_in_one_message(
    ann: Actor, bob: Actor, eve: Actor, lasers: int, app: App, wait: Wait
) -> None:
    for actor, pace in ((ann, "Daily at 8:00"), (bob, "Denně v 8:00"), (eve, "Daily at 8:00")):
        await subscribes(actor, pace)
    await announce(app, TITLE, pillars=[lasers])
    await announce(app, "Mikrooptika", pillars=[lasers])
    await wait(SOON)
    assert letters(ann) == letters(bob) == []
    await until(app, wait, prague(2, 7, 59, month=3))
    assert letters(bob) == []
    await wait(MINUTE)
    (letter,) = letters(bob)
    assert letter.splitlines()[0] == "🔔 2 výzvy pro vás"
    assert f"1. {TITLE}" in letter or f"2. {TITLE}" in letter
    assert "🎯 Shoda" in letter
    assert letters(ann)[0].splitlines()[0] == "🔔 2 calls for you"
    await wait(MINUTE)
    await wait(DAY)
    assert len(letters(bob)) == 1
    assert letters(eve) == []


async def test_at_once_what_fits_and_is_urgent(
    ann: Actor, lasers: int, app: App, wait: Wait
) -> None:
    await subscribes(ann, "At once")
    await announce(app, "Later", due(days(60)), pillars=[lasers], applicants=["sme"])
    await announce(app, "Soon", due(days(20)), pillars=[lasers], applicants=["sme"])
    await wait(SOON)
    (letter,) = letters(ann)
    assert "Soon" in letter
    assert "Later" not in letter
    await until(app, wait, prague(2, 8, month=3))
    assert "Later" in letters(ann)[1]


async def test_on_mondays(ann: Actor, lasers: int, app: App, wait: Wait) -> None:
    await subscribes(ann, "On Mondays at 8:00")
    await announce(app, TITLE, pillars=[lasers])
    for _ in range(4):
        await wait(DAY)
    assert letters(ann) == []
    await until(app, wait, prague(8, 8, month=3))
    assert len(letters(ann)) == 1


async def test_never_at_night_nor_at_weekends(
    ann: Actor, lasers: int, app: App, wait: Wait
) -> None:
    await subscribes(ann, "At once")
    await until(app, wait, prague(5, 22, month=3))  # a Friday
    await announce(app, TITLE, due(days(15)), pillars=[lasers], applicants=["sme"])
    await wait(SOON)
    await until(app, wait, prague(6, 12, month=3))
    assert letters(ann) == []
    await until(app, wait, prague(8, 8, month=3))
    assert len(letters(ann)) == 1


async def test_after_days_of_silence_once(ann: Actor, lasers: int, app: App, wait: Wait) -> None:
    """The house was down over two mornings."""
    await subscribes(ann, "Daily at 8:00")
    await announce(app, TITLE, pillars=[lasers])
    await until(app, wait, prague(4, 15, month=3))
    await wait(MINUTE)
    assert len(letters(ann)) == 1


async def test_not_at_all(ann: Actor, lasers: int, app: App, wait: Wait) -> None:
    """Nor those who have never been asked."""
    await subscribes(ann, "Not at all")
    await announce(app, TITLE, pillars=[lasers])
    await until(app, wait, prague(9, 8, month=3))
    assert letters(ann) == []


async def test_seven_and_the_rest_behind_a_button(
    bob: Actor, lasers: int, app: App, wait: Wait
) -> None:
    await subscribes(bob, "Denně v 8:00")
    for number in range(1, 10):
        await announce(app, f"Výzva číslo {number}", pillars=[lasers])
    await until(app, wait, prague(2, 8, month=3))
    (letter,) = letters(bob)
    assert "🔔 9 výzev pro vás" in letter
    assert letter.count("Výzva číslo") == 7
    await bob.presses("2 další ▸")
    assert bob.screen.count("Výzva číslo") == 2
    await bob.presses("8")
    assert len(letters(bob)) == 1
    assert bob.screen.startswith("💶 Výzva číslo")


async def test_who_may_not_apply_reads_why(bob: Actor, lasers: int, app: App, wait: Wait) -> None:
    await subscribes(bob, "Denně v 8:00")
    await announce(app, "Jen pro školy", pillars=[lasers], applicants=["university"])
    await announce(app, TITLE, pillars=[lasers])
    await until(app, wait, prague(2, 8, month=3))
    (letter,) = letters(bob)
    assert letter.index(TITLE) < letter.index("Jen pro školy")
    assert "⚪️" in letter


async def test_only_the_kinds_that_are_wanted(
    ann: Actor, lasers: int, app: App, wait: Wait
) -> None:
    await subscribes(ann, "Daily at 8:00")
    await ann.presses("🏷 Kinds")
    await ann.presses("✅ Vouchers")
    await announce(app, "A voucher", pillars=[lasers], kind=Kind.VOUCHER)
    await announce(app, TITLE, pillars=[lasers])
    await until(app, wait, prague(2, 8, month=3))
    (letter,) = letters(ann)
    assert "A voucher" not in letter


async def test_what_has_closed_meanwhile_is_not_told(
    ann: Actor, lasers: int, app: App, wait: Wait
) -> None:
    await subscribes(ann, "On Mondays at 8:00")
    await announce(app, TITLE, due(days(3)), pillars=[lasers])
    await until(app, wait, prague(8, 8, month=3))
    assert letters(ann) == []


async def test_whoever_blocks_the_bot_misses_it(
    ann: Actor, lasers: int, app: App, wait: Wait
) -> None:
    await subscribes(ann, "Daily at 8:00")
    await announce(app, TITLE, pillars=[lasers])
    await ann.blocks()
    await until(app, wait, prague(2, 8, month=3))
    await ann.unblocks()
    await wait(HOUR)
    assert letters(ann) == []


async def test_less_often_in_one_tap_and_back(
    bob: Actor, lasers: int, app: App, wait: Wait
) -> None:
    await subscribes(bob, "Denně v 8:00")
    await announce(app, TITLE, pillars=[lasers])
    await until(app, wait, prague(2, 8, month=3))
    await bob.presses("🔕 Psát jen v pondělí")
    assert "Odteď píšu: týdně v pondělí v 8:00" in bob.screen
    await bob.presses("↩️ Vzít zpět")
    assert "🔕 Psát jen v pondělí" in bob.buttons
    await bob.presses("🔕 Psát jen v pondělí")
    await announce(app, "Mikrooptika", pillars=[lasers])
    await until(app, wait, prague(5, 8, month=3))
    assert len(letters(bob)) == 1
    await until(app, wait, prague(8, 8, month=3))
    assert len(letters(bob)) == 2


async def test_a_change_of_pace_holds_for_what_waits(
    ann: Actor, lasers: int, app: App, wait: Wait
) -> None:
    await subscribes(ann, "On Mondays at 8:00")
    await announce(app, TITLE, pillars=[lasers])
    await until(app, wait, prague(3, 10, month=3))
    await subscribes(ann, "Daily at 8:00")
    await wait(timedelta(seconds=15))
    assert len(letters(ann)) == 1


async def test_a_forecast_is_told_again_when_it_opens(
    ann: Actor, bob: Actor, lasers: int, app: App, wait: Wait
) -> None:
    await subscribes(ann, "Daily at 8:00")
    await subscribes(bob, "Denně v 8:00")
    key = await announce(app, TITLE, pillars=[lasers], state=State.FORECAST, opens_at=days(30))
    await until(app, wait, prague(2, 8, month=3))
    await bob.presses("👁 Sledovat")
    await until(app, wait, prague(2, 10, month=3))
    await amend(app, key, opens_at=None, state=State.OPEN)
    await wait(SOON)
    assert [text.splitlines()[0] for text in news(bob)] == [f"⚠️ {TITLE}: otevřela se"]
    await until(app, wait, prague(3, 8, month=3))
    assert letters(ann)[-1].splitlines()[0] == "🔔 A call has opened"
    assert len(letters(bob)) == 1
