"""The search of the EU Funding & Tenders portal.

Settings, all optional: `languages` (the first is the main one), `types`, `statuses`, `programmes`
(the portal's numbers), `period`, `page_size`.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import Any
from urllib.parse import urlencode

from bot.domain.calls.found import Due, Found, Told, Unreadable
from bot.sources import text
from bot.sources.dates import END_OF_DAY
from bot.sources.eu_budgets import money
from bot.sources.fetching import Answer, Part, Request
from bot.sources.presets import settled
from bot.sources.records import (
    Record,
    at,
    day,
    inside,
    known,
    listed,
    number,
    parsed,
    record,
    word,
)

ZONE = "Europe/Brussels"
CLOSING = time(17)  # of every deadline of the Commission's own calls
PAGE = 50  # rows of up to 100 kB each; the portal would give 100 at most
TOPIC, CALL, CASCADE = "1", "2", "8"
FORECAST, OPEN, CLOSED = "31094501", "31094502", "31094503"
STATES = {FORECAST: "forecast", OPEN: "open", CLOSED: "closed"}
CURRENT = "SEDIA"  # the index that is kept up; others hold what nobody closes any more
PORTAL = "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities"
PROGRAMMES = {
    "43108390": "Horizon Europe",
    "44181033": "European Defence Fund",
    "43152860": "Digital Europe",
    "43298916": "Euratom",
    "43252405": "LIFE",
    "43251567": "Connecting Europe Facility",
    "43089234": "Innovation Fund",
    "43252476": "Single Market Programme",
    "43353764": "Erasmus+",
    "44416173": "I3",
    "43332642": "EU4Health",
    "43252368": "Internal Security Fund",
}
DEFENCE = ("EDF-", "EDIP-", "EDIRPA-", "ASAP-")
STEPS = {"two-stage": "stage {n}", "multiple cut-off": "cut-off {n}"}


def request(address: str, settings: Mapping[str, Any], page: int) -> Request:
    """File parts of a form: sent in any other way the portal fails, or forgets the query."""
    settled(settings)
    terms: list[dict[str, Any]] = [
        {"terms": {"type": settings.get("types", [TOPIC, CALL, CASCADE])}},
        {"terms": {"status": settings.get("statuses", [FORECAST, OPEN])}},
        {"term": {"programmePeriod": settings.get("period", "2021 - 2027")}},
    ]
    if settings.get("programmes"):
        terms.append({"terms": {"frameworkProgramme": settings["programmes"]}})
    query = {
        "apiKey": "SEDIA",
        "text": "***",
        "pageSize": settings.get("page_size", PAGE),
        "pageNumber": page,
    }
    sort = {"order": "ASC", "field": "identifier"}  # any other order shuffles between pages
    return Request(
        f"{address}?{urlencode(query, safe='*')}",
        method="POST",
        headers={"Accept": "application/json"},
        parts=(
            _part("query", {"bool": {"must": terms}}),
            _part("languages", _languages(settings)),
            _part("sort", sort),
        ),
    )


def _part(name: str, content: Any) -> Part:
    return Part(name, json.dumps(content).encode())


def _languages(settings: Mapping[str, Any]) -> list[str]:
    return settings.get("languages") or ["en"]


def read(answer: Answer, settings: Mapping[str, Any], now: datetime) -> Told:
    told = record(answer)
    rows, total = told.get("results"), told.get("totalResults")
    if not isinstance(rows, list) or not isinstance(total, int) or total < 0:
        raise Unreadable("the answer has no results")
    page, size = number(told.get("pageNumber")) or 1, number(told.get("pageSize")) or len(rows)
    found = (_found(row, settings, now) for row in rows if isinstance(row, dict))
    return Told(
        best(each for each in found if each),
        total=total,
        whole=not rows or page * size >= total,
        rows=len(rows),
    )


def best(found: Iterable[Found]) -> tuple[Found, ...]:
    """Of each call the copy that says most: there are poor ones, and old ones of another index."""
    kept: dict[str, Found] = {}
    for each in found:
        if each.reference not in kept or kept[each.reference].rank < each.rank:
            kept[each.reference] = each
    return tuple(kept.values())


def _found(row: Record, settings: Mapping[str, Any], now: datetime) -> Found | None:
    """None for what is no call (answers to questions, tenders), or in another language."""
    said = row.get("metadata")
    if not isinstance(said, dict) or _one(said, "type") not in (TOPIC, CALL, CASCADE):
        return None
    language = (_one(said, "language") or word(row.get("language"))).lower()
    name = _one(said, "identifier")
    reference, languages = _reference(row, said, name), _languages(settings)
    if not reference or (language and language not in languages):
        return None
    cascade = _one(said, "type") == CASCADE
    dues = _deadlines(said, cascade=cascade)
    title = text.title(_one(said, "title") or word(row.get("summary")) or name)
    description = text.description(_one(said, "descriptionByte"))
    state = _state(said, dues, now)
    return Found(
        reference=reference if language in ("", languages[0]) else f"{reference}:{language}",
        title=title or reference,
        link=_link(row, said, name),
        language=language or languages[0],
        code="" if cascade else name,
        description=description,
        deadlines=dues or None,
        fields=known({**_fields(said, name), **_amounts(said, name, cascade), "state": state}),
        rank=_rank(said, state, description),
    )


def _reference(row: Record, said: Record, name: str) -> str:
    """A cascade call bears the name of the topic that pays for it, as do all its sisters."""
    if _one(said, "type") == CASCADE or not name:
        return word(row.get("reference")) or _one(said, "REFERENCE")
    return name.upper()


def _one(said: Record, name: str) -> str:
    """Each value comes in a list, also where there can be but one."""
    values = _all(said, name)
    return values[0] if values else ""


def _all(said: Record, name: str) -> list[str]:
    value = said.get(name)
    values = value if isinstance(value, list) else [value]
    return [found for each in values if (found := word(each))]


def _deadlines(said: Record, *, cascade: bool) -> tuple[Due, ...]:
    """The days are right and the hours are not: the portal's are 17:00 in Brussels."""
    days = sorted({found for each in _dates(said) if (found := day(each))})
    named = STEPS.get(_one(said, "deadlineModel").lower(), "") if len(days) > 1 else ""
    clock = END_OF_DAY if cascade else CLOSING
    return tuple(
        Due(at(each, clock, ZONE), ZONE, not cascade, named.format(n=n))
        for n, each in enumerate(days, start=1)
    )


