"""When an instrument is free, as owners type it: „út 9–15", „3. 3. 9:00–15:00", one on a line."""

import re
from datetime import datetime, timedelta

from bot.domain.instruments import windows
from bot.domain.instruments.windows import BadWindow, WindowPast, WindowTooFar
from bot.kit import dates
from bot.kit.forms import Unclear
from bot.kit.texts import Texts
from storage.folding import fold

MOST = 12  # lines
CLOCK = r"\d{1,2}(?:[:.]\d\d)?"
ON_WEEKDAY = re.compile(rf"([a-z]+)\.?,? +(?:od |from )?({CLOCK} ?(?:-|do|to|az|until) ?{CLOCK})")
WEEKDAYS = ("po mon", "ut tue", "st wed", "ct thu", "pa fri", "so sat", "ne sun")
WEEK = timedelta(days=7)
Spans = list[tuple[datetime, datetime]]


def read(t: Texts, text: str, now: datetime) -> Spans:
    """Raises `Unclear`, with the number of the line where there are more."""
    typed = [line for line in text.splitlines() if line.strip()]
    if not 1 <= len(typed) <= MOST:
        raise Unclear(t("Please write from one to {n} windows, each on a line.", n=MOST))
    spans: Spans = []
    for number, line in enumerate(typed, 1):
        try:
            spans.append(_one(t, line, now))
        except Unclear as why:
            if len(typed) == 1:
                raise
            raise Unclear(t("Line {n}:", n=number) + f" {why}") from None
    return spans


def _one(t: Texts, line: str, now: datetime) -> tuple[datetime, datetime]:
    found = _on_weekday(t, line, now) or dates.span(t, line, now)
    if found.end is None:
        raise Unclear(t("Until when? For example <code>9:00–15:00</code>."))
    try:
        windows.check(found.start, found.end, now)
    except WindowPast:
        passed = t.moment(found.start)
        raise Unclear(t("{when} has passed already.", when=passed)) from None
    except WindowTooFar:
        raise Unclear(t("Windows can be at most four weeks ahead.")) from None
    except BadWindow:
        wrong = t("A window takes from 30 minutes to 24 hours, by quarters of an hour.")
        raise Unclear(wrong) from None
    return found.start, found.end


def _on_weekday(t: Texts, line: str, now: datetime) -> dates.Span | None:
    """The nearest such day on which it would not have begun."""
    match = ON_WEEKDAY.fullmatch(re.sub(r"\s*[‐-―−]\s*", "-", " ".join(fold(line).split())))
    weekday = _weekday(match[1]) if match else None
    if match is None or weekday is None:
        return None
    today = now.astimezone(t.zone).date()
    day = today + timedelta(days=(weekday - today.weekday()) % 7)
    found = dates.span(t, f"{day.isoformat()} {match[2]}", now)
    if found.start > now:
        return found
    return dates.span(t, f"{(day + WEEK).isoformat()} {match[2]}", now)


def _weekday(name: str) -> int | None:
    if len(name) < 2:
        return None
    for number, names in enumerate(WEEKDAYS):
        czech, english = names.split()
        if name.startswith(english) or name == czech or (len(name) > 4 and name[:2] == czech):
            return number
    return None
