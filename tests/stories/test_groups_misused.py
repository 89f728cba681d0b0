"""What nobody should type or press in working groups: a clear sentence, and nothing is lost."""

import pytest
from sqlmodel import select

from bot.app import App
from bot.kit.buttons import Button
from bot.sandbox.sandbox import Sandbox
from handlers.groups import meeting_ways, rearranging, topic_ways, ways
from storage.groups.dates import unsettled
from storage.people import Role
from tests.actors import Actor
from tests.stories.meeting import DATES, Club, found_club

LONG = "Licence trvá půl roku. " * 217  # nearly five thousand characters
WHOLE = 4096  # of which Telegram makes two messages


@pytest.fixture
async def club(app: App, sandbox: Sandbox, bob: Actor, ann: Actor) -> Club:
    for each in (bob, ann):
        await each.says("/start")
    return await found_club(app, sandbox, bob, ann)


async def resigns(app: App, club: Club) -> None:
    async with app.db.writing() as session:
        roles = await session.exec(select(Role).where(Role.pillar_id == club.pillar))
        roles.one().until = app.clock()


async def says_at_length(who: Actor) -> None:
    for part in (LONG[:WHOLE], LONG[WHOLE:]):
        await who.says(part)


async def test_a_guarantor_who_left_while_proposing_dates(app: App, club: Club) -> None:
    bob = club.lead
    await club.proposes(send=False)
    await resigns(app, club)
    await bob.presses("🗳 Spustit hlasování")
    assert bob.alert
    assert "🗳 Spustit hlasování" in bob.buttons
    async with app.db.reading() as session:
        assert not await unsettled(session, club.pillar)


OF_GUARANTORS: list[Button] = [
    ways.RunPillar(1),
    ways.OpenPillarChat(1),
    meeting_ways.FindDate(1),
    meeting_ways.EndDates(1),
    meeting_ways.NewTask(1),
    meeting_ways.PassTask(1),
    rearranging.AgreeToDay(1, 740_000, 740_001),
    topic_ways.MoveTopic(1),
]


@pytest.mark.parametrize("way", OF_GUARANTORS, ids=lambda way: way.pack())
async def test_an_old_button_of_a_guarantor_who_left(app: App, club: Club, way: Button) -> None:
    bob = club.lead
    await club.proposes()
    for words in ("/menu", "Napsat dopis", "15. 3. 2027", "ann"):
        await bob.says(words)
        if words == "/menu":
            await bob.presses_data("pi.tk.new:1:0")
    await resigns(app, club)
    await bob.presses_data(way.pack())
    assert bob.alert
    assert len(bob.toast or "") > 10


async def test_five_thousand_characters_for_a_title(club: Club) -> None:
    bob = club.lead
    await bob.presses_data("pi.dt.new:1")
    await says_at_length(bob)
    assert "120 znaků" in bob.screen
    await bob.says("Schůzka")
    await bob.says(DATES)
    assert "📍 Kde" in bob.screen


async def test_five_thousand_characters_for_a_task(club: Club) -> None:
    bob = club.lead
    await bob.presses_data("pi.tk.new:1:0")
    await says_at_length(bob)
    assert "300 znaků" in bob.screen
    await bob.says("Úkol")
    assert "📆 Do kdy" in bob.screen


async def test_five_thousand_characters_of_dates(club: Club) -> None:
    bob = club.lead
    await bob.presses_data("pi.dt.new:1")
    await bob.says("Schůzka")
    await says_at_length(bob)
    assert len(bob.screen) < 1000
    await bob.says(DATES)
    assert "📍 Kde" in bob.screen
