"""What equipment there is: for members all of it, for guests what its owners show to everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.instruments import finding
from bot.domain.instruments.indexing import FACET
from bot.domain.instruments.visibility import View, is_public
from bot.domain.refusals import Gone, MembersOnly
from bot.domain.rights import Action
from storage import instruments as store
from storage import organisations
from storage.instruments import Category, Condition, Instrument, Outage
from storage.instruments import finding as index
from storage.organisations import Organisation
from storage.people import Person

MOST_COUNTED = 1000  # of a category


@dataclass(frozen=True)
class Card:
    view: View
    owner: Organisation | None
    outage: Outage | None  # now
    may_edit: bool


async def categories(session: AsyncSession, me: Person, now: datetime) -> dict[Category, int]:
    """Categories in their own order, each with the number of its instruments that they may see,
    `MOST_COUNTED` standing for any more."""
    who = await finding.reader(session, me, now)
    counts = {
        category: await index.count(
            session, [[f"{FACET}category:{category.value}"], *who.must], MOST_COUNTED
        )
        for category in Category
    }
    return {category: count for category, count in counts.items() if count}


async def card(session: AsyncSession, instrument_id: int, me: Person, now: datetime) -> Card:
    """Raises `Gone` for one that is hidden from them, `MembersOnly` for one not for guests."""
    instrument = await store.find(session, instrument_id)
    if instrument is None:
        raise Gone
    keeps = await may_edit(session, instrument, me, now)
    inside = await rights.may(session, me, Action.SEE_MEMBERS, now)
    if instrument.condition == Condition.HIDDEN and not keeps:
        raise Gone
    if not inside and not is_public(instrument):
        raise MembersOnly
    home = instrument.organisation_id
    return Card(
        view=View(instrument, inside, keeps),
        owner=await organisations.find(session, home) if home else None,
        outage=await store.outage(session, instrument.key, now),
        may_edit=keeps,
    )


async def may_edit(
    session: AsyncSession, instrument: Instrument, me: Person, now: datetime
) -> bool:
    """Its owner's contact persons and the team; the team alone, where it is nobody's of ours."""
    home = instrument.organisation_id or 0
    return await rights.may(session, me, Action.KEEP_INSTRUMENTS, now, organisation_id=home)


async def shown(
    session: AsyncSession, keys: Sequence[int], me: Person, now: datetime
) -> list[View]:
    """Those of the instruments that they may see, in the order of their `keys`."""
    inside = await rights.may(session, me, Action.SEE_MEMBERS, now)
    there = {each.key: each for each in await store.among(session, keys)}
    views = (View(there[key], inside) for key in keys if key in there)
    return [
        view
        for view in views
        if view.instrument.condition != Condition.HIDDEN and (inside or is_public(view.instrument))
    ]
