"""What has changed in a call, in words: the field, the old value struck through, and the new."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from bot.domain.calls import values
from bot.domain.calls.values import DEADLINES
from bot.kit.texts import Texts, gettext_noop
from handlers.calls import words
from handlers.calls.terms import BASES, PURPOSES, SINGLE, STATES, day_and_hour
from storage.calls.history import Change
from storage.calls.records import Basis, Deadline, GrantCall, Kind, Purpose, State

FIELDS = {
    DEADLINES: gettext_noop("Deadline"),
    "state": gettext_noop("State"),
    "opens_at": gettext_noop("Opens"),
    "announced_at": gettext_noop("Announced"),
    "continuous": gettext_noop("Until the money is gone"),
    "budget": gettext_noop("For all projects"),
    "support_least": gettext_noop("The least for a project"),
    "support_most": gettext_noop("The most for a project"),
    "rate": gettext_noop("Support in %"),
    "currency": gettext_noop("Currency"),
    "basis": gettext_noop("What the amount means"),
    "applicants": gettext_noop("Who may apply"),
    "regions": gettext_noop("Regions"),
    "regions_out": gettext_noop("Regions left out"),
    "purpose": gettext_noop("Use"),
    "czech_money": gettext_noop("Money for Czech bidders"),
    "partners": gettext_noop("Fewest partners"),
    "partners_note": gettext_noop("About the partners"),
    "trl_least": gettext_noop("TRL from"),
    "trl_most": gettext_noop("TRL to"),
    "kind": gettext_noop("Kind"),
    "programme": gettext_noop("Programme"),
    "provider": gettext_noop("Provider"),
    "title": gettext_noop("Title"),
    "title_cs": gettext_noop("Czech title"),
    "link": gettext_noop("Link"),
    "description": gettext_noop("Description"),
    "note": gettext_noop("The manager's note"),
    "internal_at": gettext_noop("Internal deadline"),
    "internal_what": gettext_noop("What is due within the cluster"),
    "one_bid": gettext_noop("One bid of the whole cluster"),
}
MONEY = frozenset({"budget", "support_least", "support_most"})
MOMENTS = frozenset({"opens_at", "announced_at", "internal_at"})
LONGEST = 120  # characters of a value
SAID: dict[str, Callable[[Texts, Any], str]] = {
    "state": lambda t, value: t.plain(STATES[State(value)]),
    "kind": lambda t, value: t.plain(SINGLE[Kind(value)]),
    "purpose": lambda t, value: t.plain(PURPOSES[Purpose(value)]),
    "basis": lambda t, value: t.plain(BASES[Basis(value)]),
    "applicants": words.applicants,
    "regions": words.regions,
    "regions_out": words.regions,
}


def difference(t: Texts, change: Change, call: GrantCall) -> str:
    """HTML, without a value where there was or is none."""
    field, was, is_now = _field(t, change), change.old, change.new
    if isinstance(was, list) and isinstance(is_now, list):
        was, is_now = _without(was, is_now), _without(is_now, was)
    old = value_in_words(t, change.field, was, call)
    new = value_in_words(t, change.field, is_now, call)
    match bool(old), bool(new):
        case True, True:
            return t("{field}: <s>{old}</s> → <b>{new}</b>", field=field, old=old, new=new)
        case False, True:
            return t("{field}: <b>{new}</b>", field=field, new=new)
        case True, False:
            return t("{field}: <s>{old}</s>", field=field, old=old)
        case _:
            return t("{field}: changed", field=field)


def _field(t: Texts, change: Change) -> str:
    """Plain; a deadline beside those that stay is another one."""
    if change.field == DEADLINES and change.old and not _without(change.old, change.new or []):
        return t.plain("Another deadline")
    return t.plain(FIELDS.get(change.field, change.field))


def value_in_words(t: Texts, field: str, value: Any, call: GrantCall) -> str:
    """Plain; empty for what nobody has said. `value` is as `bot.domain.calls.values` has it."""
    if value is None or value == []:
        return ""
    if field == DEADLINES:
        return "; ".join(_deadline(t, each) for each in values.typed(field, value))
    if field in MONEY:
        return t.money(value, call.currency)
    if field in MOMENTS:
        return t.day(datetime.fromisoformat(value))
    if field in SAID:
        return SAID[field](t, value)
    if isinstance(value, bool):
        return t.plain("yes") if value else t.plain("no")
    return t.number(value) if isinstance(value, int | float) else _text(value)


def _without(some: list[Any], others: list[Any]) -> list[Any]:
    return [each for each in some if each not in others]


def _deadline(t: Texts, due: Any) -> str:
    row = Deadline(call_id=0, at=due.at, zone=due.zone, hour_known=due.hour_known)
    when = day_and_hour(t, row)
    return f"{when} – {due.what}" if due.what else when


def _text(value: str | Sequence[str]) -> str:
    said = value if isinstance(value, str) else ", ".join(value)
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"
