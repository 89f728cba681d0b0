"""What a person sees on their phone: messages, buttons, files, answers to what they pressed."""

from bot.sandbox.messages import as_people_see
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.screens import as_html, plain
from bot.sandbox.world import Chat, Json, Message, User


class Sights:
    """The private chat with the first bot, or the chat whose id is given as `chat`."""

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

    @property
    def is_there(self) -> bool:
        return self.chat.type == "private" or self.id in self.chat.people

    @property
    def screen(self) -> str:
        return plain(self._newest().body)

    @property
    def html(self) -> str:
        return as_html(self._newest().body)

    @property
    def buttons(self) -> dict[str, Json]:
        return {button["text"]: button for button in buttons_of(self._newest().inline_keyboard)}

    @property
    def toast(self) -> str | None:
        return self._answer.get("text") or None

    @property
    def alert(self) -> bool:
        return bool(self._answer.get("alert"))

    @property
    def messages(self) -> list[Json]:
        return [as_people_see(message, self.id) for message in self._all()]

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


def buttons_of(keyboard: Json | None) -> list[Json]:
    return [button for row in (keyboard or {}).get("inline_keyboard", []) for button in row]
