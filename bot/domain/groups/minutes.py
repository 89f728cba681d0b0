"""Minutes of meetings: a draft of what was planned and marked, and what is sent to everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import privacy
from bot.domain.groups import agenda
from bot.domain.groups.agenda import Meeting
from bot.domain.refusals import Gone, NotAllowed, Refusal
from bot.domain.workshops.card import Cancelled
from bot.domain.workshops.planning import long
from storage.audit import record
from storage.groups import minutes as store
from storage.groups.meetings import Minutes
from storage.people import Person
from storage.workshops import State

LIMIT = 20_000  # characters of all minutes
ONCE = 4_000  # characters that somebody adds in one go
NUDGED = timedelta(days=3)  # after a meeting nobody is asked for its minutes any more


class NotBegunYet(Refusal):
    """The meeting is still ahead."""


class MinutesSent(Refusal):
    """Others have them: they stay as they are."""


class NoWords(Refusal):
    """There is nothing in them to be sent."""


class MinutesChanged(Refusal):
    """What was to be rewritten reads otherwise by now."""


@dataclass(eq=False)
class MinutesFull(Refusal):
    """They would be longer than `limit` characters."""

    limit: int


@dataclass(frozen=True, slots=True)
class Draft:
    """Minutes, sent or not yet, with the meeting that they are of."""

    minutes: Minutes
    meeting: Meeting
    waiting: int  # marked messages that no minutes have


async def begin(session: AsyncSession, workshop_id: int, me: Person, now: datetime) -> Draft:
    """The draft of a meeting, from its agenda and what was marked; the one there is, if there is.

    Raises what `agenda.meeting` does, `NotAllowed`, `Cancelled` and `NotBegunYet`.
    """
    meeting = await agenda.meeting(session, workshop_id, me, now)
    if not meeting.may_run:
        raise NotAllowed
    if meeting.event.state == State.CANCELLED:
        raise Cancelled
    if not meeting.has_begun:
        raise NotBegunYet
    if meeting.minutes is not None:
        return await _draft(session, meeting.minutes, meeting)
    points = [f"{n}. {point.text}" for n, (point, _) in enumerate(meeting.points, 1)]
    minutes = Minutes(
        workshop_id=workshop_id,
        pillar_id=meeting.pillar.key,
        text="\n".join(points),
        begun_at=now,
        edited_by=me.key,
    )
    session.add(minutes)
    await session.flush()
    await _take_in(session, minutes)
    return await _draft(session, minutes, meeting)


async def collect(session: AsyncSession, minutes_id: int, me: Person, now: datetime) -> Draft:
    """What was marked since then comes to the end. Raises what `editable` does."""
    draft = await editable(session, minutes_id, me, now)
    await _take_in(session, draft.minutes)
    draft.minutes.edited_by = me.key
    return await _draft(session, draft.minutes, draft.meeting)


async def _take_in(session: AsyncSession, minutes: Minutes) -> None:
    """As much of what was marked as there is room for; the rest goes on waiting."""
    for mark in await store.waiting(session, minutes.pillar_id):
        line = f"• {mark.said_by}: {mark.text}" if mark.said_by else f"• {mark.text}"
        text = f"{minutes.text}\n{line}".strip()
        if len(text) > LIMIT:
            return
        minutes.text, mark.minutes_id = text, minutes.key
    await session.flush()


async def add(
    session: AsyncSession, minutes_id: int, words: str, me: Person, now: datetime
) -> Draft:
    """To the end. Raises what `editable` does, `BadLength` and `MinutesFull`."""
    draft = await editable(session, minutes_id, me, now)
    text = f"{draft.minutes.text}\n{long(words, ONCE)}".strip()
    return await _write(session, draft, text, me)


async def rewrite(
    session: AsyncSession, minutes_id: int, old: str, words: str, me: Person, now: datetime
) -> Draft:
    """Put `words` in the place of `old`. Raises what `add` does, and `MinutesChanged`."""
    draft = await editable(session, minutes_id, me, now)
    if old not in draft.minutes.text:
        raise MinutesChanged
    text = draft.minutes.text.replace(old, long(words, ONCE), 1)
    return await _write(session, draft, text, me)


async def _write(session: AsyncSession, draft: Draft, text: str, me: Person) -> Draft:
    if len(text) > LIMIT:
        raise MinutesFull(LIMIT)
    draft.minutes.text, draft.minutes.edited_by = text, me.key
    await session.flush()
    return draft


async def editable(session: AsyncSession, minutes_id: int, me: Person, now: datetime) -> Draft:
    """Raises what `read` does, `NotAllowed` and `MinutesSent`."""
    await store.find(session, minutes_id, lock=True)
    draft = await read(session, minutes_id, me, now)
    if not draft.meeting.may_run:
        raise NotAllowed
    if draft.minutes.sent_at is not None:
        raise MinutesSent
    return draft


async def read(session: AsyncSession, minutes_id: int, me: Person, now: datetime) -> Draft:
    """A draft is for whoever runs the pillar. Raises `Gone` and what `agenda.meeting` does."""
    minutes = await store.find(session, minutes_id)
    if minutes is None:
        raise Gone
    meeting = await agenda.meeting(session, minutes.workshop_id, me, now)
    if minutes.sent_at is None and not meeting.may_run:
        raise Gone
    return await _draft(session, minutes, meeting)


async def _draft(session: AsyncSession, minutes: Minutes, meeting: Meeting) -> Draft:
    return Draft(minutes, meeting, await store.count_waiting(session, minutes.pillar_id))


async def send(session: AsyncSession, minutes_id: int, me: Person, now: datetime) -> Draft:
    """From now on they are the pillar's. Raises what `editable` does, and `NoWords`."""
    draft = await editable(session, minutes_id, me, now)
    if not draft.minutes.text.strip():
        raise NoWords
    draft.minutes.sent_at = now
    await session.flush()
    await record(session, me.key, "send_minutes", f"minutes:{minutes_id}", now)
    return draft


async def missing(session: AsyncSession, now: datetime) -> Sequence[tuple[int, int]]:
    """Meetings that are just over and have none: the ids of the event and of its pillar."""
    return await store.without(session, now - NUDGED, now)


async def _nothing(_session: AsyncSession, _me: Person) -> Sequence[privacy.Record]:
    """Minutes are the pillar's; who wrote in them last is in `deeds`."""
    return []


privacy.keep("minutes", Minutes, give=_nothing)
