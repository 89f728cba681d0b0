"""What can be pressed under an announcement: links, an event, interest, and a question."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Self
from urllib.parse import urlsplit

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.announcements import writing
from bot.domain.announcements.cards import Card, card_of
from storage.announcements import Announcement
from storage.people import Person

OPTIONS = range(2, 11)  # how many a question may have
LINKS = 3
LABEL = 40  # characters on a button
ADDRESS = 1024  # characters
UNUSUAL = re.compile(r'[\s<>"{}|\\^`]')  # never stands in an address as it is
HOST = re.compile(r"(?:[^\s.:/?#@]+\.)+[^\s.:/?#@\d]{2,}")


@dataclass(frozen=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True)
class Asked:
    """`labels` are those of links and then of options in other languages; `invites` says that the
    event's button is for signing up, and not just for looking."""

    links: tuple[Link, ...] = ()
    event_id: int | None = None
    invites: bool = False
    interest: bool = False
    options: tuple[str, ...] = ()
    words: bool = False  # the question is answered in one's own
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, data: Mapping[str, Any] | None) -> Self:
        if data is None:
            return cls()
        lists = {
            "links": tuple(Link(**each) for each in data.get("links", ())),
            "options": tuple(data.get("options", ())),
            "labels": {language: tuple(said) for language, said in data.get("labels", {}).items()},
        }
        return cls(**{**data, **lists})

    def written(self) -> dict[str, Any]:
        return {
            "links": [{"label": each.label, "url": each.url} for each in self.links],
            "event_id": self.event_id,
            "invites": self.invites,
            "interest": self.interest,
            "options": list(self.options),
            "words": self.words,
            "labels": {language: list(said) for language, said in self.labels.items()},
        }

    @property
    def typed(self) -> tuple[str, ...]:
        """The labels that somebody has thought of."""
        return (*(link.label for link in self.links), *self.options)

    @property
    def anything(self) -> bool:
        asks = self.interest or self.words or self.event_id is not None
        return asks or bool(self.typed)

    def spoken_in(self, language: str) -> "Asked":
        """With its labels in that language, where they have been told."""
        said = self.labels.get(language)
        if said is None:
            return self
        split = len(self.links)
        links = (replace(link, label=w) for link, w in zip(self.links, said, strict=False))
        return replace(self, links=tuple(links), options=said[split:])

    def with_link(self, label: str, url: str) -> "Asked":
        return replace(self, links=(*self.links, Link(label, url)), labels={})

    def without_link(self, number: int) -> "Asked":
        links = (*self.links[:number], *self.links[number + 1 :])
        return replace(self, links=links, labels={})

    def labelled(self, language: str, said: tuple[str, ...]) -> "Asked":
        """`said` are its typed labels in that language."""
        return replace(self, labels={**self.labels, language: said})

    def with_question(self, options: tuple[str, ...], *, words: bool) -> "Asked":
        return replace(self, options=options, words=words, labels={})


def address_of(typed: str) -> str | None:
    """A link as people write it, or None where it cannot be one that opens safely."""
    address = typed.strip()
    if "://" not in address:
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        known = parts.port is None or parts.port > 0
    except ValueError:
        return None
    safe = parts.scheme == "https" and known and not parts.username and HOST.fullmatch(host)
    whole = len(address) <= ADDRESS and not UNUSUAL.search(address)
    return address if safe and whole else None


def of(announcement: Announcement) -> Asked:
    return Asked.read(announcement.question)


async def ask(
    session: AsyncSession, announcement_id: int, who: Person, asked: Asked, now: datetime
) -> Card:
    """Have these buttons under it, and no others. Raises `AlreadySent`."""
    announcement = await writing.draft(session, announcement_id, who, now)
    announcement.question = asked.written() if asked.anything else None
    announcement.edition += 1
    return await card_of(session, announcement, who, now)
