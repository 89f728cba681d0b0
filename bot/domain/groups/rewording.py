"""A topic gets other words for as long as nobody but its author stands behind them.

What others have said yes to stays as they have read it; what is new after that is a comment.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.groups.topics import clean, is_inside, visible
from bot.domain.refusals import NotAllowed, Refusal
from bot.domain.rights import Action
from storage import people
from storage.audit import record
from storage.groups import supports
from storage.groups.topics import Progress, Topic
from storage.people import Person
from storage.pillars import Pillar


class WordsStay(Refusal):
    """Others stand behind them, or the guarantor has moved the topic on."""


@dataclass(frozen=True, slots=True)
class Reworded:
    """`author` has not done it themselves, and is to hear of it; None: they have."""

    topic: Topic
    pillar: Pillar
    author: Person | None


@dataclass(frozen=True, slots=True)
class Wording:
    """`mine`: the reader has written it, or leads its pillar. `open`: its words may change."""

    mine: bool
    open: bool


async def wording(session: AsyncSession, topic: Topic, me: Person, now: datetime) -> Wording:
    mine = await _is_mine(session, topic, me, now)
    return Wording(mine, mine and await _is_open(session, topic))


async def may_reword(session: AsyncSession, topic_id: int, me: Person, now: datetime) -> Topic:
    """Raises `Gone`, `MembersOnly`, `NotAllowed` and `WordsStay`."""
    topic, _ = await _locked(session, topic_id, me, now)
    return topic


async def reword(
    session: AsyncSession, topic_id: int, part: str, words: str, me: Person, now: datetime
) -> Reworded:
    """Raises what `may_reword` raises, and `Illegible`."""
    topic, pillar = await _locked(session, topic_id, me, now)
    setattr(topic, part, clean(part, words))
    await session.flush()
    if topic.person_id == me.key:
        return Reworded(topic, pillar, None)
    await record(session, me.key, "reword_topic", f"topic:{topic_id}", now, part=part)
    return Reworded(topic, pillar, await people.find(session, topic.person_id))


async def _locked(
    session: AsyncSession, topic_id: int, me: Person, now: datetime
) -> tuple[Topic, Pillar]:
    topic, pillar = await visible(session, topic_id, me, now, lock=True)
    if not await _is_mine(session, topic, me, now):
        raise NotAllowed
    if not await _is_open(session, topic):
        raise WordsStay
    return topic, pillar


async def _is_mine(session: AsyncSession, topic: Topic, me: Person, now: datetime) -> bool:
    pillar_id = topic.pillar_id
    if topic.person_id == me.key and await is_inside(session, pillar_id, me, now):
        return True
    return await rights.may(session, me, Action.RUN_PILLAR, now, pillar_id=pillar_id)


async def _is_open(session: AsyncSession, topic: Topic) -> bool:
    return topic.progress == Progress.NEW and not await supports.has_others(session, topic)
