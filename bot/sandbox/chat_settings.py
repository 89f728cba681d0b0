"""What a chat is called, how it describes itself, and its picture."""

from bot.sandbox.attachments import attached_file, shown_file
from bot.sandbox.chats import ruled_chat
from bot.sandbox.errors import bad_request
from bot.sandbox.membership import service_message
from bot.sandbox.request import Request, method
from bot.sandbox.world import Chat, Json

MAX_TITLE = 128
MAX_DESCRIPTION = 255


@method
def setChatTitle(ask: Request) -> bool:
    chat = _own_chat(ask, "can't change private chat title")
    title = ask.text("title").strip()
    if not title:
        raise bad_request("title must be non-empty")
    if title[:MAX_TITLE] != chat.title:
        chat.title = title[:MAX_TITLE]
        _say(ask, chat, {"new_chat_title": chat.title})
    return True


@method
def setChatDescription(ask: Request) -> bool:
    chat = _own_chat(ask, "can't change private chat description")
    description = ask.text("description").strip()[:MAX_DESCRIPTION]
    if description == chat.description:
        raise bad_request("chat description is not modified")
    chat.description = description
    return True


@method
def setChatPhoto(ask: Request) -> bool:
    if "photo" not in ask.files and not ask.text("photo").startswith("attach://"):
        raise bad_request("there is no photo in the request")
    chat = _own_chat(ask, "can't change private chat photo")
    file = attached_file(ask, ask.text("photo") or "attach://photo", "photo")
    sizes = shown_file(file, "photo")["photo"]
    ends = {"small": sizes[0], "big": sizes[-1]}
    chat.photo = {
        f"{end}_{name}": size[name]
        for end, size in ends.items()
        for name in ("file_id", "file_unique_id")
    }
    _say(ask, chat, {"new_chat_photo": sizes})
    return True


@method
def deleteChatPhoto(ask: Request) -> bool:
    chat = _own_chat(ask, "can't change private chat photo")
    if not chat.photo:
        raise bad_request("CHAT_NOT_MODIFIED")
    chat.photo = {}
    _say(ask, chat, {"delete_chat_photo": True})
    return True


def _own_chat(ask: Request, not_in_private: str) -> Chat:
    return ruled_chat(ask, not_in_private, "can_change_info")


def _say(ask: Request, chat: Chat, content: Json) -> None:
    service_message(ask.sandbox, chat, ask.bot.id, content)
    ask.sandbox.events.publish("people")
