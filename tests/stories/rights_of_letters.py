"""By which ways everybody tries to read and answer letters."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.rights import Action
from bot.kit.buttons import Button
from handlers import links
from handlers.letters import ways
from storage.groups.chats import Stay
from storage.letters import Letter
from storage.people import Person
from tests.conftest import NOW
from tests.rules.test_rights import ROLES

GROUP = -2001
ABOUT_LETTERS: dict[Action, tuple[Button, ...]] = {
    Action.ANSWER_LETTER: (
        links.ListLetters(),
        ways.OpenLetter(1),
        ways.ShowLetter(1),
        ways.AnswerLetter(1),
        ways.CloseLetter(1),
    ),
    Action.KEEP_LETTER_DESK: (links.LinkDesk(GROUP), ways.OfferForum()),
}


async def receive_letter(session: AsyncSession, asker: Person) -> None:
    """And a group to which the manager has added the bot, for reading letters there."""
    manager = 2000 + ROLES.index("manager")
    session.add(Stay(chat_id=GROUP, added_by=manager, since=NOW))
    session.add(
        Letter(
            person_id=asker.key,
            author_id=asker.key,
            method="sendMessage",
            payload={"text": "Hello"},
            at=NOW,
        )
    )
