"""The desk: new calls wait for the manager's yes, and go out, or do not and why."""

import pytest
from sqlmodel import col, select

from bot.app import App
from storage.audit import Audit
from storage.calls.alerts import Alert
from storage.calls.records import CallPillar, GrantCall, Kind, Purpose, Stage, State
from storage.calls.subscriptions import Pace, Subscription
from storage.people import Person, by_telegram
from tests.actors import Actor
from tests.conftest import CAST, NOW
from tests.stories.calls import add_call, add_pillars, days, due

pytestmark = pytest.mark.postgres

LASERS = "Lasery pro průmysl"


async def subscribe(app: App, *people: Actor) -> None:
    async with app.db.writing() as session:
        for each in people:
            person = await by_telegram(session, each.id)
            assert person is not None
            session.add(Subscription(person_id=person.key, pace=Pace.NOW, changed_at=NOW))


async def crowd(app: App, number: int) -> None:
    """Colleagues of Ann's who want to hear of calls."""
    async with app.db.writing() as session:
        ann = await by_telegram(session, CAST["ann"].id)
        assert ann is not None
        people = [
            Person(
                telegram_id=9000 + each,
                first_name=f"Kolega {each}",
                organisation_id=ann.organisation_id,
                verified_at=NOW,
                met_at=NOW,
            )
            for each in range(number)
        ]
        session.add_all(people)
        await session.flush()
        session.add_all(
            Subscription(person_id=each.key, pace=Pace.DAILY, changed_at=NOW) for each in people
        )


async def call_of(app: App, key: int) -> GrantCall:
    async with app.db.reading() as session:
        found = await session.get(GrantCall, key)
        assert found is not None
        return found


async def deeds(app: App) -> list[str]:
    async with app.db.reading() as session:
        query = select(Audit.action).where(col(Audit.subject).startswith("call:"))
        return list((await session.exec(query.order_by(col(Audit.id)))).all())


async def alerted(app: App) -> int:
    async with app.db.reading() as session:
        return len((await session.exec(select(Alert))).all())


async def waiting(app: App, title: str = LASERS, *, pillars: list[int] | None = None) -> int:
    return await add_call(app, title, due(days(20)), pillars=pillars or (), stage=Stage.WAITING)


async def opens(manager: Actor, title: str = LASERS) -> None:
    await manager.says("/sprava")
    await manager.presses(next(each for each in manager.buttons if "výzvy" in each.lower()))
    await manager.presses(f"💶 {title}")


async def test_from_the_desk_to_people(app: App, manager: Actor, ann: Actor, bob: Actor) -> None:
    pillars = await add_pillars(app, "Lasery")
    await subscribe(app, ann, bob)
    key = await waiting(app, pillars=pillars)
    await manager.says("/sprava")
    await manager.presses("💶 Nové výzvy (1)")
    assert LASERS in manager.screen
    await manager.presses(f"💶 {LASERS}")
    assert "Uslyší o ní 2 lidé" in manager.screen
    await manager.presses("📨 Poslat (2)")
    assert manager.toast == "Odesláno 2 lidem."
    assert (await call_of(app, key)).stage == Stage.SENT
    assert await alerted(app) == 2
    assert await deeds(app) == ["call.sent"]


async def test_sending_twice_tells_once(app: App, manager: Actor, ann: Actor) -> None:
    pillars = await add_pillars(app, "Lasery")
    await subscribe(app, ann)
    await waiting(app, pillars=pillars)
    await opens(manager)
    send = manager.buttons["📨 Poslat (1)"]["callback_data"]
    await manager.presses("📨 Poslat (1)")
    await manager.presses_data(send)
    assert await alerted(app) == 1


async def test_put_aside_and_taken_back(app: App, manager: Actor) -> None:
    key = await waiting(app)
    await opens(manager)
    await manager.presses("🚫 Není pro nás")
    await manager.presses("jiný obor")
    assert "Odloženo: jiný obor" in manager.screen
    assert (await call_of(app, key)).stage == Stage.DECLINED
    await manager.presses("↩️ Vrátit zpět")
    assert (await call_of(app, key)).stage == Stage.WAITING
    assert await deeds(app) == ["call.declined", "call.taken_back"]


async def test_nothing_incomplete_goes_out(app: App, manager: Actor) -> None:
    await add_call(app, "Bez uzávěrky", stage=Stage.WAITING)
    await add_call(app, "Po uzávěrce", due(days(-2)), stage=Stage.WAITING)
    await add_call(app, "Z textu", due(days(9), sure=False), stage=Stage.WAITING)
    await opens(manager, "Bez uzávěrky")
    await manager.presses("📨 Poslat (0)")
    assert manager.toast is not None
    assert manager.toast.startswith("Chybí uzávěrka")
    await opens(manager, "Po uzávěrce")
    await manager.presses("📨 Poslat (0)")
    assert "už minula" in (manager.toast or "")
    await opens(manager, "Z textu")
    await manager.presses("📨 Poslat (0)")
    assert "Nejdřív ji prosím potvrďte" in (manager.toast or "")


