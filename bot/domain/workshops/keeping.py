"""What we keep of people here: their places, which are given out, and given back by the erased."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import privacy
from bot.domain.refusals import Refusal
from bot.domain.workshops.queue import leave
from storage.people import Person
from storage.workshops import Seat, invitees, seats
from storage.workshops.invitees import Invitee


async def _places(session: AsyncSession, me: Person) -> Sequence[dict[str, Any]]:
    return await seats.of_person(session, me.key)


async def _give_back(session: AsyncSession, me: Person, now: datetime) -> None:
    """What is over stays and counts."""
    for workshop_id in sorted(await seats.mine(session, me.key)):
        with suppress(Refusal):
            await leave(session, workshop_id, me, now)


async def _invitations(session: AsyncSession, me: Person) -> Sequence[dict[str, Any]]:
    return await invitees.of_person(session, me.key)


async def _uninvite(session: AsyncSession, me: Person, _: datetime) -> None:
    await invitees.uninvite_person(session, me.key)


privacy.keep("seats", Seat, give=_places, forget=_give_back)
privacy.keep("invited_to", Invitee, give=_invitations, forget=_uninvite)
