"""What a page says in prose, as guesses: each with the words that it was read from."""

import re
from collections.abc import Iterator
from datetime import datetime

from bot.domain.calls.eligibility import Applicant
from bot.domain.calls.found import Guess
from bot.domain.calls.regions import REGIONS
from bot.sources import deadlines
from bot.sources.amounts import Amount, amounts, rates
from bot.sources.text import around, tidy

NEAR = 90  # characters between a label and its value
PRAGUE = "CZ01"
PRAGUE_NAMED = (
    r"(?:(?:území|hl(?:\.|avní(?:ho|m|mu)?)\s?m(?:\.|ěst[aoěu]m?)|nuts ?(?:2|ii)?|regionu?|kraje?)"
    r"\s+)*prah[auyoe]u?"
)

CONTINUOUS = re.compile(
    r"(?:průběžn\w+[^.\n]{0,60})?do\s+vyčerpání\s+(?:\w+\s+){0,3}(?:alokac|prostředk|rozpočt|částk)\w*"
    r"|průběžný příjem(?: žádostí)?|průběžně|until (?:the )?(?:funds|budget|money)[^.\n]{0,20}"
    r" (?:exhausted|spent|used up)|rolling (?:basis|deadline)|open continuously",
    re.I,
)
EXHAUSTED = re.compile(r"vyčerpání|exhausted|spent|used up", re.I)
BUDGET = re.compile(
    r"(?<!\w)(?:alokac\w+|objem\w* (?:finančních )?prostředků|rozpoč\w+ (?:výzvy|soutěže|programu)"
    r"|celkov\w+ (?:částk\w+|rozpoč\w+|objem\w*)|(?:vyčleněn|rozdělit)\w*"
    r"|(?:indicative|total|overall|call|programme)? ?(?:budget|funding available)"
    r"|total fund(?:s|ing)?)",
    re.I,
)
BOUND = re.compile(
    r"(?<!\w)(?:(?P<most>max(?:imáln\w+|imum|imal)?\b\.?|nejvýše|nejvyšší"
    r"|horní (?:hranice|limit)|až(?: do)?|do výše|do\s*$|up to|ceiling)"
    r"|(?P<least>min(?:imáln\w+|imum|imal)?\b\.?|nejméně|nejnižší|alespoň|od\s*$"
    r"|at least|floor))(?!\w)",
    re.I,
)
COSTS = re.compile(
    r"(?:způsobil|uznateln|celkov)\w+ (?:výdaj|náklad)\w*|náklady projektu"
    r"|(?:eligible|total) (?:cost|expenditure)",
    re.I,
)
OWN = re.compile(
    r"spoluúčast|vlastní\w*\s+(?:zdroj|podíl|prostředk|spolu)|spolufinancování žadatel"
    r"|obrat\w*|poplat\w*|pokut\w*|sankc\w*|penále|de minimis"
    r"|own (?:share|contribution|resources)|turnover",
    re.I,
)
RATE_AHEAD = re.compile(
    r"(?:mír\w+|intenzit\w+|výš\w+)\s+(?:\w+\s+){0,2}(?:podpor|dotac|spolufinancování)\w*|intenzit\w+"
    r"|(?:podpor|dotac)\w+\s+(?:\w+\s+){0,3}(?:až|do|činí|ve výši)|funding rate|aid intensity"
    r"|reimburse\w*|grant rate|(?:supports?|fund(?:s|ing)?|covers?)\s+(?:up to|at)",
    re.I,
)
RATE_BEHIND = re.compile(
    r"\s*(?:z\s+)?(?:celkových\s+)?(?:způsobil|uznateln)\w+\s+(?:výdaj|náklad)|\s*of\s+(?:the\s+)?"
    r"(?:total\s+)?(?:eligible\s+)?(?:costs|expenditure)",
    re.I,
)
WHO = re.compile(
    r"(?:oprávnění\s+|způsobilí\s+)?(?:žadatelé|uchazeči|příjemci(?:\s+podpory)?)(?!\w)"
    r"|(?:oprávněn\w+|způsobil\w+)\s+(?:žadatel|uchazeč|příjemc)\w*"
    r"|kdo\s+může\s+(?:žádat|podat\s+žádost|se\s+ucházet)|pro koho"
    r"|eligible\s+(?:applicants|entities)|who\s+(?:can|may)\s+apply|open\s+to",
    re.I,
)
REACH = 250  # characters behind such words in which applicants are named
APPLICANTS = {
    Applicant.ANYBODY: r"bez omezení|kdokoli\w*|any legal entit\w+",
    Applicant.MICRO: r"mikropodnik\w*|micro[- ]?enterprises?",
    Applicant.SMALL: r"mal(?:ý|é|ých|ým|ému)(?: a středn\w+)? podnik\w*"
    r"|small (?:and medium|enterprises|businesses)",
    Applicant.MEDIUM: r"středn(?:í|ích|ím) podnik\w*|small and medium",
    Applicant.SME: r"MSP|SMEs?|mal(?:é|ých|ým) a středn(?:í|ích|ím)(?: podnik\w*)?"
    r"|small and medium",
    Applicant.LARGE: r"velk(?:ý|é|ých|ým) podnik\w*|large (?:enterprises?|compan\w+)",
    Applicant.COMPANY: r"podnikatel\w*|podnikající\w*|obchodní (?:korporac|společnost)\w*"
    r"|businesses|companies",
    Applicant.SELF_EMPLOYED: r"OSVČ|self[- ]employed",
    Applicant.RESEARCH_ORG: r"výzkumn\w+ (?:organizac|instituc|ústav)\w*"
    r"|organizac\w+ pro výzkum\w*|research organi[sz]ations?",
    Applicant.UNIVERSITY: r"vysok\w+ škol\w*|univerzit\w*|universit\w+",
    Applicant.MUNICIPALITY: r"obc(?:e|í|ím)|obec|města(?!\s+prah)|municipalit\w+",
    Applicant.REGION: r"(?<!ého )kraj(?:e|ů|ům)?",
    Applicant.NGO: r"spol(?:ek|ky|kům)|neziskov\w+|nestátní\w*|NGOs?|non-profits?",
    Applicant.CLUSTER: r"klastr\w*|clusters?",
    Applicant.STARTUP: r"start-?up\w*",
}
NAMED = {who: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.I) for who, words in APPLICANTS.items()}
NO_PRAGUE = re.compile(
    r"(?:mimo|s výjimkou|kromě|vyjma|nikoli(?: na)?|except(?: for)?|outside(?: of)?"
    r"|(?:nelze|nesmí)\s+(?:\w+\s+){0,3}(?:na|v))"
    rf"\s+{PRAGUE_NAMED}(?!\w)",
    re.I,
)
KRAJ = {
    code: rf"{names[0].removesuffix('ý kraj')}(?:ý|ého|ém|ému) kraj\w*"
    for code, names in REGIONS.items()
    if names[0].endswith("ý kraj")
} | {"CZ063": r"(?:kraj\w* )?vysočin[aěyu]"}
ONLY_IN = {
    code: re.compile(
        r"(?:(?:na|v) území|se sídlem v|realizov\w+ (?:v|ve|na)|pouze (?:v|ve|na|pro)"
        rf"|provozovn\w+ (?:v|ve|na)) {words}",
        re.I,
    )
    for code, words in KRAJ.items()
}
TRL = re.compile(r"(?<!\w)TRL\s*:?\s*(\d)(?:\s*(?:[-–]|to|až|and|a)\s*(?:TRL\s*)?(\d))?(?!\d)")


