"""PTB's requests over aiohttp, and what the end of a request tells about it.

Telegram has no idempotency key, so the one question that matters after an error is whether the
request may have been carried out. aiohttp knows at which stage it failed; PTB's own exceptions do
not say (`BadRequest` and `TimedOut` are both kinds of `NetworkError` there).
"""

import json
import os
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, cast

import aiohttp
from telegram import Bot, InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import BaseRequest, RequestData

os.environ.setdefault("PTB_TIMEDELTA", "true")  # times from the library as timedeltas
JSON = {"Content-Type": "application/json"}
CONNECT, SEND, MEDIA = 10.0, 35.0, 120.0  # seconds; Telegram itself waits up to 8 s on a flood
NOT_SENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
    ConnectionRefusedError,
)


class Ending(StrEnum):
    """How a request ended, as far as sending it again is concerned."""

    BLOCKED = "blocked"
    REFUSED = "refused"
    MOVED = "moved"
    LATER = "later"
    NOT_SENT = "not_sent"
    AMBIGUOUS = "ambiguous"
    FATAL = "fatal"


def ending(error: Exception) -> Ending:
    match error:
        case RetryAfter():
            return Ending.LATER
        case ChatMigrated():
            return Ending.MOVED
        case Forbidden():
            return Ending.BLOCKED
        case BadRequest() if "chat not found" in error.message.lower():
            return Ending.BLOCKED  # they have never written to us
        case BadRequest():
            return Ending.REFUSED
        case InvalidToken() if "method not found" in error.message:
            return Ending.REFUSED  # the library takes every 404 for a wrong token
        case InvalidToken():
            return Ending.FATAL
        case NetworkError() if isinstance(error.__cause__, NOT_SENT):
            return Ending.NOT_SENT
        case NetworkError():
            return Ending.AMBIGUOUS
        case TelegramError():
            return Ending.REFUSED
    return Ending.AMBIGUOUS


def is_ambiguous(error: Exception) -> bool:
    """Nobody can tell whether it was carried out."""
    return ending(error) == Ending.AMBIGUOUS


class Aiohttp(BaseRequest):
    """One pool of connections for everything; timeouts come with each kind of call."""

    def __init__(self, connections: int = 256) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return SEND

    async def initialize(self) -> None:
        if self._session is None:
            connector = aiohttp.TCPConnector(
                limit=self._connections, keepalive_timeout=30, ttl_dns_cache=300
            )
            self._session = aiohttp.ClientSession(
                connector=connector, cookie_jar=aiohttp.DummyCookieJar(), raise_for_status=False
            )

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        if self._session is None:
            await self.initialize()
        assert self._session is not None
        waits = read_timeout if isinstance(read_timeout, (int, float)) else SEND
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT, sock_read=waits)
        try:
            async with self._session.request(
                method, url, timeout=timeout, **_content(request_data)
            ) as response:
                return response.status, await response.read()
        except TimeoutError as error:
            raise TimedOut(type(error).__name__) from error
        except (aiohttp.ClientError, OSError) as error:
            # Only the kind of error: its text may hold the address, and that the token.
            raise NetworkError(type(error).__name__) from error


class Body:
    """A method's parameters as they are to go out; what is an `InputFile` is uploaded.

    It stands in for `RequestData`, whose own making is private to the library.
    """

    def __init__(self, payload: Mapping[str, Any]) -> None:
        self.payload = {k: v for k, v in payload.items() if not isinstance(v, InputFile)}
        self.files = {k: v for k, v in payload.items() if isinstance(v, InputFile)}
        self.contains_files = bool(self.files)

    @property
    def json_parameters(self) -> dict[str, str]:
        return {k: v if isinstance(v, str) else json.dumps(v) for k, v in self.payload.items()}

    @property
    def json_payload(self) -> bytes:
        return json.dumps(self.payload, ensure_ascii=False).encode()

    @property
    def multipart_data(self) -> dict[str, Any]:
        return {name: file.field_tuple for name, file in self.files.items()}


async def call(bot: Bot, method: str, payload: Mapping[str, Any], wait: float = SEND) -> Any:
    """Call a method of the Bot API, also one that the library does not know yet.

    Returns its `result`. `wait` is in seconds. Raises `TelegramError`; `ending` tells what of it.
    """
    url, body = f"{bot.base_url}/{method}", cast(RequestData, Body(payload))
    return await bot.request.post(url, body, read_timeout=wait)


async def download(bot: Bot, file_id: str, limit: int) -> bytes:
    """A file that somebody has sent to us. Raises `TelegramError`, also for one of more bytes
    than `limit`; Telegram itself gives out none above 20 MB."""
    about = await call(bot, "getFile", {"file_id": file_id})
    if about.get("file_size", 0) > limit:
        raise BadRequest("file is too big")
    address = f"{bot.base_file_url}/{about['file_path']}"
    return await bot.request.retrieve(address, read_timeout=MEDIA)


def _content(request_data: RequestData | None) -> dict[str, Any]:
    if request_data is None:
        return {}
    if not request_data.contains_files:
        return {"data": request_data.json_payload, "headers": JSON}
    form = aiohttp.FormData()
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return {"data": form}
