"""Somebody signs up a colleague, who is told by whom and can say no with one tap."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.refusals import MembersOnly, Refusal
from bot.domain.workshops.card import Card, look
from bot.domain.workshops.queue import open_event, require_registration, sign_up
from storage import audit, people
from storage.people import Person
from storage.workshops import colleagues as store
from storage.workshops import seats


class NotAColleague(Refusal):
    """The person is not a confirmed colleague (any more)."""


@dataclass(frozen=True)
class Colleagues:
    """Some of those who could come, and how many there are in all."""

    card: Card
    people: Sequence[Person]
    count: int


@dataclass(frozen=True)
class SignedUp:
    colleague: Person
    card: Card  # as the colleague sees it
    is_new: bool


async def colleagues(
    session: AsyncSession,
    workshop_id: int,
    me: Person,
    now: datetime,
    *,
    skip: int,
    limit: int,
) -> Colleagues:
    """Raises `MembersOnly` and what `sign_up` raises."""
    if not me.is_member:
        raise MembersOnly
    card = await look(session, workshop_id, me, now)
    require_registration(card.event, now)
    found = await store.without_place(session, workshop_id, me, skip=skip, limit=limit)
    count = await store.count_without_place(session, workshop_id, me)
    return Colleagues(card, found, count)


async def sign_up_colleague(
    session: AsyncSession, workshop_id: int, person_id: int, me: Person, now: datetime
) -> SignedUp:
    """For the usual whole. Twice is as good as once.

    Raises `MembersOnly`, `NotAColleague` and what `sign_up` raises.
    """
    if not me.is_member:
        raise MembersOnly
    await open_event(session, workshop_id)
    colleague = await people.find(session, person_id)
    if colleague is None or not colleague.is_member or not _work_together(me, colleague):
        raise NotAColleague
    is_new = workshop_id not in await seats.mine(session, person_id)
    card = await sign_up(session, workshop_id, colleague, now)
    if is_new:
        subject = f"workshop:{workshop_id}"
        await audit.record(session, me.key, "sign_up_colleague", subject, now, person=person_id)
    return SignedUp(colleague, card, is_new)


def _work_together(me: Person, other: Person) -> bool:
    return me.organisation_id == other.organisation_id and me.key != other.key
