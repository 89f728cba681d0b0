"""The rules of announcements that are seen best without a chat."""

import time
from collections.abc import AsyncIterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.app import App
from bot.domain import announcements, people
from bot.domain.announcements import Card, Content
from bot.domain.refusals import Gone
from bot.kit.context import Desk
from handlers.announcements.cards import Send
from handlers.announcements.sending import report
from storage import outbox
from storage.announcements import EVERYBODY, Choice, Facet, audiences
from storage.announcements import Content as Said
from storage.leaving import as_said_now
from storage.outbox import Outbox, State
from storage.people import Person
from storage.workshops import Part, Seat, Workshop
from tests.conftest import CAST, NOW

PRAGUE = ZoneInfo("Europe/Prague")
CONTENT = Content("sendMessage", {"text": "Zítra je volno.", "entities": []})


@pytest.fixture
async def session(app: App) -> AsyncIterator[AsyncSession]:
    async with app.db.writing() as session:
        yield session


@pytest.fixture
async def boss(session: AsyncSession) -> Person:
    query = select(Person).where(Person.telegram_id == CAST["manager"].id)
    return (await session.exec(query)).one()


MEMBERS = audiences.of(Facet.MEMBERSHIP, audiences.MEMBERS)


async def sent(session: AsyncSession, boss: Person, choice: Choice = MEMBERS) -> Card:
    made = (await announcements.write(session, boss, CONTENT, NOW)).announcement
    await announcements.address(session, made.key, boss, choice, NOW)
    edition = made.edition
    await announcements.send(session, made.key, boss, NOW, PRAGUE, edition=edition, sure=True)
    await announcements.depart(session, NOW + announcements.UNDO, PRAGUE, limit=2)
    return await announcements.watch(session, made.key, boss, 77, NOW)


async def rows(session: AsyncSession) -> list[Outbox]:
    query = select(Outbox).where(col(Outbox.batch_id).is_not(None)).order_by(col(Outbox.id))
    return list((await session.exec(query)).all())


async def end(session: AsyncSession, *states: State) -> None:
    """Let the first rows end so."""
    for row, state in zip(await rows(session), states, strict=False):
        await session.exec(update(Outbox).where(col(Outbox.id) == row.id).values(state=state))


def desk(app: App, session: AsyncSession) -> Desk:
    return Desk(app.house, session, NOW, "jannouncements:1")


async def drawn(app: App, session: AsyncSession) -> list[tuple[str, str, dict[str, Any]]]:
    at = desk(app, session)
    await report(at)
    return [(call.method, call.dedup, call.payload) for call in at.calls]


@pytest.mark.postgres
async def test_one_row_a_person_and_one_content_for_all(
    session: AsyncSession, boss: Person
) -> None:
    card = await sent(session, boss)
    owed = await rows(session)
    assert card.people == len(owed) == 4
    assert len({row.batch_id for row in owed}) == 1
    assert all(row.dedup.startswith("b1:p") and row.payload == {} for row in owed)
    due = await outbox.due(session, outbox.Priority.BULK, NOW, busy=(), limit=10)
    assert {(call.method, call.payload["text"]) for call in due} == {
        ("sendMessage", "Zítra je volno.")
    }


async def test_progress_is_drawn_when_there_is_some(
    app: App, session: AsyncSession, boss: Person
) -> None:
    await sent(session, boss)
    await end(session, State.SENT)
    (method, key, look), *others = await drawn(app, session)
    assert not others
    assert (method, key, look["message_id"]) == ("editMessageText", "a1:progress:1", 77)
    assert "1 z 4" in look["text"]
    assert [key for _, key, _ in await drawn(app, session)] == [key]


async def test_every_kind_of_end_is_counted(app: App, session: AsyncSession, boss: Person) -> None:
    made = (await sent(session, boss, EVERYBODY)).announcement
    left = (await session.exec(select(Person).where(Person.telegram_id == CAST["bob"].id))).one()
    await people.left(session, left, NOW)
    states = [State.FAILED, State.UNCERTAIN]
    for row in await rows(session):
        if row.chat_id != left.telegram_id:
            state = states.pop() if states else State.SENT
            change = update(Outbox).where(col(Outbox.id) == row.id)
            await session.exec(change.values(state=state))
    told = await drawn(app, session)
    assert made.done_at == NOW
    assert (made.people, made.delivered, made.unreachable) == (6, 3, 1)
    assert (made.uncertain, made.failed, made.withheld) == (1, 1, 0)
    assert [key for _, key, _ in told] == ["a1:progress:end", f"a1:end:p{boss.key}"]
    assert not await drawn(app, session)


async def test_what_was_stopped_does_not_wait_for_those_who_come_back(
    session: AsyncSession, boss: Person
) -> None:
    made = (await sent(session, boss)).announcement
    bob = (await session.exec(select(Person).where(Person.telegram_id == CAST["bob"].id))).one()
    await people.left(session, bob, NOW)
    await announcements.stop(session, made.key, boss, NOW)
    await people.came_back(session, bob, NOW)
    session.expire_all()
    assert {row.state for row in await rows(session)} == {State.WITHDRAWN}


async def test_stopping_twice_is_stopping_once(
    app: App, session: AsyncSession, boss: Person
) -> None:
    made = (await sent(session, boss)).announcement
    await announcements.stop(session, made.key, boss, NOW)
    await announcements.stop(session, made.key, boss, NOW)
    await drawn(app, session)
    await announcements.stop(session, made.key, boss, NOW)
    assert (made.withheld, made.delivered, made.stopped_at) == (4, 0, NOW)


