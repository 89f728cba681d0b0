"""The boards that hang in the chats of those who lead events, each a message that stays true."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import privacy, rights
from bot.domain.rights import Action
from storage import outbox
from storage.outbox import State
from storage.people import Person
from storage.workshops import boards as store
from storage.workshops.boards import Board

OF_INTEREST = timedelta(days=14)  # after an event; then its board stays as it is
ON_THE_WAY = (State.PENDING, State.SENDING)
LOST = (State.FAILED, State.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Hanging:
    """A board whose last message has ended well, so it may be written anew."""

    board: Board
    person: Person
    message_id: int


@dataclass(frozen=True, slots=True)
class Survey:
    hanging: Sequence[Hanging]
    fallen: Sequence[int]  # ids of boards that nobody can see or may see any more


async def survey(session: AsyncSession, now: datetime) -> Survey:
    """How all boards are. What is on its way to its chat is left alone until it is there."""
    hanging, fallen = [], []
    old = set(await store.outlived(session, now - OF_INTEREST))
    for board, person in await store.hung(session):
        state, heard = await outbox.ended(session, board.sent_as) or (State.SENT, None)
        if state in ON_THE_WAY:
            continue
        message_id = board.message_id or heard
        allowed = await rights.may(session, person, Action.SEE_ATTENDEES, now)
        if state in LOST or message_id is None or not allowed or board.workshop_id in old:
            fallen.append(board.key)
        else:
            hanging.append(Hanging(board, person, message_id))
    return Survey(hanging, fallen)


async def hang(
    session: AsyncSession, workshop_id: int, me: Person, sent_as: str, shown: str, now: datetime
) -> int | None:
    """The message that was the board until now, if there was one. Raises `NotAllowed`."""
    await rights.require(session, me, Action.SEE_ATTENDEES, now)
    board = await store.find(session, workshop_id, me.key)
    if board is None:
        board = Board(workshop_id=workshop_id, person_id=me.key, sent_as=sent_as, shown_at=now)
        session.add(board)
    old, board.message_id = board.message_id, None
    board.sent_as, board.shown, board.shown_at = sent_as, shown, now
    await session.flush()
    return old


async def written(
    session: AsyncSession, hanging: Hanging, sent_as: str, shown: str, now: datetime
) -> bool:
    """Note what it says from now on. False: it was taken down or hung anew in the meantime."""
    board = await store.row(session, hanging.board.key)
    if board is None or board.sent_as != hanging.board.sent_as:
        return False
    board.message_id = hanging.message_id
    if board.shown != shown:
        board.sent_as, board.shown, board.shown_at = sent_as, shown, now
    await session.flush()
    return True


async def take_down(session: AsyncSession, workshop_id: int, me: Person) -> None:
    board = await store.find(session, workshop_id, me.key)
    if board is not None:
        await store.remove(session, board.key)


async def drop(session: AsyncSession, board_ids: Sequence[int]) -> None:
    for board_id in board_ids:
        await store.remove(session, board_id)


async def _give(session: AsyncSession, me: Person) -> Sequence[privacy.Record]:
    return [
        privacy.facts(board) for board, person in await store.hung(session) if person.id == me.id
    ]


async def _forget(session: AsyncSession, me: Person, now: datetime) -> None:
    await store.remove_of(session, me.key)


privacy.keep("boards", Board, give=_give, forget=_forget)
