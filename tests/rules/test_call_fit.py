"""How well a call fits an organisation, and who may not apply at all."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.calls import eligibility, fit
from bot.domain.calls.eligibility import Bidder, Stop
from bot.domain.calls.fit import Fit, Reason
from storage.calls.records import CallPillar, GrantCall, Kind, State
from storage.calls.subscriptions import Profile, Size
from storage.organisations import Kind as Sort
from storage.organisations import Organisation
from tests.conftest import NOW

LASERS = 1
ENOUGH = 6.0
FIRM = Bidder(Sort.SME, Size.SMALL, "CZ071", frozenset({LASERS}))
INSTITUTE = Bidder(Sort.INSTITUTE, None, "CZ064", frozenset({LASERS}))


def call(**facts: Any) -> GrantCall:
    usual = {
        "id": 1,
        "code": "x",
        "title": "Lasers",
        "kind": Kind.NATIONAL,
        "state": State.OPEN,
        "last_deadline_at": NOW + timedelta(days=90),
        "found_at": NOW,
        "checked_at": NOW,
    }
    return GrantCall(**{**usual, **facts})


def judged(who: Bidder, score: float = 2 * ENOUGH, **facts: Any) -> Fit:
    place = CallPillar(call_id=1, pillar_id=LASERS, score=score, words=["laser processing"])
    return fit.judge(call(**facts), {LASERS: place}, who, NOW, ENOUGH)


def test_what_fits_in_everything_has_a_hundred() -> None:
    found = judged(FIRM, applicants=["sme"], regions=["CZ07"], trl_least=5, trl_most=7, rate=100)
    assert found.score == 100
    assert found.eligible
    assert found.reasons == (
        "topic:laser processing",
        "applicant:sme",
        "region:CZ071",
        "level:5-7",
    )


def test_prague_is_a_hard_stop_where_the_call_is_for_the_others() -> None:
    in_prague = replace(FIRM, region="CZ010")
    found = judged(in_prague, regions_out=["CZ01"])
    assert not found.eligible
    assert found.reasons[0] == "stop_region_out:CZ01"
    assert judged(FIRM, regions_out=["CZ01"]).eligible


def test_regions_are_nested() -> None:
    assert judged(FIRM, regions=["CZ07"]).eligible
    assert judged(FIRM, regions=["CZ071"]).eligible
    assert judged(FIRM, regions=["CZ"]).eligible
    assert judged(FIRM, regions=["CZ072", "CZ08"]).reasons[0] == "stop_region:CZ072,CZ08"


def test_a_region_that_nobody_has_told_costs_points_and_bars_nobody() -> None:
    found = judged(replace(FIRM, region=""), regions_out=["CZ01"])
    assert found.eligible
    assert Reason.REGION_UNKNOWN in found.reasons


def test_who_is_not_named_may_not_apply() -> None:
    found = judged(INSTITUTE, applicants=["sme", "large"])
    assert not found.eligible
    assert found.reasons[0] == f"{Stop.APPLICANT}:large,sme"


@pytest.mark.parametrize(
    ("named", "kind", "size", "may"),
    [
        ("company", Sort.LARGE, None, True),
        ("sme", Sort.LARGE, None, False),
        ("sme", Sort.SME, None, True),
        ("sme", Sort.SME, Size.LARGE, False),
        ("sme", Sort.OTHER, Size.MEDIUM, True),
        ("midcap", Sort.LARGE, None, True),
        ("small", Sort.SME, Size.MEDIUM, False),
        ("micro", Sort.SME, Size.MICRO, True),
        ("university", Sort.INSTITUTE, None, False),
        ("research_org", Sort.INSTITUTE, None, True),
        ("research_org", Sort.UNIVERSITY, None, True),
        ("municipality", Sort.SME, None, False),
        ("anybody", Sort.OTHER, None, True),
        ("sme", Sort.OTHER, None, None),
        ("a word that we do not know", Sort.SME, None, None),
    ],
)
def test_applicants_are_told_by_kind_and_size(
    named: str, kind: Sort, size: Size | None, may: bool | None
) -> None:
    assert eligibility.may_apply(call(applicants=[named]), Bidder(kind, size)) is may


def test_where_the_call_does_not_say_who_may_apply_it_is_to_be_looked_up() -> None:
    found = judged(FIRM)
    assert found.eligible
    assert Reason.APPLICANT_UNKNOWN in found.reasons


def test_no_czech_money_is_a_hard_stop() -> None:
    assert judged(FIRM, czech_money=False).reasons[0] == Stop.NO_CZECH_MONEY
    assert judged(FIRM, czech_money=None).eligible


def test_much_of_ones_own_money_is_warned_of() -> None:
    dear, cheap = judged(FIRM, rate=50), judged(FIRM, rate=80)
    assert "own_money:50" in dear.reasons
    assert not any(each.startswith(Reason.OWN_MONEY) for each in cheap.reasons)
    assert dear.score < cheap.score


def test_time_runs_out_sooner_where_partners_are_to_be_found() -> None:
    soon: dict[str, Any] = {"last_deadline_at": NOW + timedelta(days=20)}
    assert "soon:20" in judged(FIRM, **soon, partners=3).reasons
    assert "soon:20" not in judged(FIRM, **soon).reasons
    assert judged(FIRM, last_deadline_at=NOW - timedelta(hours=1)).reasons[-1] == Reason.OVER


def test_until_the_money_is_gone_there_is_time() -> None:
    endless = judged(FIRM, last_deadline_at=None, continuous=True)
    unknown = judged(FIRM, last_deadline_at=None)
    assert endless.score > unknown.score


def test_research_comes_early_and_companies_late() -> None:
    early = {"trl_least": 1, "trl_most": 3}
    assert judged(INSTITUTE, **early).score > judged(FIRM, **early).score
    assert "level_off:1-3" in judged(FIRM, **early).reasons


def test_a_clearer_topic_fits_better_and_the_managers_word_is_beyond_doubt() -> None:
    by_hand = CallPillar(call_id=1, pillar_id=LASERS, score=0, by_hand=True)
    set_by_hand = fit.judge(call(), {LASERS: by_hand}, FIRM, NOW, ENOUGH)
    assert judged(FIRM, score=ENOUGH).score < judged(FIRM).score == set_by_hand.score


def test_another_topic_says_so_and_any_topic_is_half_a_topic() -> None:
    elsewhere = replace(FIRM, pillars=frozenset())
    assert Reason.NO_TOPIC in judged(elsewhere).reasons
    assert judged(elsewhere, topic=False).score == judged(elsewhere).score + fit.TOPIC / 2


def test_the_seat_tells_the_region_until_somebody_says_better() -> None:
    home = Organisation(name="X", short="X", folded="x", kind=Sort.SME, town="Praha 6")
    assert eligibility.bidder(home, None).region == "CZ010"
    told = Profile(organisation_id=1, region="CZ020", changed_at=NOW)
    assert eligibility.bidder(home, told).region == "CZ020"


def test_all_there_is_adds_up_to_a_hundred() -> None:
    parts = (fit.TOPIC, fit.APPLICANT, fit.REGION, fit.MATURITY, fit.OWN_MONEY, fit.TIME)
    assert sum(parts) == 100
