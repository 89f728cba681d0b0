"""What somebody says of a call, and what they hear when it changes."""

import pytest
from sqlmodel import select

from bot.app import App
from bot.domain.calls.found import Due
from handlers.calls.letters import FollowAlerted, SayUnfit, WriteAtPace
from handlers.calls.ways import DropCall, FollowCall
from handlers.links import OpenCall
from storage.calls.records import Kind, State
from storage.outbox import Outbox
from tests.actors import Actor
from tests.stories.alerting import (
    SOON,
    amend,
    announce,
    has_no_limit,
    letters,
    news,
    subscribes,
    until,
)
from tests.stories.announcing import Wait
from tests.stories.calls import add_pillars, days, due
from tests.stories.reminding import DAY, HOUR, prague

TITLE = "Lasery & <čočky>"
LATER = Due(prague(30, 12, month=7), hour_known=True)


@pytest.fixture
async def lasers(app: App) -> int:
    return (await add_pillars(app, "Lasery", "Mikroskopie", own=2))[0]


@pytest.mark.postgres
async def test_a_change_sets_the_old_message_right_and_tells_followers(
    ann: Actor, bob: Actor, lasers: int, app: App, wait: Wait
) -> None:
    await subscribes(ann, "Daily at 8:00")
    await subscribes(bob, "Denně v 8:00")
    key = await announce(app, TITLE, due(prague(28, 12)), pillars=[lasers])
    await announce(app, "Mikrooptika", pillars=[lasers])
    await until(app, wait, prague(2, 8, month=3))
    await bob.presses("1" if letters(bob)[0].index(TITLE) < letters(bob)[0].index("Mi") else "2")
    await bob.presses("👁 Sledovat")
    await until(app, wait, prague(2, 9, month=3))
    await amend(app, key, deadlines=[LATER])
    await wait(SOON)
    assert news(ann) == []
    (told,) = news(bob)
    assert told.splitlines() == [
        f"⚠️ {TITLE}: prodloužena",
        "Uzávěrka: pátek 28. 5. 2027 12:00 → pátek 30. 7. 2027 12:00",
    ]
    for actor in (ann, bob):
        (letter,) = letters(actor)
        assert letter.count("2027") >= 3
    sent = next(each for each in ann.messages if each.get("text", "").startswith("🔔 2"))
    struck = [each for each in sent["entities"] if each["type"] == "strikethrough"]
    assert len(struck) == 1
    assert "edit_date" in sent
    await wait(SOON)
    assert len(news(bob)) == 1


async def test_only_messages_about_that_call_are_touched(
    ann: Actor, lasers: int, app: App, wait: Wait
) -> None:
    await subscribes(ann, "Daily at 8:00")
    await announce(app, "Mikrooptika", pillars=[lasers])
    await until(app, wait, prague(2, 8, month=3))
    key = await announce(app, TITLE, pillars=[lasers])
    await until(app, wait, prague(3, 8, month=3))
    await amend(app, key, state=State.CANCELLED)
    await wait(SOON)
    old, new = [each for each in ann.messages if each.get("text", "").startswith("🔔 A call")]
    assert "edit_date" not in old
    assert "❌ cancelled" in new["text"]


async def test_an_old_message_is_set_right_after_its_letter_is_forgotten(
    ann: Actor, lasers: int, app: App, wait: Wait
) -> None:
    """What was sent is forgotten after a month; which message it became is not."""
    await subscribes(ann, "Daily at 8:00")
    key = await announce(app, TITLE, pillars=[lasers])
    await until(app, wait, prague(2, 8, month=3))
    await wait(HOUR)
    await wait(40 * DAY)
    async with app.db.reading() as session:
        kept = (await session.exec(select(Outbox.dedup))).all()
        assert not [dedup for dedup in kept if dedup.startswith("ca1:")]
    await amend(app, key, deadlines=[LATER])
    await wait(SOON)
    assert "(before: 30 May 2027)" in letters(ann)[0]


async def test_a_deadline_that_is_over_has_not_moved(
    ann: Actor, lasers: int, app: App, wait: Wait
) -> None:
    await subscribes(ann, "Daily at 8:00")
    first, second = due(prague(4, 12, month=3), "stage 1"), due(prague(28, 12), "stage 2")
    await announce(app, TITLE, first, second, pillars=[lasers])
    await until(app, wait, prague(2, 8, month=3))
    assert "4 Mar 2027" in letters(ann)[0]
    await until(app, wait, prague(5, 8, month=3))
    await ann.presses("👁 Follow")
    assert "28 May 2027" in ann.screen
    assert "before" not in ann.screen


async def test_a_call_that_is_off_is_told_at_the_weekend_only_when_near(
    ann: Actor, lasers: int, app: App, wait: Wait
) -> None:
    await subscribes(ann, "Daily at 8:00")
    key = await announce(app, TITLE, pillars=[lasers])
    await until(app, wait, prague(2, 8, month=3))
    await ann.presses("👁 Follow")
    await until(app, wait, prague(6, 12, month=3))  # a Saturday
    await amend(app, key, state=State.CANCELLED)
    await wait(SOON)
    assert news(ann) == []
    await until(app, wait, prague(8, 8, month=3))
    assert [text.splitlines()[0] for text in news(ann)] == [f"⚠️ {TITLE}: it has been called off"]


