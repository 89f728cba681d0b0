"""Calls as people leaf through them: what is for me, by pillar, kind and deadline."""

import pytest

from bot.app import App
from storage.calls.alerts import Interest, Unfit
from storage.calls.records import Kind, Stage, State
from storage.people import by_telegram
from tests.actors import Actor
from tests.conftest import NOW
from tests.stories.calls import add_call, add_pillars, days, due, listed


async def test_before_there_are_any(bob: Actor, ann: Actor) -> None:
    await bob.says("/vyzvy")
    assert "Teď není otevřená žádná výzva" in bob.screen
    assert "🏠 Domů" in bob.buttons
    await ann.says("/calls")
    assert "No call is open now" in ann.screen


@pytest.mark.postgres
async def test_a_member_sees_first_what_is_for_them_by_deadline(app: App, bob: Actor) -> None:
    laser, light = await add_pillars(app, "Lasery", "Světlo")
    await add_call(app, "Pozdější lasery", due(days(60)), pillars=[laser])
    await add_call(app, "Dřívější lasery", due(days(20)), pillars=[laser])
    await add_call(app, "Světla", due(days(10)), pillars=[light])
    await add_call(app, "Pro všechny obory", due(days(30)), topic=False)
    await add_call(app, "Průběžná", pillars=[laser], continuous=True, opens_at=days(-9))
    await bob.says("/vyzvy")
    assert "Výzvy · Pro mě" in bob.screen
    assert listed(bob) == ["Dřívější lasery", "Pro všechny obory", "Pozdější lasery", "Průběžná"]
    assert "shoda " in bob.screen
    assert "(za 20 dní)" not in bob.screen
    assert "za 20 dní" in bob.screen


async def test_narrowed_down_by_pillar_kind_and_deadline(app: App, ann: Actor) -> None:
    laser, light = await add_pillars(app, "Lasers", "Light")
    await add_call(app, "Soon", due(days(20)), pillars=[laser])
    await add_call(app, "Later", due(days(60)), pillars=[laser], kind=Kind.EUROPEAN)
    await add_call(app, "Far", due(days(120)), pillars=[light], kind=Kind.EUROPEAN)
    await add_call(app, "Some day", pillars=[laser], state=State.FORECAST, opens_at=days(40))
    await ann.says("/calls")
    await ann.presses("👥 For me")
    assert "All pillars · 4" in ann.buttons
    assert "Light (en) · 1" in ann.buttons
    await ann.presses("All pillars · 4")
    assert listed(ann) == ["Soon", "Later", "Far", "Some day"]
    await ann.presses("⏳ 30 days (1)")
    assert listed(ann) == ["Soon"]
    await ann.presses("✓ 30 days")
    await ann.presses("⏳ 90 days (2)")
    assert listed(ann) == ["Soon", "Later"]
    await ann.presses("🏷 All kinds")
    await ann.presses("European · 1")
    assert listed(ann) == ["Later"]
    await ann.presses("✓ 90 days")
    await ann.presses("🔭 Forecast (0)")
    assert "No such call is open now" in ann.screen
    await ann.presses("🏷 European")
    await ann.presses("All kinds · 1")
    assert listed(ann) == ["Some day"]
    assert "expected: April 2027" in ann.screen


async def test_five_a_page_and_back_to_the_page(app: App, bob: Actor) -> None:
    for number in range(12):
        await add_call(app, f"Výzva {number:02}", due(days(10 + number)))
    await bob.says("/vyzvy")
    assert listed(bob) == [f"Výzva {number:02}" for number in range(5)]
    await bob.presses("▶")
    await bob.presses("💶 Výzva 07")
    assert bob.screen.startswith("💶 Výzva 07")
    await bob.presses("◀ Zpět")
    assert "2/3" in bob.buttons
    assert listed(bob)[0] == "Výzva 05"


