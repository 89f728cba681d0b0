"""Values of a call change in one way only: written down, old and new, with what it means.

Sources bring changes through `bot.domain.calls.merging`, people through `amend`, time through
`bot.domain.calls.closing`. Whoever changes something tells `bot.domain.calls.telling` of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.calls import telling, values
from bot.domain.calls.dues import is_same, same_day, turn_of_deadlines
from bot.domain.calls.found import Due
from bot.domain.calls.values import DEADLINES, STATE
from storage.calls import sighting as store
from storage.calls.history import Change, Turn
from storage.calls.records import Deadline, GrantCall, State

QUIET = frozenset({"title", "title_cs", "link", "description", "programme", "provider"})
TEXTS = frozenset({"description", "note"})  # too long to be shown as old and new


@dataclass(slots=True)
class Held:
    """A call with its deadlines, and the changes that are being made to it."""

    call: GrantCall
    deadlines: list[Deadline]
    changes: list[Change]
    replaced: list[Deadline] = field(default_factory=list)
    fresh: bool = False  # without a history yet

    @property
    def sure(self) -> list[Deadline]:
        return [each for each in self.deadlines if each.sure]


async def amend(
    session: AsyncSession,
    call: GrantCall,
    fields: Mapping[str, Any],
    now: datetime,
    *,
    deadlines: Sequence[Due] | None = None,
) -> list[int]:
    """What somebody on the team has put right: `fields` by the names of `GrantCall`, `deadlines`
    all there are. No source changes these fields any more without being asked. The ids of the
    changes; followers of a call that had been sent are told of those that matter."""
    held = Held(call, list(await store.deadlines_of(session, [call.key])), [])
    for name, value in fields.items():
        put(held, name, value, None, now)
    if deadlines is not None:
        put_deadlines(held, deadlines, None, now)
    named = {*fields, *([DEADLINES] if deadlines is not None else [])}
    call.by_hand = sorted({*call.by_hand, *named})
    if not named.isdisjoint({"opens_at", DEADLINES}) and STATE not in fields:
        follow_the_calendar(held, None, now)
    return await keep(session, [held], now)


async def keep(session: AsyncSession, all_held: Sequence[Held], now: datetime) -> list[int]:
    """Write down what was changed, and have people told of what matters to them."""
    old = [each for held in all_held for each in held.replaced]
    await store.drop_deadlines(session, [each.id for each in old if each.id is not None])
    new = [each for held in all_held for each in held.deadlines if each.id is None]
    changes = [change for held in all_held for change in held.changes]
    await store.add(session, [*new, *changes])
    told = [each.key for each in changes if each.field not in QUIET]
    if told:
        await telling.changed(session, told, now)
    return [each.key for each in changes]


def put(held: Held, field: str, value: Any, source_id: int | None, now: datetime) -> None:
    """`value` is as a call holds it."""
    old = getattr(held.call, field)
    if values.plain(old) == values.plain(value):
        return
    setattr(held.call, field, value)
    in_time = field == STATE and value == State.CLOSED and _is_over(held.call, now)
    if held.fresh or in_time:
        return
    change = Change(
        call_id=held.call.id or 0,
        source_id=source_id,
        field=field,
        turn=turn_of(field, old, value, held.call, now),
        found_at=now,
    )
    if field not in TEXTS:
        change.old, change.new = values.plain(old), values.plain(value)
    held.changes.append(change)


def _is_over(call: GrantCall, now: datetime) -> bool:
    return call.last_deadline_at is not None and call.last_deadline_at <= now


def put_deadlines(
    held: Held, dues: Sequence[Due], source_id: int | None, now: datetime, *, sure: bool = True
) -> None:
    """All the deadlines there are. A source may forget those that are over; we do not. What is
    not `sure` takes the place of what was not sure either, and is no change."""
    call, old = held.call, [values.due_of(each) for each in held.sure]
    kept = [] if source_id is None else [due for due in old if _forgotten(due, dues, now)]
    new = sorted([*kept, *dues], key=lambda due: (due.at, due.what))
    held.replaced.extend(held.deadlines)
    held.deadlines = [
        Deadline(
            call_id=call.id or 0,
            at=due.at,
            zone=due.zone,
            hour_known=due.hour_known,
            what=due.what,
            sure=sure,
        )
        for due in new
    ]
    if not sure:
        return
    call.last_deadline_at = max((due.at for due in new), default=None)
    if held.fresh or is_same(old, new):
        return
    change = Change(
        call_id=call.id or 0,
        source_id=source_id,
        field=DEADLINES,
        old=values.plain(old),
        new=values.plain(new),
        turn=turn_of_deadlines(old, new, now),
        found_at=now,
    )
    held.changes.append(change)


def _forgotten(due: Due, dues: Sequence[Due], now: datetime) -> bool:
    return due.at <= now and not any(same_day(due, each) for each in dues)


def follow_the_calendar(held: Held, source_id: int | None, now: datetime) -> None:
    """Have a call be open, forecast or closed as its dates say."""
    call = held.call
    put(held, STATE, state_by_dates(call, call.state, now), source_id, now)


def state_by_dates(call: GrantCall, said: State, now: datetime) -> State:
    """What it is, where it is `said` to be so: sources forget to say that a time has come."""
    if said == State.CANCELLED:
        return said
    if _is_over(call, now):
        return State.CLOSED
    if said == State.CLOSED or call.opens_at is None:
        return said
    return State.FORECAST if call.opens_at > now else State.OPEN


def turn_of(field: str, old: Any, new: Any, call: GrantCall, now: datetime) -> Turn:
    """What a change means to those who follow the call, whose new value is set already."""
    if field == STATE:
        return _turn_of_state(State(old), State(new))
    if field == "budget" and old is not None and new is not None and new > old:
        return Turn.RAISED
    if field == "opens_at" and old is not None and new is not None and new > old > now:
        return Turn.POSTPONED if call.state == State.FORECAST else Turn.CORRECTED
    return Turn.CORRECTED


def _turn_of_state(old: State, new: State) -> Turn:
    if new == State.CANCELLED:
        return Turn.CANCELLED
    if new == State.CLOSED:
        return Turn.CLOSED_EARLY
    if old in (State.CLOSED, State.CANCELLED):
        return Turn.REVIVED
    return Turn.OPENED if new == State.OPEN else Turn.POSTPONED
