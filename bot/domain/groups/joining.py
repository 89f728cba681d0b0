"""Being in a pillar: members join and leave, guests ask and its guarantor decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.groups import departures
from bot.domain.pillars import standing
from bot.domain.refusals import Gone, Refusal
from bot.domain.rights import Action
from storage import audit, people, pillars
from storage.groups import membership, requests
from storage.groups.members import PillarMember, PillarRequest
from storage.people import Person, RoleName
from storage.pillars import Pillar

WHY_LIMIT = 300  # characters of a guest's sentence
ASKED_AT_ONCE = 3  # pillars that one guest may wait for
PAUSE = timedelta(days=30)  # after a no
PATIENCE = timedelta(days=7)  # with a guarantor who does not decide


class AskedAlready(Refusal):
    """The guest waits for this pillar."""


class AskedEnough(Refusal):
    """The guest waits for several pillars."""


class TurnedDownLately(Refusal):
    def __init__(self, until: datetime) -> None:
        self.until = until


class WhyTooLong(Refusal):
    def __init__(self, limit: int) -> None:
        self.limit = limit


@dataclass(frozen=True)
class Question:
    """A guest's request, with whom it is about and who may decide it."""

    request: PillarRequest
    pillar: Pillar
    asker: Person
    deciders: Sequence[Person] = ()
    decided_now: bool = False


async def join(session: AsyncSession, pillar_id: int, me: Person, now: datetime) -> Pillar:
    """Twice is as good as once. Raises `Gone`, `MembersOnly`."""
    await rights.require(session, me, Action.JOIN_PILLAR, now)
    await people.lock(session, me.key)
    pillar = await standing(session, pillar_id, now)
    await _let_in(session, pillar_id, me.key, now)
    asked = await requests.open_of(session, pillar_id, me.key)
    if asked is not None:
        asked.decided_at, asked.granted = now, True
    return pillar


async def leave(session: AsyncSession, pillar_id: int, me: Person, now: datetime) -> Pillar:
    """Twice is as good as once. Raises `Gone`."""
    await people.lock(session, me.key)
    pillar = await standing(session, pillar_id, now)
    row = await membership.row(session, pillar_id, me.key)
    if row is not None:
        row.until = now
        await session.flush()
        await departures.list_for(session, me, pillar_id, departures.LEFT_PILLAR, now)
    return pillar


async def leave_all(session: AsyncSession, person: Person, now: datetime) -> None:
    """Whoever leaves the cluster leaves every pillar."""
    await membership.end(session, person.key, now)
    await departures.list_for(session, person, None, departures.LEFT_CLUSTER, now)


async def may_ask(session: AsyncSession, pillar_id: int, me: Person, now: datetime) -> Pillar:
    """Raises `Gone`, `AskedAlready`, `AskedEnough`, `TurnedDownLately`."""
    pillar = await standing(session, pillar_id, now)
    asked = await requests.of_person(session, me.key)
    open_ones = [each for each in asked if each.decided_at is None]
    if any(each.pillar_id == pillar_id for each in open_ones):
        raise AskedAlready
    if len(open_ones) >= ASKED_AT_ONCE:
        raise AskedEnough
    for each in asked:
        lately = each.decided_at is not None and now < each.decided_at + PAUSE
        if each.pillar_id == pillar_id and each.granted is False and lately:
            assert each.decided_at is not None
            raise TurnedDownLately(each.decided_at + PAUSE)
    return pillar


async def ask(
    session: AsyncSession, pillar_id: int, me: Person, why: str, now: datetime
) -> Question:
    await people.lock(session, me.key)
    pillar = await may_ask(session, pillar_id, me, now)
    if len(why) > WHY_LIMIT:
        raise WhyTooLong(WHY_LIMIT)
    request = PillarRequest(pillar_id=pillar_id, person_id=me.key, why=why, asked_at=now)
    session.add(request)
    await session.flush()
    return Question(request, pillar, me, await deciders(session, pillar_id, now))


async def deciders(session: AsyncSession, pillar_id: int, now: datetime) -> Sequence[Person]:
    """Its guarantors who can be reached; where there are none, the managers."""
    leaders = await membership.leaders(session, pillar_id, now)
    reachable = {each.key: each for _, each in leaders if each.reachable}
    return [*reachable.values()] or await people.holders(session, RoleName.MANAGER, now)


async def waiting(
    session: AsyncSession, pillar_id: int, me: Person, now: datetime
) -> tuple[Pillar, Sequence[tuple[PillarRequest, Person]]]:
    """Raises `Gone`, `NotAllowed`."""
    await rights.require(session, me, Action.RUN_PILLAR, now, pillar_id=pillar_id)
    pillar = await standing(session, pillar_id, now)
    return pillar, await requests.waiting(session, pillar_id)


async def look(session: AsyncSession, request_id: int, me: Person, now: datetime) -> Question:
    """Raises `Gone`, `NotAllowed`."""
    request = await requests.find(session, request_id)
    return await _about(session, request, me, now)


async def decide(
    session: AsyncSession, request_id: int, me: Person, now: datetime, *, granted: bool
) -> Question:
    """The first decision holds. Raises `Gone`, `NotAllowed`."""
    request = await requests.find(session, request_id, lock=True)
    asked = await _about(session, request, me, now)
    request, pillar, asker = asked.request, asked.pillar, asked.asker
    if request.decided_at is not None:
        return asked
    await standing(session, pillar.key, now)
    request.decided_at, request.decided_by, request.granted = now, me.key, granted
    if granted:
        await _let_in(session, pillar.key, asker.key, now)
    action = "let_in" if granted else "turn_down"
    subject = f"person:{asker.key}"
    await audit.record(session, me.key, f"pillar.{action}", subject, now, pillar=pillar.key)
    return Question(request, pillar, asker, decided_now=True)


async def _about(
    session: AsyncSession, request: PillarRequest | None, me: Person, now: datetime
) -> Question:
    if request is None:
        raise Gone
    await rights.require(session, me, Action.RUN_PILLAR, now, pillar_id=request.pillar_id)
    asker = await people.find(session, request.person_id)
    pillar = await pillars.find(session, request.pillar_id)
    if asker is None or asker.telegram_id is None or pillar is None:
        raise Gone
    return Question(request, pillar, asker)


async def hand_on(session: AsyncSession, now: datetime) -> list[Question]:
    """What has waited too long goes to the managers, once."""
    handed = []
    managers = await people.holders(session, RoleName.MANAGER, now)
    for request in await requests.overdue(session, now - PATIENCE):
        request.handed_on_at = now
        asker = await people.find(session, request.person_id)
        pillar = await pillars.find(session, request.pillar_id)
        assert asker is not None
        assert pillar is not None
        handed.append(Question(request, pillar, asker, managers))
    return handed


async def _let_in(session: AsyncSession, pillar_id: int, person_id: int, now: datetime) -> None:
    if not await membership.is_in(session, pillar_id, person_id):
        session.add(PillarMember(pillar_id=pillar_id, person_id=person_id, since=now))
        await session.flush()
