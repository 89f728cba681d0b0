"""A seat goes to a colleague by a link, and everything that can be wrong with one."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.app import App
from bot.domain.workshops import PartPlan
from storage.workshops import Seat
from storage.workshops.handovers import Handover
from tests.actors import Actor
from tests.stories.announcing import Wait
from tests.stories.reminding import DAY, HOUR, TITLE, heads, prague, reminders, signs_up, until
from tests.stories.workshops import START, Plan, calendar, opens

NOT_VALID = "This link is not valid (any more)."
NEPLATI = "Tento odkaz neplatí."


async def makes_link(actor: Actor, key: int) -> str:
    await actor.presses_data(f"ws.hand:{key}")
    return next(line for line in actor.screen.splitlines() if line.startswith("https://t.me/"))


async def has_seat(actor: Actor, title: str = TITLE) -> bool:
    await opens(actor, title)
    return any(label[0] == "❌" for label in actor.buttons)


@pytest.mark.postgres
async def test_from_the_question_to_the_colleague(
    ann: Actor, bob: Actor, plan: Plan, app: App, wait: Wait
) -> None:
    await plan(TITLE, seats=1)
    await signs_up(ann)
    await until(app, wait, prague(11, 9))
    await ann.presses("👤 I am sending a colleague")
    assert "Send the link to one colleague of your organisation." in ann.screen
    assert "It works once, until Wed 12 May 2027 09:00." in ann.screen
    link = next(line for line in ann.screen.splitlines() if line.startswith("https://t.me/"))
    await bob.follows(link)
    assert bob.screen.startswith("🎉 Máte místo, přenechává vám ho Ann Member.\n\n📅 Tenké vrstvy")
    assert await has_seat(bob)
    assert ann.screen.startswith("👤 Bořek Člen comes instead of you: Tenké vrstvy")
    await ann.presses("📆 Out of my calendar")
    whole, entries = calendar(ann.document)
    assert whole["method"] == "CANCEL"
    assert [entry["status"] for entry in entries] == ["CANCELLED"]
    assert not await has_seat(ann)
    await until(app, wait, prague(13, 16))
    assert heads(bob) == ["⏰ Už zítra: Tenké vrstvy"]
    assert reminders(ann) == []


async def test_the_place_in_the_line_goes_over(
    ann: Actor, bob: Actor, eve: Actor, contact: Actor, plan: Plan
) -> None:
    key = await plan(TITLE, seats=1)
    await signs_up(eve, ann, contact)
    await bob.follows(await makes_link(ann, key))
    await eve.presses("❌ Sign out")
    assert any(text.startswith("🎉") for text in bob.heard[1:])
    assert not any(text.startswith("🎉") for text in contact.heard)


@pytest.mark.postgres
async def test_it_works_once(ann: Actor, bob: Actor, contact: Actor, plan: Plan) -> None:
    key = await plan(TITLE)
    await signs_up(ann)
    link = await makes_link(ann, key)
    await bob.follows(link)
    await bob.follows(link)
    assert "Tenké vrstvy" in bob.screen
    await contact.follows(link)
    assert contact.screen.startswith(NEPLATI)
    assert await has_seat(bob)
    assert not await has_seat(contact)


async def test_a_second_link_ends_the_first(ann: Actor, bob: Actor, plan: Plan) -> None:
    key = await plan(TITLE)
    await signs_up(ann)
    first, second = await makes_link(ann, key), await makes_link(ann, key)
    await bob.follows(first)
    assert bob.screen.startswith(NEPLATI)
    await bob.follows(second)
    assert bob.screen.startswith("🎉")


async def test_taken_back(ann: Actor, bob: Actor, plan: Plan) -> None:
    key = await plan(TITLE)
    await signs_up(ann)
    link = await makes_link(ann, key)
    await ann.presses("🚫 Take the link back")
    assert ann.toast == "The link does not work any more; your seat stays yours."
    await bob.follows(link)
    assert bob.screen.startswith(NEPLATI)
    assert await has_seat(ann)


async def test_after_a_day_it_has_ended(ann: Actor, bob: Actor, plan: Plan, wait: Wait) -> None:
    key = await plan(TITLE)
    await signs_up(ann)
    link = await makes_link(ann, key)
    await wait(DAY)
    await bob.follows(link)
    assert bob.screen.startswith(NEPLATI)
    assert await has_seat(ann)


async def test_whoever_leaves_takes_the_link_along(
    ann: Actor, bob: Actor, plan: Plan, wait: Wait
) -> None:
    """Coming back does not revive it: the seat is another one."""
    key = await plan(TITLE)
    await signs_up(ann)
    link = await makes_link(ann, key)
    await opens(ann, TITLE)
    await ann.presses("❌ Sign out")
    await bob.follows(link)
    assert bob.screen.startswith(NEPLATI)
    await wait(timedelta(minutes=2))
    await signs_up(ann)
    await bob.follows(link)
    assert bob.screen.startswith(NEPLATI)
    assert await has_seat(ann)


async def test_strangers_leave_it_as_good_as_it_was(
    ann: Actor, bob: Actor, eve: Actor, guest: Actor, plan: Plan
) -> None:
    key = await plan(TITLE)
    await signs_up(ann)
    link = await makes_link(ann, key)
    await ann.follows(link)
    assert ann.screen == "This is your own link. Please send it to your colleague."
    await eve.follows(link)
    assert eve.screen.startswith("This seat is for a colleague of the same organisation")
    await guest.follows(link)
    assert guest.screen.startswith("Místo je pro ověřeného kolegu toho, kdo odkaz poslal.")
    assert "🏢 Jsem z členské organizace" in guest.buttons
    await bob.follows(link)
    assert bob.screen.startswith("🎉")
    for stranger in (eve, guest, ann):
        assert not await has_seat(stranger)


@pytest.mark.postgres
async def test_only_the_missing_parts_go_over(
    ann: Actor, bob: Actor, contact: Actor, plan: Plan, app: App
) -> None:
    """Bořek has a seat on the first day already, so Ann's is free for Karel."""
    parts = [
        PartPlan(START, START + 7 * HOUR, 2, "1. den"),
        PartPlan(START + DAY, START + DAY + 7 * HOUR, 1, "2. den"),
    ]
    key = await plan(TITLE, parts=parts)
    await signs_up(ann, bob, contact)
    await bob.follows(await makes_link(ann, key))
    assert "• 2. den" in ann.screen
    assert "• 1. den" not in ann.screen
    assert any(text.startswith("🎉") for text in contact.heard)
    async with app.db.reading() as session:
        rows = (await session.exec(select(Seat))).all()
    assert len(rows) == 4
    assert sum(row.seated_at is not None for row in rows) == 3
    assert not await has_seat(ann)


