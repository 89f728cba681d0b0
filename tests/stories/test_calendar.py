"""Events in people's own calendars: by a file, and by an address that updates itself."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
from sqlmodel import select

from bot import service
from bot.app import App
from bot.config import Config, Web
from bot.domain.workshops import PartPlan
from bot.logs import redact
from storage.workshops import PartKind
from storage.workshops.feeds import CalendarFeed
from tests.actors import Actor
from tests.stories.announcing import Wait
from tests.stories.reminding import DAY, HOUR, TITLE, editing, signs_up
from tests.stories.workshops import START, Plan, calendar, opens

LINK = "https://meet.example.org/thin"
PUBLIC = "https://paprsek.example.org"


@pytest.fixture
def config(config: Config) -> Config:
    web = Web(port=8443, public_url=f"{PUBLIC}/")
    return config.model_copy(update={"web": web})


@pytest.fixture
async def web(app: App) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(service._site(app, ""))
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC) as web:
        yield web


async def makes_address(actor: Actor) -> str:
    await actor.says("/settings")
    await actor.presses("📆 My calendar")
    await actor.presses(next(label for label in actor.buttons if label[0] in "🔗🔁"))
    return next(line for line in actor.screen.splitlines() if line.startswith(PUBLIC))


async def test_one_event_as_a_file(ann: Actor, plan: Plan) -> None:
    key = await plan(TITLE)
    await signs_up(ann)
    await ann.presses_data(f"ws.ics:{key}")
    assert ann.screen.startswith("📆 Tenké vrstvy in your calendar")
    await ann.presses("📥 This event as a file")
    whole, (entry,) = calendar(ann.document)
    assert whole["method"] == "PUBLISH"
    assert entry["status"] == "CONFIRMED"


@pytest.mark.postgres
async def test_an_address_that_updates_itself(
    ann: Actor, manager: Actor, plan: Plan, app: App, web: httpx.AsyncClient
) -> None:
    key = await plan(TITLE)
    await signs_up(ann)
    address = await makes_address(ann)
    assert address.startswith(f"{PUBLIC}/calendar/")
    first = await web.get(address)
    assert first.headers["content-type"].startswith("text/calendar")
    assert first.headers["cache-control"].startswith("private")
    whole, (entry,) = calendar(first.content)
    assert whole["x-wr-calname"] == "Ukázkový klastr"
    assert (entry["summary"], entry["location"]) == (TITLE, "Přerov")
    assert entry["dtstart"].dt == START
    same = await web.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")
    async with editing(app, manager, key) as editor:
        await editor.relocate("Olomouc; 2. patro, vlevo")
    second = await web.get(address, headers={"If-None-Match": first.headers["etag"]})
    _, (changed,) = calendar(second.content)
    assert changed["location"] == "Olomouc; 2. patro, vlevo"
    assert changed["uid"] == entry["uid"]
    assert changed["sequence"] == entry["sequence"] + 1
    await manager.presses_data(f"ws.off!:{key}")
    _, (cancelled,) = calendar((await web.get(address)).content)
    assert cancelled["status"] == "CANCELLED"


async def test_only_what_one_sits_in(
    ann: Actor, bob: Actor, plan: Plan, web: httpx.AsyncClient
) -> None:
    online = PartPlan(START, START + HOUR, 9, "Online", kind=PartKind.ONLINE, link=LINK)
    evening = PartPlan(START + 9 * HOUR, START + 12 * HOUR, 9, "Večer", False, place="Sklep")
    await plan(TITLE, parts=[online, evening])
    await plan("Čočky", seats=1)
    await signs_up(bob, title="Čočky")
    await signs_up(ann, title="Čočky")
    await signs_up(ann)
    address = await makes_address(ann)
    _, (entry,) = calendar((await web.get(address)).content)
    assert entry["summary"] == "Tenké vrstvy: Online"
    assert entry["location"] == LINK
    await opens(ann, TITLE)
    await ann.presses(next(label for label in ann.buttons if "Večer" in label))
    _, entries = calendar((await web.get(address)).content)
    assert [entry["location"] for entry in entries] == [LINK, "Sklep"]


async def test_the_link_is_not_for_whoever_has_no_seat(ann: Actor, plan: Plan) -> None:
    online = PartPlan(START, START + HOUR, 9, kind=PartKind.ONLINE, link=LINK)
    key = await plan(TITLE, parts=[online])
    await ann.says("/menu")
    await ann.presses_data(f"ws.ics.f:{key}")
    assert LINK.encode() not in ann.document
    await signs_up(ann)
    await ann.presses_data(f"ws.ics.f:{key}")
    assert LINK.encode() in ann.document


async def test_whoever_waits_comes_perhaps(ann: Actor, bob: Actor, plan: Plan) -> None:
    key = await plan(TITLE, seats=1)
    await signs_up(bob, ann)
    await ann.presses_data(f"ws.ics.f:{key}")
    _, (entry,) = calendar(ann.document)
    assert entry["status"] == "TENTATIVE"


async def test_what_was_given_back_is_taken_out(ann: Actor, plan: Plan, wait: Wait) -> None:
    parts = [
        PartPlan(START, START + 7 * HOUR, 9, "1. den"),
        PartPlan(START + DAY, START + DAY + 7 * HOUR, 9, "2. den"),
    ]
    key = await plan(TITLE, parts=parts)
    await signs_up(ann)
    await ann.presses_data(f"ws.ics.f:{key}")
    _, before = calendar(ann.document)
    await ann.presses_data(f"ws.no:{key}:2")
    await wait(timedelta(minutes=1))
    await ann.presses("📆 Out of my calendar")
    whole, (entry,) = calendar(ann.document)
    assert whole["method"] == "CANCEL"
    assert (entry["uid"], entry["status"]) == (before[1]["uid"], "CANCELLED")
    assert entry["sequence"] >= before[1]["sequence"]
    assert entry["dtstamp"].dt > before[1]["dtstamp"].dt


@pytest.mark.postgres
async def test_a_new_address_ends_the_old_one(
    ann: Actor, plan: Plan, web: httpx.AsyncClient
) -> None:
    await plan(TITLE)
    old = await makes_address(ann)
    new = await makes_address(ann)
    assert (await web.get(old)).status_code == 404
    assert (await web.get(new)).status_code == 200
    await ann.presses("◀ Back")
    assert "You have had an address since 1 Mar 2027." in ann.screen
    await ann.presses("🚫 Turn it off")
    assert ann.toast == "The address does not work any more."
    assert (await web.get(new)).status_code == 404


async def test_addresses_of_nobody(web: httpx.AsyncClient, app: App) -> None:
    for token in ("x", "x" * 43, "%00", "ř" * 43, "' OR 1=1", "..%2F..%2Fhealthz"):
        for address in (f"/calendar/{token}.ics", f"/calendar/{token}"):
            assert (await web.get(address)).status_code == 404
    assert (await web.post("/calendar/x.ics")).status_code == 405


async def test_a_phone_is_led_to_its_own_calendar(ann: Actor, web: httpx.AsyncClient) -> None:
    address = await makes_address(ann)
    (phone, google), (copy,) = ann.phone.messages[-1]["reply_markup"]["inline_keyboard"][:2]
    assert copy["copy_text"]["text"] == address
    assert "webcal%3A%2F%2Fpaprsek.example.org%2Fcalendar%2F" in google["url"]
    led = await web.get(phone["url"])
    assert led.headers["location"] == address.replace("https", "webcal")


async def test_the_token_is_kept_nowhere(ann: Actor, app: App) -> None:
    token = (await makes_address(ann)).rpartition("/")[2].removesuffix(".ics")
    assert len(token) == 43
    async with app.db.reading() as session:
        feed = (await session.exec(select(CalendarFeed))).one()
    assert token not in str(feed.model_dump())
    assert redact(f"GET /calendar/{token}.ics") == "GET /calendar/[secret].ics"


async def test_what_is_kept_is_given_out_and_forgotten(
    ann: Actor, app: App, web: httpx.AsyncClient, wait: Wait
) -> None:
    address = await makes_address(ann)
    await ann.says("/privacy")
    assert "📆 My calendar" in ann.buttons
    await ann.presses("📥 Download my data")
    assert json.loads(ann.document)["calendar_address"] == [{"made_at": "2027-03-01T08:00:00Z"}]
    await ann.says("/privacy")
    await ann.presses("🗑 Erase my data")
    await ann.presses("🗑 Yes, forget me")
    await wait(14 * DAY)
    assert (await web.get(address)).status_code == 404
    async with app.db.reading() as session:
        assert (await session.exec(select(CalendarFeed))).first() is None
