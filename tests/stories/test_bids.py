"""Who handles a call in an organisation: one at a time, and a colleague may take over."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import pytest

from bot.app import App
from storage.calls.records import GrantCall, Stage, State
from tests.actors import Actor
from tests.stories.announcing import Wait
from tests.stories.bidding import bids_kept, follows, leaves
from tests.stories.calls import add_call, days, due
from tests.stories.enquiring import prague

Until = Callable[[date, int], Awaitable[None]]
DAY = timedelta(days=1)


@pytest.fixture
def until(app: App, wait: Wait) -> Until:
    async def until(day: date, hour: int) -> None:
        await wait(prague(day, hour) - app.clock())

    return until


async def opens(actor: Actor, call_id: int) -> None:
    await actor.says("/menu")
    await actor.presses_data(f"ca.bid:{call_id}")


@pytest.fixture
async def call(app: App) -> int:
    return await add_call(app, "Lasery pro průmysl", due(days(60)))


@pytest.mark.postgres
async def test_i_handle_it_and_a_colleague_takes_over(ann: Actor, bob: Actor, call: int) -> None:
    await opens(ann, call)
    assert "Nobody at Ukázková optika handles it yet." in ann.screen
    await ann.presses("🙋 I handle it")
    assert ann.toast == "It is yours. Your colleagues see it on the call."
    assert "You have been handling it since 1 Mar 2027." in ann.screen
    await opens(bob, call)
    assert "U vás ji řeší Ann Member." in bob.screen
    assert "✉️ Napsat @ann" in bob.buttons
    await bob.presses("🙋 Převzít")
    assert "Teď ji řeší Ann Member;" in bob.screen
    await bob.presses("🙋 Ano, řeším ji já")
    assert "Řešíte ji vy od 1. 3. 2027." in bob.screen
    assert "Bořek Člen has taken over Lasery pro průmysl from you." in ann.heard[-1]


async def test_what_is_on_the_card(ann: Actor, bob: Actor, eve: Actor, call: int) -> None:
    """Colleagues see it there; other organisations do not."""
    await opens(ann, call)
    await ann.presses("🙋 I handle it")
    await bob.says("/menu")
    await bob.presses_data(f"ca.open:{call}")
    assert "Ann Member" in bob.screen
    await eve.says("/menu")
    await eve.presses_data(f"ca.open:{call}")
    assert "Ann" not in eve.screen
    await opens(eve, call)
    assert "Nobody at Sklo a čočky handles it yet." in eve.screen


async def test_two_press_at_once(ann: Actor, bob: Actor, contact: Actor, call: int) -> None:
    """The second one learns who was faster, and takes nothing away."""
    await opens(ann, call)
    await opens(bob, call)
    await ann.presses("🙋 I handle it")
    await bob.presses("🙋 Řeším ji já")
    assert bob.toast == "Tuto výzvu u vás řeší Ann Member. Můžete ji převzít."
    await opens(bob, call)
    await bob.presses("🙋 Převzít")
    await opens(contact, call)
    await contact.presses("🙋 Převzít")
    await contact.presses("🙋 Ano, řeším ji já")
    await bob.presses("🙋 Ano, řeším ji já")
    assert bob.toast == "Tuto výzvu u vás řeší Karel Kontaktní. Můžete ji převzít."


async def test_letting_it_go(ann: Actor, bob: Actor, call: int) -> None:
    await opens(ann, call)
    await ann.presses("🙋 I handle it")
    await ann.presses("↩️ I let it go")
    await ann.presses("↩️ Yes, I let it go")
    assert "Nobody at Ukázková optika handles it yet." in ann.screen
    await opens(bob, call)
    await bob.presses("🙋 Řeším ji já")
    assert bob.toast == "Je vaše. Kolegové to u výzvy uvidí."


async def test_not_for_others(
    guest: Actor, manager: Actor, ann: Actor, app: App, call: int
) -> None:
    await guest.says("/start")
    await guest.presses_data(f"ca.bid:{call}")
    assert guest.alert
    await manager.presses_data(f"cb.take:{call}")
    assert manager.toast == "Nepatříte tu k žádné organizaci, a žádosti podávají organizace."
    waiting = await add_call(app, "Čeká na stole", stage=Stage.WAITING)
    await ann.says("/menu")
    await ann.presses_data(f"cb.take:{waiting}")
    assert ann.alert
    closed = await add_call(app, "Zavřená", state=State.CLOSED)
    await ann.presses_data(f"cb.take:{closed}")
    assert ann.toast == "This call is over: nothing can be handed in any more."
    await ann.presses_data("cb.take:999999")
    await ann.presses_data(f"cb.in:{call}:rubbish")
    await ann.presses_data(f"cb.res.y:{call}:rubbish")
    assert ann.alert
    assert await bids_kept(app) == []


async def test_the_manager_sees_who_bids(ann: Actor, manager: Actor, call: int) -> None:
    await opens(ann, call)
    await ann.presses("🙋 I handle it")
    await opens(manager, call)
    assert "Ukázková optika: Ann Member" in manager.screen


@pytest.mark.postgres
async def test_five_working_days_of_silence_twice(
    ann: Actor, bob: Actor, contact: Actor, app: App, call: int, until: Until
) -> None:
    """Taken on Monday 1 March; asked on the 8th; offered on the 15th to who follows or speaks."""
    await follows(app, bob, call)
    await opens(ann, call)
    await ann.presses("🙋 I handle it")
    await until(date(2027, 3, 8), 8)
    assert not asked(ann)
    await until(date(2027, 3, 8), 9)
    assert len(asked(ann)) == 1
    assert "👍 Yes, I do" in ann.buttons
    await until(date(2027, 3, 12), 19)
    assert not offered(bob)
    await until(date(2027, 3, 15), 9)
    assert "👥 Ann Member řeší tuto výzvu a už 5 pracovních dní neodpovídá." in offered(bob)[0]
    assert len(offered(contact)) == 1
    await until(date(2027, 3, 22), 9)
    assert (len(asked(ann)), len(offered(bob))) == (1, 1)
    await bob.presses("🙋 Převezmu ji")
    assert "Řešíte ji vy" in bob.screen
    await contact.presses("🙋 Převezmu ji")
    assert contact.toast == "Tuto výzvu u vás řeší Bořek Člen. Můžete ji převzít."


def asked(actor: Actor) -> list[str]:
    return [text for text in actor.heard if "Do you still handle this call?" in text]


def offered(actor: Actor) -> list[str]:
    return [text for text in actor.heard if "👥" in text.partition("\n")[0]]


async def test_one_tap_is_enough(ann: Actor, contact: Actor, call: int, until: Until) -> None:
    """Then it is quiet for 20 working days; Easter is not counted."""
    await opens(ann, call)
    await ann.presses("🙋 I handle it")
    await until(date(2027, 3, 8), 9)
    await ann.presses("👍 Yes, I do")
    assert ann.toast == "Thank you. Fingers crossed!"
    await until(date(2027, 4, 6), 20)
    assert not asked(ann)
    await until(date(2027, 4, 7), 9)
    assert len(asked(ann)) == 1
    assert not offered(contact)


async def test_asking_colleagues_oneself(
    ann: Actor, bob: Actor, contact: Actor, app: App, call: int
) -> None:
    await follows(app, bob, call)
    await opens(ann, call)
    await ann.presses("🙋 I handle it")
    await ann.presses("👥 Offer to colleagues")
    assert ann.toast == (
        "Asked: Bořek Člen, Karel Kontaktní. It stays yours until one of them takes it."
    )
    assert "Ann Member řeší tuto výzvu a nemůže pokračovat." in bob.heard[-1]
    await ann.presses("👥 Offer to colleagues")
    assert ann.toast == "Your colleagues have been asked already."
    await contact.presses("🙋 Převezmu ji")
    assert "Karel Kontaktní has taken over" in ann.heard[-1]


async def test_who_handled_it_has_left(
    ann: Actor, bob: Actor, app: App, call: int, until: Until
) -> None:
    await follows(app, bob, call)
    await opens(ann, call)
    await ann.presses("🙋 I handle it")
    await leaves(app, ann)
    await opens(bob, call)
    assert "výzvu zatím nikdo neřeší" in bob.screen
    await until(date(2027, 3, 8), 9)
    assert "👥 Tuto výzvu u vás už nikdo neřeší." in offered(bob)[0]


async def test_a_call_that_is_called_off_is_not_asked_about(
    ann: Actor, app: App, call: int, until: Until
) -> None:
    await opens(ann, call)
    await ann.presses("🙋 I handle it")
    async with app.db.writing() as session:
        row = await session.get(GrantCall, call)
        assert row is not None
        row.state = State.CANCELLED
    await until(date(2027, 3, 8), 9)
    await until(date(2027, 6, 8), 9)
    assert not asked(ann)
    assert not any("Did you hand in" in text for text in ann.heard)
