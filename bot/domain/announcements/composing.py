"""Choosing for whom an announcement is, a step at a time: what is shown is what the next step
changes, and whoever was overtaken by somebody else is told, so that no step is lost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.announcements.audiences import check
from bot.domain.announcements.cards import Card, card_of
from bot.domain.announcements.writing import AlreadySent, Leaving, draft, look
from bot.domain.refusals import Gone, Refusal
from bot.domain.rights import Action, require
from storage import announcements as store
from storage import people
from storage.announcements import Announcement, Choice, Clause
from storage.people import Person

MOST = 100  # values of a choice
BY, EDITION = "by", "edition"  # who has made the choice last, and what it was then


class Overtaken(Refusal):
    """It was changed since it was shown; `name` is of whoever did, where that is known."""

    def __init__(self, name: str = "") -> None:
        self.name = name


class TooManyConditions(Refusal):
    def __init__(self, limit: int) -> None:
        self.limit = limit


async def choosing(
    session: AsyncSession, announcement_id: int, who: Person, now: datetime
) -> Card:
    """Look at it in order to choose for whom it is. Raises `AlreadySent`, `Leaving`."""
    await require(session, who, Action.DRAFT_ANNOUNCEMENT, now)
    card = await look(session, announcement_id, who, now)
    if card.announcement.sent_at is not None:
        raise AlreadySent
    if card.announcement.leaves_at is not None:
        raise Leaving
    return card


async def choose(
    session: AsyncSession,
    announcement_id: int,
    who: Person,
    choice: Choice,
    now: datetime,
    *,
    edition: int,
) -> Card:
    """For these, whomever it was for before. Raises `Gone`."""
    await check(session, *choice.clauses)
    return await _change(session, announcement_id, who, lambda _: choice, now, edition=edition)


async def choose_as(
    session: AsyncSession,
    announcement_id: int,
    who: Person,
    other_id: int,
    now: datetime,
    *,
    edition: int,
) -> Card:
    """For those whom another one is for, found anew. Raises `Gone`."""
    other = await store.find(session, other_id)
    if other is None or other.audience is None:
        raise Gone
    like = Choice.read(other.audience)
    return await choose(session, announcement_id, who, like, now, edition=edition)


async def toggle(
    session: AsyncSession,
    announcement_id: int,
    who: Person,
    value: Clause,
    now: datetime,
    *,
    edition: int,
) -> Card:
    """Add one value to the choice, or take it out where it is there. Raises `Gone`."""

    def turned(choice: Choice | None) -> Choice | None:
        made = toggled(choice or Choice(), value)
        return made if made.clauses else None

    card = await _change(session, announcement_id, who, turned, now, edition=edition)
    if card.choice is not None and has(card.choice, value):
        await check(session, value)
    return card


async def join(
    session: AsyncSession,
    announcement_id: int,
    who: Person,
    now: datetime,
    *,
    edition: int,
    either: bool,
) -> Card:
    """Whether all conditions have to hold, or one is enough."""

    def joined(choice: Choice | None) -> Choice | None:
        return choice and replace(choice, either=either)

    return await _change(session, announcement_id, who, joined, now, edition=edition)


async def clear(
    session: AsyncSession, announcement_id: int, who: Person, now: datetime, *, edition: int
) -> Card:
    """For nobody yet: a choice without a condition would be everybody."""
    return await _change(session, announcement_id, who, lambda _: None, now, edition=edition)


def toggled(choice: Choice, value: Clause) -> Choice:
    """A value is wanted or unwanted, never both, and a condition without values is none."""
    there = has(choice, value)
    clauses = [_without(each, value) for each in choice.clauses]
    if not there:
        clauses = _with(clauses, value)
    return replace(choice, clauses=tuple(each for each in clauses if each.values))


def has(choice: Choice, value: Clause) -> bool:
    return any(
        (each.facet, each.but) == (value.facet, value.but)
        and set(value.values) <= set(each.values)
        for each in choice.clauses
    )


def _without(clause: Clause, value: Clause) -> Clause:
    if clause.facet != value.facet:
        return clause
    return replace(clause, values=tuple(v for v in clause.values if v not in value.values))


def _with(clauses: list[Clause], value: Clause) -> list[Clause]:
    for number, each in enumerate(clauses):
        if (each.facet, each.but) == (value.facet, value.but):
            clauses[number] = replace(each, values=(*each.values, *value.values))
            return clauses
    return [*clauses, value]


async def _change(
    session: AsyncSession,
    announcement_id: int,
    who: Person,
    change: Callable[[Choice | None], Choice | None],
    now: datetime,
    *,
    edition: int,
) -> Card:
    await require(session, who, Action.DRAFT_ANNOUNCEMENT, now)
    announcement = await draft(session, announcement_id, who, now)
    if announcement.edition != edition:
        raise Overtaken(await _changed_by(session, announcement, who))
    audience = announcement.audience
    choice = change(None if audience is None else Choice.read(audience))
    if choice is not None and sum(len(each.values) for each in choice.clauses) > MOST:
        raise TooManyConditions(MOST)
    announcement.edition += 1
    made = {BY: who.key, EDITION: announcement.edition}
    announcement.audience = None if choice is None else choice.written() | made
    return await card_of(session, announcement, who, now)


async def _changed_by(session: AsyncSession, announcement: Announcement, who: Person) -> str:
    """Nobody's name, where it was the same person, or where something else was changed since."""
    audience = announcement.audience or {}
    by = audience.get(BY)
    if by in (None, who.key) or audience.get(EDITION) != announcement.edition:
        return ""
    somebody = await people.find(session, by)
    return somebody.name if somebody is not None else ""
