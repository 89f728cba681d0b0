"""Weekly states of a portal, where a folder of them is at hand: what is new, moved and gone."""

import json
from datetime import UTC, datetime
from typing import Any

from bot.app import App
from bot.domain.calls import health
from bot.domain.calls.found import Due, Found
from storage.calls.records import State
from tests import samples
from tests.rules.calls import Reading

FOLDER = samples.FOLDER / "feeds" / "eu"
WEEKS = ("2025-12-15", "2026-02-16", "2026-05-11")
pytestmark = samples.needed


def day(told: str) -> datetime:
    return datetime.fromisoformat(told[:10]).replace(tzinfo=UTC)


def found(row: dict[str, Any]) -> Found:
    ends = row.get("closeDate")
    dues = (Due(day(ends).replace(hour=16), "Europe/Brussels", True),) if ends else None
    opens = {"opens_at": day(row["openDate"])} if row.get("openDate") else {}
    fields = {"kind": "european", **opens}
    code, title = row["code"], row["name"]
    return Found(code, title, row["link"], "en", code, deadlines=dues, fields=fields)


def week(name: str) -> dict[str, Found]:
    told = json.loads((FOLDER / f"horizon_calls_snapshot_{name}.json").read_text("utf-8"))
    return {each["code"].upper(): found(each) for each in told["calls"] if each.get("name")}


async def test_weeks_follow_each_other(app: App) -> None:
    read = Reading(app)
    source = await read.source()
    first, second, third = (week(name) for name in WEEKS)
    await read(source, *first.values(), at=day(WEEKS[0]))
    assert len(await read.calls()) == len(first)

    taken = await read(source, *second.values(), at=day(WEEKS[1]))
    assert len(taken.fresh) == len(second.keys() - first.keys())
    moved = [code for code in first.keys() & second.keys() if _moved(first[code], second[code])]
    changed = [each for each in await read.changes() if each.field == "deadlines"]
    assert len(changed) == len(moved)

    await read(source, *third.values(), at=day(WEEKS[2]))
    left_out = second.keys() - third.keys()
    states = {call.code: call.state for call in await read.calls()}
    assert {states[code] for code in left_out if _runs(second[code])} <= {
        State.OPEN,
        State.FORECAST,
    }


async def test_a_shrunken_week_is_not_believed(app: App) -> None:
    read = Reading(app)
    rows = len(week(WEEKS[1]))
    source = await read.source(usual=rows)
    assert health.is_too_little(source, 10)
    assert not health.is_too_little(source, len(week(WEEKS[0])))


def _moved(before: Found, after: Found) -> bool:
    both = before.deadlines and after.deadlines
    return bool(both) and before.deadlines != after.deadlines


def _runs(call: Found) -> bool:
    return any(due.at > day(WEEKS[2]) for due in call.deadlines or ())
