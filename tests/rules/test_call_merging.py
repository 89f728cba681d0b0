"""What sources tell becomes calls: the same call once, its changes field by field."""

from datetime import timedelta
from typing import Any

import pytest

from bot.app import App
from storage.calls.records import State
from storage.calls.sources import Form
from tests.conftest import NOW
from tests.rules.calls import JUNE, MAY, Reading, due, found

HOUR = timedelta(hours=1)


@pytest.fixture
def read(app: App) -> Reading:
    return Reading(app)


@pytest.mark.postgres
async def test_a_new_call_is_taken_with_all_that_is_said_of_it(read: Reading) -> None:
    source = await read.source()
    told = found(
        "Photonics pilot lines",
        "77TOPICSen",
        due(MAY, "stage 1"),
        due(JUNE, "stage 2"),
        code="HORIZON-CL4-2027-01",
        state="open",
        budget=5_000_000,
        currency="EUR",
        applicants=["sme", "university"],
    )
    taken = await read(source, told)
    call = await read.call()
    assert taken.fresh == [call.id]
    assert taken.changed == []
    assert (call.code, call.state, call.budget) == ("HORIZON-CL4-2027-01", State.OPEN, 5_000_000)
    assert call.last_deadline_at == JUNE
    assert await read.deadlines() == [MAY, JUNE]


@pytest.mark.postgres
async def test_what_says_the_same_changes_nothing_but_the_time_of_checking(read: Reading) -> None:
    source = await read.source()
    told = found("Lasers", "1", due(MAY), budget=10, currency="EUR")
    await read(source, told)
    taken = await read(source, told, at=NOW + HOUR)
    assert (taken.fresh, taken.changed) == ([], [])
    assert (await read.call()).checked_at == NOW + HOUR


async def test_copies_in_other_languages_are_one_call(read: Reading) -> None:
    source = await read.source()
    await read(
        source,
        found("Svařování laserem", "1cs", due(MAY), code="CL4-1", language="cs"),
        found("Lasersvetsning", "1sv", code="cl4-1", language="sv"),
        found("Laser welding", "1en", due(MAY), code="CL4-1", state="open"),
    )
    call = await read.call()
    assert (call.title, call.title_cs, call.language) == (
        "Laser welding",
        "Svařování laserem",
        "en",
    )
    assert await read.turns() == []


async def test_a_copy_that_comes_later_in_a_language_we_read_gives_the_title(
    read: Reading,
) -> None:
    source = await read.source()
    await read(source, found("Lasersvetsning", "1sv", code="CL4-1", language="sv"))
    await read(source, found("Laser welding", "1en", code="cl4-1", description="Welding."))
    call = await read.call()
    assert (call.title, call.language, call.description) == ("Laser welding", "en", "Welding.")


async def test_two_sources_that_lead_to_one_page_speak_of_one_call(read: Reading) -> None:
    agency = await read.source("agency", form=Form.PAGE)
    portal = await read.source("portal", form=Form.PAGE)
    await read(agency, found("Výzva I", "a", link="https://www.agency.test/call/7/?utm_source=x"))
    await read(portal, found("Výzva č. I – lasery", "p", link="http://agency.test/call/7#top"))
    assert len(await read.calls()) == 1


async def test_a_page_with_several_calls_does_not_make_them_one(read: Reading) -> None:
    agency = await read.source("agency", form=Form.PAGE)
    portal = await read.source("portal", form=Form.PAGE)
    page = "https://agency.test/calls/2027"
    await read(agency, found("Malé vouchery", "a", link=page), found("Velké", "b", link=page))
    await read(portal, found("Střední", "c", link=page))
    assert len(await read.calls()) == 3


async def test_cascade_calls_of_one_parent_stay_apart(read: Reading) -> None:
    source = await read.source()
    await read(source, found("Open call A", "PROJECT-A"), found("Open call B", "PROJECT-B"))
    assert len(await read.calls()) == 2


async def test_an_extended_deadline_is_a_change_from_old_to_new(read: Reading) -> None:
    source = await read.source()
    await read(source, found("Lasers", "1", due(MAY)))
    await read(source, found("Lasers", "1", due(JUNE)), at=NOW + HOUR)
    (change,) = await read.changes()
    assert (change.field, change.turn) == ("deadlines", "extended")
    assert change.old[0]["at"] == MAY.isoformat()
    assert change.new[0]["at"] == JUNE.isoformat()
    assert await read.deadlines() == [JUNE]
    assert (await read.call()).last_deadline_at == JUNE


