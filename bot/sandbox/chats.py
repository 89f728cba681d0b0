"""Which chat a call means, and whether the bot may write there."""

from bot.sandbox.errors import Refused, bad_request, forbidden
from bot.sandbox.request import Request, method
from bot.sandbox.rights import may
from bot.sandbox.world import Bot, Chat, Json, World

REFUSED_RIGHTS = {
    "can_restrict_members": "not enough rights to restrict/unrestrict chat member",
    "can_invite_users": "not enough rights to manage chat invite link",
    "can_pin_messages": "not enough rights to manage pinned messages in the chat",
}


def chat_of(ask: Request, name: str = "chat_id") -> Chat:
    """The chat named by a parameter, which the bot knows; not yet whether it may write there."""
    given = ask.text(name).strip()
    if not given:
        raise bad_request(
            f"{name} is empty" if name == "chat_id" else f'parameter "{name}" is required'
        )
    world = ask.sandbox.world
    if given.startswith("@"):
        chat = world.find_public_chat(given)
    else:
        chat = world.find_chat(ask.bot, int(given)) if _is_number(given) else None
    if chat is None or not knows(world, ask.bot, chat):
        raise bad_request("chat not found")
    if chat.migrated_to:
        raise bad_request(
            "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to
        )
    chat.forgive(ask.sandbox.clock.timestamp)
    return chat


def writable_chat(ask: Request) -> Chat:
    chat = chat_of(ask)
    if refusal := why_not_writable(ask.sandbox.world, ask.bot, chat):
        raise refusal
    return chat


def ruled_chat(ask: Request, not_in_private: str, right: str = "can_restrict_members") -> Chat:
    """A group or channel where the bot has this right of an administrator."""
    chat = writable_chat(ask)
    if chat.type == "private":
        raise bad_request(not_in_private)
    if not chat.is_led_by(ask.bot.id) or not may(chat, ask.bot.id, right):
        raise bad_request(REFUSED_RIGHTS.get(right, "not enough rights"))
    return chat


def knows(world: World, bot: Bot, chat: Chat) -> bool:
    """A bot has met those who wrote to it and those it shares a group with."""
    if chat.type != "private" or chat.started or expects(world, chat):
        return True
    return any(
        bot.id in group.people and chat.id in group.people for group in world.chats.values()
    )


def why_not_writable(world: World, bot: Bot, chat: Chat) -> Refused | None:
    if chat.type == "private":
        return _why_not_private(world, chat)
    kind = {"group": "group chat", "supergroup": "supergroup chat"}.get(chat.type, "channel chat")
    status = chat.status_of(bot.id)
    if chat.deleted:
        return forbidden("the group chat was deleted")
    if status == "kicked":
        return forbidden(f"bot was kicked from the {kind}")
    if status == "left":
        return forbidden(f"bot is not a member of the {kind}")
    if chat.type == "channel" and status == "member":
        return bad_request("need administrator rights in the channel chat")
    return None


def _why_not_private(world: World, chat: Chat) -> Refused | None:
    if world.users[chat.id].deactivated:
        return forbidden("user is deactivated")
    if expects(world, chat):
        return None
    if not chat.started:
        return forbidden("bot can't initiate conversation with a user")
    return forbidden("bot was blocked by the user") if chat.blocked else None


def expects(world: World, chat: Chat) -> bool:
    """Whether they have just asked to join a group and may be written to because of it."""
    return chat.expects_until > world.clock.timestamp


def _is_number(text: str) -> bool:
    return text.removeprefix("-").isdigit()


@method
def getMe(ask: Request) -> Json:
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": ask.bot.reads_all_group_messages,
        "supports_inline_queries": ask.bot.inline,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return {**ask.bot.json, **abilities}


@method
def sendChatAction(ask: Request) -> bool:
    chat = writable_chat(ask)
    action = ask.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    ask.sandbox.events.publish("action", chat_id=chat.id, action=action)
    return True


ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}
