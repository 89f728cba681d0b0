"""What we keep of people at the door and from their registration: given out, and forgotten.

Who was there is evidence for whoever paid for the event: where a project did, the name stays.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import privacy
from bot.domain.privacy import Record
from storage import organisations
from storage.people import Person
from storage.workshops import check_ins, doors, registration
from storage.workshops.check_ins import CheckIn, Ticket
from storage.workshops.doors import Doorkeeper, DoorLink, Poster
from storage.workshops.registration import Habit, RegistrationAnswer


async def _tickets(session: AsyncSession, me: Person) -> Sequence[Record]:
    return [{"event": title} for title in await check_ins.tickets_of(session, me.key)]


async def _drop_tickets(session: AsyncSession, me: Person, _now: datetime) -> None:
    await check_ins.drop_tickets(session, me.key)


async def _check_ins(session: AsyncSession, me: Person) -> Sequence[Record]:
    return await check_ins.of_person(session, me.key)


async def _keep_name(session: AsyncSession, me: Person, _now: datetime) -> None:
    where = me.organisation_id
    organisation = await organisations.find(session, where) if where else None
    called = organisation.name if organisation else ""
    await check_ins.keep_name(session, me.key, me.name, called)


async def _doors(session: AsyncSession, me: Person) -> Sequence[Record]:
    return [{"event": title} for title in await doors.of_person(session, me.key)]


async def _leave_doors(session: AsyncSession, me: Person, _now: datetime) -> None:
    await doors.forget_keeper(session, me.key)


async def _answers(session: AsyncSession, me: Person) -> Sequence[Record]:
    return await registration.of_person(session, me.key)


async def _habits(session: AsyncSession, me: Person) -> Sequence[Record]:
    return [privacy.facts(each) for each in await registration.habits(session, me.key)]


async def _forget_answers(session: AsyncSession, me: Person, _now: datetime) -> None:
    await registration.forget(session, me.key)


privacy.keep("tickets", Ticket, give=_tickets, forget=_drop_tickets)
privacy.keep("check_ins", CheckIn, give=_check_ins, forget=_keep_name)
privacy.keep("doors", Doorkeeper, DoorLink, Poster, give=_doors, forget=_leave_doors)
privacy.keep("answers", RegistrationAnswer, give=_answers, forget=_forget_answers)
privacy.keep("remembered_answers", Habit, give=_habits)
