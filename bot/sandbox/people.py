"""A person with a phone: what they do in a chat with the bot, and what they see there."""

import mimetypes
import re
from collections.abc import Collection
from typing import Any
from urllib.parse import parse_qs

from bot.sandbox import arrivals, founding, pins, reactions, visits, voting
from bot.sandbox.attachments import check_photo, shown_file
from bot.sandbox.callbacks import remember_press
from bot.sandbox.entities import wide
from bot.sandbox.files import store
from bot.sandbox.inline import ask_inline, tell_choice
from bot.sandbox.inline_ids import inline_id
from bot.sandbox.inline_results import fetched
from bot.sandbox.membership import set_status
from bot.sandbox.messages import as_people_see
from bot.sandbox.phones import recognised
from bot.sandbox.request import Request, Upload
from bot.sandbox.rights import may, slow_mode_wait, why_not_sendable
from bot.sandbox.sights import Sights, buttons_of
from bot.sandbox.topics import GENERAL, place
from bot.sandbox.world import Chat, Json, Message

DEEP_LINK = re.compile(r"(?:https?://)?t\.me/(?P<bot>\w+)(?:\?(?P<query>.*))?$")


class Person(Sights):
    """In the private chat with the first bot, or in the chat whose id is given as `chat`.

    What they do only reaches the bot's queue; the bot answers in its own time. In a forum they
    stand in the topic `thread`; none is General.
    """

    thread: int | None = None

    def says(self, text: str, reply_to: int | None = None, thread_id: int | None = None) -> Json:
        self.thread = thread_id or self.thread
        return self._post(_typed(text), reply_to)

    def presses(self, label: str) -> str | None:
        """Press the newest button with this label. The id of the query, if there is one."""
        for message in reversed(self._from_bot()):
            for button in buttons_of(message.inline_keyboard):
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
        reply_to: int | None = None,
    ) -> Json:
        """Raises Refused for a photo that is no picture."""
        mime = mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        return self._post(self._attached(Upload(name, content, mime), kind, caption), reply_to)

    def uploads_album(
        self, files: list[Upload], kind: str, caption: str = "", reply_to: int | None = None
    ) -> list[Json]:
        """Several files in one go; the caption belongs to the first, a reply is each of them."""
        captions = [caption, *[""] * (len(files) - 1)]
        album = f"{self.sandbox.clock.timestamp}{self.id}{self.chat.last_message_id}"
        contents = [
            self._attached(file, kind, words) for file, words in zip(files, captions, strict=True)
        ]
        return [self._post({"media_group_id": album, **content}, reply_to) for content in contents]

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

    def votes(self, chosen: list[int], message_id: int | None = None) -> Json:
        """Vote in the newest poll, or the one named; no options take the vote back."""
        polls = [one for one in self._all() if "poll" in one.body]
        message = self.chat.messages[message_id] if message_id else polls[-1]
        voting.vote(self.sandbox, self.id, self.chat, message, chosen)
        return as_people_see(message, self.id)

    def reacts(self, emoji: str, message_id: int | None = None) -> Json:
        """ "" takes the reaction back."""
        message = self.chat.messages[message_id] if message_id else self._newest()
        reactions.react(self.sandbox, self.id, self.chat, message, emoji)
        return as_people_see(message, self.id)

    def pins(self, message_id: int) -> None:
        pins.pin(self.sandbox, self.id, self.chat, self.chat.messages[message_id])

    def unpins(self, message_id: int) -> None:
        pins.unpin(self.sandbox, self.id, self.chat, self.chat.messages[message_id])

    def asks_inline(self, text: str, offset: str = "") -> str:
        """Type the first bot's name and a query; the id under which the answer will be found."""
        bot = self.sandbox.world.bot
        return ask_inline(self.sandbox, bot, self.user, self.chat, text, offset).id

    def picks(self, query_id: str, result_id: str) -> Json:
        """Send one of the results with which the bot answered an inline query."""
        query = self.sandbox.inline_queries.get(query_id)
        if query is None or query.person_id != self.id or result_id not in query.answers:
            raise LookupError("there is no such result")
        answer = query.answers[result_id]
        bot = self.sandbox.world.bot_by_id(query.bot_id)
        assert bot
        content = answer.content or fetched(Request(self.sandbox, bot, {}), answer.result)
        markup = {"reply_markup": answer.markup} if answer.markup else {}
        message = self._post({**content, **markup, "via_bot": bot.json})
        number = inline_id(self.chat, message["message_id"])
        tell_choice(self.sandbox, bot, query, result_id, number if markup else "")
        return message

    def follows_invitation(self, link: str) -> Chat:
        """Join the group a link leads to, or ask to."""
        chat = visits.invited_to(self.sandbox, link)
        visits.join(
            self.sandbox, self.user, chat, link if link.startswith("https://t.me/+") else ""
        )
        return chat

    def joins(self, link: str = "") -> None:
        """Join the group this person stands before, by a link that may ask for approval."""
        visits.join(self.sandbox, self.user, self.chat, link)

    def decides(self, person_id: int, *, admits: bool) -> None:
        """Let in somebody who has asked to join, or not."""
        visits.decide(self.sandbox, self.id, self.chat, person_id, admits=admits)

    def leaves(self) -> None:
        if self.chat.type == "private":
            raise ValueError("a private chat cannot be left")
        set_status(self.sandbox, self.chat, self.id, "left")

    def founds(self, title: str, *, is_forum: bool = False) -> Chat:
        return founding.found(self.sandbox, self.id, title, is_forum=is_forum)

    def adds(self, number: int) -> None:
        """A person or a bot, to the group they stand in."""
        founding.add(self.sandbox, self.id, self.chat, number)

    def appoints(self, number: int, rights: Collection[str]) -> None:
        """Make somebody administrator, whether they have been in the group or not."""
        founding.appoint(self.sandbox, self.id, self.chat, number, rights)

    def dismisses(self, number: int) -> None:
        founding.dismiss(self.sandbox, self.id, self.chat, number)

    def removes(self, number: int) -> None:
        founding.remove(self.sandbox, self.id, self.chat, number)

    def begins_topic(self, name: str) -> int:
        return founding.begin_topic(self.sandbox, self.id, self.chat, name).id

    def upgrades(self) -> Chat:
        """Make a supergroup of the group."""
        return founding.upgrade(self.sandbox, self.id, self.chat)

    def _names(self) -> Json:
        return {"first_name": self.user.first_name, "user_id": self.id}

    def _attached(self, upload: Upload, kind: str, caption: str) -> Json:
        if kind == "photo":
            check_photo(upload)
        file = store(self.sandbox.world, upload, kind)
        about = {"caption": caption} if caption else {}
        return {**shown_file(file, kind), **about}

    def _topic(self) -> Json:
        number = self.thread or GENERAL
        topic = self.chat.topics.get(number)
        if topic is None and number != GENERAL:
            raise LookupError("there is no such topic")
        if topic and topic.closed and not may(self.chat, self.id, "can_manage_topics"):
            raise PermissionError("this topic is closed")
        return {} if number == GENERAL else place(number)

    def _check_may_send(self, content: Json) -> None:
        chat = self.chat
        chat.forgive(self.sandbox.clock.timestamp)
        leads = chat.status_of(self.id) in ("creator", "administrator")
        if not self.is_there or (chat.type == "channel" and not leads):
            raise PermissionError("you may not write here")
        if what := why_not_sendable(chat, self.id, content):
            raise PermissionError(f"you may not send {what} here")
        if wait := slow_mode_wait(chat, self.id, self.sandbox.clock.timestamp):
            raise PermissionError(f"you may write here again in {wait} seconds")

    def _post(self, content: Json, reply_to: int | None = None) -> Json:
        self._check_may_send(content)
        content = {**self._topic(), **content}
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
        helper = message.body.get("via_bot", {}).get("id", message.author)
        bot = sandbox.world.bot_by_id(helper) or sandbox.world.bot
        is_inline = "via_bot" in message.body
        self.chat.heard_at = sandbox.clock.timestamp
        query_id = remember_press(sandbox, self.id, bot.id)
        query: dict[str, Any] = {
            "id": query_id,
            "from": self.user.json,
            **(
                {"inline_message_id": inline_id(self.chat, message.id)}
                if is_inline
                else {"message": message.body}
            ),
            "chat_instance": str(self.chat.id * 7919),
            "data": data,
        }
        sandbox.queue(bot).push("callback_query", f"user:{self.id}", query)
        return query_id


def _typed(text: str) -> Json:
    found = [entity.json for entity in recognised(wide(text))]
    return {"text": text, **({"entities": found} if found else {})}


def _labels(keyboard: Json | None) -> list[str]:
    return [button["text"] for row in (keyboard or {}).get("keyboard", []) for button in row]
