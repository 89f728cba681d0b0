"""What the program says, as it stands in the code, and what the Czech catalogue makes of it."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from bot.app import LOCALES
from tests.house.sources import files, named, tree

ONE = {"plain", "label", "gettext_noop"}  # and `t(…)` itself
MANY = {"n", "plain_n"}
SPEAKERS = {"t", "texts"}  # what `n` and `plain` are asked of
TAG = re.compile(r"</?\w+")


@dataclass(frozen=True)
class Said:
    """A text of the program: its forms in English, and where it stands."""

    forms: tuple[str, ...]
    where: str

    @property
    def key(self) -> str | tuple[str, ...]:
        return self.forms if len(self.forms) > 1 else self.forms[0]


@cache
def czech() -> Catalog:
    with (LOCALES / "cs" / "messages.po").open(encoding="utf-8") as lines:
        return read_po(lines, locale="cs")


@cache
def everything_said() -> tuple[Said, ...]:
    return tuple(
        Said(forms, f"{named(path)}:{call.lineno}")
        for path in files("bot", "handlers")
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call) and (forms := _forms(call))
    )


def unreadable() -> list[str]:
    """Texts that are put together in the code, where no translator would find them."""
    return [
        f"{named(path)}:{call.lineno}"
        for path in files("bot", "handlers")
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call)
        and any(isinstance(text, (ast.JoinedStr, ast.BinOp, ast.IfExp)) for text in _texts(call))
    ]


def _texts(call: ast.Call) -> list[ast.expr]:
    match call.func:
        case ast.Name("t" | "gettext_noop") | ast.Attribute(attr="t" | "gettext_noop"):
            return call.args[:1]
        case ast.Attribute(value, attr) if attr in ONE and _speaks(value):
            return call.args[:1]
        case ast.Attribute(value, attr) if attr in MANY and _speaks(value):
            return call.args[:2]
        case ast.Subscript(value) | ast.Call(ast.Attribute(attr="texts_of") as value):
            return call.args[:1] if _speaks(value) else []
    return []


def _speaks(node: ast.expr) -> bool:
    """`t`, `ctx.t`, `house.texts[…]`, `desk.texts_of(…)`."""
    match node:
        case ast.Name(name) | ast.Attribute(attr=name):
            return name in SPEAKERS or name == "texts_of"
        case ast.Subscript(value) | ast.Call(value):
            return _speaks(value)
    return False


def _forms(call: ast.Call) -> tuple[str, ...]:
    read = [text.value for text in _texts(call) if isinstance(text, ast.Constant)]
    return tuple(text for text in read if isinstance(text, str))


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def tags(text: str) -> list[str]:
    return sorted(TAG.findall(text))


def translations() -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The English forms and the Czech ones of every text in the catalogue."""
    for message in czech():
        if message.id:
            yield _all_of(message.id), _all_of(message.string)


def _all_of(forms: str | Iterable[str | None] | None) -> tuple[str, ...]:
    if forms is None or isinstance(forms, str):
        return (forms or "",)
    return tuple(form or "" for form in forms)
