"""Calls by hand: the team passes on a link, a file or a text, and a draft is made of it.

What is read there is only proposed. A draft has no title before it has been read, and is no more
than a question until then.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.calls import identity, indexing, judging, values
from bot.domain.calls.editing import note, remove
from bot.domain.calls.found import Found, Guess
from bot.domain.calls.values import DEADLINES
from bot.domain.refusals import Gone
from bot.domain.rights import Action
from storage.calls import desk as store
from storage.calls.history import Proposal
from storage.calls.records import Deadline, GrantCall, Kind, Sighting, Stage, State
from storage.calls.sources import Form, Source
from storage.people import Person

BY_HAND = "hand"
UNWANTED = timedelta(days=7)  # after which a draft that nobody wanted to be read is forgotten
TITLE, TEXT, SNIPPET = 500, 20_000, 500  # characters


@dataclass(frozen=True)
class Handed:
    """What somebody passes on: a link, a text, or both."""

    link: str = ""
    text: str = ""


async def offer(
    session: AsyncSession, handed: Handed, me: Person, now: datetime
) -> tuple[GrantCall, bool]:
    """The draft that it may become, and whether it is new: its link may be of a known call."""
    await rights.require(session, me, Action.DRAFT_CALL, now)
    known = await find_known(session, handed.link)
    if known is not None:
        return known, False
    draft = GrantCall(
        code=f"{BY_HAND}:{token_hex(8)}",
        title="",
        description=handed.text[:TEXT],
        link=handed.link,
        kind=Kind.NATIONAL,
        state=State.OPEN,
        stage=Stage.DRAFT,
        found_at=now,
        checked_at=now,
    )
    await store.add(session, draft)
    return draft, True


async def find_known(session: AsyncSession, link: str) -> GrantCall | None:
    page = identity.same_page(link)
    return await store.linked(session, {link, page}) if page else None


async def want(session: AsyncSession, call_id: int, me: Person, now: datetime) -> GrantCall:
    """A draft that is still to be read. Raises `Gone`."""
    await rights.require(session, me, Action.DRAFT_CALL, now)
    draft = await store.find(session, call_id, lock=True)
    if draft is None or draft.stage != Stage.DRAFT:
        raise Gone
    return draft


async def refuse(session: AsyncSession, call_id: int, me: Person, now: datetime) -> None:
    """It is no call."""
    draft = await want(session, call_id, me, now)
    if not draft.title:
        await remove(session, draft)


async def is_allowed(session: AsyncSession, host: str) -> bool:
    return host in await store.allowed(session)


async def allow(session: AsyncSession, call_id: int, host: str, me: Person, now: datetime) -> None:
    """From now on this host may be asked, for this call and others."""
    await rights.require(session, me, Action.KEEP_SOURCES, now)
    draft = await want(session, call_id, me, now)
    await store.allow(session, host, now)
    await note(session, draft, "host.allowed", me, now, host=host)


async def fill(
    session: AsyncSession, call_id: int, found: Found, me: Person, now: datetime
) -> GrantCall | None:
    """Write down what was read, once. None where the draft has gone meanwhile."""
    draft = await store.find(session, call_id, lock=True)
    if draft is None or draft.stage != Stage.DRAFT or draft.title:
        return None
    draft.title = found.title[:TITLE]
    draft.description = (found.description or draft.description)[:TEXT]
    draft.language = found.language or draft.language
    draft.link = draft.link or found.link
    await _take_code(session, draft, found)
    _take_fields(draft, found)
    for each in found.guesses:
        await _propose(session, draft, each, now)
    await session.flush()
    await _remember(session, draft, now)
    await judging.judge(session, [draft], now)
    draft.stage = Stage.DRAFT
    await indexing.enter(session, [draft])
    await note(session, draft, "call.drafted", me, now, title=draft.title, link=draft.link)
    return draft


async def begin_empty(
    session: AsyncSession, call_id: int, title: str, me: Person, now: datetime
) -> GrantCall:
    """It could not be read, or shall not be: somebody fills it in."""
    await want(session, call_id, me, now)
    filled = await fill(session, call_id, Found(reference="", title=title), me, now)
    if filled is None:
        raise Gone
    return filled


async def prune(session: AsyncSession, now: datetime) -> None:
    for each in await store.untitled(session, now - UNWANTED):
        await remove(session, each)


async def _take_code(session: AsyncSession, draft: GrantCall, found: Found) -> None:
    """The programme's own, so that a source which brings the call later knows it."""
    code = identity.programme_code(found.code)
    if code and await store.of_code(session, code) is None:
        draft.code = code


def _take_fields(draft: GrantCall, found: Found) -> None:
    for field in values.FIELDS:
        if values.says(found.fields.get(field)):
            setattr(draft, field, values.typed(field, values.plain(found.fields[field])))


async def _propose(session: AsyncSession, draft: GrantCall, guess: Guess, now: datetime) -> None:
    if not values.says(guess.value):
        return
    value, snippet = values.plain(guess.value), guess.snippet[:SNIPPET]
    row = Proposal(call_id=draft.key, field=guess.field, value=value, snippet=snippet, made_at=now)
    await store.add(session, row)
    if guess.field == DEADLINES:
        for due in values.typed(DEADLINES, value):
            unsure = Deadline(
                call_id=draft.key,
                at=due.at,
                zone=due.zone,
                hour_known=due.hour_known,
                what=due.what,
                sure=False,
            )
            await store.add(session, unsure)


async def _remember(session: AsyncSession, draft: GrantCall, now: datetime) -> None:
    """Where it comes from, so that a source which has the same page speaks of the same call."""
    page = identity.same_page(draft.link)
    if not page:
        return
    source = await store.of_form(session, Form.HAND)
    if source is None:
        source = Source(code=BY_HAND, name="Ručně", form=Form.HAND, active=False)
        await store.add(session, source)
    sighting = Sighting(
        source_id=source.key,
        reference=f"{BY_HAND}:{draft.key}",
        call_id=draft.key,
        link=page,
        seen_at=now,
    )
    await store.add(session, sighting)
