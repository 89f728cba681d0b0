"""What is served over HTTP: the webhook, calendars, health and metrics."""

import hmac
import json
from collections.abc import Awaitable, Callable, Sequence
from hashlib import sha256
from typing import Any

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

LIMIT = 1024 * 1024  # bytes of one update
LONGEST_NUMBER = 2**63  # no database keeps more
SECRET = "x-telegram-bot-api-secret-token"
Receive = Callable[[bytes], Awaitable[None]]
Read = Callable[[str], Awaitable[bytes | None]]


def site(
    *,
    healthy: Callable[[], Awaitable[dict[str, Any]]],
    metrics: Callable[[], Awaitable[bytes]],
    calendars: list[Route],
    posters: Sequence[Route] = (),
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

    routes = [Route("/healthz", health), Route("/metrics", numbers), *calendars, *posters]
    if receive is not None:
        routes.append(Route("/telegram", webhook, methods=["POST"]))
    return Starlette(routes=routes)


def calendars(read: Read, public_url: str) -> list[Route]:
    """At secret addresses. `read` gives a calendar by its token, None for an unknown token."""

    async def calendar(request: Request) -> Response:
        content = await read(request.path_params["token"])
        if content is None:
            return Response(status_code=404)
        mark = f'"{sha256(content).hexdigest()[:32]}"'
        headers = {"ETag": mark, "Cache-Control": "private, max-age=300"}
        if mark in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(content, headers=headers, media_type="text/calendar")

    async def subscribe(request: Request) -> Response:
        """On to the phone's own calendar, which opens such addresses."""
        token = request.path_params["token"]
        if await read(token) is None:
            return Response(status_code=404)
        place = public_url.partition("://")[2]
        headers = {"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer"}
        return RedirectResponse(f"webcal://{place}/calendar/{token}.ics", headers=headers)

    return [Route("/calendar/{token}.ics", calendar), Route("/calendar/{token}", subscribe)]


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
    except (ValueError, RecursionError):
        return None
    number = update.get("update_id") if isinstance(update, dict) else None
    is_one = type(number) is int and abs(number) < LONGEST_NUMBER
    return update if is_one else None
