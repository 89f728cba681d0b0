"""An announcement leaves when it is to: after a minute, at a time, at decent hours, on Monday."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.app import App
from storage.audit import Audit
from tests.actors import Actor
from tests.stories.announcing import MINUTE, SOON, Wait, write

SEND = "📨 Poslat 4 lidem"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
async def everybody_is_up(
    ann: Actor, bob: Actor, contact: Actor, eve: Actor, manager: Actor, wait: Wait
) -> None:
    """The four members whom announcements reach; and the manager has had the morning's card."""
    await wait(SOON)


async def send_at(who: Actor, when: str) -> None:
    await who.presses("🕗 Kdy a jak")
    await who.presses("🕗 Jiný čas…")
    await who.says(when)


@pytest.mark.postgres
async def test_a_minute_to_think_better_of_it(manager: Actor, ann: Actor, wait: Wait) -> None:
    await write(manager)
    await manager.presses(SEND)
    assert "Odejde v 9:01:04" in manager.screen
    assert "Dostanou ji 4 lidé." in manager.screen
    await wait(MINUTE / 2)
    assert not ann.heard
    await manager.presses("↩️ Vzít zpět")
    assert manager.toast == "Vzato zpět, nic neodešlo."
    await wait(2 * MINUTE)
    assert not ann.heard
    assert SEND in manager.buttons
    await manager.presses(SEND)
    await wait(MINUTE)
    assert ann.heard == ["Zítra je volno."]


async def test_the_message_shows_that_it_has_left(manager: Actor, wait: Wait) -> None:
    await write(manager)
    await manager.presses(SEND)
    shown_in = manager.messages[-1]["message_id"]
    await wait(MINUTE)
    await wait(SOON)
    drawn = {each["message_id"]: each["text"] for each in manager.messages}
    assert "Doručeno: 4 z 4" in drawn[shown_in]


async def test_it_cannot_be_taken_back_when_it_has_left(manager: Actor, wait: Wait) -> None:
    await write(manager)
    await manager.presses(SEND)
    await wait(MINUTE)
    await manager.presses_data("an.undo:1")
    assert manager.toast == "Oznámení už je odeslané, změnit ho nejde."


async def test_what_is_about_to_leave_is_not_changed(manager: Actor, assistant: Actor) -> None:
    await write(manager)
    await manager.presses(SEND)
    await assistant.says("/start")
    await assistant.presses_data("an.re:1")
    assert "Nejdřív ho vezměte zpět" in str(assistant.toast)


async def test_two_managers_at_one_draft(
    manager: Actor, assistant: Actor, ann: Actor, wait: Wait
) -> None:
    """What the second one writes while the first one sends becomes a draft of its own."""
    await write(manager)
    await assistant.says("/start")
    await assistant.presses_data("an.re:1")
    await manager.presses(SEND)
    await assistant.says("Zítra volno není.")
    assert "Zatím nikam neodešla." in assistant.screen
    await wait(MINUTE)
    assert ann.heard == ["Zítra je volno."]


async def test_this_afternoon(manager: Actor, ann: Actor, wait: Wait) -> None:
    await write(manager)
    await manager.presses("🕗 Kdy a jak")
    await manager.presses("🕗 pondělí 1. 3. 2027 16:00")
    assert "Odejde: pondělí 1. 3. 2027 16:00" in manager.screen
    await wait(7 * HOUR - 2 * SOON)
    assert not ann.heard
    await wait(SOON)
    assert ann.heard == ["Zítra je volno."]


async def test_in_the_past(manager: Actor, ann: Actor) -> None:
    await write(manager)
    await send_at(manager, "1. 3. 2027 8:00")
    assert "Tenhle čas už minul." in manager.screen
    await manager.says("včera")
    assert "Tomuhle datu nerozumím." in manager.screen
    await manager.says("26. 2. 9:00")
    assert "To by bylo až sobota 26. 2. 2028 9:00." in manager.screen
    await manager.presses_data("an.at:1:2:30000:1")
    assert "Tenhle čas už minul." in str(manager.toast)
    await manager.presses("Zrušit")
    assert "Kdy a jak?" in manager.screen
    assert not ann.heard


async def test_at_three_in_the_night(manager: Actor, ann: Actor, wait: Wait) -> None:
    await write(manager)
    await send_at(manager, "2. 3. 2027 3:00")
    assert "Opravdu v 3:00?" in manager.screen
    assert "Lidé tou dobou odpočívají" in manager.screen
    await wait(DAY - HOUR)
    assert not ann.heard
    await manager.presses("Ještě ne")
    await send_at(manager, "3. 3. 2027 3:00")
    await manager.presses("📨 Ano, 4 lidem")
    await wait(19 * HOUR + MINUTE)
    assert ann.heard == ["Zítra je volno."]


async def test_an_hour_that_the_clocks_skip(manager: Actor) -> None:
    await write(manager)
    await send_at(manager, "28. 3. 2027 2:30")
    assert "Takový den nebo čas není." in manager.screen


async def test_a_year_ahead_and_no_more(manager: Actor) -> None:
    await write(manager)
    await send_at(manager, "1. 6. 2028 9:00")
    assert "víc než rok dopředu" in str(manager.toast or manager.screen)


