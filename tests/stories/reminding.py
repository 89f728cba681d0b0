"""What the stories about reminders have in common."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.app import App
from bot.domain.workshops import Editor
from storage.people import by_telegram
from tests.actors import Actor
from tests.stories.announcing import Wait
from tests.stories.workshops import opens

TITLE = "Tenké vrstvy"
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
PRAGUE = ZoneInfo("Europe/Prague")


async def signs_up(*actors: Actor, title: str = TITLE) -> None:
    """For the usual whole, to a seat or into the line."""
    for actor in actors:
        await opens(actor, title)
        label = next(label for label in actor.buttons if label[0] in "✅⏳")
        await actor.presses(label)


def reminders(actor: Actor) -> list[str]:
    """Those that came before an event."""
    return [text for text in actor.heard if text.startswith("⏰")]


def heads(actor: Actor) -> list[str]:
    return [text.splitlines()[0] for text in reminders(actor)]


async def until(app: App, wait: Wait, moment: datetime) -> None:
    await wait(moment - app.clock())


def prague(day: int, hour: int, minute: int = 0, *, month: int = 5) -> datetime:
    return datetime(2027, month, day, hour, minute, tzinfo=PRAGUE)


@asynccontextmanager
async def editing(app: App, manager: Actor, key: int) -> AsyncIterator[Editor]:
    """The manager changes something of the event."""
    async with app.db.writing() as session:
        me = await by_telegram(session, manager.id)
        assert me is not None
        yield Editor(session, key, me, app.clock(), app.config.cluster.zone)
