"""Which adapter reads which form of source.

An adapter is a module with two functions: `request` asks for a page, `read` takes what was
answered for a `Told`. One that needs the page of each call as well has `details` and `describe`.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol

from bot.domain.calls.found import Found, Told, Unreadable
from bot.sources import feeds, grants, jdp, pages, sedia, sheets
from bot.sources.fetching import Answer, Request

LONGEST = 120  # seconds that a source may take


class Adapter(Protocol):
    def request(self, address: str, settings: Mapping[str, Any], page: int) -> Request:
        """For a page of the source; the first is 1."""

    def read(self, answer: Answer, settings: Mapping[str, Any], now: datetime) -> Told:
        """Raises `Unreadable`, and nothing else whatever the bytes are."""


ADAPTERS: Mapping[str, Adapter] = {
    "sedia": sedia,
    "jdp": jdp,
    "feed": feeds,
    "page": pages,
    "sheet": sheets,
    "grants": grants,
}


def requests(form: str, address: str, settings: Mapping[str, Any], page: int = 1) -> Request:
    """Raises `Unreadable` for a form or a preset that is not known. Sources of any form may set
    their `timeout`, in seconds."""
    return _with_patience(_of(form).request(address, settings, page), settings)


def read(form: str, answer: Answer, settings: Mapping[str, Any], now: datetime) -> Told:
    """Raises `Unreadable`. It takes time for large answers, so let a thread do it."""
    return _of(form).read(answer, settings, now)


def details(form: str, found: Found, settings: Mapping[str, Any]) -> Request | None:
    """For a call's own page, where the source is read that closely."""
    request = pages.details(found, settings) if form == "page" else None
    return _with_patience(request, settings) if request else None


def describe(found: Found, answer: Answer, settings: Mapping[str, Any], now: datetime) -> Found:
    """The call with what its own page says. Raises `Unreadable`."""
    return pages.describe(found, answer, settings, now)


def _with_patience(request: Request, settings: Mapping[str, Any]) -> Request:
    timeout = settings.get("timeout", request.timeout)
    if not isinstance(timeout, (int, float)) or not 0 < timeout <= LONGEST:
        raise Unreadable(f"its timeout is not a number of seconds up to {LONGEST}")
    return replace(request, timeout=float(timeout))


def _of(form: str) -> Adapter:
    if form not in ADAPTERS:
        raise Unreadable(f"nothing here reads sources of the form {form}")
    return ADAPTERS[form]
