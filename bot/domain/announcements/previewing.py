"""An announcement as somebody in particular gets it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.announcements.cards import Card, Content
from bot.domain.announcements.writing import look
from storage.announcements import Content as Said
from storage.announcements import readers
from storage.blanks import filled
from storage.people import Person

EXAMPLES = 3


@dataclass(frozen=True)
class Example:
    """Of so many, this one; without anybody to show it for, `person` is None."""

    card: Card
    person: Person | None = None
    organisation: str = ""
    contents: Sequence[Content] = ()
    number: int = 0
    count: int = 0


def said_in(contents: Sequence[Said], language: str) -> Sequence[Said]:
    """What those get who read that language: the usual where it has nothing of its own."""
    theirs = [each for each in contents if each.language == language]
    return theirs or [each for each in contents if not each.language]


def as_read(contents: Sequence[Said], values: Mapping[str, str]) -> Sequence[Content]:
    return [Content(each.method, filled(each.payload, values)) for each in contents]


async def example(
    session: AsyncSession, announcement_id: int, number: int, who: Person, now: datetime
) -> Example:
    """As one of its real readers will get it."""
    card = await look(session, announcement_id, who, now)
    if card.choice is None:
        return Example(card)
    people = await readers.examples(session, card.choice, now, EXAMPLES)
    if not people:
        return Example(card)
    number %= len(people)
    person = people[number]
    values = await readers.of(session, person.key)
    contents = as_read(said_in(card.contents, person.language), values)
    return Example(card, person, values[readers.ORGANISATION], contents, number, len(people))


async def for_me(
    session: AsyncSession, announcement_id: int, who: Person, now: datetime
) -> tuple[Card, Sequence[Content]]:
    """As whoever tries it out would get it."""
    card = await look(session, announcement_id, who, now)
    return card, as_read(said_in(card.contents, who.language), card.mine)
