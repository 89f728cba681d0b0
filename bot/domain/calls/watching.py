"""Sources as the manager runs them: on or off, trusted or not, and whom they may ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.calls import health
from bot.domain.refusals import Gone, Refusal
from bot.domain.rights import Action
from storage import audit
from storage.calls import asking
from storage.calls import readings as store
from storage.calls.sources import Reading, Source
from storage.people import Person

SHOWN = 5  # readings on a card


class BeingRead(Refusal):
    """It is being read just now."""


class SwitchedOff(Refusal):
    """What is off is not read."""


@dataclass(frozen=True)
class Card:
    """`latest` are its last readings, the newest first; one that has no end goes on."""

    source: Source
    latest: Sequence[Reading]
    host: str
    may_be_asked: bool

    @property
    def is_being_read(self) -> bool:
        return any(each.ended_at is None for each in self.latest)


@dataclass(frozen=True)
class Host:
    name: str
    sources: Sequence[Source]  # whose address is there


async def listed(session: AsyncSession, me: Person, now: datetime) -> Sequence[Source]:
    await rights.require(session, me, Action.KEEP_SOURCES, now)
    return await store.listed(session)


async def look(session: AsyncSession, source_id: int, me: Person, now: datetime) -> Card:
    await rights.require(session, me, Action.KEEP_SOURCES, now)
    source = await store.find(session, source_id)
    if source is None:
        raise Gone
    latest = await store.latest(session, source.key, SHOWN)
    host = host_of(source)
    return Card(source, latest, host, host in await asking.hosts(session))


async def switch(
    session: AsyncSession, source_id: int, me: Person, now: datetime, *, on: bool
) -> None:
    """One that is switched on is read at once."""
    source = await _lock(session, source_id, me, now)
    if source.active == on:
        return
    source.active = on
    if on:
        source.next_at = now
    await _note(session, source, "source.on" if on else "source.off", me, now)


async def trust(
    session: AsyncSession, source_id: int, me: Person, now: datetime, *, trusted: bool
) -> None:
    """What a trusted source brings goes out without anybody's yes."""
    source = await _lock(session, source_id, me, now)
    if source.trusted == trusted:
        return
    source.trusted = trusted
    await _note(session, source, "source.trusted" if trusted else "source.distrusted", me, now)


async def read_now(session: AsyncSession, source_id: int, me: Person, now: datetime) -> Reading:
    """Raises `BeingRead`, `SwitchedOff`."""
    source = await _lock(session, source_id, me, now)
    if not source.active:
        raise SwitchedOff
    reading = await health.begin(session, source, now)
    if reading is None:
        raise BeingRead
    await _note(session, source, "source.read", me, now)
    return reading


async def take_as_usual(session: AsyncSession, source_id: int, me: Person, now: datetime) -> None:
    """What it gives now is all there is: it counts from the next reading on."""
    source = await _lock(session, source_id, me, now)
    if source.degraded_since is None or not source.found:
        raise Gone
    told = {"usual": source.usual, "found": source.found}
    source.usual, source.degraded_since, source.problem = source.found, None, ""
    source.next_at = now
    await _note(session, source, "source.usual", me, now, **told)


async def hosts(session: AsyncSession, me: Person, now: datetime) -> list[Host]:
    await rights.require(session, me, Action.KEEP_SOURCES, now)
    sources = await store.listed(session)
    return [
        Host(each.host, [source for source in sources if host_of(source) == each.host])
        for each in await store.hosts(session)
    ]


async def allow(session: AsyncSession, host: str, me: Person, now: datetime) -> None:
    """`host` is as `bot.sources.addresses.as_host` makes it."""
    await rights.require(session, me, Action.KEEP_SOURCES, now)
    if await store.host(session, host) is None:
        await store.add_host(session, host, now)
        await audit.record(session, me.key, "host.allowed", f"host:{host}", now)


async def withdraw(session: AsyncSession, host: str, me: Person, now: datetime) -> None:
    await rights.require(session, me, Action.KEEP_SOURCES, now)
    row = await store.host(session, host)
    if row is not None:
        await store.drop_host(session, row)
        await audit.record(session, me.key, "host.withdrawn", f"host:{host}", now)


def host_of(source: Source) -> str:
    try:
        return urlsplit(source.address).hostname or ""
    except ValueError:
        return ""


async def _lock(session: AsyncSession, source_id: int, me: Person, now: datetime) -> Source:
    await rights.require(session, me, Action.KEEP_SOURCES, now)
    source = await store.find(session, source_id, lock=True)
    if source is None:
        raise Gone
    return source


async def _note(
    session: AsyncSession, source: Source, action: str, me: Person, now: datetime, **told: object
) -> None:
    await audit.record(
        session, me.key, action, f"source:{source.key}", now, name=source.name, **told
    )
