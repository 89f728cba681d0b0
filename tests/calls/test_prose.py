"""Dates, amounts and conditions in sentences: by the words before them, never by the latest."""

from typing import Any

import pytest

from bot.sources import amounts, deadlines, prose
from tests.calls.answers import NOW


def read(text: str) -> dict[str, Any]:
    return {guess.field: guess.value for guess in prose.guesses(text, NOW)}


def due(text: str) -> str:
    found = deadlines.due(text, NOW)
    if found is None:
        return "none"
    return found.at.strftime("%Y-%m-%d %H:%M" if found.hour_known else "%Y-%m-%d")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15. 3. 2027", "2027-03-15"),
        ("15.3.2027", "2027-03-15"),
        ("15.\u00a0března\u00a02027", "2027-03-15"),
        ("do 15. března 2027 11:30", "2027-03-15 11:30"),
        ("Sběr žádostí do 15. 3. 2027 do 11:30 hod.", "2027-03-15 11:30"),
        ("Ukončení příjmu návrhů: 15. 3. 2027", "2027-03-15"),
        ("15. 03. 2027 08:00:00", "2027-03-15 08:00"),
        ("1. 2. 2027 – 15. 3. 2027", "2027-03-15"),
        ("5.2. - 15.3.2027 do 9:00", "2027-03-15 09:00"),
        ("5.2.-15.3.2027", "2027-03-15"),
        ("5. – 15. 3. 2027", "2027-03-15"),
        ("od 28. ledna do 16. března 2027", "2027-03-16"),
        ("od 1. 2. 2027 (8:00) do 15. 3. 2027 (14:00)", "2027-03-15 14:00"),
        (
            "Lhůta začíná dnem 1. 2. 2027 v 8:00 a končí dnem 15. 3. 2027 v 15.59 hod.",
            "2027-03-15 15:59",
        ),
        ("nejpozději do 5. dubna 2027", "2027-04-05"),
        ("uzávěrka 15. dubna 2027 ve 12 hodin", "2027-04-15 12:00"),
        ("Výzva vyhlášena 1. srpna 2026. Žádosti přijímáme do 15. 3. 2027.", "2027-03-15"),
        ("15. 3. 2027 24:00", "2027-03-15 23:59"),
        ("15 March 2027 17:00 Brussels time", "2027-03-15 17:00"),
        ("Closing date: March 15, 2027, 5:00 p.m.", "2027-03-15 17:00"),
        ("Opens 1 February 2027, closes 15th March 2027", "2027-03-15"),
        ("2027-03-15T00:00:00.000+0000", "2027-03-15"),
        ("2027-03-15", "2027-03-15"),
        ("25.12.", "2026-12-25"),
        ("7.1.", "2027-01-07"),  # of next year
        ("28/03/2027", "2027-03-28"),
        ("03/04/2027", "none"),  # March or April
        ("31. 2. 2027", "none"),
        ("průběžně do vyčerpání prostředků", "none"),
        ("závěr roku 2027", "none"),
        ("Zahájení příjmu žádostí: 15. 3. 2027", "none"),
        ("Realizace do 31. 12. 2029", "none"),
        ("verze 1.2.3, částka 1.500,50", "none"),
    ],
)
def test_a_deadline_in_a_few_words(text: str, expected: str) -> None:
    assert due(text) == expected


def test_a_latest_date_is_not_a_deadline_for_that() -> None:
    told = read(
        "Vyhlášení výzvy: 1. 9. 2026\nPříjem žádostí: od 1. 10. 2026 do 15. 1. 2027 do 12:00\n"
        "Ukončení realizace projektů: 31. 12. 2029\nPoslední aktualizace: 3. 2. 2028"
    )
    (found,) = told["deadlines"]
    assert found.at.isoformat() == "2027-01-15T12:00:00+01:00"
    assert told["opens_at"].isoformat() == "2026-10-01T00:00:00+02:00"


def test_weak_words_count_only_without_strong_ones() -> None:
    weak = "Platnost od: 1. 1. 2027 Platnost do: 14. 4. 2027 10:00"
    assert read(weak)["deadlines"][0].at.date().isoformat() == "2027-04-14"
    both = f"{weak} Uzávěrka: 1. 4. 2027"
    assert [each.at.date().isoformat() for each in read(both)["deadlines"]] == ["2027-04-01"]


def test_several_deadlines_are_all_found_with_their_steps() -> None:
    told = read("Uzávěrky příjmu: 15. 3. 2027, 15. 9. 2027 a 15. 12. 2027")
    assert [each.at.month for each in told["deadlines"]] == [3, 9, 12]
    steps = read(
        "Lhůta pro podání, aktivita A: 1. 3. 2027; lhůta pro podání, aktivita B: 1. 3. 2027"
    )
    assert [each.what for each in steps["deadlines"]] == ["aktivita A", "aktivita B"]


def test_zones_that_are_named_are_heard() -> None:
    (found,) = read("Deadline: 15 March 2027 16:00 UK time")["deadlines"]
    assert found.at.isoformat() == "2027-03-15T16:00:00+00:00"
    (american,) = read("Applications due by March 20, 2027 at 5 pm EDT")["deadlines"]
    assert american.zone == "America/New_York"


def test_winter_and_summer_have_clocks_of_their_own() -> None:
    told = read("Lhůta pro podání: 10. 9. 2027 9:00 – 2. 11. 2027 16:29:59")
    assert told["opens_at"].isoformat() == "2027-09-10T09:00:00+02:00"
    assert told["deadlines"][0].at.isoformat() == "2027-11-02T16:29:59+01:00"


