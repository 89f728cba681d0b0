"""Slides and photos for those who came; and what only the team keeps, such as the signed sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.refusals import Gone, Refusal
from bot.domain.rights import Action
from bot.domain.workshops.planning import BadLength, short
from bot.domain.workshops.presence import WasNotThere, presence
from storage.audit import record
from storage.people import Person
from storage.workshops import Event, State, papers
from storage.workshops import events as store
from storage.workshops import presence as rows
from storage.workshops.papers import Paper, PaperKind

MOST = 200  # of one event
NAME = 120  # characters
FOR_PEOPLE = (PaperKind.SLIDES, PaperKind.PHOTO, PaperKind.PROGRAMME)


class TooManyPapers(Refusal):
    """An event has `MOST` of them already."""


class NothingToPublish(Refusal):
    """All of it is published already, or there is nothing."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The papers of an event that the reader may see."""

    event: Event
    papers: Sequence[Paper]
    leads: bool = False  # the reader is of the team

    @property
    def waiting(self) -> int:
        """How many people do not see yet, though they could."""
        return sum(each.kind in FOR_PEOPLE and not each.published_at for each in self.papers)


@dataclass(frozen=True, slots=True)
class Published:
    """`told_today` is whether people have heard of earlier ones today already."""

    event: Event
    number: int
    people: int
    is_first: bool
    told_today: bool


async def shelf(session: AsyncSession, workshop_id: int, me: Person, now: datetime) -> Shelf:
    """What was published, for those who came and for the team.

    Raises `Gone`, `Cancelled` and `WasNotThere`.
    """
    there = await presence(session, workshop_id, me, now)
    leads = await rights.may(session, me, Action.PLAN_EVENT, now)
    if not there.slots and not leads:
        raise WasNotThere
    found = await papers.of_workshop(session, workshop_id)
    return Shelf(there.event, [each for each in found if each.published_at], leads)


async def all_of(session: AsyncSession, workshop_id: int, me: Person, now: datetime) -> Shelf:
    """For the team. Raises `Gone` and `NotAllowed`."""
    await rights.require(session, me, Action.PLAN_EVENT, now)
    event = await _event(session, workshop_id)
    return Shelf(event, await papers.of_workshop(session, workshop_id), leads=True)


async def add(
    session: AsyncSession,
    workshop_id: int,
    kind: PaperKind,
    file_id: str,
    name: str,
    me: Person,
    now: datetime,
) -> None:
    """Raises `Gone`, `NotAllowed` and `TooManyPapers`."""
    await rights.require(session, me, Action.PLAN_EVENT, now)
    await _event(session, workshop_id, lock=True)
    if await papers.count(session, workshop_id) >= MOST:
        raise TooManyPapers
    session.add(
        Paper(
            workshop_id=workshop_id,
            kind=kind,
            file_id=file_id,
            name=_named(name),
            added_by=me.key,
            added_at=now,
        )
    )
    await session.flush()


def _named(name: str) -> str:
    """Only a photo has none."""
    try:
        return short(name[:NAME], NAME) if name else ""
    except BadLength:
        return "–"


async def remove(session: AsyncSession, paper_id: int, me: Person, now: datetime) -> int:
    """Nobody gets it any more; the id of its event. Raises `Gone` and `NotAllowed`."""
    await rights.require(session, me, Action.PLAN_EVENT, now)
    paper = await papers.find(session, paper_id)
    if paper is None:
        raise Gone
    workshop_id, subject = paper.workshop_id, f"workshop:{paper.workshop_id}"
    await record(session, me.key, "remove_paper", subject, now, kind=paper.kind, name=paper.name)
    await session.delete(paper)
    await session.flush()
    return workshop_id


async def one(session: AsyncSession, paper_id: int, me: Person, now: datetime) -> Paper:
    """To be sent to `me`. Raises `Gone`, `Cancelled` and `WasNotThere`."""
    paper = await papers.find(session, paper_id)
    if paper is None:
        raise Gone
    if await rights.may(session, me, Action.PLAN_EVENT, now):
        return paper
    if paper.published_at is None:
        raise Gone
    await shelf(session, paper.workshop_id, me, now)
    return paper


async def publish(
    session: AsyncSession, workshop_id: int, me: Person, zone: tzinfo, now: datetime
) -> Published:
    """Show all there is to those who came. Raises `Gone`, `NotAllowed` and `NothingToPublish`."""
    await rights.require(session, me, Action.PUBLISH_EVENT, now)
    event = await _event(session, workshop_id, lock=True)
    last = await papers.last_published(session, workshop_id)
    number = await papers.publish(session, workshop_id, FOR_PEOPLE, now)
    if not number:
        raise NothingToPublish
    await record(session, me.key, "publish_papers", f"workshop:{workshop_id}", now, number=number)
    people = await rows.count_there(session, workshop_id)
    today = last is not None and last.astimezone(zone).date() == now.astimezone(zone).date()
    return Published(event, number, people, last is None, today)


async def _event(session: AsyncSession, workshop_id: int, *, lock: bool = False) -> Event:
    event = await store.find(session, workshop_id, lock=lock)
    if event is None or event.state == State.DRAFT:
        raise Gone
    return event
