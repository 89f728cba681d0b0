"""A call's values as they are kept in changes and proposals: plain, and back again."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import blake2b
from typing import Any

from bot.domain.calls.found import Due, Found
from storage.calls.records import Basis, Deadline, GrantCall, Kind, Purpose, State

DEADLINES, GUESSES = "deadlines", "guesses"
TITLE, DESCRIPTION, LINK, STATE = "title", "description", "link", "state"
MOMENTS = frozenset({"announced_at", "opens_at"})
NAMES: dict[str, type[StrEnum]] = {
    "kind": Kind,
    STATE: State,
    "basis": Basis,
    "purpose": Purpose,
}
# What sources may say of a call, in the order in which a change is told of.
FIELDS = (
    STATE,
    "opens_at",
    "announced_at",
    "continuous",
    "budget",
    "support_least",
    "support_most",
    "basis",
    "currency",
    "rate",
    "applicants",
    "regions",
    "regions_out",
    "purpose",
    "czech_money",
    "partners",
    "partners_note",
    "trl_least",
    "trl_most",
    "kind",
    "programme",
    "provider",
)


def plain(value: Any) -> Any:
    """As JSON holds it. Moments are ISO in UTC, lists of words are sorted, deadlines as below."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Due):
        at = plain(value.at)
        return {"at": at, "zone": value.zone, "hour_known": value.hour_known, "what": value.what}
    if isinstance(value, list | tuple | set | frozenset):
        items = [plain(each) for each in value]
        return sorted(items, key=_order)
    return value


def typed(field: str, value: Any) -> Any:
    """What `plain` has made plain, as a call holds it; `deadlines` are a list of `Due`."""
    if field == DEADLINES:
        return [Due(**{**each, "at": datetime.fromisoformat(each["at"])}) for each in value]
    if value is None:
        return None
    if field in MOMENTS:
        return datetime.fromisoformat(value)
    return NAMES[field](value) if field in NAMES else value


def says(value: Any) -> bool:
    """Whether a source that gives this says anything at all."""
    return value is not None and value not in ("", [], ())


def of_call(call: GrantCall, field: str) -> Any:
    """The present value, plain. What nobody has said is None."""
    value = plain(getattr(call, field))
    if field == "continuous":
        return value or None
    return value if says(value) else None


def of_deadlines(deadlines: Iterable[Deadline]) -> list[Any]:
    return plain([due_of(each) for each in deadlines])  # type: ignore[no-any-return]


def due_of(deadline: Deadline) -> Due:
    return Due(deadline.at, deadline.zone, deadline.hour_known, deadline.what)


def said(found: Found) -> dict[str, Any]:
    """What a source says, plain, field by field; a description by its digest alone."""
    told = {field: plain(found.fields[field]) for field in FIELDS if field in found.fields}
    told = {field: value for field, value in told.items() if says(value)}
    told[TITLE] = found.title
    if found.link:
        told[LINK] = found.link
    if found.description:
        told[DESCRIPTION] = mark(found.description)
    if found.deadlines:
        told[DEADLINES] = plain(found.deadlines)
    if found.guesses:
        told[GUESSES] = {each.field: plain(each.value) for each in found.guesses}
    return told


def digest(found: Found, says: Mapping[str, Any]) -> str:
    """Two readings with the same digest say the same. `says` is what `said` has made of it."""
    snippets = [each.snippet for each in found.guesses]
    whole = [found.code, found.language, says, snippets]
    return mark(json.dumps(whole, sort_keys=True, ensure_ascii=False))


def mark(text: str) -> str:
    """Short, and the same for the same text only."""
    return blake2b(text.encode(errors="replace"), digest_size=12).hexdigest()


def _order(value: Any) -> tuple[str, str]:
    if isinstance(value, dict):
        return str(value.get("at", "")), str(value.get("what", ""))
    return str(value), ""
