"""Audiences with a name: whoever is meant by one is found when something is sent to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.announcements import cards
from bot.domain.announcements.audiences import Named, is_whole, named
from bot.domain.refusals import Gone, Refusal
from bot.domain.rights import Action, require
from storage import audit
from storage.announcements import Choice, Facet, SavedAudience, audiences, saved
from storage.people import Person

LONGEST = 40  # characters of a name, so that it fits on a button


class NothingChosen(Refusal):
    """The draft is for nobody yet, so there is nothing to save."""


class NameTaken(Refusal):
    """Another audience has this name."""


class RefersToItself(Refusal):
    """The audience would be defined by itself, maybe by way of others."""


@dataclass(frozen=True)
class Saved:
    """A saved audience, and who that would be now."""

    audience: SavedAudience
    named: Named
    people: int
    unreachable: int

    @property
    def choice(self) -> Choice:
        return Choice.read(self.audience.audience)

    @property
    def is_whole(self) -> bool:
        return is_whole(self.choice, self.named)


async def offered(session: AsyncSession, who: Person, now: datetime) -> Sequence[SavedAudience]:
    await require(session, who, Action.DRAFT_ANNOUNCEMENT, now)
    return await saved.offered(session)


async def look(session: AsyncSession, saved_id: int, who: Person, now: datetime) -> Saved:
    """Raises `Gone` for one that is not offered any more."""
    await require(session, who, Action.DRAFT_ANNOUNCEMENT, now)
    audience = await _offered(session, saved_id)
    choice = Choice.read(audience.audience)
    reached, unreachable = await audiences.reach(session, choice, now)
    return Saved(audience, await named(session, choice), reached, unreachable)


async def save(
    session: AsyncSession, announcement_id: int, name: str, who: Person, now: datetime
) -> SavedAudience:
    """Keep the choice of a draft under a name."""
    await require(session, who, Action.DRAFT_ANNOUNCEMENT, now)
    choice = await _chosen(session, announcement_id)
    if await saved.called(session, name) is not None:
        raise NameTaken
    audience = SavedAudience(
        name=name, audience=choice.written(), author_id=who.key, created_at=now
    )
    session.add(audience)
    await session.flush()
    await _record(session, "save", audience, who, now)
    return audience


async def replace(
    session: AsyncSession, saved_id: int, announcement_id: int, who: Person, now: datetime
) -> SavedAudience:
    """Have it be the choice of a draft from now on."""
    await require(session, who, Action.DRAFT_ANNOUNCEMENT, now)
    audience = await _offered(session, saved_id, lock=True)
    choice = await _chosen(session, announcement_id)
    if _leads_to(saved_id, choice, await audiences.saved(session)):
        raise RefersToItself
    audience.audience = choice.written()
    await _record(session, "replace", audience, who, now)
    return audience


async def rename(
    session: AsyncSession, saved_id: int, name: str, who: Person, now: datetime
) -> SavedAudience:
    await require(session, who, Action.DRAFT_ANNOUNCEMENT, now)
    audience = await _offered(session, saved_id, lock=True)
    other = await saved.called(session, name)
    if other is not None and other.key != saved_id:
        raise NameTaken
    audience.name = name
    await _record(session, "rename", audience, who, now)
    return audience


async def retire(session: AsyncSession, saved_id: int, who: Person, now: datetime) -> None:
    """It is not offered any more; drafts and other audiences that refer to it keep it."""
    await require(session, who, Action.DRAFT_ANNOUNCEMENT, now)
    audience = await _offered(session, saved_id, lock=True)
    audience.retired_at = now
    await _record(session, "retire", audience, who, now)


async def _offered(session: AsyncSession, saved_id: int, *, lock: bool = False) -> SavedAudience:
    audience = await saved.find(session, saved_id, lock=lock)
    if audience is None or audience.retired_at is not None:
        raise Gone
    return audience


async def _chosen(session: AsyncSession, announcement_id: int) -> Choice:
    announcement = await cards.find(session, announcement_id)
    if announcement.audience is None:
        raise NothingChosen
    return Choice.read(announcement.audience)


def _leads_to(saved_id: int, choice: Choice, among: dict[int, Choice]) -> bool:
    """Whether the choice refers to that audience, or to one that does."""
    seen: set[int] = set()
    ahead = [choice]
    while ahead:
        found = _referred(ahead.pop()) - seen
        seen |= found
        ahead += [among[key] for key in found if key in among]
    return saved_id in seen


def _referred(choice: Choice) -> set[int]:
    saved_ones = (each for each in choice.clauses if each.facet is Facet.SAVED)
    return {int(value) for each in saved_ones for value in each.values}


async def _record(
    session: AsyncSession, deed: str, audience: SavedAudience, who: Person, now: datetime
) -> None:
    subject = f"audience:{audience.key}"
    await audit.record(session, who.key, f"audience.{deed}", subject, now, name=audience.name)
