"""The EU portal: lists of strings, JSON in strings, copies, and rows that nobody closes."""

import json
from datetime import date
from typing import Any

import pytest

from bot.domain.calls.found import Unreadable
from bot.sources import adapters
from tests.calls.answers import only, portal, read, topic

NAME = "HORIZON-CL4-2027-04-LIGHT-01"


def told(*rows: dict[str, Any], **settings: Any) -> Any:
    return read("sedia", portal(rows), **settings)


def test_a_topic_has_its_deadline_at_five_in_brussels() -> None:
    call = only(told(topic(NAME, descriptionByte="<p>Lasers &amp; <b>lig</b>ht</p><p>More</p>")))
    due = (call.deadlines or ())[0]
    assert due.at.isoformat() == "2027-04-08T17:00:00+02:00"
    assert due.hour_known
    assert (call.code, call.language) == (NAME, "en")
    assert call.description == "Lasers & light\nMore"
    assert call.fields["state"] == "open"
    assert call.fields["purpose"] == "civil"
    assert call.fields["opens_at"].isoformat() == "2026-11-01T00:00:00+01:00"


def test_each_stage_has_a_deadline_of_its_own() -> None:
    both = ["2027-09-14T00:00:00.000+0000", "2027-04-08T00:00:00.000+0000"]
    call = only(told(topic(NAME, deadlineDate=both, deadlineModel="two-stage")))
    dues = call.deadlines or ()
    assert [due.what for due in dues] == ["stage 1", "stage 2"]
    assert [due.at.date() for due in dues] == [date(2027, 4, 8), date(2027, 9, 14)]


def test_deadlines_are_also_found_in_json_within_a_string() -> None:
    actions = json.dumps([{"deadlineDates": ["2027-05-05"]}])
    call = only(told(topic(NAME, deadlineDate=None, actions=actions)))
    assert (call.deadlines or ())[0].at.date() == date(2027, 5, 5)
    broken = only(told(topic(NAME, deadlineDate=None, actions="[{not json")))
    assert broken.deadlines is None


def test_an_open_row_with_its_deadline_behind_is_closed() -> None:
    stale = topic(NAME, status="31094501", deadlineDate="2024-02-07T17:00:00.000+0000")
    assert only(told(stale)).fields["state"] == "closed"


def test_languages_are_one_call_unless_they_are_asked_for() -> None:
    rows = [topic(NAME, "sv"), topic(NAME, "cs", title="Zdroje světla"), topic(NAME)]
    assert only(told(*rows)).language == "en"
    two = told(*rows, languages=["en", "cs"]).calls
    assert {call.reference for call in two} == {NAME, f"{NAME}:cs"}
    assert {call.code for call in two} == {NAME}


def test_of_two_copies_the_one_that_says_more_is_kept() -> None:
    stub = topic(NAME, status=None)
    legacy = topic(NAME, DATASOURCE="SEDIA_PRD_CENTRICITY", descriptionByte="Old")
    current = topic(NAME.lower(), descriptionByte="Light")
    assert only(told(stub, legacy, current)).description == "Light"
    assert only(told(current, legacy, stub)).description == "Light"


def test_what_is_no_call_is_left_out() -> None:
    answers = topic(NAME, type="6")
    tender = topic("EC-2026-OP", type="0")
    result = told(answers, tender)
    assert result.calls == ()
    assert result.rows == 2


def test_cascade_calls_are_told_apart_though_they_bear_one_name() -> None:
    first, second = topic(NAME, type="8"), topic(NAME, type="8")
    first["reference"], second["reference"] = "111COMPETITIVEen", "222COMPETITIVEen"
    calls = told(topic(NAME), first, second).calls
    assert {call.reference for call in calls} == {NAME, "111COMPETITIVEen", "222COMPETITIVEen"}
    cascades = [call for call in calls if not call.code]
    assert len(cascades) == 2
    assert not any(due.hour_known for call in cascades for due in call.deadlines or ())


def test_the_budget_is_that_of_the_topics_own_row() -> None:
    overview = {
        "budgetTopicActionMap": {
            "1": [_row(f"{NAME} - HORIZON-RIA", "30000000", 6_000_000, 8_000_000)],
            "2": [_row(f"{NAME}0 - HORIZON-IA", "99000000", 1, 9_000_000)],
        }
    }
    fields = only(told(topic(NAME, budgetOverview=json.dumps(overview)))).fields
    assert (fields["budget"], fields["currency"]) == (30_000_000, "EUR")
    assert (fields["support_least"], fields["support_most"]) == (6_000_000, 8_000_000)


def test_a_sum_that_topics_share_is_no_budget_of_one() -> None:
    shared = [_row(f"{NAME} - RIA", "30000000", 0, 0), _row("OTHER-1 - RIA", "30000000", 0, 0)]
    overview = json.dumps({"budgetTopicActionMap": {"1": shared}})
    assert "budget" not in only(told(topic(NAME, budgetOverview=overview))).fields


def _row(action: str, budget: str, least: int, most: int) -> dict[str, Any]:
    return {
        "action": action,
        "minContribution": least,
        "maxContribution": most,
        "budgetYearMap": {"2027": budget},
    }


def test_defence_is_known_by_programme_and_by_name() -> None:
    assert only(told(topic("EDF-2027-RA-1", frameworkProgramme="44181033"))).fields["purpose"] == (
        "defence"
    )
    assert only(told(topic("EDIP-2027-X", frameworkProgramme="1"))).fields["purpose"] == "defence"


def test_the_link_is_the_page_for_people() -> None:
    row = topic(NAME)
    row["url"] = f"https://ec.europa.eu/data/{NAME.lower()}.json"
    assert only(told(row)).link.endswith(f"/topic-details/{NAME}")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "empty"),
        (b"   ", "empty"),
        (b"<html><h1>503</h1></html>", "web page"),
        ('{"results": []}'.encode("utf-16"), "UTF-16"),
        (portal([topic(NAME)])[:-40], "not all of it"),
        (b'{"type":"throwable"}', "no results"),
        (b"[" * 100_000, "no JSON"),
    ],
)
def test_an_answer_of_another_kind_is_refused_with_a_reason(body: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read("sedia", body)


def test_the_query_goes_out_as_file_parts_sorted_by_name() -> None:
    address = "https://api.example.eu/search"
    request = adapters.requests("sedia", address, {"programmes": ["44181033"]}, 3)
    assert request.method == "POST"
    assert "apiKey=SEDIA&text=***" in request.url
    assert request.url.endswith("pageNumber=3")
    parts = {part.name: json.loads(part.content) for part in request.parts}
    assert parts["languages"] == ["en"]
    assert parts["sort"]["field"] == "identifier"
    assert {"terms": {"frameworkProgramme": ["44181033"]}} in parts["query"]["bool"]["must"]
    assert {part.filename for part in request.parts} == {"blob"}
