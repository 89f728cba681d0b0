"""Which organisations stand behind a topic, and whose word still counts."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement
from sqlmodel import and_, col, exists, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.groups.members import PillarMember
from storage.groups.topics import Progress, Topic, TopicSupport
from storage.organisations import Organisation, Standing, Tenure
from storage.people import Person
from storage.pillars import OrganisationPillar, Pillar

IS_MEMBER = exists().where(
    col(Tenure.organisation_id) == col(TopicSupport.organisation_id),
    col(Tenure.standing) == Standing.MEMBER,
    col(Tenure.until).is_(None),
)
STANDS = exists().where(
    col(OrganisationPillar.organisation_id) == col(TopicSupport.organisation_id),
    col(OrganisationPillar.pillar_id) == col(Topic.pillar_id),
)
HAS_PEOPLE = exists().where(
    col(Person.organisation_id) == col(TopicSupport.organisation_id),
    col(Person.verified_at).is_not(None),
    col(PillarMember.person_id) == col(Person.id),
    col(PillarMember.pillar_id) == col(Topic.pillar_id),
    col(PillarMember.until).is_(None),
)
COUNTS: ColumnElement[bool] = and_(IS_MEMBER, or_(STANDS, HAS_PEOPLE))
NUMBER = (
    select(func.count())
    .select_from(TopicSupport)
    .where(col(TopicSupport.topic_id) == col(Topic.id), COUNTS)
    .correlate(Topic)
    .scalar_subquery()
)
WITH_NUMBERS = select(Topic, NUMBER).order_by(
    NUMBER.desc(), col(Topic.put_at).desc(), col(Topic.id).desc()
)


async def find(session: AsyncSession, topic_id: int, organisation_id: int) -> TopicSupport | None:
    return await session.get(TopicSupport, (topic_id, organisation_id))


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
    session: AsyncSession, topic_id: int, *, counted: bool
) -> Sequence[tuple[TopicSupport, Organisation, Person]]:
    """With who said so, by name; those that count, or those that do not any more."""
    query = (
        select(TopicSupport, Organisation, Person)
        .join(Topic, col(Topic.id) == TopicSupport.topic_id)
        .join(Organisation, col(Organisation.id) == TopicSupport.organisation_id)
        .join(Person, col(Person.id) == TopicSupport.person_id)
        .where(TopicSupport.topic_id == topic_id, COUNTS if counted else ~COUNTS)
        .order_by(col(Organisation.folded), col(Organisation.id))
    )
    return (await session.exec(query)).all()


async def of_pillar(
    session: AsyncSession, pillar_id: int, progress: Sequence[Progress], *, skip: int, limit: int
) -> Sequence[tuple[Topic, int]]:
    """Each with how many organisations stand behind it, those with most first."""
    query = WITH_NUMBERS.where(Topic.pillar_id == pillar_id, col(Topic.progress).in_(progress))
    return (await session.exec(query.offset(skip).limit(limit))).all()


async def count(session: AsyncSession, pillar_id: int, progress: Sequence[Progress]) -> int:
    query = select(func.count()).select_from(Topic)
    found = query.where(Topic.pillar_id == pillar_id, col(Topic.progress).in_(progress))
    return (await session.exec(found)).one()


async def of_mine(
    session: AsyncSession, pillar_id: int, me: Person, *, skip: int, limit: int
) -> Sequence[tuple[Topic, int]]:
    """What they have put forward or their organisation supports; as `of_pillar`."""
    query = WITH_NUMBERS.where(Topic.pillar_id == pillar_id, _mine(me))
    return (await session.exec(query.offset(skip).limit(limit))).all()


async def count_mine(session: AsyncSession, pillar_id: int, me: Person) -> int:
    query = select(func.count()).select_from(Topic)
    return (await session.exec(query.where(Topic.pillar_id == pillar_id, _mine(me)))).one()


async def adopted(
    session: AsyncSession, pillar_id: int | None
) -> Sequence[tuple[Pillar, Topic, int]]:
    """Of one pillar, or of all in their order; those with most support first."""
    query = (
        select(Pillar, Topic, NUMBER)
        .join(Pillar, col(Pillar.id) == Topic.pillar_id)
        .where(Topic.progress == Progress.ADOPTED)
        .order_by(col(Pillar.position), col(Pillar.id), NUMBER.desc(), col(Topic.id))
    )
    if pillar_id is not None:
        query = query.where(Topic.pillar_id == pillar_id)
    return (await session.exec(query)).all()


async def said_by(session: AsyncSession, person_id: int) -> Sequence[TopicSupport]:
    query = select(TopicSupport).where(TopicSupport.person_id == person_id)
    return (await session.exec(query.order_by(col(TopicSupport.topic_id)))).all()


def _mine(me: Person) -> ColumnElement[bool]:
    if me.organisation_id is None:
        return col(Topic.person_id) == me.key
    ours = select(TopicSupport.topic_id).where(TopicSupport.organisation_id == me.organisation_id)
    return or_(col(Topic.person_id) == me.key, col(Topic.id).in_(ours))
