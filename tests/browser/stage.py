"""A sandbox on a real port with a small bot in it, run beside the test."""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Coroutine
from typing import Any

from bot.sandbox.records import SERVICE, Profile
from bot.sandbox.request import Upload
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.server import serve
from bot.sandbox.world import Bot, Chat, Json, User, World

TOKEN = "77:stage"
GUEST, MEMBER, SECOND, CONTACT, MANAGER = range(1001, 1006)
BUTTONS = {
    "inline_keyboard": [
        [
            {"text": "Change", "callback_data": "change", "style": "primary"},
            {"text": "Warn", "callback_data": "warn", "style": "danger"},
        ],
        [
            {"text": "Invitation", "url": "https://t.me/stage_bot?start=spring"},
            {"text": "Code", "copy_text": {"text": "ABC-123"}},
        ],
    ]
}


def cast(more: int = 0) -> World:
    people = [
        User(GUEST, "Eva", "Malá", role="guest", language_code="cs"),
        User(MEMBER, "Jana", "Nováková", role="member", language_code="cs"),
        User(SECOND, "Tomáš", "Dvořák", role="second_member", language_code="cs"),
        User(CONTACT, "Hana", "Králová", role="contact", language_code="cs"),
        User(MANAGER, "Petr", "Svoboda", role="manager", language_code="cs"),
        *(User(20_000 + number, "Adam", f"Zkušební {number}") for number in range(more)),
    ]
    for person in people:
        person.started = True
    bot = Bot(TOKEN, username="stage_bot", first_name="Paprsek")
    return World(bots=[bot], users=people)


class Stage:
    """`opens` and `closes` the house; the play is in `world` and outlives both."""

    def __init__(self, world: World) -> None:
        self.sandbox = Sandbox(world)
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._running: list[Any] = []
        self.inline_button: Json | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def opens(self) -> None:
        is_open = threading.Event()

        def ready(port: int) -> None:
            self.port = port
            is_open.set()

        self.sandbox.events.closed = False
        self._run(serve(self.sandbox, "127.0.0.1", self.port, ready=ready))
        self._run(self._play())
        assert is_open.wait(10), "the sandbox did not open"

    def closes(self) -> None:
        for task in self._running:
            task.cancel()
        self._settle(self._ended())
        self._running.clear()

    def begins_anew(self) -> None:
        """The world as it was at first, and the bot as it came into it."""
        if not self._running:
            self.opens()
        bot = self.sandbox.world.bot
        bot.profile, bot.inline = Profile(), False
        self.inline_button = None
        self.sandbox.clock.reset()
        self.sandbox.faults.clear()
        self.sandbox.next_due = None
        self.sandbox.calls.clear()
        self._settle(self.sandbox.reset())

    def ends(self) -> None:
        self.closes()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def calls(self, method: str, *, files: dict[str, Upload] | None = None, **params: Any) -> Any:
        """The result of one call of the Bot API by the bot of this stage."""
        status, body = self._settle(self.sandbox.call(TOKEN, method, params, files))
        assert status == 200, body
        return body["result"]

    def refused(self, method: str, **params: Any) -> None:
        status, body = self._settle(self.sandbox.call(TOKEN, method, params))
        assert status != 200, body

    def sends(self, person: int, text: str, **params: Any) -> Json:
        message: Json = self.calls("sendMessage", chat_id=person, text=text, **params)
        return message

    def gathers(self, number: int, **about: Any) -> Chat:
        """A group led by the contact person and the bot, with the member in it."""
        world = self.sandbox.world
        leaders = [CONTACT, world.bot.id]
        chat = Chat(
            number, "supergroup", owner=CONTACT, administrators=leaders, members=[MEMBER], **about
        )
        world.chats[number] = chat
        return chat

    def sends_many(self, person: int, count: int) -> None:
        async def send() -> None:
            for number in range(1, count + 1):
                params = {"chat_id": person, "text": f"Line {number}"}
                await self.sandbox.call(TOKEN, "sendMessage", params)

        self._settle(send())

    def waits(self, come: Callable[[], bool]) -> None:
        """Until it has come about, for what is not to be seen on a page."""

        async def look() -> None:
            news = self.sandbox.events.watch()
            async with asyncio.timeout(10):
                while not come():
                    await news.wait()
                    news.clear()
            self.sandbox.events.unwatch(news)

        self._settle(look())

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        async def start() -> asyncio.Task[None]:
            return self._loop.create_task(work)

        self._running.append(self._settle(start()))

    async def _ended(self) -> None:
        for task in self._running:
            with contextlib.suppress(asyncio.CancelledError):
                await task

    def _settle(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    async def _play(self) -> None:
        offset = 0
        while True:
            params = {"offset": offset, "timeout": 30}
            _, body = await self.sandbox.call(TOKEN, "getUpdates", params)
            for update in body["result"]:
                offset = update["update_id"] + 1
                await self._answers(update)

    async def _answers(self, update: Json) -> None:
        message = update.get("message")
        if message and SERVICE.isdisjoint(message):
            await self._replies(message)
        if query := update.get("callback_query"):
            await self._reacts(query)
        if asked := update.get("inline_query"):
            await self._finds(asked)

    async def _finds(self, asked: Json) -> None:
        query = asked["query"]
        content = {"message_text": f"{query}, found for you"}
        article = {"type": "article", "id": "1", "title": f"About {query}"}
        answer = {
            "inline_query_id": asked["id"],
            "results": [{**article, "input_message_content": content}],
            **({"button": self.inline_button} if self.inline_button else {}),
        }
        await self.sandbox.call(TOKEN, "answerInlineQuery", answer)

    async def _replies(self, message: Json) -> None:
        chat = {"chat_id": message["chat"]["id"]}
        said = message.get("text")
        if said and said.startswith("/all "):
            for person in (MEMBER, SECOND):
                announcement = {"chat_id": person, "text": said.removeprefix("/all ")}
                await self.sandbox.call(TOKEN, "sendMessage", announcement)
        await self.sandbox.call(TOKEN, "sendChatAction", {**chat, "action": "typing"})
        heard = f"You said: {said}" if said else f"You sent: {_kind(message)}"
        answer = {**chat, "text": heard, "reply_markup": BUTTONS}
        await self.sandbox.call(TOKEN, "sendMessage", answer)

    async def _reacts(self, query: Json) -> None:
        warned = query["data"] == "warn"
        toast = {"text": "No seats are left." if warned else "Changed for you."}
        answer = {"callback_query_id": query["id"], **toast, "show_alert": warned}
        await self.sandbox.call(TOKEN, "answerCallbackQuery", answer)
        if not warned:
            message = query["message"]
            where = {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}
            changed = {**where, "text": "It is changed.", "reply_markup": BUTTONS}
            await self.sandbox.call(TOKEN, "editMessageText", changed)


def _kind(message: Json) -> str:
    kinds = ("photo", "document", "sticker", "contact")
    return next((kind for kind in kinds if kind in message), "something else")
