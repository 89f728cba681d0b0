"""The list at the door: organisations to tap, people to tick off, a name to type."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.app import App
from bot.sandbox.clock import Clock
from storage.audit import Audit
from storage.organisations import Organisation
from storage.people import Person
from storage.workshops import Seat, check_ins
from storage.workshops.check_ins import CheckIn, How
from tests.actors import Actor
from tests.conftest import NOW
from tests.stories.doors import EVENING, HOUR, TITLE, key_of, plan_two_days, sign_up
from tests.stories.workshops import START, Plan

OPEN = START - NOW - HOUR


@pytest.mark.postgres
async def test_by_organisation(
    app: App, clock: Clock, manager: Actor, ann: Actor, bob: Actor, guest: Actor, plan: Plan
) -> None:
    await plan_two_days(plan)
    await sign_up(ann, bob, guest)
    clock.advance(OPEN)
    await manager.presses_data("ws.door:1")
    assert manager.screen.startswith(f"🚪 {TITLE}\n\nDen 1\n🕘 pátek 14. 5. 2027, 9:00–16:00")
    assert "✅ Přišlo: 0/3" in manager.screen
    assert "0/1 Bez organizace" in manager.buttons
    await manager.presses("0/2 Ukázková optika")
    await manager.presses("☐ Ann Member")
    assert manager.toast == "✅ Odbaveno."
    assert "✅ Přišlo: 1/2" in manager.screen
    await manager.presses_data(f"ws.d.t:1:1:1:{await key_of(app, ann)}:0")
    assert manager.toast == "Už bylo odbaveno."
    await manager.presses("☐ Bořek Člen")
    await manager.presses("◀ Zpět")
    assert "✅ Přišlo: 2/3" in manager.screen
    assert "☑ 2/2 Ukázková optika" in manager.buttons
    async with app.db.reading() as session:
        rows = (await session.exec(select(CheckIn))).all()
        marie = await key_of(app, manager)
    assert [(row.how, row.by, row.at) for row in rows] == 2 * [(How.LIST, marie, NOW + OPEN)]


async def test_taking_back_is_written_down(
    app: App, clock: Clock, manager: Actor, ann: Actor, plan: Plan
) -> None:
    await plan_two_days(plan)
    await sign_up(ann)
    clock.advance(OPEN)
    await manager.presses_data("ws.door:1")
    await manager.presses("0/1 Ukázková optika")
    await manager.presses("☐ Ann Member")
    await manager.presses("☑ Ann Member")
    assert manager.toast == "↩️ Vráceno zpět."
    assert "✅ Přišlo: 0/1" in manager.screen
    who = await key_of(app, ann)
    await manager.presses_data(f"ws.d.u:1:1:1:{who}:0")
    async with app.db.reading() as session:
        deeds = (await session.exec(select(Audit))).all()
        assert (await session.exec(select(CheckIn))).all() == []
    back = [deed for deed in deeds if deed.action == "take_back_check_in"]
    assert [deed.subject for deed in back] == ["workshop:1"]
    assert back[0].details == {
        "part": 1,
        "person": who,
        "how": "list",
        "at": (NOW + OPEN).isoformat(),
    }


async def test_part_by_part(
    clock: Clock, manager: Actor, ann: Actor, bob: Actor, plan: Plan
) -> None:
    await plan_two_days(plan)
    await sign_up(ann, bob)
    await ann.presses_data(f"ws.p.in:1:{EVENING}")
    clock.advance(OPEN)
    await manager.presses_data("ws.door:1")
    await manager.presses("▸ Večer")
    assert "✅ Přišlo: 0/1" in manager.screen
    assert "Začátek odbavení: pátek 14. 5. 2027 16:30." in manager.screen
    await manager.presses("0/1 Ukázková optika")
    await manager.presses("☐ Ann Member")
    assert manager.alert
    assert manager.toast == "Odbavení začíná pátek 14. 5. 2027 16:30."
    clock.advance(10 * HOUR)
    await manager.presses_data("ws.door:1")
    assert "Večer\n" in manager.screen


async def test_who_waits_cannot_be_ticked_off(
    app: App, clock: Clock, manager: Actor, ann: Actor, bob: Actor, plan: Plan
) -> None:
    await plan("Lasery", seats=1)
    await sign_up(ann, bob)
    clock.advance(OPEN)
    await manager.presses_data(f"ws.d.t:1:1:1:{await key_of(app, bob)}:0")
    assert manager.alert
    assert manager.toast is not None
    assert manager.toast.startswith("V této části nemá místo.")


async def test_a_typed_name(
    clock: Clock, manager: Actor, ann: Actor, bob: Actor, guest: Actor, plan: Plan
) -> None:
    await plan_two_days(plan)
    await sign_up(ann, bob, guest)
    clock.advance(OPEN)
    await manager.presses_data("ws.door:1")
    await manager.presses("🔎 Napsat jméno")
    await manager.says("cle bor")
    assert list(manager.buttons) == ["Bořek Člen, Ukázková optika", "🚪 Zpět ke vstupu"]
    await manager.says("zzz <b>")
    assert "Nikdo takový se nepřihlásil." in manager.screen
    await manager.says("hostova")
    await manager.presses("Hana Hostová")
    assert "☐ Den 1: má místo\n– Večer: bez místa" in manager.screen
    await manager.presses("✅ Odbavit: Den 1")
    assert "☑️ Den 1: příchod 8:00" in manager.screen
    await manager.presses("↩️ Vrátit: Den 1")
    assert "☐ Den 1: má místo" in manager.screen
    await manager.says("ukazkova")
    assert "Ann Member, Ukázková optika" in manager.buttons
    await manager.presses("🚪 Zpět ke vstupu")
    assert manager.screen.startswith("🚪 ")
    await manager.says("laser")
    assert "🔎" in manager.screen
    assert "ke vstupu" not in str(manager.buttons)


async def test_five_thousand(app: App, clock: Clock, manager: Actor, plan: Plan) -> None:
    """Of fifty organisations, a hundred each: ten on a page, both of these and of people."""
    await plan("Sjezd", seats=5000)
    async with app.db.writing() as session:
        for number in range(50):
            name = f"Firma {number:02}"
            session.add(Organisation(id=100 + number, name=name, short=name, folded=name))
        await session.flush()
        for number in range(5000):
            where = 100 + number // 100
            session.add(Person(id=1000 + number, first_name="Jan", last_name=f"Novák {number:04}",
                               organisation_id=where, met_at=NOW))  # fmt: skip
        await session.flush()
        session.add_all(
            Seat(part_id=1, person_id=1000 + number, taken_at=NOW, seated_at=NOW)
            for number in range(5000)
        )
    clock.advance(OPEN)
    await manager.presses_data("ws.door:1")
    assert "Přišlo: 0/5\u00a0000" in manager.screen
    assert "0/100 Firma 09" in manager.buttons
    assert "1/5" in manager.buttons
    await manager.presses("▶")
    await manager.presses("0/100 Firma 19")
    assert "1/10" in manager.buttons
    await manager.presses_data("ws.d.o:1:1:119:9")
    await manager.presses("☐ Jan Novák 1999")
    assert "10/10" in manager.buttons
    assert "☑ Jan Novák 1999" in manager.buttons
    async with app.db.reading() as session:
        troops = await check_ins.troops(session, 1)
    assert sum(troop.expected for troop in troops) == 5000
    assert sum(troop.came for troop in troops) == 1


async def test_nobody_and_nothing_there(manager: Actor, ann: Actor, plan: Plan) -> None:
    await plan_two_days(plan)
    await manager.presses_data("ws.door:1")
    assert "V této části nemá nikdo místo." in manager.screen
    for data in ("ws.door:99", "ws.d.p:1:99:0", "ws.d.o:1:1:77:0", "ws.d.who:1:99"):
        await manager.presses_data(data)
        assert manager.alert, data
    await ann.says("/menu")
    for data in ("ws.door:1", "ws.d.p:1:1:0", "ws.d.o:1:1:1:0", "ws.d.who:1:2", "ws.d.t:1:1:1:2:0",
                 "ws.d.u:1:1:1:2:0", "ws.d.in:1:1:2:list", "ws.d.sit:1:1:2:list",
                 "ws.d.undo:1:1:2", "ws.d.find:1", "ws.po:1", "ws.h:1", "ws.h.add:1:2",
                 "ws.h.del:1:2", "ws.h.find:1", "ws.h.link:1"):  # fmt: skip
        await ann.presses_data(data)
        assert ann.toast == ("You may not do this. If you should, please write to the manager."), (
            data
        )


async def test_a_day_later_it_can_be_completed(
    clock: Clock, manager: Actor, ann: Actor, plan: Plan
) -> None:
    await plan_two_days(plan)
    await sign_up(ann)
    clock.advance(START - NOW + timedelta(days=3))
    await manager.presses_data("ws.d.p:1:1:0")
    await manager.presses("0/1 Ukázková optika")
    await manager.presses("☐ Ann Member")
    assert "✅ Přišlo: 1/1" in manager.screen
