"""What the manager wants to know of the equipment: how much there is, what is asked for and what
is missing, how soon people are answered, and how much of it leads to work."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from statistics import median
from typing import TypeVar

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.instruments import finding
from bot.domain.refusals import Gone
from bot.domain.rights import Action
from storage import instruments as rows
from storage import organisations, pillars
from storage.instruments import Category, Condition, Enquiry, Instrument, Missed, searches
from storage.instruments import figures as store
from storage.instruments.enquiries import Outcome
from storage.people import Person

K = TypeVar("K")
LOOKED_BACK = timedelta(days=2 * 366)
WORK = (Outcome.CONTRACT, Outcome.RESEARCH)
MISSED = 10
NEAREST = 5  # who could have what is missing
Quarter = tuple[int, int]  # the year and the quarter, from 1


@dataclass(frozen=True)
class Demand:
    """Enquiries of one quarter and pillar, or of many."""

    asked: int
    answered: int
    hours: float | None  # median until the first answer; None: nobody has answered
    worked: int  # led to a contract or to research

    @property
    def share(self) -> float:
        return self.worked / self.asked if self.asked else 0.0


@dataclass(frozen=True)
class Figures:
    """Names are in the reader's language where they have one; the largest numbers first."""

    conditions: dict[Condition, int]
    categories: dict[Category, int]
    pillars: Sequence[tuple[str, int]]
    owners: Sequence[tuple[str, int]]  # an empty name: nobody of ours
    demand: Demand
    quarters: Sequence[tuple[Quarter, str, Demand]]  # by quarter and pillar, "" for none
    missed: Sequence[Missed]


async def figures(
    session: AsyncSession, me: Person, language: str, zone: tzinfo, now: datetime
) -> Figures:
    await rights.require(session, me, Action.OPEN_ADMIN, now)
    known = {each.key: each.name_in(language) for each in await pillars.standing(session, now)}
    owners = await store.by_owner(session)
    named = await organisations.by_ids(session, [key for key in owners if key is not None])
    asked = await store.enquiries_since(session, now - LOOKED_BACK)
    return Figures(
        conditions=await store.by_condition(session),
        categories=_largest(await store.by_category(session)),
        pillars=[
            (known[key], number)
            for key, number in _largest(await store.by_pillar(session)).items()
            if key in known
        ],
        owners=[
            (named[key].short if key in named else "", number)
            for key, number in _largest(owners).items()
        ],
        demand=demand(asked),
        quarters=await _quarters(session, asked, known, zone),
        missed=await searches.most_missed(session, MISSED),
    )


def _largest(numbers: dict[K, int]) -> dict[K, int]:
    return dict(sorted(numbers.items(), key=lambda each: -each[1]))


def demand(asked: Sequence[Enquiry]) -> Demand:
    waited = [
        (each.first_answer_at - each.asked_at).total_seconds() / 3600
        for each in asked
        if each.first_answer_at is not None
    ]
    return Demand(
        asked=len(asked),
        answered=len(waited),
        hours=median(waited) if waited else None,
        worked=sum(each.outcome in WORK for each in asked),
    )


async def _quarters(
    session: AsyncSession, asked: Sequence[Enquiry], known: dict[int, str], zone: tzinfo
) -> list[tuple[Quarter, str, Demand]]:
    keys = {each.instrument_id for each in asked if each.instrument_id is not None}
    stand = await rows.pillars_of(session, keys)
    parts: dict[tuple[Quarter, str], list[Enquiry]] = defaultdict(list)
    for each in asked:
        theirs = [known[key] for key in stand.get(each.instrument_id or 0, ()) if key in known]
        for name in theirs or [""]:
            parts[quarter(each.asked_at, zone), name].append(each)
    ordered = sorted(parts.items(), key=lambda part: (*(-n for n in part[0][0]), part[0][1]))
    return [(when, name, demand(some)) for (when, name), some in ordered]


def quarter(moment: datetime, zone: tzinfo) -> Quarter:
    local = moment.astimezone(zone)
    return local.year, (local.month - 1) // 3 + 1


async def who_might(
    session: AsyncSession, missed_id: int, me: Person, now: datetime
) -> tuple[Missed, list[Instrument]]:
    """What comes nearest to something that nobody has been found to have, one of each owner."""
    await rights.require(session, me, Action.OPEN_ADMIN, now)
    missed = await store.missed(session, missed_id)
    if missed is None:
        raise Gone
    found = await finding.look_for(session, missed.said, me, now)
    near = {each.key: each for each in await rows.among(session, found.ids[:50])}
    first: dict[object, Instrument] = {}
    for key in found.ids[:50]:
        if (each := near.get(key)) is not None:
            first.setdefault(each.organisation_id or each.owner, each)
    return missed, [*first.values()][:NEAREST]
