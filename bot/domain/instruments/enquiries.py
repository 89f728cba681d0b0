"""Enquiries about equipment: what they consist of, who stands on which side, and who may look.

Neither side learns who the other is until both agree. Who speaks for an owner is asked at the
moment of action: the contact persons of the organisation, the guarantor of the instrument,
whoever the manager has entrusted it to, and the manager.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import desk, rights
from bot.domain.refusals import Gone, NotAllowed, Refusal
from bot.domain.rights import Action
from storage import instruments, organisations, people
from storage.instruments import Carried, Condition, Demand, Enquiry, Instrument
from storage.instruments import enquiries as store
from storage.organisations import Organisation
from storage.people import Person, RoleName

LONGEST = 2000  # characters of anything that is written in an enquiry
SHOWN = 6  # of the words that were carried, on a card
NOBODY = 0  # no organisation has this id, so its contact persons are none
HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn")  # Unicode categories


class EnquiryOver(Refusal):
    """It was declined, withdrawn, or ended otherwise."""


class OwnInstrument(Refusal):
    """It belongs to the organisation of who asks."""


class Illegible(Refusal):
    """There is no text, or too much of it."""

    def __init__(self, most: int) -> None:
        self.most = most


class Side(Enum):
    ASKER = auto()
    OWNER = auto()


@dataclass(frozen=True)
class Case:
    """An enquiry with all that it is about; `holder` is who deals with it for the owner."""

    enquiry: Enquiry
    demand: Demand
    asker: Person
    asker_from: Organisation | None
    instrument: Instrument | None  # None: all members are asked, or it was deleted
    owner: Organisation | None
    holder: Person | None
    holder_from: Organisation | None = None

    @property
    def known_to_each_other(self) -> bool:
        return self.enquiry.asker_agrees and self.enquiry.owner_agrees and self.holder is not None

    @property
    def still_shown(self) -> bool:
        """Whether the instrument can be found in the database."""
        return self.instrument is not None and self.instrument.condition != Condition.HIDDEN


@dataclass(frozen=True)
class Look:
    """A case as one side sees it."""

    case: Case
    side: Side
    carried: Sequence[Carried]
    mine: bool = False  # I deal with it for the owner
    manages: bool = False


def said(text: str, most: int = LONGEST) -> str:
    """Without signs that turn or hide letters. Raises `Illegible`."""
    clean = "\n".join(_legible(line) for line in text.strip().splitlines()).strip()
    if not 1 <= len(clean) <= most:
        raise Illegible(most)
    return clean


def _legible(line: str) -> str:
    spaced = unicodedata.normalize("NFC", line).replace("\t", " ")
    return "".join(sign for sign in spaced if unicodedata.category(sign) not in HIDDEN).strip()


async def look(session: AsyncSession, enquiry_id: int, me: Person, now: datetime) -> Look:
    """Raises `Gone`, `NotAllowed`."""
    case = await find(session, enquiry_id, now)
    side = await side_of(session, case, me, now)
    carried = await store.carried(session, enquiry_id, SHOWN)
    mine = case.holder is not None and case.holder.key == me.key
    manages = await rights.may(session, me, Action.FORWARD_ENQUIRY, now)
    return Look(case, side, carried, mine, manages and side == Side.OWNER)


async def find(
    session: AsyncSession, enquiry_id: int, now: datetime, *, lock: bool = False
) -> Case:
    enquiry = await store.find(session, enquiry_id, lock=lock)
    if enquiry is None:
        raise Gone
    return await case_of(session, enquiry, now)


async def case_of(session: AsyncSession, enquiry: Enquiry, now: datetime) -> Case:
    demand = await store.demand(session, enquiry.demand_id)
    assert demand is not None
    asker = await people.find(session, demand.person_id)
    assert asker is not None
    about, where = enquiry.instrument_id, enquiry.organisation_id
    home = asker.organisation_id
    case = Case(
        enquiry,
        demand,
        asker,
        await organisations.find(session, home) if home else None,
        await instruments.find(session, about) if about else None,
        await organisations.find(session, where) if where else None,
        None,
    )
    holder = await people.find(session, enquiry.taken_by) if enquiry.taken_by else None
    if holder is None or not await speaks_for_owner(session, case, holder, now):
        return case
    home = holder.organisation_id
    where_from = await organisations.find(session, home) if home else None
    return replace(case, holder=holder, holder_from=where_from)


async def side_of(session: AsyncSession, case: Case, me: Person, now: datetime) -> Side:
    if case.demand.person_id == me.key:
        return Side.ASKER
    if await speaks_for_owner(session, case, me, now):
        return Side.OWNER
    raise NotAllowed


async def speaks_for_owner(session: AsyncSession, case: Case, me: Person, now: datetime) -> bool:
    if me.is_member and case.enquiry.entrusted_to == me.key:
        return True
    if case.instrument is not None and case.instrument.guarantor_id == me.key and me.is_member:
        return True
    where = case.enquiry.organisation_id or NOBODY
    return await rights.may(session, me, Action.ANSWER_ENQUIRY, now, organisation_id=where)


async def keeps(session: AsyncSession, instrument: Instrument, me: Person, now: datetime) -> bool:
    """Whether they speak for the owner of an instrument."""
    if instrument.guarantor_id == me.key and me.is_member:
        return True
    where = instrument.organisation_id or NOBODY
    return await rights.may(session, me, Action.ANSWER_ENQUIRY, now, organisation_id=where)


async def owners_people(
    session: AsyncSession,
    organisation_id: int | None,
    instrument: Instrument | None,
    now: datetime,
    *,
    entrusted_to: int | None = None,
) -> list[Person]:
    """Those of the owner who can be written to; the manager is none of them."""
    found = await contacts(session, organisation_id, now)
    named = [entrusted_to, instrument.guarantor_id if instrument else None]
    for person in [await people.find(session, each) for each in named if each]:
        if person is not None and person.is_member and can_be_told(person):
            found.append(person)
    return list({person.key: person for person in found}.values())


async def whom(session: AsyncSession, case: Case, now: datetime) -> list[Person]:
    """Who hears of it on the owner's side: who deals with it, or all who could."""
    if case.holder is not None and can_be_told(case.holder):
        return [case.holder]
    return await owners_side(session, case, now)


