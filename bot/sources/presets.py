"""Settings of sources that are known already; a source names one of them as its `preset`."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from bot.domain.calls.found import Unreadable

TABLES = ("fields", "columns", "labels", "states", "detail", "query")
LISTS = ("include", "exclude", "cut", "languages", "types", "statuses", "programmes")
TEXTS = ("preset", "item", "link", "next", "where", "zone", "sheet", "remove", "keyword", "period")


def _is_table(value: object) -> bool:
    return isinstance(value, Mapping)


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


KINDS: Sequence[tuple[str, Callable[[object], bool], Sequence[str]]] = (
    ("a table", _is_table, TABLES),
    ("a list of words", _is_list, LISTS),
    ("a text", _is_text, TEXTS),
)
KNOWN = Path(__file__).with_name("presets.toml")


@cache
def zones() -> frozenset[str]:
    return frozenset(available_timezones())


@cache
def presets() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(KNOWN.read_text("utf-8"))


def settled(settings: Mapping[str, Any]) -> dict[str, Any]:
    """A preset with the source's own settings over it. Raises `Unreadable` for what is none."""
    _check(settings)
    name = settings.get("preset")
    if name is None:
        return dict(settings)
    if name not in presets():
        raise Unreadable(f"there is no preset {name}; there are {', '.join(sorted(presets()))}")
    return _over(presets()[name], {key: settings[key] for key in settings if key != "preset"})


def _check(settings: Mapping[str, Any]) -> None:
    for described, fits, names in KINDS:
        for name in names:
            if name in settings and not fits(settings[name]):
                raise Unreadable(f"its setting {name} is not {described}")
    if "detail" in settings:
        _check(settings["detail"])
    if settings.get("zone", "UTC") not in zones():
        raise Unreadable(f"there is no zone {settings['zone']}")


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Tables are put together key by key."""
    return {**below} | {
        key: _over(below[key], value)
        if isinstance(value, Mapping) and isinstance(below.get(key), Mapping)
        else value
        for key, value in above.items()
    }


def constant(settings: Mapping[str, Any]) -> dict[str, Any]:
    """What is true of every call of a source."""
    return {"kind": "national", **settings.get("fields", {})}
