"""The control API: what the chat page does in people's names, and what it needs to show them."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox.bodies import received
from bot.sandbox.commands import offered_commands
from bot.sandbox.faults import Fault
from bot.sandbox.guard import Problem
from bot.sandbox.overview import clock_state, messages_page, state
from bot.sandbox.people import Person
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.streaming import stream
from bot.sandbox.world import Json

INLINE_KINDS = ("image/png", "image/jpeg", "image/gif", "image/webp")
UPLOAD_KINDS = ("photo", "document")


class Control:
    """The routes under /sandbox. Every method answers one of them."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    @property
    def routes(self) -> list[Route]:
        person = "/people/{person_id:int}"
        chat = "/chats/{person_id:int}/{chat_id}"
        reading = {
            "/state": self.state,
            chat: self.messages,
            f"{chat}/commands": self.commands,
            "/files/{file_id}": self.file,
            "/events": self.events,
            "/calls": self.calls,
            "/faults": self.faults,
        }
        writing = {
            f"{person}/say": self.say,
            f"{person}/press": self.press,
            f"{person}/upload": self.upload,
            f"{person}/edit": self.edit,
            f"{person}/open": self.open,
            f"{person}/block": self.block,
            f"{person}/send_other": self.send_other,
            "/clock": self.move_clock,
            "/reset": self.reset,
            "/faults": self.set_faults,
        }
        return [
            *(Route(path, endpoint, methods=["GET"]) for path, endpoint in reading.items()),
            *(Route(path, endpoint, methods=["POST"]) for path, endpoint in writing.items()),
        ]

    async def state(self, request: HttpRequest) -> Response:
        return JSONResponse(state(self.sandbox))

    async def messages(self, request: HttpRequest) -> Response:
        person = self._person(request, request.path_params["chat_id"])
        before = _number(request.query_params.get("before", "0"))
        limit = min(max(_number(request.query_params.get("limit", "50")), 1), 500)
        return JSONResponse(messages_page(person, before, limit))

    async def commands(self, request: HttpRequest) -> Response:
        person = self._person(request, request.path_params["chat_id"])
        bot = self.sandbox.world.bot
        return JSONResponse(offered_commands(bot, person.chat, person.user))

    async def file(self, request: HttpRequest) -> Response:
        file = self.sandbox.world.files.get(request.path_params["file_id"])
        if file is None:
            raise Problem(404, "There is no such file.")
        shown = file.mime in INLINE_KINDS
        placed = "inline" if shown else "attachment"
        headers = {
            "Content-Disposition": f"{placed}; filename*=UTF-8''{quote(file.name, safe='')}",
            "Cache-Control": "private, max-age=3600",
        }
        kind = file.mime if shown else "application/octet-stream"
        return Response(file.content, media_type=kind, headers=headers)

    async def events(self, request: HttpRequest) -> Response:
        last = request.headers.get("last-event-id") or request.query_params.get("after")
        return stream(self.sandbox.events, None if last is None else _number(last))

    async def calls(self, request: HttpRequest) -> Response:
        after = _number(request.query_params.get("after", "0"))
        return JSONResponse([call.json for call in self.sandbox.calls if call.n > after])

    async def faults(self, request: HttpRequest) -> Response:
        return JSONResponse([fault.json for fault in self.sandbox.faults])

    async def set_faults(self, request: HttpRequest) -> Response:
        given = await _json(request)
        if not isinstance(given, list):
            raise Problem(400, "Faults come as a list; an empty one clears them.")
        try:
            self.sandbox.faults = [Fault(**fault) for fault in given]
        except (TypeError, ValueError) as error:
            raise Problem(400, f"This fault is not understood: {error}.") from None
        return await self.faults(request)

    async def say(self, request: HttpRequest) -> Response:
        body = await _object(request)
        person = self._person(request, body.get("chat_id"))
        reply_to = body.get("reply_to")
        return JSONResponse(person.says(_text(body, "text"), int(reply_to) if reply_to else None))

    async def press(self, request: HttpRequest) -> Response:
        body = await _object(request)
        person = self._person(request, body.get("chat_id"))
        message_id = _known_message(person, body)
        return JSONResponse({"query_id": person.presses_data(_text(body, "data"), message_id)})

    async def upload(self, request: HttpRequest) -> Response:
        async with request.form() as form:
            person = self._person(request, form.get("chat_id"))
            kind, file = str(form.get("kind", "document")), form.get("file")
            if kind not in UPLOAD_KINDS or file is None or isinstance(file, str):
                raise Problem(400, "An upload needs a file and a kind: photo or document.")
            sent = await received(file)
            caption = str(form.get("caption") or "")
        return JSONResponse(person.uploads(sent.name, sent.content, kind, caption, sent.mime))

    async def edit(self, request: HttpRequest) -> Response:
        body = await _object(request)
        person = self._person(request, body.get("chat_id"))
        return JSONResponse(person.edits(_text(body, "text"), _known_message(person, body)))

    async def open(self, request: HttpRequest) -> Response:
        body = await _object(request)
        return JSONResponse(self._person(request).follows(str(body.get("start", ""))))

    async def block(self, request: HttpRequest) -> Response:
        body = await _object(request)
        person = self._person(request)
        person.blocks() if body.get("blocked") else person.unblocks()
        return JSONResponse({"blocked": person.chat.blocked})

    async def send_other(self, request: HttpRequest) -> Response:
        body = await _object(request)
        person = self._person(request, body.get("chat_id"))
        try:
            return JSONResponse(person.sends_other(_text(body, "kind")))
        except ValueError as error:
            raise Problem(400, f"{error}.") from None

    async def move_clock(self, request: HttpRequest) -> Response:
        body = await _object(request)
        if body.get("reset"):
            self.sandbox.clock.reset()
        else:
            self.sandbox.clock.advance(timedelta(seconds=float(_text(body, "advance"))))
        moment = clock_state(self.sandbox)
        self.sandbox.events.publish("clock", **moment)
        return JSONResponse(moment)

    async def reset(self, request: HttpRequest) -> Response:
        await self.sandbox.reset()
        return JSONResponse({})

    def _person(self, request: HttpRequest, chat_id: Any = None) -> Person:
        person_id = request.path_params["person_id"]
        if person_id not in self.sandbox.world.users:
            raise Problem(404, "There is no such person.")
        try:
            return Person(self.sandbox, person_id, int(chat_id) if chat_id else None)
        except (KeyError, ValueError):
            raise Problem(404, "There is no such chat.") from None


async def _json(request: HttpRequest) -> Any:
    try:
        return await request.json()
    except ValueError:
        raise Problem(400, "This is not JSON.") from None


async def _object(request: HttpRequest) -> Json:
    body = await _json(request)
    if not isinstance(body, dict):
        raise Problem(400, "A JSON object is expected.")
    return body


def _text(body: Json, name: str) -> str:
    value = body.get(name)
    if value in (None, ""):
        raise Problem(400, f"{name} is missing.")
    return str(value)


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise Problem(400, f"{text!r} is not a number.") from None


def _known_message(person: Person, body: Json) -> int:
    number = _number(_text(body, "message_id"))
    if number not in person.chat.messages:
        raise Problem(404, "There is no such message.")
    return number
