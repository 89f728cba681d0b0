"""python-telegram-bot's way to a sandbox in the same process: no sockets, no waiting."""

import json
from typing import Any

from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

from bot.sandbox.errors import ConnectionCut, NotConnected
from bot.sandbox.files import downloadable
from bot.sandbox.request import Upload
from bot.sandbox.sandbox import Sandbox


class InProcess(BaseRequest):
    """Give it to `Bot(token, request=…, get_updates_request=…)`; any base URL will do."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None:
        return None

    async def shutdown(self) -> None:
        return None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = None,
        write_timeout: Any = None,
        connect_timeout: Any = None,
        pool_timeout: Any = None,
    ) -> tuple[int, bytes]:
        prefix, _, rest = url.partition("/bot")
        token, _, name = rest.partition("/")
        if prefix.endswith("/file"):
            file = downloadable(self._sandbox.world, name)
            return (200, file.content) if file else (404, b'{"ok":false,"error_code":404}')
        params = dict(request_data.json_parameters) if request_data else {}
        files = _uploads(request_data)
        try:
            status, body = await self._sandbox.call(token, name, dict(params), files)
        except NotConnected as error:
            raise NetworkError(f"connection failed: {error}") from error
        except ConnectionCut as error:
            raise NetworkError(f"connection lost: {error}") from error
        return status, json.dumps(body).encode()


def _uploads(request_data: RequestData | None) -> dict[str, Upload]:
    if request_data is None or not request_data.contains_files:
        return {}
    parts = request_data.multipart_data
    return {
        field: Upload(name, content if isinstance(content, bytes) else content.read(), mime)
        for field, (name, content, mime) in parts.items()
    }
