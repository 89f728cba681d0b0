"""Who is still in a group and no longer belongs there: listed, and removed after a yes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.refusals import Gone
from bot.domain.rights import Action
from storage import audit, pillars
from storage.groups import doors, places, presence
from storage.groups.chats import Departure
from storage.groups.presence import RULED
from storage.people import Person
from storage.pillars import Pillar

LEFT_PILLAR, LEFT_CLUSTER, STRANGER = "left_pillar", "left_cluster", "stranger"


@dataclass(frozen=True)
class Parting:
    """Somebody who is to go, as they are called in the group."""

    departure: Departure
    pillar: Pillar
    name: str
    fresh: bool = True
    is_super: bool = True


async def list_for(
    session: AsyncSession, person: Person, pillar_id: int | None, why: str, now: datetime
) -> None:
    """They have left a pillar, or with None the cluster, and so every pillar.

    Wherever they are in a group without belonging there by now, its guarantor is asked.
    """
    if person.telegram_id is None:
        return
    await session.flush()
    for chat_id in await presence.chats_of(session, person.telegram_id):
        theirs = [each.pillar_id for each in await places.of_chat(session, chat_id)]
        if theirs and (pillar_id is None or pillar_id in theirs):
            await list_out(
                session, chat_id, pillar_id or theirs[0], [person.telegram_id], why, now
            )


async def list_out(
    session: AsyncSession,
    chat_id: int,
    pillar_id: int,
    numbers: Collection[int],
    why: str,
    now: datetime,
) -> list[int]:
    """List those of `numbers` who do not belong there; returns who they are."""
    theirs = [each.pillar_id for each in await places.of_chat(session, chat_id)]
    welcome = await presence.belonging(session, theirs, numbers, now)
    if why != LEFT_CLUSTER:
        welcome |= await presence.invited(session, chat_id, numbers)
    strangers = [number for number in numbers if number not in welcome]
    for number in strangers:
        member = await presence.find(session, chat_id, number)
        if member is None or member.status not in RULED:
            continue
        if await doors.listed(session, chat_id, number) is None:
            session.add(
                Departure(
                    chat_id=chat_id,
                    telegram_id=number,
                    pillar_id=pillar_id,
                    why=why,
                    listed_at=now,
                )
            )
    await session.flush()
    return strangers


async def gone(session: AsyncSession, chat_id: int, number: int, now: datetime) -> None:
    """They are no longer there: nothing is left to decide."""
    listed = await doors.listed(session, chat_id, number)
    if listed is not None:
        listed.decided_at = now


async def to_be_told(session: AsyncSession, now: datetime) -> list[Parting]:
    """Those of whom their guarantor has not been told; who belongs there again is off the list."""
    found = []
    for departure, name in await doors.leaving(session):
        if await _is_welcome(session, departure, now):
            departure.decided_at, departure.removed = now, False
        elif departure.told_at is None:
            departure.told_at = now
            found.append(await _parting(session, departure, name))
    return found


async def _is_welcome(session: AsyncSession, departure: Departure, now: datetime) -> bool:
    theirs = [each.pillar_id for each in await places.of_chat(session, departure.chat_id)]
    return bool(await presence.belonging(session, theirs, [departure.telegram_id], now))


async def to_decide(
    session: AsyncSession, me: Person, pillar_id: int, now: datetime
) -> Sequence[Parting]:
    """Raises `NotAllowed`."""
    await rights.require(session, me, Action.RUN_PILLAR, now, pillar_id=pillar_id)
    leaving = await doors.leaving(session, pillar_id)
    return [await _parting(session, departure, name) for departure, name in leaving]


async def decide(
    session: AsyncSession, me: Person, departure_id: int, now: datetime, *, remove: bool
) -> Parting:
    """Whoever belongs there again stays. Raises `Gone`, `NotAllowed`."""
    departure = await doors.departure(session, departure_id, lock=True)
    if departure is None:
        raise Gone
    pillar_id = departure.pillar_id
    await rights.require(session, me, Action.RUN_PILLAR, now, pillar_id=pillar_id)
    member = await presence.find(session, departure.chat_id, departure.telegram_id)
    name = member.name if member else ""
    if departure.decided_at is not None:
        return await _parting(session, departure, name, fresh=False)
    departure.decided_at, departure.decided_by = now, me.key
    departure.removed = remove and not await _is_welcome(session, departure, now)
    word = "remove_from_group" if departure.removed else "keep_in_group"
    telegram = departure.telegram_id
    await audit.record(session, me.key, word, f"pillar:{pillar_id}", now, telegram=telegram)
    return await _parting(session, departure, name)


async def _parting(
    session: AsyncSession, departure: Departure, name: str, *, fresh: bool = True
) -> Parting:
    pillar = await pillars.find(session, departure.pillar_id)
    stay = await places.stay(session, departure.chat_id)
    assert pillar is not None
    return Parting(departure, pillar, name or "–", fresh, stay is not None and stay.is_super)
