"""Whether records still hold: their owners are asked every ninety days, with one tap to answer.

After two silences of fourteen days each a record is marked as not verified, after the third it is
hidden until somebody says that it holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.instruments import caring, records
from bot.domain.instruments.patience import is_decent
from storage import organisations, people
from storage.instruments import Condition, Instrument
from storage.instruments import caring as store
from storage.organisations import Organisation
from storage.people import Person, RoleName

HOLDS = timedelta(days=90)
SILENCE = timedelta(days=14)
UNVERIFIED_AFTER, HIDDEN_AFTER = 2, 3  # silences
AT_ONCE = 500  # records looked at in one run


@dataclass
class Round:
    """What is to be said to the owner's people about some of their records."""

    owner: Organisation | None
    people: Sequence[Person]
    managers: Sequence[Person]
    asked: list[Instrument] = field(default_factory=list)
    hidden: list[Instrument] = field(default_factory=list)


async def due(session: AsyncSession, now: datetime, zone: tzinfo) -> list[Round]:
    """Ask again, give up: one round for each organisation. Nothing outside of working hours."""
    if not is_decent(now, zone):
        return []
    found = await store.to_ask_about(session, now - HOLDS, now - SILENCE, AT_ONCE)
    rounds: dict[int | None, Round] = {}
    for each in found:
        home = each.organisation_id
        if home not in rounds:
            rounds[home] = await _round(session, home, now)
        _ask(each, rounds[home], now)
    await session.flush()
    await records.reindex(session, found)
    return list(rounds.values())


def _ask(instrument: Instrument, its: Round, now: datetime) -> None:
    if instrument.asked_at is not None:
        instrument.silences += 1
    if instrument.silences >= HIDDEN_AFTER:
        instrument.condition, instrument.asked_at = Condition.HIDDEN, None
        its.hidden.append(instrument)
        return
    if instrument.silences >= UNVERIFIED_AFTER:
        instrument.condition = Condition.UNVERIFIED
    instrument.asked_at = now
    its.asked.append(instrument)


async def _round(session: AsyncSession, home: int | None, now: datetime) -> Round:
    """Where an owner has nobody to ask, the managers are asked."""
    managers = await people.holders(session, RoleName.MANAGER, now)
    contacts = (
        await people.holders(session, RoleName.CONTACT, now, organisation_id=home) if home else []
    )
    owner = await organisations.find(session, home) if home else None
    return Round(owner, contacts or managers, managers)


async def waiting(
    session: AsyncSession, organisation_id: int, me: Person, now: datetime
) -> Sequence[Instrument]:
    """The records about which we have asked; 0: those of nobody of ours."""
    await caring.require(session, organisation_id, me, now)
    return await store.asked_about(session, organisation_id or None)


async def confirm_all(
    session: AsyncSession, organisation_id: int, me: Person, now: datetime
) -> Sequence[Instrument]:
    """Those about which we have asked."""
    await caring.require(session, organisation_id, me, now)
    found = await store.asked_about(session, organisation_id or None, lock=True)
    await vouch(session, found, me, now)
    return found


async def confirm(
    session: AsyncSession, instrument_id: int, me: Person, now: datetime
) -> Instrument:
    """It holds; one that was hidden is back."""
    instrument = await caring.lock(session, instrument_id, me, now)
    await vouch(session, [instrument], me, now)
    return instrument


async def vouch(
    session: AsyncSession, instruments: Sequence[Instrument], me: Person, now: datetime
) -> None:
    """For records that have been locked, by who may."""
    moved = [each for each in instruments if each.condition != Condition.CONFIRMED]
    for each in instruments:
        caring.hold(each, now)
        await caring.note(session, each, "instrument.confirmed", me, now)
    await session.flush()
    await records.reindex(session, moved)
