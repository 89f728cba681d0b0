"""Putting the buttons under what an announcement says, in each of its languages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.announcements.cards import Card, card_of
from bot.domain.announcements.rewriting import BUTTONS
from bot.domain.announcements.writing import draft
from storage import announcements as store
from storage.announcements import Announcement, Content
from storage.people import Person

ALBUM = "sendMediaGroup"


@dataclass(frozen=True)
class Dress:
    """The buttons in one language, and the words over them where they stand by themselves.

    `closing` is the row below them all; for it alone an album gets no second message.
    """

    buttons: Sequence[Sequence[Mapping[str, Any]]]
    words: str
    closing: Sequence[Mapping[str, Any]]

    @property
    def markup(self) -> dict[str, Any]:
        return {BUTTONS: {"inline_keyboard": [*self.buttons, self.closing]}}


async def dress(
    session: AsyncSession,
    announcement_id: int,
    who: Person,
    dresses: Mapping[str, Dress],
    now: datetime,
) -> Card:
    """`dresses` are for the languages in which it says something."""
    announcement = await draft(session, announcement_id, who, now)
    contents = await store.contents(session, announcement.key)
    for language, said in groupby(contents, lambda each: each.language):
        await _dress(session, announcement, [*said], dresses[language])
    return await card_of(session, announcement, who, now)


async def _dress(
    session: AsyncSession, announcement: Announcement, said: Sequence[Content], dress: Dress
) -> None:
    first, *rest = said
    bare = {name: value for name, value in first.payload.items() if name != BUTTONS}
    alone = first.method == ALBUM
    first.payload = bare if alone else {**bare, **dress.markup}
    for each in rest:
        await session.delete(each)
    await session.flush()
    if alone and dress.buttons:
        session.add(
            Content(
                announcement_id=announcement.key,
                language=first.language,
                position=1,
                method="sendMessage",
                payload={"text": dress.words, **dress.markup},
            )
        )
        await session.flush()
