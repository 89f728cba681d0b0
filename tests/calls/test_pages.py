"""Lists on web pages: by selectors, by the headings of tables, and by labels on a call's page."""

from typing import Any

import pytest

from bot.domain.calls.found import Found, Unreadable
from bot.sources import adapters, pages
from tests.calls.answers import NOW, answer, guessed, only, read

TABLE = """<html><body><h2>Otevřené výzvy</h2><table>
<tr><th>Vyhlášení</th><th>Zahájení příjmu</th><th>Ukončení příjmu</th><th>Název</th></tr>
<tr><td>3. 8. 2026</td><td>1. 9. 2026 9:00:00</td><td>15. 1. 2027 12:00:00</td>
<td><a href="/vyzvy/sklo/">Sklo a světlo</a></td></tr></table>
<h2>Uzavřené výzvy</h2><table>
<tr><th>Vyhlášení</th><th>Zahájení příjmu</th><th>Ukončení příjmu</th><th>Název</th></tr>
<tr><td>3. 8. 2025</td><td>1. 9. 2025</td><td>15. 1. 2026</td>
<td><a href="/vyzvy/loni/">Loňská výzva</a></td></tr></table></body></html>"""
COLUMNS = {
    "opens_at": "Zahájení příjmu",
    "deadlines": "Ukončení příjmu",
    "title": "Název",
    "announced_at": "Vyhlášení",
}
STATES = {"Otevřené": "open", "Uzavřené": "closed"}
BY_COLUMNS: dict[str, Any] = {"item": "table tr", "columns": COLUMNS, "states": STATES}


def test_tables_are_read_by_their_headings() -> None:
    first, second = read("page", TABLE, **BY_COLUMNS).calls
    assert (first.title, first.link) == (
        "Sklo a světlo",
        "https://vyzvy.example.cz/vyzvy/sklo/",
    )
    due = (first.deadlines or ())[0]
    assert due.at.isoformat() == "2027-01-15T12:00:00+01:00"
    assert first.fields["opens_at"].isoformat() == "2026-09-01T09:00:00+02:00"
    assert first.fields["state"] == "open"
    assert second.fields["state"] == "closed"
    assert not (second.deadlines or ())[0].hour_known


CARDS = """<nav><a href="/soutez/menu/">Soutěže</a></nav><main>
<div class="c"><a href="/soutez/1/">Soutěž Paprsek Běží lhůta pro podávání</a></div>
<div class="c"><a href="/novinky/2/">Výsledky</a></div>
<div class="c"><a href="/soutez/">Všechny soutěže</a></div>
<a class="dal" href="?strana=2">Další</a></main>"""
BY_LINKS: dict[str, Any] = {
    "item": "main .c a",
    "where": r"/soutez/\d+",
    "cut": ["Běží lhůta"],
    "states": {"Běží": "open"},
    "next": "a.dal",
}


def test_cards_are_read_by_their_links() -> None:
    told = read("page", CARDS, **BY_LINKS)
    call = only(told)
    assert (call.title, call.fields["state"]) == ("Soutěž Paprsek", "open")
    assert told.following == "https://vyzvy.example.cz/seznam/?strana=2"
    assert not told.whole


def test_a_span_in_a_list_is_opening_and_deadline() -> None:
    page = """<article><h3><a href="/a">Výzva čoček</a></h3>
        <p>Termín pro podání žádosti: 16. 11. 2026 - 17. 12. 2026</p></article>"""
    call = only(read("page", page, item="article", labels={"deadlines": "Termín pro podání"}))
    assert (call.deadlines or ())[0].at.isoformat() == "2026-12-17T23:59:59+01:00"
    assert call.fields["opens_at"].isoformat() == "2026-11-16T00:00:00+01:00"


DETAIL = """<html><body><header><h1>Soutěž Paprsek</h1></header><nav>Alokace 9 mil. Kč</nav>
<div>Vyhlášení výsledků</div><div>31. 5. 2027</div>
<div>Alokace</div><div>25 mil. Kč</div>
<div>Nejvyšší podpora</div><div>800 000 Kč</div>
<div>Intenzita podpory</div><div>60 %</div>
<div>Uchazeči</div><div>Malý podnik, výzkumná organizace</div>
<div>Lhůta pro podání návrhů</div><div>10. 12. 2026 - 27. 1. 2027</div>
<p>Soutěž je pro nové zdroje světla mimo území hl. m. Prahy.</p>
<p>Lhůta končí dnem 27. 1. 2027 v níže uvedené hodiny:</p>
<ul><li>16:29:59 hod. – poslední okamžik pro podání návrhu</li></ul>
<footer>© 2026 Agentura</footer></body></html>"""
LABELS = {
    "deadlines": "Lhůta pro podání",
    "budget": "Alokace",
    "support_most": "Nejvyšší podpora",
    "rate": ["Míra podpory", "Intenzita podpory"],
    "applicants": "Uchazeči",
}
OF_DETAIL = {"detail": {"title": "h1", "description": "p", "labels": LABELS}}


