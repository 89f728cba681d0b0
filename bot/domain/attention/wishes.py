"""How somebody wants to be written to: each kind at once, on Mondays or not; how often; when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.attention.hours import QUIET, Quiet
from bot.domain.refusals import Gone
from storage import people, pushes
from storage.people import Person
from storage.pushes import UNLIMITED, WEEK, Manner, PushChoice, PushKind, Way, Wish, waiting

WAYS = (Way.NOW, Way.DIGEST, Way.OFF)
WEEKLY = (0, 1, 2, 3, 4, 5, UNLIMITED)
FALLS_SILENT = (17, 18, 19, 20, 21, 22, 23)  # hours that are offered
WAKES = (5, 6, 7, 8, 9, 10, 11)


@dataclass(frozen=True, slots=True)
class Wishes:
    """`lately` is how many pushes they have had within a week, of `weekly` that they may."""

    ways: Mapping[PushKind, Way]
    quiet: Quiet
    weekly: int
    lately: int


def quiet_of(manner: Manner | Wish | None) -> Quiet:
    if manner is None or manner.quiet_from is None or manner.quiet_until is None:
        return QUIET
    return Quiet(manner.quiet_from, manner.quiet_until)


async def look(session: AsyncSession, me: Person, now: datetime, *, limit: int) -> Wishes:
    """`limit` is the cluster's."""
    chosen = {each.kind: each.way for each in await waiting.choices(session, [me.key])}
    found = await pushes.wishes(session, [me.key], PushKind.CALLS, since=now - WEEK)
    wish = found[me.key]
    ways = {kind: chosen.get(kind, Way.NOW) for kind in PushKind}
    weekly = limit if wish.weekly is None else wish.weekly
    return Wishes(ways, quiet_of(wish), weekly, wish.lately)


async def turn(session: AsyncSession, me: Person, kind: PushKind, way: Way, now: datetime) -> None:
    """What waits for the digest goes too when a kind is turned off. Raises `Gone`."""
    if way not in WAYS:
        raise Gone
    await people.lock(session, me.key)
    await session.merge(PushChoice(person_id=me.key, kind=kind, way=way, changed_at=now))
    if way == Way.OFF:
        await waiting.hush(session, me.key, kind)


async def take_weekly(session: AsyncSession, me: Person, weekly: int, now: datetime) -> None:
    """Raises `Gone` for what is not offered."""
    if weekly not in WEEKLY:
        raise Gone
    manner = await _manner(session, me, now)
    manner.weekly = weekly


async def be_quiet(session: AsyncSession, me: Person, quiet: Quiet, now: datetime) -> None:
    """Raises `Gone` for hours that are not offered."""
    if quiet.since not in FALLS_SILENT or quiet.until not in WAKES:
        raise Gone
    manner = await _manner(session, me, now)
    manner.quiet_from, manner.quiet_until = quiet.since, quiet.until


async def _manner(session: AsyncSession, me: Person, now: datetime) -> Manner:
    await people.lock(session, me.key)
    manner = await session.get(Manner, me.key) or Manner(person_id=me.key, changed_at=now)
    manner.changed_at = now
    session.add(manner)
    return manner
