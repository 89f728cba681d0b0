"""Events that the stories of this folder tell about."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Calendar
from sqlmodel import select

from bot.app import App
from bot.domain import workshops
from bot.domain.workshops import PartPlan
from storage.people import by_telegram
from storage.workshops import Audience, Part, events
from tests.actors import Actor

START = datetime(2027, 5, 14, 7, tzinfo=UTC)  # a Friday, 9:00 in Prague


@dataclass(frozen=True)
class Plan:
    """Plans and publishes as the manager would: one day of seven hours unless parts are given."""

    app: App
    manager: Actor

    async def __call__(
        self,
        title: str,
        *,
        seats: int = 40,
        starts_at: datetime = START,
        parts: list[PartPlan] | None = None,
        audience: Audience = Audience.PUBLIC,
        publish: bool = True,
        part: dict[str, Any] | None = None,
        **settings: Any,
    ) -> int:
        """`settings` are fields of the event, such as `organisation_limit`, and those in `part`
        are of all its parts."""
        whole = PartPlan(starts_at, starts_at + timedelta(hours=7), seats)
        now, zone = self.app.clock(), self.app.config.cluster.zone
        async with self.app.db.writing() as session:
            me = await by_telegram(session, self.manager.id)
            assert me is not None
            key = await workshops.plan(
                session,
                me,
                now,
                title=title,
                place="Přerov",
                parts=parts or [whole],
            )
            workshop = await events.row(session, key)
            assert workshop is not None
            rows = await session.exec(select(Part).where(Part.workshop_id == key))
            settings["audience"] = audience
            for row, values in [(workshop, settings), *((each, part or {}) for each in rows)]:
                for name, value in values.items():
                    setattr(row, name, value)
            await session.flush()
            if publish:
                await workshops.publish(session, key, me, now, zone)
        return key

    async def resize(self, key: int, seats: int, *, push_back: bool = False) -> None:
        """The first part of the event gets so many seats; everybody concerned is told."""
        now, zone = self.app.clock(), self.app.config.cluster.zone
        async with self.app.db.writing() as session:
            me = await by_telegram(session, self.manager.id)
            event = await events.find(session, key)
            assert me is not None
            assert event is not None
            editor = workshops.Editor(session, key, me, now, zone)
            await editor.resize(event.parts[0].id, seats, push_back=push_back)
        await self.app.settle()


async def opens(actor: Actor, title: str) -> None:
    """Two taps from the command: the list, the card."""
    await actor.says("/akce")
    await actor.presses(title)


def calendar(content: bytes) -> tuple[Any, list[Any]]:
    """The calendar of a file and its entries, whose values have many types."""
    whole = Calendar.from_ical(content)
    return whole, list(whole.walk("VEVENT"))
