"""Who may do what in a chat: rights of administrators, permissions of everybody else."""

from bot.sandbox.errors import bad_request
from bot.sandbox.records import Chat, Json

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
)
RIGHTS_OF_KIND = {
    "channel": ("can_post_messages", "can_edit_messages", "can_manage_direct_messages"),
    "group": ("can_pin_messages",),
    "supergroup": ("can_pin_messages", "can_manage_topics", "can_manage_tags"),
}
SENDING = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
)
CHANGING = (
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
PERMISSIONS = (*SENDING, *CHANGING)
AT_FIRST = {**dict.fromkeys(SENDING, True), **dict.fromkeys(CHANGING, False)}
# What a message holds, the permission to send it, and what a refusal calls it.
CONTENT = {
    "text": ("can_send_messages", "text messages"),
    "photo": ("can_send_photos", "photos"),
    "animation": ("can_send_other_messages", "animations"),
    "document": ("can_send_documents", "documents"),
    "video": ("can_send_videos", "videos"),
    "audio": ("can_send_audios", "music"),
    "voice": ("can_send_voice_notes", "voice notes"),
    "video_note": ("can_send_video_notes", "video notes"),
    "sticker": ("can_send_other_messages", "stickers"),
    "poll": ("can_send_polls", "polls"),
    "venue": ("can_send_messages", "venues"),
    "location": ("can_send_messages", "locations"),
    "contact": ("can_send_messages", "contacts"),
    "dice": ("can_send_other_messages", "dice"),
    "game": ("can_send_other_messages", "games"),
}


def rights_in(chat: Chat) -> tuple[str, ...]:
    return (*RIGHTS, *RIGHTS_OF_KIND.get(chat.type, ()))


def granted(chat: Chat, number: int) -> dict[str, bool]:
    """What an administrator may do; those who came with the world may do everything."""
    own: dict[str, bool] = chat.rights.get(number, dict.fromkeys(rights_in(chat), True))
    return {right: own.get(right, False) for right in rights_in(chat)}


def permissions_of(chat: Chat, number: int) -> dict[str, bool]:
    everybody = {**AT_FIRST, **chat.permissions}
    own: Json = chat.restricted.get(number, {})
    return {name: everybody[name] and own.get(name, True) for name in PERMISSIONS}


def may(chat: Chat, number: int, right: str) -> bool:
    """Whether this administrator, or a member whom the permissions allow it, may do this."""
    match chat.status_of(number):
        case "creator":
            return True
        case "administrator":
            return granted(chat, number).get(right, False)
        case "member" | "restricted" if chat.type in ("group", "supergroup"):
            return permissions_of(chat, number).get(right, False)
    return False


def why_not_sendable(chat: Chat, number: int, content: Json) -> str:
    """The name of what may not be sent, or "" when it may."""
    if chat.type in ("private", "channel"):
        return ""
    if chat.status_of(number) in ("creator", "administrator"):
        return ""
    allowed = permissions_of(chat, number)
    needed = next((CONTENT[kind] for kind in CONTENT if kind in content), None)
    return needed[1] if needed and not allowed[needed[0]] else ""


def slow_mode_wait(chat: Chat, number: int, now: int) -> int:
    """For how many seconds a mere member may not write again."""
    if not chat.slow_mode or chat.status_of(number) in ("creator", "administrator"):
        return 0
    return max(0, chat.spoke_at.get(number, 0) + chat.slow_mode - now)


def check_sendable(chat: Chat, number: int, content: Json) -> None:
    if what := why_not_sendable(chat, number, content):
        raise bad_request(f"not enough rights to send {what} to the chat")


def chat_member(chat: Chat, number: int, user: Json) -> Json:
    """The `ChatMember` object of somebody."""
    status = chat.status_of(number)
    until = chat.until.get(number, 0)
    tag = {"tag": chat.tags[number]} if number in chat.tags else {}
    title = {"custom_title": chat.titles[number]} if number in chat.titles else {}
    described: Json = {"user": user, "status": status}
    match status:
        case "creator":
            return {**described, "is_anonymous": False, **title}
        case "administrator":
            own = chat.rights.get(number, {})
            named = {"can_be_edited": False, "is_anonymous": own.get("is_anonymous", False)}
            return {**described, **named, **granted(chat, number), **title}
        case "restricted":
            allowed = permissions_of(chat, number)
            return {**described, **tag, "is_member": True, **allowed, "until_date": until}
        case "kicked":
            return {**described, "until_date": until}
        case "member":
            return {**described, **tag}
    return described
