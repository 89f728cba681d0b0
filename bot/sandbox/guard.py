"""Who may use the sandbox: this machine's own pages and tools, and nobody through them."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.sandbox.bodies import MAX_BODY

LOOPBACK = ("localhost", "127.0.0.1", "::1")
BODY_KINDS = ("application/json", "multipart/form-data")
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        "connect-src 'self'; media-src 'self' blob:; manifest-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Problem(Exception):
    """A refusal of the control API: an HTTP status and a sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


async def explain(request: Request, error: Exception) -> Response:
    if isinstance(error, Problem):
        return JSONResponse({"error": error.sentence}, error.status)
    assert isinstance(error, HTTPException)
    return JSONResponse({"error": f"{error.detail}."}, error.status_code)


class Guard:
    """Lets in what comes from our own page or from a tool on this machine, and hardens answers."""

    def __init__(self, inner: ASGIApp) -> None:
        self._inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def hardened(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(SECURITY_HEADERS)
            await send(message)

        if scope["type"] != "http":
            await self._inner(scope, receive, send)
        elif problem := _problem(scope["method"], Headers(scope=scope)):
            answer = JSONResponse({"error": problem.sentence}, problem.status)
            await answer(scope, receive, hardened)
        else:
            await self._inner(scope, receive, hardened)


def stranger(headers: Headers, *, is_open: bool = False) -> Problem | None:
    """Why somebody may not call: another machine's name, unless we are open, or another site."""
    host, origin = headers.get("host", ""), headers.get("origin")
    if not is_open and _named(host) not in LOOPBACK:
        return Problem(403, "The sandbox is only for the machine it runs on.")
    if origin is not None and origin != f"http://{host}":
        return Problem(403, "Other sites may not use the sandbox.")
    return None


def _named(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def _problem(method: str, headers: Headers) -> Problem | None:
    if problem := stranger(headers):
        return problem
    if method != "POST":
        return None
    length = headers.get("content-length", "0")
    if not length.isdigit() or int(length) > MAX_BODY:
        return Problem(413, "This is too large.")
    if headers.get("content-type", "").partition(";")[0].strip() not in BODY_KINDS:
        return Problem(400, "Send JSON or multipart form data, and say so in Content-Type.")
    return None
