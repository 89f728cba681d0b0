"""What a request of the control API asks for, and how it is told what cannot be done."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from starlette.requests import Request as HttpRequest

from bot.sandbox.errors import Refused
from bot.sandbox.guard import Problem
from bot.sandbox.people import Person
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import Json, Message


async def any_json(request: HttpRequest) -> Any:
    try:
        return await request.json()
    except (ValueError, RecursionError):
        raise Problem(400, "This is not JSON.") from None


async def json_object(request: HttpRequest) -> Json:
    body = await any_json(request)
    if not isinstance(body, dict):
        raise Problem(400, "A JSON object is expected.")
    return body


def text(body: Json, name: str) -> str:
    value = body.get(name)
    if value in (None, ""):
        raise Problem(400, f"{name} is missing.")
    return str(value)


def number(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        raise Problem(400, f"{value!r} is not a number.") from None


def numbers(body: Json, name: str) -> list[int]:
    given = body.get(name)
    if not isinstance(given, list):
        raise Problem(400, f"{name} is a list of numbers.")
    return [number(one) for one in given]


def names(body: Json, name: str) -> list[str]:
    given = body.get(name)
    if not isinstance(given, list):
        raise Problem(400, f"{name} is a list of names.")
    return [str(one) for one in given]


def topic(given: Any) -> int | None:
    """In which topic of a forum; none is General."""
    return number(given) if given else None


def person(sandbox: Sandbox, request: HttpRequest, chat_id: Any = None) -> Person:
    """Somebody in a chat of theirs; in the private one when none is named."""
    person_id = request.path_params["person_id"]
    if person_id not in sandbox.world.users:
        raise Problem(404, "There is no such person.")
    try:
        found = Person(sandbox, person_id, int(chat_id) if chat_id else None)
    except (KeyError, ValueError):
        raise Problem(404, "There is no such chat.") from None
    if not found.is_there:
        raise Problem(404, "There is no such chat.")
    return found


def message(there: Person, body: Json) -> Message:
    found = there.chat.messages.get(number(text(body, "message_id")))
    if found is None:
        raise Problem(404, "There is no such message.")
    return found


@contextmanager
def explained() -> Iterator[None]:
    """What a person cannot do becomes an answer that says why."""
    try:
        yield
    except PermissionError as error:
        raise Problem(403, _sentence(error)) from None
    except LookupError as error:
        raise Problem(404, _sentence(error)) from None
    except Refused as refused:
        raise Problem(refused.status, refused.description) from None
    except ValueError as error:
        raise Problem(400, _sentence(error)) from None


def _sentence(error: Exception) -> str:
    said = str(error.args[0]) if error.args else ""
    return f"{said[:1].upper()}{said[1:]}."
