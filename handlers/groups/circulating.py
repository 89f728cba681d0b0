"""Letters to everybody in a pillar, some hundreds in one transaction, nobody twice.

A letter is registered by name: who gets it next, and what it says in their language.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.domain.calls import runs
from bot.kit.buttons import Button
from bot.kit.context import Desk
from bot.kit.errands import Trip
from bot.kit.pushing import News
from bot.kit.routes import errand
from bot.kit.screens import Screen
from bot.kit.texts import Texts
from storage.people import Person
from storage.pushes import PushKind

AT_ONCE = 300  # people written to in one transaction
Line = Callable[[Texts], tuple[str, Button]]


@dataclass(frozen=True)
class Letter:
    """`people` are the next ones to get it, in the order of their ids. Nobody has asked for one
    that has a `line` for Monday's digest: what it says, and what that opens."""

    people: Sequence[Person]
    write: Callable[[Texts], Screen]
    expires_at: datetime | None = None
    line: Line | None = None


Draw = Callable[[Desk, int, int, int], Awaitable[Letter | None]]
letters: dict[str, Draw] = {}


def letter(name: str) -> Callable[[Draw], Draw]:
    """`async def (desk, about, after, limit)`: to the next people behind the id `after`."""

    def register(draw: Draw) -> Draw:
        letters[name] = draw
        return draw

    return register


async def circulate(desk: Desk, name: str, about: int) -> None:
    await desk.errand("groups.circulate", name=name, about=about)


@errand("groups.circulate")
async def send_some(trip: Trip, *, name: str, about: int, after: int = 0) -> None:
    async with trip.deliver() as desk:
        drawn = await letters[name](desk, about, after, AT_ONCE)
        if drawn is None:
            return
        if drawn.line is None:
            _tell(desk, drawn, f"{name}{about}")
        else:
            await _push(desk, drawn, drawn.line, f"{name}{about}")
        if len(drawn.people) == AT_ONCE:
            last = drawn.people[-1].key
            await desk.errand("groups.circulate", name=name, about=about, after=last)


def _tell(desk: Desk, drawn: Letter, about: str) -> None:
    awake = waking(desk.now, desk.house.cluster.zone)
    for person in drawn.people:
        screen, key = drawn.write(desk.texts_of(person)), f"{about}:p{person.key}"
        desk.tell(person, screen, key=key, not_before=awake, expires_at=drawn.expires_at)


async def _push(desk: Desk, drawn: Letter, line: Line, about: str) -> None:
    news = []
    for person in drawn.people:
        t = desk.texts_of(person)
        key, (title, opens) = f"{about}:p{person.key}", line(t)
        news.append(News(person, drawn.write(t), key, title, opens, drawn.expires_at))
    await desk.push_all(PushKind.GROUPS, news)


def waking(now: datetime, zone: tzinfo) -> datetime | None:
    """Nobody is written to at night; None: at once."""
    return None if runs.is_daytime(now, zone) else runs.next_morning(now, zone)
