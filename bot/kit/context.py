"""What a handler is given, and what it may ask of the runtime."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession
from telegram import Bot, Message, Update

from bot.config import Cluster
from bot.domain import attention
from bot.kit.buttons import Button
from bot.kit.pushing import News, pushed
from bot.kit.screens import Screen
from bot.kit.texts import Library, Texts
from bot.sources.fetching import Fetcher
from storage import errands, files
from storage.outbox import Call, Priority
from storage.people import Person
from storage.pushes import PushKind, Way


@dataclass(frozen=True)
class House:
    """What stays the same from one update to the next."""

    cluster: Cluster
    texts: Library
    bot: Bot
    public_url: str = ""  # where people reach what we serve; empty: nowhere
    fetcher: Fetcher = field(default_factory=lambda: Fetcher(enabled=False))

    @property
    def bot_name(self) -> str:
        """The username, without @; known once Telegram has been asked."""
        return self.bot.username

    def start_link(self, token: str) -> str:
        return f"https://t.me/{self.bot_name}?start={token}"


@dataclass
class Desk:
    """A transaction, the time, and a tray for what is to be sent once it has committed."""

    house: House
    session: AsyncSession
    now: datetime
    occasion: str  # what this is about, for the keys of what is sent: `u<update>`, `j<job>`
    calls: list[Call] = field(default_factory=list)

    def texts_of(self, person: Person) -> Texts:
        return self.house.texts[person.language]

    def owe(self, call: Call) -> None:
        """Send `call` after the commit; without a key of its own it goes out once per occasion."""
        self.calls.append(call if call.dedup else call.keyed(f"{self.occasion}:{len(self.calls)}"))

    def tell(
        self,
        person: Person,
        screen: Screen,
        *,
        key: str = "",
        not_before: datetime | None = None,
        expires_at: datetime | None = None,
    ) -> None:
        """Write to somebody, in a message of its own. Whoever cannot be reached is passed over."""
        if person.telegram_id is None or not person.reachable:
            return
        self.owe(
            Call(
                "sendMessage",
                person.telegram_id,
                screen.payload,
                Priority.NOTICE,
                dedup=key,
                not_before=not_before,
                expires_at=expires_at,
            )
        )

    async def push(
        self,
        person: Person,
        kind: PushKind,
        screen: Screen,
        *,
        key: str,
        title: str,
        opens: Button,
        expires_at: datetime | None = None,
    ) -> Way:
        """Bring somebody what they have not asked for, once, if they want it and have not had
        enough for the week; else it becomes a line of Monday's digest: its `title`, and what it
        `opens`."""
        news = News(person, screen, key, title, opens, expires_at)
        return (await self.push_all(kind, (news,)))[0]

    async def push_all(self, kind: PushKind, news: Sequence[News]) -> list[Way]:
        """As `push`, for many at once."""
        cluster = self.house.cluster
        decisions = await attention.decide(
            self.session,
            kind,
            [each.matter for each in news],
            cluster.zone,
            self.now,
            limit=cluster.weekly_pushes,
        )
        for each, decision in zip(news, decisions, strict=True):
            if decision.way == Way.NOW and not decision.again:
                self._bring(kind, each, decision.leaves)
        return [decision.way for decision in decisions]

    def _bring(self, kind: PushKind, news: News, leaves: datetime) -> None:
        """Behind notices of every kind: thousands may hear of something at the same hour."""
        person = news.person
        assert person.telegram_id is not None
        look = pushed(self.texts_of(person), kind, news).payload
        self.owe(
            Call(
                "sendMessage",
                person.telegram_id,
                look,
                Priority.BULK,
                dedup=news.key,
                not_before=leaves if leaves > self.now else None,
                expires_at=news.expires_at,
            )
        )

    def rewrite(self, person: Person, message_id: int, screen: Screen, *, key: str = "") -> None:
        """Have an older message say something else. If it is gone, the call fails and that is it:
        whoever needs to know looks it up in the outbox by its key."""
        if person.telegram_id is not None:
            payload = {"message_id": message_id, **screen.payload}
            call = Call("editMessageText", person.telegram_id, payload, Priority.NOTICE, dedup=key)
            self.owe(call)

    async def send_file(
        self,
        person: Person,
        name: str,
        content: bytes,
        caption: str = "",
        *,
        photo: bool = False,
        quietly: bool = False,
    ) -> None:
        """Send a document (or a picture) of ours; `caption` is Telegram HTML. `quietly` is for
        what nobody has asked for just now: it waits behind answers, and makes no sound."""
        if person.telegram_id is None:
            return
        kept = await files.keep(self.session, name, content, self.now)
        method, slot = ("sendPhoto", "photo") if photo else ("sendDocument", "document")
        payload: dict[str, Any] = {slot: {"file": kept}}
        if caption:
            payload |= {"caption": str(caption), "parse_mode": "HTML"}
        if quietly:
            payload["disable_notification"] = True
        priority = Priority.NOTICE if quietly else Priority.ANSWER
        self.owe(Call(method, person.telegram_id, payload, priority))

    async def errand(self, kind: str, **facts: Any) -> None:
        """Have something slow done after the commit; its outcome is a transaction of its own."""
        await errands.promise(self.session, kind, facts, self.now)

    async def errand_at(self, not_before: datetime, kind: str, /, **facts: Any) -> None:
        """The same, when its time has come."""
        await errands.promise(self.session, kind, facts, self.now, not_before)

    async def call_off(self, kind: str, **facts: Any) -> None:
        """Have an errand left alone that has not been run yet."""
        await errands.call_off(self.session, kind, facts)


@dataclass
class Context(Desk):
    """A desk at which somebody sits."""

    me: Person = field(kw_only=True)
    update: Update = field(kw_only=True)

    @property
    def t(self) -> Texts:
        return self.texts_of(self.me)

    @property
    def answer_key(self) -> str:
        """What the screen that is returned is known by in the outbox."""
        return f"{self.occasion}:a"

    @property
    def message(self) -> Message | None:
        """What they wrote or sent; None when they pressed a button."""
        return self.update.message

    async def send_me(
        self, name: str, content: bytes, caption: str = "", *, photo: bool = False
    ) -> None:
        await self.send_file(self.me, name, content, caption, photo=photo)
