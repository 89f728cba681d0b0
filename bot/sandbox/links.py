"""Addresses as Telegram takes them: which are usable, and how they are written down."""

import re
from urllib.parse import parse_qsl, urlsplit

from bot.sandbox.entities import Entity, MarkupError

URL = re.compile(
    r"(?:(?P<scheme>https?|tonsite)://)?(?:(?P<user>[^/?#@]*)@)?"
    r"(?P<host>\[[0-9a-fA-F:.]+\]|[^/?#:@]+)(?::(?P<port>\d+))?(?P<rest>[/?#].*)?",
    re.IGNORECASE | re.DOTALL,
)
OWN = re.compile(
    r"(?P<scheme>tg|ton):(?://)?(?P<host>[a-z0-9_-]+)(?P<rest>[/?#].*)?", re.IGNORECASE | re.DOTALL
)
IN_HOST = re.compile(r"(?:[\w.~!$&*+,;='()%-]|[^\x00-\x7f])+")
MOMENT_STYLE = re.compile(r"r|w?[dD]?[tT]?")
BLANK = re.compile(r"[\x00-\x20]")


def link_entity(url: str, offset: int, length: int) -> list[Entity]:
    """The entity a link makes: none when Telegram would silently drop the address."""
    if user := re.fullmatch(r"tg:(?://)?user\?id=(\d+)", url, re.IGNORECASE):
        return [Entity("text_mention", offset, length, (("user_id", int(user[1])),))]
    checked = checked_link(url)
    return [Entity("text_link", offset, length, (("url", checked),))] if checked else []


def emoji_entity(url: str, offset: int, length: int) -> Entity:
    """Markdown's custom emoji and moments of time share a notation."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    where = parts.netloc or parts.path.strip("/")
    if parts.scheme.lower() == "tg" and where == "emoji":
        number = query.get("id", "")
        if number.isdigit() and int(number):
            return Entity("custom_emoji", offset, length, (("custom_emoji_id", number),))
        raise MarkupError("Invalid custom emoji identifier specified")
    if parts.scheme.lower() == "tg" and where == "time":
        return moment_entity(query.get("unix", ""), query.get("format", ""), offset, length)
    raise MarkupError("Invalid tg://emoji or tg://time URL specified")


def moment_entity(unix: str, style: str, offset: int, length: int) -> Entity:
    if not MOMENT_STYLE.fullmatch(style):
        raise MarkupError("Invalid date format used")
    extra = (("date_time_format", style),) if style else ()
    return Entity("date_time", offset, length, (("unix_time", int(unix)), *extra))


def checked_link(url: str) -> str:
    """The address in Telegram's spelling, or "" when it is not one."""
    if own := OWN.fullmatch(url):
        return f"{own['scheme'].lower()}://{own['host'].lower()}{_escaped(own['rest'] or '/')}"
    match = URL.fullmatch(url)
    if not match or not _is_host(match["host"]):
        return ""
    port = match["port"]
    if port and not 1 <= int(port) <= 65_535:
        return ""
    scheme = (match["scheme"] or "http").lower()
    user = f"{match['user']}@" if match["user"] else ""
    place = match["host"].lower() + (f":{int(port)}" if port else "")
    return f"{scheme}://{user}{place}{_path(match['rest'] or '')}"


def _path(rest: str) -> str:
    slash = "" if rest.startswith("/") else "/"
    return slash + _escaped(rest)


def _escaped(rest: str) -> str:
    return BLANK.sub(lambda blank: f"%{ord(blank.group()):02X}", rest)


def _is_host(host: str) -> bool:
    if host.startswith("["):
        return host.count(":") >= 2
    return "." in host and bool(IN_HOST.fullmatch(host)) and host.strip(".") != ""
