"""Looking for a partner: a few members are asked without a name, and names are shown to both
sides once both have said yes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import desk
from bot.domain.agenda import awaits
from bot.domain.calls import bids, choosing
from bot.domain.calls.bids import CallOver, NoOrganisation
from bot.domain.calls.choosing import Candidate
from bot.domain.calls.partner_search import Reply, Search, found, search_of
from bot.domain.instruments import patience
from bot.domain.instruments.enquiries import said
from bot.domain.refusals import Gone, NotAllowed, Refusal
from storage import people
from storage.calls import partners as store
from storage.calls.bids import PartnerAsked, PartnerSearch, Role
from storage.calls.records import GrantCall
from storage.people import Person

WHAT = 600  # characters
RUNNING = 3  # searches of one person at a time
PATIENCE = 5  # working days
AT_ONCE = 50


class SearchingEnough(Refusal):
    """So many searches at a time."""

    def __init__(self, limit: int) -> None:
        self.limit = limit


class SearchOver(Refusal):
    """It was ended, or the call's deadline has passed."""


@dataclass(frozen=True)
class Wish:
    role: Role
    share: int | None  # per cent
    what: str


async def open_call(session: AsyncSession, call_id: int, me: Person, now: datetime) -> GrantCall:
    """One for which they may look for a partner.

    Raises `MembersOnly`, `Gone`, `NoOrganisation`, `CallOver`, `SearchingEnough`.
    """
    call = await bids.call_for(session, call_id, me, now)
    if not me.is_member:
        raise NoOrganisation
    if bids.is_over(call, now):
        raise CallOver
    if await store.running(session, me.key, now) >= RUNNING:
        raise SearchingEnough(RUNNING)
    return call


async def begin(
    session: AsyncSession, call_id: int, me: Person, wish: Wish, zone: tzinfo, now: datetime
) -> Search:
    """Ask those who fit; that may be nobody. Raises as `open_call`, and `Illegible`."""
    await people.lock(session, me.key)
    call = await open_call(session, call_id, me, now)
    assert me.organisation_id is not None
    search = PartnerSearch(
        call_id=call.key,
        person_id=me.key,
        organisation_id=me.organisation_id,
        role=wish.role,
        share=wish.share,
        what=said(wish.what, WHAT),
        began_at=now,
        due_at=patience.morning_after(now, PATIENCE, zone),
    )
    session.add(search)
    await session.flush()
    await _ask(session, search, await choosing.fitting(session, call, me, wish.role, now), now)
    return await search_of(session, search)


async def ask_others(
    session: AsyncSession, search_id: int, me: Person, zone: tzinfo, now: datetime
) -> tuple[Search, list[Reply]]:
    """A few more, who were not asked yet. Raises `Gone`, `NotAllowed`, `SearchOver`."""
    search = await mine(session, search_id, me, lock=True)
    if not search.live(now):
        raise SearchOver
    chosen = await choosing.fitting(session, search.call, me, Role(search.row.role), now)
    await _ask(session, search.row, chosen, now)
    if chosen:
        search.row.due_at = patience.morning_after(now, PATIENCE, zone)
    new = {each.person.key for each in chosen}
    search = await search_of(session, search.row)
    return search, [each for each in search.replies if each.person.key in new]


async def mine(session: AsyncSession, search_id: int, me: Person, *, lock: bool = False) -> Search:
    """Raises `Gone`, `NotAllowed`."""
    search = await found(session, search_id, lock=lock)
    if search.seeker.key != me.key:
        raise NotAllowed
    return search


async def of_call(session: AsyncSession, call_id: int, me: Person) -> list[Search]:
    """What they look for, or have looked for, for a call; the newest first."""
    return [await search_of(session, row) for row in await store.of_call(session, call_id, me.key)]


async def put_to(session: AsyncSession, search_id: int, me: Person) -> tuple[Search, Reply]:
    """What they were asked. Raises `Gone`, `NotAllowed`."""
    search = await found(session, search_id)
    reply = search.of(me)
    if reply is None:
        raise NotAllowed
    return search, reply


async def answer(
    session: AsyncSession, search_id: int, me: Person, now: datetime, *, willing: bool
) -> tuple[Search, Reply, bool]:
    """With whether it is news. Who has met stays so. Raises `Gone`, `NotAllowed`, `SearchOver`."""
    search = await found(session, search_id, lock=True)
    reply = search.of(me)
    if reply is None or not reply.there:
        raise NotAllowed
    row = reply.asked
    if row.met_at is not None or row.willing == willing:
        return search, reply, False
    if not search.live(now):
        raise SearchOver
    if row.wanted is False:
        return search, reply, False
    row.willing, row.answered_at = willing, now
    await session.flush()
    return search, reply, True


async def settle(
    session: AsyncSession,
    search_id: int,
    person_id: int,
    me: Person,
    now: datetime,
    *,
    wanted: bool,
) -> tuple[Search, Reply, bool]:
    """The other yes, or no, with whether it is news.

    Raises `Gone`, `NotAllowed`, `SearchOver`.
    """
    search = await mine(session, search_id, me, lock=True)
    reply = next((each for each in search.replies if each.person.key == person_id), None)
    if reply is None or not reply.asked.willing or not reply.there:
        raise Gone
    row = reply.asked
    if row.wanted is not None:
        return search, reply, False
    if not search.live(now):
        raise SearchOver
    row.wanted = wanted
    row.met_at = now if wanted else None
    await session.flush()
    return search, reply, True


async def end(
    session: AsyncSession, search_id: int, me: Person, now: datetime
) -> tuple[Search, list[Reply]]:
    """With those whose yes was not answered. Raises `Gone`, `NotAllowed`."""
    search = await mine(session, search_id, me, lock=True)
    if search.row.ended_at is not None:
        return search, []
    search.row.ended_at, search.row.due_at = now, None
    return search, search.willing


async def help_wanted(
    session: AsyncSession, search_id: int, me: Person, now: datetime
) -> tuple[Search, list[Person]]:
    """Who can help: the managers, who are told who asks. Raises `Gone`, `NotAllowed`."""
    search = await mine(session, search_id, me)
    return search, await desk.managers(session, now)


@awaits
async def next_word(session: AsyncSession, now: datetime) -> datetime | None:
    return await store.next_due(session, now)


async def in_vain(
    session: AsyncSession, zone: tzinfo, now: datetime
) -> list[tuple[Search, list[Candidate]]]:
    """Searches to which nobody has said yes in time, with whom else one could ask."""
    if not patience.is_decent(now, zone):
        return []
    vain: list[tuple[Search, list[Candidate]]] = []
    for row in await store.due(session, now, AT_ONCE):
        row.due_at = None
        search = await search_of(session, row)
        if search.live(now) and not search.met and not search.willing:
            role = Role(row.role)
            others = await choosing.fitting(session, search.call, search.seeker, role, now)
            vain.append((search, others))
    return vain


async def _ask(
    session: AsyncSession, search: PartnerSearch, whom: Sequence[Candidate], now: datetime
) -> None:
    for each in whom:
        session.add(
            PartnerAsked(
                search_id=search.key,
                person_id=each.person.key,
                organisation_id=each.organisation.key,
                asked_at=now,
            )
        )
    await session.flush()