def described(page: str, **settings: Any) -> Found:
    listed = Found("r", "Paprsek", "https://vyzvy.example.cz/soutez/1/")
    return pages.describe(listed, answer(page), {**OF_DETAIL, **settings}, NOW)


def test_labels_of_a_call_give_facts() -> None:
    call = described(DETAIL)
    assert call.title == "Soutěž Paprsek"
    assert (call.deadlines or ())[0].at.date().isoformat() == "2027-01-27"
    assert call.fields["budget"] == 25_000_000
    assert (call.fields["support_most"], call.fields["currency"]) == (800_000, "CZK")
    assert call.fields["rate"] == 60
    assert "Agentura" not in call.description


def test_what_stands_in_sentences_is_guessed() -> None:
    guesses = guessed(described(DETAIL))
    assert guesses["regions_out"] == ["CZ01"]
    assert guesses["applicants"] == ["research_org", "small"]
    (due,) = guesses["deadlines"]  # the table has no hour
    assert due.at.isoformat() == "2027-01-27T16:29:59+01:00"


def test_a_value_with_more_words_is_a_guess() -> None:
    page = DETAIL.replace("10. 12. 2026 - 27. 1. 2027", "prozatím do 27. 1. 2027, bude upřesněno")
    call = described(page)
    assert call.deadlines is None
    assert guessed(call)["deadlines"][0].at.date().isoformat() == "2027-01-27"


def test_a_diary_of_changes_is_no_deadline() -> None:
    page = """<h1>15. výzva</h1><p>Ukončení příjmu žádostí: 14. 12. 2026</p><h2>Aktuality</h2>
        <ul><li>03.12.2025 Změna datumu uzavření: na 01.04.2026</li>
        <li>10.06.2026 Změna datumu uzavření: na 31.08.2027</li></ul>"""
    (due,) = guessed(described(page))["deadlines"]
    assert due.at.date().isoformat() == "2026-12-14"


def test_a_diary_that_speaks_of_deadlines_is_none_either() -> None:
    page = """<h1>15. výzva</h1><p>Uzávěrka: 14. 12. 2026</p><h2>Aktuality</h2>
        <ul><li>03.10.2026 Změna: uzávěrka</li><li>10.10.2026 Změna stavu</li></ul>"""
    (due,) = guessed(described(page))["deadlines"]
    assert due.at.date().isoformat() == "2026-12-14"


def test_cells_are_not_glued_together() -> None:
    page = "<table><tr><td>Alokace 212</td><td>1 393 956 695,56 Kč</td></tr></table>"
    assert guessed(described(page))["budget"] == 1_393_956_696


def test_only_sources_with_detail_ask_for_pages() -> None:
    call = Found("r", "T", "https://vyzvy.example.cz/1")
    assert adapters.details("page", call, {}) is None
    asked = adapters.details("page", call, OF_DETAIL)
    assert asked is not None
    assert asked.url == call.link
    assert adapters.details("feed", call, OF_DETAIL) is None


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("", "empty"),
        ("<html><h1>Omlouváme se</h1></html>", "no calls"),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]><p>&a;</p>", "entities"),
        ("<b>" * 20_000, "one in another"),
    ],
)
def test_another_page_is_refused_with_a_reason(body: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read("page", body, **BY_LINKS)


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"item": "div["}, "no selector"),
        ({"item": 5}, "item is not a text"),
        ({"cut": "slovo"}, "cut is not a list"),
        ({"where": "("}, "no pattern"),
        ({"preset": "nikde"}, "no preset nikde"),
        ({"zone": "Mars/Base"}, "no zone"),
        ({"columns": {"colour": "Název"}, "item": "table tr"}, "no colour"),
        ({"detail": {"labels": []}}, "labels is not a table"),
    ],
)
def test_settings_that_cannot_be_are_named(settings: dict[str, Any], why: str) -> None:
    page = TABLE if "columns" in settings else CARDS
    with pytest.raises(Unreadable, match=why):
        read("page", page, **{"item": "a", **settings})


def test_every_preset_is_one_that_can_be_used() -> None:
    from bot.sources.presets import presets, settled

    for name in presets():
        assert settled({"preset": name})
