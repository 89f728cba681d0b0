"""Deadlines of calls that somebody follows: on the days they chose, in the morning, once."""

from datetime import datetime

import pytest

from bot.app import App
from bot.domain.calls.found import Due
from handlers.calls.ways import ChooseReminders, FollowCall
from storage.calls.bids import Bid, Handed
from storage.calls.records import State
from storage.people import by_telegram
from tests.actors import Actor
from tests.stories.alerting import amend, announce, reminders, until
from tests.stories.announcing import Wait
from tests.stories.calls import due
from tests.stories.reminding import DAY, HOUR, MINUTE, prague

TITLE = "Čočky & <zrcadla>"
FRIDAY = prague(28, 12)  # of May 2027


async def follows(actor: Actor, key: int) -> None:
    await actor.says("/menu")
    await actor.presses_data(FollowCall(key).pack())


async def told_on(app: App, wait: Wait, actor: Actor, moment: datetime) -> bool:
    """Nothing a minute before, something then, and it once."""
    await until(app, wait, moment - MINUTE)
    before = len(reminders(actor))
    await wait(MINUTE)
    after = len(reminders(actor))
    await wait(HOUR)
    assert len(reminders(actor)) == after
    return after == before + 1


@pytest.mark.postgres
async def test_on_all_days_that_are_still_to_come(bob: Actor, app: App, wait: Wait) -> None:
    key = await announce(app, TITLE, due(FRIDAY))
    await follows(bob, key)
    assert await told_on(app, wait, bob, prague(25, 9, month=3))  # Saturday 29 March is no day
    assert await told_on(app, wait, bob, prague(28, 9, month=4))
    assert await told_on(app, wait, bob, prague(14, 9))
    assert await told_on(app, wait, bob, prague(21, 9))
    assert await told_on(app, wait, bob, prague(26, 9))
    await wait(10 * DAY)
    assert len(reminders(bob)) == 5
    assert reminders(bob)[2].splitlines()[:2] == [
        f"⏰ {TITLE}",
        "⏳ pátek 28. 5. 2027, 12:00 · za 14 dní",
    ]
    assert reminders(bob)[4].endswith("za 2 dny")


async def test_the_days_are_chosen_by_buttons(ann: Actor, app: App, wait: Wait) -> None:
    key = await announce(app, TITLE, due(FRIDAY))
    await follows(ann, key)
    await ann.presses_data(ChooseReminders(key).pack())
    for days in ("60 days", "30 days", "14 days", "2 days"):
        await ann.presses(f"✅ {days}")
    assert "• Fri 21 May 2027" in ann.screen
    await until(app, wait, prague(28, 9))
    assert len(reminders(ann)) == 1


async def test_choosing_a_day_is_following(ann: Actor, app: App, wait: Wait) -> None:
    key = await announce(app, TITLE, due(FRIDAY))
    await ann.says("/menu")
    await ann.presses_data(ChooseReminders(key).pack())
    assert "You do not follow this call yet" in ann.screen
    await ann.presses("▫️ 7 days")
    assert [label for label in ann.buttons if label.startswith("✅")] == ["✅ 7 days"]
    await until(app, wait, prague(28, 9))
    assert len(reminders(ann)) == 1


async def test_days_last_chosen_hold_for_the_next_call(ann: Actor, app: App) -> None:
    first = await announce(app, TITLE, due(FRIDAY))
    await ann.says("/menu")
    await ann.presses_data(ChooseReminders(first).pack())
    await ann.presses("▫️ 7 days")
    second = await announce(app, "Another", due(FRIDAY))
    await follows(ann, second)
    await ann.presses_data(ChooseReminders(second).pack())
    assert [label for label in ann.buttons if label.startswith("✅")] == ["✅ 7 days"]


async def test_a_holiday_moves_it_earlier(ann: Actor, app: App, wait: Wait) -> None:
    """Two days before Monday 10 May is Saturday 8 May, a holiday."""
    key = await announce(app, TITLE, due(prague(10, 12)))
    await follows(ann, key)
    await until(app, wait, prague(4, 9))
    said = len(reminders(ann))
    assert await told_on(app, wait, ann, prague(7, 9))
    await until(app, wait, prague(10, 13))
    assert len(reminders(ann)) == said + 1


async def test_handed_in_is_the_end(ann: Actor, bob: Actor, app: App, wait: Wait) -> None:
    """For all of that organisation."""
    key = await announce(app, TITLE, due(FRIDAY))
    await follows(ann, key)
    await follows(bob, key)
    await until(app, wait, prague(21, 8))
    said = len(reminders(bob))
    async with app.db.writing() as session:
        me = await by_telegram(session, ann.id)
        assert me is not None
        assert me.organisation_id is not None
        now = app.clock()
        bid = Bid(
            call_id=key,
            organisation_id=me.organisation_id,
            person_id=me.key,
            since=now,
            heard_at=now,
            handed=Handed.SUBMITTED,
            handed_at=now,
        )
        session.add(bid)
    await until(app, wait, prague(28, 9))
    assert len(reminders(bob)) == said


