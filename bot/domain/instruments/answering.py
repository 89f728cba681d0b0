"""Answering an enquiry: what either side may do about it, one after another.

Whoever is first of the owner's people takes it; a colleague can take it over.
"""

from datetime import datetime, tzinfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.instruments import asking, enquiries, patience
from bot.domain.instruments.asking import Put
from bot.domain.instruments.enquiries import Case, EnquiryOver, Side, can_be_told, said
from bot.domain.refusals import Gone, NotAllowed, Refusal
from bot.domain.rights import Action
from storage import audit, organisations, people
from storage.instruments import Carried
from storage.instruments.enquiries import Outcome, Reason, State
from storage.people import Person

OUTCOME = 30  # days after an offer or a word


class WithColleague(Refusal):
    """Somebody else of the owner deals with it."""

    def __init__(self, name: str) -> None:
        self.name = name


class NothingYet(Refusal):
    """The owner has not answered, so nothing can have come of it."""


async def take(session: AsyncSession, enquiry_id: int, me: Person, now: datetime) -> Case:
    """Deal with it for the owner. Raises `WithColleague`, `EnquiryOver`, `NotAllowed`, `Gone`."""
    case = await _locked(session, enquiry_id, now)
    if await enquiries.side_of(session, case, me, now) != Side.OWNER:
        raise NotAllowed
    if case.holder is not None and case.holder.key != me.key:
        raise WithColleague(case.holder.name)
    return await _held(session, case, me, now)


async def take_over(session: AsyncSession, enquiry_id: int, me: Person, now: datetime) -> Case:
    """From a colleague. Raises `EnquiryOver`, `NotAllowed`, `Gone`."""
    case = await _locked(session, enquiry_id, now)
    if await enquiries.side_of(session, case, me, now) != Side.OWNER:
        raise NotAllowed
    return await _held(session, case, me, now)


async def _held(session: AsyncSession, case: Case, me: Person, now: datetime) -> Case:
    if case.enquiry.taken_by != me.key:
        case.enquiry.taken_by = me.key
        case.enquiry.owner_agrees = False  # that was another person's word
    return await enquiries.case_of(session, case.enquiry, now)


async def write(
    session: AsyncSession,
    enquiry_id: int,
    me: Person,
    text: str,
    zone: tzinfo,
    now: datetime,
    *,
    offer: bool = False,
) -> tuple[Case, Side]:
    """Have words carried to the other side; an owner's may be an offer.

    Raises `Illegible`, `WithColleague`, `EnquiryOver`, `NotAllowed`, `Gone`.
    """
    words = said(text)
    case = await _locked(session, enquiry_id, now)
    side = await enquiries.side_of(session, case, me, now)
    if side == Side.OWNER:
        case = await take(session, enquiry_id, me, now)
        _answered(case, State.OFFERED if offer else State.TALKING, zone, now)
    session.add(
        Carried(
            enquiry_id=enquiry_id,
            person_id=me.key,
            from_asker=side == Side.ASKER,
            text=words,
            at=now,
        )
    )
    await session.flush()
    return case, side


def _answered(case: Case, state: State, zone: tzinfo, now: datetime) -> None:
    enquiry = case.enquiry
    first = enquiry.first_answer_at is None
    enquiry.first_answer_at = enquiry.first_answer_at or now
    enquiry.with_manager = False
    if first or (state == State.OFFERED and enquiry.state != State.OFFERED):
        enquiry.due_at = patience.morning_in(now, OUTCOME, zone)
    if enquiry.state != State.OFFERED:
        enquiry.state = state


async def decline(
    session: AsyncSession, enquiry_id: int, me: Person, reason: Reason, now: datetime
) -> Case:
    """Raises `WithColleague`, `EnquiryOver`, `NotAllowed`, `Gone`."""
    case = await take(session, enquiry_id, me, now)
    enquiry = case.enquiry
    enquiry.reason = reason
    enquiry.first_answer_at = enquiry.first_answer_at or now
    _end(case, State.DECLINED, now)
    return case


