"""Where the whole cluster may hand in but one bid: each organisation has one idea, the manager
chooses whose it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import desk, rights
from bot.domain.agenda import awaits
from bot.domain.calls import bids
from bot.domain.calls.bids import CallOver, NoOrganisation
from bot.domain.instruments import patience
from bot.domain.instruments.enquiries import said
from bot.domain.refusals import Gone, Refusal
from bot.domain.rights import Action
from storage import audit, people
from storage.calls import bidding
from storage.calls import ideas as store
from storage.calls.bids import Idea
from storage.calls.records import GrantCall
from storage.organisations import Organisation
from storage.people import Person

LONGEST = 1500  # characters
AT_ONCE = 20


class NotCollected(Refusal):
    """The call takes as many bids as there are."""


class IdeasClosed(Refusal):
    """The day for it has passed, or the choice has been made."""


class IdeaOfColleague(Refusal):
    """An organisation has but one."""

    def __init__(self, name: str) -> None:
        self.name = name


@dataclass(frozen=True)
class Given:
    idea: Idea
    organisation: Organisation
    person: Person


@dataclass(frozen=True)
class Collection:
    call: GrantCall
    ours: Idea | None  # of the organisation of who looks
    chosen: Idea | None
    number: int

    def open(self, now: datetime) -> bool:
        due = self.call.internal_at
        late = due is not None and due <= now
        return self.chosen is None and not late and not bids.is_over(self.call, now)


async def look(session: AsyncSession, call_id: int, me: Person, now: datetime) -> Collection:
    """Raises `MembersOnly`, `Gone`, `NotCollected`."""
    call = await bids.call_for(session, call_id, me, now)
    if not call.one_bid:
        raise NotCollected
    return await of(session, call, me)


async def of(session: AsyncSession, call: GrantCall, me: Person) -> Collection:
    home = me.organisation_id if me.is_member else None
    ours = await store.of_organisation(session, call.key, home) if home else None
    return Collection(
        call, ours, await store.chosen(session, call.key), await store.count(session, call.key)
    )


async def give(
    session: AsyncSession, call_id: int, me: Person, text: str, now: datetime
) -> tuple[Collection, bool]:
    """Put in an idea, or put it anew; with whether it is the first one of theirs.

    Raises `MembersOnly`, `Gone`, `NoOrganisation`, `NotCollected`, `IdeasClosed`,
    `IdeaOfColleague`, `Illegible`.
    """
    await bids.call_for(session, call_id, me, now, lock=True)
    found = await may_give(session, call_id, me, now)
    assert me.organisation_id is not None
    idea = found.ours or Idea(
        call_id=call_id,
        organisation_id=me.organisation_id,
        person_id=me.key,
        text="",
        given_at=now,
    )
    idea.text, idea.given_at, idea.person_id = said(text, LONGEST), now, me.key
    session.add(idea)
    await session.flush()
    return await of(session, found.call, me), found.ours is None


async def may_give(session: AsyncSession, call_id: int, me: Person, now: datetime) -> Collection:
    """The same, before anything is typed."""
    found = await look(session, call_id, me, now)
    if not me.is_member or me.organisation_id is None:
        raise NoOrganisation
    if not found.open(now):
        raise IdeasClosed
    if found.ours is not None and found.ours.person_id != me.key:
        author = await people.find(session, found.ours.person_id)
        if author is not None and author.organisation_id == me.organisation_id:
            raise IdeaOfColleague(author.name)
    return found


async def withdraw(session: AsyncSession, call_id: int, me: Person, now: datetime) -> Collection:
    """Raises as `give` does."""
    found = await may_give(session, call_id, me, now)
    if found.ours is not None:
        await session.delete(found.ours)
        await session.flush()
    return await of(session, found.call, me)


async def listed(
    session: AsyncSession, call_id: int, me: Person, now: datetime
) -> tuple[Collection, list[Given]]:
    """For the team. Raises `NotAllowed`, `Gone`."""
    await rights.require(session, me, Action.DRAFT_CALL, now)
    call = await bidding.call(session, call_id)
    if call is None:
        raise Gone
    given = [Given(*each) for each in await store.of_call(session, call_id)]
    return await of(session, call, me), given


async def one(session: AsyncSession, idea_id: int, me: Person, now: datetime) -> Given:
    """For the team. Raises `NotAllowed`, `Gone`."""
    await rights.require(session, me, Action.DRAFT_CALL, now)
    idea = await store.find(session, idea_id)
    if idea is None:
        raise Gone
    _, given = await listed(session, idea.call_id, me, now)
    return next(each for each in given if each.idea.key == idea_id)


async def choose(
    session: AsyncSession, idea_id: int, me: Person, zone: tzinfo, now: datetime
) -> tuple[GrantCall, list[Given], bool]:
    """This one is the cluster's bid, and its author handles it; with all who had one, and whether
    it is news. Raises `NotAllowed`, `Gone`, `CallOver`."""
    await rights.require(session, me, Action.SETTLE_CALL, now)
    idea = await store.find(session, idea_id)
    call = await bidding.call(session, idea.call_id, lock=True) if idea else None
    if idea is None or call is None:
        raise Gone
    given = [Given(*each) for each in await store.of_call(session, call.key)]
    if idea.chosen_at is not None:
        return call, given, False
    if bids.is_over(call, now):
        raise CallOver
    for each in given:
        each.idea.chosen_at = now if each.idea.key == idea_id else None
    await _hand_over(session, call, next(e for e in given if e.idea.key == idea_id), zone, now)
    await audit.record(session, me.key, "choose_idea", f"call:{call.key}", now, idea=idea_id)
    return call, given, True


async def _hand_over(
    session: AsyncSession, call: GrantCall, given: Given, zone: tzinfo, now: datetime
) -> None:
    where = given.organisation.key
    bid = await bidding.of_organisation(session, call.key, where, lock=True)
    bid = bid or bids.begun(call, where, now)
    if await bids.holder_of(session, bid) is None:
        bid.person_id, bid.heard_at = given.person.key, now
    session.add(bid)
    bids.plan(bid, call, zone, now)
    await session.flush()


@awaits
async def next_told(session: AsyncSession, now: datetime) -> datetime | None:
    return await store.next_told(session, now)


async def collected(
    session: AsyncSession, zone: tzinfo, now: datetime
) -> list[tuple[GrantCall, int, Sequence[Person]]]:
    """Calls whose ideas were due by now, how many came, and who is to choose."""
    if not patience.is_decent(now, zone):
        return []
    found: list[tuple[GrantCall, int, Sequence[Person]]] = []
    for call in await store.to_be_told(session, now, AT_ONCE):
        call.ideas_told_at = now
        number = await store.count(session, call.key)
        found.append((call, number, await desk.managers(session, now)))
    await session.flush()
    return found
