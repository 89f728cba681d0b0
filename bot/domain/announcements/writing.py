"""Writing an announcement: drafts, for whom they are, and looking at them."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.announcements import authors, rewriting
from bot.domain.announcements.audiences import check
from bot.domain.announcements.cards import Card, Content, card_of, find
from bot.domain.announcements.deeds import record
from bot.domain.announcements.rewriting import Rewriting
from bot.domain.refusals import Gone, Refusal
from bot.domain.rights import Action, require
from storage import announcements as store
from storage import people, pillars
from storage.announcements import Announcement, Choice, Facet, Stage, audiences
from storage.announcements import Content as Said
from storage.people import Person, RoleName


class AlreadySent(Refusal):
    """What has been sent cannot be changed or thrown away."""


class Leaving(Refusal):
    """It has its time to leave; whoever wants to change it takes it back first."""


async def begin_for(session: AsyncSession, who: Person, pillar_id: int, now: datetime) -> None:
    """Ask whether one may write to that pillar. Raises `Gone`, `NotAllowed`."""
    await require(session, who, Action.ANNOUNCE_TO_PILLAR, now, pillar_id=pillar_id)
    pillar = await pillars.find(session, pillar_id)
    if pillar is None or not pillar.stands(now):
        raise Gone


async def write(
    session: AsyncSession,
    who: Person,
    content: Content,
    now: datetime,
    *,
    anew: Rewriting | None = None,
    pillar_id: int | None = None,
) -> Card:
    """A new draft, or a draft anew; where that has gone or left meanwhile, nothing is lost.

    With `pillar_id` it is for the people of that pillar, and its guarantor may write it. What is
    written anew in one language is what those who read it get; everything else stays as it was.
    Raises `Rewritten` when somebody else has written it anew in the meantime.
    """
    replaced = await store.find(session, anew.announcement_id, lock=True) if anew else None
    if anew is not None and replaced is not None and replaced.stage is Stage.DRAFT:
        await authors.require_draft(session, who, replaced, now)
        await rewriting.check(session, anew, who)
        await _say(session, replaced, content, anew.language)
        replaced.edition += 1
        await record(session, rewriting.DEED, replaced, who, now)
        return await card_of(session, replaced, who, now)
    if replaced is not None:
        pillar_id = pillar_id or replaced.pillar_id
    announcement = Announcement(author_id=who.key, pillar_id=pillar_id, created_at=now)
    if replaced is not None:
        announcement.question = replaced.question
    if pillar_id is not None:
        announcement.audience = audiences.of(Facet.PILLAR, pillar_id).written()
    await authors.require_draft(session, who, announcement, now)
    session.add(announcement)
    await session.flush()
    await _say(session, announcement, content)
    return await card_of(session, announcement, who, now)


async def _say(
    session: AsyncSession, announcement: Announcement, content: Content, language: str = ""
) -> None:
    """In place of what it said in that language."""
    await _unsay(session, announcement, language)
    said = Said(
        announcement_id=announcement.key,
        language=language,
        method=content.method,
        payload=content.payload,
    )
    session.add(said)
    await session.flush()


async def _unsay(session: AsyncSession, announcement: Announcement, language: str) -> None:
    for each in await store.contents(session, announcement.key):
        if each.language == language:
            await session.delete(each)
    await session.flush()


async def drop_variant(
    session: AsyncSession, announcement_id: int, who: Person, language: str, now: datetime
) -> Card:
    """Those who read it get what everybody gets."""
    announcement = await draft(session, announcement_id, who, now)
    if language:
        await _unsay(session, announcement, language)
        announcement.edition += 1
    return await card_of(session, announcement, who, now)


async def revise(
    session: AsyncSession, announcement_id: int, who: Person, now: datetime
) -> Announcement:
    """Ask whether it can be written anew. Raises `AlreadySent` when it is too late."""
    return await draft(session, announcement_id, who, now)


async def address(
    session: AsyncSession,
    announcement_id: int,
    who: Person,
    choice: Choice,
    now: datetime,
) -> Card:
    """Choose who is to get it; a guarantor has no choice. Raises `Gone`."""
    await require(session, who, Action.DRAFT_ANNOUNCEMENT, now)
    announcement = await draft(session, announcement_id, who, now)
    await check(session, *choice.clauses)
    announcement.audience = choice.written()
    announcement.edition += 1
    return await card_of(session, announcement, who, now)


async def discard(session: AsyncSession, announcement_id: int, who: Person, now: datetime) -> None:
    await store.discard(session, await draft(session, announcement_id, who, now))


async def look(session: AsyncSession, announcement_id: int, who: Person, now: datetime) -> Card:
    announcement = await find(session, announcement_id)
    await authors.require_draft(session, who, announcement, now)
    return await card_of(session, announcement, who, now)


async def watch(
    session: AsyncSession, announcement_id: int, who: Person, message_id: int, now: datetime
) -> Card:
    """Look, and while it runs have the message kept up to date."""
    card = await look(session, announcement_id, who, now)
    if card.announcement.stage is not Stage.DRAFT and card.announcement.done_at is None:
        card.announcement.shown_to, card.announcement.shown_in = who.key, message_id
    return card


async def look_away(
    session: AsyncSession, announcement_id: int, who: Person, now: datetime
) -> None:
    """The message shows something else from now on."""
    announcement = await find(session, announcement_id)
    await authors.require_draft(session, who, announcement, now)
    if announcement.shown_to == who.key:
        announcement.shown_to = announcement.shown_in = None


async def past(session: AsyncSession, who: Person, now: datetime) -> Sequence[Announcement]:
    await require(session, who, Action.DRAFT_ANNOUNCEMENT, now)
    return await store.latest(session)


async def hand_over(
    session: AsyncSession, announcement_id: int, who: Person, now: datetime
) -> tuple[Card, Sequence[Person]]:
    """It is ready. Returns the managers who may send it."""
    announcement = await draft(session, announcement_id, who, now)
    managers = await people.holders(session, RoleName.MANAGER, now)
    return await card_of(session, announcement, who, now), managers


async def author_of(
    session: AsyncSession, announcement_id: int, who: Person, now: datetime
) -> tuple[Card, Person | None]:
    """Of a draft that is given back to them."""
    announcement = await draft(session, announcement_id, who, now)
    await authors.require_sending(session, who, announcement, now)
    author = await people.find(session, announcement.author_id)
    return await card_of(session, announcement, who, now), author


async def draft(
    session: AsyncSession, announcement_id: int, who: Person, now: datetime
) -> Announcement:
    """For a change: raises `AlreadySent` when it is too late for one."""
    announcement = await find(session, announcement_id, lock=True)
    await authors.require_draft(session, who, announcement, now)
    if announcement.sent_at is not None:
        raise AlreadySent
    if announcement.stage is not Stage.DRAFT:
        raise Leaving
    return announcement