async def withdraw(session: AsyncSession, enquiry_id: int, me: Person, now: datetime) -> Case:
    """By who asked. Raises `EnquiryOver`, `NotAllowed`, `Gone`."""
    case = await _locked(session, enquiry_id, now)
    if case.demand.person_id != me.key:
        raise NotAllowed
    _end(case, State.WITHDRAWN, now)
    return case


def _end(case: Case, state: State, now: datetime) -> None:
    case.enquiry.state, case.enquiry.ended_at, case.enquiry.due_at = state, now, None
    case.enquiry.with_manager = False


async def agree(
    session: AsyncSession, enquiry_id: int, me: Person, now: datetime
) -> tuple[Case, Side]:
    """To be known to the other side, once they agree, too.

    Raises `WithColleague`, `EnquiryOver`, `NotAllowed`, `Gone`.
    """
    case = await _locked(session, enquiry_id, now)
    side = await enquiries.side_of(session, case, me, now)
    if side == Side.OWNER:
        case = await take(session, enquiry_id, me, now)
        case.enquiry.owner_agrees = True
    else:
        case.enquiry.asker_agrees = True
    return case, side


async def tell_outcome(
    session: AsyncSession, enquiry_id: int, me: Person, outcome: Outcome, now: datetime
) -> Case:
    """By who asked; it can be changed later. Raises `NothingYet`, `NotAllowed`, `Gone`."""
    case = await enquiries.find(session, enquiry_id, now, lock=True)
    enquiry = case.enquiry
    if case.demand.person_id != me.key:
        raise NotAllowed
    if enquiry.state not in (State.TALKING, State.OFFERED):
        raise NothingYet
    enquiry.outcome, enquiry.due_at = outcome, None
    if outcome != Outcome.NOT_YET:
        enquiry.ended_at = enquiry.ended_at or now
    return case


async def who_could(
    session: AsyncSession, enquiry_id: int, me: Person, now: datetime
) -> tuple[Case, list[Person]]:
    """Who could answer instead: people of the owner first, then contact persons of the others.

    For the manager. Raises `EnquiryOver`, `NotAllowed`, `Gone`.
    """
    await rights.require(session, me, Action.FORWARD_ENQUIRY, now)
    case = await enquiries.find(session, enquiry_id, now)
    check_live(case)
    if case.demand.person_id == me.key:
        raise NotAllowed
    return case, await _who_could(session, case, now)


async def _who_could(session: AsyncSession, case: Case, now: datetime) -> list[Person]:
    owner = case.enquiry.organisation_id
    found = [*await people.of_organisation(session, owner, skip=0, limit=50)] if owner else []
    for other in await organisations.members(session):
        found += await enquiries.contacts(session, other.key, now)
    home, not_them = case.asker.organisation_id, {case.asker.key, case.enquiry.entrusted_to}
    could = {
        person.key: person
        for person in found
        if can_be_told(person)
        and person.key not in not_them
        and (home is None or person.organisation_id != home)
    }
    return list(could.values())


async def forward(
    session: AsyncSession, enquiry_id: int, person_id: int, me: Person, zone: tzinfo, now: datetime
) -> Put:
    """By the manager, to somebody who can answer. Raises `EnquiryOver`, `NotAllowed`, `Gone`."""
    await rights.require(session, me, Action.FORWARD_ENQUIRY, now)
    case = await _locked(session, enquiry_id, now)
    if case.demand.person_id == me.key:
        raise NotAllowed
    chosen = [each for each in await _who_could(session, case, now) if each.key == person_id]
    if not chosen:
        raise Gone
    enquiry = case.enquiry
    enquiry.organisation_id = chosen[0].organisation_id or enquiry.organisation_id
    enquiry.entrusted_to, enquiry.taken_by, enquiry.owner_agrees = person_id, person_id, False
    subject = f"enquiry:{enquiry_id}"
    await audit.record(session, me.key, "forward", subject, now, person=person_id)
    return await asking.reach(session, enquiry, zone, now)


async def _locked(session: AsyncSession, enquiry_id: int, now: datetime) -> Case:
    case = await enquiries.find(session, enquiry_id, now, lock=True)
    check_live(case)
    return case


def check_live(case: Case) -> None:
    """Raises `EnquiryOver`."""
    if not case.enquiry.live:
        raise EnquiryOver
