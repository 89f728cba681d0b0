"""Who and what exists in the sandbox, and how to find it."""

from collections.abc import Iterable
from pathlib import Path

from bot.sandbox.clock import Clock
from bot.sandbox.records import (
    Bot,
    Chat,
    InviteLink,
    Json,
    Message,
    StickerSet,
    StoredFile,
    Topic,
    User,
)
from bot.sandbox.world_files import WorldError, read

__all__ = [
    "Bot",
    "Chat",
    "InviteLink",
    "Json",
    "Message",
    "StickerSet",
    "StoredFile",
    "Topic",
    "User",
    "World",
    "WorldError",
]


class World:
    """Everything that Telegram would remember, kept in plain objects."""

    def __init__(
        self,
        bots: Iterable[Bot] = (),
        users: Iterable[User] = (),
        chats: Iterable[Chat] = (),
        clock: Clock | None = None,
    ) -> None:
        self.clock = clock or Clock()
        self.bots = {bot.token: bot for bot in bots}
        self.users = {user.id: user for user in users}
        self.chats = {chat.id: chat for chat in chats}
        self.private_chats: dict[tuple[int, int], Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.last_file_number = 0
        self.sticker_sets: dict[str, StickerSet] = {}

    @classmethod
    def from_json(cls, path: Path, clock: Clock | None = None) -> "World":
        """The world that a file describes. Raises WorldError, which names the key and why."""
        return cls(*read(path), clock=clock)

    @property
    def bot(self) -> Bot:
        """The bot that people mean when they name none: the first."""
        return next(iter(self.bots.values()))

    def begin_anew(self, chats: dict[int, Chat]) -> None:
        """Forget what was said and sent; bots and people stay who they are."""
        self.chats = chats
        self.private_chats.clear()
        self.files.clear()
        self.sticker_sets.clear()
        for bot in self.bots.values():
            bot.profile.portraits.clear()

    def private_chat(self, bot: Bot, user: User) -> Chat:
        key = (bot.id, user.id)
        if key not in self.private_chats:
            self.private_chats[key] = Chat(
                user.id, "private", owner=bot.id, started=user.started, members=[user.id]
            )
        return self.private_chats[key]

    def find_chat(self, bot: Bot, chat_id: int) -> Chat | None:
        if user := self.users.get(chat_id):
            return self.private_chat(bot, user)
        return self.chats.get(chat_id)

    def find_public_chat(self, username: str) -> Chat | None:
        wanted = username.removeprefix("@").lower()
        chats = self.chats.values()
        return next((chat for chat in chats if chat.username.lower() == wanted), None)

    def bot_by_id(self, number: int) -> Bot | None:
        return next((bot for bot in self.bots.values() if bot.id == number), None)

    def actor(self, number: int) -> Json:
        """The `User` object of a person or a bot."""
        someone = self.users.get(number) or self.bot_by_id(number)
        return someone.json if someone else {"id": number, "is_bot": False, "first_name": ""}

    def chat_json(self, chat: Chat) -> Json:
        return self.users[chat.id].private_chat if chat.type == "private" else chat.json

    def link_json(self, link: InviteLink) -> Json:
        limits = {
            "expire_date": link.expires,
            "member_limit": link.limit,
            "name": link.name,
            "subscription_period": link.period,
            "subscription_price": link.price,
        }
        return {
            "invite_link": link.url,
            "creator": self.actor(link.creator),
            "creates_join_request": link.asks,
            "is_primary": link.primary,
            "is_revoked": link.revoked,
            **{name: value for name, value in limits.items() if value},
        }
