"""Answers to somebody who types the bot's name and a few words in any chat."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from telegram import InlineQuery

from bot.kit.screens import Screen

PAGE = 50  # results that Telegram takes in one answer
KEPT = 10  # seconds for which Telegram may show the same person the same answer again
SHORT = 250  # characters of a title or a description
DIGITS = 4  # of a place in a list of results


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


Answer = Callable[[str], Awaitable[Hits]]  # by a feature's own mark of a page


def start_of(at: str) -> int:
    """Where a page begins that is marked by a number; what is no number begins anew."""
    return int(at) if at.isdecimal() and len(at) <= DIGITS else 0


async def together(answers: Sequence[Answer], at: str) -> Hits:
    """One feature's results after another's. A page is marked by the feature that it begins with
    and by that feature's own mark: `1.50`."""
    turn, _, own = at.rpartition(".")
    number = start_of(turn)
    found: list[Hit] = []
    way_in: tuple[str, str] | None = None
    for place in range(number, len(answers)):
        hits = await answers[place](own)
        if found and len(found) + len(hits.results) > PAGE:
            return Hits(found, f"{place}.{own}")
        found += hits.results
        way_in = way_in or hits.way_in
        if hits.more:
            return Hits(found, f"{place}.{hits.more}")
        own = ""
    return Hits(found, way_in=None if found else way_in)
