"""Telegram's first Markdown: no nesting, few escapes."""

from bot.sandbox.entities import Entity, MarkupError, byte_offset, narrow, wide
from bot.sandbox.html import SPACES
from bot.sandbox.links import link_entity

KINDS = {"_": "italic", "*": "bold", "`": "code"}


def parse(text: str) -> tuple[str, list[Entity]]:
    """Plain text in UTF-16 units and its entities."""
    out, found, at = "", [], 0
    while at < len(text):
        char = text[at]
        if char == "\\" and text[at + 1 : at + 2] in ("_", "*", "`", "["):
            out += text[at + 1]
            at += 2
        elif char in "_*`[":
            at, inner, entities = _entity(text, at, len(out))
            out += inner
            found += entities
        else:
            out += wide(char)
            at += 1
    return out, found


def _entity(text: str, begin: int, offset: int) -> tuple[int, str, list[Entity]]:
    """Where the text goes on, what is written, and the entity around it, if any."""
    is_pre = text.startswith("```", begin)
    start, language = _pre_start(text, begin + 3) if is_pre else (begin + 1, "")
    closing = "```" if is_pre else {"[": "]"}.get(text[begin], text[begin])
    end = text.find(closing, start)
    if end < 0:
        place = byte_offset(text, begin)
        raise MarkupError(f"Can't find end of the entity starting at byte offset {place}")
    inner, after = wide(text[start:end]), end + len(closing)
    if text[begin] == "[":
        url = narrow(inner)
        if text[after : after + 1] == "(":
            url, after = _address(text, after + 1)
        entities = link_entity(url, offset, len(inner)) if inner else []
        return (after if inner else end + 1), inner, entities
    extra = (("language", language),) if language else ()
    kind = "pre" if is_pre else KINDS[text[begin]]
    return after, inner, [Entity(kind, offset, len(inner), extra)] if inner else []


def _pre_start(text: str, start: int) -> tuple[int, str]:
    end = start
    while end < len(text) and text[end] not in SPACES + "`":
        end += 1
    language = ""
    if start != end and text[end : end + 1] not in ("", "`"):
        language, start = text[start:end], end
    if text[start : start + 1] in ("\n", "\r"):
        is_pair = text[start : start + 2] in ("\n\r", "\r\n")
        start += 2 if is_pair else 1
    return start, language


def _address(text: str, start: int) -> tuple[str, int]:
    end = text.find(")", start)
    return (text[start:], len(text)) if end < 0 else (text[start:end], end + 1)
