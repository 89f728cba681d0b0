"""The team answers a letter, or puts it aside; whoever wrote it hears from the bot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.letters.contents import Content
from bot.domain.letters.writing import about
from bot.domain.refusals import Gone, Refusal
from bot.domain.rights import Action, require
from storage import audit, organisations, outbox, people
from storage import letters as store
from storage.letters import Letter, LetterCopy
from storage.outbox import State
from storage.people import Person

WAITS = (State.PENDING, State.SENDING, State.HELD)


class CannotReach(Refusal):
    """Whoever wrote has left the bot since."""

    def __init__(self, name: str) -> None:
        self.name = name


@dataclass(frozen=True)
class Waiting:
    letter: Letter
    person: Person
    organisation: str


@dataclass(frozen=True)
class Case:
    """A letter as the team sees it."""

    letter: Letter
    person: Person
    organisation: str
    announcement: str
    answers: Sequence[tuple[Letter, Person]]
    closed_by: Person | None


@dataclass(frozen=True)
class Answered:
    """`first` has answered the same letter before, where that was somebody else."""

    answer: Letter
    letter: Letter
    person: Person
    first: Person | None
    announcement: str


async def require_answering(session: AsyncSession, me: Person, now: datetime) -> None:
    await require(session, me, Action.ANSWER_LETTER, now)


async def waiting(session: AsyncSession, me: Person, now: datetime) -> Sequence[Waiting]:
    await require_answering(session, me, now)
    found = await store.waiting(session)
    ids = {each.organisation_id for each, _ in found if each.organisation_id is not None}
    known = await organisations.by_ids(session, ids)
    names = {key: each.short for key, each in known.items()}
    return [Waiting(each, who, names.get(each.organisation_id or 0, "")) for each, who in found]


async def look(session: AsyncSession, letter_id: int, me: Person, now: datetime) -> Case:
    """Raises `Gone`, `NotAllowed`."""
    await require_answering(session, me, now)
    letter, person = await _find(session, letter_id)
    closed_by = await people.find(session, letter.closed_by) if letter.closed_by else None
    return Case(
        letter,
        person,
        await organisation_of(session, letter),
        await about(session, letter.announcement_id),
        await store.answers(session, letter.key),
        closed_by,
    )


async def organisation_of(session: AsyncSession, letter: Letter) -> str:
    """Empty for guests."""
    if letter.organisation_id is None:
        return ""
    found = await organisations.find(session, letter.organisation_id)
    return found.short if found else ""


async def answer(
    session: AsyncSession,
    letter_id: int,
    me: Person,
    content: Content,
    now: datetime,
    *,
    place: tuple[int, int],
) -> Answered:
    """`place` is the chat and the message in which the team wrote it.

    Raises `CannotReach`, `Gone`, `NotAllowed`.
    """
    await require_answering(session, me, now)
    letter, person = await _find(session, letter_id, lock=True)
    if person.telegram_id is None or not person.reachable:
        raise CannotReach(person.name)
    before = [who for _, who in await store.answers(session, letter.key) if who.key != me.key]
    reply = await _reply(session, letter, me, content, now, place)
    _close(letter, me, now)
    await audit.record(session, me.key, "answer_letter", f"letter:{letter.key}", now)
    first = before[0] if before else None
    return Answered(reply, letter, person, first, await about(session, letter.announcement_id))


async def go_on(
    session: AsyncSession, me: Person, content: Content, now: datetime, *, place: tuple[int, int]
) -> Answered | None:
    """A file that comes right behind another of the same album goes with that answer of theirs.
    None where there is no such answer. Raises `CannotReach`, `NotAllowed`."""
    chat_id, message_id = place
    before = await store.shown_in(session, chat_id, message_id - 1)
    if before is None or not before.from_team or before.author_id != me.key:
        return None
    if before.method == "sendMessage" or before.answers_id is None:
        return None
    await require_answering(session, me, now)
    letter, person = await _find(session, before.answers_id, lock=True)
    if person.telegram_id is None or not person.reachable:
        raise CannotReach(person.name)
    reply = await _reply(session, letter, me, content, now, place)
    return Answered(reply, letter, person, None, "")


async def _reply(
    session: AsyncSession,
    letter: Letter,
    me: Person,
    content: Content,
    now: datetime,
    place: tuple[int, int],
) -> Letter:
    reply = Letter(
        person_id=letter.person_id,
        organisation_id=letter.organisation_id,
        announcement_id=letter.announcement_id,
        from_team=True,
        author_id=me.key,
        method=content.method,
        payload=content.payload,
        answers_id=letter.key,
        at=now,
    )
    session.add(reply)
    await session.flush()
    chat_id, message_id = place
    session.add(LetterCopy(chat_id=chat_id, message_id=message_id, letter_id=reply.key))
    return reply


async def close(session: AsyncSession, letter_id: int, me: Person, now: datetime) -> Letter:
    """Nothing needs to be answered. Doing it twice is as good as once."""
    await require_answering(session, me, now)
    letter, _ = await _find(session, letter_id, lock=True)
    if letter.closed_at is None:
        _close(letter, me, now)
        await audit.record(session, me.key, "close_letter", f"letter:{letter.key}", now)
    return letter


def _close(letter: Letter, me: Person, now: datetime) -> None:
    if letter.closed_at is None:
        letter.closed_at, letter.closed_by = now, me.key


async def settle(session: AsyncSession, now: datetime) -> Sequence[tuple[Person, Person, Letter]]:
    """Note how answers arrived. Returns those that did not: who wrote them, to whom, what they
    answer; these letters wait again."""
    lost = []
    for reply in await store.unsettled(session):
        ended = await outbox.ended(session, store.key(reply.key, reply.person_id))
        if ended is not None and ended[0] in WAITS:
            continue
        reply.closed_at = now
        reply.message_id = ended[1] if ended else None
        if reply.message_id is None and reply.answers_id is not None:
            letter, person = await _find(session, reply.answers_id, lock=True)
            author = await people.find(session, reply.author_id)
            letter.closed_at = letter.closed_by = None
            lost += [(author, person, letter)] if author is not None else []
    return lost


async def _find(
    session: AsyncSession, letter_id: int, *, lock: bool = False
) -> tuple[Letter, Person]:
    """A file of an album stands for the letter with which it came."""
    letter = await store.find(session, letter_id, lock=lock)
    if letter is not None and letter.answers_id is not None:
        letter = await store.find(session, letter.answers_id, lock=lock)
    if letter is None or letter.from_team:
        raise Gone
    person = await people.find(session, letter.person_id)
    if person is None:
        raise Gone
    return letter, person
