"""What somebody wants to hear of, and when: the pace, kinds of calls, pillars."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.refusals import Gone, Refusal
from bot.domain.rights import Action
from storage import pillars as all_pillars
from storage.calls import alerting
from storage.calls import subscribing as store
from storage.calls.records import Kind
from storage.calls.subscriptions import Pace, Subscription
from storage.people import Person
from storage.pillars import Pillar

SLOWER = {Pace.NOW: Pace.DAILY, Pace.DAILY: Pace.WEEKLY, Pace.WEEKLY: Pace.OFF}


class NothingLeft(Refusal):
    """Without any pillar or kind nothing would ever come; alerts can be turned off instead."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """`own` are the pillars of the organisation, which count where none have been `chosen`."""

    subscription: Subscription | None
    pillars: Sequence[Pillar]
    chosen: frozenset[int]
    own: frozenset[int]

    @property
    def pace(self) -> Pace:
        """Whoever has never been asked is not written to."""
        return self.subscription.pace if self.subscription else Pace.OFF

    @property
    def heard_of(self) -> frozenset[int]:
        return self.chosen or self.own

    def wants(self, kind: Kind) -> bool:
        if self.subscription is None:
            return bool(Subscription.model_fields[kind.value].default)
        return bool(getattr(self.subscription, kind.value))


async def look(session: AsyncSession, me: Person, now: datetime) -> Wishes:
    await rights.require(session, me, Action.FOLLOW_CALLS, now)
    home = me.organisation_id
    own = await all_pillars.of_organisation(session, home) if home else ()
    return Wishes(
        await store.find(session, me.key),
        await all_pillars.standing(session, now),
        frozenset(await store.pillars(session, me.key)),
        frozenset(own),
    )


async def set_pace(session: AsyncSession, me: Person, pace: Pace, now: datetime) -> Pace | None:
    """Returns the one before; None for who chooses for the first time."""
    before = await store.find(session, me.key, lock=True)
    was = before.pace if before else None
    subscription = await _subscription(session, me, now)
    subscription.pace, subscription.changed_at = pace, now
    await session.flush()
    await alerting.hurry(session, me.key, now)
    return was


async def toggle_kind(session: AsyncSession, me: Person, kind: Kind, now: datetime) -> None:
    """Raises `NothingLeft` for the last one."""
    subscription = await _subscription(session, me, now)
    wanted = {each for each in Kind if getattr(subscription, each.value)} ^ {kind}
    if not wanted:
        raise NothingLeft
    setattr(subscription, kind.value, kind in wanted)
    subscription.changed_at = now


async def toggle_pillar(session: AsyncSession, me: Person, pillar_id: int, now: datetime) -> None:
    """Raises `NothingLeft` for the last one, `Gone` for none of today's."""
    wishes = await look(session, me, now)
    if pillar_id not in {each.key for each in wishes.pillars}:
        raise Gone
    await _subscription(session, me, now)
    chosen = wishes.heard_of ^ {pillar_id}
    if not chosen:
        raise NothingLeft
    await store.set_pillars(session, me.key, chosen)


async def as_organisation(session: AsyncSession, me: Person, now: datetime) -> None:
    """Hear of the organisation's pillars, whichever they will be."""
    await _subscription(session, me, now)
    await store.set_pillars(session, me.key, ())


async def without_kind(session: AsyncSession, me: Person, kind: Kind, now: datetime) -> None:
    """As toggling, but twice is as good as once."""
    if (await look(session, me, now)).wants(kind):
        await toggle_kind(session, me, kind, now)


async def without_pillar(session: AsyncSession, me: Person, pillar_id: int, now: datetime) -> None:
    if pillar_id in (await look(session, me, now)).heard_of:
        await toggle_pillar(session, me, pillar_id, now)


async def _subscription(session: AsyncSession, me: Person, now: datetime) -> Subscription:
    """Locked; one that hears of nothing yet for who has none."""
    await rights.require(session, me, Action.FOLLOW_CALLS, now)
    subscription = await store.find(session, me.key, lock=True)
    if subscription is None:
        subscription = Subscription(person_id=me.key, pace=Pace.OFF, changed_at=now)
        session.add(subscription)
        await session.flush()
    return subscription
