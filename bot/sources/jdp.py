"""The dashboard of Czech national grants (Ministry of Finance): JSON, in the wall clock of Prague.

`link` is the address of a call's page, with {code} in it, for calls that come without one.
"""

import json
from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from bot.domain.calls.found import Due, Found, Told, Unreadable
from bot.sources import text
from bot.sources.dates import END_OF_DAY
from bot.sources.fetching import Answer, Request
from bot.sources.presets import settled
from bot.sources.records import Record, inside, known, listed, moment, number, record, units, word

ZONE = "Europe/Prague"
PAGE = 100  # rows
OPEN = {
    "filterTree": {"filter": {"operator": "eq", "propName": "stavVyzvaLong", "value": "Běžící"}},
    "fixedFilterId": [],
    "fkName": "stavVyzvaLongWeb",
    "fkValue": "Otevřená",
    "sort": [{"isDescending": False, "propName": "datumKonec", "treatNullLowest": False}],
}


def request(address: str, settings: Mapping[str, Any], page: int) -> Request:
    settled(settings)
    size = settings.get("page_size", PAGE)
    asked = {**OPEN, **settings.get("query", {}), "pageIndex": page - 1, "pageSize": size}
    return Request(
        address,
        method="POST",
        headers={"Content-Type": "application/json", "Accept": "application/json"},
        body=json.dumps(asked, ensure_ascii=False).encode(),
    )


def read(answer: Answer, settings: Mapping[str, Any], now: datetime) -> Told:
    told = inside(record(answer), "result")
    items = inside(told, "items")
    if not isinstance(items, list):
        raise Unreadable("the answer has no list of calls")
    found = (_found(item, settings, now) for item in items if isinstance(item, dict))
    return Told(
        tuple(each for each in found if each),
        total=units(inside(told, "totalCount")),
        whole=inside(told, "hasNextPage") is not True or not items,
        rows=len(listed(items)),
    )


def _found(item: Record, settings: Mapping[str, Any], now: datetime) -> Found | None:
    code, title = word(item.get("kod")), text.title(word(item.get("nazev")))
    reference = code or word(item.get("id"))
    if not reference or not title:
        return None
    ends = _due(item.get("datumKonec"))
    return Found(
        reference=reference,
        title=title,
        link=word(item.get("link")) or str(settings.get("link", "")).replace("{code}", code),
        language="cs",
        code=code,
        description=text.description(word(item.get("popis"))),
        deadlines=(ends,) if ends else None,
        fields=known(
            {
                "kind": "national",
                "state": "closed" if ends and ends.at < now else "open",
                "opens_at": moment(item.get("datumZacatek"), ZONE),
                "budget": units(item.get("castkaVyzvaCelkem")),
                "support_least": units(item.get("castkaPodporaZadostMin")),
                "support_most": units(item.get("castkaPodporaZadostMax")),
                "basis": "support",
                "currency": "CZK",
                "czech_money": True,
                "rate": _rate(item.get("miraPodporaZadostMax")),
            }
        ),
    )


def _due(value: Any) -> Due | None:
    """The last second of a day, and its first, stand for a day without an hour."""
    at = moment(value, ZONE)
    if not at:
        return None
    hour_known = at.time() not in (time(), time(23, 59), END_OF_DAY)
    return Due(at if hour_known else at.replace(hour=23, minute=59, second=59), ZONE, hour_known)


def _rate(value: Any) -> float | None:
    """Per cent; a share of one, as some publishers write it, is made one."""
    found = number(value)
    if found is None or found > 100:
        return None
    return found * 100 if found <= 1 else found