def test_a_day_of_publication_is_no_opening() -> None:
    told = read(
        "Opportunity status: Open. Publication date: 5 January 2027 Opening date: 2 February 2027"
        " 9:00am UK time Closing date: 30 March 2027 4:00pm UK time"
    )
    assert told["opens_at"].isoformat() == "2027-02-02T09:00:00+00:00"
    assert told["deadlines"][0].at.isoformat() == "2027-03-30T16:00:00+01:00"


def test_until_the_money_is_gone_is_no_date() -> None:
    told = read("Žádosti lze podávat průběžně do vyčerpání alokace.")
    assert told["continuous"] is True
    assert "deadlines" not in told
    dated = read("Průběžná výzva. Příjem žádostí do 1. 3. 2027.")
    assert "continuous" not in dated


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("Alokace 25 mil. Kč", 25_000_000, "CZK"),
        ("1,5 mld. Kč", 1_500_000_000, "CZK"),
        ("3 000 000 EUR", 3_000_000, "EUR"),
        ("2.500.000,- Kč", 2_500_000, "CZK"),
        ("730\u00a0000\u00a0Kč", 730_000, "CZK"),
        ("90 tis. Kč", 90_000, "CZK"),
        ("2 miliardy korun", 2_000_000_000, "CZK"),
        ("€ 2.5 million", 2_500_000, "EUR"),
        ("between EUR 2.00 and 3.50 million", 3_500_000, "EUR"),
        ("3 M€", 3_000_000, "EUR"),
        ("12 500,50 Kč", 12_500, "CZK"),
        ("Rozpočet v Kč: 90 000 000", 90_000_000, "CZK"),
        ("nejméně 2 mil. Kč a nejvýše 30 mil. Kč", 30_000_000, "CZK"),
        ("$1,000,000", 1_000_000, "USD"),
        ("212 1 393 956 695,56 Kč", 1_393_956_696, "CZK"),
    ],
)
def test_an_amount(text: str, value: int, currency: str) -> None:
    found = amounts.amount(text)
    assert found is not None
    assert (found.value, found.currency) == (value, currency)


@pytest.mark.parametrize("text", ["2121393956695 Kč", "30 projektů", "v roce 2027", "0 Kč", ""])
def test_what_is_no_amount(text: str) -> None:
    assert amounts.amount(text) is None


def test_amounts_are_told_apart_by_their_words() -> None:
    told = read(
        "Výzva má alokaci 40 mil. Kč. Minimální výše dotace 200.000,- Kč, maximální výše dotace"
        " 3.000.000,- Kč, spoluúčast žadatele 500 000 Kč."
    )
    assert (told["budget"], told["currency"]) == (40_000_000, "CZK")
    assert (told["support_least"], told["support_most"]) == (200_000, 3_000_000)
    assert told["basis"] == "support"
    assert read("min. způsobilé výdaje 100 tis. Kč")["basis"] == "costs"
    share = read("Dotace až 75 % z celkových způsobilých výdajů, max. 1 500 000,- Kč")
    assert (share["basis"], share["rate"]) == ("support", 75)
    voucher = read("Voucher v hodnotě od 50 000 Kč do 350 000 Kč")
    assert (voucher["support_least"], voucher["support_most"]) == (50_000, 350_000)


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("Míra podpory 45 %", 45),
        ("Maximální intenzita podpory na projekt 65 %", 65),
        ("Dotace činí 40 %, pro malé podniky až 60 % způsobilých výdajů", 60),
        ("up to 70% of eligible costs", 70),
        ("spoluúčast žadatele 30 %", None),
        ("Úspěšnost byla 35 %", None),
    ],
)
def test_a_rate_of_support(text: str, rate: float | None) -> None:
    assert read(text).get("rate") == rate


def test_who_may_apply_and_where() -> None:
    told = read(
        "Oprávnění žadatelé: malé a střední podniky, výzkumné organizace a vysoké školy.\n"
        "Projekt musí být realizován mimo NUTS 2 Praha. Očekává se posun z TRL 4 až 6."
    )
    assert told["applicants"] == ["medium", "research_org", "small", "sme", "university"]
    assert told["regions_out"] == ["CZ01"]
    assert (told["trl_least"], told["trl_most"]) == (4, 6)
    assert "applicants" not in read("Malé podniky jsou páteří hospodářství.")


@pytest.mark.parametrize("words", ["nelze realizovat na území", "nesmí být realizován na\núzemí"])
def test_prague_that_is_left_out_is_nobody_who_may_apply(words: str) -> None:
    told = read(f"Oprávnění žadatelé: MSP. Projekt {words} hlavního\nměsta Prahy.")
    assert (told["applicants"], told["regions_out"]) == (["sme"], ["CZ01"])
    region = read("Oprávnění žadatelé: MSP se sídlem na území Olomouckého kraje.")
    assert (region["applicants"], region["regions"]) == (["sme"], ["CZ071"])


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("Projekt musí být realizován na území Olomouckého kraje.", ["CZ071"]),
        ("Žadatel se sídlem v Jihomoravském kraji", ["CZ064"]),
        ("realizováno na Vysočině", ["CZ063"]),
        ("Hejtman Olomouckého kraje výzvu přivítal.", None),
    ],
)
def test_a_region_that_a_call_is_for(text: str, regions: list[str] | None) -> None:
    assert read(text).get("regions") == regions


def test_each_guess_shows_the_words_it_was_read_from() -> None:
    for guess in prose.guesses("Úvod. Míra podpory 45 %, alokace 25 mil. Kč. Konec.", NOW):
        assert guess.snippet
        assert len(guess.snippet) < 200
