"""What people do again and again in the stories of announcements."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from bot.app import App
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import User
from storage.people import Person
from tests.actors import Actor
from tests.conftest import NOW

Wait = Callable[[timedelta], Awaitable[None]]
SOON = timedelta(seconds=4)
MINUTE = timedelta(seconds=61)  # after the yes, until it leaves
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080600000"
    "01f15c4890000000d49444154789c6360f8cfc00000030001011827d7e90000000049454e44ae426082"
)
EVERYBODY = "👥 Všem, kdo mají bota"
MEMBERS = "🏢 Členům klastru"


async def write(who: Actor, text: str = "Zítra je volno.", *, to: str = MEMBERS) -> None:
    """From the command to the card with the count."""
    await who.says("/oznameni")
    await who.says(text)
    await who.presses("👥 Vybrat komu")
    await who.presses(to)


def received(who: Actor) -> list[dict[str, Any]]:
    return [each for each in who.messages if each["from"]["is_bot"]]


async def crowd(app: App, sandbox: Sandbox, count: int, *, reachable: bool = True) -> None:
    async with app.db.writing() as session:
        for number in range(count):
            user = User(50_000 + number, f"Člověk {number}")
            user.started = True
            sandbox.world.users[user.id] = user
            session.add(
                Person(
                    telegram_id=user.id,
                    first_name=user.first_name,
                    organisation_id=1,
                    verified_at=NOW,
                    met_at=NOW,
                    reachable=reachable,
                )
            )
