"""Whatever people do in whatever order: the first `capacity` of a queue sit, and nobody twice."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import workshops
from bot.domain.workshops import Editor, PartPlan, Seated
from storage.database import Database
from storage.people import Person, Role, RoleName
from storage.tables import metadata
from storage.workshops import seats

NOW = datetime(2027, 5, 1, 8, tzinfo=UTC)
CROWD = 7


class Model:
    """The same queue as a list."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.queue: list[int] = []

    @property
    def seated(self) -> set[int]:
        return set(self.queue[: self.capacity])


class Hall:
    """An event with one part, a manager, and a crowd."""

    def __init__(self, runner: asyncio.Runner, db: Database) -> None:
        self.runner = runner
        self.db = db
        self.manager = Person(telegram_id=1, met_at=NOW)
        self.crowd = [Person(telegram_id=10 + n, met_at=NOW) for n in range(CROWD)]
        runner.run(self._people())

    async def _people(self) -> None:
        async with self.db.engine.begin() as connection:
            await connection.run_sync(metadata.create_all)
        async with self.db.writing() as session:
            session.add_all([self.manager, *self.crowd])
            await session.flush()
            session.add(Role(person_id=self.manager.key, name=RoleName.MANAGER, since=NOW))

    async def plan(self, session: AsyncSession, capacity: int) -> tuple[int, int]:
        start = NOW + timedelta(days=7)
        part = PartPlan(start, start + timedelta(hours=7), capacity)
        key = await workshops.plan(
            session, self.manager, NOW, title="Vrstvy", place="Přerov", parts=[part]
        )
        event = await workshops.publish(session, key, self.manager, NOW, UTC)
        return key, event.parts[0].id


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    with asyncio.Runner() as runner:
        db = Database(f"sqlite:///{tmp_path_factory.mktemp('hall') / 'hall.db'}")
        yield Hall(runner, db)
        runner.run(db.dispose())


Step = tuple[str, int]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["join", "leave"]), st.integers(0, CROWD - 1)),
        st.tuples(st.just("resize"), st.integers(1, CROWD + 1)),
    ),
    max_size=25,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(capacity=st.integers(1, 4), steps=STEPS)
def test_queue_arithmetic(hall: Hall, capacity: int, steps: list[Step]) -> None:
    hall.runner.run(_go(hall, capacity, steps))


async def _go(hall: Hall, capacity: int, steps: list[Step]) -> None:
    async with hall.db.writing() as session:
        event, part = await hall.plan(session, capacity)
        model = Model(capacity)
        for deed, number in steps:
            before = model.seated
            told, mover = await _step(session, hall, model, (event, part), (deed, number))
            assert told == model.seated - before - {mover}
            await _compare(session, hall, model, part)


async def _step(
    session: AsyncSession, hall: Hall, model: Model, where: tuple[int, int], step: Step
) -> tuple[set[int], int | None]:
    """Do it to both. Whom the house would tell, and who moved by themselves."""
    (event, part), (deed, number) = where, step
    if deed == "resize":
        return await _resize(session, hall, model, where, number), None
    person = hall.crowd[number]
    if deed == "join":
        card = await workshops.sign_up(session, event, person, NOW)
        if person.key not in model.queue:
            model.queue.append(person.key)
        assert card.parts[0].place == model.queue.index(person.key) + 1
        assert card.parts[0].seated == (person.key in model.seated)
        return set(), person.key
    left = await workshops.leave(session, event, person, NOW, part)
    model.queue = [key for key in model.queue if key != person.key]
    assert not left.card.mine
    return {promotion.person.key for promotion in left.promoted}, person.key


async def _resize(
    session: AsyncSession, hall: Hall, model: Model, where: tuple[int, int], capacity: int
) -> set[int]:
    event, part = where
    editor = Editor(session, event, hall.manager, NOW, UTC)
    if capacity < len(model.seated):
        with pytest.raises(Seated) as refusal:
            await editor.resize(part, capacity)
        assert refusal.value.number == len(model.seated)
        return set()
    raised = await editor.resize(part, capacity)
    model.capacity = capacity
    if raised.first is None or raised.last is None:
        return set()
    rows = await seats.places(session, part, 0, CROWD)
    return {person.key for key, person in rows if raised.first <= key <= raised.last}


async def _compare(session: AsyncSession, hall: Hall, model: Model, part: int) -> None:
    rows = await seats.places(session, part, 0, 100)
    assert [person.key for _, person in rows] == model.queue
    last = await seats.nth(session, part, model.capacity) or seats.NO_LAST
    seated = await seats.seated_after(session, part, last, 0, 100)
    assert set(seated) == model.seated
    assert len(seated) == min(model.capacity, len(model.queue))
