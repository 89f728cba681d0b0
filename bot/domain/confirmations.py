"""Somebody says where they belong; those who speak for the organisation confirm it or do not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.membership import admit
from bot.domain.refusals import Gone, Refusal
from bot.domain.rights import Action
from storage import audit, organisations, people
from storage import confirmations as store
from storage.confirmations import Confirmation, Verdict
from storage.organisations import Organisation
from storage.people import Person, RoleName

ASKS, ASKS_WITHIN = 3, timedelta(days=1)
PATIENCE = timedelta(days=2)  # then the managers are asked as well


class MemberAlready(Refusal):
    """They belong to an organisation and need no confirming."""


class AskedTooOften(Refusal):
    """Three questions a day are enough."""


@dataclass(frozen=True)
class Case:
    """A question with everybody it is about; `fresh` when it was asked or decided just now."""

    question: Confirmation
    asker: Person
    organisation: Organisation
    decider: Person | None = None
    fresh: bool = False


@dataclass(frozen=True)
class Asked:
    case: Case
    whom: Sequence[Person]  # may be nobody: then the question waits on the managers' desk


async def ask(session: AsyncSession, who: Person, organisation_id: int, now: datetime) -> Asked:
    """Ask to be confirmed; a question to another organisation gives way to this one.

    Raises `MemberAlready`, `AskedTooOften`, `Gone`.
    """
    me = await people.lock(session, who.key)
    assert me is not None
    await rights.require(session, me, Action.ASK_TO_JOIN, now)
    if me.is_member:
        raise MemberAlready
    organisation = await organisations.find(session, organisation_id)
    if organisation is None or not await organisations.is_member(session, organisation_id):
        raise Gone
    pending = await store.open_of(session, me.key)
    if pending is not None and pending.organisation_id == organisation_id:
        return Asked(Case(pending, me, organisation), await _whom(session, organisation_id, now))
    if await store.asked_since(session, me.key, now - ASKS_WITHIN) >= ASKS:
        raise AskedTooOften
    if pending is not None:
        await _close(session, pending, Verdict.TAKEN_BACK, now)
    question = Confirmation(person_id=me.key, organisation_id=organisation_id, asked_at=now)
    session.add(question)
    await session.flush()
    case = Case(question, me, organisation, fresh=True)
    return Asked(case, await _whom(session, organisation_id, now))


async def pending(session: AsyncSession, who: Person) -> Case | None:
    question = await store.open_of(session, who.key)
    return await _case(session, question) if question else None


async def take_back(session: AsyncSession, who: Person, now: datetime) -> None:
    await people.lock(session, who.key)
    question = await store.open_of(session, who.key)
    if question is not None:
        await _close(session, question, Verdict.TAKEN_BACK, now)


async def look(session: AsyncSession, me: Person, confirmation_id: int, now: datetime) -> Case:
    """Raises `Gone`, `NotAllowed`."""
    question = await store.find(session, confirmation_id)
    if question is None:
        raise Gone
    where = question.organisation_id
    await rights.require(session, me, Action.CONFIRM_COLLEAGUE, now, organisation_id=where)
    return await _case(session, question)


async def decide(
    session: AsyncSession, me: Person, confirmation_id: int, verdict: Verdict, now: datetime
) -> Case:
    """Whoever is first decides; the others learn who did. Raises `Gone`, `NotAllowed`."""
    case = await look(session, me, confirmation_id, now)
    asker = await people.lock(session, case.asker.key)  # first, as everywhere, or we deadlock
    question = await store.find(session, confirmation_id, lock=True)
    assert asker is not None
    assert question is not None
    if question.verdict is not None:
        return await _case(session, question)
    where = case.organisation.key
    if verdict == Verdict.YES and not await organisations.is_member(session, where):
        raise Gone
    await _close(session, question, verdict, now, me)
    if verdict == Verdict.YES:
        await admit(session, asker, where, now)
    subject = f"confirmation:{confirmation_id}"
    await audit.record(session, me.key, "confirm", subject, now, verdict=verdict)
    return Case(question, asker, case.organisation, me, fresh=True)


async def waiting(session: AsyncSession, me: Person, now: datetime) -> Sequence[Case]:
    """The open questions that `me` may decide, the oldest first. Raises `NotAllowed`."""
    await rights.require(session, me, Action.CONFIRM_COLLEAGUE, now)
    rows = await store.waiting(session)
    mine = await rights.spoken_for(session, me, now)
    is_team = await rights.may(session, me, Action.OPEN_ADMIN, now)
    cases = (Case(question, asker, organisation) for question, asker, organisation in rows)
    return [case for case in cases if is_team or case.organisation.key in mine]


async def escalate(session: AsyncSession, now: datetime) -> Sequence[Asked]:
    """Questions that nobody has answered for `PATIENCE`, each with the managers to ask."""
    found = await store.forgotten(session, now - PATIENCE)
    managers = await people.holders(session, RoleName.MANAGER, now)
    for question in found:
        question.escalated_at = now
    return [Asked(await _case(session, question), managers) for question in found]


async def _whom(session: AsyncSession, organisation_id: int, now: datetime) -> Sequence[Person]:
    contacts = await people.holders(
        session, RoleName.CONTACT, now, organisation_id=organisation_id
    )
    return contacts or await people.holders(session, RoleName.MANAGER, now)


async def _case(session: AsyncSession, question: Confirmation) -> Case:
    asker = await people.find(session, question.person_id)
    organisation = await organisations.find(session, question.organisation_id)
    decider = await people.find(session, question.decided_by) if question.decided_by else None
    assert asker is not None
    assert organisation is not None
    return Case(question, asker, organisation, decider)


async def _close(
    session: AsyncSession,
    question: Confirmation,
    verdict: Verdict,
    now: datetime,
    decider: Person | None = None,
) -> None:
    question.verdict, question.decided_at = verdict, now
    question.decided_by = decider.key if decider else None
    await session.flush()
