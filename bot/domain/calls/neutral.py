"""Where calls that are open to any technology go: the manager's rule, by programme or by kind."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.refusals import Gone
from bot.domain.rights import Action
from storage import audit, settings
from storage.calls import matching as store
from storage.calls.records import GrantCall, Kind
from storage.folding import fold
from storage.people import Person

SETTING = "calls.neutral"
LATEST = 200  # calls among which programmes are looked for


@dataclass(frozen=True, slots=True)
class Goal:
    """Everybody who wants calls of that kind, or those of some pillars; without any, nobody."""

    everybody: bool = False
    pillars: frozenset[int] = frozenset()

    @property
    def is_nobody(self) -> bool:
        return not self.everybody and not self.pillars

    def turned(self, pillar_id: int) -> "Goal":
        """With that pillar, or without it if it was there."""
        return Goal(pillars=self.pillars ^ {pillar_id})


EVERYBODY, NOBODY = Goal(everybody=True), Goal()


@dataclass(frozen=True, slots=True)
class Rule:
    """What a programme has of its own counts before what its kind has."""

    kinds: Mapping[Kind, Goal] = field(default_factory=dict)
    programmes: Mapping[str, Goal] = field(default_factory=dict)  # by folded names

    def of_kind(self, kind: Kind) -> Goal:
        usual = NOBODY if kind is Kind.INTERNATIONAL else EVERYBODY
        return self.kinds.get(kind, usual)

    def of_programme(self, programme: str) -> Goal | None:
        return self.programmes.get(fold(programme))

    def goal(self, call: GrantCall) -> Goal:
        own = self.of_programme(call.programme) if call.programme else None
        return self.of_kind(call.kind) if own is None else own


async def rule(session: AsyncSession) -> Rule:
    kept = await settings.find(session, SETTING)
    told: dict[str, Any] = json.loads(kept) if kept else {}
    return Rule(
        {Kind(kind): _goal(goal) for kind, goal in told.get("kinds", {}).items()},
        {name: _goal(goal) for name, goal in told.get("programmes", {}).items()},
    )


async def overview(
    session: AsyncSession, me: Person, now: datetime
) -> tuple[Rule, list[GrantCall]]:
    """The rule, and one call of each programme that has been seen with such calls."""
    await rights.require(session, me, Action.SETTLE_CALL, now)
    seen: dict[str, GrantCall] = {}
    for call in await store.neutral(session, LATEST):
        seen.setdefault(fold(call.programme), call)
    return await rule(session), list(seen.values())


async def like(session: AsyncSession, call_id: int, me: Person, now: datetime) -> GrantCall:
    """The call whose programme is spoken of. Raises `Gone`."""
    await rights.require(session, me, Action.SETTLE_CALL, now)
    call = await session.get(GrantCall, call_id)
    if call is None or not call.programme:
        raise Gone
    return call


async def set_for_kind(
    session: AsyncSession, kind: Kind, goal: Goal, me: Person, now: datetime
) -> Rule:
    await rights.require(session, me, Action.SETTLE_CALL, now)
    present = await rule(session)
    return await _keep(session, replace(present, kinds={**present.kinds, kind: goal}), me, now)


async def set_for_programme(
    session: AsyncSession, call: GrantCall, goal: Goal | None, me: Person, now: datetime
) -> Rule:
    """None: it goes where its kind goes."""
    await rights.require(session, me, Action.SETTLE_CALL, now)
    present, name = await rule(session), fold(call.programme)
    others = {each: its for each, its in present.programmes.items() if each != name}
    programmes = others if goal is None else {**others, name: goal}
    return await _keep(session, replace(present, programmes=programmes), me, now)


async def _keep(session: AsyncSession, new: Rule, me: Person, now: datetime) -> Rule:
    told = {
        "kinds": {kind.value: _plain(goal) for kind, goal in new.kinds.items()},
        "programmes": {name: _plain(goal) for name, goal in new.programmes.items()},
    }
    await settings.put(session, SETTING, json.dumps(told))
    await audit.record(session, me.key, "set_neutral_calls", "calls", now, **told)
    return new


def _goal(told: Any) -> Goal:
    return EVERYBODY if told is True else Goal(pillars=frozenset(told or ()))


def _plain(goal: Goal) -> Any:
    return True if goal.everybody else sorted(goal.pillars)
