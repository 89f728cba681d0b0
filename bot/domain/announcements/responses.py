"""What people do with an announcement that they have got, each of them once, and changeable."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import privacy
from bot.domain.announcements import questions
from bot.domain.announcements.cards import Card, find
from bot.domain.announcements.questions import Asked
from bot.domain.announcements.writing import look
from bot.domain.privacy import Record, facts
from bot.domain.refusals import Gone, Refusal
from storage.announcements import Response, ResponseKind, responses
from storage.announcements.responses import Tally, Words
from storage.people import Person


class OnlyShown(Refusal):
    """It was not sent to them: they see what it would look like."""


@dataclass(frozen=True)
class Answers:
    card: Card
    asked: Asked
    tally: Sequence[Tally]  # of the options, by organisation
    words: Sequence[Words]

    def count(self, option: int) -> int:
        return sum(each.count for each in self.tally if each.option == option)

    @property
    def people(self) -> int:
        return sum(each.count for each in self.tally)


async def tapped(session: AsyncSession, announcement_id: int, who: Person, now: datetime) -> None:
    """They looked at what it leads to; whoever was only shown it does not count."""
    if await responses.was_sent(session, announcement_id, who.key):
        await _note(session, announcement_id, who, ResponseKind.TAPPED, now)


async def be_interested(
    session: AsyncSession, announcement_id: int, who: Person, now: datetime
) -> None:
    await _asked(session, announcement_id, who)
    await _note(session, announcement_id, who, ResponseKind.INTERESTED, now)


async def lose_interest(
    session: AsyncSession, announcement_id: int, who: Person, now: datetime
) -> None:
    await _asked(session, announcement_id, who)
    await responses.take_back(session, announcement_id, who.key, ResponseKind.INTERESTED)


async def choose(
    session: AsyncSession, announcement_id: int, option: int, who: Person, now: datetime
) -> None:
    """The latest choice counts. Raises `Gone` for an option that there is not."""
    asked = await _asked(session, announcement_id, who)
    if not 0 <= option < len(asked.options):
        raise Gone
    await _note(session, announcement_id, who, ResponseKind.CHOSE, now, option=option)


async def may_write(session: AsyncSession, announcement_id: int, who: Person) -> str:
    """What they have written so far. Raises `OnlyShown`, `Gone`."""
    await _asked(session, announcement_id, who)
    known = await responses.find(session, announcement_id, who.key, ResponseKind.WROTE)
    return known.words if known else ""


async def write(
    session: AsyncSession, announcement_id: int, words: str, who: Person, now: datetime
) -> None:
    await _asked(session, announcement_id, who)
    await _note(session, announcement_id, who, ResponseKind.WROTE, now, words=words)


async def answers(
    session: AsyncSession, announcement_id: int, who: Person, now: datetime
) -> Answers:
    """What was chosen and written, for those who may send it."""
    card = await look(session, announcement_id, who, now)
    asked = questions.of(card.announcement)
    tally = await responses.tally(session, announcement_id)
    return Answers(card, asked, tally, await responses.words(session, announcement_id))


async def _asked(session: AsyncSession, announcement_id: int, who: Person) -> Asked:
    announcement = await find(session, announcement_id)
    if announcement.recalled_at is not None:
        raise Gone
    if announcement.sent_at is None:
        raise OnlyShown
    if not await responses.was_sent(session, announcement_id, who.key):
        raise OnlyShown
    return questions.of(announcement)


async def _note(
    session: AsyncSession,
    announcement_id: int,
    who: Person,
    kind: ResponseKind,
    now: datetime,
    *,
    option: int | None = None,
    words: str = "",
) -> None:
    known = await responses.find(session, announcement_id, who.key, kind)
    if known is None:
        known = Response(announcement_id=announcement_id, person_id=who.key, kind=kind, at=now)
        session.add(known)
    known.option, known.words, known.at = option, words, now
    await session.flush()


async def _give(session: AsyncSession, me: Person) -> Sequence[Record]:
    return [facts(each) for each in await responses.of_person(session, me.key)]


async def _forget(session: AsyncSession, me: Person, now: datetime) -> None:
    """The words go; that somebody answered stays."""
    for response in await responses.of_person(session, me.key):
        response.words = ""


privacy.keep("announcement_responses", Response, give=_give, forget=_forget)
