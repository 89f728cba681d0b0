"""Waiting for a seat: it comes by itself, it is offered to the quickest, and one may say no."""

from datetime import timedelta

import pytest

from bot.domain.workshops import PartPlan
from tests.actors import Actor
from tests.stories.announcing import Wait
from tests.stories.workshops import START, Plan, opens

TITLE = "Tenké vrstvy"
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


async def signs_up(*actors: Actor) -> None:
    for actor in actors:
        await opens(actor, TITLE)
        label = next(label for label in actor.buttons if label[0] in "✅⏳")
        await actor.presses(label)


async def until(plan: Plan, wait: Wait, before_start: timedelta) -> None:
    await wait(START - before_start - plan.app.clock())


@pytest.mark.postgres
async def test_yes_i_will_come(ann: Actor, bob: Actor, plan: Plan) -> None:
    await plan(TITLE, seats=1)
    await signs_up(ann, bob)
    await ann.presses_data("ws.out:1")
    assert "Uvolnilo se místo a je vaše." in bob.screen
    await bob.presses("✅ Přijdu")
    assert bob.toast == "Děkujeme, počítáme s vámi."
    assert "Máte místo a víme, že přijdete." in bob.screen
    await bob.presses_data("ws.yes:1")
    assert bob.toast == "Děkujeme, počítáme s vámi."
    await ann.presses_data("ws.yes:1")
    assert ann.alert
    assert ann.toast == ("You have no seat there any more. Open the event to see what is free.")


async def test_no_and_the_next_one_rises(
    ann: Actor, bob: Actor, contact: Actor, eve: Actor, plan: Plan
) -> None:
    await plan(TITLE, seats=1)
    await signs_up(ann, bob, contact, eve)
    await ann.presses_data("ws.out:1")
    await bob.presses("❌ Nemohu")
    assert bob.toast == "Děkujeme za zprávu. Vaše místo dostanou ti, kdo čekají."
    assert "⏳ Mezi náhradníky" in bob.buttons
    assert "Uvolnilo se místo a je vaše." in contact.screen
    await contact.presses("❌ Nemohu")
    assert "A seat is free, and it is yours." in eve.screen
    said = len(bob.heard)
    await eve.presses("❌ I cannot")
    assert len(bob.heard) == said
    await bob.presses_data("ws.no:1:0")
    assert bob.toast == "Žádné místo už tam nemáte, takže se nic nezměnilo."


async def test_whoever_comes_back_is_asked_again(ann: Actor, bob: Actor, plan: Plan) -> None:
    await plan(TITLE, seats=1)
    await signs_up(ann, bob)
    await bob.presses_data("ws.no:1:1")
    await bob.presses("⏳ Mezi náhradníky")
    await ann.presses_data("ws.out:1")
    assert "Uvolnilo se místo a je vaše." in bob.screen


@pytest.mark.postgres
async def test_in_the_last_two_days_the_first_tap_wins(
    ann: Actor, bob: Actor, contact: Actor, eve: Actor, plan: Plan, wait: Wait
) -> None:
    await plan(TITLE, seats=1)
    await signs_up(ann, bob, contact, eve)
    await until(plan, wait, 47 * HOUR)
    await ann.presses_data("ws.out:1")
    assert ann.toast == "You are signed out. I am asking those who wait for your seat."
    for each in (bob, contact):
        assert "kdo dřív klepne" in each.screen
    await contact.presses("⚡ Vzít místo")
    assert "Máte místo a víme, že přijdete." in contact.screen
    await bob.presses("⚡ Vzít místo")
    assert bob.alert
    assert bob.toast == "Místo už je pryč, zůstáváte v pořadí."
    await opens(bob, TITLE)
    assert "Jste 1. v pořadí" in bob.screen
    await eve.presses("⚡ Take the seat")
    assert eve.toast == "The seat is gone already. You keep your place in the line."
    await contact.presses_data("ws.grab:1:1")
    assert "Máte místo" in contact.screen
    await ann.presses_data("ws.grab:1:1")
    assert ann.toast == "You are not in the line any more. Open the event to join it again."


async def test_two_seats_two_taps(
    ann: Actor, bob: Actor, contact: Actor, eve: Actor, guest: Actor, plan: Plan, wait: Wait
) -> None:
    await plan(TITLE, seats=2)
    await signs_up(ann, bob, contact, eve, guest)
    await until(plan, wait, 20 * HOUR)
    for each in (ann, bob):
        await each.presses_data("ws.out:1")
    for each in (guest, contact, eve):
        each.phone.presses_data("ws.grab:1:1")
    await plan.app.settle()
    seated = [each for each in (guest, contact, eve) if "✅" in each.screen]
    assert len(seated) == 2


