"""What we keep of those who hear of calls: their wishes, what they were told and what they follow.

It is given out, forgotten with the person, and not kept for longer than it serves.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import privacy
from bot.domain.privacy import Record, facts
from storage.calls import alerting, following, subscribing
from storage.calls.alerts import Alert, CallReminder, Interest
from storage.calls.subscriptions import Profile, Subscription, SubscriptionPillar
from storage.people import Person

TOLD = timedelta(days=365)  # alerts, after they were told
REMINDED = timedelta(days=30)  # reminders, after the deadline
FOLLOWED = timedelta(days=1096)  # whether somebody follows a call, since they said so last


async def prune(session: AsyncSession, now: datetime) -> None:
    await alerting.prune(session, now - TOLD)
    await following.prune(session, now - REMINDED, now - FOLLOWED)


async def _wishes(session: AsyncSession, me: Person) -> Sequence[Record]:
    subscription = await subscribing.find(session, me.key)
    if subscription is None:
        return []
    pillars = [*await subscribing.pillars(session, me.key)]
    return [{**facts(subscription), "pillars": pillars}]


async def _forget_wishes(session: AsyncSession, me: Person, _: datetime) -> None:
    await subscribing.forget(session, me.key)


async def _alerts(session: AsyncSession, me: Person) -> Sequence[Record]:
    unseen = ("dedup", "message_id", "outdated", "due_at", "said_due")
    return [facts(each, without=unseen) for each in await alerting.all_of(session, me.key)]


async def _forget_alerts(session: AsyncSession, me: Person, _: datetime) -> None:
    await alerting.forget(session, me.key)


async def _interests(session: AsyncSession, me: Person) -> Sequence[Record]:
    said = await following.of_person(session, me.key)
    return [facts(each, without=("planned_at",)) for each in said]


async def _reminders(session: AsyncSession, me: Person) -> Sequence[Record]:
    return [facts(each) for each in await following.reminders_of(session, me.key)]


async def _forget_interests(session: AsyncSession, me: Person, _: datetime) -> None:
    await following.forget(session, me.key)


async def _profiles(session: AsyncSession, me: Person) -> Sequence[Record]:
    changed = await subscribing.profiles_changed_by(session, me.key)
    return [facts(each, without=("changed_by",)) for each in changed]


privacy.keep("calls_wanted", Subscription, SubscriptionPillar, give=_wishes, forget=_forget_wishes)
privacy.keep("calls_told", Alert, give=_alerts, forget=_forget_alerts)
privacy.keep("calls_followed", Interest, give=_interests, forget=_forget_interests)
privacy.keep("call_reminders", CallReminder, give=_reminders)
privacy.keep("profiles_of_organisations", Profile, give=_profiles)
