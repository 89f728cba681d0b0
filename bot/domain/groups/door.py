"""The door of a pillar's group: its people come in at once, of others the guarantor decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.groups import linking
from bot.domain.refusals import Gone, Refusal
from bot.domain.rights import Action
from storage import audit, people, pillars
from storage.groups import doors, places, presence
from storage.groups.chats import GroupChat, Health, JoinRequest
from storage.people import Person
from storage.pillars import Pillar

TIME_TO_ANSWER = timedelta(minutes=5)  # as long as Telegram lets us write to them
ANSWER_LIMIT = 300  # characters


@dataclass(eq=False)
class NotInIt(Refusal):
    """The group is for people of the pillar."""

    pillar: str


class NoGroup(Refusal):
    """The pillar has no group yet, or we cannot let anybody in there now."""


@dataclass(frozen=True)
class Case:
    """A request, the person who asks as far as we know them, and the pillar."""

    request: JoinRequest
    pillar: Pillar
    person: Person | None
    fresh: bool = True

    @property
    def name(self) -> str:
        return self.person.name if self.person else self.request.name or "–"


async def knock(
    session: AsyncSession, me: Person, chat_id: int, invite_link: str, now: datetime
) -> JoinRequest | None:
    """Somebody asks to be let in. None where nobody has linked the group: it is not our door.

    Of the pillar's people it is granted at once.
    """
    groups = await places.of_chat(session, chat_id)
    if not groups or me.telegram_id is None:
        return None
    request = await doors.open_request(session, chat_id, me.telegram_id)
    if request is None:
        by_link = (each for each in groups if each.invite_link == invite_link)
        pillar_id = next(by_link, groups[0]).pillar_id
        request = JoinRequest(
            chat_id=chat_id,
            telegram_id=me.telegram_id,
            name=me.name,
            pillar_id=pillar_id,
            asked_at=now,
        )
        session.add(request)
    if await _belongs(session, groups, me.telegram_id, now):
        request.granted, request.decided_at = True, now
    await session.flush()
    return request


async def _belongs(
    session: AsyncSession, groups: Sequence[GroupChat], number: int, now: datetime
) -> bool:
    ids = [each.pillar_id for each in groups]
    return bool(await presence.belonging(session, ids, [number], now))


async def answer(session: AsyncSession, me: Person, request_id: int, words: str) -> Case:
    """What they say to our one question. Raises `Gone` for a request that is not theirs."""
    case = await _case(session, request_id, lock=True)
    if case.request.telegram_id != me.telegram_id:
        raise Gone
    if case.request.decided_at is None:
        case.request.answer = words[:ANSWER_LIMIT]
    return case


async def to_be_told(session: AsyncSession, now: datetime) -> list[Case]:
    """Requests that have been answered or will not be; each once."""
    cases = []
    for request in await doors.waiting(session):
        if request.told_at or not (request.answer or request.asked_at + TIME_TO_ANSWER <= now):
            continue
        request.told_at = now
        cases.append(await _case(session, request.key))
    return cases


async def late_comers(session: AsyncSession, now: datetime) -> list[Case]:
    """Those who have come into the pillar while they were waiting: they are let in."""
    cases = []
    for request in await doors.waiting(session):
        groups = await places.of_chat(session, request.chat_id)
        if groups and await _belongs(session, groups, request.telegram_id, now):
            request.granted, request.decided_at = True, now
            cases.append(await _case(session, request.key))
    return cases


async def look(session: AsyncSession, me: Person, request_id: int, now: datetime) -> Case:
    """Raises `Gone`, `NotAllowed`."""
    case = await _case(session, request_id)
    await rights.require(session, me, Action.RUN_PILLAR, now, pillar_id=case.pillar.key)
    return case


async def decide(
    session: AsyncSession, me: Person, request_id: int, now: datetime, *, granted: bool
) -> Case:
    """Whoever comes second sees what was decided. Raises `Gone`, `NotAllowed`."""
    case = await _case(session, request_id, lock=True)
    await rights.require(session, me, Action.RUN_PILLAR, now, pillar_id=case.pillar.key)
    request = case.request
    if request.decided_at is not None:
        return Case(request, case.pillar, case.person, fresh=False)
    request.granted, request.decided_at, request.decided_by = granted, now, me.key
    word = "let_in" if granted else "turn_away"
    subject = f"pillar:{case.pillar.key}"
    await audit.record(session, me.key, word, subject, now, telegram=request.telegram_id)
    return case


async def came_in(session: AsyncSession, chat_id: int, telegram_id: int, now: datetime) -> None:
    """An administrator has let them in by hand."""
    request = await doors.open_request(session, chat_id, telegram_id)
    if request is not None:
        request.granted, request.decided_at = True, now


async def way_in(
    session: AsyncSession, me: Person, pillar_id: int, now: datetime
) -> tuple[Pillar, GroupChat]:
    """The group with the link to it. Raises `Gone`, `NoGroup`, `NotInIt`."""
    pillar = await pillars.find(session, pillar_id)
    if pillar is None or me.telegram_id is None:
        raise Gone
    group = await places.of_pillar(session, pillar_id)
    if group is None or group.health == Health.LOST:
        raise NoGroup
    if not await _belongs(session, [group], me.telegram_id, now):
        raise NotInIt(pillar.name_in(me.language))
    return pillar, group


async def to_decide(
    session: AsyncSession, me: Person, pillar_id: int, now: datetime
) -> list[Case]:
    """Raises `NotAllowed`."""
    await rights.require(session, me, Action.RUN_PILLAR, now, pillar_id=pillar_id)
    waiting = await doors.waiting(session, pillar_id)
    return [await _case(session, each.key) for each in waiting]


async def in_charge(session: AsyncSession, case: Case, now: datetime) -> list[Person]:
    return await linking.in_charge(session, case.pillar.key, now)


async def _case(session: AsyncSession, request_id: int, *, lock: bool = False) -> Case:
    request = await doors.request(session, request_id, lock=lock)
    pillar = await pillars.find(session, request.pillar_id) if request else None
    if request is None or pillar is None:
        raise Gone
    return Case(request, pillar, await people.by_telegram(session, request.telegram_id))