async def test_defence_has_a_list_of_its_own(app: App, manager: Actor) -> None:
    for title, programme in (("Optika dronů", "EDIP"), ("Naváděcí lasery", "EDF")):
        await add_call(
            app,
            title,
            due(days(30)),
            stage=Stage.WAITING,
            purpose=Purpose.DEFENCE,
            programme=programme,
            kind=Kind.EUROPEAN,
        )
    await manager.says("/sprava")
    await manager.presses("💶 Nové výzvy (2)")
    await manager.presses("🛡 Obrana (2)")
    assert manager.screen.index("EDF") < manager.screen.index("EDIP")


async def test_an_assistant_prepares_and_the_manager_sends(
    app: App, manager: Actor, assistant: Actor
) -> None:
    key = await waiting(app)
    await opens(assistant)
    await assistant.presses("◀ Zpět")
    assert {"📡 Zdroje", "🧭 Co ke komu jde"}.isdisjoint(assistant.buttons)
    await opens(assistant)
    assert "📨 Poslat (0)" not in assistant.buttons
    await assistant.presses("📤 Předat manažerovi")
    assert assistant.toast == "Manažer o výzvě ví."
    assert "má připravenou výzvu" in manager.screen
    await manager.presses("👁 Podívat se")
    await manager.presses("📨 Poslat (0)")
    assert (await call_of(app, key)).stage == Stage.SENT
    await assistant.presses_data(f"ca.d.nw:{key}:field")
    assert assistant.alert
    assert (await call_of(app, key)).stage == Stage.SENT


async def test_the_note_the_internal_deadline_and_one_bid(app: App, manager: Actor) -> None:
    key = await waiting(app)
    await opens(manager)
    await manager.presses("📝 Poznámka")
    await manager.says("Vhodné pro <obrábění> & svařování")
    assert "Vhodné pro <obrábění> & svařování" in manager.screen
    await manager.presses("📌 Interní termín")
    await manager.says("1. 2. 2027")
    assert "Tohle už bylo" in manager.screen
    await manager.says("30. 12. 2027")
    await manager.presses("Přeskočit")
    assert "váš musí být dřív" in manager.screen
    await manager.says("15. 3. 2027")
    await manager.says("anotaci na stránku")
    assert "anotaci na stránku" in manager.screen
    await manager.presses("⬜️ Jen jedna žádost")
    call = await call_of(app, key)
    assert (call.one_bid, call.internal_what) == (True, "anotaci na stránku")
    assert "☑️ Jen jedna žádost" in manager.buttons


async def test_the_state_of_a_call_that_is_over(app: App, manager: Actor) -> None:
    await add_call(app, "Zavřená", due(days(9)), stage=Stage.DRAFT, state=State.CLOSED)
    await manager.says("/sprava")
    await manager.presses("💶 Výzvy")
    await manager.presses("📝 Rozepsané (1)")
    await manager.presses("💶 Zavřená")
    await manager.presses("📨 Poslat (0)")
    assert "uzavřená nebo zrušená" in (manager.toast or "")


async def test_pillars_by_hand(app: App, manager: Actor) -> None:
    await add_pillars(app, "Lasery", "Mikroskopie")
    key = await waiting(app)
    await opens(manager)
    await manager.presses("✏️ Upravit")
    await manager.presses("👥 Pilíře")
    await manager.presses("⬜️ Mikroskopie")
    assert "✅ Mikroskopie" in manager.buttons
    async with app.db.reading() as session:
        rows = (await session.exec(select(CallPillar).where(CallPillar.call_id == key))).all()
    assert [each.by_hand for each in rows] == [True]
    assert "pillars" in (await call_of(app, key)).by_hand


async def test_many_are_written_to_only_after_a_second_yes(app: App, manager: Actor) -> None:
    pillars = await add_pillars(app, "Lasery")
    await crowd(app, 51)
    key = await waiting(app, pillars=pillars)
    await opens(manager)
    await manager.presses("📨 Poslat (51)")
    assert "Opravdu výzvu poslat 51 lidem?" in manager.screen
    assert (await call_of(app, key)).stage == Stage.WAITING
    await manager.presses("📨 Ano, 51 lidem")
    assert manager.toast == "Odesláno 51 lidem."
    assert await alerted(app) == 51


async def test_a_call_that_has_gone_out_is_not_put_aside(app: App, manager: Actor) -> None:
    key = await add_call(app, LASERS, due(days(20)))
    await manager.says("/sprava")
    await manager.presses_data(f"ca.d.nw:{key}:field")
    assert "už odešla" in (manager.toast or "")
    await manager.presses_data(f"ca.d.un:{key}")
    assert "není odložená" in (manager.toast or "")
    await manager.presses_data(f"ca.d.nw:{key}:boredom")
    await manager.presses_data("ca.d.ls:nothing:deadline:0")
    assert manager.alert


async def test_in_english_a_page_at_a_time(app: App, manager: Actor) -> None:
    for number in range(7):
        await waiting(app, f"Call {number}")
    async with app.db.writing() as session:
        me = await by_telegram(session, manager.id)
        assert me is not None
        me.language = "en"
    await manager.says("/admin")
    await manager.presses("💶 New calls (7)")
    assert "🆕 Waiting: 7" in manager.screen
    await manager.presses("▶")
    assert "💶 Call 6" in manager.buttons
    await manager.presses("💶 Call 6")
    assert "Nobody would hear of it" in manager.screen
