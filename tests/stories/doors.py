"""An event of three parts, and the way to its door."""

import re
from datetime import timedelta

from bot.app import App
from bot.domain.workshops import PartPlan
from storage.people import by_telegram
from storage.workshops import check_ins
from tests.actors import Actor
from tests.stories.workshops import START, Plan

HOUR = timedelta(hours=1)
TITLE = "Tenké vrstvy <& čočky>"
DAY, EVENING, NEXT_DAY = 1, 2, 3  # the ids of its parts


async def plan_two_days(plan: Plan, *, evening: int = 40) -> int:
    """Friday 9–16, Friday evening from 18:30 for whoever wants it, and Saturday 9–13."""
    return await plan(
        TITLE,
        parts=[
            PartPlan(START, START + 7 * HOUR, 40, "Den 1"),
            PartPlan(START + 9.5 * HOUR, START + 13 * HOUR, evening, "Večer", usual=False),
            PartPlan(START + 24 * HOUR, START + 28 * HOUR, 40, "Den 2"),
        ],
    )


async def sign_up(*actors: Actor, workshop_id: int = 1) -> None:
    for actor in actors:
        await actor.says("/menu")
        await actor.presses_data(f"ws.in:{workshop_id}")


async def ticket_of(app: App, actor: Actor, workshop_id: int = 1) -> str:
    """The link that the code on their ticket leads to."""
    await actor.presses_data(f"ws.tic:{workshop_id}")
    async with app.db.reading() as session:
        person = await by_telegram(session, actor.id)
        assert person is not None
        code = await check_ins.ticket_code(session, workshop_id, person.key)
    assert code is not None
    assert re.fullmatch(r"[\w-]{22}", code)
    return app.house.start_link(f"c{code}")


async def key_of(app: App, actor: Actor) -> int:
    async with app.db.reading() as session:
        person = await by_telegram(session, actor.id)
    assert person is not None
    return person.key


async def asks(manager: Actor, *labels: str, own: str = "") -> None:
    await manager.presses_data("ws.qs:1")
    for label in labels:
        await manager.presses(f"☐ {label}")
    if own:
        await manager.presses("➕ Vlastní otázka")
        await manager.says(own)