async def owners_side(session: AsyncSession, case: Case, now: datetime) -> list[Person]:
    """All of the owner who could deal with it."""
    enquiry = case.enquiry
    found = await owners_people(
        session,
        enquiry.organisation_id,
        case.instrument,
        now,
        entrusted_to=enquiry.entrusted_to,
    )
    return [person for person in found if person.key != case.asker.key]


async def listeners(session: AsyncSession, case: Case, now: datetime) -> list[Person]:
    """The same; the manager, where there is nobody any more."""
    return await whom(session, case, now) or await desk.managers(session, now)


async def contacts(
    session: AsyncSession, organisation_id: int | None, now: datetime
) -> list[Person]:
    if organisation_id is None:
        return []
    return [*await people.holders(session, RoleName.CONTACT, now, organisation_id=organisation_id)]


def can_be_told(person: Person) -> bool:
    return person.telegram_id is not None and person.reachable


async def demands(session: AsyncSession, me: Person) -> list[tuple[Demand, Sequence[Enquiry]]]:
    """What somebody has asked for, the newest first, and of whom."""
    mine = await store.demands_of(session, me.key)
    return [(demand, await store.of_demand(session, demand.key)) for demand in mine]


async def demand(
    session: AsyncSession, demand_id: int, me: Person
) -> tuple[Demand, Sequence[Enquiry]]:
    """Raises `Gone`, `NotAllowed`."""
    found = await store.demand(session, demand_id)
    if found is None:
        raise Gone
    if found.person_id != me.key:
        raise NotAllowed
    return found, await store.of_demand(session, demand_id)


async def put_to(session: AsyncSession, me: Person, now: datetime) -> Sequence[Enquiry]:
    """What waits for an answer of theirs, or has had one."""
    spoken_for = await rights.spoken_for(session, me, now)
    guarded = await store.guarded_by(session, me.key) if me.is_member else []
    manages = await rights.may(session, me, Action.FORWARD_ENQUIRY, now)
    return await store.for_owner(session, spoken_for, guarded, me.key, with_manager=manages)
