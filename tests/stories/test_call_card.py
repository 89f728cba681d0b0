"""The card of a call: deadlines, money, conditions, how well it fits, and what can be done."""

from datetime import UTC, datetime

import pytest

from bot.app import App
from bot.domain.calls import values
from bot.domain.calls.found import Due
from storage.calls.history import Turn
from storage.calls.records import Basis, Purpose, Stage, State
from tests.actors import Actor
from tests.stories.calls import IN_TWO_WEEKS, add_call, add_change, add_pillars, days, due

EVENING = datetime(2027, 3, 15, 15, 29, 59, tzinfo=UTC)
MIDNIGHT = datetime(2027, 3, 15, 22, 59, 59, tzinfo=UTC)  # the end of that day in Prague


async def opens(actor: Actor, key: int) -> None:
    await actor.says("/calls")
    await actor.presses_data(f"ca.open:{key}")


@pytest.mark.postgres
async def test_all_that_is_known(app: App, bob: Actor, ann: Actor) -> None:
    (laser,) = await add_pillars(app, "Lasery")
    key = await add_call(
        app,
        "Lasers & <optics>",
        due(),
        pillars=[laser],
        title_cs="Lasery & <optika>",
        programme="TREND",
        provider="TA ČR",
        budget=3_000_000_000,
        support_most=40_000_000,
        basis=Basis.SUPPORT,
        currency="CZK",
        rate=70.0,
        applicants=["sme", "research_org"],
        regions_out=["CZ010"],
        purpose=Purpose.CIVIL,
        partners=3,
        trl_least=4,
        trl_most=7,
        note="Hodí se na společnou linku.",
        internal_at=days(7),
        internal_what="pošlete anotaci",
        one_bid=True,
        link="https://example.org/trend",
        description="O čem výzva je.",
    )
    await opens(bob, key)
    for words in (
        "💶 Lasery & <optika>",
        "TREND · TA ČR · národní",
        "👥 Lasery",
        "⏳ pondělí 15. 3. 2027, 12:00 · za 14 dní",
        "📌 Interní termín klastru: pondělí 8. 3. 2027 – pošlete anotaci",
        "💰 Podpora projektu: až 40 mil. Kč",
        "📐 Míra podpory: až 70 % nákladů",
        "🏦 Pro všechny projekty: 3 mld. Kč",
        "👤 Kdo může žádat: ",
        "⚖️ jen civilní využití",
        "🤝 Nejméně 3 partneři",
        "🔬 TRL 4–7",
        "☝️ Celý klastr může podat jen jednu žádost.",
        "🎯 Shoda ",
        "📝 Využití pro členy: Hodí se na společnou linku.",
        "✅ ověřeno 1. 3. 2027",
    ):
        assert words in bob.screen.replace("\xa0", " ")
    assert bob.buttons["🔗 Text výzvy"]["url"] == "https://example.org/trend"
    await opens(ann, key)
    assert "💶 Lasers & <optics>" in ann.screen
    assert "A project gets up to CZK 40 million" in ann.screen
    assert "⏳ Mon 15 Mar 2027, 12:00 · in 14 days" in ann.screen


async def test_a_deadline_without_an_hour(app: App, bob: Actor) -> None:
    key = await add_call(app, "Bez hodiny", due(MIDNIGHT, hour=False))
    await opens(bob, key)
    assert "⏳ pondělí 15. 3. 2027, čas ve výzvě · za 14 dní" in bob.screen
    assert "23:59" not in bob.screen


async def test_two_deadlines_on_the_same_day_are_one_line(app: App, bob: Actor) -> None:
    key = await add_call(app, "Dvě", due(EVENING, "návrh"), due(MIDNIGHT, "doklady", hour=False))
    await opens(bob, key)
    assert bob.screen.count("15. 3. 2027") == 1
    assert "16:29 – návrh; čas ve výzvě – doklady · za 14 dní" in bob.screen


async def test_a_deadline_that_is_over_is_struck_through(app: App, bob: Actor) -> None:
    key = await add_call(app, "Dvě kola", due(days(-3)), due(days(1)))
    await opens(bob, key)
    assert "<s>pátek 26. 2. 2027" in bob.html
    assert "· zítra" in bob.screen


async def test_what_was_read_from_prose_says_so(app: App, bob: Actor) -> None:
    key = await add_call(app, "Z textu", due(sure=False))
    await opens(bob, key)
    assert "(zatím neověřeno)" in bob.screen


