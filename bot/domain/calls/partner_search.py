"""A search for a partner with all that it is about: the call, who seeks, and who was asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.calls import bids
from bot.domain.refusals import Gone
from storage import organisations, people
from storage.calls import bidding
from storage.calls import partners as store
from storage.calls.bids import PartnerAsked, PartnerSearch
from storage.calls.records import GrantCall
from storage.organisations import Organisation
from storage.people import Person


@dataclass(frozen=True)
class Reply:
    """Somebody who was asked; `organisation` and `person` are shown when they have met."""

    asked: PartnerAsked
    person: Person
    organisation: Organisation

    @property
    def there(self) -> bool:
        """Whether they still belong to where they were asked."""
        return self.person.is_member and self.person.organisation_id == self.organisation.key


@dataclass(frozen=True)
class Search:
    row: PartnerSearch
    call: GrantCall
    seeker: Person
    organisation: Organisation
    replies: Sequence[Reply]

    def live(self, now: datetime) -> bool:
        """Whether it goes on: it ends with the call, or when who began it leaves."""
        there = self.seeker.organisation_id == self.organisation.key
        return self.row.ended_at is None and there and not bids.is_over(self.call, now)

    @property
    def met(self) -> list[Reply]:
        return [each for each in self.replies if each.asked.met_at is not None]

    @property
    def willing(self) -> list[Reply]:
        """Those whose yes waits for the other one."""
        hopeful = (each for each in self.replies if each.asked.willing and each.there)
        return [each for each in hopeful if each.asked.wanted is None]

    @property
    def waiting(self) -> int:
        return sum(each.asked.willing is None for each in self.replies)

    @property
    def declined(self) -> int:
        return sum(each.asked.willing is False for each in self.replies)

    def of(self, person: Person) -> Reply | None:
        return next((each for each in self.replies if each.person.key == person.key), None)


async def found(session: AsyncSession, search_id: int, *, lock: bool = False) -> Search:
    """Raises `Gone`."""
    row = await store.find(session, search_id, lock=lock)
    if row is None:
        raise Gone
    return await search_of(session, row)


async def search_of(session: AsyncSession, row: PartnerSearch) -> Search:
    call = await bidding.call(session, row.call_id)
    seeker = await people.find(session, row.person_id)
    where = await organisations.find(session, row.organisation_id)
    assert call is not None
    assert seeker is not None
    assert where is not None
    replies = [Reply(*each) for each in await store.asked(session, row.key)]
    return Search(row, call, seeker, where, replies)
