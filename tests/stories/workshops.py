"""Events that the stories of this folder tell about."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Calendar

from bot.app import App
from bot.domain import workshops
from bot.domain.workshops import PartPlan
from storage.people import by_telegram
from storage.workshops import Audience
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
    ) -> int:
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
                audience=audience,
            )
            if publish:
                await workshops.publish(session, key, me, now, zone)
        return key


async def opens(actor: Actor, title: str) -> None:
    """Two taps from the command: the list, the card."""
    await actor.says("/akce")
    await actor.presses(title)


def calendar(content: bytes) -> tuple[Any, list[Any]]:
    """The calendar of a file and its entries, whose values have many types."""
    whole = Calendar.from_ical(content)
    return whole, list(whole.walk("VEVENT"))
