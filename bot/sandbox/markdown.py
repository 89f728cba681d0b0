"""Telegram's MarkdownV2: marks to entities, with Telegram's complaints about bad markup."""

from dataclasses import dataclass

from bot.sandbox.entities import Entity, MarkupError, byte_offset, narrow, wide
from bot.sandbox.html import SPACES
from bot.sandbox.links import emoji_entity, link_entity

RESERVED = set("_*[]()~`>#+-=|{}.!\n")
MARKS = {
    "bold": "*",
    "italic": "_",
    "underline": "__",
    "strikethrough": "~",
    "spoiler": "||",
    "code": "`",
    "pre": "```",
    "text_link": "]",
    "custom_emoji": "]",
}
NAMES = {
    "text_link": "TextUrl",
    "pre": "Pre",
    "custom_emoji": "CustomEmoji",
    "blockquote": "BlockQuote",
}


@dataclass
class _Mark:
    kind: str
    offset: int
    position: int
    language: str = ""


def parse(text: str) -> tuple[str, list[Entity]]:
    """Plain text in UTF-16 units and its entities."""
    return _Parser(text).parse()


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._out: list[str] = []
        self._offset = 0
        self._open: list[_Mark] = []
        self._found: list[Entity] = []
        self._in_quote = False

    def parse(self) -> tuple[str, list[Entity]]:
        while self._at < len(self._text):
            char = self._text[self._at]
            if char == "\\" and "\0" < self._next(1) <= "~":
                self._write(self._next(1))
                self._at += 2
            elif char not in (RESERVED if not self._in_code else "`"):
                self._write(char)
                self._at += 1
            elif self._open and self._ends_here(char):
                self._end(char)
            else:
                self._begin(char)
        self._end_quote_with_text()
        if self._open:
            raise self._endless(self._open[-1])
        return "".join(self._out), sorted(self._found, key=lambda entity: entity.order)

    @property
    def _in_code(self) -> bool:
        return bool(self._open) and self._open[-1].kind in ("code", "pre")

    def _next(self, ahead: int) -> str:
        return self._text[self._at + ahead : self._at + ahead + 1]

    def _starts(self, mark: str) -> bool:
        return self._text.startswith(mark, self._at)

    def _write(self, piece: str) -> None:
        units = wide(piece)
        self._out.append(units)
        self._offset += len(units)

    def _endless(self, mark: _Mark) -> MarkupError:
        kind = "PreCode" if mark.language else NAMES.get(mark.kind, mark.kind.capitalize())
        place = byte_offset(self._text, mark.position)
        return MarkupError(f"Can't find end of {kind} entity at byte offset {place}")

    def _ends_here(self, char: str) -> bool:
        if self._in_quote and char == "\n" and self._next(1) != ">":
            return True
        kind = self._open[-1].kind
        if self._in_quote and self._quote_ends_with_bars():
            return True
        if kind == "blockquote":
            return False
        if kind == "italic":
            return char == "_" and self._next(1) != "_"
        return self._starts(MARKS[kind])

    def _quote_stops_after_bars(self) -> bool:
        return self._next(2) in ("", "\n") and self._next(3) != ">"

    def _quote_ends_with_bars(self) -> bool:
        return self._starts("||") and self._quote_stops_after_bars()

    def _begin(self, char: str) -> None:
        position = self._at
        if char == "\n" or (char == ">" and self._at_line_start):
            self._begin_line(char)
            return
        if self._starts("**>") and not self._in_quote and self._text[:position][-1:] in ("", "\n"):
            self._at += 3
            self._open_quote(position)
            return
        kind = self._kind_beginning(char)
        if kind is None:
            raise MarkupError(
                f"Character '{char}' is reserved and must be escaped with the preceding '\\'"
            )
        self._at += 2 if kind == "custom_emoji" else len(MARKS[kind])
        self._at -= kind == "text_link" and len(MARKS[kind]) - 1
        language = self._language() if kind == "pre" else ""
        self._open.append(_Mark(kind, self._offset, position, language))

    def _kind_beginning(self, char: str) -> str | None:
        if self._starts("!["):
            return "custom_emoji"
        for mark, kind in (("```", "pre"), ("__", "underline"), ("||", "spoiler")):
            if self._starts(mark):
                return kind
        single = {"_": "italic", "*": "bold", "~": "strikethrough", "`": "code", "[": "text_link"}
        return single.get(char)

    @property
    def _at_line_start(self) -> bool:
        return not self._out or self._out[-1] == "\n"

    def _begin_line(self, char: str) -> None:
        position = self._at
        if char == "\n":
            self._write("\n")
            self._at += 1
        if self._starts(">"):
            self._at += 1
            if not self._in_quote:
                self._open_quote(position)

    def _open_quote(self, position: int) -> None:
        self._in_quote = True
        self._open.append(_Mark("blockquote", self._offset, position))

    def _language(self) -> str:
        end = self._at
        while end < len(self._text) and self._text[end] not in SPACES + "`":
            end += 1
        language = ""
        if self._at != end and self._text[end : end + 1] not in ("", "`"):
            language = self._text[self._at : end]
            self._at = end
        if self._next(0) in ("\n", "\r"):
            is_pair = self._next(1) in ("\n", "\r") and self._next(0) != self._next(1)
            self._at += 2 if is_pair else 1
        return language

    def _end(self, char: str) -> None:
        mark = self._open[-1]
        bars_too_early = self._in_quote and self._quote_ends_with_bars() and mark.kind != "spoiler"
        if mark.kind != "blockquote" and (char == "\n" or bars_too_early):
            raise self._endless(mark)
        self._open.pop()
        length = self._offset - mark.offset
        if mark.kind == "blockquote":
            self._end_quote(mark, char)
            return
        self._at += len(MARKS[mark.kind])
        if mark.kind == "text_link":
            self._end_link(mark, length)
        elif mark.kind == "custom_emoji":
            self._end_emoji(mark, length)
        elif length:
            extra = (("language", mark.language),) if mark.language else ()
            self._found.append(Entity(mark.kind, mark.offset, length, extra))

    def _end_quote(self, mark: _Mark, char: str) -> None:
        self._in_quote = False
        kind = mark.kind
        if char == "|":
            kind = "expandable_blockquote"
            self._at += 2
        if self._starts("\n"):
            self._write("\n")
            self._at += 1
        if length := self._offset - mark.offset:
            self._found.append(Entity(kind, mark.offset, length))

    def _end_quote_with_text(self) -> None:
        if self._open and self._open[-1].kind == "blockquote":
            self._end_quote(self._open.pop(), "")

    def _end_link(self, mark: _Mark, length: int) -> None:
        if self._starts("("):
            url = self._address()
        else:
            url = narrow("".join(self._out))[-length:] if length else ""
        if length:
            self._found += link_entity(url, mark.offset, length)

    def _end_emoji(self, mark: _Mark, length: int) -> None:
        if not self._starts("("):
            raise MarkupError("The entity must contain a tg://emoji or tg://time URL")
        entity = emoji_entity(self._address(), mark.offset, length)
        if length:
            self._found.append(entity)

    def _address(self) -> str:
        self._at += 1
        begin = self._at
        url = ""
        while self._next(0) not in ("", ")"):
            self._at += self._next(0) == "\\" and "\0" < self._next(1) <= "~"
            url += self._next(0)
            self._at += 1
        if not self._next(0):
            place = byte_offset(self._text, begin)
            raise MarkupError(f"Can't find end of a URL at byte offset {place}")
        self._at += 1
        return url
