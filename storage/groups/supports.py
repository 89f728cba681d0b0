"""Which organisations stand behind a topic, and whose word still counts."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Select
from sqlmodel import col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.groups.members import PillarMember
from storage.groups.topics import Progress, Topic, TopicSupport
from storage.organisations import Organisation, Standing, Tenure
from storage.people import Person
from storage.pillars import OrganisationPillar, Pillar


def _present(pillar_id: int) -> Select[Any]:
    """Members of the cluster that stand in the pillar or have somebody in it: they count."""
    stand = sa.select(col(OrganisationPillar.organisation_id)).where(
        col(OrganisationPillar.pillar_id) == pillar_id
    )
    with_people = (
        sa.select(col(Person.organisation_id))
        .join(PillarMember, col(PillarMember.person_id) == col(Person.id))
        .where(
            col(PillarMember.pillar_id) == pillar_id,
            col(PillarMember.until).is_(None),
            col(Person.verified_at).is_not(None),
            col(Person.organisation_id).is_not(None),
        )
    )
    home = col(Tenure.organisation_id)
    return sa.select(home).where(
        col(Tenure.standing) == Standing.MEMBER,
        col(Tenure.until).is_(None),
        or_(home.in_(stand), home.in_(with_people)),
    )


async def find(session: AsyncSession, topic_id: int, organisation_id: int) -> TopicSupport | None:
    return await session.get(TopicSupport, (topic_id, organisation_id))


async def has_others(session: AsyncSession, topic: Topic) -> bool:
    """Somebody besides its author has said that their organisation stands behind it."""
    query = select(TopicSupport).where(
        TopicSupport.topic_id == topic.key, TopicSupport.person_id != topic.person_id
    )
    return (await session.exec(query.limit(1))).first() is not None


async def standing(session: AsyncSession, pillar_id: int, organisation_id: int) -> bool:
    """Whether the organisation itself stands in the pillar today, as a member."""
    query = (
        select(OrganisationPillar)
        .join(Tenure, col(Tenure.organisation_id) == OrganisationPillar.organisation_id)
        .where(
            OrganisationPillar.pillar_id == pillar_id,
            OrganisationPillar.organisation_id == organisation_id,
            Tenure.standing == Standing.MEMBER,
            col(Tenure.until).is_(None),
        )
    )
    return (await session.exec(query.limit(1))).first() is not None


async def behind(
    session: AsyncSession, topic: Topic, *, counted: bool
) -> Sequence[tuple[TopicSupport, Organisation, Person]]:
    """With who said so, by name; those that count, or those that do not any more."""
    counts = col(TopicSupport.organisation_id).in_(_present(topic.pillar_id))
    query = (
        select(TopicSupport, Organisation, Person)
        .join(Organisation, col(Organisation.id) == TopicSupport.organisation_id)
        .join(Person, col(Person.id) == TopicSupport.person_id)
        .where(TopicSupport.topic_id == topic.key, counts if counted else ~counts)
        .order_by(col(Organisation.folded), col(Organisation.id))
    )
    return (await session.exec(query)).all()


async def of_pillar(
    session: AsyncSession, pillar_id: int, progress: Sequence[Progress], *, skip: int, limit: int
) -> Sequence[tuple[Topic, int]]:
    """Each with how many organisations stand behind it, those with most first."""
    which = col(Topic.progress).in_(progress)
    return await _most_first(session, pillar_id, which, skip=skip, limit=limit)


async def count(session: AsyncSession, pillar_id: int, progress: Sequence[Progress]) -> int:
    query = select(func.count()).select_from(Topic)
    found = query.where(Topic.pillar_id == pillar_id, col(Topic.progress).in_(progress))
    return (await session.exec(found)).one()


async def of_mine(
    session: AsyncSession, pillar_id: int, me: Person, *, skip: int, limit: int
) -> Sequence[tuple[Topic, int]]:
    """What they have put forward or their organisation supports; as `of_pillar`."""
    return await _most_first(session, pillar_id, _mine(me), skip=skip, limit=limit)


async def count_mine(session: AsyncSession, pillar_id: int, me: Person) -> int:
    query = select(func.count()).select_from(Topic)
    return (await session.exec(query.where(Topic.pillar_id == pillar_id, _mine(me)))).one()


async def adopted(session: AsyncSession, pillar_id: int | None) -> Sequence[tuple[Pillar, Topic]]:
    """Of one pillar, or of all in their order; the oldest first."""
    query = (
        select(Pillar, Topic)
        .join(Pillar, col(Pillar.id) == Topic.pillar_id)
        .where(Topic.progress == Progress.ADOPTED)
        .order_by(col(Pillar.position), col(Pillar.id), col(Topic.id))
    )
    if pillar_id is not None:
        query = query.where(Topic.pillar_id == pillar_id)
    return (await session.exec(query)).all()


async def said_by(session: AsyncSession, person_id: int) -> Sequence[TopicSupport]:
    query = select(TopicSupport).where(TopicSupport.person_id == person_id)
    return (await session.exec(query.order_by(col(TopicSupport.topic_id)))).all()


async def _most_first(
    session: AsyncSession, pillar_id: int, which: ColumnElement[bool], *, skip: int, limit: int
) -> Sequence[tuple[Topic, int]]:
    support = sa.select(col(TopicSupport.topic_id), func.count().label("number"))
    present = col(TopicSupport.organisation_id).in_(_present(pillar_id))
    counts = support.where(present).group_by(col(TopicSupport.topic_id)).subquery()
    number = func.coalesce(counts.c.number, 0)
    query = (
        select(Topic, number)
        .outerjoin(counts, counts.c.topic_id == col(Topic.id))
        .where(Topic.pillar_id == pillar_id, which)
        .order_by(number.desc(), col(Topic.put_at).desc(), col(Topic.id).desc())
    )
    return (await session.exec(query.offset(skip).limit(limit))).all()


def _mine(me: Person) -> ColumnElement[bool]:
    if me.organisation_id is None:
        return col(Topic.person_id) == me.key
    ours = select(TopicSupport.topic_id).where(TopicSupport.organisation_id == me.organisation_id)
    return or_(col(Topic.person_id) == me.key, col(Topic.id).in_(ours))
