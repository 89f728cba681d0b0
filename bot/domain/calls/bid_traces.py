"""What we keep of those who bid and look for partners: given out, and forgotten."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import privacy
from bot.domain.privacy import Record, facts
from storage.calls import bidding, ideas, partners
from storage.calls.bids import Bid, Idea, PartnerAsked, PartnerSearch
from storage.people import Person

WORDS = timedelta(days=365)  # of a search or of an idea, after the call is over


async def prune(session: AsyncSession, now: datetime) -> None:
    """Of calls that are long over, what was sought and thought is emptied; the counts stay."""
    await partners.silence_before(session, now - WORDS)
    await ideas.silence_before(session, now - WORDS)


async def _handled(session: AsyncSession, me: Person) -> Sequence[Record]:
    without = ["organisation_id", "due_at"]
    return [facts(each, without=without) for each in await bidding.of_person(session, me.key)]


async def _leave(session: AsyncSession, me: Person, _: datetime) -> None:
    """The bids are the organisation's, and stay without a name."""
    for bid in await bidding.of_person(session, me.key):
        bid.person_id = None


async def _sought(session: AsyncSession, me: Person) -> Sequence[Record]:
    without = ["organisation_id", "due_at"]
    return [facts(each, without=without) for each in await partners.of_person(session, me.key)]


async def _end(session: AsyncSession, me: Person, now: datetime) -> None:
    for search in await partners.of_person(session, me.key):
        search.ended_at, search.due_at, search.what = search.ended_at or now, None, ""


async def _asked(session: AsyncSession, me: Person) -> Sequence[Record]:
    without = ["organisation_id", "wanted"]
    return [facts(each, without=without) for each in await partners.asked_of(session, me.key)]


async def _refuse(session: AsyncSession, me: Person, _: datetime) -> None:
    for asked in await partners.asked_of(session, me.key):
        if asked.met_at is None:
            asked.willing = False


async def _thought(session: AsyncSession, me: Person) -> Sequence[Record]:
    return [
        facts(each, without=["organisation_id"]) for each in await ideas.of_person(session, me.key)
    ]


privacy.keep("bids_handled", Bid, give=_handled, forget=_leave)
privacy.keep("partners_sought", PartnerSearch, give=_sought, forget=_end)
privacy.keep("asked_to_be_partner", PartnerAsked, give=_asked, forget=_refuse)
privacy.keep("ideas_for_bids", Idea, give=_thought)
