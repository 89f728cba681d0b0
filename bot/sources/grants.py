"""The search of grants.gov, the portal of the United States: JSON, dates as MM/DD/YYYY or empty.

Settings, all optional: `keyword`, `statuses`, `page_size`.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from bot.domain.calls.found import Due, Found, Told, Unreadable
from bot.sources import text
from bot.sources.dates import END_OF_DAY
from bot.sources.fetching import Answer, Request
from bot.sources.presets import settled
from bot.sources.records import Record, at, inside, known, number, record, word

ZONE = "America/New_York"
PAGE = 100
STATES = {"posted": "open", "forecasted": "forecast", "closed": "closed", "archived": "closed"}
PORTAL = "https://www.grants.gov/search-results-detail"


def request(address: str, settings: Mapping[str, Any], page: int) -> Request:
    settled(settings)
    size = settings.get("page_size", PAGE)
    asked = {
        "keyword": settings.get("keyword", ""),
        "oppStatuses": "|".join(settings.get("statuses", ["forecasted", "posted"])),
        "rows": size,
        "startRecordNum": (page - 1) * size,
    }
    return Request(
        address,
        method="POST",
        headers={"Content-Type": "application/json", "Accept": "application/json"},
        body=json.dumps(asked).encode(),
    )


def read(answer: Answer, settings: Mapping[str, Any], now: datetime) -> Told:
    told = inside(record(answer), "data")
    hits, total = inside(told, "oppHits"), inside(told, "hitCount")
    if not isinstance(hits, list) or not isinstance(total, int) or total < 0:
        raise Unreadable("the answer has no list of calls")
    found = (_found(hit, now) for hit in hits if isinstance(hit, dict))
    start = number(inside(told, "startRecord")) or 0
    return Told(
        tuple(each for each in found if each),
        total=total,
        whole=not hits or start + len(hits) >= total,
        rows=len(hits),
    )


def _found(hit: Record, now: datetime) -> Found | None:
    reference, title = word(hit.get("id")), text.title(word(hit.get("title")))
    if not reference or not title:
        return None
    closes, opens = _day(hit.get("closeDate")), _day(hit.get("openDate"))
    due = Due(at(closes, END_OF_DAY, ZONE), ZONE) if closes else None
    state = STATES.get(word(hit.get("oppStatus")))
    return Found(
        reference=reference,
        title=title,
        link=f"{PORTAL}/{reference}",
        language="en",
        code=word(hit.get("number")),
        deadlines=(due,) if due else None,
        fields=known(
            {
                "kind": "international",
                "provider": text.title(word(hit.get("agency"))),
                "state": "closed" if due and due.at < now else state,
                "opens_at": at(opens, time(), ZONE) if opens else None,
                "currency": "USD",
            }
        ),
    )


def _day(value: Any) -> date | None:
    try:
        found = datetime.strptime(word(value), "%m/%d/%Y").date()  # noqa: DTZ007  (a date alone)
    except ValueError:
        return None
    return found if 1990 <= found.year < 2100 else None
