"""Events that are over: who had a seat, who came, and what was in the chats since."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.app import App
from bot.domain.workshops import PartPlan
from storage.people import Person, by_telegram
from storage.workshops import Event, check_ins, find
from storage.workshops.check_ins import How
from tests.actors import Actor
from tests.stories.workshops import START, Plan

Wait = Callable[[timedelta], Awaitable[None]]
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LENGTH = 7 * HOUR


@dataclass(frozen=True)
class Held:
    """`await held("Thin films", sat=[ann, bob], came=[ann])`: it has just ended; its id.

    `came` is for all parts, or says for each part, by its number from 0, who was there.
    """

    app: App
    plan: Plan
    wait: Wait

    async def __call__(
        self,
        title: str,
        *,
        sat: Sequence[Actor],
        came: Sequence[Actor] | Mapping[int, Sequence[Actor]] = (),
        parts: list[PartPlan] | None = None,
    ) -> int:
        key = await self.plan(title, parts=parts)
        for actor in sat:
            await actor.says("/start")
        async with self.app.db.writing() as session:
            event = await find(session, key)
            assert event is not None
            for actor in sat:
                me = await _person(session, actor)
                for slot in event.parts:
                    await check_ins.seat(session, slot.id, me.key, self.app.clock())
        await self.wait(event.starts_at - self.app.clock() + 5 * MINUTE)
        await self._enter(event, came)
        await self.wait(event.ends_at - self.app.clock())
        return key

    async def _enter(
        self, event: Event, came: Sequence[Actor] | Mapping[int, Sequence[Actor]]
    ) -> None:
        by_part = came if isinstance(came, Mapping) else dict.fromkeys(range(8), came)
        async with self.app.db.writing() as session:
            for number, slot in enumerate(event.parts):
                for actor in by_part.get(number, ()):
                    me = await _person(session, actor)
                    at = max(slot.starts_at, self.app.clock())
                    await check_ins.enter(session, slot.id, me.key, How.LIST, None, at)


async def _person(session: AsyncSession, actor: Actor) -> Person:
    me = await by_telegram(session, actor.id)
    assert me is not None
    return me


def day(number: int, name: str = "") -> PartPlan:
    """A day of seven hours; the first is that of `START`."""
    starts_at: datetime = START + number * DAY
    return PartPlan(starts_at, starts_at + LENGTH, 40, name=name)
