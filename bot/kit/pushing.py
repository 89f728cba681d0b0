"""Something for somebody who has not asked for it, and the way to turn its kind down."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.attention import Matter
from bot.kit.buttons import Button, Face
from bot.kit.screens import Screen
from bot.kit.texts import Texts
from storage.people import Person
from storage.pushes import PushKind

TITLE = 120  # characters of a line in the digest


@dataclass(frozen=True)
class TurnDown(Button, prefix="less"):
    """At once, on Mondays, or not at all: for things of this kind."""

    kind: str


@dataclass(frozen=True)
class News:
    """`title` is its line in the digest, and `opens` what that line leads to. A screen that can be
    turned down by a button of its own needs no other."""

    person: Person
    screen: Screen
    key: str
    title: str
    opens: Button
    expires_at: datetime | None = None
    own_button: bool = False

    @property
    def matter(self) -> Matter:
        title = self.title if len(self.title) <= TITLE else f"{self.title[: TITLE - 1].rstrip()}…"
        return Matter(self.person, self.key, title, self.opens.pack(), self.expires_at)


def turning_down(t: Texts, kind: PushKind) -> tuple[Face, ...]:
    """The last row under whatever comes unasked."""
    return (TurnDown(kind.value).labelled(t.label("🔕 Fewer of these")),)


def pushed(t: Texts, kind: PushKind, news: News) -> Screen:
    screen = news.screen
    if news.own_button:
        return screen
    return replace(screen, rows=(*screen.rows, turning_down(t, kind)))