async def test_deadlines_are_compared_activity_by_activity(read: Reading) -> None:
    source = await read.source()
    await read(source, found("Lasers", "1", due(MAY, "a"), due(JUNE, "b")))
    later = MAY + timedelta(days=7)
    await read(source, found("Lasers", "1", due(later, "a"), due(JUNE, "b")))
    assert await read.turns() == [("deadlines", "extended")]
    earlier = JUNE - timedelta(days=7)
    await read(source, found("Lasers", "1", due(later, "a"), due(earlier, "b")))
    assert await read.turns() == [("deadlines", "extended"), ("deadlines", "closed_early")]


async def test_a_deadline_that_is_over_may_be_left_out(read: Reading) -> None:
    source = await read.source()
    await read(source, found("Lasers", "1", due(MAY), due(JUNE)))
    after = MAY + HOUR
    await read(source, found("Lasers", "1", due(JUNE)), at=after)
    assert await read.turns() == []
    assert await read.deadlines() == [MAY, JUNE]
    later = JUNE + timedelta(days=30)
    await read(source, found("Lasers", "1", due(later)), at=after + HOUR)
    assert await read.turns() == [("deadlines", "extended")]


async def test_an_hour_that_becomes_known_is_filled_in(read: Reading) -> None:
    eu, portal = await read.source(), await read.source("portal", form=Form.PAGE)
    evening = MAY.replace(hour=21, minute=59)
    await read(eu, found("Lasers", "1", due(evening, hour=False), code="X-1"))
    await read(portal, found("Lasers", "p", due(MAY), code="x-1"))
    assert await read.deadlines() == [MAY]
    assert await read.turns() == [("deadlines", "corrected")]
    await read(eu, found("Lasers!", "1", due(evening, hour=False), code="X-1"))
    assert await read.deadlines() == [MAY]


@pytest.mark.parametrize(
    ("before", "after", "turn"),
    [
        ({"budget": 10}, {"budget": 20}, ("budget", "raised")),
        ({"budget": 20}, {"budget": 10}, ("budget", "corrected")),
        ({"state": "open"}, {"state": "cancelled"}, ("state", "cancelled")),
        ({"state": "open"}, {"state": "closed"}, ("state", "closed_early")),
        ({"state": "forecast"}, {"state": "open"}, ("state", "opened")),
        ({"state": "closed"}, {"state": "open"}, ("state", "revived")),
        ({"rate": 70}, {"rate": 80.0}, ("rate", "corrected")),
    ],
)
async def test_what_a_change_means(
    read: Reading, before: dict[str, Any], after: dict[str, Any], turn: tuple[str, str]
) -> None:
    source = await read.source()
    await read(source, found("Lasers", "1", due(JUNE), **before))
    await read(source, found("Lasers", "1", due(JUNE), **after))
    assert await read.turns() == [turn]


async def test_a_forecast_that_is_put_off(read: Reading) -> None:
    source = await read.source()
    await read(source, found("Lasers", "1", state="forecast", opens_at=MAY))
    await read(source, found("Lasers", "1", state="forecast", opens_at=JUNE))
    assert await read.turns() == [("opens_at", "postponed")]


async def test_a_stale_status_does_not_open_what_is_over(read: Reading) -> None:
    source = await read.source()
    await read(source, found("Lasers", "1", due(NOW - HOUR), state="forecast"))
    call = await read.call()
    assert (call.state, call.stage) == (State.CLOSED, "quiet")


async def test_a_closed_call_with_a_new_deadline_is_open_again(read: Reading) -> None:
    source = await read.source()
    await read(source, found("Lasers", "1", due(NOW - HOUR), state="open"))
    await read(source, found("Lasers", "1", due(MAY), state="open"))
    assert (await read.call()).state == State.OPEN
    assert await read.turns() == [("deadlines", "extended"), ("state", "revived")]


async def test_a_forecast_of_one_source_is_not_opened_by_silence(read: Reading) -> None:
    calendar = await read.source("calendar", form=Form.SHEET)
    agency = await read.source("agency", form=Form.PAGE)
    await read(calendar, found("Lasery", "1", code="X-1", state="forecast"))
    await read(agency, found("Lasery", "a", code="x-1"))
    assert (await read.call()).state == State.FORECAST
    await read(agency, found("Lasery", "a", code="x-1", state="open"))
    assert (await read.call()).state == State.OPEN
    assert await read.turns() == [("state", "opened")]


async def test_what_one_source_leaves_out_lives_on_in_another(read: Reading) -> None:
    eu, portal = await read.source(), await read.source("portal", form=Form.PAGE)
    for number in range(8):
        at = NOW + number * HOUR
        others = [found("Lasers", "1", code="X-1")] if number < 4 else []
        await read(eu, found("Glass", "0"), at=at)
        await read(portal, found("Crystals", "c"), *others, at=at)
        if number == 0:
            await read(eu, found("Glass", "0"), found("Lasers", "e", code="X-1"), at=at)
        lasers = next(call for call in await read.calls() if call.code == "X-1")
        assert lasers.state == (State.OPEN if number < 6 else State.CLOSED)
