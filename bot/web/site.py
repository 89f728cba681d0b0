"""What is served over HTTP: the webhook, health and metrics."""

import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

LIMIT = 1024 * 1024  # bytes of one update
SECRET = "x-telegram-bot-api-secret-token"
Receive = Callable[[bytes], Awaitable[None]]


def site(
    *,
    healthy: Callable[[], Awaitable[dict[str, Any]]],
    metrics: Callable[[], Awaitable[bytes]],
    receive: Receive | None = None,
    secret: str = "",
) -> Starlette:
    """`receive` commits a raw update; without it there is no webhook."""

    async def health(_: Request) -> Response:
        state = await healthy()
        return JSONResponse(state, status_code=200 if state["ok"] else 503)

    async def numbers(_: Request) -> Response:
        return PlainTextResponse(await metrics(), media_type="text/plain; version=0.0.4")

    async def webhook(request: Request) -> Response:
        given = request.headers.get(SECRET, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return Response(status_code=403)
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        assert receive is not None
        await receive(body)
        return Response(status_code=200)

    routes = [Route("/healthz", health), Route("/metrics", numbers)]
    if receive is not None:
        routes.append(Route("/telegram", webhook, methods=["POST"]))
    return Starlette(routes=routes)


async def _body(request: Request) -> bytes | None:
    """None when it is larger than any update."""
    body = b""
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > LIMIT:
                return None
    except ClientDisconnect:
        return None
    return body


def update_in(body: bytes) -> dict[str, Any] | None:
    """None when the body is no update; then it is kept as it is, as a dead letter."""
    try:
        update = json.loads(body)
    except ValueError:
        return None
    return (
        update if isinstance(update, dict) and isinstance(update.get("update_id"), int) else None
    )
