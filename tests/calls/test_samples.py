"""The sources' own answers, where a folder of them is at hand (`PAPRSEK_SAMPLES`)."""

import json
from typing import Any

import pytest

from bot.domain.calls.found import Found, Told, Unreadable
from bot.sources import adapters, amounts, deadlines, pages, prose
from tests import samples
from tests.calls.answers import NOW, answer, guessed, only

FEEDS = samples.FOLDER / "feeds"
pytestmark = samples.needed
BROKEN = {
    "billion_laughs_CONSTRUCTED.rss.xml": "entities",
    "html_error_page_instead_of_feed_CONSTRUCTED.html": "web page",
}


def told(form: str, name: str, **settings: Any) -> Told:
    return adapters.read(form, answer((FEEDS / name).read_bytes()), settings, NOW)


def load(name: str) -> Any:
    return json.loads((FEEDS / name).read_text("utf-8"))


def test_every_date_amount_and_rate_of_the_list() -> None:
    strings = load("extraction_strings_cs.json")
    for each in strings["dates"]:
        due = deadlines.due(each["text"], NOW)
        form = "%Y-%m-%dT%H:%M" if due and due.hour_known else "%Y-%m-%d"
        assert (due.at.strftime(form) if due else "NONE") == each["expected"], each["text"]
    for each in strings["amounts"]:
        found = amounts.amount(each["text"])
        assert found is not None
        assert (found.value, found.currency) == (round(each["expected"]), each["currency"])
    for each in strings["rates"]:
        read = {guess.field: guess.value for guess in prose.guesses(each["text"], NOW)}
        assert read.get("rate") == each["expected"], each["text"]


def test_a_deadline_is_read_past_the_diary_of_its_changes() -> None:
    for each in load("cz/praut_calls_excerpt.json")["items"][:3]:
        read = {guess.field: guess.value for guess in prose.guesses(each["text"], NOW)}
        assert read["deadlines"][0].at.date().isoformat() == each["closing_date"]


def test_three_languages_of_a_topic_are_one_call() -> None:
    call = only(told("sedia", "eu/sedia_search_text-AI_size5.json"))
    assert (call.language, call.fields["state"], call.fields["budget"]) == (
        "en",
        "closed",
        15_000_000,
    )
    three = told("sedia", "eu/sedia_search_text-AI_size5.json", languages=["en", "cs", "sv"])
    assert {found.language for found in three.calls} == {"en", "cs", "sv"}


def test_rows_of_the_portal_that_are_traps() -> None:
    answers = told("sedia", "eu/sedia_search_text-identifier_type6_rows.json")
    assert (answers.calls, answers.rows) == ((), 10)
    both, old, new = told("sedia", "eu/sedia_legacy_and_two_stage_records.json").calls
    assert [due.at.hour for due in both.deadlines or ()] == [17, 17]
    assert (old.fields["state"], new.fields["state"]) == ("closed", "forecast")
    assert "hotonics" not in new.description
    states = {
        c.reference: c.fields["state"] for c in told("sedia", "eu/sedia_contract_page.json").calls
    }
    assert states["STALE-TOPIC"] == "closed"
    with pytest.raises(Unreadable, match="UTF-16"):
        told("sedia", "eu/sedia_search_text-AI_size10_UTF16_mojibake.json")


def test_feeds_of_every_encoding_have_the_same_titles() -> None:
    names = sorted(path.name for path in (FEEDS / "formats").glob("cz_*declared*"))
    names += ["cz_windows-1250_CONSTRUCTED.rss.xml", "cz_iso-8859-2_CONSTRUCTED.rss.xml"]
    titles = {tuple(call.title for call in told("feed", f"formats/{n}").calls) for n in names}
    assert len(titles) == 1
    plain = told("feed", "formats/cz_utf8_CONSTRUCTED.rss.xml").calls
    assert {tuple(call.title.replace("–", "-") for call in plain)} == titles
    assert "announced_at" not in plain[2].fields  # 6. 10. 2026 is no date of a feed
    assert plain[1].link.endswith(".cz/vyzvy/efekt/")


@pytest.mark.parametrize("folder", ["formats", "us", "cz"])
def test_every_feed_is_read_or_refused(folder: str) -> None:
    for path in sorted((FEEDS / folder).glob("*.xml")) + sorted((FEEDS / folder).glob("html*")):
        if path.name in BROKEN:
            with pytest.raises(Unreadable, match=BROKEN[path.name]):
                told("feed", f"{folder}/{path.name}")
        elif "Extract" not in path.name:
            assert told("feed", f"{folder}/{path.name}").calls, path.name


def test_the_notice_board_without_its_noise() -> None:
    assert len(told("feed", "cz/praha_granty.rss.xml", include=["program"]).calls) == 2


def test_the_dashboard_has_a_second_page() -> None:
    page = told("jdp", "cz/jdp_open_page.json")
    assert (len(page.calls), page.total, page.whole) == (2, 3, False)


@pytest.mark.parametrize(
    ("preset", "listed", "page", "expected"),
    [
        ("tacr", "cz/tacr_home.html", "cz/tacr_sigma18.html", "2026-10-27T16:29:59+01:00"),
        (
            "optak",
            "cz/optak_listing.html",
            "cz/optak_poradenstvi3.html",
            "2027-02-01T10:00:00+01:00",
        ),
        (
            "dotaceeu",
            "cz/dotaceeu_listing.html",
            "cz/dotaceeu_call109.html",
            "2026-12-17T23:59:59+01:00",
        ),
    ],
)
def test_presets_fit_their_pages(preset: str, listed: str, page: str, expected: str) -> None:
    first = told("page", listed, preset=preset).calls[0]
    assert expected in _times(_described(first, page, preset))


@pytest.mark.parametrize(
    ("preset", "page", "expected"),
    [
        ("olomouc", "cz/olomoucky_sport.html", "2026-04-17T12:00:00+02:00"),
        ("jmk", "cz/jmk_turistika.html", "2026-08-10T14:00:00+02:00"),
    ],
)
def test_regional_presets_fit_their_pages(preset: str, page: str, expected: str) -> None:
    listed = Found("r", "T", "https://vyzvy.example.cz/1")
    assert expected in _times(_described(listed, page, preset))


def _described(listed: Found, page: str, preset: str) -> Found:
    body = (FEEDS / page).read_bytes()
    return pages.describe(listed, answer(body), {"preset": preset}, NOW)


def _times(call: Found) -> set[str]:
    dues = [*(call.deadlines or ()), *guessed(call).get("deadlines", ())]
    return {due.at.isoformat() for due in dues}


@pytest.mark.parametrize(
    ("name", "rows", "hour"),
    [("HE_calls_2024-07-11.xlsx", 1907, False), ("HE_calls_2023-05-05.xlsx", 1454, True)],
)
def test_workbooks_of_topics(name: str, rows: int, hour: bool) -> None:
    found = told("sheet", f"eu/{name}", preset="horizon_list", open_only=False)
    assert found.rows == rows
    first = found.calls[0]
    assert first.code == "HORIZON-CL2-2021-DEMOCRACY-01-01"
    assert first.link.lower().endswith(first.code.lower())
    assert (first.deadlines or ())[0].hour_known is hour
    assert all(call.deadlines for call in found.calls)


def test_american_grants_are_read_to_the_last_page() -> None:
    first, last = (told("grants", f"us/grants_gov_search2_p{n}.json") for n in (0, 1))
    assert (len(first.calls), first.whole) == (50, False)
    assert first.total is not None
    assert last.rows > 0
