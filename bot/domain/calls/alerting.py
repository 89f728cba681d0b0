"""Whom a call is brought to: rows, told in the run that each person has chosen.

One message a person a run. Who wants to hear at once does so where a call fits well and its
deadline is near; all else waits for the next morning. Nobody is written to outside working time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.agenda import awaits
from bot.domain.calls import matching, runs
from bot.domain.refusals import Gone
from bot.domain.rights import Action
from storage.calls import alerting as rows
from storage.calls import deadlines, subscribing
from storage.calls import following as interest
from storage.calls.alerting import Fitting, Urgency
from storage.calls.alerts import Alert, Because, Interest
from storage.calls.records import Deadline, GrantCall, Stage, State
from storage.calls.subscriptions import Pace, Subscription
from storage.people import Person

URGENT_FIT, URGENT_DAYS = 80, 21
AT_ONCE = 300  # people told in one transaction
LIVE = (State.FORECAST, State.OPEN)


@dataclass(frozen=True, slots=True)
class Item:
    """A call as a message speaks of it; `due` is the next deadline that is sure, `moved_from` the
    one that was given when it was told, where there is no such deadline any more."""

    alert: Alert
    call: GrantCall
    due: Deadline | None
    moved_from: datetime | None
    interest: Interest | None

    @property
    def follows(self) -> bool:
        return self.interest is not None and self.interest.following

    @property
    def is_dropped(self) -> bool:
        return self.interest is not None and self.interest.unfit is not None


@dataclass(frozen=True, slots=True)
class Letter:
    """One message about calls, the best first; `key` is that of the first alert in it."""

    person: Person
    pace: Pace
    items: tuple[Item, ...]

    @property
    def key(self) -> int:
        return min(item.alert.key for item in self.items)

    @property
    def dedup(self) -> str:
        return f"ca{self.key}:p{self.person.key}"

    @property
    def message_id(self) -> int | None:
        return self.items[0].alert.message_id


async def announce(
    session: AsyncSession, call: GrantCall, because: Because, now: datetime
) -> None:
    """Have those hear of a call whom it may concern, each at their own time.

    That it has opened is told to its followers as a change, and not once more here.
    """
    knowing = (
        await interest.knowing(session, call.key) if because == Because.OPENED else frozenset()
    )
    fittings = [
        Fitting(each.person_id, each.fit, each.eligible, list(each.reasons))
        for each in await matching.match(session, call, now)
        if each.person_id not in knowing
    ]
    await rows.owe(session, call.key, because, fittings, now)


@awaits
async def next_letter(session: AsyncSession, now: datetime) -> datetime | None:
    return await rows.next_due(session, now)


async def tell(session: AsyncSession, zone: tzinfo, now: datetime) -> list[Letter]:
    """The letters of the next lot of people who are to hear of calls now."""
    if not await rows.is_due(session, now):
        return []
    if not runs.is_working_time(now, zone):
        await rows.put_off(session, now, runs.next_opening(now, zone))
        return []
    await _put_off(session, zone, now)
    people = await rows.due_people(session, now, AT_ONCE)
    due = await rows.due_of(session, [person.key for person in people], now)
    items = await items_of(session, due, now)
    paces = await subscribing.of_people(session, [person.key for person in people])
    for alert in due:
        alert.due_at = None
    letters = [_letter(person, paces.get(person.key), items, now) for person in people]
    return [_told(letter, now) for letter in letters if letter is not None]


async def _put_off(session: AsyncSession, zone: tzinfo, now: datetime) -> None:
    """What comes between two runs waits for the next one."""
    urgency = Urgency(URGENT_FIT, now + timedelta(days=URGENT_DAYS))
    for pace, but in ((Pace.NOW, urgency), (Pace.DAILY, None), (Pace.WEEKLY, None)):
        since, until = runs.last_run(pace, now, zone), runs.next_run(pace, now, zone)
        await rows.put_off_to_run(session, pace, now, since=since, until=until, but=but)


def is_live(call: GrantCall, now: datetime) -> bool:
    """Whether anybody can still bid, or will be able to."""
    over = call.last_deadline_at is not None and call.last_deadline_at <= now
    return call.state in LIVE and (call.continuous or not over)


def _letter(
    person: Person,
    subscription: Subscription | None,
    items: Mapping[int, Sequence[Item]],
    now: datetime,
) -> Letter | None:
    """None where there is nobody to write to, or nothing worth it any more."""
    wanted = subscription is not None and subscription.pace != Pace.OFF
    if subscription is None or not wanted or not person.is_member or not person.reachable:
        return None
    live = [
        item
        for item in items.get(person.key, ())
        if item.call.stage == Stage.SENT and is_live(item.call, now) and not item.is_dropped
    ]
    return Letter(person, subscription.pace, in_order(live)) if live else None


def _told(letter: Letter, now: datetime) -> Letter:
    for item in letter.items:
        item.alert.told_at, item.alert.dedup = now, letter.dedup
        item.alert.said_due = item.due.at if item.due else None
    return letter


def not_written(letter: Letter) -> None:
    """It is read elsewhere: there is no message to be set right."""
    for item in letter.items:
        item.alert.message_id = 0


def in_order(items: Sequence[Item]) -> tuple[Item, ...]:
    """What somebody may apply for comes first, then what fits best."""
    return tuple(
        sorted(items, key=lambda each: (not each.alert.eligible, -each.alert.fit, each.alert.key))
    )


async def items_of(
    session: AsyncSession, alerts: Sequence[Alert], now: datetime
) -> dict[int, list[Item]]:
    """By person."""
    calls = await deadlines.calls(session, {alert.call_id for alert in alerts})
    sure = await deadlines.sure(session, calls)
    due = deadlines.next_of(sure, now)
    there = {(each.call_id, each.at) for each in sure}
    people = {alert.person_id for alert in alerts}
    said = await rows.interests(session, people, calls)
    interest = {(each.person_id, each.call_id): each for each in said}
    found: dict[int, list[Item]] = {}
    for alert in alerts:
        key = alert.call_id
        said_due = alert.said_due if (key, alert.said_due) not in there else None
        about = interest.get((alert.person_id, key))
        item = Item(alert, calls[key], due.get(key), said_due, about)
        found.setdefault(alert.person_id, []).append(item)
    return found


async def letter_of(session: AsyncSession, alert_id: int, me: Person, now: datetime) -> Letter:
    """The message in which I was told of it. Raises `Gone`, and `MembersOnly`."""
    await rights.require(session, me, Action.FOLLOW_CALLS, now)
    alert = await rows.find(session, alert_id)
    if alert is None or alert.person_id != me.key or not alert.dedup:
        raise Gone
    together = await rows.of_message(session, me.key, alert.dedup)
    items = (await items_of(session, together, now))[me.key]
    subscription = await subscribing.find(session, me.key)
    return Letter(me, subscription.pace if subscription else Pace.OFF, in_order(items))
