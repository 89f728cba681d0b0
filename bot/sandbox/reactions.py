"""Reactions to messages: one emoji from a bot or a person."""

from typing import TYPE_CHECKING, Any

from bot.sandbox.chats import writable_chat
from bot.sandbox.errors import bad_request
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
    told = {
        "chat": sandbox.world.chat_json(chat),
        "message_id": message.id,
        "user": sandbox.world.actor(person_id),
        "date": sandbox.clock.timestamp,
        "old_reaction": before,
        "new_reaction": fresh,
    }
    for bot in sandbox.world.bots.values():
        if chat.owner == bot.id or chat.status_of(bot.id) == "administrator":
            sandbox.queue(bot).push("message_reaction", f"chat:{chat.id}", told)


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
