"""Helpers at the door of one event: appointed by name or by a link that works once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights, tries
from bot.domain.refusals import Gone
from bot.domain.rights import Action
from bot.domain.workshops import door
from storage import people
from storage.audit import record
from storage.folding import words
from storage.people import Person
from storage.workshops import Event, State, doors
from storage.workshops import events as store
from storage.workshops.doors import DoorLink

TOKEN_BYTES = 32
LOOKED_THROUGH = 5000  # verified people, the newest first
FOUND = 8


@dataclass(frozen=True, slots=True)
class Helpers:
    event: Event
    people: Sequence[Person]


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody has followed a link; `maker` made it."""

    event: Event
    is_new: bool
    maker: Person | None


async def helpers(session: AsyncSession, workshop_id: int, me: Person, now: datetime) -> Helpers:
    """Raises `Gone`, `Cancelled`, `NotAllowed`."""
    event = await _leading(session, workshop_id, me, now)
    return Helpers(event, await doors.keepers(session, workshop_id))


async def candidates(
    session: AsyncSession, workshop_id: int, typed: str, me: Person, now: datetime
) -> tuple[Event, Sequence[Person]]:
    """Verified people each of whose typed words begins a word of their names."""
    event = await _leading(session, workshop_id, me, now)
    wanted = words(typed)
    if not wanted:
        return event, ()
    members = await doors.members(session, LOOKED_THROUGH)
    fitting = [each for each in members if door.fits(each.name, wanted)]
    return event, fitting[:FOUND]


async def appoint(
    session: AsyncSession, workshop_id: int, person_id: int, me: Person, now: datetime
) -> tuple[Event, Person, bool]:
    """The last is whether they are new. Raises what `helpers` raises."""
    event = await _leading(session, workshop_id, me, now, lock=True)
    person = await people.find(session, person_id)
    if person is None or not person.is_member or person.telegram_id is None:
        raise Gone
    is_new = await doors.add_keeper(session, workshop_id, person_id)
    if is_new:
        await _record(session, "appoint_helper", event, me, person_id, now)
    return event, person, is_new


async def dismiss(
    session: AsyncSession, workshop_id: int, person_id: int, me: Person, now: datetime
) -> None:
    event = await _leading(session, workshop_id, me, now, lock=True)
    if await doors.drop_keeper(session, workshop_id, person_id):
        await _record(session, "dismiss_helper", event, me, person_id, now)


async def invite(
    session: AsyncSession, workshop_id: int, me: Person, now: datetime
) -> tuple[Event, str]:
    """The token, which is seen this once; good until the event ends."""
    event = await _leading(session, workshop_id, me, now)
    if event.ends_at <= now:
        raise door.OverAlready
    token = token_urlsafe(TOKEN_BYTES)
    session.add(
        DoorLink(
            workshop_id=workshop_id,
            made_by=me.key,
            digest=_digest(token),
            expires_at=event.ends_at,
        )
    )
    await record(session, me.key, "invite_helper", f"workshop:{workshop_id}", now)
    return event, token


async def follow(session: AsyncSession, token: str, who: Person, now: datetime) -> Joined | None:
    """The first who comes is a helper; coming again is as good as once.

    None for a link that is unknown, used or ended: nobody is told which, and the try is kept.
    Raises `TooManyTries`.
    """
    me = await people.lock(session, who.key)
    assert me is not None
    await tries.require_rest(session, me, now)
    joined = await _join(session, token, me, now)
    if joined is None:
        await tries.note(session, me, now)
    return joined


async def _join(session: AsyncSession, token: str, me: Person, now: datetime) -> Joined | None:
    link = await doors.link(session, _digest(token))
    event = await store.find(session, link.workshop_id, lock=True) if link else None
    if link is None or event is None or event.state != State.PUBLISHED:
        return None
    if link.used_by == me.key and await doors.keeps(session, event.id, me.key):
        return Joined(event, False, None)
    if link.used_by is not None or link.expires_at <= now:
        return None
    link.used_by = me.key
    is_new = await doors.add_keeper(session, event.id, me.key)
    return Joined(event, is_new, await people.find(session, link.made_by))


async def _leading(
    session: AsyncSession, workshop_id: int, me: Person, now: datetime, *, lock: bool = False
) -> Event:
    await rights.require(session, me, Action.APPOINT_HELPERS, now)
    return await door.at_door(session, workshop_id, me, now, lock=lock)


async def _record(
    session: AsyncSession, deed: str, event: Event, me: Person, person_id: int, now: datetime
) -> None:
    await record(session, me.key, deed, f"workshop:{event.id}", now, person=person_id)


def _digest(token: str) -> str:
    return sha256(token.encode(errors="replace")).hexdigest()
