"""A call set right by hand: by the team until it goes out, from then on by the manager alone.

What somebody has set by hand no source changes any more; what has gone out is told anew.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.calls import cells, changes, eligibility, indexing, judging, regions, values
from bot.domain.calls.cells import Fault, Wrong
from bot.domain.calls.changes import Held
from bot.domain.calls.found import Due
from bot.domain.calls.values import DEADLINES
from bot.domain.refusals import Gone
from bot.domain.rights import Action
from storage import audit, pillars
from storage.calls import desk as store
from storage.calls import finding as index
from storage.calls import sighting
from storage.calls.records import Basis, CallPillar, GrantCall, Kind, Purpose, Stage, State
from storage.people import Person

PILLARS = "pillars"
YES, NO, UNKNOWN = "yes", "no", ""
CURRENCIES = ("CZK", "EUR", "USD", "GBP", "CHF", "PLN")
FLAGS = ("czech_money", "continuous")
CHOICES: dict[str, tuple[str, ...]] = {
    "kind": tuple(Kind),
    "state": tuple(State),
    "language": ("cs", "en"),
    "currency": CURRENCIES,
    "purpose": (*Purpose, UNKNOWN),
    "basis": (*Basis, UNKNOWN),
    "czech_money": (YES, NO, UNKNOWN),
    "continuous": (YES, NO),
}
SETS: dict[str, tuple[str, ...]] = {
    "applicants": tuple(eligibility.Applicant),
    "regions": tuple(regions.REGIONS),
    "regions_out": tuple(regions.REGIONS),
}
WORDS = frozenset({"title", "title_cs", "description", "programme", "provider"})
JUDGED = frozenset({"title", "description", "language"})
LONG = frozenset({"description"})
NEEDED = ("title", "kind", "state", "language")


async def lock(session: AsyncSession, call_id: int, me: Person, now: datetime) -> GrantCall:
    """Raises `Gone`, `NotAllowed`."""
    await rights.require(session, me, Action.DRAFT_CALL, now)
    call = await store.find(session, call_id, lock=True)
    if call is None:
        raise Gone
    if call.stage == Stage.SENT:
        await rights.require(session, me, Action.SETTLE_CALL, now)
    return call


async def write(
    session: AsyncSession, call_id: int, field: str, text: str, me: Person, now: datetime
) -> GrantCall:
    """Raises `Fault`."""
    call = await lock(session, call_id, me, now)
    if field not in cells.READERS:
        raise Gone
    await put(session, call, cells.read(field, text), me, now)
    return call


async def choose(
    session: AsyncSession, call_id: int, field: str, said: str, me: Person, now: datetime
) -> GrantCall:
    call = await lock(session, call_id, me, now)
    if said not in CHOICES.get(field, ()):
        raise Gone
    value: Any = said or None
    if field in FLAGS:
        value = {YES: True, NO: False, UNKNOWN: None}[said]
    elif field in values.NAMES:
        value = values.typed(field, value)
    await put(session, call, {field: value}, me, now)
    return call


async def clear(
    session: AsyncSession, call_id: int, field: str, me: Person, now: datetime
) -> GrantCall:
    """As if nobody had said it."""
    call = await lock(session, call_id, me, now)
    if field in NEEDED or field not in {*cells.READERS, *values.MOMENTS}:
        raise Gone
    empty = {each: type(call).model_fields[each].get_default() for each in cells.columns(field)}
    await put(session, call, empty, me, now)
    return call


async def date(
    session: AsyncSession, call_id: int, field: str, at: datetime, me: Person, now: datetime
) -> GrantCall:
    call = await lock(session, call_id, me, now)
    if field not in values.MOMENTS:
        raise Gone
    await put(session, call, {field: at}, me, now)
    return call


async def flip(
    session: AsyncSession, call_id: int, field: str, code: str, me: Person, now: datetime
) -> GrantCall:
    """Into a set of words, or out of it. A region is never both in and out."""
    call = await lock(session, call_id, me, now)
    if code not in SETS.get(field, ()):
        raise Gone
    new = {field: _flipped(getattr(call, field), code)}
    other = {"regions": "regions_out", "regions_out": "regions"}.get(field)
    if other and code in new[field] and is_in(code, getattr(call, other)):
        new[other] = _flipped(getattr(call, other), code)
    await put(session, call, new, me, now)
    return call


def is_in(code: str, codes: Collection[str]) -> bool:
    """Codes of regions are nested: CZ010 is in CZ01."""
    return any(code == each or (_is_region(each) and code.startswith(each)) for each in codes)


def _flipped(codes: Collection[str], code: str) -> list[str]:
    if is_in(code, codes):
        return sorted(each for each in codes if not is_in(code, [each]))
    return sorted({*codes, code})


def _is_region(code: str) -> bool:
    return code.isupper()


async def place(
    session: AsyncSession, call_id: int, pillar_id: int, me: Person, now: datetime
) -> None:
    """Into a pillar, or out of it; its pillars are not judged again."""
    call = await lock(session, call_id, me, now)
    if pillar_id not in {each.key for each in await pillars.standing(session, now)}:
        raise Gone
    there = await store.pillar(session, call.key, pillar_id)
    if there is not None:
        await store.remove(session, there)
    else:
        row = CallPillar(call_id=call.key, pillar_id=pillar_id, score=1, by_hand=True)
        await store.add(session, row)
    call.by_hand = sorted({*call.by_hand, PILLARS})
    await indexing.enter(session, [call])
    told = {"pillar": pillar_id, "into": there is None}
    await note(session, call, "call.edited", me, now, fields=[PILLARS], **told)


async def put(
    session: AsyncSession,
    call: GrantCall,
    new: Mapping[str, Any],
    me: Person,
    now: datetime,
    *,
    dues: Sequence[Due] | None = None,
) -> None:
    """Write these values down, and what they were; `dues` are all the deadlines there are.

    What was still proposed for them has been answered by it. Raises `Fault`.
    """
    _check(call, new)
    new = {**new, **_reopened(call, dues, now)}
    old = {field: values.of_call(call, field) for field in new}
    if call.stage == Stage.DRAFT:
        await _fill(session, call, new, dues, now)
    else:
        await changes.amend(session, call, new, now, deadlines=dues)
    named = {field for field in new if values.of_call(call, field) != old[field]}
    call.checked_at = now
    await session.flush()
    if named & JUDGED and PILLARS not in call.by_hand:
        await judging.judge(session, [call], now)
    if named & (WORDS | JUDGED):
        await indexing.enter(session, [call])
    answered = {*new, *([DEADLINES] if dues is not None else [])}
    await _answer(session, call, answered, me, now)
    said = {field: [old[field], values.of_call(call, field)] for field in named - LONG}
    if dues is not None:
        said[DEADLINES] = values.plain(list(dues))
    await note(session, call, "call.edited", me, now, fields=sorted(answered), **said)


def _reopened(call: GrantCall, dues: Sequence[Due] | None, now: datetime) -> dict[str, Any]:
    """A call that was over by its deadline alone is open with a later one."""
    ended = call.last_deadline_at is not None and call.last_deadline_at <= now
    later = any(each.at > now for each in dues or ())
    return {"state": State.OPEN} if ended and later and call.state == State.CLOSED else {}


def _check(call: GrantCall, new: Mapping[str, Any]) -> None:
    least = new.get("support_least", call.support_least)
    most = new.get("support_most", call.support_most)
    if least is not None and most is not None and least > most:
        raise Fault(Wrong.LEAST_OVER_MOST)


async def _fill(
    session: AsyncSession,
    call: GrantCall,
    new: Mapping[str, Any],
    dues: Sequence[Due] | None,
    now: datetime,
) -> None:
    """A draft has no history yet."""
    held = Held(call, list(await store.deadlines(session, call.key)), [])
    for field, value in new.items():
        changes.put(held, field, value, None, now)
    call.by_hand = sorted({*call.by_hand, *new})
    if dues is not None:
        changes.put_deadlines(held, dues, None, now)
        await sighting.replace_deadlines(session, call.key, held.deadlines)
        call.by_hand = sorted({*call.by_hand, DEADLINES})
    if "state" not in new and (dues is not None or "opens_at" in new):
        changes.follow_the_calendar(held, None, now)


async def _answer(
    session: AsyncSession, call: GrantCall, fields: Collection[str], me: Person, now: datetime
) -> None:
    """Somebody has decided about these fields; about deadlines only if the very same are set."""
    for each in await store.proposals(session, call.key):
        agreed = each.value == await _present(session, call, each.field)
        if each.field in fields and (agreed or each.field != DEADLINES):
            each.settled_at, each.settled_by, each.agreed = now, me.key, agreed
    await session.flush()


async def _present(session: AsyncSession, call: GrantCall, field: str) -> Any:
    if field == DEADLINES:
        return values.of_deadlines(await store.deadlines(session, call.key))
    return values.of_call(call, field)


async def note(
    session: AsyncSession, call: GrantCall, action: str, me: Person, now: datetime, **details: Any
) -> None:
    await audit.record(session, me.key, action, f"call:{call.key}", now, **details)


async def remove(session: AsyncSession, call: GrantCall) -> None:
    """For ever; only for what nobody has heard of."""
    await index.leave(session, [(call.key, call.marks)])
    await store.throw_away(session, call)
