"""Meetings in stories: a pillar with a group, its guarantor and its people."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.app import App
from bot.sandbox.sandbox import Sandbox
from tests.actors import Actor
from tests.stories.gathering import Gathering, appoint, join, open_pillar

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
DATES = "st 24. 3. 14:00\n- čt 25. 3. 2027, 9:00–10:30\n26. 3."
TITLE = "Jarní schůzka <& káva>"


@dataclass
class Club:
    """Bořek leads the pillar; Ann and Eve, of two organisations, are in it."""

    gathering: Gathering
    pillar: int
    lead: Actor

    async def proposes(self, dates: str = DATES, *, title: str = TITLE, send: bool = True) -> None:
        lead = self.lead
        await lead.says("/menu")
        await lead.presses_data(f"pi.meet:{self.pillar}")
        await lead.presses("🗳 Najít termín")
        await lead.says(title)
        await lead.says(dates)
        if "Jak dlouho" in lead.screen:
            await lead.presses("1,5 h")
        await lead.presses("Upřesníme")
        await lead.presses("8. 3. 18:00")
        if send:
            await lead.presses("🗳 Spustit hlasování")

    @property
    def poll(self) -> dict[str, Any]:
        """The newest one in the group."""
        bodies = [each.body for each in self.gathering.chat.messages.values()]
        polls: list[dict[str, Any]] = [body["poll"] for body in bodies if "poll" in body]
        return polls[-1]

    async def votes(self, who: Actor, *chosen: int) -> None:
        self.gathering.inside(who).phone.votes([*chosen])
        await who.app.settle()


async def found_club(
    app: App, sandbox: Sandbox, lead: Actor, *people: Actor, by: Actor | None = None
) -> Club:
    """With a group that `by` links; without one where nobody does."""
    gathering = Gathering(app, sandbox)
    gathering.found()
    pillar = await open_pillar(app)
    await appoint(app, pillar, lead)
    await join(app, pillar, *people)
    if by is not None:
        await gathering.link(by)
        for each in (lead, *people):
            await gathering.add(each)
    return Club(gathering, pillar, lead)
