"""The control API: what the chat page shows, and how time, trouble and the world are governed."""

from datetime import timedelta
from urllib.parse import quote

from anyio import to_thread
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox import asked
from bot.sandbox.codes import codes_in
from bot.sandbox.commands import offered_commands
from bot.sandbox.deeds import Deeds
from bot.sandbox.faults import Fault
from bot.sandbox.founding import people_in
from bot.sandbox.guard import Problem
from bot.sandbox.overview import clock_state, messages_page, state
from bot.sandbox.records import StoredFile
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.streaming import stream
from bot.sandbox.voting import close_due

INLINE_KINDS = ("image/png", "image/jpeg", "image/gif", "image/webp")


class Control:
    """The routes under /sandbox. Every method answers one of them."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    @property
    def routes(self) -> list[Route]:
        chat = "/chats/{person_id:int}/{chat_id}"
        reading = {
            "/state": self.state,
            chat: self.messages,
            f"{chat}/commands": self.commands,
            f"{chat}/people": self.people,
            "/files/{file_id}": self.file,
            "/files/{file_id}/codes": self.codes,
            "/events": self.events,
            "/clock": self.clock,
            "/calls": self.calls,
            "/faults": self.faults,
        }
        writing = {
            "/clock": self.move_clock,
            "/reset": self.reset,
            "/faults": self.set_faults,
        }
        return [
            *(Route(path, endpoint, methods=["GET"]) for path, endpoint in reading.items()),
            *(Route(path, endpoint, methods=["POST"]) for path, endpoint in writing.items()),
            *Deeds(self.sandbox).routes,
        ]

    async def state(self, request: HttpRequest) -> Response:
        return JSONResponse(await state(self.sandbox))

    async def messages(self, request: HttpRequest) -> Response:
        person = asked.person(self.sandbox, request, request.path_params["chat_id"])
        before = asked.number(request.query_params.get("before", "0"))
        limit = min(max(asked.number(request.query_params.get("limit", "50")), 1), 500)
        thread = asked.topic(request.query_params.get("thread_id"))
        return JSONResponse(messages_page(person, before, limit, thread))

    async def commands(self, request: HttpRequest) -> Response:
        person = asked.person(self.sandbox, request, request.path_params["chat_id"])
        bot = self.sandbox.world.bot
        return JSONResponse(offered_commands(bot, person.chat, person.user))

    async def people(self, request: HttpRequest) -> Response:
        person = asked.person(self.sandbox, request, request.path_params["chat_id"])
        return JSONResponse(people_in(self.sandbox, person.chat, person.id))

    async def file(self, request: HttpRequest) -> Response:
        file = self._file(request)
        shown = file.mime in INLINE_KINDS
        placed = "inline" if shown else "attachment"
        headers = {
            "Content-Disposition": f"{placed}; filename*=UTF-8''{quote(file.name, safe='')}",
            "Cache-Control": "private, max-age=3600",
        }
        kind = file.mime if shown else "application/octet-stream"
        return Response(file.content, media_type=kind, headers=headers)

    async def codes(self, request: HttpRequest) -> Response:
        return JSONResponse(await to_thread.run_sync(codes_in, self._file(request).content))

    def _file(self, request: HttpRequest) -> StoredFile:
        file = self.sandbox.world.files.get(request.path_params["file_id"])
        if file is None:
            raise Problem(404, "There is no such file.")
        return file

    async def events(self, request: HttpRequest) -> Response:
        last = request.headers.get("last-event-id") or request.query_params.get("after")
        return stream(self.sandbox.events, None if last is None else asked.number(last))

    async def calls(self, request: HttpRequest) -> Response:
        """Those after a number, oldest first; with a limit only the newest of them."""
        after = asked.number(request.query_params.get("after", "0"))
        limit = asked.number(request.query_params.get("limit", "0"))
        calls = [call for call in self.sandbox.calls if call.n > after]
        return JSONResponse([call.json for call in calls[-max(limit, 0) :]])

    async def faults(self, request: HttpRequest) -> Response:
        return JSONResponse([fault.json for fault in self.sandbox.faults])

    async def set_faults(self, request: HttpRequest) -> Response:
        given = await asked.any_json(request)
        if not isinstance(given, list):
            raise Problem(400, "Faults come as a list; an empty one clears them.")
        try:
            self.sandbox.faults = [Fault(**fault) for fault in given]
        except (TypeError, ValueError) as error:
            raise Problem(400, f"This fault is not understood: {error}.") from None
        return await self.faults(request)

    async def clock(self, request: HttpRequest) -> Response:
        return JSONResponse(await clock_state(self.sandbox))

    async def move_clock(self, request: HttpRequest) -> Response:
        body = await asked.json_object(request)
        if body.get("reset"):
            self.sandbox.clock.reset()
        else:
            with asked.explained():
                seconds = float(asked.text(body, "advance"))
            self.sandbox.clock.advance(timedelta(seconds=seconds))
        close_due(self.sandbox)
        moment = await clock_state(self.sandbox)
        self.sandbox.events.publish("clock", **moment)
        return JSONResponse(moment)

    async def reset(self, request: HttpRequest) -> Response:
        await self.sandbox.reset()
        return JSONResponse({})
