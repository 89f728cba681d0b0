"""What Telegram recognises in plain text by itself: commands, mentions, hashtags, addresses."""

import re
from collections.abc import Iterator

from bot.sandbox.entities import Entity
from bot.sandbox.top_domains import TOP_DOMAINS

TRIGGERS = re.compile(r"[/@#$.]")
COMMAND = re.compile(r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/<>@])")
MENTION = re.compile(r"(?<!\w)@[a-zA-Z0-9_]{2,32}(?!\w)")
TAG = r"[\w\u200c\u00b7]"
AT_CHAT = r"(?:@[a-zA-Z0-9_]{3,32}(?!\w))?"
HASHTAG = re.compile(rf"(?<!{TAG})#(?={TAG}*[^\W\d_]){TAG}{{1,256}}+(?!#){AT_CHAT}")
CASHTAG = re.compile(r"(?<![\w$])\$(?:1INCH|[A-Z]{1,8}+)(?![\w$])" + AT_CHAT)
LABEL = r"[a-zA-Z0-9_~\u00c0-\u1fff\u200c\u200d\u2010-\u2015\u2070-\u2fff\u3001-\uffff-]"
URL = re.compile(
    r"(?P<scheme>(?<![a-zA-Z0-9])(?:https?|ftp)://)?"
    r"(?P<user>[^\s/\[\]{}()'`<>\"@«»]+@)?"
    rf"(?P<domain>{LABEL}+(?:\.{LABEL}+)+)(?P<port>:\d{{1,5}}+(?!\d))?"
    r"(?P<path>[/?#][^\s<>\"«»]*)?",
    re.IGNORECASE,
)
EMAIL = re.compile(
    r"(?:[a-z0-9_-]{0,26}[.+]){0,10}[a-z0-9_-]{1,35}"
    r"@(?:[a-z0-9](?:[a-z0-9_-]{0,28}[a-z0-9])?\.){1,6}[a-z]{2,8}",
    re.IGNORECASE,
)
SHORT_MENTIONS = ("@gif", "@vid", "@pic")
BAD_ENDS = ".:;,('?!`"
PAIRS = {")": "(", "]": "[", "}": "{"}


def found_entities(units: str) -> list[Entity]:
    """The recognised parts in order; where two overlap, the one that begins first stays."""
    if not TRIGGERS.search(units):
        return []
    found = [*_addresses(units), *_marks(units)]
    found.sort(key=lambda entity: entity.order)
    kept: list[Entity] = []
    for entity in found:
        if not kept or entity.offset >= kept[-1].end:
            kept.append(entity)
    return kept


def _marks(units: str) -> Iterator[Entity]:
    patterns = {
        "bot_command": COMMAND,
        "mention": MENTION,
        "hashtag": HASHTAG,
        "cashtag": CASHTAG,
    }
    for kind, pattern in patterns.items():
        for match in pattern.finditer(units):
            text = match.group()
            too_short = kind == "mention" and len(text) < 5 and text.lower() not in SHORT_MENTIONS
            if not too_short:
                yield Entity(kind, match.start(), len(text))


def _addresses(units: str) -> Iterator[Entity]:
    for match in URL.finditer(units):
        before = units[: match.start()][-1:]
        if not match["scheme"] and (before.isalnum() or (before and before in "_/#@")):
            continue
        if EMAIL.fullmatch(match.group()):
            yield Entity("email", match.start(), len(match.group()))
        elif _is_address(match):
            yield Entity("url", match.start(), len(_shortened(match)))


def _is_address(match: re.Match[str]) -> bool:
    parts = match["domain"].split(".")
    if any(not part or len(part) > 63 or part.endswith("-") for part in parts):
        return False
    if all(part.isdigit() for part in parts):
        return len(parts) == 4 and all(_is_octet(part) for part in parts)
    last = parts[-1]
    if len(last) < 2 or "_" in last or "-" in last or "_" in parts[-2]:
        return False
    return bool(match["scheme"]) or last.lower() in TOP_DOMAINS


def _is_octet(part: str) -> bool:
    return len(part) <= 3 and int(part) <= 255 and (part == "0" or not part.startswith("0"))


def _shortened(match: re.Match[str]) -> str:
    """Without the punctuation that follows an address in a sentence."""
    text, path = match.group(), match["path"] or ""
    depth = dict.fromkeys(PAIRS.values(), 0)
    end = 0
    for char in path:
        if char in depth:
            depth[char] += 1
        elif char in PAIRS:
            depth[PAIRS[char]] -= 1
            if depth[PAIRS[char]] < 0:
                break
        end += 1
    kept = path[:end].rstrip(BAD_ENDS)
    return text[: len(text) - len(path)] + kept
