"""Deadlines in prose: a date is one by the words before it, never because it is the latest."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time
from enum import IntEnum

from bot.domain.calls.found import Due
from bot.sources.dates import Moment, moments
from bot.sources.text import around, tidy

NEAR = 90  # characters between a label and its date
MOST = 8  # deadlines of one call


class Sense(IntEnum):
    """What the words before a date make of it; of several kinds the highest is believed."""

    OTHER = 0  # announced, changed, evaluated, built
    OPENS = 1
    UNTIL = 2  # ends, though it need not be the deadline
    DUE = 3


REQUESTS = r"(?:(?:žádost|návrh|projekt|přihlášk|nabíd|projektov|předběžn|plných)\w*)"
TAKING = r"(?:příjmu|podávání|podání|sběru|lhůty)"
HANDING = r"(?:podávat|podat|předložit|doručit|přijím\w+)"
LABELS = {
    Sense.OTHER: (
        r"platnost\w* od",
        r"vyhlášen\w*",
        r"vyhlášení (?:výsledk|soutěž|výzv)\w*",
        r"termín vyhlášení\w*",
        r"zveřejn\w+|zpřístupněn\w*|aktualiz\w+|schválen\w*|oznámen\w*|podpis\w*",
        r"změna\b[^.\n]{0,40}?\bna\b",
        r"způsobilost\w*|účinnost\w*",
        r"(?:ukončení|zahájení|doba|termín|období|začátek|konec)\s+(?:\w+\s+){0,2}"
        r"(?:realizac|řešení|projekt|udržiteln|hodnocení|kontroln)\w*",
        r"(?<!na )realizac[eí]",
        r"vyúčtován\w*|závěrečn\w+ zpráv\w*|výsledk\w*|hodnocen\w*",
        r"seminář\w*|webinář\w*|informační den|konzultac\w*",
        r"doručení dokladů|ze dne|č\. j\.",
        r"published|publication(?: date)?|posted|updated|last modified|start(?:ing)? date",
        r"award\w*|notification\w*|results?|signature|archive\w*",
        r"info(?:rmation)? (?:day|session)|webinar|project (?:start|end|duration)",
    ),
    Sense.OPENS: (
        rf"(?:zahájení|začátek|spuštění|otevření|od)\s+{TAKING}(?:\s+{REQUESTS})?",
        r"zahájen\w*|zahaj\w+|začíná\w*|otevřen[ao]? od",
        r"opening(?: date)?|opens(?: on)?|open(?:s|ed)? (?:on|from)|applications? open",
    ),
    Sense.UNTIL: (
        r"platnost\w* do|platí do|trvá do",
        r"datum uzavření|uzavřen[íia]\w*|konec výzvy|ukončení výzvy",
        r"valid until|expir\w+",
    ),
    Sense.DUE: (
        rf"(?:ukončení|konec|uzavření|závěr)\s+{TAKING}(?:\s+{REQUESTS}){{0,2}}",
        rf"(?:příjem|příjmu|podávání|podání|předkládání|sběr|{HANDING})(?:\s+{REQUESTS}){{0,2}}",
        rf"{REQUESTS} (?:o \w+ )?(?:(?:je|lze|bude|budou) )?(?:možné )?{HANDING}",
        r"(?:termín|lhůt|datum)\w*\s+(?:pro\s+|k\s+)?"
        r"(?:příjm|podá|předlož|odevzd|doruč|přijet)\w*",
        r"(?:soutěžní\s+)?lhůt\w*(?:\s+(?:končí|trvá|je|běží))?",
        r"končí|uzávěrk\w*|nejpozději(?: do)?",
        r"deadline\w*|cut-?offs?(?: dates?)?|no later than|by the latest",
        r"(?:closing|submission|application|due|end)\s+(?:date|deadline)s?",
        r"clos(?:es?|ing)(?: on)?",
        r"(?:applications?|proposals?)\s+(?:are\s+|is\s+|must be\s+)?"
        r"(?:due|close[sd]?|submitted|received)(?: by)?",
        r"submit\w*(?:\s+\w+){0,3}\s+by",
    ),
}
KINDS = (Sense.OPENS, Sense.DUE, Sense.UNTIL, Sense.OTHER)  # the first that fits a place is it
LABEL = re.compile(
    "|".join(rf"(?P<{kind.name}>(?<!\w)(?:{'|'.join(LABELS[kind])})(?!\w))" for kind in KINDS),
    re.I,
)
FROM = re.compile(r"(?<!\w)(?:od|from|since|after)(?: dne)?\s*$", re.I)
LIST = re.compile(r"[ ,;)]*(?:a|and|nebo|or|&|/)?[ (]*(?:do |dne |on |by )?", re.I)
STOP = re.compile(r"(?<!\d)(?<!\bč)(?<!\bhod)[.!?]\s+(?=[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ])")
DIARY = re.compile(r"(?<!\w)Aktuality\s+(?=\d{1,2}\. ?\d{1,2}\. ?\d{4}\s+(?:Změna|Aktualiz))")
BELOW = re.compile(r"níže\s+uveden\w+\s+hodin\w*", re.I)
HOUR = re.compile(
    r"(?<!\d)(\d{1,2}):(\d\d)(?::(\d\d))?\s*(?:hod\w*\.?)?\s*[–—-]?\s*(?=[^\n]{0,60}podání)", re.I
)
STEP = re.compile(
    r"(?<!\w)(?:aktivit[ay] [A-Z0-9]{1,3}|\d\. ?(?:stupeň|kolo|etapa)|(?:první|druhé) kolo"
    r"|(?:first|second|1st|2nd) (?:stage|cut-?off)|stage [12])(?!\w)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Read:
    """A date of a text, what it is, and the words around it."""

    moment: Moment
    sense: Sense | None  # None: nothing says what it is
    snippet: str
    what: str = ""


def read(text: str, now: datetime, zone: str) -> list[Read]:
    """Every date of a text, in order. A diary of changes behind it is left out."""
    text = tidy(text)
    diary = DIARY.search(text)
    text = text[: diary.start()] if diary else text
    return list(_read(text, now, zone))


def deadlines(dates: list[Read]) -> tuple[list[Due], str]:
    """What is labelled as a deadline, and the words of the first. None: an empty list."""
    best = max((each.sense or Sense.OTHER for each in dates), default=Sense.OTHER)
    if best < Sense.UNTIL:
        return [], ""
    chosen = [each for each in dates if each.sense == best]
    timed = [each for each in chosen if each.moment.clock] or chosen
    return _merged(chosen), timed[0].snippet


def due(text: str, now: datetime, zone: str = "Europe/Prague") -> Due | None:
    """The deadline that a short text names, as the one behind a label does."""
    dates = read(text, now, zone)
    dues, _ = deadlines(dates)
    if dues:
        return dues[-1]
    bare = [each.moment for each in dates if each.sense is None]
    return bare[-1].due() if bare else None


def opening(dates: list[Read]) -> tuple[datetime, str] | None:
    """When applications open: where that is said, or a span of the deadline begins."""
    for each in dates:
        if each.sense is Sense.OPENS:
            return each.moment.opening(), each.snippet
    for each in dates:
        if each.sense is Sense.DUE and each.moment.since:
            return each.moment.since.opening(), each.snippet
    return None


def _merged(chosen: list[Read]) -> list[Due]:
    """One for each day and step; the one that names the hour, if any does."""
    dues: dict[tuple[object, str], Due] = {}
    for each in chosen:
        key = (each.moment.day, each.what)
        if key not in dues or not dues[key].hour_known:
            dues[key] = each.moment.due(each.what)
    days = {day for day, what in dues if what}
    return [due for (day, what), due in dues.items() if what or day not in days][:MOST]


def _read(text: str, now: datetime, zone: str) -> Iterator[Read]:
    end, sense, what = 0, None, ""
    for moment in moments(text, now, zone):
        ahead = text[max(end, moment.start - NEAR - 60) : moment.start]
        if not (end and LIST.fullmatch(ahead)):
            sense, what = _sense(ahead), _step(ahead)
        here = _of_span(sense) if moment.since else _of_one(sense, ahead)
        timed = _with_hour(moment, text)
        yield Read(timed, here, around(text, timed.start, timed.end), what)
        end = moment.end


def _of_span(sense: Sense | None) -> Sense | None:
    """What opens, and has an end too, is the time for applications."""
    return Sense.DUE if sense is Sense.OPENS else sense


def _of_one(sense: Sense | None, ahead: str) -> Sense | None:
    if not FROM.search(ahead):
        return sense
    return Sense.OTHER if sense in (None, Sense.OTHER) else Sense.OPENS


def _sense(ahead: str) -> Sense | None:
    """By the last label before the date, on its line or the one above, in one sentence with it."""
    labels = list(LABEL.finditer(ahead))
    between = ahead[labels[-1].end() :] if labels else ""
    if not labels or len(between) > NEAR or between.count("\n") > 1 or STOP.search(between):
        return None
    return Sense[labels[-1].lastgroup or ""]


def _step(ahead: str) -> str:
    steps = STEP.findall(ahead)
    return steps[-1] if steps else ""


def _with_hour(moment: Moment, text: str) -> Moment:
    """An hour that stands in a list below the sentence."""
    if moment.clock or not BELOW.search(text, moment.end, moment.end + 60):
        return moment
    hour = HOUR.search(text, moment.end, moment.end + 400)
    try:
        clock = time(int(hour[1]), int(hour[2]), int(hour[3] or 0)) if hour else None
    except ValueError:
        return moment
    return replace(moment, clock=clock, end=hour.end() if hour else moment.end)