async def test_a_colleague_who_has_a_seat_frees_mine(ann: Actor, bob: Actor, plan: Plan) -> None:
    key = await plan(TITLE)
    await signs_up(ann, bob)
    await bob.follows(await makes_link(ann, key))
    assert bob.screen.startswith("Místo tam už máte. To, které vám přenechává Ann Member, je teď")
    assert "yours is free now" in ann.screen
    assert not await has_seat(ann)
    assert await has_seat(bob)


async def test_begun_or_cancelled(
    ann: Actor, bob: Actor, manager: Actor, plan: Plan, app: App, wait: Wait
) -> None:
    late, off = await plan(TITLE), await plan("Čočky")
    await signs_up(ann)
    await signs_up(ann, title="Čočky")
    await until(app, wait, START - HOUR)
    to_late, to_off = await makes_link(ann, late), await makes_link(ann, off)
    await manager.presses_data(f"ws.off!:{off}")
    await bob.follows(to_off)
    assert bob.screen == "Tahle akce se nekoná."
    await ann.presses_data(f"ws.hand:{off}")
    assert ann.alert
    await wait(HOUR)
    await bob.follows(to_late)
    assert bob.screen.startswith("Už to začalo")
    await ann.presses_data(f"ws.hand:{late}")
    assert ann.alert


async def test_nothing_to_hand_over(ann: Actor, guest: Actor, plan: Plan, app: App) -> None:
    key = await plan(TITLE)
    await ann.says("/menu")
    await ann.presses_data(f"ws.hand:{key}")
    assert ann.toast == "You have no seat there that you could pass on."
    await guest.says("/start")
    await signs_up(guest)
    await guest.presses_data(f"ws.hand:{key}")
    assert guest.alert
    await ann.presses_data("ws.hand:999")
    assert ann.alert
    async with app.db.reading() as session:
        assert (await session.exec(select(Handover))).first() is None


async def test_five_wrong_tries_a_minute(ann: Actor, bob: Actor, plan: Plan, wait: Wait) -> None:
    """Counted with those of invitations."""
    key = await plan(TITLE)
    await signs_up(ann)
    link = await makes_link(ann, key)
    for number in range(5):
        await bob.follows(f"{'hi'[number % 2]}{number:043}")
    await bob.follows(link)
    assert bob.screen.startswith("Bylo to příliš mnoho pokusů.")
    await wait(timedelta(seconds=61))
    await bob.follows(link)
    assert bob.screen.startswith("🎉")


async def test_nonsense_is_no_link(ann: Actor) -> None:
    for payload in ("h", "h:::", "h" + "ř" * 63):
        await ann.says(f"/start {payload}")
        assert ann.screen.startswith(NOT_VALID)


async def test_the_token_is_kept_nowhere(ann: Actor, plan: Plan, app: App) -> None:
    key = await plan(TITLE)
    await signs_up(ann)
    token = (await makes_link(ann, key)).partition("start=h")[2]
    assert len(token) == 43
    async with app.db.reading() as session:
        handover = (await session.exec(select(Handover))).one()
    assert token not in str(handover.model_dump())


async def test_what_is_kept_is_given_out_and_forgotten(
    ann: Actor, bob: Actor, plan: Plan, app: App, wait: Wait
) -> None:
    key = await plan(TITLE)
    await signs_up(ann)
    await bob.follows(await makes_link(ann, key))
    for actor, what in ((ann, "given"), (bob, "received")):
        await actor.says("/soukromi")
        await actor.presses(next(label for label in actor.buttons if label[0] == "📥"))
        said = actor.document.decode()
        assert f'"what": "{what}"' in said
        assert "digest" not in said
    await ann.says("/privacy")
    await ann.presses("🗑 Erase my data")
    await ann.presses("🗑 Yes, forget me")
    await wait(14 * DAY)
    async with app.db.reading() as session:
        assert (await session.exec(select(Handover))).first() is None
