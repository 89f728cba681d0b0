"""Owners are asked whether records hold; an instrument out of service; the figures of the team."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.app import App
from storage.instruments import Condition, Missed
from storage.instruments.enquiries import Demand, Enquiry, Outcome
from storage.people import by_telegram
from tests.actors import Actor
from tests.stories.equipment import deeds, kept, owns, read_xlsx

Wait = Callable[[timedelta], Awaitable[None]]
DAYS = timedelta(days=1)
pytestmark = pytest.mark.postgres


async def test_one_tap_for_one_record(contact: Actor, app: App, wait: Wait) -> None:
    await owns(app, "Elipsometr")
    await wait(89 * DAYS)
    assert contact.heard == []
    await wait(3 * DAYS)
    assert "Platí tento záznam?" in contact.screen
    await contact.presses("✅ Ano")
    assert contact.toast == "Děkuji, je to potvrzené."
    [it] = await kept(app)
    assert (it.confirmed_at, it.asked_at) == (app.clock(), None)
    assert len(await deeds(app, "instrument.confirmed")) == 1


async def test_many_records_are_one_message(contact: Actor, app: App, wait: Wait) -> None:
    for name in ("Elipsometr", "Pec", "Laser"):
        await owns(app, name)
    await wait(92 * DAYS)
    await wait(timedelta(hours=2))
    assert len(contact.heard) == 1
    assert "Platí tyto 3 záznamy?" in contact.screen
    assert "• Pec" in contact.screen
    await contact.presses("👀 Projít po jednom")
    assert "Laser" in contact.buttons
    await contact.presses("✅ Všechny platí")
    assert contact.toast == "Děkuji, 3 záznamy jsou potvrzené."
    assert {each.asked_at for each in await kept(app)} == {None}


async def test_silence(contact: Actor, ann: Actor, manager: Actor, app: App, wait: Wait) -> None:
    key = await owns(app, "Elipsometr")
    await wait(92 * DAYS)
    await wait(14 * DAYS)
    assert (await kept(app))[0].condition == Condition.CONFIRMED
    await wait(14 * DAYS)
    assert (await kept(app))[0].condition == Condition.UNVERIFIED
    await ann.says("/menu")
    await ann.presses_data(f"in.open:{key}")
    assert "Not verified" in ann.screen
    await wait(14 * DAYS)
    assert (await kept(app))[0].condition == Condition.HIDDEN
    assert "1 záznam nikdo nepotvrdil" in contact.screen
    assert "1 záznam nikdo nepotvrdil" in manager.screen
    await ann.presses_data(f"in.open:{key}")
    assert ann.alert
    await contact.presses("↩️ Elipsometr")
    assert (await kept(app))[0].condition == Condition.CONFIRMED
    await ann.presses_data(f"in.open:{key}")
    assert "Elipsometr" in ann.screen


async def test_nobody_is_asked_at_the_weekend(contact: Actor, app: App, wait: Wait) -> None:
    await owns(app, "Elipsometr")
    await wait(96 * DAYS)  # a Saturday
    assert contact.heard == []
    await wait(2 * DAYS)
    assert len(contact.heard) == 1


async def test_an_owner_without_a_contact_person(manager: Actor, app: App, wait: Wait) -> None:
    await owns(app, "Pec", "Sklo a čočky")
    await wait(92 * DAYS)
    assert "Platí tento záznam?" in manager.screen
    await manager.presses("🗑 Už ne")
    await manager.presses("🙈 Skrýt")
    assert (await kept(app))[0].condition == Condition.HIDDEN


async def test_whoever_may_not_confirms_nothing(ann: Actor, app: App) -> None:
    key = await owns(app, "Elipsometr")
    await ann.says("/menu")
    for data in (f"in.ok:{key}", "in.ok.all:1", "in.ok.go:1:0", "in.ok.all:0"):
        await ann.presses_data(data)
        assert ann.alert


async def test_out_of_service(contact: Actor, eve: Actor, app: App) -> None:
    key = await owns(app, "Elipsometr A")
    await owns(app, "Elipsometr B", "Sklo a čočky")
    async with app.db.writing() as session:
        person = await by_telegram(session, eve.id)
        assert person is not None
        demand = Demand(
            person_id=person.key, text="?", written_at=app.clock(), sent_at=app.clock()
        )
        session.add(demand)
        await session.flush()
        session.add(
            Enquiry(demand_id=demand.key, instrument_id=key, subject="E", asked_at=app.clock())
        )
    await contact.says("/menu")
    await contact.presses_data(f"in.out:{key}")
    await contact.says("včera")
    assert "Napište" in contact.screen or "datum" in contact.screen
    await contact.says("15. 3. 2027")
    await contact.says("Výměna <laseru>")
    assert "Dám vědět 1 člověku" in contact.screen
    assert "Mimo provoz do" in contact.screen
    assert "Elipsometr A is out of service until" in eve.screen
    assert "Why: Výměna <laseru>" in eve.screen
    await contact.presses("🔧 Mimo provoz")
    await contact.presses("✅ Už zase funguje")
    assert "Mimo provoz do" not in contact.screen


async def test_figures_for_the_team(manager: Actor, ann: Actor, app: App) -> None:
    key = await owns(app, "Elipsometr")
    async with app.db.writing() as session:
        person = await by_telegram(session, ann.id)
        assert person is not None
        demand = Demand(
            person_id=person.key, text="?", written_at=app.clock(), sent_at=app.clock()
        )
        session.add(demand)
        session.add(
            Missed(folded="elipsometrie", said="elipsometrie", times=3, last_at=app.clock())
        )
        await session.flush()
        session.add(
            Enquiry(
                demand_id=demand.key,
                instrument_id=key,
                subject="E",
                asked_at=app.clock(),
                first_answer_at=app.clock() + timedelta(hours=5),
                outcome=Outcome.CONTRACT,
            )
        )
    await manager.says("/sprava")
    await manager.presses("🔬 Přístroje")
    assert "1 záznam." in manager.screen
    assert "Medián doby do první odpovědi: 5 h" in manager.screen
    assert "Vzešla z toho spolupráce: 100 %" in manager.screen
    await manager.presses("📊 Jako tabulka")
    head, line = read_xlsx(manager.document)
    assert head[0] == "Čtvrtletí"
    assert line == ["1. čtvrtletí 2027", "žádný", "1", "1", "5", "1", "100"]
    await manager.presses_data("in.fig.p")
    assert manager.photo.startswith(b"\x89PNG")
    await manager.says("/sprava")
    await manager.presses("🔬 Přístroje")
    await manager.presses("🔎 Co chybí")
    await manager.presses("elipsometrie · 3×")
    assert "Elipsometr" in manager.buttons


async def test_figures_are_for_the_team_only(contact: Actor) -> None:
    await contact.says("/menu")
    for data in ("in.desk", "in.fig.p", "in.fig.x", "in.miss", "in.miss.w:1", "in.own:0:0"):
        await contact.presses_data(data)
        assert contact.alert
