"""Answers to somebody who types the bot's name and a few words in any chat."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from telegram import InlineQuery

from bot.kit.screens import Screen

PAGE = 50  # results that Telegram takes in one answer
KEPT = 10  # seconds for which Telegram may show the same person the same answer again
SHORT = 250  # characters of a title or a description


@dataclass(frozen=True)
class Hit:
    """One of the results: how it looks in the list, and the message that it becomes."""

    key: str
    title: str
    about: str
    message: Screen

    @property
    def payload(self) -> dict[str, Any]:
        look = self.message.payload
        content = {
            "message_text": look["text"],
            "parse_mode": look["parse_mode"],
            "link_preview_options": look["link_preview_options"],
        }
        found: dict[str, Any] = {
            "type": "article",
            "id": self.key,
            "title": self.title[:SHORT],
            "description": self.about[:SHORT],
            "input_message_content": content,
        }
        if "reply_markup" in look:
            found["reply_markup"] = look["reply_markup"]
        return found


@dataclass(frozen=True)
class Hits:
    """A page of results; `more` is what the next page is asked for with. `way_in` is a line over
    them that opens the bot: its label, and the token of a start link."""

    results: Sequence[Hit]
    more: str = ""
    way_in: tuple[str, str] | None = None

    def payload(self, query: InlineQuery) -> dict[str, Any]:
        answer: dict[str, Any] = {
            "inline_query_id": query.id,
            "results": [hit.payload for hit in self.results],
            "cache_time": KEPT,
            "is_personal": True,
            "next_offset": self.more,
        }
        if self.way_in is not None:
            label, token = self.way_in
            answer["button"] = {"text": label, "start_parameter": token}
        return answer
