"""Where the whole cluster may hand in but one bid: each organisation has one idea."""

from datetime import timedelta

import pytest

from bot.app import App
from tests.actors import Actor
from tests.stories.announcing import Wait
from tests.stories.bidding import bids_kept
from tests.stories.calls import add_call, days, due


@pytest.fixture
async def call(app: App) -> int:
    """Ideas are due on Thursday 11 March at noon."""
    due_at = days(10) + timedelta(hours=3)
    return await add_call(app, "Jedna za klastr", due(days(40)), one_bid=True, internal_at=due_at)


async def gives(actor: Actor, call: int, text: str) -> None:
    await actor.says("/menu")
    await actor.presses_data(f"cb.idea:{call}")
    await actor.says(text)


@pytest.mark.postgres
async def test_ideas_and_the_choice(
    ann: Actor, bob: Actor, eve: Actor, manager: Actor, app: App, call: int, wait: Wait
) -> None:
    await ann.says("/menu")
    await ann.presses_data(f"ca.bid:{call}")
    assert "Ideas are collected until Thu 11 Mar 2027 12:00." in ann.screen
    await ann.presses("💡 Our idea")
    assert "Your organisation has not put one in yet." in ann.screen
    await ann.presses("✏️ Write our idea")
    await ann.says("Laser <cleaning>")
    assert "Laser <cleaning>" in ann.screen
    await gives(eve, call, "A large lens")
    await bob.says("/menu")
    await bob.presses_data(f"cb.idea:{call}")
    assert bob.toast == "Nápad za vaši organizaci už poslal(a) Ann Member."
    await wait(days(11) - app.clock())
    assert "Sběr nápadů k výzvě Jedna za klastr skončil, přišly 2." in manager.heard[-1]
    await manager.presses("💡 Nápady (2)")
    assert "Laser <cleaning>" in manager.screen
    await manager.presses("Sklo a čočky")
    await manager.presses("🏅 Vybrat tento")
    assert "🏅 Sklo a čočky" in manager.buttons
    assert "Your idea is the cluster's bid" in eve.heard[-1]
    assert "another idea was chosen" in ann.heard[-1]
    await eve.presses("📄 Who handles it")
    assert "and it is yours" in eve.screen
    assert "You have been handling it" in eve.screen
    await ann.presses_data(f"cb.take:{call}")
    assert ann.toast == "The cluster may hand in but one bid, and another idea was chosen."
    await ann.presses_data(f"cb.in:{call}:submitted")
    assert ann.alert
    assert len(await bids_kept(app)) == 1


async def test_it_is_told_once_and_late_ideas_are_refused(
    ann: Actor, manager: Actor, app: App, call: int, wait: Wait
) -> None:
    await wait(days(11) - app.clock())
    await wait(timedelta(hours=3))
    assert sum("Sběr nápadů" in text for text in manager.heard) == 1
    assert "žádný nepřišel" in manager.heard[-1]
    await ann.says("/menu")
    await ann.presses_data(f"cb.idea:{call}")
    assert ann.toast == "Ideas for this call are closed. The manager will tell you the choice."
    await ann.presses_data(f"ca.bid:{call}")
    assert "The manager is choosing." in ann.screen


async def test_changing_ones_mind(ann: Actor, manager: Actor, call: int) -> None:
    await gives(ann, call, "One")
    await ann.presses("✏️ Write it anew")
    await ann.says("Two")
    assert "Two" in ann.screen
    assert "One" not in ann.screen
    await ann.presses("🗑 Take it back")
    assert "Your organisation has not put one in yet." in ann.screen
    await manager.presses_data(f"cb.ideas.t:{call}:0")
    assert "Zatím nikdo nic neposlal." in manager.screen
    await ann.presses("✏️ Write our idea")
    await ann.says("x" * 1501)
    assert "at most 1500 characters" in ann.screen
    await ann.presses("Cancel")
    assert "Jedna za klastr" in ann.screen


async def test_who_may_see_and_choose(
    ann: Actor, eve: Actor, assistant: Actor, manager: Actor, app: App, call: int
) -> None:
    await gives(ann, call, "Laser cleaning")
    await eve.says("/menu")
    for data in (f"cb.ideas.t:{call}:0", "cb.idea.o:1", "cb.idea.y:1"):
        await eve.presses_data(data)
        assert eve.alert, data
    await eve.presses_data(f"cb.ideas:{call}")
    assert "Laser cleaning" not in eve.screen
    await assistant.says("/menu")
    await assistant.presses_data("cb.idea.o:1")
    assert "Laser cleaning" in assistant.screen
    await assistant.presses_data("cb.idea.y:1")
    assert assistant.alert
    other = await add_call(app, "Pro všechny", due(days(40)))
    await ann.presses_data(f"cb.idea:{other}")
    assert ann.toast == "Every organisation may bid for this call; no ideas are collected."
    await manager.presses_data(f"cb.idea:{call}")
    assert manager.alert
