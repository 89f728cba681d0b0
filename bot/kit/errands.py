"""Errands as handlers see them: read the facts, do the slow part, deliver the outcome."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ParamSpec, TypeVar

from sqlmodel.ext.asyncio.session import AsyncSession
from telegram.error import TelegramError

from bot.kit.context import Desk, House
from bot.kit.screens import Screen
from bot.kit.texts import Texts
from storage.outbox import Call

P = ParamSpec("P")
R = TypeVar("R")
Session = AbstractAsyncContextManager[AsyncSession]


@dataclass(frozen=True)
class Trip:
    """One attempt at an errand. Only what `deliver` commits counts; the rest may run again."""

    house: House
    occasion: str  # as of a desk
    now: datetime
    reading: Callable[[], Session]
    delivering: Callable[[list[Call]], Session]
    call: Callable[[str, Mapping[str, Any]], Awaitable[Any]]  # the Bot API; raises TelegramError
    fetch: Callable[[str, int], Awaitable[bytes]]  # a file by its id, of so many bytes at most
    doubts: Callable[[TelegramError], bool]  # what was asked for may have been done all the same

    @asynccontextmanager
    async def look(self) -> AsyncIterator[Desk]:
        """A desk for reading facts."""
        async with self.reading() as session:
            yield Desk(self.house, session, self.now, self.occasion)

    @asynccontextmanager
    async def deliver(self) -> AsyncIterator[Desk]:
        """A desk for the outcome; the errand is done when its block has been left well."""
        calls: list[Call] = []
        async with self.delivering(calls) as session:
            yield Desk(self.house, session, self.now, self.occasion, calls)

    async def aside(self, work: Callable[P, R], *args: P.args, **named: P.kwargs) -> R:
        """Run something that computes for long in a thread."""
        return await asyncio.to_thread(work, *args, **named)


def given_up(t: Texts) -> Screen:
    """For who has asked for something that could not be done, not even after some tries."""
    return Screen(t("⚠️ What you have asked for did not work out. Please try again later."))
