"""Letters found: those that wait, those of somebody, and which one a message of ours is."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import bindparam, col, delete, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.letters.records import DeskTopic, Letter, LetterCopy
from storage.outbox import Outbox, State
from storage.people import Person

WAITING = (
    select(Letter, Person)
    .join(Person, col(Letter.person_id) == Person.id)
    .where(~col(Letter.from_team), col(Letter.closed_at).is_(None))
    .order_by(col(Letter.id))
)
MESSAGE = select(Outbox.dedup).where(
    Outbox.chat_id == bindparam("chat_id"),
    Outbox.state == State.SENT,
    Outbox.message_id == bindparam("message_id"),
    col(Outbox.dedup).startswith("letter:"),
)


async def find(session: AsyncSession, letter_id: int, *, lock: bool = False) -> Letter | None:
    return await session.get(Letter, letter_id, with_for_update=lock, populate_existing=lock)


async def waiting(session: AsyncSession) -> Sequence[tuple[Letter, Person]]:
    """Those to which nobody has seen yet, oldest first."""
    return (await session.exec(WAITING)).all()


async def answers(session: AsyncSession, letter_id: int) -> Sequence[tuple[Letter, Person]]:
    """What the team has answered, with who did."""
    query = (
        select(Letter, Person)
        .join(Person, col(Letter.author_id) == Person.id)
        .where(Letter.answers_id == letter_id, col(Letter.from_team))
    )
    return (await session.exec(query.order_by(col(Letter.id)))).all()


async def written_since(session: AsyncSession, person_id: int, since: datetime) -> int:
    query = select(func.count(col(Letter.id))).where(
        Letter.person_id == person_id, ~col(Letter.from_team), Letter.at > since
    )
    return (await session.exec(query)).one()


async def last_of(session: AsyncSession, author_id: int, person_id: int) -> Letter | None:
    """What `author_id` wrote last in the correspondence of `person_id`."""
    query = select(Letter).where(Letter.author_id == author_id, Letter.person_id == person_id)
    return (await session.exec(query.order_by(col(Letter.id).desc()).limit(1))).first()


async def of_person(session: AsyncSession, person_id: int) -> Sequence[Letter]:
    query = select(Letter).where(Letter.person_id == person_id)
    return (await session.exec(query.order_by(col(Letter.id)))).all()


def key(letter_id: int, person_id: int) -> str:
    """By which the message is known in the outbox that brings a letter to somebody."""
    return f"letter:{letter_id}:p{person_id}"


async def shown_in(session: AsyncSession, chat_id: int, message_id: int) -> Letter | None:
    """The letter that a message of ours is, to the team or to a person."""
    copy = await session.get(LetterCopy, (chat_id, message_id))
    if copy is not None:
        return await find(session, copy.letter_id)
    place = {"chat_id": chat_id, "message_id": message_id}
    dedup = (await session.exec(MESSAGE, params=place)).first()
    return await find(session, int(dedup.split(":")[1])) if dedup else None


async def unsettled(session: AsyncSession) -> Sequence[Letter]:
    """Answers of which we have not noted how they arrived."""
    query = select(Letter).where(col(Letter.from_team), col(Letter.closed_at).is_(None))
    return (await session.exec(query)).all()


async def prune(session: AsyncSession, before: datetime) -> None:
    old = select(Letter.id).where(Letter.at < before, col(Letter.closed_at).is_not(None))
    await session.exec(
        update(Letter).where(col(Letter.answers_id).in_(old)).values(answers_id=None)
    )
    await session.exec(delete(LetterCopy).where(col(LetterCopy.letter_id).in_(old)))
    await session.exec(delete(Letter).where(col(Letter.id).in_(old)))


def forum_key(letter_id: int) -> str:
    return f"letter:{letter_id}:f"


async def desk(session: AsyncSession) -> int | None:
    """The forum of the team; None: letters go to the managers' private chats."""
    query = select(DeskTopic.chat_id).where(DeskTopic.thread_id == 0)
    return (await session.exec(query)).first()


async def topic_of(session: AsyncSession, chat_id: int, organisation_id: int) -> int | None:
    query = select(DeskTopic.thread_id).where(
        DeskTopic.chat_id == chat_id, DeskTopic.organisation_id == organisation_id
    )
    return (await session.exec(query)).first()


async def forget_desk(session: AsyncSession) -> None:
    await session.exec(delete(DeskTopic))


async def forget_topic(session: AsyncSession, organisation_id: int | None) -> None:
    gone = col(DeskTopic.organisation_id) == organisation_id
    await session.exec(delete(DeskTopic).where(gone, col(DeskTopic.thread_id) != 0))


async def uncopied(session: AsyncSession, since: datetime) -> Sequence[Letter]:
    """Letters since then of which we have not noted where the team sees them."""
    noted = select(LetterCopy.letter_id)
    query = select(Letter).where(
        ~col(Letter.from_team), Letter.at > since, col(Letter.id).not_in(noted)
    )
    return (await session.exec(query.order_by(col(Letter.id)))).all()


async def fates(
    session: AsyncSession, keys: Sequence[str]
) -> dict[str, tuple[State, int, int | None]]:
    """How what has these keys stands, to which chat it goes, and as which message."""
    query = select(Outbox.dedup, Outbox.state, Outbox.chat_id, Outbox.message_id)
    rows = await session.exec(query.where(col(Outbox.dedup).in_(keys)))
    return {key: (State(state), chat, message) for key, state, chat, message in rows}
