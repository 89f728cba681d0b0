"""What is said in groups is not said to us, and is forgotten as soon as it has been looked at."""

from datetime import timedelta

from bot.app import App
from storage import inbox
from storage.inbox import Inbox, State

GROUP, PERSON = -1001, 1001


async def test_it_is_forgotten_once_it_is_done(app: App) -> None:
    kept = {(GROUP, State.DONE): False, (GROUP, State.NEW): True, (PERSON, State.DONE): True}
    async with app.db.writing() as session:
        for number, (lane, state) in enumerate(kept):
            session.add(_said(number, lane, state, app))
    async with app.db.writing() as session:
        await inbox.hush(session, app.clock() - timedelta(days=1))
    async with app.db.reading() as session:
        for number, ((lane, state), stays) in enumerate(kept.items(), 1):
            row = await session.get(Inbox, number)
            assert row is not None
            assert (row.body != "") is stays, (lane, state)


def _said(number: int, lane: int, state: State, app: App) -> Inbox:
    return Inbox(
        update_id=7_000_000 + number,
        lane=lane,
        body='{"message": {"text": "between us"}}',
        state=state,
        received_at=app.clock(),
    )
