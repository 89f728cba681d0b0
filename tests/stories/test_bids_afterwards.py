"""After the deadline: was it handed in, with whom, and how did it end."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import pytest

from bot.app import App
from storage.calls.records import GrantCall
from tests.actors import Actor
from tests.stories.announcing import Wait
from tests.stories.bidding import bids_kept, follows
from tests.stories.calls import IN_TWO_WEEKS, add_call, due
from tests.stories.enquiring import prague

Until = Callable[[date, int], Awaitable[None]]
ASKED = date(2027, 3, 18)  # the deadline is on Monday 15 March
RESULT = date(2027, 7, 13)  # 120 days later


@pytest.fixture
def until(app: App, wait: Wait) -> Until:
    async def until(day: date, hour: int) -> None:
        await wait(prague(day, hour) - app.clock())

    return until


@pytest.fixture
async def call(app: App) -> int:
    return await add_call(app, "Lasery pro průmysl", due(), currency="CZK", programme="TREND")


async def takes(actor: Actor, call_id: int) -> None:
    await actor.says("/menu")
    await actor.presses_data(f"cb.take:{call_id}")


def handed(actor: Actor) -> list[str]:
    return [text for text in actor.heard if "Did you hand in" in text or "Podali jste" in text]


def ended(actor: Actor) -> list[str]:
    return [text for text in actor.heard if "How did your bid end" in text]


@pytest.mark.postgres
async def test_handed_in_and_won(ann: Actor, app: App, call: int, until: Until) -> None:
    await takes(ann, call)
    await until(ASKED, 8)
    assert not handed(ann)
    await until(ASKED, 9)
    assert len(handed(ann)) == 1
    await ann.presses("✅ We handed it in")
    assert "✅ Handed in." in ann.screen
    assert ann.toast == "Congratulations! You will get no more reminders of it."
    await until(RESULT, 8)
    assert not ended(ann)
    await until(RESULT, 9)
    assert len(ended(ann)) == 1
    await ann.presses("🏆 We won")
    assert "How much support do you get?" in ann.screen
    await ann.says("hodně")
    assert "I do not see an amount there." in ann.screen
    await ann.says("2,5 mil. Kč")
    assert "Won: CZK 2.5 million" in ann.screen
    await until(date(2028, 7, 13), 9)
    bid = (await bids_kept(app))[0]
    assert (bid.amount, bid.currency, bid.due_at) == (2_500_000, "CZK", None)


async def test_asked_once_and_silence_is_silence(
    ann: Actor, app: App, call: int, until: Until
) -> None:
    await takes(ann, call)
    for day in range(18, 31):
        await until(date(2027, 3, day), 9)
    assert len(handed(ann)) == 1
    bid = (await bids_kept(app))[0]
    assert (bid.handed, bid.due_at) == (None, None)
    assert bid.asked_at is not None


async def test_not_handed_in(ann: Actor, call: int, until: Until) -> None:
    await takes(ann, call)
    await until(ASKED, 9)
    await ann.presses("✖️ We did not")
    assert "✖️ Not handed in." in ann.screen
    await until(RESULT, 9)
    assert not ended(ann)
    await ann.presses_data(f"cb.res.y:{call}:won")
    assert ann.toast == "First say that the bid was handed in, then how it ended."


async def test_with_a_partner(bob: Actor, app: App, call: int, until: Until) -> None:
    await takes(bob, call)
    await until(ASKED, 9)
    await bob.presses("🤝 S partnerem…")
    await bob.says("x" * 200)
    assert "nejvýš 120" in bob.screen
    await bob.says("Univerzita & synové")
    assert "🤝 Podáno, partner: Univerzita & synové." in bob.screen
    await bob.presses("✏️ Bylo to jinak")
    await bob.presses("✅ Podali jsme")
    assert "✅ Podáno." in bob.screen
    assert (await bids_kept(app))[0].partner == ""


async def test_no_partner_is_named(ann: Actor, call: int) -> None:
    await takes(ann, call)
    await ann.presses("🤝 With a partner…")
    await ann.presses("⏭ Skip")
    assert "🤝 Handed in with a partner." in ann.screen
    await ann.presses("✏️ It was otherwise")
    await ann.presses("🤝 With a partner…")
    await ann.presses("Cancel")
    assert "You have been handling it" in ann.screen


async def test_won_in_euros_or_without_an_amount(ann: Actor, app: App) -> None:
    call = await add_call(app, "Photonics", due(), currency="")
    await takes(ann, call)
    await ann.presses("✅ We handed it in")
    await ann.presses("🏁 How it ended")
    await ann.presses("🏆 We won")
    await ann.presses("⏭ I do not know yet")
    assert "🏆 We won" in ann.screen
    await ann.presses("🏁 Change the result")
    await ann.presses("🏆 We won")
    await ann.says("750 000")
    await ann.presses("EUR")
    assert "Won: €750,000" in ann.screen
    await ann.presses("🏁 Change the result")
    await ann.presses("➖ Not this time")
    assert "Not this time" in ann.screen
    bid = (await bids_kept(app))[0]
    assert (bid.amount, bid.currency) == (None, "")


async def test_only_who_handles_it_says_so(ann: Actor, bob: Actor, eve: Actor, call: int) -> None:
    await takes(ann, call)
    await bob.says("/menu")
    await bob.presses_data(f"cb.in:{call}:submitted")
    assert bob.toast == "Tuto výzvu u vás řeší Ann Member. Můžete ji převzít."
    await eve.says("/menu")
    await eve.presses_data(f"cb.in:{call}:submitted")
    assert "✅ Handed in." in eve.screen
    await ann.presses_data(f"ca.bid:{call}")
    assert "Handed in" not in ann.screen


async def test_who_only_followed_is_asked_too(
    bob: Actor, eve: Actor, app: App, call: int, until: Until
) -> None:
    await follows(app, bob, call)
    await follows(app, eve, call, following=False)
    await until(date(2027, 3, 16), 9)
    await until(ASKED, 9)
    assert len(handed(bob)) == 1
    assert not handed(eve)
    await bob.presses("✅ Podali jsme")
    assert "Řešíte ji vy" in bob.screen
    assert "✅ Podáno." in bob.screen


async def test_the_deadline_is_put_off_after_we_have_asked(
    ann: Actor, app: App, call: int, until: Until
) -> None:
    await takes(ann, call)
    await until(ASKED, 9)
    async with app.db.writing() as session:
        row = await session.get(GrantCall, call)
        assert row is not None
        row.last_deadline_at = IN_TWO_WEEKS + timedelta(days=30)
    await until(date(2027, 4, 16), 9)
    assert len(handed(ann)) == 1
    await until(date(2027, 4, 19), 9)
    assert len(handed(ann)) == 2
