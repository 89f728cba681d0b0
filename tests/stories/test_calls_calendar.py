"""Deadlines of calls in people's own calendars, and the coming half year at a glance."""

import io
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import httpx
import pytest
from PIL import Image

from bot import seed, service
from bot.app import App
from bot.config import Config, Web
from storage.calls.history import Turn
from storage.calls.records import GrantCall, State
from tests.actors import Actor
from tests.conftest import NOW
from tests.stories.calls import IN_TWO_WEEKS, add_call, add_change, days, due
from tests.stories.test_calendar import PUBLIC, makes_address
from tests.stories.workshops import calendar

MIDNIGHT = datetime(2027, 3, 15, 22, 59, 59, tzinfo=UTC)  # the end of that day in Prague


@pytest.fixture
def config(config: Config) -> Config:
    web = Web(port=8443, public_url=f"{PUBLIC}/")
    return config.model_copy(update={"web": web})


@pytest.fixture
async def web(app: App) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(service._site(app, ""))
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC) as web:
        yield web


@pytest.mark.postgres
async def test_what_i_follow_is_in_my_calendar(
    app: App, ann: Actor, web: httpx.AsyncClient
) -> None:
    key = await add_call(app, "Lasers", due(), internal_at=days(7), internal_what="one page")
    await add_call(app, "Not followed", due())
    await ann.says("/calls")
    await ann.presses_data(f"ca.fol:{key}")
    address = await makes_address(ann)
    first = await web.get(address)
    _, entries = calendar(first.content)
    told = {str(entry["summary"]): entry for entry in entries}
    assert set(told) == {"Deadline: Lasers", "Within the cluster: Lasers"}
    entry = told["Deadline: Lasers"]
    assert entry["dtend"].dt == IN_TWO_WEEKS
    assert entry["url"].endswith(f"?start=g{key}")
    assert told["Within the cluster: Lasers"]["description"] == "one page"
    again = await web.get(address)
    assert again.content == first.content


async def test_a_change_is_a_later_version_of_the_same_entry(
    app: App, ann: Actor, web: httpx.AsyncClient
) -> None:
    key = await add_call(app, "Lasers", due())
    await ann.says("/calls")
    await ann.presses_data(f"ca.fol:{key}")
    address = await makes_address(ann)
    _, (before,) = calendar((await web.get(address)).content)
    await add_change(app, key, "state", "open", "cancelled", Turn.CANCELLED)
    async with app.db.writing() as session:
        call = await session.get(GrantCall, key)
        assert call is not None
        call.state = State.CANCELLED
    _, (after,) = calendar((await web.get(address)).content)
    assert after["uid"] == before["uid"]
    assert after["sequence"] == before["sequence"] + 1
    assert (before["status"], after["status"]) == ("CONFIRMED", "CANCELLED")


async def test_deadlines_of_all_calls_are_there_for_everybody(
    app: App, guest: Actor, web: httpx.AsyncClient
) -> None:
    await add_call(app, "Bez hodiny", due(MIDNIGHT, hour=False))
    await add_call(app, "Z textu", due(sure=False))
    await add_call(app, "Interní", due(), internal_at=days(3))
    await guest.says("/vyzvy")
    await guest.presses("🗓 Půl roku")
    await guest.presses("📆 Do mého kalendáře")
    assert f"{PUBLIC}/calendar/calls.ics" in guest.screen
    _, entries = calendar((await web.get("/calendar/calls.ics")).content)
    told = {str(entry["summary"]): entry for entry in entries}
    assert set(told) == {"Uzávěrka: Bez hodiny", "Uzávěrka: Interní"}
    whole_day = told["Uzávěrka: Bez hodiny"]
    assert whole_day["dtstart"].dt == date(2027, 3, 15)
    assert whole_day["dtend"].dt == date(2027, 3, 16)
    assert "Hodina je ve výzvě." in whole_day["description"]


async def test_the_coming_half_year_month_by_month(app: App, bob: Actor) -> None:
    await add_call(app, "Březnová", due(what="návrh"), due(MIDNIGHT, "doklady", hour=False))
    await add_call(app, "Dubnová", due(days(40)))
    await add_call(app, "Čekaná", state=State.FORECAST, opens_at=days(60))
    await add_call(app, "Za rok", due(days(365)))
    await bob.says("/vyzvy")
    await bob.presses("🗓 Půl roku")
    assert "březen 2027\n15. 3. Březnová – návrh, doklady" in bob.screen
    assert "duben 2027\n10. 4. Dubnová\n30. 4. Čekaná – očekává se otevření" in bob.screen
    assert "Za rok" not in bob.screen


async def test_a_half_year_with_nothing_in_it(bob: Actor) -> None:
    await bob.says("/vyzvy")
    await bob.presses("🗓 Půl roku")
    assert "není známa žádná výzva" in bob.screen
    assert "🖼 Jako obrázek" not in bob.buttons


@pytest.mark.parametrize("name", ["ann", "guest"])
async def test_a_picture_for_a_phone(app: App, request: pytest.FixtureRequest, name: str) -> None:
    reader: Actor = request.getfixturevalue(name)
    await seed.demo(app.db, NOW)
    await reader.says("/calls")
    await reader.presses_data("ca.half")
    await reader.presses_data("ca.half.p")
    picture = Image.open(io.BytesIO(reader.photo))
    assert picture.width == 1080
    assert picture.height < 4000
    assert picture.format == "PNG"
