"""Whether records still hold: their owners are asked every ninety days, with one tap to answer.

After two silences of fourteen days each a record is marked as not verified, after the third it is
hidden until somebody says that it holds. Only a question that has arrived can be met with silence:
where nobody of the owner's people wants such questions, the managers are asked, and where these do
not either, nothing is hidden.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.instruments import caring, records
from bot.domain.instruments.patience import is_decent
from storage import organisations, people, pushes
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
    homes = dict.fromkeys(each.organisation_id for each in found)
    rounds = {home: await _round(session, home, now) for home in homes}
    for home, its in rounds.items():
        theirs = [each for each in found if each.organisation_id == home]
        heard = await _heard(session, its, {each.asked_at for each in theirs if each.asked_at})
        for each in theirs:
            _ask(each, its, now, was_heard=each.asked_at in heard)
    await session.flush()
    await records.reindex(session, found)
    return list(rounds.values())


def question(organisation_id: int, asked_at: datetime, person_id: int) -> str:
    """By which the question of one round is known among what comes unasked; 0: nobody of ours."""
    return f"fresh{organisation_id}:{asked_at:%Y-%m-%dT%H}:p{person_id}"


async def _heard(session: AsyncSession, its: Round, asked: Collection[datetime]) -> set[datetime]:
    """Of the moments at which we have asked, those whose question has come to somebody."""
    home = its.owner.key if its.owner else 0
    whom = {each.key for each in (*its.people, *its.managers)}
    keys = {question(home, at, person): at for at in asked for person in whom}
    found = await pushes.known(session, whom, keys) if keys else ()
    return {keys[each.key] for each in found if each.has_come}


def _ask(instrument: Instrument, its: Round, now: datetime, *, was_heard: bool) -> None:
    if was_heard:
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