@pytest.mark.parametrize(("late", "leaves"), [(HOUR, True), (3 * HOUR, False)])
async def test_a_time_that_was_slept_through(
    manager: Actor, ann: Actor, wait: Wait, *, late: timedelta, leaves: bool
) -> None:
    await write(manager)
    await send_at(manager, "1. 3. 2027 12:00")
    await wait(3 * HOUR + late)
    assert bool(ann.heard) is leaves
    if leaves:
        return
    assert "Tohle neodešlo: Zítra je volno." in manager.screen
    assert "Mělo odejít pondělí 1. 3. 2027 12:00" in manager.screen
    await wait(SOON)
    await manager.presses("👁 Podívat se")
    await manager.presses(SEND)
    await wait(MINUTE)
    assert ann.heard == ["Zítra je volno."]


async def test_after_hours_it_leaves_in_the_morning(
    manager: Actor, ann: Actor, wait: Wait
) -> None:
    await wait(24 * DAY + 12 * HOUR)  # Thursday before Easter, nine in the evening
    await write(manager)
    await manager.presses("🕗 Kdy a jak")
    await manager.presses("▫️ Jen v pracovní době")
    assert "✅ Jen v pracovní době" in manager.buttons
    await manager.presses("◀ Zpět")
    assert "Odchází jen v pracovní dny od 8 do 20 hodin." in manager.screen
    await manager.presses(SEND)
    assert "Odejde: úterý 30. 3. 2027 8:00" in manager.screen
    await wait(4 * DAY + 10 * HOUR - 2 * SOON)  # the clocks have been turned in the meantime
    assert not ann.heard
    await wait(SOON)
    assert ann.heard == ["Zítra je volno."]


async def test_it_rests_overnight(
    app: App, manager: Actor, ann: Actor, bob: Actor, contact: Actor, eve: Actor, wait: Wait
) -> None:
    await wait(11 * HOUR - 2 * MINUTE)
    await write(manager)
    await manager.presses("🕗 Kdy a jak")
    await manager.presses("▫️ Jen v pracovní době")
    await manager.presses("◀ Zpět")
    app.gate.per_second = 0.0001
    app.gate.reopen(0, 0, ())
    await manager.presses(SEND)
    await wait(MINUTE)
    await wait(MINUTE)
    assert "Rozesílání je pozastavené" in manager.screen
    assert "Pokračuje ráno v nejbližší pracovní den." in manager.screen
    app.gate.per_second = 0
    await wait(6 * HOUR)
    assert sum(len(who.heard) for who in (ann, bob, contact, eve)) == 1
    await wait(6 * HOUR)
    await wait(SOON)
    assert [who.heard for who in (ann, bob, contact, eve)] == [["Zítra je volno."]] * 4
    assert "Doručeno: 4 z 4" in manager.screen


async def test_into_mondays_digest(manager: Actor, ann: Actor, bob: Actor, wait: Wait) -> None:
    await write(manager)
    await manager.presses("🕗 Kdy a jak")
    await manager.presses("▫️ V pondělním přehledu")
    await manager.presses("◀ Zpět")
    assert "Najdou ji v pondělním přehledu." in manager.screen
    await manager.presses(SEND)
    await wait(MINUTE)
    await wait(SOON)
    assert not ann.heard
    assert not bob.heard
    await wait(7 * DAY)
    assert "Zítra je volno." in bob.screen


async def test_the_third_of_a_week_waits_unless_it_is_urgent(
    app: App, manager: Actor, ann: Actor, wait: Wait
) -> None:
    for number in range(2):
        await write(manager, f"Zpráva {number}")
        await manager.presses(SEND)
        await wait(MINUTE)
        await wait(SOON)
    await write(manager, "Třetí")
    assert "4 z nich už mají tento týden zpráv dost" in manager.screen
    await manager.presses(SEND)
    await wait(MINUTE)
    assert ann.heard == ["Zpráva 0", "Zpráva 1"]
    await write(manager, "Hoří!")
    await manager.presses("🕗 Kdy a jak")
    await manager.presses("‼️ Je to naléhavé…")
    await manager.says("x" * 201)
    assert "nejvýš 200 znaků" in manager.screen
    await manager.says("Evakuace budovy")
    assert "Naléhavé, všem hned: Evakuace budovy" in manager.screen
    await manager.presses("◀ Zpět")
    await manager.presses(SEND)
    await wait(MINUTE)
    assert ann.heard == ["Zpráva 0", "Zpráva 1", "Hoří!"]
    async with app.db.reading() as session:
        query = select(Audit).where(Audit.action == "announcement.send")
        reasons = [each.details.get("urgent") for each in await session.exec(query)]
    assert reasons == [None, None, None, "Evakuace budovy"]


async def test_an_assistant_sets_no_time(assistant: Actor, ann: Actor, wait: Wait) -> None:
    await write(assistant)
    await assistant.presses_data("an.when:1")
    assert not [each for each in assistant.buttons if each.startswith("🕗")]
    await assistant.presses_data("an.at:1:2:30050000:1")
    assert assistant.alert
    await wait(DAY)
    assert not ann.heard


async def test_a_manager_gives_a_draft_back(
    manager: Actor, assistant: Actor, ann: Actor, wait: Wait
) -> None:
    await write(assistant)
    await assistant.presses("🙋 Předat manažerovi")
    assert "Zítra je volno." in manager.heard
    await manager.presses("↩️ Vrátit s poznámkou")
    await manager.says("Doplňte prosím datum.")
    assert "Marie Manažerová vrací oznámení: Zítra je volno." in assistant.screen
    assert "Doplňte prosím datum." in assistant.screen
    await assistant.presses("👁 Podívat se")
    await assistant.presses("✏️ Napsat znovu")
    await assistant.says("Zítra, 2. 3., je volno.")
    await assistant.presses("🙋 Předat manažerovi")
    await manager.presses("✅ Schválit a poslat")
    await wait(MINUTE)
    assert ann.heard == ["Zítra, 2. 3., je volno."]
