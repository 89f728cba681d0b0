"""What becomes of calls when they are read: their pillars, and whether the manager sees them."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.calls import classifying, defence, indexing, neutral
from bot.domain.calls.classifying import Judge
from bot.domain.calls.eligibility import is_for_defence
from bot.domain.calls.neutral import Rule
from storage.calls import matching as store
from storage.calls.records import CallPillar, GrantCall, Purpose, Stage

PILLARS, TOPIC, PURPOSE = "pillars", "topic", "purpose"  # among the fields set by hand
AT_ONCE = 100


async def judge(session: AsyncSession, calls: Sequence[GrantCall], now: datetime) -> None:
    """Give flushed calls their pillars anew, all but those that somebody has set by hand.

    What is of no pillar, and goes to nobody by the rule for calls that are open to any
    technology, is kept quietly; a call of a defence programme waits for the manager anyway.
    """
    if not calls:
        return
    known = await classifying.at_work(session, now)
    rule = await neutral.rule(session)
    by_hand: dict[int, list[CallPillar]] = {}
    for place in await store.places(session, [call.key for call in calls]):
        if place.by_hand:
            by_hand.setdefault(place.call_id, []).append(place)
    new: list[CallPillar] = []
    for call in calls:
        kept = by_hand.get(call.key, [])
        found = _judge(call, known, {each.pillar_id for each in kept})
        _place(call, rule, stands=bool(kept or found))
        new += found
        await asyncio.sleep(0)  # hundreds take a while, and others are waiting
    judged = [call.key for call in calls if PILLARS not in call.by_hand]
    await store.put_places(session, judged, new)


async def again(session: AsyncSession, now: datetime, after: int = 0) -> int | None:
    """Judge some of the calls that the manager has not settled once more, those with ids above
    `after`; the last id, or None when there are no more."""
    calls = await store.unsettled(session, after, AT_ONCE)
    await judge(session, calls, now)
    await session.flush()
    await indexing.enter(session, calls)
    return calls[-1].key if len(calls) == AT_ONCE else None


def _judge(call: GrantCall, known: Judge, by_hand: set[int]) -> list[CallPillar]:
    if call.purpose is None and PURPOSE not in call.by_hand and defence.is_of_defence(call):
        call.purpose = Purpose.DEFENCE
    found = known.judge(f"{call.title} / {call.title_cs}", call.description)
    if TOPIC not in call.by_hand:
        call.topic = bool(by_hand) or not found.is_neutral
    if PILLARS in call.by_hand:
        return []
    return [
        CallPillar(
            call_id=call.key, pillar_id=each.pillar_id, score=each.score, words=list(each.words)
        )
        for each in found.pillars
        if each.pillar_id is not None and each.pillar_id not in by_hand
    ]


def _place(call: GrantCall, rule: Rule, *, stands: bool) -> None:
    if call.stage not in (Stage.QUIET, Stage.WAITING):
        return
    open_to_any = not call.topic and not rule.goal(call).is_nobody
    wanted = stands or open_to_any or is_for_defence(call)
    call.stage = Stage.WAITING if wanted else Stage.QUIET
