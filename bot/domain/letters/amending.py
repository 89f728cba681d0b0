"""An answer is put right where the team wrote it, so it is put right where it arrived."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.letters.answering import require_answering
from bot.domain.letters.contents import Content
from storage import audit, outbox, people
from storage import letters as store
from storage.letters import Letter
from storage.people import Person


@dataclass(frozen=True)
class Amended:
    answer: Letter
    before: Content
    person: Person
    message_id: int  # in the person's chat


async def amend(
    session: AsyncSession, me: Person, place: tuple[int, int], content: Content, now: datetime
) -> Amended | None:
    """None where that was no answer of theirs, or has not arrived. Raises `NotAllowed`."""
    answer = await store.shown_in(session, *place)
    if answer is None or not answer.from_team or answer.author_id != me.key:
        return None
    await require_answering(session, me, now)
    ended = await outbox.ended(session, store.key(answer.key, answer.person_id))
    message_id = answer.message_id or (ended[1] if ended else None)
    person = await people.find(session, answer.person_id)
    if message_id is None or person is None or content.method != answer.method:
        return None
    before = Content(answer.method, answer.payload)
    answer.payload = content.payload
    await audit.record(session, me.key, "amend_answer", f"letter:{answer.key}", now)
    return Amended(answer, before, person, message_id)
