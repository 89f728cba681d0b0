"""What we keep of people here: their places, which are given out, and given back by the erased."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import privacy
from bot.domain.refusals import Refusal
from bot.domain.workshops.queue import leave
from storage import errands
from storage.people import Person
from storage.workshops import Seat, seats


async def _places(session: AsyncSession, me: Person) -> Sequence[dict[str, Any]]:
    return await seats.of_person(session, me.key)


async def _give_back(session: AsyncSession, me: Person, now: datetime) -> None:
    """What is over stays and counts. Those who rise are told by an errand."""
    for workshop_id in sorted(await seats.mine(session, me.key)):
        with suppress(Refusal):
            left = await leave(session, workshop_id, me, now)
            for promotion in left.promoted:
                facts = {"workshop_id": workshop_id, "part_id": promotion.slot.id}
                facts |= {"first": promotion.seat_id, "last": promotion.seat_id}
                await errands.promise(session, "workshops.promoted", facts, now)


privacy.keep("seats", Seat, give=_places, forget=_give_back)