async def test_a_guest_leafs_through_calls_without_fit(app: App, guest: Actor) -> None:
    await add_pillars(app, "Lasery")
    key = await add_call(app, "Pro kohokoli", due(days(20)))
    await guest.says("/vyzvy")
    assert listed(guest) == ["Pro kohokoli"]
    assert "shoda" not in guest.screen
    assert "🔔 Nastavit upozornění" not in guest.buttons
    await guest.presses_data(f"ca.open:{key}")
    assert guest.screen.startswith("💶 Pro kohokoli")
    assert "Shoda" not in guest.screen
    assert not {"👁 Sledovat", "🤝 Hledám partnera", "👎 Ne pro nás"} & set(guest.buttons)


@pytest.mark.parametrize("stage", [Stage.WAITING, Stage.DRAFT, Stage.DECLINED, Stage.QUIET])
async def test_what_was_not_sent_is_in_no_list(app: App, bob: Actor, stage: Stage) -> None:
    await add_call(app, "Tajná", due(days(20)), stage=stage)
    await bob.says("/vyzvy")
    assert listed(bob) == []


async def test_what_is_over_is_in_no_list(app: App, bob: Actor) -> None:
    await add_call(app, "Minulá", due(days(-1)))
    await add_call(app, "Zavřená", due(days(9)), state=State.CLOSED)
    await add_call(app, "Zrušená", due(days(9)), state=State.CANCELLED)
    await add_call(app, "Na dvakrát", due(days(-5)), due(days(5)))
    await bob.says("/vyzvy")
    assert listed(bob) == ["Na dvakrát"]
    assert "za 5 dní" in bob.screen


async def test_what_is_not_for_us_leaves_my_list_and_stays_in_all(app: App, bob: Actor) -> None:
    (laser,) = await add_pillars(app, "Lasery")
    key = await add_call(app, "Lasery", due(days(20)), pillars=[laser])
    await add_call(app, "Jiné lasery", due(days(30)), pillars=[laser])
    async with app.db.writing() as session:
        me = await by_telegram(session, bob.id)
        assert me is not None
        unfit = Interest(
            person_id=me.key, call_id=key, following=False, unfit=Unfit.TOO_SMALL, since=NOW
        )
        session.add(unfit)
    await bob.says("/vyzvy")
    assert listed(bob) == ["Jiné lasery"]
    await bob.presses("👥 Pro mě")
    await bob.presses("Všechny pilíře · 2")
    assert listed(bob) == ["Lasery", "Jiné lasery"]


async def test_what_i_follow(app: App, bob: Actor) -> None:
    key = await add_call(app, "Sledovaná", due(days(20)))
    await add_call(app, "Jiná", due(days(30)))
    await bob.says("/vyzvy")
    await bob.presses_data(f"ca.fol:{key}")
    await bob.presses_data("ca.ls:-2:0:0:0")
    assert listed(bob) == ["Sledovaná"]
    assert "👁 Sledovaná" in bob.buttons


@pytest.mark.parametrize("data", ["ca.ls:0:77:0:0", "ca.ls:0:0:-1:0", "ca.it:999:0:0:0:0"])
async def test_buttons_of_old_lists(bob: Actor, data: str) -> None:
    await bob.says("/vyzvy")
    await bob.presses_data(data)
    assert bob.alert
    await bob.presses_data("ca.ls:777:0:0:9999")
    assert "Teď není otevřená žádná výzva" in bob.screen


async def test_the_menu_says_how_many_end_within_a_month(
    app: App, bob: Actor, guest: Actor
) -> None:
    (laser,) = await add_pillars(app, "Lasery")
    await add_call(app, "Brzy", due(days(20)), pillars=[laser])
    await add_call(app, "Později", due(days(60)), pillars=[laser])
    await bob.says("/menu")
    assert "💶 Výzvy (1)" in bob.buttons
    await bob.says("/start")
    assert "💶 Výzvy (1)" in bob.buttons
    await guest.says("/menu")
    assert "💶 Výzvy" in guest.buttons


async def test_a_title_of_anything_is_only_words(app: App, bob: Actor) -> None:
    title = "<b>Lasery</b> & {t} " + "dlouhé " * 60
    await add_call(app, title, due(days(20)), programme="<i>", code="x")
    await bob.says("/vyzvy")
    assert "<b>Lasery</b> & {t}" in bob.screen
    assert len(bob.screen) < 500
