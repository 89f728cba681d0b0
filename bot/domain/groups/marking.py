"""What was said and should stand in the minutes: marked in the group, or passed on to us."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import privacy, rights
from bot.domain.people import tidy
from bot.domain.refusals import Gone, NotAllowed, Refusal
from bot.domain.rights import Action
from storage import pillars
from storage.groups import dates as asked
from storage.groups import membership, places
from storage.groups import minutes as store
from storage.groups.meetings import MarkedMessage
from storage.people import Person
from storage.pillars import Pillar

QUOTED = 1_500  # characters of one marked message
KEPT = timedelta(days=180)  # marked messages: those in minutes stand there


class NothingToMark(Refusal):
    """The command answers no message, or one without words."""


class NotLinked(Refusal):
    """No pillar meets in this group."""


class MarkedAlready(Refusal):
    """It is among those for the next minutes, or stands in some."""


@dataclass(frozen=True, slots=True)
class Said:
    """A message as it was said, by whom and when."""

    text: str
    by: str
    at: datetime
    message_id: int | None = None


async def mark_here(
    session: AsyncSession, me: Person, chat_id: int, thread_id: int, said: Said, now: datetime
) -> Pillar:
    """In the group of a pillar, or its topic. Raises `NotLinked`, `NotAllowed`, `NothingToMark`
    and `MarkedAlready`."""
    groups = await places.of_chat(session, chat_id)
    here = next((each for each in groups if each.thread_id in (0, thread_id)), None)
    if here is None:
        raise NotLinked
    pillar = await _in_pillar(session, me, here.pillar_id, now)
    if said.message_id is not None and await store.marked(
        session, pillar.key, said.message_id, here.key
    ):
        raise MarkedAlready
    await _keep(session, me, pillar, said, here.key)
    return pillar


async def mark(
    session: AsyncSession, me: Person, pillar_id: int, said: Said, now: datetime
) -> MarkedMessage:
    """What was passed on to us. Raises as `mark_here`, and `Gone`."""
    pillar = await _in_pillar(session, me, pillar_id, now)
    if await store.same_words(session, pillar_id, _quoted(said.text)):
        raise MarkedAlready
    return await _keep(session, me, pillar, said, None)


async def move_mark(
    session: AsyncSession, me: Person, mark_id: int, pillar_id: int, now: datetime
) -> Pillar:
    """It belongs to another pillar. Raises what `unmark` does, `NotAllowed` and
    `MarkedAlready`."""
    mark = await _own(session, me, mark_id)
    pillar = await _in_pillar(session, me, pillar_id, now)
    if mark.pillar_id != pillar_id and await store.same_words(session, pillar_id, mark.text):
        raise MarkedAlready
    mark.pillar_id = pillar_id
    await session.flush()
    return pillar


async def unmark(session: AsyncSession, me: Person, mark_id: int) -> None:
    """Raises `Gone` for what is not one's own, or stands in minutes by now."""
    await session.delete(await _own(session, me, mark_id))
    await session.flush()


async def _own(session: AsyncSession, me: Person, mark_id: int) -> MarkedMessage:
    mark = await store.mark(session, mark_id)
    if mark is None or mark.marked_by != me.key or mark.minutes_id is not None:
        raise Gone
    return mark


async def mine(session: AsyncSession, me: Person, now: datetime) -> list[Pillar]:
    """The pillars for whose minutes somebody may mark what was said."""
    joined = await membership.pillars_of(session, me.key)
    return [
        pillar
        for pillar in await pillars.standing(session, now)
        if pillar.key in joined or await asked.is_asked(session, pillar.key, me.key, now)
    ]


async def _in_pillar(session: AsyncSession, me: Person, pillar_id: int, now: datetime) -> Pillar:
    pillar = await pillars.find(session, pillar_id)
    if pillar is None or (pillar.until is not None and pillar.until <= now):
        raise Gone
    runs = await rights.may(session, me, Action.RUN_PILLAR, now, pillar_id=pillar_id)
    if not runs and not await asked.is_asked(session, pillar_id, me.key, now):
        raise NotAllowed
    return pillar


async def _keep(
    session: AsyncSession, me: Person, pillar: Pillar, said: Said, group_id: int | None
) -> MarkedMessage:
    if not said.text.strip():
        raise NothingToMark
    mark = MarkedMessage(
        pillar_id=pillar.key,
        group_id=group_id,
        message_id=said.message_id,
        said_by=tidy(said.by),
        text=_quoted(said.text),
        said_at=said.at,
        marked_by=me.key,
    )
    session.add(mark)
    await session.flush()
    return mark


def _quoted(text: str) -> str:
    text = text.strip()
    return text if len(text) <= QUOTED else f"{text[: QUOTED - 1]}…"


async def prune(session: AsyncSession, now: datetime) -> None:
    await store.prune(session, now - KEPT)


async def _give(session: AsyncSession, me: Person) -> Sequence[privacy.Record]:
    marks = await store.marks_of(session, me.key)
    return [privacy.facts(each, without=["marked_by", "said_by", "text"]) for each in marks]


privacy.keep("marked_messages", MarkedMessage, give=_give)
