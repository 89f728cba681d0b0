"""A screen is one message: words and buttons. Pressing a button turns it into the next one."""

from dataclasses import dataclass
from typing import Any

from bot.kit.buttons import Rows

TEXT_LIMIT = 4096  # characters after parsing


@dataclass(frozen=True)
class Screen:
    """`text` is Telegram HTML made by `Texts`; `toast` is plain and shown over the chat.

    `fresh` asks for a new message even where the pressed one could be edited.
    """

    text: str
    rows: Rows = ()
    toast: str = ""
    alert: bool = False
    fresh: bool = False

    @property
    def payload(self) -> dict[str, Any]:
        look: dict[str, Any] = {
            "text": str(self.text),
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        }
        if self.rows:
            look["reply_markup"] = {"inline_keyboard": [list(row) for row in self.rows]}
        return look


@dataclass(frozen=True)
class Toast:
    """Words over the chat; the screen stays as it is. An alert waits for a tap."""

    text: str
    alert: bool = False


SILENCE = Toast("")  # what was sent is taken, and nothing is to be said of it
Answer = Screen | Toast | None


def paragraphs(*parts: str) -> str:
    """Join what there is with an empty line between."""
    return "\n\n".join(part for part in parts if part)


def lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)