async def test_the_card_offers_the_seat_too(
    ann: Actor, bob: Actor, eve: Actor, plan: Plan, wait: Wait
) -> None:
    """Nobody has tapped yet; whoever comes now waits like the others, and may tap."""
    await plan(TITLE, seats=1)
    await signs_up(ann, bob)
    await until(plan, wait, 20 * HOUR)
    await ann.presses_data("ws.out:1")
    await signs_up(eve)
    assert eve.toast == "You are number 2 in line. I will tell you about a free seat."
    assert "A seat is free: whoever taps first." in eve.screen
    await eve.presses("⚡ Take the seat")
    assert "You have a seat" in eve.screen
    await opens(bob, TITLE)
    assert "Jste 1. v pořadí" in bob.screen
    assert "⚡ Vzít místo" not in bob.buttons


async def test_what_is_offered_ends_with_the_start(
    ann: Actor, bob: Actor, plan: Plan, wait: Wait
) -> None:
    await plan(TITLE, seats=1)
    await signs_up(ann, bob)
    await until(plan, wait, HOUR)
    await ann.presses_data("ws.out:1")
    await wait(HOUR)
    await bob.presses("⚡ Vzít místo")
    assert bob.toast == "Už to začalo, takže se to změnit nedá."


async def test_nearly_there(
    ann: Actor, bob: Actor, contact: Actor, eve: Actor, guest: Actor, plan: Plan, wait: Wait
) -> None:
    """Told when one comes to the first three, and once a day at most."""
    await plan(TITLE, seats=1)
    await signs_up(ann, bob, contact, eve, guest)
    said = [len(each.heard) for each in (contact, eve, guest)]
    await wait(MINUTE)
    assert [len(each.heard) for each in (contact, eve, guest)] == said
    await bob.presses_data("ws.no:1:0")
    await wait(MINUTE)
    assert guest.heard[-1].endswith("⏳ Jste 3. v pořadí.")
    await contact.presses_data("ws.no:1:0")
    await wait(timedelta(hours=1))
    assert len(guest.heard) == said[2] + 1
    assert len(eve.heard) == said[1]


async def test_one_number_a_day(
    ann: Actor, bob: Actor, contact: Actor, eve: Actor, guest: Actor, plan: Plan, wait: Wait
) -> None:
    for number in (1, 2):
        await plan(f"{TITLE} {number}", seats=1)
        for each in (ann, bob, contact, eve, guest):
            await opens(each, f"{TITLE} {number}")
            await each.presses_data(f"ws.in:{number}")
        await bob.presses_data(f"ws.no:{number}:0")
    said = len(guest.heard)
    await wait(MINUTE)
    assert len(guest.heard) == said + 1
    await wait(timedelta(hours=2))
    assert len(guest.heard) == said + 1
    await wait(timedelta(days=1))
    assert len(guest.heard) == said + 2


async def test_the_line_of_a_part_alone(ann: Actor, bob: Actor, plan: Plan) -> None:
    evening = PartPlan(START + 9 * HOUR, START + 12 * HOUR, 1, "Večer")
    await plan(TITLE, parts=[PartPlan(START, START + 7 * HOUR, 2, "Den"), evening])
    await signs_up(ann, bob)
    assert list(bob.buttons)[:2] == ["☑️ Den", "⏳ Večer: 1. v pořadí"]
    await ann.presses_data("ws.out:1")
    assert "🕘 Večer: " in bob.screen
    await bob.presses("❌ Nemohu")
    assert list(bob.buttons)[:2] == ["☑️ Den", "⬜ Večer (1/1)"]


async def test_fewer_seats_after_a_second_yes(
    manager: Actor, ann: Actor, bob: Actor, eve: Actor, plan: Plan
) -> None:
    key = await plan(TITLE, seats=2)
    await signs_up(ann, bob, eve)
    await plan.resize(key, 1, push_back=True)
    assert "mezi prvními v pořadí" in bob.screen
    assert len(ann.heard) == 1
    await opens(bob, TITLE)
    assert "Jste 1. v pořadí" in bob.screen
    await opens(eve, TITLE)
    assert "You are number 2 in line." in eve.screen
