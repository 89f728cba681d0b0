"""Trouble on demand: what Telegram and the network do to a bot on a bad day."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.sandbox.errors import ConnectionCut, NotConnected, Refused, too_many_requests
from bot.sandbox.world import Json

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

KINDS = ("429", "5xx", "hold", "accept_then_cut", "refuse")


@dataclass
class Fault:
    """`times` limits how often it strikes; `seconds` is the wait of a 429 or the length of a hold.

    A 429 without `times` lasts for `seconds` of the sandbox's clock from its first strike.
    """

    method: str = "*"
    kind: str = "5xx"
    times: int | None = None
    seconds: float = 1
    chance: float = 1
    until: datetime | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"a fault's kind is one of {', '.join(KINDS)}, not {self.kind!r}")

    @property
    def json(self) -> Json:
        names = ("method", "kind", "times", "seconds", "chance")
        return {name: getattr(self, name) for name in names}

    def concerns(self, method: str) -> bool:
        return self.method in ("*", method) and self.times != 0

    def strikes(self) -> bool:
        lucky = self.chance < 1 and random.random() >= self.chance  # noqa: S311 - not a secret
        if not lucky and self.times is not None:
            self.times -= 1
        return not lucky


async def strike(sandbox: "Sandbox", method: str) -> Callable[[], None]:
    """Raise what stops the call; return what happens after it had its effect."""
    for fault in sandbox.faults:
        if not fault.concerns(method) or not fault.strikes():
            continue
        match fault.kind:
            case "429":
                _too_many(fault, sandbox.clock())
            case "5xx":
                raise Refused(502, "Bad Gateway")
            case "refuse":
                raise NotConnected("connection refused")
            case "hold":
                await asyncio.sleep(fault.seconds)
            case "accept_then_cut":
                return _cut
    return _nothing


def _too_many(fault: Fault, now: datetime) -> None:
    if fault.times is None:
        fault.until = fault.until or now + timedelta(seconds=fault.seconds)
        if now >= fault.until:
            return
    raise too_many_requests(max(1, round(fault.seconds)))


def _cut() -> None:
    raise ConnectionCut("connection closed before the answer")


def _nothing() -> None:
    return None
