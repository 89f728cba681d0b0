"""The control API's deeds: what the chat page does in people's names."""

from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox import asked
from bot.sandbox.bodies import received
from bot.sandbox.guard import Problem
from bot.sandbox.people import Person
from bot.sandbox.request import Upload
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import Json

UPLOAD_KINDS = ("photo", "document")
MOST_IN_ALBUM = 10


class Deeds:
    """The routes under /sandbox/people/<id>. Every method answers one of them."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    @property
    def routes(self) -> list[Route]:
        endpoints = {
            "say": self.say,
            "press": self.press,
            "upload": self.upload,
            "edit": self.edit,
            "open": self.open,
            "block": self.block,
            "send_other": self.send_other,
            "vote": self.vote,
            "react": self.react,
            "pin": self.pin,
            "unpin": self.unpin,
            "join": self.join,
            "leave": self.leave,
            "decide": self.decide,
            "found": self.found,
            "add": self.add,
            "appoint": self.appoint,
            "dismiss": self.dismiss,
            "remove": self.remove,
            "topic": self.topic,
            "upgrade": self.upgrade,
            "inline": self.inline,
            "inline/choose": self.choose,
        }
        person = "/people/{person_id:int}"
        return [
            Route(f"{person}/{name}", endpoint, methods=["POST"])
            for name, endpoint in endpoints.items()
        ]

    async def say(self, request: HttpRequest) -> Response:
        person, body = await self._there(request)
        reply_to = body.get("reply_to")
        with asked.explained():
            said = person.says(
                asked.text(body, "text"), asked.number(reply_to) if reply_to else None
            )
        return JSONResponse(said)

    async def press(self, request: HttpRequest) -> Response:
        person, body = await self._there(request)
        message = asked.message(person, body)
        return JSONResponse(
            {"query_id": person.presses_data(asked.text(body, "data"), message.id)}
        )

    async def upload(self, request: HttpRequest) -> Response:
        """One file is answered by its message; several, which make an album, by a list."""
        async with request.form(max_files=MOST_IN_ALBUM) as form:
            person = asked.person(self.sandbox, request, form.get("chat_id"))
            person.thread = asked.topic(form.get("thread_id"))
            kind, given = str(form.get("kind", "document")), form.getlist("file")
            files = [await received(one) for one in given if not isinstance(one, str)]
            caption = str(form.get("caption") or "")
            reply_to = form.get("reply_to")
        if kind not in UPLOAD_KINDS or not files:
            raise Problem(400, "An upload needs a file and a kind: photo or document.")
        with asked.explained():
            answered = asked.number(reply_to) if reply_to else None
            return JSONResponse(_uploaded(person, files, kind, caption, answered))

    async def edit(self, request: HttpRequest) -> Response:
        person, body = await self._there(request)
        message = asked.message(person, body)
        with asked.explained():
            return JSONResponse(person.edits(asked.text(body, "text"), message.id))

    async def open(self, request: HttpRequest) -> Response:
        body = await asked.json_object(request)
        person = asked.person(self.sandbox, request)
        return JSONResponse(person.follows(str(body.get("start", ""))))

    async def block(self, request: HttpRequest) -> Response:
        body = await asked.json_object(request)
        person = asked.person(self.sandbox, request)
        person.blocks() if body.get("blocked") else person.unblocks()
        return JSONResponse({"blocked": person.chat.blocked})

    async def send_other(self, request: HttpRequest) -> Response:
        person, body = await self._there(request)
        with asked.explained():
            return JSONResponse(person.sends_other(asked.text(body, "kind")))

    async def vote(self, request: HttpRequest) -> Response:
        person, body = await self._there(request)
        message = asked.message(person, body)
        with asked.explained():
            return JSONResponse(person.votes(asked.numbers(body, "option_ids"), message.id))

    async def react(self, request: HttpRequest) -> Response:
        person, body = await self._there(request)
        message = asked.message(person, body)
        with asked.explained():
            return JSONResponse(person.reacts(str(body.get("emoji") or ""), message.id))

    async def pin(self, request: HttpRequest) -> Response:
        person, body = await self._there(request)
        message = asked.message(person, body)
        with asked.explained():
            person.pins(message.id)
        return JSONResponse({})

    async def unpin(self, request: HttpRequest) -> Response:
        person, body = await self._there(request)
        message = asked.message(person, body)
        with asked.explained():
            person.unpins(message.id)
        return JSONResponse({})

    async def join(self, request: HttpRequest) -> Response:
        body = await asked.json_object(request)
        person = asked.person(self.sandbox, request)
        with asked.explained():
            chat = person.follows_invitation(asked.text(body, "link"))
        asks = person.id not in chat.people
        return JSONResponse({"chat_id": chat.id, "title": chat.title, "asks": asks})

    async def leave(self, request: HttpRequest) -> Response:
        person, _ = await self._there(request)
        with asked.explained():
            person.leaves()
        return JSONResponse({})

    async def decide(self, request: HttpRequest) -> Response:
        person, body = await self._there(request)
        with asked.explained():
            person.decides(asked.number(body.get("user_id")), admits=bool(body.get("admits")))
        return JSONResponse({})

    async def found(self, request: HttpRequest) -> Response:
        body = await asked.json_object(request)
        person = asked.person(self.sandbox, request)
        with asked.explained():
            chat = person.founds(asked.text(body, "title"), is_forum=bool(body.get("is_forum")))
        return JSONResponse({"chat_id": chat.id})

    async def add(self, request: HttpRequest) -> Response:
        person, body = await self._there(request)
        with asked.explained():
            person.adds(asked.number(body.get("user_id")))
        return JSONResponse({})

    async def appoint(self, request: HttpRequest) -> Response:
        person, body = await self._there(request)
        with asked.explained():
            person.appoints(asked.number(body.get("user_id")), asked.names(body, "rights"))
        return JSONResponse({})

    async def dismiss(self, request: HttpRequest) -> Response:
        person, body = await self._there(request)
        with asked.explained():
            person.dismisses(asked.number(body.get("user_id")))
        return JSONResponse({})

    async def remove(self, request: HttpRequest) -> Response:
        person, body = await self._there(request)
        with asked.explained():
            person.removes(asked.number(body.get("user_id")))
        return JSONResponse({})

    async def topic(self, request: HttpRequest) -> Response:
        person, body = await self._there(request)
        with asked.explained():
            number = person.begins_topic(asked.text(body, "name"))
        return JSONResponse({"thread_id": number})

    async def upgrade(self, request: HttpRequest) -> Response:
        person, _ = await self._there(request)
        with asked.explained():
            chat = person.upgrades()
        return JSONResponse({"chat_id": chat.id})

    async def inline(self, request: HttpRequest) -> Response:
        person, body = await self._there(request)
        with asked.explained():
            query_id = person.asks_inline(
                str(body.get("query", "")), str(body.get("offset") or "")
            )
        return JSONResponse({"query_id": query_id})

    async def choose(self, request: HttpRequest) -> Response:
        person, body = await self._there(request)
        query_id, result_id = asked.text(body, "query_id"), asked.text(body, "result_id")
        with asked.explained():
            return JSONResponse(person.picks(query_id, result_id))

    async def _there(self, request: HttpRequest) -> tuple[Person, Json]:
        body = await asked.json_object(request)
        person = asked.person(self.sandbox, request, body.get("chat_id"))
        person.thread = asked.topic(body.get("thread_id"))
        return person, body


def _uploaded(
    person: Person, files: list[Upload], kind: str, caption: str, reply_to: int | None
) -> Json | list[Json]:
    if len(files) > 1:
        return person.uploads_album(files, kind, caption, reply_to)
    one = files[0]
    return person.uploads(one.name, one.content, kind, caption, one.mime, reply_to)
