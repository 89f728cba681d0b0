"""How well calls fit the one who looks at them."""

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.calls import classifying, eligibility, fit
from bot.domain.calls.fit import Fit
from bot.domain.rights import Action
from storage import organisations, pillars
from storage.calls import browsing as store
from storage.calls.records import CallPillar, GrantCall
from storage.people import Person

Judge = Callable[[GrantCall, Iterable[CallPillar]], Fit]


async def pillars_of(session: AsyncSession, me: Person) -> frozenset[int]:
    """Those that they have chosen, else those of their organisation."""
    chosen = await store.chosen_pillars(session, me.key)
    if not chosen and me.organisation_id:
        chosen = await pillars.of_organisation(session, me.organisation_id)
    return frozenset(chosen)


async def judge_for(session: AsyncSession, me: Person, now: datetime) -> Judge | None:
    """None for who bids for nobody: guests, and those of no organisation."""
    home = me.organisation_id
    if home is None or not await rights.may(session, me, Action.FOLLOW_CALLS, now):
        return None
    organisation = await organisations.find(session, home)
    assert organisation is not None
    profile = await store.profile(session, home)
    who = eligibility.bidder(organisation, profile, await pillars_of(session, me))

    def judge(call: GrantCall, places: Iterable[CallPillar]) -> Fit:
        of_call = {each.pillar_id: each for each in places}
        return fit.judge(call, of_call, who, now, classifying.enough())

    return judge
