"""Answers of sources as they come, made by hand in the forms of the real ones."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.domain.calls.found import Found, Told
from bot.sources import adapters
from bot.sources.fetching import Answer

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
BASE = "https://vyzvy.example.cz/seznam/"


def answer(body: bytes | str, kind: str = "", url: str = BASE) -> Answer:
    content = body.encode() if isinstance(body, str) else body
    return Answer(200, content, {"content-type": kind} if kind else {}, url)


def read(form: str, body: bytes | str, **settings: Any) -> Told:
    return adapters.read(form, answer(body), settings, NOW)


def only(told: Told) -> Found:
    assert len(told.calls) == 1
    return told.calls[0]


def guessed(found: Found) -> dict[str, Any]:
    return {guess.field: guess.value for guess in found.guesses}


def topic(name: str, language: str = "en", **metadata: Any) -> dict[str, Any]:
    """A row of the EU portal; of its values each stands in a list."""
    said = {
        "type": "1",
        "identifier": name,
        "title": f"Light sources {name}",
        "status": "31094502",
        "deadlineDate": "2027-04-08T00:00:00.000+0000",
        "startDate": "2026-11-01T00:00:00.000+0000",
        "frameworkProgramme": "43108390",
        "DATASOURCE": "SEDIA",
        "language": language,
        **metadata,
    }
    listed = {key: value if isinstance(value, list) else [value] for key, value in said.items()}
    return {
        "reference": f"{abs(hash(name)) % 10**8}TOPICS{language}",
        "url": f"https://ec.europa.eu/portal/topic-details/{name}",
        "language": language,
        "summary": f"Light sources {name}",
        "metadata": {key: value for key, value in listed.items() if value != [None]},
    }


def portal(rows: Sequence[Mapping[str, Any]], total: int | None = None, page: int = 1) -> bytes:
    told = {
        "apiVersion": "2.151",
        "totalResults": len(rows) if total is None else total,
        "pageNumber": page,
        "pageSize": max(len(rows), 1),
        "results": rows,
    }
    return json.dumps(told).encode()


def feed(*items: str, encoding: str = "utf-8", declared: str = "") -> bytes:
    head = f'<?xml version="1.0" encoding="{declared or encoding}"?>'
    body = (
        f'{head}<rss version="2.0"><channel><title>Výzvy</title>{"".join(items)}</channel></rss>'
    )
    return body.encode(encoding)


def item(title: str, link: str = "/vyzvy/1/", description: str = "", **more: str) -> str:
    rest = "".join(f"<{name}>{value}</{name}>" for name, value in more.items())
    return (
        f"<item><title>{title}</title><link>{link}</link>"
        f"<description><![CDATA[{description}]]></description>{rest}</item>"
    )
