"""Chats and who is in them: what a bot can look up, and how it leaves."""

from bot.sandbox.chats import chat_of, writable_chat
from bot.sandbox.errors import bad_request, forbidden
from bot.sandbox.membership import member, set_status
from bot.sandbox.request import Request, method
from bot.sandbox.rights import AT_FIRST
from bot.sandbox.world import Chat, Json


@method
def getChat(ask: Request) -> Json:
    chat = _seen_chat(ask)
    world = ask.sandbox.world
    shown = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": GIFTS}
    pinned = [chat.messages[number] for number in chat.pinned if number in chat.messages]
    link = {"invite_link": chat.links[0].url} if chat.links else {}
    about: Json = {"pinned_message": pinned[-1].body} if pinned else {}
    for name in ("description", "photo"):
        if value := getattr(chat, name):
            about[name] = value
    if chat.type in ("group", "supergroup"):
        about["permissions"] = {**AT_FIRST, **chat.permissions}
    if chat.slow_mode:
        about["slow_mode_delay"] = chat.slow_mode
    if chat.sticker_set:
        about["sticker_set_name"] = chat.sticker_set
    return {**world.chat_json(chat), **shown, **link, **about}


@method
def getChatMember(ask: Request) -> Json:
    chat = _seen_chat(ask)
    number = ask.integer("user_id")
    if number <= 0:
        raise bad_request("invalid user_id specified")
    world = ask.sandbox.world
    if number not in world.users and world.bot_by_id(number) is None:
        raise bad_request("user not found")
    return member(ask.sandbox, chat, number)


@method
def getChatAdministrators(ask: Request) -> list[Json]:
    chat = _seen_chat(ask)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    others = {bot.id for bot in ask.sandbox.world.bots.values()} - {ask.bot.id}
    left_out = set() if ask.flag("return_bots") else others
    leaders = [number for number in chat.people if _leads(chat, number)]
    return [member(ask.sandbox, chat, one) for one in leaders if one not in left_out]


@method
def getChatMemberCount(ask: Request) -> int:
    chat = _seen_chat(ask)
    return 2 if chat.type == "private" else len(chat.people)


@method
def leaveChat(ask: Request) -> bool:
    chat = writable_chat(ask)
    if chat.type == "private":
        raise bad_request("chat not found")
    set_status(ask.sandbox, chat, ask.bot.id, "left", by=ask.bot.id)
    return True


def _seen_chat(ask: Request) -> Chat:
    chat = chat_of(ask)
    kind = "group chat" if chat.type == "group" else f"{chat.type} chat"
    if chat.type != "private" and chat.status_of(ask.bot.id) == "kicked":
        raise forbidden(f"bot was kicked from the {kind}")
    if chat.type != "private" and chat.status_of(ask.bot.id) == "left" and not chat.username:
        raise forbidden(f"bot is not a member of the {kind}")
    return chat


def _leads(chat: Chat, number: int) -> bool:
    return chat.status_of(number) in ("creator", "administrator")


GIFTS = dict.fromkeys(
    (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    ),
    False,
)
