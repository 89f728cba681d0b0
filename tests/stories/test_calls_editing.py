"""Every field of a call can be set right; odd dates are asked about, and nothing typed is lost."""

from datetime import UTC, datetime

import pytest
from sqlmodel import col, select

from bot.app import App
from storage.calls.history import Change, Proposal, Turn
from storage.calls.records import Deadline, GrantCall, Purpose, Stage, State
from tests.actors import Actor
from tests.conftest import NOW
from tests.stories.calls import add_call, days, due
from tests.stories.test_calls_desk import LASERS, call_of, deeds, opens, waiting

pytestmark = pytest.mark.postgres


async def deadlines(app: App, key: int) -> list[Deadline]:
    async with app.db.reading() as session:
        query = select(Deadline).where(Deadline.call_id == key).order_by(col(Deadline.at))
        return list((await session.exec(query)).all())


async def edits(manager: Actor, group: str, title: str = LASERS) -> None:
    await opens(manager, title)
    await manager.presses("✏️ Upravit")
    await manager.presses(group)


async def test_texts_amounts_and_what_cannot_be_read(app: App, manager: Actor) -> None:
    key = await waiting(app)
    await edits(manager, "📝 Název a text")
    await manager.presses("Český název")
    await manager.says("Lasery <pro> průmysl & vědu")
    assert "Lasery <pro> průmysl & vědu" in manager.screen
    await manager.presses("Odkaz")
    await manager.says("agency.test")
    assert "To není odkaz" in manager.screen
    await manager.says("https://agency.test/vyzva")
    await edits(manager, "💰 Peníze", "Lasery <pro> průmysl & vědu")
    await manager.presses("Na projekt nejvýš")
    await manager.says("mraky peněz")
    assert "Této částce nerozumím" in manager.screen
    await manager.says("2,5 mil. Kč")
    assert "2,5\xa0mil. Kč" in manager.screen
    await manager.presses("Na projekt nejméně")
    await manager.says("3 000 000")
    assert "vyšší než největší" in manager.screen
    await manager.says("500 000")
    call = await call_of(app, key)
    assert (call.support_least, call.support_most, call.currency) == (500_000, 2_500_000, "CZK")
    assert {"title_cs", "link", "support_most", "currency"} <= set(call.by_hand)
    assert set(await deeds(app)) == {"call.edited"}


async def test_choices_regions_and_applicants(app: App, manager: Actor) -> None:
    key = await waiting(app)
    await edits(manager, "👤 Kdo může žádat")
    await manager.presses("Vyloučené kraje")
    await manager.presses("⬜️ Praha")
    assert "✅ Praha" in manager.buttons
    await manager.presses("◀ Zpět")
    await manager.presses("Použití")
    await manager.presses("obrana")
    await manager.presses("Kdo může žádat")
    await manager.presses(next(each for each in manager.buttons if "klastr" in each))
    call = await call_of(app, key)
    assert (call.regions_out, call.applicants, call.purpose) == (
        ["CZ010"],
        ["cluster"],
        Purpose.DEFENCE,
    )


async def test_deadlines_with_what_is_odd_about_them(app: App, manager: Actor) -> None:
    key = await add_call(app, LASERS, stage=Stage.WAITING)
    await edits(manager, "⏳ Uzávěrky")
    await manager.presses("⏳ Uzávěrky")
    await manager.presses("➕ Přidat uzávěrku")
    await manager.says("kdykoli")
    assert "Tomuhle datu nerozumím" in manager.screen
    await manager.says("5. 4. 2027")
    assert "čas ve výzvě" in manager.screen
    [its] = await deadlines(app, key)
    assert (its.hour_known, its.at) == (False, datetime(2027, 4, 5, 21, 59, 59, tzinfo=UTC))
    await manager.presses("➕ Přidat uzávěrku")
    await manager.says("5. 4. 2027 12:00")
    assert "Na ten den už uzávěrka je" in manager.screen
    await manager.says("aktivita a)")
    assert [(each.what, each.hour_known) for each in await deadlines(app, key)] == [
        ("aktivita a)", True),
        ("", False),
    ]
    await manager.presses("➕ Přidat uzávěrku")
    await manager.says("1. 2. 2027 10:00")
    assert "už minul" in manager.screen
    await manager.says("1. 5. 2027 24:00")
    assert len(await deadlines(app, key)) == 3
    await manager.presses("➕ Přidat uzávěrku")
    await manager.says("1. 2. 2027 10:00")
    await manager.presses("Je to správně")
    found = await deadlines(app, key)
    assert found[0].at == datetime(2027, 2, 1, 9, tzinfo=UTC)
    assert found[-1].at == datetime(2027, 5, 1, 22, tzinfo=UTC)
    assert (await call_of(app, key)).last_deadline_at == found[-1].at


