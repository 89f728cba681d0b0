"""Lists of events: what comes, what is being prepared, what somebody looks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import func
from sqlmodel import bindparam
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment
from storage.people import Person
from storage.workshops.events import PART, WORKSHOP, State
from storage.workshops.invitees import is_for


@dataclass(frozen=True, slots=True)
class Coming:
    """A line of a list of events."""

    key: int
    title: str
    place: str
    state: State
    provisional: bool
    starts_at: datetime
    ends_at: datetime


PERSON = Person.__table__  # type: ignore[attr-defined]
SHOWN = [WORKSHOP.c[name] for name in ("id", "title", "place", "state", "provisional")]
LISTED = (
    sa.select(
        *SHOWN,
        func.min(PART.c.starts_at).label("first"),
        func.max(PART.c.ends_at).label("last"),
    )
    .join_from(WORKSHOP, PART)
    .group_by(*SHOWN)
    .order_by("first", WORKSHOP.c.id)
)
DRAFTS = LISTED.where(WORKSHOP.c.state == State.DRAFT)
COMING = LISTED.where(WORKSHOP.c.state == State.PUBLISHED).having(
    func.max(PART.c.ends_at) > bindparam("now", type_=Moment)
)
PAST = (
    LISTED.where(WORKSHOP.c.state == State.PUBLISHED)
    .having(
        func.max(PART.c.ends_at).between(
            bindparam("since", type_=Moment), bindparam("now", type_=Moment)
        )
    )
    .order_by(None)
    .order_by(sa.desc("last"), WORKSHOP.c.id)
)
COMING_FOR = COMING.join(PERSON, PERSON.c.id == bindparam("person_id")).where(is_for())


async def coming(session: AsyncSession, now: datetime) -> Sequence[Coming]:
    """Published events that have not ended, whomever they are for, the nearest first."""
    return await _listed(session, COMING, {"now": now})


async def coming_for(session: AsyncSession, person_id: int, now: datetime) -> Sequence[Coming]:
    """Those of them that are for the person."""
    return await _listed(session, COMING_FOR, {"now": now, "person_id": person_id})


async def past(session: AsyncSession, since: datetime, now: datetime) -> Sequence[Coming]:
    """Published events that have ended since then, the last one first."""
    return await _listed(session, PAST, {"since": since, "now": now})


async def drafts(session: AsyncSession) -> Sequence[Coming]:
    return await _listed(session, DRAFTS, {})


async def search(
    session: AsyncSession,
    person_id: int,
    folded_words: Sequence[str],
    now: datetime,
    limit: int,
) -> Sequence[Coming]:
    """Coming events for the person whose title and place have all of the words, as
    `storage.folding` folds."""
    has_all = [WORKSHOP.c.folded.contains(word, autoescape=True) for word in folded_words]
    query = COMING_FOR.where(*has_all).limit(limit)
    return await _listed(session, query, {"now": now, "person_id": person_id})


async def _listed(
    session: AsyncSession, query: "sa.Select[Any]", values: dict[str, Any]
) -> Sequence[Coming]:
    connection = await session.connection()
    return [Coming(*row) for row in await connection.execute(query, values)]
