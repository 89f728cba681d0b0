"""The team's desk in Telegram: a forum, a topic for each organisation, General for guests."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.letters.writing import team
from bot.domain.refusals import Gone, NotAllowed, Refusal
from bot.domain.rights import Action, require
from storage import audit, people
from storage import letters as store
from storage.groups import places
from storage.letters import DeskTopic, Letter, LetterCopy
from storage.outbox import State
from storage.people import Person

TOPICS = "can_manage_topics"
GENERAL = 0
RECENT = timedelta(days=2)
PATIENCE = timedelta(minutes=15)  # with a topic that cannot be opened, as in an outage


class NoDesk(Refusal):
    """A desk is a forum of the team alone, in which we may open topics."""


async def link(session: AsyncSession, me: Person, chat_id: int, now: datetime) -> str:
    """The title of the forum in which letters arrive from now on. Only whoever has added us there
    may say so. Raises `Gone`, `NoDesk`, `NotAllowed`."""
    await require(session, me, Action.KEEP_LETTER_DESK, now)
    stay = await places.stay(session, chat_id, lock=True)
    if stay is None or stay.until is not None:
        raise Gone
    if stay.added_by != me.telegram_id:
        raise NotAllowed
    if not stay.is_forum or TOPICS not in stay.rights or await places.of_chat(session, chat_id):
        raise NoDesk
    await store.forget_desk(session)
    session.add(DeskTopic(chat_id=chat_id, thread_id=GENERAL))
    await audit.record(session, me.key, "link_letter_desk", f"chat:{chat_id}", now)
    return stay.title


async def title(session: AsyncSession) -> str:
    """Of the forum in which letters arrive; empty where they come to the managers in private."""
    chat_id = await store.desk(session)
    stay = await places.stay(session, chat_id) if chat_id is not None else None
    return stay.title if stay is not None else ""


async def opened(
    session: AsyncSession, chat_id: int, thread_id: int, organisation_id: int | None
) -> None:
    """An organisation has its topic now."""
    topic = DeskTopic(chat_id=chat_id, thread_id=thread_id, organisation_id=organisation_id)
    session.add(topic)
    await session.flush()


async def lose(session: AsyncSession, chat_id: int) -> bool:
    """We cannot work there any more. Returns whether that was the desk."""
    if await store.desk(session) != chat_id:
        return False
    await store.forget_desk(session)
    return True


async def copied(session: AsyncSession, now: datetime) -> Sequence[tuple[Letter, Person]]:
    """Note where letters are seen by now. Returns those that could not be shown in the forum, with
    who wrote them; their topic is opened anew for the next one."""
    lost = []
    managers = await team(session, now)
    for letter in await store.uncopied(session, now - RECENT):
        forum = store.forum_key(letter.key)
        keys = [store.key(letter.key, each.key) for each in managers]
        fates = await store.fates(session, [forum, *keys])
        for state, chat_id, message_id in fates.values():
            if state == State.SENT and message_id is not None:
                copy = LetterCopy(chat_id=chat_id, message_id=message_id, letter_id=letter.key)
                session.add(copy)
        refused = [*fates] == [forum] and fates[forum][0] == State.FAILED
        if refused:
            await store.forget_topic(session, letter.organisation_id)
        if refused or (not fates and letter.at < now - PATIENCE):
            who = await people.find(session, letter.person_id)
            lost += [(letter, who)] if who is not None else []
    return lost
