"""What the stories about alerts and reminders of calls have in common."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import update

from bot.app import App
from bot.domain.calls import changes, settling
from bot.domain.calls.found import Due
from storage.calls.records import CallPillar, Deadline, GrantCall, Stage
from tests.actors import Actor
from tests.stories.announcing import Wait
from tests.stories.calls import add_call, days, due

SOON = timedelta(seconds=20)
HEADS = ("🔔 A call", "🔔 Výzva", "🔔 Otevřela", *(f"🔔 {number} " for number in range(2, 30)))
CZECH, ENGLISH = "🔔 Upozornění na výzvy", "🔔 Grant alerts"


async def subscribes(actor: Actor, pace: str) -> None:
    """From the settings, in the words of their language."""
    await actor.says("/settings")
    await actor.presses(CZECH if CZECH in actor.buttons else ENGLISH)
    when = next((label for label in actor.buttons if label.startswith("🕗")), None)
    if when is not None:
        await actor.presses(when)
    await actor.presses(next(label for label in actor.buttons if label.endswith(pace)))


async def has_no_limit(actor: Actor) -> None:
    """Wants to hear by itself as often as there is something."""
    await actor.presses_data("att.week.n:1000")


async def announce(app: App, title: str, *deadlines: Deadline, **fields: Any) -> int:
    """A call that the manager has just sent, by default with three months to go; its id."""
    told = deadlines or (due(days(90)),)
    key = await add_call(app, title, *told, **{"stage": Stage.WAITING, **fields})
    async with app.db.writing() as session:
        call = await session.get(GrantCall, key)
        assert call is not None
        await session.exec(update(CallPillar).values(by_hand=True))
        await settling.send(session, call, None, app.clock())
    return key


async def amend(
    app: App, call_id: int, *, deadlines: Sequence[Due] | None = None, **fields: Any
) -> None:
    """Somebody on the team puts it right."""
    async with app.db.writing() as session:
        call = await session.get(GrantCall, call_id)
        assert call is not None
        await changes.amend(session, call, fields, app.clock(), deadlines=deadlines)


async def until(app: App, wait: Wait, moment: datetime) -> None:
    await wait(moment - app.clock())


def letters(actor: Actor) -> list[str]:
    return [text for text in actor.heard if text.startswith(HEADS)]


def news(actor: Actor) -> list[str]:
    return [text for text in actor.heard if text.startswith("⚠️")]


def reminders(actor: Actor) -> list[str]:
    return [text for text in actor.heard if text.startswith("⏰")]
