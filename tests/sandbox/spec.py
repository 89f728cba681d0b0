"""Telegram's own description of its methods and types, and whether an answer fits it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bot.sandbox

FILE = Path(bot.sandbox.__file__).parent / "spec.json"
SPEC: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
METHODS: dict[str, dict[str, Any]] = SPEC["methods"]
TYPES: dict[str, Any] = SPEC["types"]
PLAIN: dict[str, tuple[type, ...]] = {
    "String": (str,),
    "Integer": (int,),
    "Float": (int, float),
}


def required(method: str) -> list[str]:
    return [name for name in METHODS[method]["parameters"] if not name.endswith("?")]


def structured(method: str) -> list[str]:
    """The parameters that are objects or lists."""
    given = METHODS[method]["parameters"].items()
    plain = {*PLAIN, "Boolean", "InputFile", "True"}
    return [name.removesuffix("?") for name, kind in given if not plain & set(kind.split(" | "))]


def faults(value: Any, kind: str, where: str = "result") -> Iterator[str]:
    """What does not fit the type, and where."""
    kinds = kind.split(" | ")
    if len(kinds) > 1:
        yield from _one_of(value, kinds, where)
    elif kind.startswith("Array of "):
        if not isinstance(value, list):
            yield f"{where} is no list"
            return
        for place, item in enumerate(value):
            yield from faults(item, kind.removeprefix("Array of "), f"{where}[{place}]")
    elif kind.startswith("="):
        if value != kind[1:]:
            yield f"{where} is {value!r}, not {kind[1:]!r}"
    elif kind in ("Boolean", "True"):
        if not isinstance(value, bool) or (kind == "True" and not value):
            yield f"{where} is {value!r}, not a {kind}"
    elif kind in PLAIN:
        if not isinstance(value, PLAIN[kind]) or isinstance(value, bool):
            yield f"{where} is {value!r}, not a {kind}"
    else:
        yield from _object(value, kind, where)


def _one_of(value: Any, kinds: list[str], where: str) -> Iterator[str]:
    tried = [list(faults(value, kind, where)) for kind in kinds]
    if all(tried):
        yield min(tried, key=len)[0]


def _object(value: Any, kind: str, where: str) -> Iterator[str]:
    described = TYPES[kind]
    if isinstance(described, list):
        yield from _one_of(value, described, where)
        return
    if not isinstance(value, dict):
        yield f"{where} is no {kind}"
        return
    fields = {name.removesuffix("?"): of for name, of in described.items()}
    for name, of in described.items():
        if not name.endswith("?") and name not in value:
            yield f"{where}.{name} is missing from {kind}"
        elif (field := name.removesuffix("?")) in value:
            yield from faults(value[field], of, f"{where}.{field}")
    yield from (f"{where}.{name} is unknown to {kind}" for name in value if name not in fields)


def named_types() -> set[str]:
    """Every type that a method or another type speaks of."""
    spoken = [method["returns"] for method in METHODS.values()]
    for described in TYPES.values():
        spoken += described if isinstance(described, list) else described.values()
    words = {word for text in spoken for word in re.findall(r"[A-Z]\w+", text) if text[0] != "="}
    return words - {*PLAIN, "Array", "Boolean", "True"}