@pytest.mark.parametrize("state", [State.CANCELLED, State.CLOSED])
async def test_of_what_is_off_nobody_is_reminded(
    ann: Actor, app: App, wait: Wait, state: State
) -> None:
    key = await announce(app, TITLE, due(FRIDAY))
    await follows(ann, key)
    await amend(app, key, state=state)
    await until(app, wait, prague(26, 9))
    assert reminders(ann) == []


async def test_a_deadline_that_moves_takes_its_reminders_along(
    ann: Actor, app: App, wait: Wait
) -> None:
    key = await announce(app, TITLE, due(FRIDAY))
    await follows(ann, key)
    await until(app, wait, prague(14, 10))
    said = len(reminders(ann))
    await amend(app, key, deadlines=[Due(prague(30, 12, month=7), hour_known=True)])
    await wait(MINUTE)
    await until(app, wait, prague(28, 9))
    assert len(reminders(ann)) == said
    assert await told_on(app, wait, ann, prague(31, 9))  # 60 days before


async def test_the_hour_alone_reminds_nobody_anew(ann: Actor, app: App, wait: Wait) -> None:
    key = await announce(app, TITLE, due(FRIDAY))
    await follows(ann, key)
    await until(app, wait, prague(14, 10))
    said = len(reminders(ann))
    await amend(app, key, deadlines=[Due(prague(28, 17), hour_known=True)])
    await wait(MINUTE)
    await until(app, wait, prague(20, 9))
    assert len(reminders(ann)) == said
    assert await told_on(app, wait, ann, prague(21, 9))


async def test_two_deadlines_on_a_day_are_one_message(ann: Actor, app: App, wait: Wait) -> None:
    night = prague(28, 23, 59)
    key = await announce(app, TITLE, due(FRIDAY, "stage 1"), due(night, "stage 2", hour=False))
    await follows(ann, key)
    other = await announce(app, "Another", due(FRIDAY))
    await follows(ann, other)
    assert await told_on(app, wait, ann, prague(26, 9))
    told = reminders(ann)[-1]
    assert "stage 1" in told
    assert "time in the call – stage 2" in told
    assert "2. Another" in told
    assert "1. " + TITLE in ann.buttons


async def test_internal_deadlines_too(bob: Actor, app: App, wait: Wait) -> None:
    key = await announce(
        app, TITLE, due(FRIDAY), internal_at=prague(12, 12), internal_what="pošlete anotaci"
    )
    await follows(bob, key)
    assert await told_on(app, wait, bob, prague(10, 9))
    assert (
        "📌 Interní termín středa 12. 5. 2027 12:00 · za 2 dny: pošlete anotaci"
        in reminders(bob)[-1]
    )


async def test_late_is_once_and_never_after(ann: Actor, bob: Actor, app: App, wait: Wait) -> None:
    """The house was down: two reminders are one; of what is over nothing is said."""
    key = await announce(app, TITLE, due(FRIDAY))
    await follows(ann, key)
    await until(app, wait, prague(27, 10))
    assert len(reminders(ann)) == 1
    assert reminders(ann)[0].endswith("tomorrow")
    other = await announce(app, "Another", due(prague(31, 12)))
    await follows(bob, other)
    await until(app, wait, prague(31, 13))
    assert reminders(bob) == []


async def test_no_deadline_that_is_not_sure(ann: Actor, app: App, wait: Wait) -> None:
    key = await announce(app, TITLE, due(FRIDAY, sure=False), continuous=True)
    await follows(ann, key)
    await until(app, wait, prague(28, 9))
    assert reminders(ann) == []


async def test_nobody_follows_what_is_over(ann: Actor, app: App, wait: Wait) -> None:
    key = await announce(app, TITLE, due(FRIDAY))
    await amend(app, key, state=State.CLOSED)
    await follows(ann, key)
    assert ann.alert


async def test_stopping_from_a_reminder(ann: Actor, app: App, wait: Wait) -> None:
    key = await announce(app, TITLE, due(FRIDAY))
    await follows(ann, key)
    await until(app, wait, prague(21, 9))
    await ann.presses("🔕 Stop following")
    await until(app, wait, prague(28, 9))
    assert len(reminders(ann)) == 0


async def test_one_tap_on_a_reminder_says_that_it_is_handed_in(
    ann: Actor, app: App, wait: Wait
) -> None:
    key = await announce(app, TITLE, due(FRIDAY))
    await follows(ann, key)
    await until(app, wait, prague(21, 9))
    await ann.presses("📮 We have handed it in")
    assert "✅ Handed in." in ann.screen
    assert ann.toast == "Congratulations! You will get no more reminders of it."
