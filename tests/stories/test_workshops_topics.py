"""Topics for an event: proposed until a date, seen and taken out by the team."""

import io
from datetime import timedelta

import openpyxl
import pytest

from bot.app import App
from storage.workshops import events
from tests.actors import Actor
from tests.stories.afterwards import DAY, Wait
from tests.stories.workshops import Plan

TITLE = "Tenké vrstvy"


async def takes_topics(app: App, key: int, days: int = 10) -> None:
    async with app.db.writing() as session:
        workshop = await events.row(session, key)
        assert workshop is not None
        workshop.topics_until = app.clock() + timedelta(days=days)


async def proposes(actor: Actor, words: str) -> None:
    await actor.presses_data("ws.top:1")
    await actor.presses_data("ws.top.new:1")
    await actor.says(words)


@pytest.mark.postgres
async def test_a_topic_is_proposed_and_seen(
    app: App, ann: Actor, manager: Actor, plan: Plan
) -> None:
    await takes_topics(app, await plan(TITLE))
    await ann.says("/start")
    await ann.presses_data("ws.top:1")
    assert "Until Thu 11 Mar 2027 09:00 you can propose it." in ann.screen
    await ann.presses("💡 Propose a topic")
    await ann.says("=1+1 Measuring <thin> films")
    assert "• =1+1 Measuring <thin> films" in ann.screen
    await manager.presses_data("ws.doc:1")
    await manager.presses("💡 Témata")
    assert "• =1+1 Measuring <thin> films Ann Member" in manager.screen
    await manager.presses("📊 Stáhnout tabulku")
    sheet = openpyxl.load_workbook(io.BytesIO(manager.document)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert rows[0] == ["Téma", "Jméno", "Organizace", "Kdy"]
    assert rows[1][:3] == ["=1+1 Measuring <thin> films", "Ann Member", "Ukázková optika"]
    assert sheet["A4"].data_type == "s"


async def test_five_at_most_and_one_can_go(app: App, bob: Actor, plan: Plan) -> None:
    await takes_topics(app, await plan(TITLE))
    await bob.says("/start")
    for number in range(5):
        await proposes(bob, f"Téma {number}")
    assert "💡 Navrhnout téma" not in bob.buttons
    await bob.presses_data("ws.top.new:1")
    assert (bob.toast or "").startswith("Počet vašich témat: 5")
    await bob.presses_data("ws.top:1")
    await bob.presses("🗑 Téma 0")
    assert bob.toast == "Je to pryč."
    await proposes(bob, "Téma 1")
    assert bob.screen.count("• Téma 1") == 1


async def test_three_hundred_signs(app: App, bob: Actor, plan: Plan) -> None:
    await takes_topics(app, await plan(TITLE))
    await bob.says("/start")
    await proposes(bob, "x" * 301)
    assert "nejvýš 300" in bob.screen
    await bob.says("x" * 300)
    assert "x" * 300 in bob.screen


async def test_after_the_date(app: App, ann: Actor, bob: Actor, plan: Plan, wait: Wait) -> None:
    await takes_topics(app, await plan(TITLE), days=3)
    for actor in (ann, bob):
        await actor.says("/start")
    await proposes(ann, "Lasers")
    await bob.presses_data("ws.top.new:1")
    await wait(4 * DAY)
    await bob.says("Pozdě")
    assert "Sběr témat už skončil (čtvrtek 4. 3. 2027 9:00)." in bob.screen
    await bob.presses_data("ws.top:1")
    assert bob.alert
    await ann.presses_data("ws.top:1")
    assert "Topics were taken until Thu 4 Mar 2027 09:00." in ann.screen
    assert "• Lasers" in ann.screen
    assert not any(label.startswith("🗑") for label in ann.buttons)


async def test_who_may(app: App, guest: Actor, ann: Actor, bob: Actor, plan: Plan) -> None:
    key = await plan(TITLE)
    await ann.says("/start")
    await ann.presses_data("ws.top:1")
    assert ann.toast == "No topics are being collected for this event."
    await takes_topics(app, key)
    await guest.says("/start")
    await guest.presses_data("ws.top:1")
    assert guest.alert
    await guest.presses_data("ws.in:1")
    await proposes(guest, "Z pohledu hosta")
    assert "• Z pohledu hosta" in guest.screen
    await bob.says("/start")
    for data in ("ws.top.del:1", "ws.top.all:1:0", "ws.top.xlsx:1", "ws.top:9"):
        await bob.presses_data(data)
        assert bob.alert, data


async def test_the_forgotten_leave_no_topics(
    app: App, ann: Actor, manager: Actor, plan: Plan, wait: Wait
) -> None:
    await takes_topics(app, await plan(TITLE), days=30)
    await ann.says("/start")
    await proposes(ann, "Ann's secret idea")
    await ann.presses_data("priv.get")
    assert b"Ann's secret idea" in ann.document
    await ann.presses_data("priv.sure")
    await wait(15 * DAY)
    await manager.presses_data("ws.top.all:1:0")
    assert "secret" not in manager.screen
