"""People of a story: each does something, then the bot works until nothing is left to do."""

from dataclasses import dataclass
from typing import Any

from bot.app import App
from bot.sandbox.people import Person as Phone
from bot.sandbox.request import Upload


@dataclass
class Actor:
    phone: Phone
    app: App

    @property
    def id(self) -> int:
        return self.phone.id

    async def says(self, text: str) -> None:
        self.phone.says(text)
        await self.app.settle()

    async def presses(self, label: str) -> None:
        self.phone.presses(label)
        await self.app.settle()

    async def presses_data(self, data: str) -> None:
        """A button that nobody may see any more."""
        self.phone.presses_data(data)
        await self.app.settle()

    async def follows(self, link: str) -> None:
        self.phone.follows(link)
        await self.app.settle()

    async def uploads(
        self, name: str, content: bytes, kind: str = "document", caption: str = ""
    ) -> None:
        self.phone.uploads(name, content, kind, caption)
        await self.app.settle()

    async def uploads_album(
        self, number: int, picture: bytes, caption: str = "", reply_to: int | None = None
    ) -> None:
        files = [Upload(f"{each}.png", picture, "image/png") for each in range(number)]
        self.phone.uploads_album(files, "photo", caption, reply_to)
        await self.app.settle()

    async def sends_other(self, kind: str) -> None:
        self.phone.sends_other(kind)
        await self.app.settle()

    async def edits(self, text: str) -> None:
        self.phone.edits(text)
        await self.app.settle()

    async def pins(self, message: dict[str, Any]) -> None:
        self.phone.pins(message["message_id"])
        await self.app.settle()

    async def blocks(self) -> None:
        self.phone.blocks()
        await self.app.settle()

    async def unblocks(self) -> None:
        self.phone.unblocks()
        await self.app.settle()

    @property
    def screen(self) -> str:
        return self.phone.screen

    @property
    def html(self) -> str:
        return self.phone.html

    @property
    def buttons(self) -> dict[str, Any]:
        return self.phone.buttons

    @property
    def toast(self) -> str | None:
        return self.phone.toast

    @property
    def alert(self) -> bool:
        return self.phone.alert

    @property
    def messages(self) -> list[dict[str, Any]]:
        return self.phone.messages

    @property
    def heard(self) -> list[str]:
        """What the bot has sent them, oldest first."""
        sent = (each for each in self.messages if each["from"]["is_bot"])
        return [each.get("text", each.get("caption", "")) for each in sent]

    @property
    def document(self) -> bytes:
        return self.phone.document

    @property
    def photo(self) -> bytes:
        return self.phone.photo
