"""The Czech dashboard and grants.gov: JSON with wall clocks, empty dates and strange amounts."""

import json
from typing import Any

import pytest

from bot.domain.calls.found import Unreadable
from bot.sources import adapters
from tests.calls.answers import NOW, answer, only, read


def dashboard(*items: dict[str, Any], more: bool = False, total: int | None = None) -> bytes:
    told = {"items": items, "hasNextPage": more, "totalCount": total or len(items)}
    return json.dumps({"statusCode": 200, "result": told}).encode()


def national(**more: Any) -> dict[str, Any]:
    return {
        "id": 7,
        "kod": "OPT-2026-07",
        "nazev": "Optika pro výzkum",
        "popis": "Podpora <b>optických</b> laboratoří.",
        "datumZacatek": "2026-10-01T08:00:00",
        "datumKonec": "2026-12-15T12:00:00",
        "castkaPodporaZadostMax": 500000,
        "castkaVyzvaCelkem": 10000000.0,
        "miraPodporaZadostMax": 70,
        **more,
    }


def test_times_are_those_of_prague_walls() -> None:
    call = only(read("jdp", dashboard(national())))
    due = (call.deadlines or ())[0]
    assert due.at.isoformat() == "2026-12-15T12:00:00+01:00"
    assert due.hour_known
    assert call.fields["opens_at"].isoformat() == "2026-10-01T08:00:00+02:00"
    assert (call.fields["budget"], call.fields["rate"]) == (10_000_000, 70)
    assert call.description == "Podpora optických laboratoří."


@pytest.mark.parametrize("end", ["2026-12-31T23:59:59", "2026-12-31T00:00:00"])
def test_the_ends_of_a_day_are_a_day_without_an_hour(end: str) -> None:
    due = (only(read("jdp", dashboard(national(datumKonec=end)))).deadlines or ())[0]
    assert due.at.isoformat() == "2026-12-31T23:59:59+01:00"
    assert not due.hour_known


def test_what_is_past_is_closed_and_what_is_missing_is_unknown() -> None:
    past = only(read("jdp", dashboard(national(datumKonec="2026-10-31T10:00:00"))))
    assert past.fields["state"] == "closed"
    bare = only(read("jdp", dashboard({"kod": "X-1", "nazev": "Bez údajů", "datumKonec": None})))
    assert bare.deadlines is None
    assert "budget" not in bare.fields
    odd = national(castkaVyzvaCelkem="mnoho", miraPodporaZadostMax=0.7, datumKonec="zítra")
    call = only(read("jdp", dashboard(odd)))
    assert call.deadlines is None
    assert call.fields["rate"] == 70
    assert "budget" not in call.fields


def test_further_pages_are_asked_for() -> None:
    told = read("jdp", dashboard(national(), more=True, total=3))
    assert (told.whole, told.total, told.rows) == (False, 3, 1)
    second = adapters.requests("jdp", "https://jdp.example.cz/x", {}, 2)
    assert json.loads(second.body or b"")["pageIndex"] == 1


def test_an_answer_without_a_list_is_refused() -> None:
    for body in (b'{"result": null}', b'{"result": {"items": 5}}', b'{"statusCode": 500}'):
        with pytest.raises(Unreadable, match="list of calls"):
            read("jdp", body)


def federal(**more: Any) -> dict[str, Any]:
    return {
        "id": "363452",
        "number": "DFOP-1",
        "title": "Optics &ndash; light &amp; glass",
        "agency": "Agency of Light",
        "openDate": "08/03/2026",
        "closeDate": "02/14/2027",
        "oppStatus": "posted",
        **more,
    }


def american(*hits: dict[str, Any], total: int = 0, start: int = 0) -> bytes:
    told = {"hitCount": total or len(hits), "startRecord": start, "oppHits": hits}
    return json.dumps({"errorcode": 0, "data": told}).encode()


def test_american_dates_and_entities_are_read() -> None:
    call = only(read("grants", american(federal())))
    assert call.title == "Optics – light & glass"
    due = (call.deadlines or ())[0]
    assert due.at.isoformat() == "2027-02-14T23:59:59-05:00"
    assert call.fields["kind"] == "international"


def test_a_forecast_has_no_deadline_and_nonsense_is_none() -> None:
    forecast = only(read("grants", american(federal(closeDate="", oppStatus="forecasted"))))
    assert forecast.deadlines is None
    assert forecast.fields["state"] == "forecast"
    assert only(read("grants", american(federal(closeDate="14.2.2027")))).deadlines is None


def test_american_pages_go_on_to_the_last_row() -> None:
    first = adapters.read("grants", answer(american(federal(), total=2)), {}, NOW)
    assert not first.whole
    last = adapters.read("grants", answer(american(federal(), total=2, start=1)), {}, NOW)
    assert last.whole
    request = adapters.requests("grants", "https://api.example.gov/x", {"page_size": 50}, 3)
    assert json.loads(request.body or b"")["startRecordNum"] == 100
