"""Instruments that could do the same, of other owners."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.instruments import finding
from storage import instruments
from storage.instruments import Condition, Instrument
from storage.people import Person

LOOKED_AT = 30  # of what is found


async def similar(
    session: AsyncSession,
    instrument: Instrument,
    me: Person,
    now: datetime,
    *,
    without: Collection[int] = (),
    limit: int = 2,
) -> list[Instrument]:
    """The best one of each owner but this one's, mine, and those `without`, as `me` may see them.

    What is named alike comes first, then what does the same, then what is of its kind.
    """
    not_theirs = {*without, instrument.organisation_id, me.organisation_id}
    facet = f"category:{instrument.category.value}"
    found: dict[int, Instrument] = {}
    for words in dict.fromkeys((instrument.name, instrument.technique, "")):
        for each in await _looked_for(session, words, me, now, facet):
            found.setdefault(each.key, each)
    fitting = (
        each
        for each in found.values()
        if each.key != instrument.key
        and each.condition != Condition.HIDDEN
        and (each.organisation_id is None or each.organisation_id not in not_theirs)
    )
    return one_of_each(fitting)[:limit]


async def _looked_for(
    session: AsyncSession, words: str, me: Person, now: datetime, facet: str
) -> list[Instrument]:
    found = await finding.look_for(session, words, me, now, [facet])
    rows = [await instruments.find(session, key) for key in found.ids[:LOOKED_AT]]
    return [each for each in rows if each is not None]


def one_of_each(found: Iterable[Instrument]) -> list[Instrument]:
    """The first of each owner."""
    first: dict[int | str, Instrument] = {}
    for each in found:
        first.setdefault(each.organisation_id or each.owner, each)
    return list(first.values())
