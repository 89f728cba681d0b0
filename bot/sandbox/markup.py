"""Keyboards under messages: what Telegram accepts and how it gives them back."""

from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.links import checked_link
from bot.sandbox.request import Request
from bot.sandbox.world import Chat, Json

MAX_DATA_BYTES = 64
MAX_BUTTONS = 100
ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
REPLY_KINDS = ("keyboard", "remove_keyboard", "force_reply")


def reply_markup(ask: Request) -> Json | None:
    """The markup as it will be shown; None when there is none."""
    given = ask.structure("reply_markup", "can't parse reply keyboard markup JSON object")
    if given is None:
        return None
    if not isinstance(given, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in given:
        rows = _rows(given["inline_keyboard"], "inline_keyboard", "InlineKeyboardMarkup")
        keyboard = [[_inline_button(button) for button in row] for row in rows]
        kept = [row for row in keyboard if row]
        return {"inline_keyboard": kept} if kept else None
    if "keyboard" in given:
        rows = _rows(given["keyboard"], "keyboard", "ReplyKeyboardMarkup")
        return {**given, "keyboard": [[_reply_button(button) for button in row] for row in rows]}
    return given if any(given.get(kind) for kind in REPLY_KINDS) else None


def inline_markup(ask: Request) -> Json | None:
    """The markup of an edit, where only an inline keyboard will do."""
    markup = reply_markup(ask)
    if markup and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup


def check_at_server(markup: Json | None, chat: Chat) -> None:
    """What Telegram's servers refuse only once the chat has been found."""
    buttons = [one for row in (markup or {}).get("inline_keyboard", []) for one in row]
    if len(buttons) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    for button in buttons:
        data = button.get("callback_data")
        if data is not None and not 1 <= len(data.encode()) <= MAX_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
        if chat.type != "private" and "web_app" in button:
            raise bad_request("BUTTON_TYPE_INVALID")


def _rows(rows: Any, field: str, kind: str) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{field}" of the {kind} must be an Array of Arrays')
    return rows


def _reply_button(button: Any) -> Json:
    described = {"text": button} if isinstance(button, str) else button
    if not isinstance(described, dict):
        raise bad_request("can't parse keyboard button: KeyboardButton must be an Object")
    if not described.get("text"):
        raise bad_request("keyboard button text must be non-empty")
    return described


def _inline_button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise bad_request(
            "can't parse inline keyboard button: InlineKeyboardButton must be an Object"
        )
    if "text" not in button:
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if not str(button["text"]).strip():
        raise bad_request("inline keyboard button text must be non-empty")
    action = next((name for name in ACTIONS if name in button), None)
    if action is None:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    look = {key: button[key] for key in ("icon_custom_emoji_id", "style") if key in button}
    return {"text": str(button["text"]), **look, action: _action(action, button[action])}


def _action(name: str, value: Any) -> Any:
    if name == "url":
        checked = checked_link(str(value))
        if not checked:
            raise bad_request(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
        return checked
    if name == "web_app":
        url = str(value.get("url", "")) if isinstance(value, dict) else ""
        if not checked_link(url).startswith("https://"):
            complaint = "Only HTTPS links are allowed"
            raise bad_request(
                f"inline keyboard button Web App URL '{url}' is invalid: {complaint}"
            )
        return {"url": url}
    return str(value) if name == "callback_data" else value
