"""The Bot API over HTTP, answered before any middleware: bots call it often."""

import json

from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from bot.sandbox.bodies import parameters
from bot.sandbox.errors import Refused
from bot.sandbox.files import downloadable
from bot.sandbox.guard import stranger
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import Json

NOT_FOUND = {"ok": False, "error_code": 404, "description": "Not Found"}


def is_bot_api(path: str) -> bool:
    return path.startswith(("/bot", "/file/bot"))


async def answer(
    sandbox: Sandbox, scope: Scope, receive: Receive, send: Send, *, is_open: bool = False
) -> None:
    """`is_open` says that calls may come from other machines; never from other sites."""
    if problem := stranger(Headers(scope=scope), is_open=is_open):
        refused = Refused(problem.status, f"Forbidden: {problem.sentence}")
        await _send_json(send, refused.status, refused.body)
        return
    path: str = scope["path"]
    if path.startswith("/file/bot"):
        await _send_file(sandbox, path.removeprefix("/file/bot"), send)
        return
    token, _, method = path.removeprefix("/bot").partition("/")
    try:
        params, files = await parameters(scope, receive)
        status, body = await sandbox.call(token, method, params, files)
    except Refused as refused:
        status, body = refused.status, refused.body
    except ConnectionError:
        _hang_up(scope)
        return
    await _send_json(send, status, body)


async def _send_file(sandbox: Sandbox, path: str, send: Send) -> None:
    token, _, name = path.partition("/")
    file = downloadable(sandbox.world, name) if token in sandbox.world.bots else None
    if file is None:
        await _send_json(send, 404, NOT_FOUND)
    else:
        await _send(send, 200, b"application/octet-stream", file.content)


async def _send_json(send: Send, status: int, body: Json) -> None:
    wait = body.get("parameters", {}).get("retry_after")
    content = json.dumps(body, separators=(",", ":")).encode()
    await _send(send, status, b"application/json", content, retry_after=wait)


async def _send(
    send: Send, status: int, kind: bytes, content: bytes, retry_after: int | None = None
) -> None:
    headers = [(b"content-type", kind), (b"content-length", str(len(content)).encode())]
    if retry_after is not None:
        headers.append((b"retry-after", str(retry_after).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})


def _hang_up(scope: Scope) -> None:
    """Break the connection as a failing network does, on the transport the server lends."""
    scope["state"]["transport"].abort()
