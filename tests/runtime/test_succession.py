"""What a dead replica had in hand is sent by the leader; what the living have is left to them."""

from datetime import timedelta

import pytest

from bot.app import App
from bot.sandbox.people import Person
from storage.outbox import Call, Outbox, Priority, State
from tests.runtime.conftest import ANN, promised, stored, texts
from tests.runtime.together import Together, forget

pytestmark = pytest.mark.usefixtures("silent")


async def test_an_answer_of_a_dead_replica_is_sent_by_the_leader(
    together: Together, pair: tuple[App, App], phone: Person
) -> None:
    first, second = pair
    await promised(second, "Answer", priority=Priority.ANSWER, leaving=True)
    await together.die(second)
    await first.succession._look()
    assert [row.state for row in await stored(first)] == [State.SENDING]
    await together.time_out(second)
    await first.succession._look()
    together.sandbox.clock.advance(timedelta(minutes=1))
    await first.settle()
    assert texts(phone) == ["Answer"]
    assert [_end(row) for row in await stored(first)] == [(State.SENT, True, None)]


async def test_what_the_living_have_in_hand_is_left_to_them(
    together: Together, pair: tuple[App, App], phone: Person
) -> None:
    first, second = pair
    await promised(second, "Answer", priority=Priority.ANSWER, leaving=True)
    await promised(first, "Mine", priority=Priority.ANSWER, leaving=True)
    third = await together.join()
    await together.depose(first, third)
    states = {row.payload["text"]: row.state for row in await stored(third)}
    assert states == {"Answer": State.SENDING, "Mine": State.PENDING}


async def test_who_was_taken_for_dead_does_not_send_what_others_have(
    together: Together, pair: tuple[App, App], phone: Person
) -> None:
    first, second = pair
    await promised(second, "Answer", priority=Priority.ANSWER, leaving=True)
    [row] = await stored(second)
    await together.time_out(second)
    await first.succession._look()
    forget(second)
    mine = Call("sendMessage", ANN, {"text": "Answer"}, id=row.id or 0, replica=row.replica_id)
    second.outbox.push([mine])
    await second.nursery.idle()
    assert texts(phone) == []
    together.sandbox.clock.advance(timedelta(minutes=1))
    await first.settle()
    assert texts(phone) == ["Answer"]


async def test_an_end_that_comes_too_late_changes_nothing(
    together: Together, pair: tuple[App, App], phone: Person
) -> None:
    """The request of a replica that was taken for dead comes back after others have sent."""
    first, second = pair
    await promised(second, "Answer", priority=Priority.ANSWER, leaving=True)
    [row] = await stored(second)
    late = Call("sendMessage", ANN, {"text": "No"}, id=row.id or 0, replica=row.replica_id)
    await together.time_out(second)
    await first.succession._look()
    together.sandbox.clock.advance(timedelta(minutes=1))
    await first.settle()
    settled = await second.outbox._sender.send(late)
    await second.ledger.settle(settled)
    assert [_end(row) for row in await stored(first)] == [(State.SENT, True, None)]


def _end(row: Outbox) -> tuple[int, bool, int | None]:
    return row.state, row.maybe_duplicate, row.replica_id
