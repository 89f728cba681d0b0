"""How many to expect: from how many of those with a seat came to earlier events, as a group.

The share of those who come is a beta-binomial. Before anything is known we take it to be 85 %, as
firmly as if we had seen twenty people; each past event shifts that. Those who said that they will
come and those who kept silent have shares of their own once `ENOUGH` of them were seen. What we
know never counts as more than `FIRMNESS` people, because events differ among themselves however
many people came to them. Nothing here knows one person from another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, floor, sqrt

from sqlmodel.ext.asyncio.session import AsyncSession

from storage.workshops import counts
from storage.workshops.counts import Riser, Turnout

PRIOR_SHARE = 0.85
PRIOR_PEOPLE = 20
ENOUGH = 10  # people seen before a group says anything of its own
FIRMNESS = 200
REACH = 1.2816  # standard deviations on both sides of the mean: four times out of five
MEMORY = timedelta(days=3 * 365)
SHORT_NOTICE = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Tally:
    """Of `seated` people, `came` did."""

    seated: int = 0
    came: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.seated + other.seated, self.came + other.came)

    def __sub__(self, other: "Tally") -> "Tally":
        return Tally(self.seated - other.seated, self.came - other.came)


@dataclass(frozen=True, slots=True)
class History:
    confirmed: Tally
    silent: Tally

    @property
    def is_base(self) -> bool:
        """Whether it is worth anything."""
        return self._both.seated >= ENOUGH

    @property
    def _both(self) -> Tally:
        return self.confirmed + self.silent

    def of(self, confirmed: bool) -> Tally:
        own = self.confirmed if confirmed else self.silent
        return own if own.seated >= ENOUGH else self._both


@dataclass(frozen=True, slots=True)
class Expected:
    low: int
    high: int


async def history(session: AsyncSession, now: datetime) -> History:
    part_ids = await counts.past_parts(session, now - MEMORY, now)
    if not part_ids:
        return History(Tally(), Tally())
    seated = await counts.turnouts(session, part_ids)
    return fair(seated, await counts.risers(session, part_ids))


def fair(turnouts: Iterable[Turnout], risers: Sequence[Riser]) -> History:
    """Whoever got a seat less than a day ahead could not be expected to come, so they are left
    out, whether they did or not."""
    turnouts = list(turnouts)
    late = [each for each in risers if each.starts_at - each.seated_at < SHORT_NOTICE]
    tallies = []
    for confirmed in (True, False):
        group = [each for each in turnouts if each.confirmed == confirmed]
        all_of_them = Tally(sum(e.seated for e in group), sum(e.came for e in group))
        excused = [each for each in late if each.confirmed == confirmed]
        tallies.append(all_of_them - Tally(len(excused), sum(each.came for each in excused)))
    return History(*tallies)


def expect(past: History, confirmed: int, silent: int) -> Expected | None:
    """How many of so many come, four times out of five; None where there is no base for it."""
    if not past.is_base or confirmed + silent == 0:
        return None
    groups = [_moments(past.of(said), n) for said, n in ((True, confirmed), (False, silent))]
    mean, deviation = sum(m for m, _ in groups), sqrt(sum(v for _, v in groups))
    low, high = floor(mean - REACH * deviation), ceil(mean + REACH * deviation)
    return Expected(max(0, low), min(confirmed + silent, high))


def _moments(past: Tally, n: int) -> tuple[float, float]:
    """Mean and variance of the beta-binomial for `n` people."""
    a = PRIOR_SHARE * PRIOR_PEOPLE + past.came
    b = (1 - PRIOR_SHARE) * PRIOR_PEOPLE + past.seated - past.came
    shrink = min(1.0, FIRMNESS / (a + b))
    a, b = a * shrink, b * shrink
    share, firmness = a / (a + b), a + b
    return n * share, n * share * (1 - share) * (firmness + n) / (firmness + 1)
