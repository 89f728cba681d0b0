"""What we keep of those who ask for equipment, answer and book: given out, and forgotten.

That something was asked, when it was answered and what came of it stays, without who and what.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import privacy
from bot.domain.instruments.windows import cancel
from bot.domain.privacy import Record, facts
from storage.instruments import Booking, Carried, Demand, Enquiry, Window, windows
from storage.instruments import enquiries as store
from storage.instruments.enquiries import State
from storage.people import Person

TALKS = timedelta(days=365)  # what was said and booked, after the end
UNSENT = timedelta(days=7)


async def prune(session: AsyncSession, now: datetime) -> None:
    await store.prune(session, now - TALKS, now - UNSENT)
    await windows.prune(session, now - TALKS)


async def _asked(session: AsyncSession, me: Person) -> Sequence[Record]:
    others = ("demand_id", "taken_by", "entrusted_to", "with_manager", "steps", "due_at")
    return [
        {
            **facts(demand),
            "enquiries": [
                facts(each, without=others) for each in await store.of_demand(session, demand.key)
            ],
        }
        for demand in await store.all_demands_of(session, me.key)
    ]


async def _written(session: AsyncSession, me: Person) -> Sequence[Record]:
    return [facts(each) for each in await store.carried_of(session, me.key)]


async def _forget_asked(session: AsyncSession, me: Person, now: datetime) -> None:
    for demand in await store.all_demands_of(session, me.key):
        for enquiry in await store.of_demand(session, demand.key):
            if enquiry.live:
                enquiry.state, enquiry.ended_at = State.WITHDRAWN, now
            enquiry.due_at, enquiry.with_manager, enquiry.asker_agrees = None, False, False
    for enquiry in await store.taken_by(session, me.key):
        enquiry.taken_by = enquiry.entrusted_to = None
        enquiry.owner_agrees = False
    await store.silence(session, me.key)


async def _booked(session: AsyncSession, me: Person) -> Sequence[Record]:
    return [facts(each) for each in await windows.all_bookings_of(session, me.key)]


async def _give_back(session: AsyncSession, me: Person, now: datetime) -> None:
    for booking, _ in await windows.bookings_of(session, me.key, now):
        cancel(booking, now)


async def _published(session: AsyncSession, me: Person) -> Sequence[Record]:
    return [facts(each) for each in await windows.published_by(session, me.key)]


privacy.keep("enquiries", Demand, Enquiry, give=_asked, forget=_forget_asked)
privacy.keep("words_in_enquiries", Carried, give=_written)
privacy.keep("bookings", Booking, give=_booked, forget=_give_back)
privacy.keep("windows_published", Window, give=_published)
