"""Whatever people do in whatever order: nobody sits on another's seat, and the line is kept."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import workshops
from bot.domain.workshops import Closed, Editor, NotWaiting, PartPlan, Seated, SeatTaken
from storage import workshops as store
from storage.database import Database
from storage.errands import Errand
from storage.organisations import Organisation
from storage.people import Person, Role, RoleName
from storage.tables import metadata
from storage.workshops import Seat
from tests.rules import seating
from tests.rules.seating import Model

NOW = datetime(2027, 5, 1, 8, tzinfo=UTC)
START = NOW + timedelta(days=10)
HOMES = (1, 1, 1, 2, 2, None, None, 3)  # organisations of the crowd


class Hall:
    """An event with one part, a manager, and a crowd."""

    def __init__(self, runner: asyncio.Runner, db: Database) -> None:
        self.runner = runner
        self.db = db
        self.manager = Person(telegram_id=1, met_at=NOW)
        self.crowd = [
            Person(telegram_id=10 + n, organisation_id=home, met_at=NOW)
            for n, home in enumerate(HOMES)
        ]
        runner.run(self._people())

    async def _people(self) -> None:
        async with self.db.engine.begin() as connection:
            await connection.run_sync(metadata.create_all)
        async with self.db.writing() as session:
            names = ("Optika", "Sklo", "Laser")
            session.add_all(Organisation(name=each, short=each, folded=each) for each in names)
            await session.flush()
            session.add_all([self.manager, *self.crowd])
            await session.flush()
            session.add(Role(person_id=self.manager.key, name=RoleName.MANAGER, since=NOW))

    def model(self, capacity: int, limit: int | None) -> Model:
        people = {each.key: seating.Person(each.key, each.organisation_id) for each in self.crowd}
        return Model(capacity, limit, START, NOW, people=people)

    async def plan(
        self, session: AsyncSession, capacity: int, limit: int | None
    ) -> tuple[int, int]:
        part = PartPlan(START, START + timedelta(hours=7), capacity)
        key = await workshops.plan(
            session, self.manager, NOW, title="Vrstvy", place="Přerov", parts=[part]
        )
        event = await workshops.publish(session, key, self.manager, NOW, UTC)
        workshop = await store.events.row(session, key)
        assert workshop is not None
        workshop.organisation_limit = limit
        await session.flush()
        return key, event.parts[0].id


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    with asyncio.Runner() as runner:
        db = Database(f"sqlite:///{tmp_path_factory.mktemp('hall') / 'hall.db'}")
        yield Hall(runner, db)
        runner.run(db.dispose())


Step = tuple[str, int]
SOMEBODY = st.integers(0, len(HOMES) - 1)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("join"), SOMEBODY),
        st.tuples(st.sampled_from(["join", "leave", "claim"]), SOMEBODY),
        st.tuples(st.sampled_from(["resize", "push back"]), st.integers(1, len(HOMES) + 1)),
        st.tuples(st.sampled_from(["close", "wait", "sleep"]), st.integers(1, 4)),
    ),
    max_size=30,
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(2, 1, [("join", 0), ("join", 1), ("sleep", 4), ("sleep", 2), ("join", 3)])
@example(1, None, [("join", 0), ("join", 3), ("wait", 4), ("wait", 4), ("leave", 0), ("join", 5)])
@given(capacity=st.integers(1, 4), limit=st.sampled_from([None, 1, 2]), steps=STEPS)
def test_seats_and_lines(hall: Hall, capacity: int, limit: int | None, steps: list[Step]) -> None:
    hall.runner.run(_go(hall, capacity, limit, steps))


async def _go(hall: Hall, capacity: int, limit: int | None, steps: list[Step]) -> None:
    async with hall.db.writing() as session:
        where = await hall.plan(session, capacity, limit)
        model = hall.model(capacity, limit)
        for step in steps:
            model.rose, model.offers = set(), 0
            await session.exec(delete(Errand))
            await _step(session, hall, model, where, step)
            await _compare(session, model, where[1])
            _judge(model, ticked=step[0] not in ("sleep", "join", "close", "claim"))
        await session.rollback()


async def _step(
    session: AsyncSession, hall: Hall, model: Model, where: tuple[int, int], step: Step
) -> None:
    """Do it to both."""
    (event, part), (deed, number) = where, step
    now, person = model.now, hall.crowd[number % len(HOMES)]
    match deed:
        case "join":
            with suppress(Closed):
                await workshops.sign_up(session, event, person, now)
                model.join(person.key)
        case "leave":
            left = await workshops.leave(session, event, person, now, part)
            model.leave(person.key)
            assert not left.card.mine
        case "claim":
            await _claim(session, model, where, person)
        case "resize" | "push back":
            await _resize(session, hall, model, where, number, push_back=deed == "push back")
        case "close":
            workshop = await store.events.row(session, event)
            assert workshop is not None
            workshop.closes_at = now
            await session.flush()
        case "wait" | "sleep":
            model.now = min(now + timedelta(days=number), START - timedelta(hours=1))
            if deed == "wait":
                model.settle()
                await workshops.settle_all(session, model.now)


async def _claim(
    session: AsyncSession, model: Model, where: tuple[int, int], person: Person
) -> None:
    waited = person.key in model.places
    try:
        await workshops.claim(session, *where, person, model.now)
    except SeatTaken:
        assert waited
        assert not model.claim(person.key)
    except NotWaiting:
        assert not waited
    else:
        assert model.claim(person.key)


async def _resize(
    session: AsyncSession,
    hall: Hall,
    model: Model,
    where: tuple[int, int],
    capacity: int,
    *,
    push_back: bool,
) -> None:
    editor = Editor(session, where[0], hall.manager, model.now, UTC)
    seated = len(model.seated)
    if capacity < seated and not push_back:
        with pytest.raises(Seated) as refusal:
            await editor.resize(where[1], capacity)
        assert refusal.value.number == seated
        return
    raised = await editor.resize(where[1], capacity, push_back=push_back)
    model.resize(capacity)
    assert raised.rose == len(model.rose)
    assert raised.pushed_back == max(0, seated - capacity)


async def _compare(session: AsyncSession, model: Model, part: int) -> None:
    session.expire_all()
    by_arrival = select(Seat).where(Seat.part_id == part).order_by(col(Seat.id))
    rows = (await session.exec(by_arrival)).all()
    assert {row.person_id: row.seated_at is not None for row in rows} == model.places
    assert [row.person_id for row in rows] == list(model.places)
    limit = model.limit if model.is_fair else None
    waiters = await store.lines.first(session, part, 100, limit)
    assert [each.person_id for each in waiters] == model.line()
    for number, each in enumerate(waiters, 1):
        assert await store.lines.number(session, part, each.seat_id, limit) == number
    await _compare_told(session, model, {row.id: row.person_id for row in rows})


async def _compare_told(
    session: AsyncSession, model: Model, owners: dict[int | None, int]
) -> None:
    """Of their seats those who sit now by no deed of their own; of seats to grab everybody."""
    promised = (await session.exec(select(Errand))).all()
    told = [
        owners[seat]
        for each in promised
        if each.kind == "workshops.rose"
        for seat in each.facts["seat_ids"]
    ]
    assert sorted(told) == sorted(model.rose)
    assert any(each.kind == "workshops.offered" for each in promised) == bool(model.offers)


def _judge(model: Model, *, ticked: bool) -> None:
    """What has to hold whatever the model says; free seats are seen to by a tick at the latest."""
    assert len(model.seated) <= model.capacity
    if ticked and not model.in_rush:
        assert model.free == 0 or model.next() is None
    if model.is_fair:
        homes = [model.people[key].organisation for key in model.seated]
        assert all(homes.count(home) <= (model.limit or 0) for home in homes if home)
