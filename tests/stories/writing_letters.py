"""What people do again and again in the stories of letters."""

from typing import Any

from tests.actors import Actor
from tests.stories.announcing import MINUTE, Wait, write

DONE = "✔️ Vyřízeno"


async def announces(manager: Actor, wait: Wait, text: str = "Zítra je volno.") -> None:
    await write(manager, text)
    await manager.presses(next(label for label in manager.buttons if "Poslat" in label))
    await wait(MINUTE)


async def writes(who: Actor, text: str) -> None:
    """By the button in the help."""
    await who.says("/pomoc")
    english = "✉️ Write to the manager"
    await who.presses(english if english in who.buttons else "✉️ Napsat manažerovi")
    await who.says(text)


async def replies(who: Actor, to: str, text: str) -> None:
    """To the newest message in their chat in which `to` stands."""
    who.phone.says(text, reply_to=heard(who, to)["message_id"])
    await who.app.settle()


def heard(who: Actor, words: str) -> dict[str, Any]:
    """The newest message of the bot with these words."""
    sent = (each for each in reversed(who.messages) if each["from"]["is_bot"])
    return next(each for each in sent if words in each.get("text", each.get("caption", "")))
