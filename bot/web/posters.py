"""The poster of an event's door, for a large screen: a page that changes by itself."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

Read = Callable[[str], Awaitable[str | None]]
HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}


def posters(read: Read) -> Route:
    """At a secret address. `read` gives the page by its token, None where there is none."""

    async def poster(request: Request) -> Response:
        page = await read(request.path_params["token"])
        if page is None:
            return Response(status_code=404)
        return HTMLResponse(page, headers=HEADERS)

    return Route("/door/{token}", poster)