def _dates(said: Record) -> list[str]:
    return _all(said, "deadlineDate") or [
        word(each)
        for action in listed(parsed(_one(said, "actions")))
        for each in listed(inside(action, "deadlineDates"))
    ]


def _state(said: Record, dues: tuple[Due, ...], now: datetime) -> str | None:
    """A call that is said to be open after its last deadline is closed: nobody keeps that row."""
    state = STATES.get(_one(said, "status"))
    over = dues and dues[-1].at < now
    return "closed" if over and state in ("forecast", "open") else state


def _link(row: Record, said: Record, name: str) -> str:
    """The page for people; some rows give the data behind it."""
    url = word(row.get("url")) or _one(said, "url")
    if url.startswith("https://") and not url.endswith(".json"):
        return url
    return f"{PORTAL}/topic-details/{name}" if name else ""


def _fields(said: Record, name: str) -> dict[str, Any]:
    opens = day(_one(said, "startDate"))
    programme = _one(said, "frameworkProgramme")
    return {
        "kind": "european",
        "provider": "European Commission",
        "programme": PROGRAMMES.get(programme, ""),
        "opens_at": at(opens, time(), ZONE) if opens else None,
        "purpose": _purpose(programme, name),
    }


def _purpose(programme: str, name: str) -> str | None:
    if PROGRAMMES.get(programme) == "European Defence Fund" or name.upper().startswith(DEFENCE):
        return "defence"
    return "civil" if PROGRAMMES.get(programme) == "Horizon Europe" else None


def _amounts(said: Record, name: str, cascade: bool) -> dict[str, Any]:
    """Those of a cascade call's parent are not its own."""
    return (
        {} if cascade else money(parsed(_one(said, "budgetOverview")), name, _one(said, "budget"))
    )


def _rank(said: Record, state: str | None, description: str) -> int:
    current = _one(said, "DATASOURCE") in (CURRENT, "")
    weights = ((bool(state), 8), (current, 4), (bool(description), 2), (bool(_dates(said)), 1))
    return sum(weight for is_so, weight in weights if is_so) * 1000 + min(len(said), 999)
