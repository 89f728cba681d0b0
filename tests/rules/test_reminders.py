"""Whatever happens around an event: nobody is reminded twice of the same, nor of what is past."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import workshops
from bot.domain.refusals import Refusal
from bot.domain.workshops import Editor, PartPlan, Reminded, reminders
from bot.domain.workshops.rhythm import AFTER, BEATS, OFF
from storage.database import Database
from storage.people import Person, Role, RoleName
from storage.tables import metadata
from storage.workshops import PartKind, find
from storage.workshops import reminders as rows
from storage.workshops.reminders import Kind

PRAGUE = ZoneInfo("Europe/Prague")
STARTS = (
    datetime(2027, 3, 28, 7, tzinfo=UTC),  # the night before is an hour shorter
    datetime(2027, 10, 31, 8, tzinfo=UTC),  # and here an hour longer
    datetime(2028, 2, 29, 8, tzinfo=UTC),
    datetime(2027, 5, 31, 7, tzinfo=UTC),
)
CROWD = 5
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Hall:
    """A manager and a crowd, for one event after another."""

    def __init__(self, runner: asyncio.Runner, db: Database) -> None:
        self.runner, self.db = runner, db
        met = STARTS[0] - 365 * DAY
        self.manager = Person(telegram_id=1, met_at=met)
        self.crowd = [Person(telegram_id=10 + n, met_at=met) for n in range(CROWD)]
        runner.run(self._people(met))

    async def _people(self, met: datetime) -> None:
        async with self.db.engine.begin() as connection:
            await connection.run_sync(metadata.create_all)
        async with self.db.writing() as session:
            session.add_all([self.manager, *self.crowd])
            await session.flush()
            session.add(Role(person_id=self.manager.key, name=RoleName.MANAGER, since=met))


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    with asyncio.Runner() as runner, pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.domain.workshops.reminders.CHUNK", 2)  # so that many lots are open
        db = Database(f"sqlite:///{tmp_path_factory.mktemp('hall') / 'hall.db'}")
        yield Hall(runner, db)
        runner.run(db.dispose())


people = st.integers(0, CROWD - 1)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("wait"), st.sampled_from([1, 5, 12, 24, 24, 60, 24 * 8])),
        st.tuples(st.just("join"), people),
        st.tuples(st.just("join"), people),
        st.tuples(st.just("leave"), people),
        st.tuples(st.just("confirm"), people),
        st.tuples(st.just("move"), st.sampled_from([-26, -1, 1, 25, 24 * 7])),
        st.tuples(st.just("beat"), st.integers(0, 4 * len(BEATS) - 1)),
        st.tuples(st.just("beat"), st.integers(8, 11)),  # the day before, which has 3 times a day
        st.tuples(st.just("next"), st.just(0)),
        st.tuples(st.just("next"), st.just(0)),
    ),
    min_size=5,
    max_size=40,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(STARTS[2], 1, [("join", 0), ("next", 0), ("beat", 11), ("next", 0)])
@example(STARTS[2], 1, [("join", 0), ("join", 1), ("next", 0), ("join", 2), ("wait", 1)])
@given(start=st.sampled_from(STARTS), ahead=st.integers(1, 30), steps=STEPS)
def test_once_and_in_time(
    hall: Hall, start: datetime, ahead: int, steps: list[tuple[str, int]]
) -> None:
    hall.runner.run(_go(hall, start, ahead, steps))


async def _go(hall: Hall, start: datetime, ahead: int, steps: list[tuple[str, int]]) -> None:
    async with hall.db.writing() as session:
        story = Story(session, hall, start - ahead * DAY)
        await story.begin(start)
        for deed, number in [*steps, ("next", 0), ("wait", 24 * 3)]:
            with suppress(Refusal):
                await story.step(deed, number)
        assert set(story.told.values()) <= {1}
        await rows.drop_all(session, story.key)


class Story:
    def __init__(self, session: AsyncSession, hall: Hall, now: datetime) -> None:
        self.session, self.hall, self.now = session, hall, now
        self.told: Counter[tuple[int, Kind, datetime]] = Counter()
        self.key = 0

    async def begin(self, start: datetime) -> None:
        """Two days with an evening, and a part online."""
        evening, online = PartKind.EVENING, PartKind.ONLINE
        parts = [
            PartPlan(start, start + 7 * HOUR, 3),
            PartPlan(start + 9 * HOUR, start + 12 * HOUR, 4, "Večer", kind=evening),
            PartPlan(start + DAY, start + DAY + 6 * HOUR, 4, "2. den"),
            PartPlan(start + DAY, start + DAY + HOUR, 9, "Online", False, kind=online),
        ]
        me = self.hall.manager
        self.key = await workshops.plan(
            self.session, me, self.now, title="Vrstvy", place="Přerov", parts=parts
        )
        await workshops.publish(self.session, self.key, me, self.now, PRAGUE)

    async def step(self, deed: str, number: int) -> None:
        match deed:
            case "wait":
                await self._wait(number)
            case "next":
                await self._go_to_the_next()
            case "move":
                await self._move(timedelta(hours=number))
            case "beat":
                kind = list(BEATS)[number // 4]
                value = (OFF, *BEATS[kind].choices)[number % 4]
                where = (self.hall.manager, PRAGUE, self.now)
                await reminders.set_beat(self.session, self.key, kind, value, *where)
            case _:
                act = {"join": workshops.sign_up, "leave": workshops.leave}
                do = act.get(deed, workshops.confirm)
                await do(self.session, self.key, self.hall.crowd[number], self.now)

    async def _wait(self, hours: int) -> None:
        """The house looks around a few times."""
        for _ in range(min(hours, 12)):
            self.now += timedelta(hours=hours / min(hours, 12), seconds=7)
            await self._look_around()

    async def _go_to_the_next(self) -> None:
        pace = await workshops.pace(self.session, self.key, self.hall.manager, PRAGUE, self.now)
        self.now = min((each.due for each in pace.moments), default=self.now) + MINUTE
        await self._look_around()

    async def _look_around(self) -> None:
        for each in await workshops.remind(self.session, PRAGUE, self.now):
            await self._check(each)

    async def _move(self, by: timedelta) -> None:
        editor = Editor(self.session, self.key, self.hall.manager, self.now, PRAGUE)
        event = await find(self.session, self.key)
        assert event is not None
        for slot in event.parts if by < timedelta(0) else event.parts[::-1]:
            await editor.move(slot.id, slot.starts_at + by, slot.ends_at + by)

    async def _check(self, each: Reminded) -> None:
        reminder, event = each.reminder, each.event
        assert reminder.due_at <= self.now
        assert self.now - reminder.due_at <= reminders.GRACE.get(reminder.kind, DAY)
        assert each.slots
        if reminder.kind in AFTER:
            assert event.ends_at <= self.now
        else:
            assert all(slot.starts_at > self.now for slot in each.slots)
        ids = [slot.id for slot in each.slots]
        mine = await rows.places(self.session, ids, [each.person.key])
        assert {place.part_id for place in mine} == set(ids)
        assert any(place.taken_at <= reminder.due_at for place in mine)
        self.told[each.person.key, reminder.kind, reminder.since] += 1
