"""Following a call, or not wanting it, and what is learned from that."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.calls import reminding
from bot.domain.calls.alerting import is_live
from bot.domain.calls.bids import SEEN, CallOver
from bot.domain.calls.reminding import DAYS
from bot.domain.refusals import Gone
from bot.domain.rights import Action
from storage import pillars
from storage.calls import deadlines, subscribing
from storage.calls import following as store
from storage.calls.alerts import CallReminder, Interest, Unfit
from storage.calls.records import GrantCall
from storage.calls.subscriptions import Pace
from storage.people import Person

OFTEN = 3  # times that somebody says no for one reason, then we propose a rule
FASTER = {Pace.WEEKLY: Pace.DAILY, Pace.DAILY: Pace.NOW}


class Subject(StrEnum):
    """What a rule is about."""

    PILLAR = "pillar"  # hear no more of it
    KIND = "kind"  # the same
    PACE = "pace"  # hear sooner
    PROFILE = "profile"  # look whether we know the organisation well


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that we propose; nothing changes before somebody has agreed."""

    subject: Subject
    value: str = ""  # of a pillar its id


@dataclass(frozen=True, slots=True)
class Followed:
    """A call with what I have said of it, and the reminders that are still to come."""

    call: GrantCall
    interest: Interest | None
    coming: tuple[CallReminder, ...]

    @property
    def follows(self) -> bool:
        return self.interest is not None and self.interest.following

    @property
    def days(self) -> Sequence[int]:
        return self.interest.days if self.interest else ()


async def of(session: AsyncSession, person: Person, call: GrantCall) -> Interest | None:
    """What somebody has said of a call: follows it, or does not want it; None: nothing."""
    return await store.find(session, person.key, call.key)


async def look(session: AsyncSession, call_id: int, me: Person, now: datetime) -> Followed:
    """Raises `Gone` and `MembersOnly`."""
    call = await _call(session, call_id, me, now)
    reminders = await store.reminders(session, [me.key], [call_id])
    coming = tuple(each for each in reminders if each.told_at is None and each.due_at > now)
    return Followed(call, await store.find(session, me.key, call_id), coming)


async def follow(
    session: AsyncSession, call_id: int, me: Person, zone: tzinfo, now: datetime
) -> Followed:
    """With the days that I have last chosen. Raises `Gone`, `CallOver` and `MembersOnly`."""
    call = await _call(session, call_id, me, now)
    if not is_live(call, now):
        raise CallOver
    interest = await _interest(session, call_id, me, now)
    if not interest.following:
        usual = await store.last_days(session, me.key)
        interest.days = list(DAYS) if usual is None else usual
        interest.following, interest.unfit, interest.since = True, None, now
        await session.flush()
        await reminding.plan(session, [interest], zone, now)
    return await look(session, call_id, me, now)


async def leave(session: AsyncSession, call_id: int, me: Person, now: datetime) -> Followed:
    """Follow it no more; nothing is held against it."""
    interest = await _interest(session, call_id, me, now)
    interest.following = False
    await _drop_coming(session, call_id, me)
    return await look(session, call_id, me, now)


async def toggle_day(
    session: AsyncSession, call_id: int, days: int, me: Person, zone: tzinfo, now: datetime
) -> Followed:
    """Choosing a day is following. Raises `Gone` for a number that cannot be chosen."""
    if days not in DAYS:
        raise Gone
    before = (await look(session, call_id, me, now)).interest
    had = set(before.days) if before is not None and before.following else set()
    await follow(session, call_id, me, zone, now)
    interest = await _interest(session, call_id, me, now)
    chosen = had ^ {days}
    interest.days = [each for each in DAYS if each in chosen]
    await reminding.plan(session, [interest], zone, now)
    return await look(session, call_id, me, now)


async def drop(
    session: AsyncSession, call_id: int, why: Unfit, me: Person, now: datetime
) -> Rule | None:
    """It is not for me, and why. Returns a rule where the same is said again and again."""
    await _call(session, call_id, me, now)
    interest = await _interest(session, call_id, me, now)
    if interest.unfit == why:
        return None
    interest.following, interest.unfit, interest.since = False, why, now
    await session.flush()
    await _drop_coming(session, call_id, me)
    times = await store.times_dropped(session, me.key, why)
    return await _rule(session, why, me) if times % OFTEN == 0 else None


async def take_back(session: AsyncSession, call_id: int, me: Person, now: datetime) -> None:
    """It may be for me after all."""
    interest = await _interest(session, call_id, me, now)
    interest.unfit = None


async def _rule(session: AsyncSession, why: Unfit, me: Person) -> Rule | None:
    calls = await store.dropped_for(session, me.key, why, OFTEN)
    match why:
        case Unfit.FIELD:
            return await _pillar_rule(session, calls, me)
        case Unfit.TOO_LATE:
            subscription = await subscribing.find(session, me.key)
            faster = FASTER.get(subscription.pace) if subscription else None
            return Rule(Subject.PACE, faster) if faster else None
    if len({call.kind for call in calls}) == 1:
        return Rule(Subject.KIND, calls[0].kind)
    return Rule(Subject.PROFILE) if why == Unfit.NOT_ELIGIBLE else None


async def _pillar_rule(
    session: AsyncSession, calls: Sequence[GrantCall], me: Person
) -> Rule | None:
    """The pillar that all of them are of, among those of which I hear."""
    chosen = await subscribing.pillars(session, me.key)
    own = await pillars.of_organisation(session, me.organisation_id) if me.organisation_id else ()
    mine = set(chosen or own)
    found = await store.pillars(session, [call.key for call in calls])
    counted = Counter(each.pillar_id for each in found if each.pillar_id in mine)
    common = [key for key, times in counted.items() if times == len(calls)]
    return Rule(Subject.PILLAR, str(min(common))) if common and len(mine) > 1 else None


async def _drop_coming(session: AsyncSession, call_id: int, me: Person) -> None:
    planned = await store.reminders(session, [me.key], [call_id])
    await store.drop_reminders(session, [each.key for each in planned if each.told_at is None])


async def _call(session: AsyncSession, call_id: int, me: Person, now: datetime) -> GrantCall:
    await rights.require(session, me, Action.FOLLOW_CALLS, now)
    call = (await deadlines.calls(session, [call_id])).get(call_id)
    if call is None or call.stage not in SEEN:
        raise Gone
    return call


async def _interest(session: AsyncSession, call_id: int, me: Person, now: datetime) -> Interest:
    """Locked; one that says nothing where there was none."""
    await _call(session, call_id, me, now)
    interest = await store.find(session, me.key, call_id, lock=True)
    if interest is None:
        interest = Interest(
            person_id=me.key, call_id=call_id, following=False, since=now, planned_at=now
        )
        session.add(interest)
        await session.flush()
    return interest
