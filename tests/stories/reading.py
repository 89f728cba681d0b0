"""Sources of a story, played by a real server: what they give, and what became of it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import col, select

from bot.app import App
from storage.calls.records import GrantCall
from storage.calls.sources import AllowedHost, Form, Source
from tests.actors import Actor
from tests.conftest import NOW
from tests.sources.server import Sources

ADDRESS = "http://grants.test/api"
FEED = "http://news.test/feed"
RSS = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Výzvy</title>'
    "<item><title>Laserové vouchery</title><link>https://news.test/1</link><guid>1</guid></item>"
    "</channel></rss>"
)


def row(code: str, ends: str = "2027-05-14T12:00:00", **told: Any) -> dict[str, Any]:
    """A row of the ministry's dashboard."""
    return {
        "kod": code,
        "nazev": f"Výzva {code}",
        "popis": "Podpora výzkumu laserů a optiky.",
        "datumZacatek": "2027-02-01T08:00:00",
        "datumKonec": ends,
        **told,
    }


@dataclass
class Ministry:
    """A source with so many calls; each may be told otherwise."""

    web: Sources
    calls: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.web.gives(ADDRESS, lambda _: self._answer(), kind="application/json")

    def _answer(self) -> bytes:
        items = list(self.calls.values())
        result = {"items": items, "totalCount": len(items), "hasNextPage": False}
        return json.dumps({"result": result}).encode()

    def has(self, *rows: dict[str, Any]) -> None:
        self.calls = {each["kod"]: each for each in rows}


async def add_source(
    app: App, *, host: str = "grants.test", address: str = ADDRESS, **told: Any
) -> int:
    known = {"code": "jdp", "name": "Ministerstvo", "form": Form.JDP, "address": address}
    async with app.db.writing() as session:
        source = Source(**{**known, **told})
        session.add(source)
        if host:
            session.add(AllowedHost(host=host, since=NOW))
        await session.flush()
        return source.key


async def the_source(app: App) -> Source:
    async with app.db.reading() as session:
        return (await session.exec(select(Source))).one()


async def calls(app: App) -> Sequence[GrantCall]:
    async with app.db.reading() as session:
        return (await session.exec(select(GrantCall).order_by(col(GrantCall.code)))).all()


def warnings(actor: Actor) -> list[str]:
    return [text for text in actor.heard if text.startswith("⚠️ Zdroj")]
