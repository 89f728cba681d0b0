"""What the chat page shows: the people, their chats, and the messages as one person sees them."""

from collections.abc import Iterator
from itertools import islice, takewhile

from bot.sandbox.messages import as_people_see
from bot.sandbox.people import Person
from bot.sandbox.profile import menu_button, told
from bot.sandbox.records import SERVICE
from bot.sandbox.rights import CONTENT
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.screens import plain
from bot.sandbox.world import Chat, Json, Message, User

KINDS = (*CONTENT, *sorted(SERVICE))


def state(sandbox: Sandbox) -> Json:
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
    return {"bot": about, **clock_state(sandbox), "people": people, "commands": commands}


def clock_state(sandbox: Sandbox) -> Json:
    clock = sandbox.clock
    return {"now": clock().isoformat(), "shift": round(clock.shift.total_seconds())}


def messages_page(person: Person, before: int, limit: int) -> Json:
    """The newest messages before the one named (0: all), oldest first; they count as read."""
    chat = person.chat
    newest_first = (one for one in _newest_first(chat) if not before or one.id < before)
    found = list(islice(newest_first, limit + 1))
    if not before:
        chat.read[person.id] = chat.last_message_id
    shown = [_seen(person, message) for message in reversed(found[:limit])]
    return {"messages": shown, "more": len(found) > limit}


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
        "chat": _chat(private, user),
        "chats": [_chat(chat, user) for chat in [private, *groups] if not chat.migrated_to],
    }


def _chat(chat: Chat, user: User) -> Json:
    last = next(_newest_first(chat), None)
    seen = chat.read.get(user.id, 0)
    unread = takewhile(lambda message: message.id > seen, _newest_first(chat))
    pinned = [chat.messages[number] for number in chat.pinned if number in chat.messages]
    return {
        "id": chat.id,
        "type": chat.type,
        "title": chat.title,
        "unread": sum(message.author != user.id for message in unread),
        "last": last and _summary(last),
        "pinned": as_people_see(pinned[-1], user.id) if pinned else None,
    }


def _summary(message: Message) -> Json:
    kind = next((kind for kind in KINDS if kind in message.body), "other")
    return {"text": plain(message.body), "date": message.body["date"], "kind": kind}
