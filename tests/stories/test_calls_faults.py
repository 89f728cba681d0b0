"""A source that hangs, floods or leads astray: the manager reads why, and nothing else happens."""

from datetime import timedelta

import pytest

from bot.app import App
from handlers.calls.source_ways import OpenSource
from storage.calls.records import State
from storage.calls.sources import Form, Source
from tests.actors import Actor
from tests.sources.server import Sources
from tests.stories.afterwards import Wait
from tests.stories.reading import FEED, RSS, add_source, calls, the_source, warnings

HOUR = timedelta(hours=1)
LIST = "http://news.test/list"
PAGES = {"item": "li", "detail": {"title": "h1"}}
FAULTS = {
    "hangs": "news.test neodpovídá včas",
    "drips": "news.test neodpovídá včas",
    "pours": "odpověď je příliš velká",
    "is a bomb": "odpověď je příliš velká",
    "cuts": "spojení s news.test selhalo",
    "resets": "spojení s news.test selhalo",
    "goes in circles": "news.test mě posílá z adresy na adresu",
    "leads to the cloud's own host": "jeho adresu nelze číst",
    "leads to a router": "router.lan vede do soukromé sítě",
    "leads to a stranger": "server elsewhere.test není mezi povolenými",
    "is packed strangely": "odpověď je špatně zabalená",
}


def plays(sources: Sources, fault: str) -> None:
    match fault:
        case "hangs" | "drips" | "resets":
            getattr(sources, fault)(FEED)
        case "cuts":
            sources.cuts(FEED, RSS.encode())
        case "pours" | "is a bomb":
            sources.pours(FEED, 2**31, packed=fault == "is a bomb")
        case "goes in circles":
            sources.redirects(FEED, FEED)
        case "leads to the cloud's own host":
            sources.redirects(FEED, "http://169.254.169.254/latest/meta-data/")
        case "leads to a router":
            sources.redirects(FEED, "http://router.lan/")
        case "leads to a stranger":
            sources.redirects(FEED, "http://elsewhere.test/feed")
        case _:
            sources.gives(FEED, RSS.encode(), packed="br")


async def patience(app: App, key: int, seconds: float) -> None:
    async with app.db.writing() as session:
        (await session.get_one(Source, key)).settings = {"timeout": seconds}


async def test_after_three_pages_that_fail_no_more_of_them_are_asked_for(
    app: App, sources: Sources, wait: Wait
) -> None:
    """The calls are known all the same, as the list tells of them."""
    numbers = range(20)
    items = "".join(f"<li><a href='/call/{n}'>Výzva číslo {n}</a></li>" for n in numbers)
    sources.gives(LIST, f"<ul>{items}</ul>".encode())
    for number in numbers:
        sources.fails(f"http://news.test/call/{number}", 503)
    await add_source(app, host="news.test", address=LIST, form=Form.PAGE, settings=PAGES)
    await wait(HOUR)
    assert [asked.path for asked in sources.asked] == [
        "/list",
        *(f"/call/{n}" for n in range(3)),
    ]
    assert len(await calls(app)) == 20


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_fault_costs_a_reading_and_nothing_else(
    app: App, sources: Sources, manager: Actor, wait: Wait, fault: str
) -> None:
    sources.gives(FEED, RSS.encode(), kind="application/rss+xml")
    key = await add_source(app, host="news.test", address=FEED, form=Form.FEED)
    await wait(HOUR)
    [known] = await calls(app)
    plays(sources, fault)
    if fault in ("hangs", "drips"):
        await patience(app, key, 0.3)
    await wait(HOUR)
    await manager.presses_data(OpenSource(key).pack())
    assert FAULTS[fault] in manager.screen
    assert [(each.title, each.state) for each in await calls(app)] == [(known.title, State.OPEN)]
    assert {asked.host for asked in sources.asked} == {"news.test"}
    sources.gives(FEED, RSS.encode(), kind="application/rss+xml")
    await patience(app, key, 20)
    await wait(timedelta(days=1))
    assert (await the_source(app)).problem == ""
    assert warnings(manager) == []
