"""What changes in a call, told to those who follow it; older messages about it are set right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.agenda import awaits
from bot.domain.calls import alerting, runs
from bot.domain.calls.alerting import LIVE, Letter
from storage import batches, people
from storage.calls import alerting as alerts
from storage.calls import deadlines, following, subscribing
from storage.calls import telling as rows
from storage.calls.alerts import Because
from storage.calls.history import Change, Turn
from storage.calls.records import GrantCall, Stage, State
from storage.calls.subscriptions import Pace
from storage.outbox import Batch

CLOSE = timedelta(days=3)  # a deadline this near is worth a word at the weekend
SHOWN = frozenset(  # what alerts say of a call
    {
        "deadlines",
        "state",
        "opens_at",
        "continuous",
        "support_least",
        "support_most",
        "basis",
        "currency",
    }
)
AT_ONCE = 20  # calls told of in one transaction
REDRAWN = 200  # messages set right in one


@dataclass(frozen=True, slots=True)
class News:
    """What has changed in a call, oldest first."""

    call: GrantCall
    changes: tuple[Change, ...]


async def changed(session: AsyncSession, change_ids: Sequence[int], now: datetime) -> None:
    """These changes have just been written down: reminders are planned anew, people told soon."""
    changes = await rows.among(session, change_ids)
    calls = await deadlines.calls(session, {each.call_id for each in changes})
    followed = await following.followed(session, calls)
    matter = [each for each in changes if _matters(each, calls, now)]
    told = [each.key for each in matter if each.call_id in followed]
    await rows.schedule(session, told, now)
    await following.unplan(session, followed)
    await alerts.outdate(session, {each.call_id for each in matter if each.field in SHOWN})
    gone = [call.key for call in calls.values() if call.state not in LIVE]
    await alerts.drop_waiting(session, gone)
    for key in {each.call_id for each in changes if each.turn == Turn.OPENED}:
        if calls[key].stage == Stage.SENT and calls[key].state == State.OPEN:
            await alerts.drop_waiting(session, [key])
            await alerting.announce(session, calls[key], Because.OPENED, now)


def _matters(change: Change, calls: Mapping[int, GrantCall], now: datetime) -> bool:
    """That a call is over once its deadline has passed is no news."""
    call = calls[change.call_id]
    over = call.last_deadline_at is not None and call.last_deadline_at <= now
    return not (over and change.field == "state" and change.new == State.CLOSED)


@awaits
async def next_news(session: AsyncSession, now: datetime) -> datetime | None:
    return await rows.next_due(session, now)


async def tell(session: AsyncSession, zone: tzinfo, now: datetime) -> list[News]:
    """What those who follow calls are to hear now, call by call."""
    if not runs.is_daytime(now, zone):
        await rows.put_off(session, now, runs.next_morning(now, zone))
        return []
    calls = await rows.due_calls(session, now, AT_ONCE)
    due = await deadlines.next_sure(session, [call.key for call in calls], now)
    told: list[News] = []
    for call in calls:
        changes = await rows.due_of(session, call.key, now)
        near = call.key in due and due[call.key].at <= now + CLOSE
        if not near and not runs.is_working_time(now, zone):
            for each in changes:
                each.due_at = runs.next_opening(now, zone)
            continue
        for each in changes:
            each.due_at, each.told_at = None, now
        told.append(News(call, tuple(changes)))
    return told


async def spread(
    session: AsyncSession, news: News, language: str, payload: dict[str, Any], now: datetime
) -> int:
    """Owe one message to all who follow the call and read that language; how many they are."""
    content = Batch(method="sendMessage", payload=payload, created_at=now)
    whom = following.followers(news.call.key, language)
    key = f"cc{news.changes[0].key}-{int(now.timestamp())}"
    return await batches.owe(session, content, whom, key, now)


async def outdated(session: AsyncSession, now: datetime) -> list[Letter]:
    """The messages that speak of calls which have changed since, as they are to read now."""
    if not await alerts.has_outdated(session):
        return []
    await alerts.note_messages(session)
    old = await alerts.outdated(session, REDRAWN)
    dedups = {each.dedup for each in old}
    together = await alerts.in_messages(session, {each.person_id for each in old}, dedups)
    for each in together:
        each.outdated = False
    items = await alerting.items_of(session, together, now)
    paces = await subscribing.of_people(session, items)
    letters: list[Letter] = []
    for person_id, theirs in items.items():
        person = await people.find(session, person_id)
        if person is None:
            continue
        pace = paces[person_id].pace if person_id in paces else Pace.OFF
        for dedup in dict.fromkeys(item.alert.dedup for item in theirs):
            same = [item for item in theirs if item.alert.dedup == dedup]
            letters.append(Letter(person, pace, alerting.in_order(same)))
    return [letter for letter in letters if letter.message_id]


async def note_messages(session: AsyncSession) -> None:
    """Before the outbox forgets which messages they became."""
    await alerts.note_messages(session)
