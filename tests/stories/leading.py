"""The ways of the team to what they change about an event."""

from datetime import timedelta

from bot.domain.workshops import PartPlan
from tests.actors import Actor
from tests.stories.workshops import START, Plan, opens

TITLE = "Tenké vrstvy"
HOUR = timedelta(hours=1)
TWO_DAYS = [
    PartPlan(START, START + 7 * HOUR, 3, "Den 1"),
    PartPlan(START + 10 * HOUR, START + 13 * HOUR, 2, "Večer", usual=False),
    PartPlan(START + 24 * HOUR, START + 28 * HOUR, 3, "Den 2"),
]


async def leads(manager: Actor, *labels: str, title: str = TITLE) -> None:
    """From the list of events to its screen for the team, and on by these labels."""
    await opens(manager, title)
    for label in ("🛠 Spravovat akci", *labels):
        await manager.presses(label)


async def changes(manager: Actor, *labels: str, title: str = TITLE) -> None:
    await leads(manager, "✏️ Změnit", *labels, title=title)


async def signs_up(*actors: Actor, title: str = TITLE) -> None:
    for actor in actors:
        await opens(actor, title)
        label = next(label for label in actor.buttons if label[0] in "✅⏳")
        await actor.presses(label)


async def plan_two_days(plan: Plan) -> int:
    return await plan(TITLE, parts=TWO_DAYS)
