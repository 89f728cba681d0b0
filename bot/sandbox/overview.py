"""What the chat page shows: the people, their chats, and the messages as one person sees them."""

from collections.abc import Iterator
from itertools import islice, takewhile

from bot.sandbox.messages import as_people_see
from bot.sandbox.people import Person
from bot.sandbox.pins import may_pin
from bot.sandbox.profile import menu_button, told
from bot.sandbox.records import SERVICE
from bot.sandbox.rights import CONTENT, may
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.screens import plain
from bot.sandbox.topics import GENERAL
from bot.sandbox.visits import may_admit
from bot.sandbox.world import Chat, Json, Message, Topic, User

KINDS = (*CONTENT, *sorted(SERVICE))


async def state(sandbox: Sandbox) -> Json:
    """`event` is the number of the last event whose effects are in it."""
    moment = await clock_state(sandbox)
    bot = sandbox.world.bot
    about = {
        "id": bot.id,
        "username": bot.username,
        "first_name": bot.first_name,
        "description": told(bot, "description", ""),
        "short_description": told(bot, "short_description", ""),
        "menu": menu_button(bot, 0),
    }
    people = [_person(sandbox, user) for user in sandbox.world.users.values()]
    commands = bot.profile.commands
    seen = {"bot": about, "people": people, "commands": commands}
    return {**moment, **seen, "event": sandbox.events.last}


async def clock_state(sandbox: Sandbox) -> Json:
    """With what the bot awaits next, where it tells the sandbox and there is something."""
    clock = sandbox.clock
    due = await sandbox.next_due() if sandbox.next_due else None
    moment = {"now": clock().isoformat(), "shift": round(clock.shift.total_seconds())}
    return {**moment, **({"next": due.isoformat()} if due else {})}


def messages_page(person: Person, before: int, limit: int, thread: int | None = None) -> Json:
    """The newest messages before the one named (0: all), oldest first; they count as read.

    `thread` is a topic of a forum; without one it is everything said there.
    """
    chat = person.chat
    newest_first = (
        one
        for one in _newest_first(chat)
        if (not before or one.id < before) and (thread is None or _thread(one) == thread)
    )
    found = list(islice(newest_first, limit + 1))
    if not before:
        _count_as_read(person)
    shown = [_seen(person, message) for message in reversed(found[:limit])]
    return {"messages": shown, "more": len(found) > limit}


def _count_as_read(person: Person) -> None:
    chat = person.chat
    if chat.read.get(person.id, 0) < chat.last_message_id:
        chat.read[person.id] = chat.last_message_id
        person.sandbox.events.publish("read", person_id=person.id, chat_id=chat.id)


def _thread(message: Message) -> int:
    return int(message.body.get("message_thread_id", GENERAL))


def _newest_first(chat: Chat) -> Iterator[Message]:
    return reversed(chat.messages.values())


def _seen(person: Person, message: Message) -> Json:
    seen = as_people_see(message, person.id)
    return {**seen, **({"out": True} if message.author == person.id else {})}


def _person(sandbox: Sandbox, user: User) -> Json:
    bot = sandbox.world.bot
    private = sandbox.world.private_chat(bot, user)
    groups = [chat for chat in sandbox.world.chats.values() if user.id in chat.people]
    language = user.language_code[:2]
    return {
        "id": user.id,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "username": user.username,
        "language_code": user.language_code,
        "role": user.role,
        "blocked": private.blocked,
        "welcome": {
            "description": told(bot, "description", language),
            "short_description": told(bot, "short_description", language),
        },
        "chat": _chat(sandbox, private, user),
        "chats": [
            _chat(sandbox, chat, user) for chat in [private, *groups] if not chat.migrated_to
        ],
    }


def _chat(sandbox: Sandbox, chat: Chat, user: User) -> Json:
    last = next(_newest_first(chat), None)
    seen = chat.read.get(user.id, 0)
    unread = takewhile(lambda message: message.id > seen, _newest_first(chat))
    pinned = [chat.messages[number] for number in chat.pinned if number in chat.messages]
    asking = chat.join_requests if may_admit(chat, user.id) else []
    return {
        "id": chat.id,
        "type": chat.type,
        "title": chat.title,
        "unread": sum(message.author != user.id for message in unread),
        "last": last and _summary(last),
        "pinned": [as_people_see(message, user.id) for message in reversed(pinned)],
        "may_pin": may_pin(chat, user.id),
        "may_appoint": may(chat, user.id, "can_promote_members"),
        "may_upgrade": chat.type == "group" and chat.owner == user.id,
        "requests": [sandbox.world.actor(number) for number in asking],
        **(_forum(chat, user) if chat.is_forum else {}),
    }


def _forum(chat: Chat, user: User) -> Json:
    may_begin = may(chat, user.id, "can_manage_topics")
    return {"topics": _topics(chat, user), "may_begin_topics": may_begin}


def _topics(chat: Chat, user: User) -> list[Json]:
    """General first, also while nobody has touched it; those that are hidden only to leaders."""
    leads = may(chat, user.id, "can_manage_topics")
    general = chat.topics.get(GENERAL) or Topic(GENERAL, "General")
    others = [topic for topic in chat.topics.values() if topic.id != GENERAL]
    return [
        {
            "id": topic.id,
            "name": topic.name,
            "icon_color": topic.icon_color,
            "closed": topic.closed,
            "may_write": leads or not topic.closed,
        }
        for topic in [general, *others]
        if leads or not topic.hidden
    ]


def _summary(message: Message) -> Json:
    kind = next((kind for kind in KINDS if kind in message.body), "other")
    body = message.body
    question = body.get("poll", {}).get("question", "")
    text = plain(body) or question or body.get("document", {}).get("file_name", "")
    return {"text": text, "date": body["date"], "kind": kind}