def guesses(text: str, now: datetime, zone: str = "Europe/Prague") -> tuple[Guess, ...]:
    """What the words of a page say of a call; each field once."""
    text = tidy(text)
    readings = (_times(text, now, zone), _money(text), _rate(text), _who(text), _trl(text))
    return tuple({guess.field: guess for reading in readings for guess in reading}.values())


def who(text: str) -> list[str]:
    """Those whom a few words call by name, as values of `Applicant`."""
    return sorted(each.value for each, words in NAMED.items() if words.search(text))


def _times(text: str, now: datetime, zone: str) -> Iterator[Guess]:
    dates = deadlines.read(text, now, zone)
    dues, snippet = deadlines.deadlines(dates)
    if dues:
        yield Guess("deadlines", dues, snippet)
    opening = deadlines.opening(dates)
    if opening:
        yield Guess("opens_at", *opening)
    until = CONTINUOUS.search(text)
    if until and (not dues or EXHAUSTED.search(until[0])):
        yield Guess("continuous", True, around(text, until.start(), until.end()))


def _money(text: str) -> Iterator[Guess]:
    end, costs = 0, False
    said: dict[str, Guess] = {}
    for each in amounts(text):
        ahead = _ahead(text, each.start, end)
        of_costs = COSTS.search(ahead) and "%" not in ahead  # a share of them is no sum of them
        costs = bool(of_costs) or (costs and "\n" not in ahead)
        snippet = around(text, each.start, each.end)
        for name, value in _meant(each, ahead):
            if name not in said:
                said[name] = Guess(name, value, snippet)
                said.setdefault("currency", Guess("currency", each.currency, snippet))
                if name != "budget":
                    basis = "costs" if costs else "support"
                    said.setdefault("basis", Guess("basis", basis, snippet))
        end = each.end
    yield from said.values()


