"""Questions about looking for partners: searches, whom they asked, and whom they could ask."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import and_, col, exists, func, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.calls.alerts import Interest
from storage.calls.bids import PartnerAsked, PartnerSearch
from storage.calls.records import GrantCall
from storage.calls.subscriptions import Pace, Profile, Subscription, SubscriptionPillar
from storage.organisations import Organisation
from storage.people import Person, Role, RoleName
from storage.pillars import OrganisationPillar

Asked = tuple[PartnerAsked, Person, Organisation]


async def find(
    session: AsyncSession, search_id: int, *, lock: bool = False
) -> PartnerSearch | None:
    query = select(PartnerSearch).where(PartnerSearch.id == search_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.exec(query)).first()


async def asked(session: AsyncSession, search_id: int) -> Sequence[Asked]:
    """Whom it has asked, in the order in which they answered."""
    query = (
        select(PartnerAsked, Person, Organisation)
        .join(Person, col(Person.id) == PartnerAsked.person_id)
        .join(Organisation, col(Organisation.id) == PartnerAsked.organisation_id)
        .where(PartnerAsked.search_id == search_id)
        .order_by(col(PartnerAsked.answered_at), col(PartnerAsked.person_id))
    )
    return (await session.exec(query)).all()


async def one_asked(session: AsyncSession, search_id: int, person_id: int) -> PartnerAsked | None:
    return await session.get(PartnerAsked, (search_id, person_id))


async def of_call(session: AsyncSession, call_id: int, person_id: int) -> Sequence[PartnerSearch]:
    """Somebody's for a call, the newest first."""
    query = select(PartnerSearch).where(
        PartnerSearch.call_id == call_id, PartnerSearch.person_id == person_id
    )
    return (await session.exec(query.order_by(col(PartnerSearch.id).desc()))).all()


async def of_person(session: AsyncSession, person_id: int) -> Sequence[PartnerSearch]:
    query = select(PartnerSearch).where(PartnerSearch.person_id == person_id)
    return (await session.exec(query.order_by(col(PartnerSearch.id)))).all()


async def asked_of(session: AsyncSession, person_id: int) -> Sequence[PartnerAsked]:
    query = select(PartnerAsked).where(PartnerAsked.person_id == person_id)
    return (await session.exec(query.order_by(col(PartnerAsked.search_id)))).all()


async def running(session: AsyncSession, person_id: int, now: datetime) -> int:
    """How many of theirs go on."""
    query = (
        select(func.count())
        .select_from(PartnerSearch)
        .join(GrantCall, col(GrantCall.id) == PartnerSearch.call_id)
        .where(
            PartnerSearch.person_id == person_id,
            col(PartnerSearch.ended_at).is_(None),
            or_(col(GrantCall.last_deadline_at).is_(None), col(GrantCall.last_deadline_at) > now),
        )
    )
    return (await session.exec(query)).one()


async def met(session: AsyncSession, call_id: int, organisation_id: int) -> list[Organisation]:
    """With whom people of an organisation came together for a call, whoever began it."""
    ours = and_(
        PartnerSearch.organisation_id == organisation_id,
        Organisation.id == PartnerAsked.organisation_id,
    )
    theirs = and_(
        PartnerAsked.organisation_id == organisation_id,
        Organisation.id == PartnerSearch.organisation_id,
    )
    query = (
        select(Organisation)
        .where(
            PartnerSearch.call_id == call_id,
            PartnerAsked.search_id == PartnerSearch.id,
            col(PartnerAsked.met_at).is_not(None),
            or_(ours, theirs),
        )
        .distinct()
    )
    return [*(await session.exec(query)).all()]


async def due(session: AsyncSession, now: datetime, limit: int) -> Sequence[PartnerSearch]:
    query = select(PartnerSearch).where(col(PartnerSearch.due_at) <= now)
    ordered = query.order_by(col(PartnerSearch.due_at)).limit(limit)
    return (await session.exec(ordered.with_for_update(skip_locked=True))).all()


async def next_due(session: AsyncSession, now: datetime) -> datetime | None:
    query = select(func.min(col(PartnerSearch.due_at))).where(col(PartnerSearch.due_at) > now)
    return (await session.exec(query)).one()


async def profiles(session: AsyncSession) -> dict[int, Profile]:
    return {each.organisation_id: each for each in await session.exec(select(Profile))}


async def stand_in(session: AsyncSession) -> dict[int, set[int]]:
    """The pillars of each organisation."""
    found: dict[int, set[int]] = {}
    for each in await session.exec(select(OrganisationPillar)):
        found.setdefault(each.organisation_id, set()).add(each.pillar_id)
    return found


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person who could be asked, and what ties them to a call."""

    person: Person
    follows: bool
    subscribed: bool  # to one of its pillars, by their own choice
    speaks: bool  # for their organisation


async def could_be_asked(
    session: AsyncSession,
    call: GrantCall,
    pillars: Collection[int],
    organisations: Collection[int],
    now: datetime,
) -> list[Somebody]:
    """Reachable people of those organisations who have not turned the call, or calls, down."""
    follows = and_(col(Interest.following), col(Interest.unfit).is_(None))
    of_pillar = exists().where(
        col(SubscriptionPillar.person_id) == col(Person.id),
        col(SubscriptionPillar.pillar_id).in_(pillars),
    )
    speaks = exists().where(
        col(Role.person_id) == col(Person.id),
        col(Role.name) == RoleName.CONTACT,
        col(Role.organisation_id) == col(Person.organisation_id),
        col(Role.since) <= now,
        or_(col(Role.until).is_(None), col(Role.until) > now),
    )
    query = (
        select(Person, follows, of_pillar, speaks)
        .outerjoin(
            Interest, and_(col(Interest.person_id) == Person.id, Interest.call_id == call.key)
        )
        .outerjoin(Subscription, col(Subscription.person_id) == Person.id)
        .where(
            col(Person.organisation_id).in_(organisations),
            col(Person.verified_at).is_not(None),
            col(Person.telegram_id).is_not(None),
            col(Person.reachable),
            col(Interest.unfit).is_(None),
            or_(col(Subscription.pace).is_(None), col(Subscription.pace) != Pace.OFF),
        )
        .order_by(col(Person.id))
    )
    found = (await session.exec(query)).all()
    return [Somebody(who, bool(a), bool(b), bool(c)) for who, a, b, c in found]


async def times_asked(session: AsyncSession, since: datetime) -> dict[int, int]:
    """How often each person was asked since then."""
    query = (
        select(PartnerAsked.person_id, func.count())
        .where(col(PartnerAsked.asked_at) > since)
        .group_by(col(PartnerAsked.person_id))
    )
    return dict((await session.exec(query)).all())


async def asked_for(session: AsyncSession, call_id: int, organisation_id: int) -> set[int]:
    """The organisations that people of this one have asked about a call already."""
    query = (
        select(PartnerAsked.organisation_id)
        .join(PartnerSearch, col(PartnerSearch.id) == PartnerAsked.search_id)
        .where(PartnerSearch.call_id == call_id, PartnerSearch.organisation_id == organisation_id)
    )
    return set((await session.exec(query)).all())


async def silence_before(session: AsyncSession, before: datetime) -> None:
    """Empty what was sought for calls that were over by then."""
    over = select(GrantCall.id).where(col(GrantCall.last_deadline_at) < before)
    said = and_(col(PartnerSearch.what) != "", col(PartnerSearch.call_id).in_(over))
    await session.exec(update(PartnerSearch).where(said).values(what=""))
