"""Which rights a handler asks for: read from the code it leads to, not from what anybody says."""

import dis
from collections.abc import Callable, Iterator
from functools import cache, partial
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any

from bot.domain.rights import Action
from bot.kit.forms import Form

OURS = ("handlers", "bot.domain", "bot.kit", "storage")
SHARED = ("bot.kit.reception", "bot.kit.routes")  # they lead to every handler there is
BEGINS = ("LOAD_GLOBAL", "LOAD_NAME", "LOAD_DEREF")
GOES_ON = ("LOAD_ATTR", "LOAD_METHOD")


def actions(entry: Callable[..., Any]) -> frozenset[Action]:
    """All that may be asked for on the way from `entry`, in any of its branches."""
    found: set[Action] = set()
    seen: set[FunctionType] = set()
    waiting = [*_functions(entry)]
    while waiting:
        function = waiting.pop()
        if function in seen:
            continue
        seen.add(function)
        for thing in _mentioned(function):
            if isinstance(thing, Action):
                found.add(thing)
            waiting += _functions(thing)
    return frozenset(found)


@cache
def _mentioned(function: FunctionType) -> tuple[Any, ...]:
    """What the names in its body stand for."""
    cells = function.__closure__ or ()
    kept = dict(zip(function.__code__.co_freevars, cells, strict=True))
    known = function.__globals__ | {name: cell.cell_contents for name, cell in kept.items()}
    return tuple(thing for code in _codes(function.__code__) for thing in _meant(code, known))


def _codes(code: CodeType) -> Iterator[CodeType]:
    """It, and what is defined inside it."""
    yield code
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _codes(inner)


def _meant(code: CodeType, known: dict[str, Any]) -> Iterator[Any]:
    thing: Any = None
    for step in dis.get_instructions(code):
        if step.opname in BEGINS:
            thing = known.get(step.argval)
        elif step.opname in GOES_ON and isinstance(thing, ModuleType | type):
            thing = getattr(thing, step.argval, None)
        else:
            thing = None
        if thing is not None:
            yield thing


def _functions(thing: Any) -> Iterator[FunctionType]:
    """Those of ours that are reached through a thing: itself, or what a form or a class holds."""
    if isinstance(thing, FunctionType):
        if thing.__module__.startswith(OURS) and not thing.__module__.startswith(SHARED):
            yield thing
    elif isinstance(thing, MethodType):
        yield from _functions(thing.__func__)
    elif isinstance(thing, partial):
        yield from _functions(thing.func)
    else:
        yield from (function for part in _parts(thing) for function in _functions(part))


def _parts(thing: Any) -> tuple[Any, ...]:
    match thing:
        case Form(questions=asked, done=done, left=left):
            inner = (part for each in asked for part in (each.ask, each.read, each.each))
            return (*inner, done, left)
        case type() if thing.__module__.startswith(OURS):
            return tuple(each for each in vars(thing).values() if isinstance(each, FunctionType))
        case dict():
            return tuple(each for each in thing.values() if callable(each))
        case tuple() | list():
            return tuple(each for each in thing if callable(each))
    return ()
