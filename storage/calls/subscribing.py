"""Who wants to hear of which calls and when, and what organisations are when they bid."""

from collections.abc import Collection, Sequence

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.calls.subscriptions import Profile, Subscription, SubscriptionPillar


async def find(
    session: AsyncSession, person_id: int, *, lock: bool = False
) -> Subscription | None:
    return await session.get(Subscription, person_id, with_for_update=lock, populate_existing=lock)


async def of_people(session: AsyncSession, person_ids: Collection[int]) -> dict[int, Subscription]:
    query = select(Subscription).where(col(Subscription.person_id).in_(person_ids))
    return {each.person_id: each for each in await session.exec(query)}


async def pillars(session: AsyncSession, person_id: int) -> Sequence[int]:
    """The ids of those they have chosen; none where they hear of their organisation's."""
    query = select(SubscriptionPillar.pillar_id).where(SubscriptionPillar.person_id == person_id)
    return (await session.exec(query.order_by(col(SubscriptionPillar.pillar_id)))).all()


async def set_pillars(session: AsyncSession, person_id: int, pillar_ids: Collection[int]) -> None:
    await session.exec(
        delete(SubscriptionPillar).where(col(SubscriptionPillar.person_id) == person_id)
    )
    session.add_all(
        SubscriptionPillar(person_id=person_id, pillar_id=each) for each in sorted(pillar_ids)
    )
    await session.flush()


async def forget(session: AsyncSession, person_id: int) -> None:
    await set_pillars(session, person_id, ())
    await session.exec(delete(Subscription).where(col(Subscription.person_id) == person_id))


async def profile(
    session: AsyncSession, organisation_id: int, *, lock: bool = False
) -> Profile | None:
    return await session.get(
        Profile, organisation_id, with_for_update=lock, populate_existing=lock
    )


async def profiles_changed_by(session: AsyncSession, person_id: int) -> Sequence[Profile]:
    return (await session.exec(select(Profile).where(Profile.changed_by == person_id))).all()
