"""A person with a phone: what they do in a chat with the bot, and what they see there."""

import mimetypes
import re
from typing import Any
from urllib.parse import parse_qs

from bot.sandbox import arrivals, visits
from bot.sandbox.attachments import shown_file
from bot.sandbox.callbacks import remember_press
from bot.sandbox.entities import wide
from bot.sandbox.files import store
from bot.sandbox.finder import found_entities
from bot.sandbox.membership import set_status
from bot.sandbox.messages import as_people_see
from bot.sandbox.request import Upload
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.screens import as_html, plain
from bot.sandbox.world import Chat, Json, Message, User

DEEP_LINK = re.compile(r"(?:https?://)?t\.me/(?P<bot>\w+)(?:\?(?P<query>.*))?$")


class Person:
    """In the private chat with the first bot, or in the chat whose id is given as `chat`.

    What they do only reaches the bot's queue; the bot answers in its own time.
    """

    def __init__(self, sandbox: Sandbox, user_id: int, chat: int | None = None) -> None:
        self.sandbox = sandbox
        self.user: User = sandbox.world.users[user_id]
        world = sandbox.world
        is_private = chat is None or chat == user_id
        self.chat: Chat = (
            world.private_chat(world.bot, self.user) if is_private else world.chats[chat or 0]
        )

    @property
    def id(self) -> int:
        return self.user.id

    # What they do.

    def says(self, text: str, reply_to: int | None = None) -> Json:
        return self._post(_typed(text), reply_to)

    def presses(self, label: str) -> str | None:
        """Press the newest button with this label. The id of the query, if there is one."""
        for message in reversed(self._from_bot()):
            for button in _buttons(message.inline_keyboard):
                if button["text"] == label:
                    return self._press(message, button)
            if label in _labels(message.keyboard):
                self.says(label)
                return None
        raise LookupError(f"no button {label!r}; there are {', '.join(map(repr, self.buttons))}")

    def presses_data(self, data: str, message_id: int | None = None) -> str:
        """Press a button that carries `data`, whether or not anybody still sees one."""
        message = self.chat.messages[message_id] if message_id else self._newest()
        return self._query(message, data)

    def uploads(
        self,
        name: str,
        content: bytes,
        kind: str = "document",
        caption: str = "",
        mime: str = "",
    ) -> Json:
        mime = mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        file = store(self.sandbox.world, Upload(name, content, mime), kind)
        about = {"caption": caption} if caption else {}
        return self._post({**shown_file(file, kind), **about})

    def sends_other(self, kind: str) -> Json:
        """Something no form asks for: a sticker, a voice message, a place, a contact."""
        match kind:
            case "location":
                content: Json = {"location": {"latitude": 50.08, "longitude": 14.42}}
            case "contact":
                content = {"contact": {"phone_number": "+420600000000", **self._names()}}
            case "sticker" | "voice":
                file = store(self.sandbox.world, Upload(f"{kind}.bin", b"\0"), kind)
                content = shown_file(file, kind)
            case _:
                raise ValueError(f"nobody can send a {kind!r} here")
        return self._post(content)

    def edits(self, text: str, message_id: int | None = None) -> Json:
        """Change what they wrote: their newest text unless a message is named."""
        mine = [one for one in self._all() if one.author == self.id and "text" in one.body]
        message = self.chat.messages[message_id] if message_id else mine[-1]
        return arrivals.edit(self.sandbox, self.chat, message, _typed(text)).body

    def blocks(self) -> None:
        arrivals.set_blocked(self.sandbox, self.user, self.chat, blocked=True)

    def unblocks(self) -> None:
        arrivals.set_blocked(self.sandbox, self.user, self.chat, blocked=False)

    def follows(self, link: str) -> Json:
        """Open a deep link, or the bot with a start token ("" for none)."""
        match = DEEP_LINK.match(link)
        token = parse_qs(match["query"] or "").get("start", [""])[0] if match else link
        return self.says(f"/start {token}".strip())

    def joins(self, link: str = "") -> None:
        """Join the group this person stands before, by a link that may ask for approval."""
        visits.join(self.sandbox, self.user, self.chat, link)

    def leaves(self) -> None:
        set_status(self.sandbox, self.chat, self.id, "left")

    # What they see.

    @property
    def screen(self) -> str:
        return plain(self._newest().body)

    @property
    def html(self) -> str:
        return as_html(self._newest().body)

    @property
    def buttons(self) -> dict[str, Json]:
        return {button["text"]: button for button in _buttons(self._newest().inline_keyboard)}

    @property
    def toast(self) -> str | None:
        return self._answer.get("text") or None

    @property
    def alert(self) -> bool:
        return bool(self._answer.get("alert"))

    @property
    def messages(self) -> list[Json]:
        return [as_people_see(message) for message in self._all()]

    @property
    def document(self) -> bytes:
        return self._newest_file("document")

    @property
    def photo(self) -> bytes:
        return self._newest_file("photo")

    @property
    def _answer(self) -> Json:
        return self.sandbox.toasts.get(self.id, {})

    def _all(self) -> list[Message]:
        return list(self.chat.messages.values())

    def _from_bot(self) -> list[Message]:
        return [one for one in self._all() if self.sandbox.world.bot_by_id(one.author)]

    def _newest(self) -> Message:
        messages = self._from_bot()
        if not messages:
            raise LookupError(f"the bot has written nothing to {self.user.first_name} yet")
        return messages[-1]

    def _newest_file(self, kind: str) -> bytes:
        sent = [one.body[kind] for one in self._from_bot() if kind in one.body]
        if not sent:
            raise LookupError(f"the bot has sent {self.user.first_name} no {kind}")
        details = sent[-1][-1] if kind == "photo" else sent[-1]
        return self.sandbox.world.files[details["file_id"]].content

    def _names(self) -> Json:
        return {"first_name": self.user.first_name, "user_id": self.id}

    def _post(self, content: Json, reply_to: int | None = None) -> Json:
        return arrivals.post(self.sandbox, self.user, self.chat, content, reply_to).body

    def _press(self, message: Message, button: Json) -> str | None:
        if "callback_data" in button:
            return self._query(message, button["callback_data"])
        match = DEEP_LINK.match(button.get("url", ""))
        if match and match["bot"].lower() == self.sandbox.world.bot.username.lower():
            self.follows(button["url"])
            return None
        raise LookupError(f"pressing {button['text']!r} tells the bot nothing: {button}")

    def _query(self, message: Message, data: str) -> str:
        sandbox = self.sandbox
        bot = sandbox.world.bot_by_id(message.author) or sandbox.world.bot
        self.chat.heard_at = sandbox.clock.timestamp
        query_id = remember_press(sandbox, self.id, bot.id)
        query: dict[str, Any] = {
            "id": query_id,
            "from": self.user.json,
            "message": message.body,
            "chat_instance": str(self.chat.id * 7919),
            "data": data,
        }
        sandbox.queue(bot).push("callback_query", f"user:{self.id}", query)
        return query_id


def _typed(text: str) -> Json:
    found = [entity.json for entity in found_entities(wide(text))]
    return {"text": text, **({"entities": found} if found else {})}


def _buttons(keyboard: Json | None) -> list[Json]:
    return [button for row in (keyboard or {}).get("inline_keyboard", []) for button in row]


def _labels(keyboard: Json | None) -> list[str]:
    return [button["text"] for row in (keyboard or {}).get("keyboard", []) for button in row]
