"""Calls of the demonstration: facts as publicly known, with their sources; only their dates are
moved to today, and each says so."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.demo import records
from bot.domain import working_days
from bot.domain.calls import indexing, values
from bot.domain.calls.found import Due
from storage.calls.history import Change, Turn
from storage.calls.records import (
    Basis,
    CallPillar,
    Deadline,
    GrantCall,
    Kind,
    Purpose,
    Stage,
    State,
)

MOVED = "Ukázka: údaje jsou z uvedeného zdroje, termíny jsou posunuté k dnešku."
OURS = ("source", "opens", "deadlines", "pillars", "words", "internal", "changes")
TYPES = {"basis": Basis, "purpose": Purpose, "kind": Kind, "stage": Stage, "state": State}
Record = dict[str, Any]


async def put_in(
    session: AsyncSession, pillars: Mapping[str, int], now: datetime, zone: tzinfo
) -> None:
    """Those that are not there yet; `pillars` are ids by the keys that the records use."""
    have = set((await session.exec(select(GrantCall.code))).all())
    new = [record for record in records("calls") if record["code"] not in have]
    calls = [_call(record, now, zone) for record in new]
    session.add_all(calls)
    await session.flush()
    for call, record in zip(calls, new, strict=True):
        session.add_all(_parts(call, record, pillars, now, zone))
    await session.flush()
    await indexing.enter(session, calls)


def _call(record: Record, now: datetime, zone: tzinfo) -> GrantCall:
    facts = {name: value for name, value in record.items() if name not in OURS}
    facts |= {name: kind(facts[name]) for name, kind in TYPES.items() if name in facts}
    dues = [_due(each, now, zone) for each in record["deadlines"]]
    internal = record.get("internal")
    return GrantCall(
        **{"state": State.OPEN, "stage": Stage.SENT, "language": "cs"}
        | facts
        | {
            "description": MOVED,
            "link": record["source"],
            "opens_at": _at(_day(record["opens"], now, zone), "9:00", zone),
            "last_deadline_at": max((each.at for each in dues), default=None),
            "internal_at": _end(_day(internal["in"], now, zone), zone) if internal else None,
            "internal_what": internal["what"] if internal else "",
            "found_at": now,
            "checked_at": now,
            "settled_at": None if record.get("stage") == Stage.WAITING else now,
        }
    )


def _parts(
    call: GrantCall, record: Record, pillars: Mapping[str, int], now: datetime, zone: tzinfo
) -> list[Deadline | CallPillar | Change]:
    dues = [_due(each, now, zone) for each in record["deadlines"]]
    stand = [
        CallPillar(
            call_id=call.key, pillar_id=pillars[key], words=record.get("words", []), by_hand=True
        )
        for key in record["pillars"]
    ]
    return [
        *(
            Deadline(
                call_id=call.key,
                at=each.at,
                zone=each.zone,
                hour_known=each.hour_known,
                what=each.what,
            )
            for each in dues
        ),
        *stand,
        *(_change(call, each, dues, now, zone) for each in record.get("changes", ())),
    ]


def _change(call: GrantCall, told: Record, dues: list[Due], now: datetime, zone: tzinfo) -> Change:
    field, old = told["field"], told["old"]
    if field == values.DEADLINES:
        old = values.plain([_due(each, now, zone) for each in old])
    new = dues if field == values.DEADLINES else getattr(call, field)
    found_at = now - timedelta(days=told["ago"])
    return Change(
        call_id=call.key,
        field=field,
        old=old,
        new=values.plain(new),
        turn=Turn(told["turn"]),
        found_at=found_at,
        told_at=found_at,
    )


def _due(told: Record, now: datetime, zone: tzinfo) -> Due:
    day, clock = _day(told["in"], now, zone), told["at"]
    at = _at(day, clock, zone) if clock else _end(day, zone)
    return Due(at, str(zone), hour_known=bool(clock), what=told.get("what", ""))


def _day(days: int, now: datetime, zone: tzinfo) -> date:
    """So many days from today, or the first working day after."""
    return working_days.next_working(now.astimezone(zone).date() + timedelta(days=days))


def _at(day: date, clock: str, zone: tzinfo) -> datetime:
    hour = time.fromisoformat(clock.zfill(5))
    return datetime.combine(day, hour, zone).astimezone(UTC)


def _end(day: date, zone: tzinfo) -> datetime:
    return _at(day, "23:59:59", zone)
