"""What people want to hear of calls, and what their organisations are when they bid."""

from bot.app import App
from bot.domain import privacy
from handlers.calls.profile import SetRegion, SetSize
from handlers.calls.subscribing import SetPace, ToggleKind, TogglePillar
from handlers.calls.ways import FollowCall
from handlers.links import OpenCallSettings
from storage.people import by_telegram
from tests.actors import Actor
from tests.stories.alerting import CZECH, ENGLISH, announce, reminders, subscribes, until
from tests.stories.announcing import Wait
from tests.stories.calls import add_pillars
from tests.stories.reminding import prague


async def test_the_first_question_is_when(bob: Actor) -> None:
    await bob.says("/nastaveni")
    await bob.presses(CZECH)
    assert "Mám vám psát o výzvách?" in bob.screen
    assert "shodou 80" in bob.screen
    await bob.presses("▫️ Týdně v pondělí v 8:00")
    assert "Píšu: týdně v pondělí v 8:00" in bob.screen
    await bob.says("/nastaveni")
    await bob.presses(CZECH)
    assert "Píšu: týdně v pondělí v 8:00" in bob.screen
    await bob.presses("🕗 Kdy")
    assert "✅ Týdně v pondělí v 8:00" in bob.buttons


async def test_pillars_of_ones_own(ann: Actor, app: App) -> None:
    await add_pillars(app, "Lasers", "Microscopy")
    await subscribes(ann, "Daily at 8:00")
    assert "Lasers (en) (as your organisation)" in ann.screen
    await ann.presses("👥 Pillars")
    await ann.presses("▫️ Microscopy (en)")
    await ann.presses("✅ Lasers (en)")
    await ann.presses("✅ Microscopy (en)")
    assert ann.alert
    await ann.presses("↩️ As my organisation")
    assert "✅ Lasers (en)" in ann.buttons
    assert "▫️ Microscopy (en)" in ann.buttons


async def test_the_last_kind_stays(ann: Actor) -> None:
    await subscribes(ann, "Daily at 8:00")
    await ann.presses("🏷 Kinds")
    for kind in ("National", "European", "Regional"):
        await ann.presses(f"✅ {kind}")
    await ann.presses("✅ Vouchers")
    assert ann.alert
    assert "✅ Vouchers" in ann.buttons


async def test_the_contact_person_is_asked_for_the_profile(contact: Actor) -> None:
    await subscribes(contact, "Denně v 8:00")
    assert "kraj a velikost" in contact.screen
    await contact.presses("🏢 Organizace")
    await contact.presses("📍 Kraj")
    await contact.presses("Olomoucký kraj")
    assert "Jak velká je vaše organizace?" in contact.screen
    await contact.presses("Malá, do 49 lidí")
    assert "Kraj: Olomoucký kraj" in contact.screen
    assert "Velikost: Malá, do 49 lidí" in contact.screen
    await contact.presses("◀ Zpět")
    assert "kraj a velikost" not in contact.screen


async def test_others_read_it_only(ann: Actor, eve: Actor, manager: Actor) -> None:
    await ann.says("/menu")
    for button in (SetRegion(1, "CZ010"), SetSize(1, "small")):
        await ann.presses_data(button.pack())
        assert ann.alert
    await subscribes(ann, "Daily at 8:00")
    await ann.presses("🏢 Organisation")
    assert "📍 Region" not in ann.buttons
    await manager.says("/menu")
    await manager.presses_data(SetRegion(1, "CZ010").pack())
    assert "Jak velká" in manager.screen
    await manager.presses_data(SetRegion(1, "US").pack())
    assert manager.alert
    await manager.presses_data(SetRegion(999, "CZ010").pack())
    assert manager.alert


async def test_nonsense_on_buttons(ann: Actor, guest: Actor) -> None:
    for actor in (ann, guest):
        await actor.says("/menu")
        for button in (SetPace("x"), ToggleKind("x"), TogglePillar(77)):
            await actor.presses_data(button.pack())
            assert actor.alert
    await guest.presses_data(OpenCallSettings().pack())
    assert guest.alert
    await guest.says("/nastaveni")
    assert ENGLISH not in guest.buttons
    assert CZECH not in guest.buttons


async def test_given_out_and_forgotten(ann: Actor, app: App, wait: Wait) -> None:
    (lasers,) = await add_pillars(app, "Lasers")
    await subscribes(ann, "Daily at 8:00")
    key = await announce(app, "Lenses", pillars=[lasers])
    await until(app, wait, prague(2, 8, month=3))
    await ann.presses_data(FollowCall(key).pack())
    async with app.db.writing() as session:
        me = await by_telegram(session, ann.id)
        assert me is not None
        kept = await privacy.export(session, me, app.clock())
        assert kept["calls_wanted"][0]["pace"] == "daily"
        assert kept["calls_followed"][0]["call_id"] == key
        assert len(kept["calls_told"]) == 1
        assert kept["call_reminders"]
        await privacy.forget(session, me, app.clock())
        kept = await privacy.export(session, me, app.clock())
        names = ("calls_wanted", "calls_followed", "calls_told", "call_reminders")
        assert [kept[name] for name in names] == [[], [], [], []]
    await until(app, wait, prague(31, 9))
    assert reminders(ann) == []
