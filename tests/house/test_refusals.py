"""Every way of saying no has words of its own, in both languages, that fit over the chat."""

import importlib
import inspect
import pkgutil
from datetime import date, datetime
from functools import cache
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest

import bot.domain
from bot.app import LOCALES
from bot.config import Cluster
from bot.domain.refusals import Refusal
from bot.kit.context import Context, House
from bot.kit.texts import LANGUAGES, Library
from handlers.refusals import words
from storage.people import Person
from tests.conftest import NOW

LIMIT = 200  # characters of a toast
VALUES: dict[Any, Any] = {
    int: 3,
    str: "Tenké vrstvy",
    datetime: NOW,
    datetime | None: NOW,
    date: NOW.date(),
}


def _kinds() -> list[type[Refusal]]:
    for module in pkgutil.walk_packages(bot.domain.__path__, "bot.domain."):
        importlib.import_module(module.name)
    found: list[type[Refusal]] = [Refusal]
    for kind in found:
        found.extend(each for each in kind.__subclasses__() if each not in found)
    return sorted(found[1:], key=lambda kind: kind.__qualname__)


KINDS = _kinds()


def _made(kind: type[Refusal]) -> Refusal:
    """With a value of the right type for everything it wants to know."""
    if kind.__init__ is Exception.__init__:
        return kind()
    wanted = list(inspect.signature(kind.__init__, eval_str=True).parameters.values())[1:]
    known = [each for each in wanted if each.annotation in VALUES]
    return kind(**{each.name: VALUES[each.annotation] for each in known})


@cache
def _house(language: str) -> House:
    library = Library(LOCALES, ZoneInfo("Europe/Prague"), language)
    return House(Cluster(), library, cast(Any, None))


def _said(kind: type[Refusal], language: str) -> str:
    me = Person(id=1, telegram_id=1, language=language, met_at=NOW)
    ctx = Context(_house(language), cast(Any, None), NOW, "u1", me=me, update=cast(Any, None))
    return words(ctx, _made(kind))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__qualname__)
def test_it_has_words_that_fit(kind: type[Refusal], language: str) -> None:
    said = _said(kind, language)
    assert 0 < len(said) <= LIMIT
    assert "<" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_are_worded_alike(language: str) -> None:
    general = _said(Refusal, language)
    said = {kind.__qualname__: _said(kind, language) for kind in KINDS}
    assert [kind for kind, text in said.items() if text == general] == []
    assert len(set(said.values())) == len(said)
