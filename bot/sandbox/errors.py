"""How the Bot API says no, and what a caller sees when the connection itself fails."""

import math
from typing import Any


class Refused(Exception):
    """An answer with `ok: false`."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    @property
    def body(self) -> dict[str, Any]:
        body = {"ok": False, "error_code": self.status, "description": self.description}
        return {**body, "parameters": self.parameters} if self.parameters else body


class Flooded(Refused):
    """Too much was sent; for so many `seconds` no more of it is taken."""

    def __init__(self, seconds: float) -> None:
        wait = math.ceil(seconds)
        super().__init__(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
        self.seconds = seconds


class NotConnected(ConnectionRefusedError):
    """The connection was refused: the call never reached the server."""


class ConnectionCut(ConnectionResetError):
    """The connection broke after the call had its effect, before the answer."""


def bad_request(text: str, **parameters: int) -> Refused:
    return Refused(400, f"Bad Request: {_lowered(text)}", **parameters)


def forbidden(text: str) -> Refused:
    return Refused(403, f"Forbidden: {text}")


def conflict(text: str) -> Refused:
    return Refused(409, f"Conflict: {text}")


def too_many_requests(seconds: int) -> Refused:
    return Refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def too_large(length: int) -> Refused:
    return Refused(413, f"Request Entity Too Large: content length is {length}")


def _lowered(text: str) -> str:
    """Telegram lower-cases the first letter unless the word is a code like MESSAGE_TOO_LONG."""
    is_code = len(text) > 1 and (text[1] == "_" or text[1].isupper())
    return text if is_code else text[:1].lower() + text[1:]
