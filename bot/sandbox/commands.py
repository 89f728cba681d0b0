"""The menus of commands: set for a scope and a language, found by the narrowest that fits."""

import re
from collections.abc import Iterator
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.request import Request, method, whole_number
from bot.sandbox.world import Bot, Chat, Json, User

NAME = re.compile(r"[a-z0-9_]+")
LANGUAGE = re.compile(r"[a-z]{2}")
WIDE_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
CHAT_SCOPES = ("chat", "chat_administrators", "chat_member")
MAX_COMMANDS = 100


@method
def setMyCommands(ask: Request) -> bool:
    given = ask.structure("commands", "can't parse commands JSON object")
    if not isinstance(given, list):
        raise bad_request("expected an Array of BotCommand")
    if len(given) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    key = _key(ask)
    commands = [_command(item) for item in given]
    kept = ask.bot.profile.commands
    if commands:
        kept[key] = commands
    else:
        kept.pop(key, None)
    return True


@method
def getMyCommands(ask: Request) -> list[Json]:
    return ask.bot.profile.commands.get(_key(ask), [])


@method
def deleteMyCommands(ask: Request) -> bool:
    ask.bot.profile.commands.pop(_key(ask), None)
    return True


def offered_commands(bot: Bot, chat: Chat, person: User) -> list[Json]:
    """What the menu shows this person in this chat."""
    for scope in _scopes(chat, person):
        for language in (person.language_code[:2], ""):
            if commands := bot.profile.commands.get(f"{scope}|{language}"):
                return commands
    return []


def _scopes(chat: Chat, person: User) -> Iterator[str]:
    if chat.type == "private":
        yield from (f"chat:{chat.id}", "all_private_chats", "default")
        return
    is_administrator = chat.status_of(person.id) in ("creator", "administrator")
    yield f"chat_member:{chat.id}:{person.id}"
    if is_administrator:
        yield f"chat_administrators:{chat.id}"
    yield f"chat:{chat.id}"
    if is_administrator:
        yield "all_chat_administrators"
    yield from ("all_group_chats", "default")


def language_code(ask: Request) -> str:
    code = ask.text("language_code")
    if code and not LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code


def _key(ask: Request) -> str:
    return f"{_scope(ask)}|{language_code(ask)}"


def _scope(ask: Request) -> str:
    scope = ask.structure("scope", "can't parse BotCommandScope JSON object")
    if scope is None:
        return "default"
    if not isinstance(scope, dict):
        raise bad_request("can't parse BotCommandScope: BotCommandScope must be an Object")
    kind = scope.get("type")
    if kind in WIDE_SCOPES:
        return str(kind)
    if kind not in CHAT_SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if not scope.get("chat_id"):
        raise bad_request("can't parse BotCommandScope: Empty chat_id specified")
    if ask.sandbox.world.find_chat(ask.bot, whole_number(scope["chat_id"])) is None:
        raise bad_request("chat not found")
    if kind != "chat_member":
        return f"{kind}:{scope['chat_id']}"
    if not scope.get("user_id"):
        raise bad_request("can't parse BotCommandScope: Invalid user_id specified")
    return f"chat_member:{scope['chat_id']}:{scope['user_id']}"


def _command(item: Any) -> Json:
    if not isinstance(item, dict):
        raise bad_request("can't parse BotCommand: BotCommand must be an Object")
    for field in ("command", "description"):
        if field not in item:
            raise bad_request(f"can't parse BotCommand: Can't find field \"{field}\"")
    name, description = str(item["command"]).removeprefix("/"), str(item["description"]).strip()
    if not name:
        raise bad_request("command must be non-empty")
    if len(name) > 32:
        raise bad_request("command length must not exceed 32")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > 256:
        raise bad_request("command description length must not exceed 256")
    if not NAME.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": name, "description": description}
