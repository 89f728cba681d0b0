"""Importing a list of equipment: first what would change, then, if somebody says so, the change.

Rows with faults are left out, and said so; the others are written in one transaction or not at
all.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.instruments import cells, lists, records
from bot.domain.instruments.comparing import Change, Plan
from bot.domain.instruments.lists import Listed, Names, Row
from bot.domain.refusals import Gone, NotAllowed, Refusal
from bot.domain.rights import Action
from storage import audit, files, organisations, pillars
from storage import instruments as rows
from storage.instruments import Import, Instrument, imports
from storage.instruments import caring as store
from storage.instruments.imports import Stage
from storage.people import Person

KEPT = timedelta(days=30)  # what was imported when
AT_ONCE = 250


class NotWaiting(Refusal):
    """The list was written or cancelled already."""


async def begin(
    session: AsyncSession,
    organisation_id: int,
    document: str,
    name: str,
    me: Person,
    now: datetime,
) -> Import:
    """`organisation_id` 0: a list of all owners, from the team."""
    await _require(session, organisation_id, me, now)
    sent = Import(
        person_id=me.key,
        organisation_id=organisation_id or None,
        document=document,
        name=name[: cells.LINE],
        sent_at=now,
    )
    return await imports.add(session, sent)


async def mine(
    session: AsyncSession, import_id: int, me: Person, now: datetime, stage: Stage
) -> Import:
    """Raises `Gone`, `NotAllowed`, `NotWaiting`."""
    sent = await imports.find(session, import_id, lock=True)
    if sent is None:
        raise Gone
    if sent.person_id != me.key:
        raise NotAllowed
    await _require(session, sent.organisation_id or 0, me, now)
    if sent.stage != stage:
        raise NotWaiting
    return sent


async def agree(session: AsyncSession, import_id: int, me: Person, now: datetime) -> Import:
    sent = await mine(session, import_id, me, now, Stage.SHOWN)
    if await files.find(session, sent.kept or 0) is None:
        raise Gone
    sent.stage = Stage.WRITING
    return sent


async def cancel(session: AsyncSession, import_id: int, me: Person, now: datetime) -> None:
    sent = await mine(session, import_id, me, now, Stage.SHOWN)
    sent.stage = Stage.CANCELLED


async def may_go_on(session: AsyncSession, sent: Import, me: Person, now: datetime) -> bool:
    """Whether they may still write where the list is for."""
    home = sent.organisation_id or 0
    return await rights.may(session, me, Action.KEEP_INSTRUMENTS, now, organisation_id=home)


async def _require(session: AsyncSession, organisation_id: int, me: Person, now: datetime) -> None:
    action = Action.KEEP_INSTRUMENTS
    await rights.require(session, me, action, now, organisation_id=organisation_id)


async def known_names(session: AsyncSession, organisation_id: int | None, now: datetime) -> Names:
    home = await organisations.find(session, organisation_id) if organisation_id else None
    every = await organisations.every(session)
    return lists.names(every, await pillars.standing(session, now), home)


async def there(
    session: AsyncSession, listed: Listed
) -> tuple[Sequence[Instrument], dict[int, list[int]]]:
    """The records of the owners in a list, and the pillars they stand in."""
    owners = {row.values["organisation_id"] for row in listed.rows if not row.faults}
    found = await store.all_kept_by(session, owners)
    stand: dict[int, list[int]] = {}
    for start in range(0, len(found), AT_ONCE):
        keys = [each.key for each in found[start : start + AT_ONCE]]
        stand |= await rows.pillars_of(session, keys)
    return found, stand


async def write(session: AsyncSession, plan: Plan, me: Person | None, now: datetime) -> None:
    """All of it, in this transaction. `me` is None for an operator at the command line."""
    old = {each.key: each for each in await _in_parts(session, plan.changes)}
    for change in plan.changes:
        lists.put(old[change.instrument_id], change.values | {"confirmed_at": now})
    await session.flush()
    places = {c.instrument_id: c.values["pillars"] for c in plan.changes if "pillars" in c.values}
    await store.place(session, places)
    for start in range(0, len(plan.changes), AT_ONCE):
        await records.reindex(session, [*old.values()][start : start + AT_ONCE])
    await _add(session, plan.new, now)
    if me is not None:
        facts = {"new": len(plan.new), "changes": len(old), "changed": sorted(old)[:100]}
        await audit.record(session, me.key, "instruments.imported", "instruments", now, **facts)


async def _add(session: AsyncSession, new: Sequence[Row], now: datetime) -> None:
    places = [row.values.get("pillars", []) for row in new]
    await records.add_many(session, [_made(row, now) for row in new], places)


def _made(row: Row, now: datetime) -> lists.Values:
    values = row.values
    confirmed = values.get("confirmed_at")
    usual = {"kind": cells.CELLS["kind"].empty, "source": "", "confidence": "stated"}
    return {
        **usual,
        **lists.columns(values, {}),
        "owner": values.get("owner") or row.home,
        "confirmed_at": confirmed if confirmed and confirmed <= now else now,
    }


async def _in_parts(session: AsyncSession, changes: Sequence[Change]) -> list[Instrument]:
    keys = [each.instrument_id for each in changes]
    found: list[Instrument] = []
    for start in range(0, len(keys), AT_ONCE):
        found += await rows.among(session, keys[start : start + AT_ONCE])
    return found
