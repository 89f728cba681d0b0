"""What the sandbox is made of: bots, people, chats, messages and files."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Json = dict[str, Any]
SERVICE = {
    "pinned_message",
    "new_chat_members",
    "left_chat_member",
    "new_chat_title",
    "new_chat_photo",
    "delete_chat_photo",
    "group_chat_created",
    "supergroup_chat_created",
    "forum_topic_created",
    "forum_topic_edited",
    "forum_topic_closed",
    "forum_topic_reopened",
    "general_forum_topic_hidden",
    "general_forum_topic_unhidden",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
}


@dataclass
class User:
    """A person. `started` tells whether they have ever written to the bots."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    role: str = ""
    started: bool = False
    deactivated: bool = False

    @property
    def json(self) -> Json:
        return {"id": self.id, "is_bot": False, **self._names, **_given(self, "language_code")}

    @property
    def private_chat(self) -> Json:
        return {"id": self.id, **self._names, "type": "private"}

    @property
    def _names(self) -> Json:
        return {"first_name": self.first_name, **_given(self, "last_name", "username")}


@dataclass
class Profile:
    """What a bot tells of itself, by language code ("" is for everybody else)."""

    name: dict[str, str] = field(default_factory=dict)
    description: dict[str, str] = field(default_factory=dict)
    short_description: dict[str, str] = field(default_factory=dict)
    commands: dict[str, list[Json]] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)
    portraits: list[str] = field(default_factory=list)
    wanted_rights: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Bot:
    """`inline` and `inline_feedback` are off until their maker asks for them, as at Telegram."""

    token: str
    username: str = "sandbox_bot"
    first_name: str = "Bot"
    id: int = 0
    reads_all_group_messages: bool = False
    inline: bool = False
    inline_feedback: bool = False
    profile: Profile = field(default_factory=Profile)

    def __post_init__(self) -> None:
        number = self.token.partition(":")[0]
        self.id = self.id or int(number if number.isdigit() else 1)

    @property
    def json(self) -> Json:
        names = {"first_name": self.first_name, "username": self.username}
        return {"id": self.id, "is_bot": True, **names}


@dataclass
class Message:
    """A message as the bot sees it; `keyboard` is the reply keyboard that only people see.

    By person are kept `reactions`, `votes` (numbers of a poll's options) and `scores` in a game.
    """

    id: int
    author: int
    body: Json
    keyboard: Json | None = None
    protected: bool = False
    reactions: dict[int, list[Json]] = field(default_factory=dict)
    votes: dict[int, list[int]] = field(default_factory=dict)
    scores: dict[int, int] = field(default_factory=dict)

    @property
    def is_service(self) -> bool:
        return not SERVICE.isdisjoint(self.body)

    @property
    def inline_keyboard(self) -> Json | None:
        return self.body.get("reply_markup")


@dataclass
class InviteLink:
    """`expires` is a Unix time; 0 in `expires` or `limit` means none.

    With a `price` in Stars it admits for a `period` of seconds.
    """

    url: str
    creator: int
    name: str = ""
    asks: bool = False
    limit: int = 0
    expires: int = 0
    primary: bool = False
    revoked: bool = False
    used: int = 0
    period: int = 0
    price: int = 0


@dataclass
class Topic:
    """A topic of a forum; its id is that of the message that began it."""

    id: int
    name: str
    icon_color: int = 7322096
    icon: str = ""
    closed: bool = False
    hidden: bool = False


@dataclass
class Chat:
    """A group, supergroup or channel, or (with a bot's id as `owner`) a private chat.

    `heard_at` is the Unix time when somebody last wrote or pressed there, and `expects_until`
    till when a bot may begin a private chat with somebody who asks to join a group. By person
    are kept:
    what was `read` up to which message, `rights` of administrators, what the `restricted` may,
    `until` when a ban or restriction lasts, `titles` of administrators and `tags` of members,
    and when somebody last wrote (`spoke_at`) while `slow_mode` makes them wait some seconds.
    """

    id: int
    type: str
    title: str = ""
    username: str = ""
    is_forum: bool = False
    owner: int = 0
    administrators: list[int] = field(default_factory=list)
    members: list[int] = field(default_factory=list)
    kicked: list[int] = field(default_factory=list)
    started: bool = True
    blocked: bool = False
    deleted: bool = False
    migrated_to: int = 0
    messages: dict[int, Message] = field(default_factory=dict)
    last_message_id: int = 0
    read: dict[int, int] = field(default_factory=dict)
    heard_at: int = 0
    pinned: list[int] = field(default_factory=list)
    links: list[InviteLink] = field(default_factory=list)
    join_requests: list[int] = field(default_factory=list)
    expects_until: int = 0
    description: str = ""
    photo: Json = field(default_factory=dict)
    permissions: Json = field(default_factory=dict)
    rights: dict[int, dict[str, bool]] = field(default_factory=dict)
    restricted: dict[int, Json] = field(default_factory=dict)
    until: dict[int, int] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)
    tags: dict[int, str] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    sticker_set: str = ""
    slow_mode: int = 0
    spoke_at: dict[int, int] = field(default_factory=dict)
    banned_chats: list[int] = field(default_factory=list)

    @property
    def json(self) -> Json:
        forum = {"is_forum": True} if self.is_forum else {}
        return {"id": self.id, **_given(self, "title", "username"), "type": self.type, **forum}

    @property
    def people(self) -> list[int]:
        named = [self.owner, *self.administrators, *self.members]
        return list(dict.fromkeys(number for number in named if number))

    def status_of(self, number: int) -> str:
        if number in self.kicked:
            return "kicked"
        if number == self.owner:
            return "creator"
        if number in self.administrators:
            return "administrator"
        if number in self.members:
            return "restricted" if number in self.restricted else "member"
        return "left"

    def is_led_by(self, number: int) -> bool:
        return self.status_of(number) in ("creator", "administrator")

    def forgive(self, now: int) -> None:
        """Lift the bans and restrictions whose time is over."""
        for number in [one for one, until in self.until.items() if until <= now]:
            del self.until[number]
            self.restricted.pop(number, None)
            if number in self.kicked:
                self.kicked.remove(number)

    def new_message_id(self) -> int:
        self.last_message_id += 1
        return self.last_message_id


@dataclass
class StickerSet:
    """`owner` is a person, `bot` the bot that made it for them; `stickers` are ids of files."""

    name: str
    title: str
    owner: int
    bot: int
    kind: str = "regular"
    stickers: list[str] = field(default_factory=list)
    thumbnail: Json = field(default_factory=dict)


@dataclass
class StoredFile:
    """An uploaded file. `kind` is the message field it may be used in: photo, document …

    A smaller size of a photo has the `original` photo's id and content.
    """

    id: str
    kind: str
    name: str
    mime: str
    content: bytes
    details: Json
    original: str = ""

    @property
    def path(self) -> str:
        suffix = Path(self.name).suffix or (".jpg" if self.kind == "photo" else "")
        return f"{self.kind}s/file_{self.details['file_unique_id']}{suffix}"


def _given(thing: object, *names: str) -> Json:
    values = {name: getattr(thing, name) for name in names}
    return {name: value for name, value in values.items() if value}