async def test_those_registered_get_it_once_each(session: AsyncSession, boss: Person) -> None:
    event = Workshop(title="Tenké vrstvy", planned_by=boss.key, created_at=NOW)
    session.add(event)
    await session.flush()
    days = [
        Part(workshop_id=event.key, starts_at=NOW, ends_at=NOW, capacity=capacity)
        for capacity in (1, 5)
    ]
    session.add_all(days)
    await session.flush()
    for person_id in (boss.key, boss.key + 1):
        seats = [Seat(part_id=day.key, person_id=person_id, taken_at=NOW) for day in days]
        session.add_all(seats)
    made = (await announcements.write(session, boss, CONTENT, NOW)).announcement
    card = await announcements.address(
        session, made.key, boss, audiences.of(Facet.REGISTERED, event.key), NOW
    )
    assert card.people == 2
    edition = made.edition
    await announcements.send(session, made.key, boss, NOW, PRAGUE, edition=edition, sure=False)
    await announcements.depart(session, NOW + announcements.UNDO, PRAGUE, limit=2)
    assert len(await rows(session)) == 2


@pytest.mark.parametrize("facet", [Facet.PILLAR, Facet.REGISTERED])
async def test_what_is_not_there_has_no_people(
    session: AsyncSession, boss: Person, facet: Facet
) -> None:
    made = (await announcements.write(session, boss, CONTENT, NOW)).announcement
    with pytest.raises(Gone):
        await announcements.address(session, made.key, boss, audiences.of(facet, 404), NOW)


async def test_a_hundred_thousand_are_owed_in_a_moment(
    session: AsyncSession, boss: Person
) -> None:
    new = {"organisation_id": 1, "verified_at": NOW, "met_at": NOW, "language": "cs"}
    new |= {"first_name": "", "last_name": "", "reachable": True}
    table = Person.__table__  # type: ignore[attr-defined]
    connection = await session.connection()
    people_of = [{"telegram_id": 10_000_000 + number, **new} for number in range(100_000)]
    await connection.execute(table.insert(), people_of)
    began = time.process_time()
    card = await sent(session, boss)
    took = time.process_time() - began
    assert card.people == 100_004
    assert took < 3


def test_the_largest_ids_fit_on_the_button() -> None:
    assert Send(2**31 - 1, 2**31 - 1, 1).pack()


@pytest.mark.postgres
async def test_each_hears_their_own_language_and_both_parts_in_order(
    session: AsyncSession, boss: Person
) -> None:
    made = (await announcements.write(session, boss, CONTENT, NOW)).announcement
    await announcements.address(session, made.key, boss, MEMBERS, NOW)
    await _say(session, made.key, "", 1, "Podrobnosti")
    await _say(session, made.key, "en", 0, "Tomorrow is off.")
    await _say(session, made.key, "en", 1, "Details")
    edition = made.edition
    await announcements.send(session, made.key, boss, NOW, PRAGUE, edition=edition, sure=True)
    await announcements.depart(session, NOW + announcements.UNDO, PRAGUE, limit=2)
    await session.refresh(made)
    assert made.people == 4
    due = await outbox.due(session, outbox.Priority.BULK, NOW, busy=(), limit=10)
    said: dict[int, list[str]] = {}
    for call in due:
        said.setdefault(call.chat_id, []).append(call.payload["text"])
    czech, english = ["Zítra je volno.", "Podrobnosti"], ["Tomorrow is off.", "Details"]
    assert said == {
        CAST["ann"].id: english,
        CAST["eve"].id: english,
        CAST["bob"].id: czech,
        CAST["contact"].id: czech,
    }


async def _say(session: AsyncSession, key: int, language: str, position: int, text: str) -> None:
    payload = {"text": text}
    said = Said(
        announcement_id=key,
        language=language,
        position=position,
        method="sendMessage",
        payload=payload,
    )
    session.add(said)
    await session.flush()


@pytest.mark.postgres
async def test_what_is_on_its_way_is_corrected_when_it_has_arrived(
    session: AsyncSession, boss: Person
) -> None:
    made = (await sent(session, boss)).announcement
    [arrived, leaving, *_] = await rows(session)
    await _set(session, arrived, state=State.SENT, message_id=11, settled_at=NOW)
    await _set(session, leaving, state=State.SENDING)
    fixed = Content("sendMessage", {"text": "Zítra volno není.", "entities": []})
    correction = await announcements.correct(
        session, made.key, "", fixed, boss, NOW, edition=made.edition
    )
    assert await _edits(session) == {11}
    assert correction.late == [leaving.id]
    await _set(session, leaving, state=State.SENT, message_id=12, settled_at=NOW)
    for _ in range(2):
        await announcements.catch_up(
            session, made.key, made.edition, correction.batch_id, correction.late, NOW
        )
    assert await _edits(session) == {11, 12}


async def _set(session: AsyncSession, row: Outbox, **values: Any) -> None:
    await session.exec(update(Outbox).where(col(Outbox.id) == row.id).values(**values))


async def _edits(session: AsyncSession) -> set[int]:
    due = await outbox.due(session, outbox.Priority.BULK, NOW, busy=(), limit=10)
    edits = [call for call in due if call.method == "editMessageText"]
    assert {call.payload["text"] for call in edits} == {"Zítra volno není."}
    return {call.payload["message_id"] for call in edits}


async def test_what_was_fetched_before_leaves_with_the_new_words(
    session: AsyncSession, boss: Person
) -> None:
    made = (await sent(session, boss)).announcement
    [first, *_] = await outbox.due(session, outbox.Priority.BULK, NOW, busy=(), limit=10)
    fixed = Content("sendMessage", {"text": "Zítra volno není.", "entities": []})
    await announcements.correct(session, made.key, "", fixed, boss, NOW, edition=made.edition)
    marked = await outbox.mark(session, [first], (), NOW)
    leaving = await as_said_now(session, marked)
    assert leaving[first.id].payload["text"] == "Zítra volno není."
