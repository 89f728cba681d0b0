"""Calls and bids of a year, for the annual report."""

import io
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest

from bot.app import App
from storage.calls.bids import Bid
from storage.calls.records import Stage
from tests.actors import Actor
from tests.conftest import NOW
from tests.stories.announcing import Wait
from tests.stories.bidding import follows
from tests.stories.calls import IN_TWO_WEEKS, add_call, add_pillars, due


async def opens(actor: Actor) -> None:
    await actor.says("/menu")
    await actor.presses_data("ca.fig")


async def test_nothing_yet(manager: Actor) -> None:
    await opens(manager)
    assert "Výzvy a žádosti v roce 2027" in manager.screen
    assert "Zatím nic." in manager.screen


async def a_year(app: App, ann: Actor, eve: Actor, wait: Wait) -> None:
    """Ann won 2.5 million; Eve was asked and has not answered; a third call was only sent."""
    lasers, optics = await add_pillars(app, "Lasery", "Optika")
    sent = {"stage": Stage.SENT, "settled_at": NOW}
    both = [lasers, optics]
    trend = await add_call(app, "=Trend", due(), programme="TREND", pillars=both, **sent)
    await add_call(app, "Dopad", due(), programme="DOPAD", pillars=[lasers], **sent)
    await follows(app, eve, trend)
    await ann.says("/menu")
    await ann.presses_data(f"cb.in:{trend}:with_partner")
    await ann.presses_data(f"cb.res.y:{trend}:won")
    await ann.says("2,5 mil. Kč")
    await wait(timedelta(days=15))
    await wait(timedelta(days=3))


@pytest.mark.postgres
async def test_a_year_on_the_screen(
    ann: Actor, eve: Actor, manager: Actor, app: App, wait: Wait
) -> None:
    await a_year(app, ann, eve, wait)
    await opens(manager)
    assert "Rozeslané výzvy: 2" in manager.screen
    assert "Sledované výzvy: 1" in manager.screen
    assert "Žádosti: 1" in manager.screen
    assert "Podáno: 1, z toho s partnerem: 1" in manager.screen
    assert "Podpořeno: 1, v zásobníku: 0, nepodpořeno: 0, zatím nevíme: 0" in manager.screen
    assert "Získaná podpora: 2,5\N{NO-BREAK SPACE}mil. Kč" in manager.screen
    assert "1 dotaz na podání zůstal bez odpovědi" in manager.screen
    assert "TREND: 1 / 1" in manager.screen


async def test_the_same_as_tables(
    ann: Actor, eve: Actor, manager: Actor, app: App, wait: Wait
) -> None:
    await a_year(app, ann, eve, wait)
    await opens(manager)
    await manager.presses("📊 Jako tabulka")
    book = openpyxl.load_workbook(io.BytesIO(manager.document))
    programmes, pillars, bids = (
        [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
        for sheet in book
    )
    assert programmes[5][:9] == ["TREND", "1", "1", "1", "1", "1", "0", "1", "1"]
    assert programmes[5][-1].split() == ["2", "500", "000", "CZK"]
    assert programmes[-1][:2] == ["Celkem", "2"]
    assert [row[:2] for row in pillars[6:-1]] == [["Lasery", "2"], ["Optika", "1"]]
    assert bids[5][0] == "=Trend"
    assert {row[5] for row in bids[5:]} == {"podáno s partnerem", "dotázáno, bez odpovědi"}


async def test_years_one_can_turn_to(ann: Actor, manager: Actor, app: App) -> None:
    """A bid belongs to the year of the deadline; years out of reach are the nearest."""
    last_year = IN_TWO_WEEKS - timedelta(days=200)
    old = await add_call(app, "Loni", due(last_year), settled_at=last_year)
    async with app.db.writing() as session:
        since = datetime(2026, 6, 1, tzinfo=UTC)
        session.add(Bid(call_id=old, organisation_id=1, person_id=1, since=since, heard_at=since))
    await opens(manager)
    assert "Zatím nic." in manager.screen
    await manager.presses("◀ 2026")
    assert "Žádosti: 1" in manager.screen
    await manager.presses("2027 ▶")
    assert "v roce 2027" in manager.screen
    await manager.presses_data("ca.fig.y:1")
    assert "v roce 2026" in manager.screen
    await manager.presses_data("ca.fig.y:2000000000")
    assert "v roce 2027" in manager.screen


async def test_for_the_manager_only(ann: Actor, assistant: Actor) -> None:
    for who in (ann, assistant):
        await opens(who)
        assert who.alert
        await who.presses_data("ca.fig.x:2027")
        assert who.alert