def _meant(amount: Amount, ahead: str) -> Iterator[tuple[str, int]]:
    """Which fields an amount is, by the words before it."""
    bounds = list(BOUND.finditer(ahead))
    if OWN.search(ahead):
        return
    if BUDGET.search(ahead):
        yield "budget", amount.value
    elif bounds and bounds[-1]["least"]:
        yield "support_least", amount.value
    elif bounds or amount.least:
        yield "support_most", amount.value
        if amount.least:
            yield "support_least", amount.least


def _rate(text: str) -> Iterator[Guess]:
    best: Guess | None = None
    end = 0
    for value, start, stop in rates(text):
        ahead = _ahead(text, start, end)
        meant = RATE_AHEAD.search(ahead) or RATE_BEHIND.match(text, stop)
        if meant and not OWN.search(ahead) and (not best or value > best.value):
            best = Guess("rate", value, around(text, start, stop))
        end = stop
    if best:
        yield best


def _who(text: str) -> Iterator[Guess]:
    for label in WHO.finditer(text):
        reach = text[label.end() : label.end() + REACH]
        named = who(reach)
        if named:
            yield Guess("applicants", named, around(text, label.start(), label.end() + REACH // 4))
            break
    within = {code: found for code, words in ONLY_IN.items() if (found := words.search(text))}
    if within:
        first = min(within.values(), key=lambda found: found.start())
        yield Guess("regions", sorted(within), around(text, first.start(), first.end()))
    without = NO_PRAGUE.search(text)
    if without:
        yield Guess("regions_out", [PRAGUE], around(text, without.start(), without.end()))


def _trl(text: str) -> Iterator[Guess]:
    """From the first to the last, where only one range is spoken of."""
    found = TRL.search(text)
    if not found:
        return
    snippet = around(text, found.start(), found.end())
    least, most = sorted((int(found[1]), int(found[2] or found[1])))
    if least >= 1 and most <= 9 and found[2]:
        yield Guess("trl_least", least, snippet)
        yield Guess("trl_most", most, snippet)


def _ahead(text: str, start: int, end: int) -> str:
    """The words before a value that may be its label: its line, or the one above."""
    lines = text[max(end, start - NEAR) : start].split("\n")
    return deadlines.STOP.split("\n".join(lines[-2:]))[-1]
