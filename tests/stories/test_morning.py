"""At a quarter to eight the manager knows what waits; the desk says the same at any time."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.app import App
from bot.sandbox.clock import Clock
from tests.actors import Actor
from tests.stories.announcing import Wait
from tests.stories.workshops import Plan

pytestmark = pytest.mark.unasked
TUESDAY = datetime(2027, 3, 2, 6, 30, tzinfo=UTC)  # 7:30 in Prague


def cards(who: Actor) -> list[str]:
    return [said for said in who.heard if "Dnes" in said]


async def asks_to_join(guest: Actor) -> None:
    await guest.says("/menu")
    await guest.presses("🏢 Jsem z členské organizace")
    await guest.says("sklo")
    await guest.presses("Sklo a čočky")
    await guest.presses("✅ Ano, zeptejte se")


@pytest.fixture
async def dawn(app: App, clock: Clock, manager: Actor) -> None:
    """The manager has met the bot, and it is half past seven."""
    clock.advance(TUESDAY - clock())
    await app.tick("morning")
    await app.settle()
    assert cards(manager) == []


async def test_what_waits_is_told_once_with_its_buttons(
    guest: Actor, manager: Actor, plan: Plan, dawn: None, wait: Wait
) -> None:
    await asks_to_join(guest)
    await plan("Tenké vrstvy", provisional=True)
    await wait(timedelta(minutes=20))
    [card] = cards(manager)
    assert "úterý 2. 3. 2027" in card
    assert "1 člověk k potvrzení" in card
    assert "1 akce bez pevného termínu" in card
    assert "výzv" not in card
    await wait(timedelta(hours=2))
    assert len(cards(manager)) == 1
    await manager.presses("🙋 Kdo čeká (1)")
    assert any("Hana" in label for label in manager.buttons)


async def test_the_desk_says_the_same(guest: Actor, manager: Actor, dawn: None) -> None:
    await asks_to_join(guest)
    await manager.says("/sprava")
    assert "Na vaše rozhodnutí čeká:" in manager.screen
    assert "1 člověk k potvrzení" in manager.screen


async def test_a_day_with_nothing_to_decide_begins_in_peace(
    manager: Actor, dawn: None, wait: Wait
) -> None:
    await wait(timedelta(hours=1))
    assert cards(manager) == []


async def test_a_week_begins_with_a_card_all_the_same(
    manager: Actor, dawn: None, wait: Wait
) -> None:
    await wait(timedelta(days=6, minutes=20))
    [card] = cards(manager)
    assert "pondělí 8. 3. 2027" in card
    assert "nečeká nic" in card


async def test_weekends_and_holidays_are_free(
    guest: Actor, manager: Actor, dawn: None, clock: Clock, app: App
) -> None:
    await asks_to_join(guest)
    for month_day in (6, 29):  # a Saturday, Easter Monday
        free = datetime(2027, 3, month_day, 7, tzinfo=UTC)
        clock.advance(free - clock())
        await app.tick("morning")
        await app.settle()
    assert cards(manager) == []


async def test_after_an_outage_it_is_told_until_ten(
    guest: Actor, manager: Actor, dawn: None, clock: Clock, app: App
) -> None:
    await asks_to_join(guest)
    for hours, expected in ((2, 1), (24, 2)):
        clock.advance(timedelta(hours=hours))
        await app.tick("morning")
        await app.settle()
        assert len(cards(manager)) == expected
    clock.advance(timedelta(hours=25))  # half past ten
    await app.tick("morning")
    await app.settle()
    assert len(cards(manager)) == 2
