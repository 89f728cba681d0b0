"""Groups of Telegram in stories: who founds them, adds the bot, gives it rights, takes it out."""

from dataclasses import dataclass, field

from bot.app import App
from bot.sandbox.membership import member, set_status, tell_change
from bot.sandbox.people import Person as Phone
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import Chat
from storage.groups.members import PillarMember
from storage.people import Role, RoleName, by_telegram
from storage.pillars import Pillar
from tests.actors import Actor
from tests.conftest import CAST, NOW

CLUB = -1001
ALL = (
    "can_manage_chat",
    "can_invite_users",
    "can_restrict_members",
    "can_pin_messages",
    "can_manage_tags",
    "can_manage_topics",
)


@dataclass
class Gathering:
    """A group, whose owner is the manager, and what happens to the bot there."""

    app: App
    sandbox: Sandbox
    chat: Chat = field(init=False)

    def found(
        self, chat_id: int = CLUB, kind: str = "supergroup", *, is_forum: bool = False
    ) -> Chat:
        owner = CAST["manager"].id
        self.chat = Chat(chat_id, kind, "Optika & spol.", is_forum=is_forum, owner=owner)
        self.sandbox.world.chats[chat_id] = self.chat
        return self.chat

    @property
    def bot_id(self) -> int:
        return self.sandbox.world.bot.id

    async def add_bot(self, by: Actor, *rights: str) -> None:
        """With exactly these rights, or all that are needed."""
        before = member(self.sandbox, self.chat, self.bot_id)
        if self.bot_id in self.chat.kicked:
            self.chat.kicked.remove(self.bot_id)
        if self.bot_id not in self.chat.administrators:
            self.chat.administrators.append(self.bot_id)
        self.chat.rights[self.bot_id] = dict.fromkeys(rights or ALL, True)
        tell_change(self.sandbox, self.chat, self.bot_id, before, by=by.id)
        await self.app.settle()

    async def remove_bot(self, by: Actor) -> None:
        set_status(self.sandbox, self.chat, self.bot_id, "kicked", by=by.id)
        await self.app.settle()

    async def add(self, who: Actor, by: Actor | None = None) -> None:
        """By hand, past the door."""
        set_status(self.sandbox, self.chat, who.id, "member", by=(by or who).id)
        await self.app.settle()

    async def knocks(self, who: Actor) -> None:
        """Follow the link that asks to be let in."""
        phone = Phone(self.sandbox, who.id)
        phone.follows_invitation(self.chat.links[-1].url)
        await self.app.settle()

    def inside(self, who: Actor, thread: int | None = None) -> Actor:
        phone = Phone(self.sandbox, who.id, self.chat.id)
        phone.thread = thread
        return Actor(phone, self.app)

    @property
    def said(self) -> list[str]:
        """What the bot has written there."""
        mine = (each for each in self.chat.messages.values() if each.author == self.bot_id)
        return [str(each.body.get("text", "")) for each in mine if "text" in each.body]

    async def link(self, by: Actor, pillar: str = "Optika") -> None:
        await self.add_bot(by)
        await by.presses(pillar)


async def open_pillar(app: App, cs: str = "Optika", en: str = "Optics", position: int = 1) -> int:
    async with app.db.writing() as session:
        pillar = Pillar(name_cs=cs, name_en=en, position=position, since=NOW)
        session.add(pillar)
        await session.flush()
        return pillar.key


async def join(app: App, pillar_id: int, *people: Actor) -> None:
    async with app.db.writing() as session:
        for each in people:
            person = await by_telegram(session, each.id)
            assert person is not None
            session.add(PillarMember(pillar_id=pillar_id, person_id=person.key, since=NOW))


async def appoint(app: App, pillar_id: int, who: Actor) -> None:
    async with app.db.writing() as session:
        person = await by_telegram(session, who.id)
        assert person is not None
        name = RoleName.GUARANTOR
        session.add(Role(person_id=person.key, name=name, pillar_id=pillar_id, since=NOW))
