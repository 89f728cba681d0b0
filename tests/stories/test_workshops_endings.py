"""An event is called off before it starts, or ends early while it runs."""

from datetime import timedelta

import pytest

from bot.app import App
from storage.workshops import State, find
from tests.actors import Actor
from tests.stories.announcing import Wait
from tests.stories.leading import HOUR, leads, plan_two_days, signs_up
from tests.stories.workshops import START, Plan


@pytest.mark.postgres
async def test_the_rest_of_a_running_event(
    app: App, manager: Actor, ann: Actor, bob: Actor, eve: Actor, plan: Plan, wait: Wait
) -> None:
    key = await plan_two_days(plan)
    await signs_up(ann, bob)
    await eve.says("/start")
    await wait(START - app.clock() + HOUR)
    await leads(manager, "⏹ Ukončit akci")
    assert "už začala" in manager.screen
    assert "❌ Nekoná se: Večer\n❌ Nekoná se: Den 2" in manager.screen
    assert "Dozvědí se to 2 lidé." in manager.screen
    await manager.presses("⏹ Ano, ukončit hned")
    assert manager.toast == "Akce je ukončená."
    told = [text for text in ann.heard if "ends now, earlier than planned" in text]
    assert len(told) == 1
    assert "Den 2\n🕘 Sat 15 May 2027, 09:00–13:00 will not take place" in told[0]
    assert [text for text in bob.heard if "končí dřív, než bylo v plánu" in text]
    assert not [text for text in eve.heard if "earlier" in text]
    async with app.db.reading() as session:
        event = await find(session, key)
    assert event is not None
    assert event.state == State.PUBLISHED
    assert [part.name for part in event.parts] == ["Den 1"]
    assert event.ends_at == START + HOUR
    await manager.presses_data(f"ws.end!:{key}")
    assert manager.alert


async def test_a_button_from_before_it_began(
    manager: Actor, ann: Actor, plan: Plan, wait: Wait
) -> None:
    key = await plan_two_days(plan)
    await signs_up(ann)
    await manager.presses_data(f"ws.end!:{key}")
    assert manager.alert
    await leads(manager, "❌ Zrušit akci")
    await wait(START - plan.app.clock() + HOUR)
    await manager.presses("❌ Ano, zrušit akci")
    assert manager.alert
    assert "Už to začalo" in (manager.toast or "")
    assert not [text for text in ann.heard if "cancelled" in text]


async def test_nothing_is_left_to_end(manager: Actor, plan: Plan, wait: Wait) -> None:
    await plan_two_days(plan)
    await leads(manager)
    assert len(manager.messages[-1]["reply_markup"]["inline_keyboard"]) == 5
    await wait(START - plan.app.clock() + timedelta(days=3))
    await manager.presses_data("ws.off:1")
    assert manager.alert
