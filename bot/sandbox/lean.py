"""The short way for plain Bot API calls: no ASGI, a fraction of the time.

Bots send thousands of small requests over few connections. Those are read and answered here; the
first request of a connection that is anything else sends it the usual way for good.
"""

import asyncio
import json
from http import HTTPStatus
from typing import ClassVar, NamedTuple

from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.sandbox.bodies import MAX_BODY, MULTIPART, flat_parameters
from bot.sandbox.errors import Refused
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import Json

LONGEST_HEAD = 64 * 1024
UNUSUAL = (b"transfer-encoding", b"expect", b"upgrade", b"origin")
OUR_NAMES = (b"127.0.0.1", b"localhost")


class _Head(NamedTuple):
    target: bytes
    headers: dict[bytes, bytes]
    body_starts: int

    @property
    def ends(self) -> int:
        return self.body_starts + int(self.headers.get(b"content-length", b"0"))

    @property
    def is_plain(self) -> bool:
        """A call of this machine without files, its length told in advance."""
        length = self.headers.get(b"content-length", b"0")
        return (
            self.target.startswith(b"/bot")
            and length.isdigit()
            and int(length) <= MAX_BODY
            and self.headers.get(b"host", b"").partition(b":")[0] in OUR_NAMES
            and not self.headers.get(b"content-type", b"").startswith(MULTIPART)
            and not any(name in self.headers for name in UNUSUAL)
        )


class LeanProtocol(H11Protocol):
    sandbox: ClassVar[Sandbox]

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}
        self._waiting = b""
        self._is_lean = True
        self._answering: asyncio.Task[None] | None = None

    def data_received(self, data: bytes) -> None:
        if not self._is_lean:
            super().data_received(data)
            return
        self._waiting += data
        if self._answering is None:
            self._go_on()

    def _go_on(self) -> None:
        if not self._waiting:
            return
        head = _read_head(self._waiting)
        if head is None and len(self._waiting) < LONGEST_HEAD:
            return
        if head is None or not head.is_plain:
            self._is_lean = False
            super().data_received(self._waiting)
            return
        if len(self._waiting) < head.ends:
            return
        body = self._waiting[head.body_starts : head.ends]
        self._waiting = self._waiting[head.ends :]
        self._answering = self.loop.create_task(self._answer(head, body))

    async def _answer(self, head: _Head, body: bytes) -> None:
        try:
            status, answer = await self._called(head, body)
            self.transport.write(_response(status, answer))
        except ConnectionError:
            self.transport.abort()
        self._answering = None
        if head.headers.get(b"connection", b"").lower() == b"close":
            self.transport.close()
        else:
            self._go_on()

    async def _called(self, head: _Head, body: bytes) -> tuple[int, Json]:
        path, _, query = head.target.partition(b"?")
        token, _, method = path.removeprefix(b"/bot").decode("latin-1").partition("/")
        try:
            params = flat_parameters(query, head.headers.get(b"content-type", b""), body)
        except Refused as refused:
            return refused.status, refused.body
        return await self.sandbox.call(token.replace("%3A", ":"), method, params)


def protocol_for(sandbox: Sandbox) -> type[LeanProtocol]:
    return type("BotApiProtocol", (LeanProtocol,), {"sandbox": sandbox})


def _read_head(data: bytes) -> _Head | None:
    end = data.find(b"\r\n\r\n")
    if end < 0:
        return None
    first, *lines = data[:end].split(b"\r\n")
    verb, _, rest = first.partition(b" ")
    target = rest.partition(b" ")[0] if verb in (b"GET", b"POST") else b""
    pairs = (line.partition(b":") for line in lines)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    return _Head(target, headers, end + 4)


def _response(status: int, answer: Json) -> bytes:
    content = json.dumps(answer, separators=(",", ":")).encode()
    wait = answer.get("parameters", {}).get("retry_after")
    retry = f"retry-after: {wait}\r\n" if wait is not None else ""
    head = (
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\ncontent-type: application/json\r\n"
        f"content-length: {len(content)}\r\n{retry}\r\n"
    )
    return head.encode() + content
