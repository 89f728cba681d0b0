"""Chats and who is in them: what a bot can look up, and how it removes people or leaves."""

from bot.sandbox.chats import chat_of, writable_chat
from bot.sandbox.errors import bad_request, forbidden
from bot.sandbox.membership import set_status
from bot.sandbox.request import Request, method
from bot.sandbox.world import Chat, Json

RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
)


@method
def getChat(ask: Request) -> Json:
    chat = _seen_chat(ask)
    world = ask.sandbox.world
    shown = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": GIFTS}
    pinned = [chat.messages[number] for number in chat.pinned if number in chat.messages]
    link = {"invite_link": chat.links[0].url} if chat.links else {}
    about = {"pinned_message": pinned[-1].body} if pinned else {}
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
    return member(ask, chat, number)


@method
def getChatAdministrators(ask: Request) -> list[Json]:
    chat = _seen_chat(ask)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    return [member(ask, chat, number) for number in chat.people if _leads(chat, number)]


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


@method
def banChatMember(ask: Request) -> bool:
    chat = _ruled_chat(ask, "can't ban members in private chats")
    number = ask.integer("user_id")
    if number == ask.bot.id:
        raise bad_request("can't restrict self")
    if chat.status_of(number) == "creator":
        raise bad_request("can't remove chat owner")
    if chat.status_of(number) == "administrator":
        raise bad_request("user is an administrator of the chat")
    set_status(ask.sandbox, chat, number, "kicked", by=ask.bot.id)
    return True


@method
def unbanChatMember(ask: Request) -> bool:
    chat = _ruled_chat(ask, "method is available for supergroup and channel chats only")
    number = ask.integer("user_id")
    if chat.status_of(number) == "kicked" or not ask.flag("only_if_banned"):
        set_status(ask.sandbox, chat, number, "left", by=ask.bot.id)
    return True


def member(ask: Request, chat: Chat, number: int) -> Json:
    user = ask.sandbox.world.actor(number)
    if chat.type == "private":
        return {"user": user, "status": "member"}
    status = chat.status_of(number)
    if status == "creator":
        return {"user": user, "status": status, "is_anonymous": False}
    if status == "administrator":
        rights = dict.fromkeys(RIGHTS, True)
        return {"user": user, "status": status, "can_be_edited": False, **rights} | {
            "is_anonymous": False
        }
    return {"user": user, "status": status, **({"until_date": 0} if status == "kicked" else {})}


def _seen_chat(ask: Request) -> Chat:
    chat = chat_of(ask)
    kind = "group chat" if chat.type == "group" else f"{chat.type} chat"
    if chat.type != "private" and chat.status_of(ask.bot.id) == "kicked":
        raise forbidden(f"bot was kicked from the {kind}")
    if chat.type != "private" and chat.status_of(ask.bot.id) == "left" and not chat.username:
        raise forbidden(f"bot is not a member of the {kind}")
    return chat


def _ruled_chat(ask: Request, not_in_private: str) -> Chat:
    chat = writable_chat(ask)
    if chat.type == "private":
        raise bad_request(not_in_private)
    if ask.integer("user_id") <= 0:
        raise bad_request("invalid user_id specified")
    if not _leads(chat, ask.bot.id):
        raise bad_request("not enough rights to restrict/unrestrict chat member")
    if (
        ask.integer("user_id") not in ask.sandbox.world.users
        and ask.integer("user_id") != ask.bot.id
    ):
        raise bad_request("PARTICIPANT_ID_INVALID")
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
