"""One call of a Bot API method: its parameters, however they were sent, and the method table."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from bot.sandbox.errors import bad_request
from bot.sandbox.world import Bot, Json

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox


LEADING_NUMBER = re.compile(r"-?[0-9]+")


def whole_number(value: Any) -> int:
    """The digits a value begins with; without any it counts as 0, as it does at Telegram."""
    if isinstance(value, int):
        return int(value)
    found = LEADING_NUMBER.match(str(value))
    return int(found.group()[:20]) if found else 0


@dataclass(frozen=True)
class Upload:
    name: str
    content: bytes
    mime: str = "application/octet-stream"


@dataclass
class Request:
    """`remark` is what a method wants said along with its result.

    However many messages it sends, a call counts once against the flood limits.
    """

    sandbox: "Sandbox"
    bot: Bot
    params: Json
    files: dict[str, Upload] = field(default_factory=dict)
    remark: str = ""
    is_counted: bool = False

    def has(self, name: str) -> bool:
        return self.params.get(name) not in (None, "")

    def text(self, name: str) -> str:
        value = self.params.get(name)
        if value is None:
            return ""
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str) -> int:
        return whole_number(self.params.get(name))

    def number(self, name: str) -> float:
        try:
            return float(self.params.get(name) or 0)
        except (TypeError, ValueError):
            return 0.0

    def is_number(self, name: str) -> bool:
        try:
            float(self.params[name])
        except (KeyError, TypeError, ValueError):
            return False
        return True

    def flag(self, name: str) -> bool:
        return str(self.params.get(name, "")).lower() in ("true", "yes", "1")

    def structure(self, name: str, refusal: str) -> Any:
        """A JSON value, sent as such or as text; None when it is not there."""
        value = self.params.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            raise bad_request(refusal) from None


Method = Callable[[Request], Any]
Named = TypeVar("Named", bound=Method)
METHODS: dict[str, Method] = {}


def method(answer: Named) -> Named:
    """Register a Bot API method under its own name; callers may spell it in any case."""
    METHODS[answer.__name__.lower()] = answer
    return answer
