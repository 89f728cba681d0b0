"""What the stories about things that come unasked have in common."""

from datetime import datetime

from sqlmodel import select

from bot.app import App
from bot.kit.buttons import Button
from bot.kit.context import Desk
from bot.kit.screens import Screen
from handlers.links import OpenWorkshop
from storage import outbox
from storage.outbox import Call
from storage.people import Person, by_telegram
from storage.pushes import PushChoice, PushKind, Way
from tests.actors import Actor


async def brings(
    app: App,
    actor: Actor,
    *things: str,
    kind: PushKind = PushKind.EVENTS,
    opens: Button | None = None,
    expires_at: datetime | None = None,
) -> list[Way]:
    """Some feature has something for them that they have not asked for."""
    calls: list[Call] = []
    ways = []
    async with app.db.writing() as session:
        person = await by_telegram(session, actor.id)
        assert person is not None
        desk = Desk(app.house, session, app.clock(), "story", calls)
        for thing in things:
            way = await desk.push(
                person,
                kind,
                Screen(thing),
                key=f"{thing}:p{person.key}",
                title=thing,
                opens=opens or OpenWorkshop(1 + things.index(thing)),
                expires_at=expires_at,
            )
            ways.append(way)
        await outbox.owe(session, calls, app.clock())
    await app.settle()
    return ways


async def know_their_way(app: App) -> None:
    """Whoever is here is not new: no first steps come to them."""
    async with app.db.writing() as session:
        for person in await session.exec(select(Person)):
            session.add(
                PushChoice(
                    person_id=person.key,
                    kind=PushKind.WELCOME,
                    way=Way.OFF,
                    changed_at=app.clock(),
                )
            )


async def person_of(app: App, actor: Actor) -> Person:
    async with app.db.reading() as session:
        person = await by_telegram(session, actor.id)
    assert person is not None
    return person


def digests(actor: Actor) -> list[str]:
    return [text for text in actor.heard if text.startswith("🗞")]
