"""Keeping pillars: the manager adds, renames, orders and closes them."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.pillars import standing
from bot.domain.refusals import Gone, Refusal
from bot.domain.rights import Action
from storage import audit, pillars
from storage.folding import fold
from storage.groups import membership, names, requests
from storage.groups.members import PillarName, PillarRequest
from storage.people import Person, Role
from storage.pillars import Pillar

NAME_LIMIT = 60  # characters
MOST = 100
FORMER = 5  # guarantors who are shown


class BadName(Refusal):
    def __init__(self, limit: int) -> None:
        self.limit = limit


class NameTaken(Refusal):
    def __init__(self, name: str) -> None:
        self.name = name


class TooManyPillars(Refusal):
    def __init__(self, limit: int) -> None:
        self.limit = limit


@dataclass(frozen=True)
class Kept:
    """A pillar as its keeper sees it."""

    pillar: Pillar
    former: Sequence[PillarName]
    leaders: Sequence[tuple[Role, Person]]
    former_leaders: Sequence[tuple[Role, Person]]
    people: int
    organisations: int
    waiting: int


def read_name(text: str) -> str:
    """In one line. Raises `BadName`."""
    kept = (" " if sign.isspace() else sign for sign in unicodedata.normalize("NFC", text))
    name = " ".join("".join(sign for sign in kept if sign.isprintable()).split())
    if not name or len(name) > NAME_LIMIT or not any(sign.isalnum() for sign in name):
        raise BadName(NAME_LIMIT)
    return name


async def every(session: AsyncSession, me: Person, now: datetime) -> Sequence[Pillar]:
    """Those that stand in their order, then those that are closed."""
    await rights.require(session, me, Action.KEEP_PILLARS, now)
    return sorted(await pillars.every(session), key=lambda each: not each.stands(now))


async def look(session: AsyncSession, pillar_id: int, me: Person, now: datetime) -> Kept:
    pillar = await _kept(session, pillar_id, me, now)
    return Kept(
        pillar,
        await names.former(session, pillar_id),
        await membership.leaders(session, pillar_id, now),
        await membership.former_leaders(session, pillar_id, now, FORMER),
        await membership.size(session, pillar_id),
        (await pillars.sizes(session)).get(pillar_id, 0),
        await requests.count_waiting(session, pillar_id),
    )


async def add(
    session: AsyncSession, name_cs: str, name_en: str, me: Person, now: datetime
) -> Pillar:
    """The last one in order. Raises `BadName`, `NameTaken`, `TooManyPillars`."""
    await rights.require(session, me, Action.KEEP_PILLARS, now)
    every = await pillars.every(session, lock=True)
    _check(every, name_cs, name_en, 0, now)
    if sum(each.stands(now) for each in every) >= MOST:
        raise TooManyPillars(MOST)
    last = max((each.position for each in every), default=0)
    pillar = Pillar(name_cs=name_cs, name_en=name_en, position=last + 1, since=now)
    session.add(pillar)
    await session.flush()
    await _record(session, "add", pillar, me, now, name=name_cs)
    return pillar


async def rename(
    session: AsyncSession, pillar_id: int, name_cs: str, name_en: str, me: Person, now: datetime
) -> Pillar:
    """The old name is kept, with its dates. Raises `BadName`, `NameTaken`."""
    await rights.require(session, me, Action.KEEP_PILLARS, now)
    pillar = await standing(session, pillar_id, now, lock=True)
    _check(await pillars.every(session), name_cs, name_en, pillar_id, now)
    if (pillar.name_cs, pillar.name_en) == (name_cs, name_en):
        return pillar
    former = await names.former(session, pillar_id)
    since = former[0].until if former else pillar.since
    session.add(
        PillarName(
            pillar_id=pillar_id,
            name_cs=pillar.name_cs,
            name_en=pillar.name_en,
            since=since,
            until=now,
        )
    )
    await _record(session, "rename", pillar, me, now, old=pillar.name_cs, new=name_cs)
    pillar.name_cs, pillar.name_en = name_cs, name_en
    await session.flush()
    return pillar


async def move(
    session: AsyncSession, pillar_id: int, by: int, me: Person, now: datetime
) -> Pillar:
    """One place up (-1) or down (1) among those that stand; at the end it stays."""
    await rights.require(session, me, Action.KEEP_PILLARS, now)
    order = [each for each in await pillars.every(session, lock=True) if each.stands(now)]
    place = next((n for n, each in enumerate(order) if each.key == pillar_id), None)
    if place is None:
        raise Gone
    pillar = order.pop(place)
    order.insert(min(max(place + by, 0), len(order)), pillar)
    for position, each in enumerate(order, start=1):
        each.position = position
    await session.flush()
    return pillar


async def close(
    session: AsyncSession, pillar_id: int, me: Person, now: datetime
) -> tuple[Pillar, Sequence[tuple[PillarRequest, Person]]]:
    """It is seen no more; whoever was in it is again when it is opened anew.

    Returns the requests that nobody will decide now.
    """
    await rights.require(session, me, Action.KEEP_PILLARS, now)
    pillar = await standing(session, pillar_id, now, lock=True)
    pillar.until = now
    asked = await requests.waiting(session, pillar_id)
    for request, _ in asked:
        request.decided_at, request.decided_by = now, me.key
    await session.flush()
    await _record(session, "close", pillar, me, now)
    return pillar, asked


async def reopen(session: AsyncSession, pillar_id: int, me: Person, now: datetime) -> Pillar:
    """Raises `NameTaken` when another pillar has its name by now."""
    pillar = await _kept(session, pillar_id, me, now, lock=True)
    if pillar.stands(now):
        return pillar
    every = await pillars.every(session)
    _check(every, pillar.name_cs, pillar.name_en, pillar_id, now)
    pillar.until = None
    pillar.position = max(each.position for each in every) + 1
    await session.flush()
    await _record(session, "reopen", pillar, me, now)
    return pillar


async def _kept(
    session: AsyncSession, pillar_id: int, me: Person, now: datetime, *, lock: bool = False
) -> Pillar:
    await rights.require(session, me, Action.KEEP_PILLARS, now)
    pillar = await pillars.find(session, pillar_id, lock=lock)
    if pillar is None:
        raise Gone
    return pillar


def _check(every: Sequence[Pillar], name_cs: str, name_en: str, own: int, now: datetime) -> None:
    others = [each for each in every if each.key != own and each.stands(now)]
    for name in (name_cs, name_en):
        read_name(name)
        if any(fold(name) in (fold(each.name_cs), fold(each.name_en)) for each in others):
            raise NameTaken(name)


async def _record(
    session: AsyncSession, deed: str, pillar: Pillar, me: Person, now: datetime, **facts: str
) -> None:
    await audit.record(session, me.key, f"pillar.{deed}", f"pillar:{pillar.key}", now, **facts)
