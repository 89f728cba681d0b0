"""What has to be known of people to decide how something reaches them, for every push."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import func
from sqlmodel import and_, bindparam, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.people import Person
from storage.pushes.records import Manner, Push, PushChoice, PushKind, Way

ONE_AT_A_TIME = 7_203_120  # the advisory lock of those who decide on PostgreSQL
RECENT = (col(Push.way) == Way.NOW, ~col(Push.urgent), col(Push.at) > bindparam("since"))
LATELY: Any = (
    sa.select(func.count())
    .where(col(Push.person_id) == col(Person.id), *RECENT)
    .correlate(Person)
    .scalar_subquery()
)
WISHES: Any = (
    sa.select(
        col(Person.id),
        col(PushChoice.way),
        col(Manner.weekly),
        col(Manner.quiet_from),
        col(Manner.quiet_until),
        LATELY,
    )
    .outerjoin(
        PushChoice,
        and_(
            col(PushChoice.person_id) == col(Person.id),
            col(PushChoice.kind) == bindparam("kind"),
        ),
    )
    .outerjoin(Manner, col(Manner.person_id) == col(Person.id))
    .where(col(Person.id).in_(bindparam("people", expanding=True)))
)


@dataclass(frozen=True, slots=True)
class Wish:
    """How somebody wants a kind, and how many pushes they have had lately; None: as usual."""

    person_id: int
    way: Way | None
    weekly: int | None
    quiet_from: int | None
    quiet_until: int | None
    lately: int


async def alone(session: AsyncSession) -> None:
    """Until the end of the transaction nobody else decides: two must not take the last place."""
    if session.get_bind().dialect.name != "sqlite":
        await session.exec(select(func.pg_advisory_xact_lock(ONE_AT_A_TIME)))


async def wishes(
    session: AsyncSession, people: Collection[int], kind: PushKind, *, since: datetime
) -> dict[int, Wish]:
    values = {"people": list(people), "kind": kind, "since": since}
    return {row[0]: Wish(*row) for row in await session.exec(WISHES, params=values)}


async def known(
    session: AsyncSession, people: Collection[int], keys: Collection[str]
) -> Sequence[Push]:
    """What has been decided before of these."""
    query = select(Push).where(col(Push.person_id).in_(people), col(Push.key).in_(keys))
    return (await session.exec(query)).all()
