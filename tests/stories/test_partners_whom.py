"""Whom the bot asks to be a partner: who fits, stands near, and was not asked too often."""

from datetime import timedelta

import pytest

from bot.app import App
from storage.calls.alerts import Interest, Unfit
from storage.calls.subscriptions import Pace
from storage.organisations import Kind
from storage.people import by_telegram
from tests.actors import Actor
from tests.stories.announcing import Wait
from tests.stories.bidding import follows, joins, lasers_of_both, subscribes
from tests.stories.calls import add_call, days, due
from tests.stories.test_partners import requests, seeks


@pytest.fixture
async def pillars(app: App) -> list[int]:
    return await lasers_of_both(app)


async def test_who_is_asked(
    ann: Actor, bob: Actor, eve: Actor, guest: Actor, app: App, pillars: list[int]
) -> None:
    """Members of the call's pillar who may apply; not one's own, nor who turned it down."""
    await joins(app, guest, "Univerzita světla", pillars[1], kind=Kind.UNIVERSITY)
    call = await add_call(app, "Lasery", due(days(40)), pillars=pillars[:1], applicants=["sme"])
    await subscribes(app, eve)
    await subscribes(app, bob)
    await seeks(ann, call)
    assert len(requests(eve)) == 1
    assert not requests(guest)
    assert not requests(bob)


async def test_a_subcontractor_need_not_be_eligible(
    ann: Actor, guest: Actor, app: App, pillars: list[int]
) -> None:
    await joins(app, guest, "Univerzita světla", pillars[0], kind=Kind.UNIVERSITY)
    call = await add_call(app, "Lasery", due(days(40)), pillars=pillars[:1], applicants=["large"])
    await seeks(ann, call)
    assert ann.alert
    assert "Nobody fits just now." in str(ann.toast)
    await seeks_another(ann, call, "subcontractor")
    assert ann.toast == "I have asked 2 members."
    assert len(requests(guest)) == 1


async def seeks_another(ann: Actor, call: int, role: str) -> None:
    await ann.presses_data(f"ca.seek:{call}")
    await ann.presses("➕ Look for another one")
    await ann.presses(role)
    await ann.presses("⏭ To be agreed")
    await ann.says("Coating")
    await ann.presses("📨 Ask")


async def test_one_of_an_organisation_who_stands_nearest(
    ann: Actor, bob: Actor, contact: Actor, eve: Actor, app: App, pillars: list[int]
) -> None:
    """Bořek follows the call, Karel speaks for the organisation, Ann only works there."""
    call = await add_call(app, "Lasery", due(days(40)), pillars=pillars[:1])
    await follows(app, bob, call)
    await seeks(eve, call)
    assert [len(requests(each)) for each in (ann, bob, contact)] == [0, 1, 0]
    other = await add_call(app, "Jiné lasery", due(days(40)), pillars=pillars[:1])
    await seeks(eve, other)
    assert [len(requests(each)) for each in (ann, bob, contact)] == [0, 1, 1]


async def test_not_who_has_turned_calls_off(
    ann: Actor, eve: Actor, app: App, pillars: list[int]
) -> None:
    call = await add_call(app, "Lasery", due(days(40)), pillars=pillars[:1])
    await subscribes(app, eve, Pace.OFF)
    await seeks(ann, call)
    assert not requests(eve)


async def test_not_who_has_dropped_the_call(
    ann: Actor, eve: Actor, app: App, pillars: list[int]
) -> None:
    call = await add_call(app, "Lasery", due(days(40)), pillars=pillars[:1])
    await follows(app, eve, call)
    async with app.db.writing() as session:
        who = await by_telegram(session, eve.id)
        assert who is not None
        row = await session.get(Interest, (who.key, call))
        assert row is not None
        row.following, row.unfit = False, Unfit.FIELD
    await subscribes(app, eve)
    await seeks(ann, call)
    assert not requests(eve)


async def test_twice_a_week_is_enough(
    ann: Actor, bob: Actor, eve: Actor, app: App, pillars: list[int], wait: Wait
) -> None:
    calls = [
        await add_call(app, f"Lasery {n}", due(days(40)), pillars=pillars[:1]) for n in range(3)
    ]
    await subscribes(app, eve)
    for each in calls:
        await seeks(ann, each)
    assert len(requests(eve)) == 2
    await seeks(bob, calls[2], czech=True)
    assert len(requests(eve)) == 2
    await wait(timedelta(days=8))
    await bob.presses_data("cp.more:4")
    assert len(requests(eve)) == 3
