"""How well a call fits an organisation: 0 to 100, and the reasons for it.

Topic 40, who may apply 25, region 10, size and maturity 10, own money 5, time that is left 10.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.calls.eligibility import Bidder, Stop, asked, may_apply, stops
from storage.calls.records import CallPillar, GrantCall, State
from storage.organisations import Kind

TOPIC, APPLICANT, REGION, MATURITY, OWN_MONEY, TIME = 40, 25, 10, 10, 5, 10
SURE = 2.0  # times what is enough: a topic beyond doubt
ALONE, TOGETHER = 30, 60  # days that a bid takes, with partners and without
MUCH_OF_OWN = 40  # per cent of the costs that are worth a warning
FEW_WORDS = 3
LEVELS = {  # of technology readiness at which such organisations work as a rule
    Kind.UNIVERSITY: (1, 5),
    Kind.INSTITUTE: (1, 5),
    Kind.INFRASTRUCTURE: (1, 6),
    Kind.SME: (4, 9),
    Kind.LARGE: (5, 9),
}


class Reason(StrEnum):
    """Beside those that stop, see `eligibility.Stop`."""

    TOPIC = "topic"
    ANY_TOPIC = "any_topic"
    NO_TOPIC = "no_topic"
    APPLICANT = "applicant"
    APPLICANT_UNKNOWN = "applicant_unknown"
    REGION = "region"
    REGION_UNKNOWN = "region_unknown"
    LEVEL = "level"
    LEVEL_OFF = "level_off"
    OWN_MONEY = "own_money"
    SOON = "soon"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Fit:
    """`reasons` are codes, each with a value after a colon: see `handlers.calls.words`."""

    score: int
    eligible: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    points: float
    reason: str = ""


def judge(
    call: GrantCall, pillars: Mapping[int, CallPillar], who: Bidder, now: datetime, enough: float
) -> Fit:
    """`pillars` are the call's; `enough` is the score from which a call is of a pillar."""
    barred = list(stops(call, who))
    parts = [
        _topic(call, pillars, who, enough),
        _applicant(call, who),
        _region(call, who, {stop for stop, _ in barred}),
        _maturity(call, who),
        _own_money(call),
        _time(call, now),
    ]
    said = (f"{stop}:{what}" if what else str(stop) for stop, what in barred)
    reasons = (*said, *(part.reason for part in parts if part.reason))
    return Fit(round(sum(part.points for part in parts)), not barred, reasons)


def _topic(call: GrantCall, pillars: Mapping[int, CallPillar], who: Bidder, enough: float) -> Part:
    mine = [pillars[each] for each in who.pillars if each in pillars]
    if not mine:
        return Part(TOPIC / 2, Reason.ANY_TOPIC) if not call.topic else Part(0, Reason.NO_TOPIC)
    best = max(mine, key=lambda each: (each.by_hand, each.score))
    sureness = 1.0 if best.by_hand else min(1.0, best.score / (SURE * enough))
    said = ", ".join(best.words[:FEW_WORDS])
    return Part(TOPIC * (0.6 + 0.4 * sureness), f"{Reason.TOPIC}:{said}" if said else Reason.TOPIC)


def _applicant(call: GrantCall, who: Bidder) -> Part:
    match may_apply(call, who):
        case True:
            both = sorted(who.names & asked(call))
            return Part(APPLICANT, f"{Reason.APPLICANT}:{both[0]}" if both else "")
        case False:
            return Part(0)
    return Part(APPLICANT * 0.6, Reason.APPLICANT_UNKNOWN)


def _region(call: GrantCall, who: Bidder, barred: set[Stop]) -> Part:
    if not call.regions and not call.regions_out:
        return Part(REGION)
    if not who.region:
        return Part(REGION / 2, Reason.REGION_UNKNOWN)
    outside = barred & {Stop.REGION, Stop.REGION_OUT}
    return Part(0) if outside else Part(REGION, f"{Reason.REGION}:{who.region}")


def _maturity(call: GrantCall, who: Bidder) -> Part:
    """How much of the call's span of readiness is where such organisations work."""
    usual = LEVELS.get(who.kind)
    if usual is None or (call.trl_least is None and call.trl_most is None):
        return Part(MATURITY * 0.7)
    least, most = call.trl_least or call.trl_most or 1, call.trl_most or call.trl_least or 9
    shared = min(most, usual[1]) - max(least, usual[0]) + 1
    span = f"{least}-{most}"
    if shared <= 0:
        return Part(MATURITY * 0.2, f"{Reason.LEVEL_OFF}:{span}")
    return Part(MATURITY * (0.4 + 0.6 * shared / (most - least + 1)), f"{Reason.LEVEL}:{span}")


def _own_money(call: GrantCall) -> Part:
    if call.rate is None:
        return Part(OWN_MONEY * 0.6)
    own = round(100 - call.rate)
    reason = f"{Reason.OWN_MONEY}:{own}" if own >= MUCH_OF_OWN else ""
    return Part(OWN_MONEY * min(1.0, max(0.0, call.rate / 100)), reason)


def _time(call: GrantCall, now: datetime) -> Part:
    if call.last_deadline_at is None:
        return Part(TIME if call.continuous or call.state is State.FORECAST else TIME * 0.6)
    left = (call.last_deadline_at - now).days
    if call.last_deadline_at <= now:
        return Part(0, Reason.OVER)
    needed = TOGETHER if (call.partners or 1) > 1 else ALONE
    reason = f"{Reason.SOON}:{left}" if left < needed / 2 else ""
    return Part(TIME * min(1.0, left / needed), reason)
