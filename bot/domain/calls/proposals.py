"""Values that were read from prose, or on which sources differ: the team says whether they hold.

Nothing rests on them before. In a call that has gone out only the manager decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.calls import editing, values
from bot.domain.calls.values import DEADLINES
from bot.domain.refusals import Gone, Refusal
from bot.domain.rights import Action
from storage.calls import desk as store
from storage.calls.history import Proposal
from storage.calls.records import Deadline, GrantCall
from storage.people import Person

LEADERS = {  # what is read along with them is asked about with them
    "currency": frozenset({"budget", "support_least", "support_most"}),
    "basis": frozenset({"support_least", "support_most"}),
    "trl_most": frozenset({"trl_least"}),
}


class Answered(Refusal):
    """Somebody has said already whether it holds."""


@dataclass(frozen=True)
class Asked:
    """A call with what is proposed for it, and what holds at present."""

    call: GrantCall
    proposals: Sequence[Proposal]  # without those that go along with another
    along: Mapping[int, Sequence[Proposal]]  # these, by the id of the other
    deadlines: Sequence[Deadline]

    def present(self, field: str) -> Any:
        """Plain, see `values`."""
        if field == DEADLINES:
            return values.of_deadlines(each for each in self.deadlines if each.sure)
        return values.of_call(self.call, field)

    def with_it(self, proposal: Proposal, field: str) -> Any:
        """What goes along with it, plain; None: nothing does."""
        others = self.along.get(proposal.key, ())
        return next((each.value for each in others if each.field == field), None)

    def currency(self, proposal: Proposal) -> str:
        """Of an amount; a call has but one, which may have been read with another amount."""
        others = (each for rows in self.along.values() for each in rows)
        said = (each.value for each in others if each.field == "currency")
        return str(self.with_it(proposal, "currency") or next(said, ""))


async def asked(session: AsyncSession, call_id: int, me: Person, now: datetime) -> Asked:
    await rights.require(session, me, Action.DRAFT_CALL, now)
    call = await store.find(session, call_id)
    if call is None:
        raise Gone
    waiting = await store.proposals(session, call.key)
    along = {each.key: _along(each, waiting) for each in waiting}
    return Asked(call, leading(waiting), along, await store.deadlines(session, call.key))


def leading(waiting: Sequence[Proposal]) -> list[Proposal]:
    """Without those that go along with another."""
    led = {other.key for each in waiting for other in _along(each, waiting)}
    return [each for each in waiting if each.key not in led]


def _along(proposal: Proposal, waiting: Sequence[Proposal]) -> list[Proposal]:
    """Those read from the same words that mean nothing without it."""
    return [
        each
        for each in waiting
        if each.snippet == proposal.snippet and proposal.field in LEADERS.get(each.field, ())
    ]


async def agree(session: AsyncSession, proposal_id: int, me: Person, now: datetime) -> GrantCall:
    """It holds: it is the call's value from now on. Raises `Answered`, `Fault`."""
    proposal, call = await _find(session, proposal_id, me, now)
    along = _along(proposal, await store.proposals(session, call.key))
    await _take(session, call, [proposal, *along], me, now)
    return call


async def agree_all(session: AsyncSession, call_id: int, me: Person, now: datetime) -> int:
    """All that wait; of several for the same field the last. How many there were."""
    call = await editing.lock(session, call_id, me, now)
    its = await asked(session, call_id, me, now)
    every = {each.field: each for each in await store.proposals(session, call.key)}
    await _take(session, call, list(every.values()), me, now)
    return len(its.proposals)


async def reject(session: AsyncSession, proposal_id: int, me: Person, now: datetime) -> GrantCall:
    """It does not hold, and is not asked about again."""
    proposal, call = await _find(session, proposal_id, me, now)
    for each in (proposal, *_along(proposal, await store.proposals(session, call.key))):
        each.settled_at, each.settled_by, each.agreed = now, me.key, False
    if proposal.field == DEADLINES:
        await _forget_unsure(session, call)
    facts = {"field": proposal.field, "value": proposal.value}
    await editing.note(session, call, "call.not_so", me, now, **facts)
    return call


async def corrected(session: AsyncSession, proposal_id: int, me: Person, now: datetime) -> None:
    """Something else was set in its place."""
    proposal = await store.proposal(session, proposal_id)
    if proposal is not None and proposal.settled_at is None:
        proposal.settled_at, proposal.settled_by, proposal.agreed = now, me.key, False


async def open_one(
    session: AsyncSession, proposal_id: int, me: Person, now: datetime
) -> tuple[Proposal, GrantCall]:
    """In order to put it right. Raises `Answered`."""
    return await _find(session, proposal_id, me, now)


async def _find(
    session: AsyncSession, proposal_id: int, me: Person, now: datetime
) -> tuple[Proposal, GrantCall]:
    await rights.require(session, me, Action.DRAFT_CALL, now)
    proposal = await store.proposal(session, proposal_id)
    if proposal is None:
        raise Gone
    call = await editing.lock(session, proposal.call_id, me, now)
    if proposal.settled_at is not None:
        raise Answered
    return proposal, call


async def _take(
    session: AsyncSession, call: GrantCall, taken: Sequence[Proposal], me: Person, now: datetime
) -> None:
    new = {each.field: values.typed(each.field, each.value) for each in taken}
    dues = new.pop(DEADLINES, None)
    await editing.put(session, call, new, me, now, dues=dues)


async def _forget_unsure(session: AsyncSession, call: GrantCall) -> None:
    for each in await store.deadlines(session, call.key):
        if not each.sure:
            await store.remove(session, each)
