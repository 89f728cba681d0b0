"""The topics of a forum: begun, renamed, closed, reopened, deleted; and General, which stays."""

from typing import TYPE_CHECKING

from bot.sandbox.chats import REFUSED_RIGHTS, writable_chat
from bot.sandbox.errors import bad_request
from bot.sandbox.membership import service_message
from bot.sandbox.request import Request, method
from bot.sandbox.rights import may
from bot.sandbox.world import Chat, Json, Topic

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

GENERAL = 1
COLORS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)
MAX_NAME = 128


@method
def createForumTopic(ask: Request) -> Json:
    chat = _forum(ask)
    name = _name(ask)
    color = ask.integer("icon_color") or COLORS[0]
    if color not in COLORS:
        raise bad_request("invalid icon color specified")
    topic = begin(ask.sandbox, chat, ask.bot.id, name, color, ask.text("icon_custom_emoji_id"))
    return {"message_thread_id": topic.id, **_look(topic)}


def begin(
    sandbox: "Sandbox", chat: Chat, author: int, name: str, color: int, icon: str = ""
) -> Topic:
    """The message that says so is its first one."""
    topic = Topic(0, name, color, icon)
    chat.last_message_id = max(chat.last_message_id, GENERAL)
    topic.id = service_message(sandbox, chat, author, {"forum_topic_created": _look(topic)})
    chat.messages[topic.id].body |= place(topic.id)
    chat.topics[topic.id] = topic
    return topic


@method
def editForumTopic(ask: Request) -> bool:
    chat, topic = _topic(ask)
    changed: Json = {"name": _name(ask)} if ask.has("name") else {}
    topic.name = changed.get("name", topic.name)
    if "icon_custom_emoji_id" in ask.params:
        topic.icon = ask.text("icon_custom_emoji_id")
        changed["icon_custom_emoji_id"] = topic.icon
    _say(ask, chat, topic, {"forum_topic_edited": changed})
    return True


@method
def closeForumTopic(ask: Request) -> bool:
    return _set_closed(ask, *_topic(ask), closed=True)


@method
def reopenForumTopic(ask: Request) -> bool:
    return _set_closed(ask, *_topic(ask), closed=False)


@method
def deleteForumTopic(ask: Request) -> bool:
    """All that was said in it goes with it."""
    chat, topic = _topic(ask, "can_delete_messages")
    said = _said_in(chat, topic)
    for number in said:
        del chat.messages[number]
    chat.pinned = [number for number in chat.pinned if number not in said]
    del chat.topics[topic.id]
    ask.sandbox.events.publish("deleted", chat_id=chat.id, message_ids=said)
    return True


@method
def unpinAllForumTopicMessages(ask: Request) -> bool:
    return _unpin(*_topic(ask, "can_pin_messages"))


@method
def editGeneralForumTopic(ask: Request) -> bool:
    name = _name(ask)
    chat, general = _general(ask)
    general.name = name
    _say(ask, chat, general, {"forum_topic_edited": {"name": name}})
    return True


@method
def closeGeneralForumTopic(ask: Request) -> bool:
    return _set_closed(ask, *_general(ask), closed=True)


@method
def reopenGeneralForumTopic(ask: Request) -> bool:
    chat, general = _general(ask)
    general.hidden = False
    return _set_closed(ask, chat, general, closed=False)


@method
def hideGeneralForumTopic(ask: Request) -> bool:
    """Hiding it closes it as well."""
    chat, general = _general(ask)
    if general.hidden:
        raise bad_request("TOPIC_NOT_MODIFIED")
    general.hidden = general.closed = True
    _say(ask, chat, general, {"general_forum_topic_hidden": {}})
    return True


@method
def unhideGeneralForumTopic(ask: Request) -> bool:
    chat, general = _general(ask)
    if not general.hidden:
        raise bad_request("TOPIC_NOT_MODIFIED")
    general.hidden = False
    _say(ask, chat, general, {"general_forum_topic_unhidden": {}})
    return True


@method
def unpinAllGeneralForumTopicMessages(ask: Request) -> bool:
    return _unpin(*_general(ask, "can_pin_messages"))


def thread_of(ask: Request, chat: Chat) -> Json:
    """Where in the chat a message goes. Only administrators may write in a closed topic."""
    number = ask.integer("message_thread_id")
    if chat.type == "private" and number:
        raise bad_request("message thread not found")
    topic = chat.topics.get(number or GENERAL)
    if number and (topic is None or not chat.is_forum):
        raise bad_request("message thread not found")
    if topic and topic.closed and not may(chat, ask.bot.id, "can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")
    return place(number) if number and number != GENERAL else {}


def place(number: int) -> Json:
    return {"message_thread_id": number, "is_topic_message": True}


def _forum(ask: Request, right: str = "can_manage_topics") -> Chat:
    chat = writable_chat(ask)
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    if not may(chat, ask.bot.id, right):
        raise bad_request(REFUSED_RIGHTS.get(right, "not enough rights to manage topics"))
    return chat


def _topic(ask: Request, right: str = "can_manage_topics") -> tuple[Chat, Topic]:
    chat = _forum(ask, right)
    number = ask.integer("message_thread_id")
    if number not in chat.topics or number == GENERAL:
        raise bad_request("TOPIC_ID_INVALID")
    return chat, chat.topics[number]


def _general(ask: Request, right: str = "can_manage_topics") -> tuple[Chat, Topic]:
    chat = _forum(ask, right)
    return chat, chat.topics.setdefault(GENERAL, Topic(GENERAL, "General"))


def _name(ask: Request) -> str:
    name = ask.text("name").strip()
    if not name:
        raise bad_request("topic name must be non-empty")
    return name[:MAX_NAME]


def _look(topic: Topic) -> Json:
    icon = {"icon_custom_emoji_id": topic.icon} if topic.icon else {}
    return {"name": topic.name, "icon_color": topic.icon_color, **icon}


def _set_closed(ask: Request, chat: Chat, topic: Topic, *, closed: bool) -> bool:
    if topic.closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    _say(ask, chat, topic, {f"forum_topic_{'closed' if closed else 'reopened'}": {}})
    return True


def _say(ask: Request, chat: Chat, topic: Topic, content: Json) -> None:
    where = {} if topic.id == GENERAL else place(topic.id)
    service_message(ask.sandbox, chat, ask.bot.id, {**where, **content})


def _said_in(chat: Chat, topic: Topic) -> list[int]:
    messages = chat.messages.values()
    return [one.id for one in messages if one.body.get("message_thread_id", GENERAL) == topic.id]


def _unpin(chat: Chat, topic: Topic) -> bool:
    said = _said_in(chat, topic)
    chat.pinned = [number for number in chat.pinned if number not in said]
    return True
