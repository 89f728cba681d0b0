"""What a bot tells of itself: name, descriptions, menu button."""

from typing import Any

from bot.sandbox.commands import language_code
from bot.sandbox.errors import bad_request
from bot.sandbox.links import checked_link
from bot.sandbox.request import Request, method
from bot.sandbox.world import Bot, Json

MAX_NAME = 64
MAX_DESCRIPTION = 512
MAX_SHORT_DESCRIPTION = 120


@method
def setMyName(ask: Request) -> bool:
    return _set(ask, "name", MAX_NAME, "BOT_TITLE_INVALID")


@method
def setMyDescription(ask: Request) -> bool:
    return _set(ask, "description", MAX_DESCRIPTION, "BOT_DESCRIPTION_INVALID")


@method
def setMyShortDescription(ask: Request) -> bool:
    return _set(ask, "short_description", MAX_SHORT_DESCRIPTION, "BOT_ABOUT_INVALID")


@method
def getMyName(ask: Request) -> Json:
    return {"name": told(ask.bot, "name", language_code(ask)) or ask.bot.first_name}


@method
def getMyDescription(ask: Request) -> Json:
    return {"description": told(ask.bot, "description", language_code(ask))}


@method
def getMyShortDescription(ask: Request) -> Json:
    return {"short_description": told(ask.bot, "short_description", language_code(ask))}


@method
def setChatMenuButton(ask: Request) -> bool:
    given = ask.structure("menu_button", "can't parse menu button JSON object")
    button = {"type": "default"} if given is None else _menu_button(given)
    ask.bot.profile.menu_buttons[_menu_chat(ask)] = button
    ask.sandbox.events.publish("people")
    return True


@method
def getChatMenuButton(ask: Request) -> Json:
    """As it was set; for everybody the commands, until another button is chosen."""
    chat_id = _menu_chat(ask)
    if chat_id:
        return ask.bot.profile.menu_buttons.get(chat_id, {"type": "default"})
    return menu_button(ask.bot, 0)


def menu_button(bot: Bot, chat_id: int) -> Json:
    buttons = bot.profile.menu_buttons
    own = buttons.get(chat_id, {"type": "default"})
    if own["type"] != "default":
        return own
    return buttons.get(0, {"type": "commands"})


def told(bot: Bot, what: str, language: str) -> str:
    texts: dict[str, str] = getattr(bot.profile, what)
    return texts.get(language) or texts.get("", "")


def _set(ask: Request, what: str, longest: int, complaint: str) -> bool:
    text, language = ask.text(what).strip(), language_code(ask)
    if len(text) > longest:
        raise bad_request(complaint)
    texts: dict[str, str] = getattr(ask.bot.profile, what)
    texts[language] = text
    if what == "name" and not language:
        ask.bot.first_name = text or ask.bot.first_name
    ask.sandbox.events.publish("people")
    return True


def _menu_chat(ask: Request) -> int:
    if not ask.has("chat_id"):
        return 0
    chat_id = ask.integer("chat_id")
    if chat_id <= 0:
        raise bad_request("invalid chat_id specified")
    if chat_id not in ask.sandbox.world.users:
        raise bad_request("user not found")
    return chat_id


def _menu_button(given: Any) -> Json:
    if not isinstance(given, dict):
        raise bad_request("can't parse menu button: MenuButton must be an Object")
    kind = given.get("type")
    if kind in ("default", "commands"):
        return {"type": kind}
    if kind != "web_app":
        raise bad_request("can't parse menu button: MenuButton has unsupported type")
    text = str(given.get("text", "")).strip()
    if not text:
        raise bad_request("menu button text must be non-empty")
    app = given.get("web_app")
    url = str(app.get("url", "")) if isinstance(app, dict) else ""
    if not checked_link(url).startswith("https://"):
        raise bad_request(
            f"menu button Web App URL '{url}' is invalid: Only HTTPS links are allowed"
        )
    return {"type": "web_app", "text": text, "web_app": {"url": url}}
