"""Calls that may be one: due on the same day, with titles that are alike, from other sources.

It is a hint to the manager and nothing more; what the manager joins stays joined, since sources
are remembered with the call that is left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.calls import identity
from bot.domain.refusals import Gone
from bot.domain.rights import Action
from storage import audit
from storage.calls import sighting as store
from storage.calls import twins as pairs
from storage.calls.history import TWIN, Proposal
from storage.calls.records import GrantCall, Stage
from storage.calls.sources import Source
from storage.people import Person

HALF_A_DAY = timedelta(hours=12)  # a day is kept by its end where the hour is not known


@dataclass(frozen=True)
class Pair:
    hint: Proposal
    newer: GrantCall
    older: GrantCall


async def hint(
    session: AsyncSession, source: Source, fresh: Sequence[GrantCall], now: datetime
) -> None:
    """Propose that some of these are calls which others have told of already."""
    dues = await store.deadlines_of(session, [call.key for call in fresh])
    days = sorted({due.at.date() for due in dues if due.at > now})
    around = {day: [due for due in dues if due.at.date() == day] for day in days}
    spans = [
        (
            min(due.at for due in several) - HALF_A_DAY,
            max(due.at for due in several) + HALF_A_DAY,
        )
        for several in around.values()
    ]
    others = await store.due_within(session, spans, source.key)
    if not others:
        return
    by_key = {call.key: call for call in fresh}
    for due in dues:
        call = by_key.get(due.call_id)
        near = [other for other, at in others if abs(at - due.at) <= HALF_A_DAY]
        twin = identity.alike(call.title, near) if call else None
        if call is not None and twin is not None:
            del by_key[call.key]
            session.add(
                Proposal(
                    call_id=call.key,
                    source_id=source.key,
                    field=TWIN,
                    value=twin.key,
                    snippet=twin.title,
                    made_at=now,
                )
            )


async def open_pairs(session: AsyncSession, me: Person, now: datetime) -> list[Pair]:
    """The oldest first."""
    await rights.require(session, me, Action.SETTLE_CALL, now)
    hints = await pairs.hints(session)
    ids = {each.call_id for each in hints} | {int(each.value) for each in hints}
    calls = await pairs.calls(session, ids)
    return [
        Pair(each, calls[each.call_id], calls[int(each.value)])
        for each in hints
        if each.call_id in calls and int(each.value) in calls
    ]


async def keep_apart(session: AsyncSession, hint_id: int, me: Person, now: datetime) -> None:
    """They are two."""
    found = await _lock(session, hint_id, me, now)
    _answer(found, me, now, agreed=False)
    await audit.record(session, me.key, "call.kept_apart", _subject(found), now, other=found.value)


async def join(session: AsyncSession, hint_id: int, me: Person, now: datetime) -> GrantCall:
    """They are one: the newer goes, and what its sources say counts for the older. Raises `Gone`
    where the newer has gone out already, or the older is there no more."""
    found = await _lock(session, hint_id, me, now)
    calls = await store.calls(session, {found.call_id, int(found.value)})
    newer, older = calls.get(found.call_id), calls.get(int(found.value))
    if newer is None or older is None or newer.stage == Stage.SENT:
        raise Gone
    told = {"other": older.key, "title": newer.title}
    await audit.record(session, me.key, "call.joined", _subject(found), now, **told)
    await pairs.move(session, newer.key, older.key)
    await pairs.remove(session, newer)
    return older


async def _lock(session: AsyncSession, hint_id: int, me: Person, now: datetime) -> Proposal:
    await rights.require(session, me, Action.SETTLE_CALL, now)
    found = await pairs.hint(session, hint_id)
    if found is None or found.settled_at is not None:
        raise Gone
    return found


def _answer(found: Proposal, me: Person, now: datetime, *, agreed: bool) -> None:
    found.settled_at, found.settled_by, found.agreed = now, me.key, agreed


def _subject(found: Proposal) -> str:
    return f"call:{found.call_id}"
