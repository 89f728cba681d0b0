"""A few lines about each call of a list."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.calls.browsing import View
from bot.kit.screens import lines
from bot.kit.texts import Texts
from handlers.calls import amounts, terms
from handlers.calls.words import barred
from storage.calls.records import State

LONG = 48  # characters of a title on a button
WHOLE = 160  # in a text
NAMED = 6  # names in a row


def entry(t: Texts, view: View, now: datetime) -> str:
    """Title, programme and amount, the deadline, and how well it fits."""
    call = view.call
    return lines(
        t("<b>{title}</b>", title=cut(terms.title_in(t, call), WHOLE)),
        t("{about}", about=about(t, view)),
        t("{when}", when=when(t, view, now)),
        fit(t, view),
    )


def about(t: Texts, view: View) -> str:
    """Plain: the programme and what a project may get."""
    call = view.call
    provider = terms.PROVIDERS.get(call.provider, call.provider)
    source = terms.programme(t, call) or (t.plain(provider) if provider else "")
    said = (source, amounts.short(t, call))
    return " · ".join(each for each in said if each) or t.plain(terms.SINGLE[call.kind])


def when(t: Texts, view: View, now: datetime) -> str:
    """Plain: the next deadline, the month in which it is expected, or that it is over."""
    call, deadline = view.call, view.next_deadline(now)
    if call.state in (State.CLOSED, State.CANCELLED):
        return t.plain(terms.STATES[call.state])
    if call.state == State.FORECAST:
        return expected(t, view)
    if deadline is not None:
        return f"⏳ {terms.short(t, deadline, now)}"
    if call.continuous:
        return t.plain("♾ until the money is gone")
    return t.plain("⏳ deadline not known yet")


def expected(t: Texts, view: View) -> str:
    """Plain."""
    if view.call.opens_at is None:
        return t.plain("🔭 expected, month not known yet")
    return t.plain("🔭 expected: {month}", month=t.month(view.call.opens_at))


def fit(t: Texts, view: View) -> str:
    """How well it fits; in grey why they may not apply."""
    if view.fit is None or view.call.state in (State.CLOSED, State.CANCELLED):
        return ""
    if not view.fit.eligible:
        return t("⚪️ <i>{why}</i>", why=barred(t, view.fit.reasons))
    return t("🎯 fit {score}", score=view.fit.score)


def label(t: Texts, view: View) -> str:
    sign = "👁" if view.interest is not None and view.interest.following else "💶"
    return f"{sign} {cut(terms.title_in(t, view.call), LONG)}"


def cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def few(t: Texts, names: Sequence[str]) -> str:
    """Plain: the first of them, and how many more there are."""
    said, more = ", ".join(names[:NAMED]), len(names) - NAMED
    if more <= 0:
        return said
    return t.plain_n("{names} and {n} more", "{names} and {n} more", more, names=said)
