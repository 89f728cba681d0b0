"""The attention budget: over all features, so much in a week that is not urgent, and no more.

Not counted is what people have asked for or have to know: their seats, their enquiries, decisions
about them, reminders of what they follow. That never comes through here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.attention.hours import next_moment
from bot.domain.attention.wishes import quiet_of
from storage import pushes as store
from storage.people import Person
from storage.pushes import WEEK, Push, PushKind, Way, Wish


@dataclass(frozen=True, slots=True)
class Matter:
    """Something for somebody who has not asked for it; `title` and `opens` are its line in the
    digest, what it says and the data of its button."""

    person: Person
    key: str
    title: str
    opens: str
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """`leaves` is when it does if it leaves by itself; `again`: that was decided before."""

    way: Way
    leaves: datetime
    again: bool = False


async def decide(
    session: AsyncSession,
    kind: PushKind,
    matters: Sequence[Matter],
    zone: tzinfo,
    now: datetime,
    *,
    limit: int,
) -> list[Decision]:
    """How each reaches its person, in their order, noted. `limit` is the cluster's in a week."""
    if not matters:
        return []
    await store.alone(session)
    people = {each.person.key for each in matters}
    wishes = await store.wishes(session, people, kind, since=now - WEEK)
    ledger = _Ledger(kind, zone, now, limit, {key: wish.lately for key, wish in wishes.items()})
    for push in await store.known(session, people, {each.key for each in matters}):
        ledger.decided[push.person_id, push.key] = Decision(push.way, push.at, again=True)
    decisions = [ledger.decide(each, wishes[each.person.key]) for each in matters]
    session.add_all(ledger.fresh)
    await session.flush()
    return decisions


class _Ledger:
    """What the people in hand have had, as it grows."""

    def __init__(
        self, kind: PushKind, zone: tzinfo, now: datetime, limit: int, used: Mapping[int, int]
    ) -> None:
        self.kind, self.zone, self.now, self.limit = kind, zone, now, limit
        self.used = dict(used)
        self.decided: dict[tuple[int, str], Decision] = {}
        self.fresh: list[Push] = []

    def decide(self, matter: Matter, wish: Wish) -> Decision:
        known = (matter.person.key, matter.key)
        if known in self.decided:
            return self.decided[known]
        decision = self._decision(matter, wish)
        self.decided[known] = Decision(decision.way, decision.leaves, again=True)
        if decision.way == Way.NOW:
            self.used[matter.person.key] += 1
        self.fresh.append(self._push(matter, decision))
        return decision

    def _decision(self, matter: Matter, wish: Wish) -> Decision:
        person = matter.person
        if not person.reachable or person.telegram_id is None:
            return Decision(Way.UNREACHABLE, self.now)
        if wish.way in (Way.OFF, Way.DIGEST):
            return Decision(wish.way, self.now)
        limit = self.limit if wish.weekly is None else wish.weekly
        if self.used[person.key] >= limit:
            return Decision(Way.DIGEST, self.now)
        leaves = next_moment(self.now, self.zone, quiet_of(wish))
        over = matter.expires_at is not None and matter.expires_at <= leaves
        return Decision(Way.LATE if over else Way.NOW, leaves)

    def _push(self, matter: Matter, decision: Decision) -> Push:
        return Push(
            person_id=matter.person.key,
            kind=self.kind,
            key=matter.key,
            way=decision.way,
            title=matter.title,
            opens=matter.opens,
            at=decision.leaves,
            expires_at=matter.expires_at,
        )