async def test_the_new_one_instead_and_another_zone(app: App, manager: Actor) -> None:
    key = await waiting(app)
    [old] = await deadlines(app, key)
    day = old.at.astimezone(UTC).strftime("%-d. %-m. %Y")
    await edits(manager, "⏳ Uzávěrky")
    await manager.presses("⏳ Uzávěrky")
    await manager.presses("➕ Přidat uzávěrku")
    await manager.says(f"{day} 17:00:30")
    await manager.presses("Nahradit novou")
    [new] = await deadlines(app, key)
    assert new.at.strftime("%H:%M:%S") == "16:00:30"
    await manager.presses(next(each for each in manager.buttons if each.startswith("✏️")))
    stale = manager.buttons["🗑 Smazat"]["callback_data"]
    await manager.presses("Londýn")
    [new] = await deadlines(app, key)
    assert (new.zone, new.at.strftime("%H:%M:%S")) == ("Europe/London", "17:00:30")
    await manager.presses_data(stale)
    assert len(await deadlines(app, key)) == 1


async def test_what_has_gone_out_is_the_managers(
    app: App, manager: Actor, assistant: Actor, bob: Actor
) -> None:
    key = await add_call(app, LASERS, due(days(20)))
    await assistant.says("/sprava")
    await assistant.presses_data(f"ca.d.is:{key}:state:cancelled")
    assert assistant.alert
    assert (await call_of(app, key)).state == State.OPEN
    await manager.says("/sprava")
    await manager.presses_data(f"ca.d.is:{key}:state:cancelled")
    async with app.db.reading() as session:
        [change] = (await session.exec(select(Change))).all()
    assert (change.turn, change.source_id) == (Turn.CANCELLED, None)
    await bob.says("/menu")
    await bob.presses_data(f"ca.d.is:{key}:state:open")
    await bob.presses_data(f"ca.d.ef:{key}:title")
    assert bob.alert
    assert (await call_of(app, key)).state == State.CANCELLED


async def test_a_later_deadline_opens_it_again(app: App, manager: Actor) -> None:
    key = await add_call(app, LASERS, due(days(-1)), stage=Stage.WAITING, state=State.CLOSED)
    await manager.says("/sprava")
    await manager.presses_data(f"ca.d.go:{key}:0")
    assert "Uzávěrka už minula" in (manager.toast or "")
    await manager.presses_data(f"ca.d.da:{key}")
    await manager.says("5. 4. 2027 12:00")
    assert (await call_of(app, key)).state == State.OPEN
    await manager.presses_data(f"ca.d.go:{key}:0")
    assert (await call_of(app, key)).stage == Stage.SENT


async def test_left_empty_and_left_alone(app: App, manager: Actor) -> None:
    key = await add_call(app, LASERS, due(), stage=Stage.WAITING, rate=70.0, trl_least=4)
    await edits(manager, "💰 Peníze")
    await manager.presses("Míra podpory v %")
    await manager.presses("🗑 Nechat prázdné")
    assert (await call_of(app, key)).rate is None
    await edits(manager, "🤝 Partneři a TRL")
    await manager.presses("TRL")
    await manager.says("9-4")
    assert "TRL je od 1 do 9" in manager.screen
    await manager.presses("Zrušit")
    call = await call_of(app, key)
    assert (call.trl_least, call.trl_most) == (4, None)


async def test_a_button_of_a_call_that_is_gone(app: App, manager: Actor) -> None:
    for data in ("ca.one:999", "ca.d.ef:999:title", "ca.d.d:1:0:5", "ca.p.y:999", "ca.h.y:999"):
        await manager.says("/sprava")
        await manager.presses_data(data)
        assert manager.alert, data


async def test_every_field_can_be_opened(app: App, manager: Actor) -> None:
    from handlers.calls.editing import GROUPS

    key = await waiting(app)
    for group, (_, fields) in GROUPS.items():
        for field in fields:
            await manager.says("/sprava")
            await manager.presses_data(f"ca.d.eg:{key}:{group}")
            if field != "deadlines":
                await manager.presses_data(f"ca.d.ef:{key}:{field}")
            assert not manager.alert, field
    assert isinstance(await call_of(app, key), GrantCall)


async def test_a_proposal_for_a_call_that_is_out(app: App, manager: Actor) -> None:
    """Sources differ: the manager says which of them is right."""
    key = await add_call(app, LASERS, due(days(20)), budget=10_000_000, currency="CZK")
    async with app.db.writing() as session:
        for field, value in (("budget", 20_000_000), ("budget", 30_000_000)):
            row = Proposal(
                call_id=key, field=field, value=value, snippet=f"alokace {value}", made_at=NOW
            )
            session.add(row)
    await manager.says("/sprava")
    await manager.presses("💶 Výzvy")
    await manager.presses("❓ K potvrzení (1)")
    await manager.presses(f"❓ {LASERS}")
    await manager.presses("❓ Potvrdit údaje (2)")
    assert "Zatím: 10\xa0mil. Kč" in manager.screen
    stale = manager.buttons["✅ Platí"]["callback_data"]
    await manager.presses("✅ Platí")
    assert "Od teď to platí." in (manager.toast or "")
    assert (await call_of(app, key)).budget == 20_000_000
    await manager.presses_data(stale)
    assert "Někdo už rozhodl" in (manager.toast or "")
    async with app.db.reading() as session:
        [change] = (await session.exec(select(Change))).all()
    assert (change.old, change.new, change.turn) == (10_000_000, 20_000_000, Turn.RAISED)
