"""Reactions to messages: one emoji from a bot or a person."""

from collections import Counter
from typing import TYPE_CHECKING, Any

from bot.sandbox.chats import ruled_chat, writable_chat
from bot.sandbox.errors import bad_request
from bot.sandbox.holdings import somebody
from bot.sandbox.messages import as_people_see
from bot.sandbox.request import Request, method
from bot.sandbox.world import Chat, Json, Message

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

EMOJI = (
    "👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻"
    "👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾🤷😡"
)


@method
def setMessageReaction(ask: Request) -> bool:
    given = ask.structure("reaction", "can't parse reaction types JSON object") or []
    if not isinstance(given, list):
        raise bad_request("expected an Array of ReactionType")
    chat = writable_chat(ask)
    message = chat.messages.get(ask.integer("message_id"))
    if message is None:
        raise bad_request("message to react not found")
    if len(given) > 1 or not all(_is_reaction(one) for one in given):
        raise bad_request("REACTION_INVALID")
    _keep(ask.sandbox, chat, message, ask.bot.id, given)
    return True


@method
def deleteMessageReaction(ask: Request) -> bool:
    chat = _moderated(ask)
    message = chat.messages.get(ask.integer("message_id"))
    if message is None:
        raise bad_request("message to react not found")
    react(ask.sandbox, somebody(ask), chat, message, "")
    return True


@method
def deleteAllMessageReactions(ask: Request) -> bool:
    chat, number = _moderated(ask), somebody(ask)
    for message in list(chat.messages.values()):
        react(ask.sandbox, number, chat, message, "")
    return True


def _moderated(ask: Request) -> Chat:
    unsuited = "method is available only for supergroups"
    chat = ruled_chat(ask, unsuited, "can_delete_messages")
    if chat.type == "channel":
        raise bad_request(unsuited)
    return chat


def react(sandbox: "Sandbox", person_id: int, chat: Chat, message: Message, emoji: str) -> None:
    """A person's reaction, "" to take it back. Bots that asked for reactions hear of it.

    Raises ValueError for an emoji that is no reaction.
    """
    fresh = [{"type": "emoji", "emoji": emoji}] if emoji else []
    if not all(_is_reaction(one) for one in fresh):
        raise ValueError(f"{emoji!r} is not a reaction")
    before = message.reactions.get(person_id, [])
    if not _keep(sandbox, chat, message, person_id, fresh):
        return
    where = {
        "chat": sandbox.world.chat_json(chat),
        "message_id": message.id,
        "date": sandbox.clock.timestamp,
    }
    if chat.type == "channel":
        _tell(sandbox, chat, "message_reaction_count", {**where, "reactions": _counted(message)})
        return
    who = {"user": sandbox.world.actor(person_id)}
    change = {"old_reaction": before, "new_reaction": fresh}
    _tell(sandbox, chat, "message_reaction", {**where, **who, **change})


def _tell(sandbox: "Sandbox", chat: Chat, kind: str, told: Json) -> None:
    for bot in sandbox.world.bots.values():
        if chat.owner == bot.id or chat.status_of(bot.id) == "administrator":
            sandbox.queue(bot).push(kind, f"chat:{chat.id}", told)


def _counted(message: Message) -> list[Json]:
    """In channels nobody is told who has reacted, only how many have."""
    emoji = Counter(one["emoji"] for given in message.reactions.values() for one in given)
    return [
        {"type": {"type": "emoji", "emoji": name}, "total_count": count}
        for name, count in emoji.most_common()
    ]


def _keep(
    sandbox: "Sandbox", chat: Chat, message: Message, number: int, given: list[Json]
) -> bool:
    if message.reactions.get(number, []) == given:
        return False
    message.reactions.pop(number, None)
    if given:
        message.reactions[number] = given
    sandbox.events.publish("edited", chat_id=chat.id, message=as_people_see(message))
    return True


def _is_reaction(one: Any) -> bool:
    if not isinstance(one, dict):
        raise bad_request("can't parse ReactionType: expected an Object")
    emoji = str(one.get("emoji", "")).removesuffix("\ufe0f")
    return one.get("type") == "emoji" and len(emoji) == 1 and emoji in EMOJI
