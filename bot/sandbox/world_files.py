"""Reads a description of a world: bots, users and chats in a JSON file.

Only a bot's token, and the ids and types of people and chats, have to be there.
"""

import json
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any, TypeVar

from bot.sandbox.records import Bot, Chat, Json, User

Made = TypeVar("Made")

KEYS = ("bots", "users", "chats")
BOT_KEYS = {
    "token": str,
    "id": int,
    "username": str,
    "first_name": str,
    "reads_all_group_messages": bool,
    "inline": bool,
    "inline_feedback": bool,
}
USER_KEYS = {
    "id": int,
    "first_name": str,
    "last_name": str,
    "username": str,
    "language_code": str,
    "role": str,
}
CHAT_KEYS = {
    "id": int,
    "type": str,
    "title": str,
    "first_name": str,
    "last_name": str,
    "username": str,
    "is_forum": bool,
    "owner": int,
    "administrators": list,
    "members": list,
    "description": str,
    "slow_mode": int,
}
CHAT_TYPES = ("private", "group", "supergroup", "channel")


class WorldError(ValueError):
    """A description of the world that cannot be used; says which key and why."""


def read(path: Path) -> tuple[list[Bot], list[User], list[Chat]]:
    try:
        described = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise WorldError(f"{path}: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise WorldError(f"{path} is not JSON: {error}") from None
    if not isinstance(described, dict):
        raise WorldError(f"{path}: an object with {', '.join(KEYS)} is expected")
    if unknown := described.keys() - set(KEYS):
        raise WorldError(f"{min(unknown)}: unknown key; there are {', '.join(KEYS)}")
    bots = _all(described, "bots", BOT_KEYS, _bot)
    users = _all(described, "users", USER_KEYS, _user)
    chats = _all(described, "chats", CHAT_KEYS, _chat)
    if not bots:
        raise WorldError("bots: at least one bot is needed")
    people = {user.id: user for user in users}
    for chat in chats:
        if isinstance(chat, User):
            people.setdefault(chat.id, chat)
    _check_numbers(bots, users, chats, people.keys())
    groups = [chat for chat in chats if isinstance(chat, Chat)]
    for group in groups:
        if not group.people:
            group.administrators = [bot.id for bot in bots]
    return bots, list(people.values()), groups


def _all(
    described: Json, key: str, fields: dict[str, type], make: Callable[[str, Json], Made]
) -> list[Made]:
    items = described.get(key)
    if items is None:
        return []
    if not isinstance(items, list):
        raise WorldError(f"{key}: a list is expected")
    return [
        make(f"{key}[{place}]", _checked(f"{key}[{place}]", item, fields))
        for place, item in enumerate(items)
    ]


def _checked(where: str, item: Any, fields: dict[str, type]) -> Json:
    if not isinstance(item, dict):
        raise WorldError(f"{where}: an object is expected")
    for key in item:
        if key not in fields:
            raise WorldError(f"{where}.{key}: unknown key; there are {', '.join(fields)}")
    given = {key: value for key, value in item.items() if value is not None}
    for key, value in given.items():
        if type(value) is not fields[key]:
            raise WorldError(f"{where}.{key}: {_worded(fields[key])} is expected, not {value!r}")
        if isinstance(value, list) and not all(type(number) is int for number in value):
            raise WorldError(f"{where}.{key}: a list of ids is expected")
    if "username" in given:
        given["username"] = given["username"].removeprefix("@")
    return given


def _bot(where: str, item: Json) -> Bot:
    number, _, secret = _required(where, item, "token").partition(":")
    if not number.isdigit() or not secret:
        raise WorldError(f"{where}.token: something like 42:secret is expected")
    bot = Bot(**item)
    bot.username = item.get("username") or f"sandbox{bot.id}_bot"
    return bot


def _user(where: str, item: Json) -> User:
    if _required(where, item, "id") <= 0:
        raise WorldError(f"{where}.id: people have positive ids")
    return _person(item)


def _person(item: Json) -> User:
    called = {"first_name": item.get("username") or f"User {item['id']}"}
    return User(**{**called, **item}, started=True)


def _chat(where: str, item: Json) -> Chat | User:
    """A private chat is the person in it."""
    kind = _required(where, item, "type")
    if kind not in CHAT_TYPES:
        raise WorldError(f"{where}.type: one of {', '.join(CHAT_TYPES)} is expected")
    if kind == "private":
        known = {key: item[key] for key in item if key in USER_KEYS}
        named = {"first_name": item["title"]} if "title" in item else {}
        return _user(where, {**named, **known})
    if _required(where, item, "id") >= 0:
        raise WorldError(f"{where}.id: groups and channels have negative ids")
    known = {key: item[key] for key in item if key not in ("first_name", "last_name")}
    return Chat(**{"title": item.get("username") or f"Chat {item['id']}", **known})


def _required(where: str, item: Json, key: str) -> Any:
    if not item.get(key):
        raise WorldError(f"{where}.{key}: is missing")
    return item[key]


def _check_numbers(
    bots: list[Bot], users: list[User], chats: list[Chat | User], people: Collection[int]
) -> None:
    known: set[int] = set()
    named: list[tuple[str, Sequence[Bot | User | Chat]]] = [("bots", bots), ("users", users)]
    for key, things in [*named, ("chats", chats)]:
        for place, thing in enumerate(things):
            if key == "chats" and isinstance(thing, User):
                continue
            if thing.id in known:
                raise WorldError(f"{key}[{place}].id: {thing.id} is already taken")
            known.add(thing.id)
    for place, chat in enumerate(chats):
        for field in ("owner", "administrators", "members"):
            value = getattr(chat, field, 0)
            for number in value if isinstance(value, list) else [value]:
                if number and number not in known | set(people):
                    raise WorldError(f"chats[{place}].{field}: nobody has the id {number}")


def _worded(kind: type) -> str:
    words = {str: "a text", int: "a number", bool: "true or false", list: "a list of ids"}
    return words[kind]
