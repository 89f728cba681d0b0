"""Telegram's HTML: tags to entities, with the very complaints Telegram has about bad markup."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.entities import Entity, MarkupError, byte_offset, narrow, wide
from bot.sandbox.links import link_entity, moment_entity

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "a": "text_link",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
SPACES = " \t\r\n\0\v"
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#(?:x(?P<hex>[0-9a-fA-F]*)|(?P<dec>[0-9]*))|(?P<name>[a-zA-Z]*));?")
PLAIN = re.compile("[^<&]+")


@dataclass
class _Tag:
    name: str
    argument: str
    offset: int
    position: int


def parse(text: str) -> tuple[str, list[Entity]]:
    """Plain text in UTF-16 units and its entities."""
    return _Parser(text).parse()


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._out: list[str] = []
        self._offset = 0
        self._open: list[_Tag] = []
        self._found: list[Entity] = []
        self._has_halves = False

    def parse(self) -> tuple[str, list[Entity]]:
        text = self._text
        while self._at < len(text):
            if plain := PLAIN.match(text, self._at):
                self._at = plain.end()
                self._write(plain.group())
            elif text[self._at] == "&":
                self._write(self._reference() or self._take())
            elif text.startswith("</", self._at):
                self._close_tag()
            else:
                self._open_tag()
        if self._open:
            name = self._open[-1].name
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{name}"')
        return self._checked(), sorted(map(_plain_code, self._found), key=lambda e: e.order)

    def _checked(self) -> str:
        result = "".join(self._out)
        try:
            return wide(narrow(result)) if self._has_halves else result
        except UnicodeDecodeError:
            raise MarkupError(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            ) from None

    def _take(self) -> str:
        self._at += 1
        return self._text[self._at - 1]

    def _write(self, piece: str) -> None:
        units = wide(piece)
        self._out.append(units)
        self._offset += len(units)

    def _peek(self) -> str:
        return self._text[self._at] if self._at < len(self._text) else ""

    def _skip_while(self, wanted: Callable[[str], bool]) -> str:
        start = self._at
        while self._at < len(self._text) and wanted(self._text[self._at]):
            self._at += 1
        return self._text[start : self._at]

    def _skip_spaces(self) -> None:
        self._skip_while(lambda char: char in SPACES)

    def _reference(self) -> str:
        match = REFERENCE.match(self._text, self._at)
        assert match
        character = _decoded(match)
        if character:
            self._at = match.end()
            self._has_halves |= "\ud800" <= character <= "\udfff"
        return character

    def _fail(self, complaint: str, position: int) -> MarkupError:
        return MarkupError(f"{complaint} at byte offset {byte_offset(self._text, position)}")

    def _open_tag(self) -> None:
        begin = self._at
        self._at += 1
        name = self._skip_while(lambda char: char not in SPACES and char != ">").lower()
        if not self._peek():
            raise self._fail("Unclosed start tag", begin)
        if name not in TAGS:
            raise self._fail(f'Unsupported start tag "{name}"', begin)
        argument = ""
        while self._peek() != ">":
            self._skip_spaces()
            if self._peek() == ">":
                break
            key, value = self._attribute(name, begin)
            argument = _argument(name, key, value, argument)
        self._at += 1
        if name == "span" and argument != "spoiler":
            raise self._fail('Tag "span" must have class "tg-spoiler"', begin)
        self._open.append(_Tag(name, argument, self._offset, len(self._out)))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        key = self._skip_while(lambda char: char not in SPACES and char not in "=>/\"'")
        if not key:
            raise self._fail(f'Empty attribute name in the tag "{tag}"', begin)
        self._skip_spaces()
        if not self._peek():
            raise self._fail(f'Unclosed start tag "{tag}"', begin)
        if self._peek() != "=":
            return key, ""
        self._at += 1
        self._skip_spaces()
        if not self._peek():
            raise self._fail(f'Unclosed start tag "{tag}"', begin)
        value = self._quoted() if self._peek() in "'\"" else self._name_token()
        if not self._peek():
            raise self._fail("Unclosed start tag", begin)
        return key, value

    def _name_token(self) -> str:
        begin = self._at
        token = self._skip_while(lambda char: char.isascii() and (char.isalnum() or char in ".-"))
        if self._peek() and self._peek() not in SPACES and self._peek() != ">":
            raise self._fail("Unexpected end of name token", begin)
        return token.lower()

    def _quoted(self) -> str:
        quote = self._take()
        value = ""
        while self._peek() and self._peek() != quote:
            reference = self._reference() if self._peek() == "&" else ""
            value += reference or self._take()
        self._at += bool(self._peek())
        return value

    def _close_tag(self) -> None:
        begin = self._at
        if not self._open:
            raise self._fail("Unexpected end tag", begin)
        self._at += 2
        found = self._skip_while(lambda char: char not in SPACES and char != ">").lower()
        self._skip_spaces()
        if self._peek() != ">":
            raise self._fail("Unclosed end tag", begin)
        self._at += 1
        tag = self._open[-1]
        if found and found != tag.name:
            pair = f'expected "</{tag.name}>", found "</{found}>"'
            raise MarkupError(
                f"Unmatched end tag at byte offset {byte_offset(self._text, begin)}, {pair}"
            )
        self._open.pop()
        if self._offset > tag.offset:
            self._found_entity(tag, self._offset - tag.offset)

    def _found_entity(self, tag: _Tag, length: int) -> None:
        kind, last = TAGS[tag.name], self._found[-1] if self._found else None
        same_place = last and (last.offset, last.length) == (tag.offset, length)
        language = tag.argument if kind == "code" else ""
        if kind == "text_link":
            self._found += link_entity(tag.argument or self._shown(tag), tag.offset, length)
        elif kind == "date_time":
            unix, _, style = tag.argument.partition(" ")
            if unix.isdigit():
                self._found.append(moment_entity(unix, style, tag.offset, length))
        elif kind == "pre" and same_place and last and last.type == "code" and last.extra:
            self._found[-1] = Entity("pre", tag.offset, length, last.extra)
        elif language and same_place and last and last.type == "pre":
            self._found[-1] = Entity("pre", tag.offset, length, (("language", language),))
        else:
            self._found.append(Entity(*_kind_and_extra(kind, tag, length)))

    def _shown(self, tag: _Tag) -> str:
        shown = "".join(self._out[tag.position :])
        return shown if self._has_halves else narrow(shown)


def _kind_and_extra(
    kind: str, tag: _Tag, length: int
) -> tuple[str, int, int, tuple[tuple[str, str], ...]]:
    if kind == "blockquote" and tag.argument:
        return "expandable_blockquote", tag.offset, length, ()
    if kind == "custom_emoji":
        if not tag.argument.isdigit() or not int(tag.argument):
            raise MarkupError("Invalid custom emoji identifier specified")
        return kind, tag.offset, length, (("custom_emoji_id", tag.argument),)
    extra = (("language", tag.argument),) if kind == "code" and tag.argument else ()
    return kind, tag.offset, length, extra


def _argument(tag: str, key: str, value: str, known: str) -> str:
    """What is known of a tag after one more attribute; most attributes mean nothing."""
    match tag, key:
        case ("a", "href") | ("tg-emoji", "emoji-id"):
            return value
        case ("code", "class") if value.startswith("language-"):
            return value.removeprefix("language-")
        case ("span", "class") if value.startswith("tg-"):
            return value.removeprefix("tg-")
        case ("blockquote", "expandable"):
            return "expandable"
        case ("tg-time", "unix"):
            return value + known
        case ("tg-time", "format"):
            return f"{known} {value}"
    return known


def _decoded(match: re.Match[str]) -> str:
    if name := match["name"]:
        return NAMED.get(name, "")
    digits, radix = (match["hex"], 16) if match["hex"] is not None else (match["dec"], 10)
    code = int(digits, radix) if digits else 0
    too_long = match.end() - match.start() - match.group().endswith(";") >= 10
    return "" if code == 0 or code >= 0x10FFFF or too_long else chr(code)


def _plain_code(entity: Entity) -> Entity:
    """A language matters only for `pre` around `code`."""
    return Entity("code", entity.offset, entity.length) if entity.type == "code" else entity