async def test_at_night_nobody_is_told_of_changes(
    ann: Actor, lasers: int, app: App, wait: Wait
) -> None:
    await subscribes(ann, "Daily at 8:00")
    key = await announce(app, TITLE, due(prague(4, 12, month=3)), pillars=[lasers])
    await until(app, wait, prague(2, 8, month=3))
    await ann.presses("👁 Follow")
    await until(app, wait, prague(2, 23, month=3))
    await amend(app, key, deadlines=[LATER])
    await wait(SOON)
    assert news(ann) == []
    await until(app, wait, prague(3, 8, month=3))
    assert len(news(ann)) == 1


async def test_a_value_that_nobody_has_confirmed_reaches_nobody(
    ann: Actor, lasers: int, app: App, wait: Wait
) -> None:
    await subscribes(ann, "Daily at 8:00")
    await announce(app, TITLE, due(days(90), sure=False), pillars=[lasers], continuous=True)
    await until(app, wait, prague(2, 8, month=3))
    assert "30 May" not in letters(ann)[0]


async def test_not_for_us_and_back(bob: Actor, lasers: int, app: App, wait: Wait) -> None:
    await subscribes(bob, "Denně v 8:00")
    await announce(app, TITLE, pillars=[lasers])
    await until(app, wait, prague(2, 8, month=3))
    await bob.presses("👎 Ne pro nás")
    assert "Proč pro vás není?" in bob.screen
    await bob.presses("◀ Zpět")
    await bob.presses("👎 Ne pro nás")
    await bob.presses("Velká spoluúčast")
    assert "👎 Velká spoluúčast" in bob.screen
    await bob.presses("↩️ Přece pro nás")
    assert "👁 Sledovat" in bob.buttons


async def test_three_times_the_same_proposes_a_rule(
    bob: Actor, lasers: int, app: App, wait: Wait
) -> None:
    await subscribes(bob, "Denně v 8:00")
    await has_no_limit(bob)
    for number in range(3):
        await announce(app, f"Výzva {number}", pillars=[lasers])
        await until(app, wait, prague(2 + number, 8, month=3))
        await bob.presses("👎 Ne pro nás")
        await bob.presses("Jiný obor")
    assert "Všechny patřily do pilíře Lasery" in bob.screen
    await bob.presses("Ano, už o něm nepsat")
    assert "Pilíře: Mikroskopie" in bob.screen
    await announce(app, "Výzva 4", pillars=[lasers])
    await until(app, wait, prague(9, 8, month=3))
    assert len(letters(bob)) == 3


async def test_a_rule_that_is_not_wanted_changes_nothing(
    ann: Actor, lasers: int, app: App, wait: Wait
) -> None:
    await subscribes(ann, "Daily at 8:00")
    await has_no_limit(ann)
    for number in range(3):
        await announce(app, f"Voucher {number}", pillars=[lasers], kind=Kind.VOUCHER)
        await until(app, wait, prague(2 + number, 8, month=3))
        await ann.presses("👎 Not for us")
        await ann.presses("Too small")
    assert "All were of the kind vouchers" in ann.screen
    await ann.presses("No, leave it as it is")
    await announce(app, "Voucher 4", pillars=[lasers], kind=Kind.VOUCHER)
    await until(app, wait, prague(9, 8, month=3))
    assert len(letters(ann)) == 4


async def test_following_from_the_card_and_no_more(
    ann: Actor, lasers: int, app: App, wait: Wait
) -> None:
    key = await announce(app, TITLE, pillars=[lasers])
    await ann.says("/menu")
    await ann.presses_data(OpenCall(key).pack())
    await ann.presses("👁 Follow")
    assert "✅ I follow it" in ann.buttons
    await ann.presses("✅ I follow it")
    assert "👁 Follow" in ann.buttons
    await amend(app, key, state=State.CANCELLED)
    await wait(SOON)
    assert news(ann) == []


async def test_of_the_card_not_for_us(ann: Actor, lasers: int, app: App) -> None:
    key = await announce(app, TITLE, pillars=[lasers])
    await ann.says("/menu")
    await ann.presses_data(DropCall(key).pack())
    await ann.presses("Too late for us")
    assert "Noted: too late for us" in ann.screen
    await ann.presses_data(DropCall(key).pack())
    await ann.presses("↩️ For us after all")
    assert "Taken back" in ann.screen


async def test_somebody_elses_message_is_nobody_elses(
    ann: Actor, eve: Actor, guest: Actor, lasers: int, app: App, wait: Wait
) -> None:
    await subscribes(ann, "Daily at 8:00")
    key = await announce(app, TITLE, pillars=[lasers])
    await until(app, wait, prague(2, 8, month=3))
    for actor in (eve, guest):
        await actor.says("/menu")
        for button in (FollowAlerted(1), SayUnfit(1, "field"), WriteAtPace(1, "x", "")):
            await actor.presses_data(button.pack())
            assert actor.alert
    await guest.presses_data(FollowCall(key).pack())
    assert guest.alert
    await ann.presses_data(SayUnfit(1, "nonsense").pack())
    assert ann.alert