async def test_until_the_money_is_gone_and_not_known(app: App, bob: Actor) -> None:
    await opens(bob, await add_call(app, "Průběžná", continuous=True))
    assert "♾ Příjem průběžně, do vyčerpání peněz." in bob.screen
    await opens(bob, await add_call(app, "Neznámá"))
    assert "Uzávěrka zatím není známa" in bob.screen


async def test_a_forecast_says_the_month(app: App, bob: Actor) -> None:
    key = await add_call(app, "Čekaná", state=State.FORECAST, opens_at=days(70))
    await opens(bob, key)
    assert "🔭 očekává se: květen 2027" in bob.screen
    assert "👁 Sledovat" in bob.buttons


@pytest.mark.parametrize("basis", [None, Basis.COSTS])
async def test_what_an_amount_means_is_said(app: App, ann: Actor, basis: Basis | None) -> None:
    key = await add_call(app, "Money", due(), support_least=2_000_000, currency="EUR", basis=basis)
    await opens(ann, key)
    words = "all of it, not the support" if basis else "support or costs: see the call"
    assert f"from €2 million ({words})" in ann.screen


async def test_who_may_not_apply_reads_why(app: App, bob: Actor) -> None:
    key = await add_call(app, "Jen pro školy", due(), applicants=["university"])
    await bob.says("/vyzvy")
    assert "⚪️" in bob.screen
    await opens(bob, key)
    assert "⚪️ " in bob.screen
    assert "🎯" not in bob.screen


async def test_the_last_change_has_its_old_value_struck_through(app: App, bob: Actor) -> None:
    key = await add_call(app, "Delší", due())
    old, new = [values.plain([Due(at, hour_known=True)]) for at in (days(5), IN_TWO_WEEKS)]
    await add_change(app, key, "budget", 1_000_000, 2_000_000, Turn.RAISED)
    await add_change(app, key, "deadlines", old, new, Turn.EXTENDED)
    await opens(bob, key)
    assert "🔁 Uzávěrka: <s>sobota 6. 3. 2027 9:00</s> → <b>pondělí 15. 3. 2027" in bob.html
    assert "🕓 Historie" in bob.buttons


async def test_of_several_deadlines_only_what_has_changed_is_said(app: App, ann: Actor) -> None:
    key = await add_call(app, "Two rounds", due(), due(days(40)))
    first, second = Due(IN_TWO_WEEKS, hour_known=True), Due(days(40), hour_known=True)
    told = values.plain([first]), values.plain([first, second])
    await add_change(app, key, "deadlines", *told, Turn.EXTENDED)
    await opens(ann, key)
    assert "🔁 Another deadline: Sat 10 Apr 2027 10:00 (1 Mar 2027)" in ann.screen


@pytest.mark.parametrize("state", [State.CLOSED, State.CANCELLED])
async def test_what_is_over_cannot_be_followed(app: App, bob: Actor, state: State) -> None:
    await opens(bob, await add_call(app, "Minulá", due(days(-9)), state=state))
    assert not {"👁 Sledovat", "🤝 Hledám partnera", "👎 Ne pro nás"} & set(bob.buttons)
    assert "🙋 Kdo u nás řeší" in bob.buttons


async def test_only_the_team_sees_what_waits(app: App, bob: Actor, manager: Actor) -> None:
    key = await add_call(app, "Čeká", due(), stage=Stage.WAITING)
    await opens(bob, key)
    assert bob.alert
    await opens(manager, key)
    assert "Tuto výzvu vidí jen tým" in manager.screen
    assert "✏️ Upravit" in manager.buttons


async def test_a_link_opens_the_card(app: App, guest: Actor) -> None:
    key = await add_call(app, "Odkazovaná", due())
    await guest.says(f"/start g{key}")
    assert guest.screen.startswith("💶 Odkazovaná")
    await guest.says("/start g")
    assert "Výzvy · Všechny pilíře" in guest.screen


@pytest.mark.parametrize("token", ["g0", "gx", "g999999999", "g99999999999999999999", "g-1"])
async def test_links_to_nothing_say_so(bob: Actor, token: str) -> None:
    await bob.says(f"/start {token}")
    assert "už tu není" in bob.screen
    assert "🏠 Domů" in bob.buttons


async def test_a_strange_link_is_no_button(app: App, bob: Actor) -> None:
    await opens(bob, await add_call(app, "Odkaz", due(), link="javascript:alert(1)"))
    assert "🔗 Text výzvy" not in bob.buttons
