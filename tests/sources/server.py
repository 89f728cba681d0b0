"""A web for stories: every name leads to one small server of this process, over real HTTP.

    async def test_a_story(sources: Sources, manager: Actor) -> None:
        sources.gives("https://feeds.test/rss", RSS, kind="application/rss+xml", etag='"1"')

The fixture `sources` starts it, and `app` is built with a fetcher that finds it under any name;
without the fixture nobody knows any name. `gives` takes bytes, or a function from what was asked
to bytes (for pages and search APIs), and may be called again when the source is to change. The
other verbs are faults: `redirects`, `fails`, `hangs`, `drips`, `pours`, `cuts`, `resets`. Say
`http://` or `https://` as you like: the server knows hosts and paths, and a fetcher reaches it
with `http://` alone. `asked` is all that has been asked for, in order.
"""

import asyncio
import gzip
import zlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from aiohttp import web

from tests.sources.reach import Reach

PACK: Mapping[str, Callable[[bytes], bytes]] = {"gzip": gzip.compress, "deflate": zlib.compress}
PIECE = b"\0" * 2**20


@dataclass(frozen=True)
class Asked:
    method: str
    host: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]  # names in lower case
    body: bytes


Says = bytes | Callable[[Asked], bytes]
Play = Callable[[web.Request, Asked], Awaitable[web.StreamResponse]]


@dataclass
class Sources:
    reach: Reach
    asked: list[Asked] = field(default_factory=list)
    _plays: dict[tuple[str, str], Play] = field(default_factory=dict)
    _runner: web.AppRunner | None = None
    _over: asyncio.Event = field(default_factory=asyncio.Event)

    async def start(self) -> None:
        app = web.Application(client_max_size=2**26)
        app.router.add_route("*", "/{path:.*}", self._answer)
        self._runner = web.AppRunner(
            app, handler_cancellation=True, shutdown_timeout=0.1, access_log=None
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.reach.elsewhere = self._runner.addresses[0][:2]

    async def close(self) -> None:
        self._over.set()
        assert self._runner is not None
        await self._runner.cleanup()

    def gives(
        self,
        url: str,
        says: Says,
        *,
        kind: str = "text/html; charset=utf-8",
        status: int = 200,
        packed: str = "",
        etag: str = "",
        modified: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """`packed` is "gzip" or "deflate"; any other is only claimed."""
        said = {"Content-Type": kind, "Content-Encoding": packed, "ETag": etag}
        said |= {"Last-Modified": modified, **(headers or {})}
        sent = {name: value for name, value in said.items() if value}

        async def play(request: web.Request, asked: Asked) -> web.Response:
            knows = (etag, modified) != ("", "") and (
                asked.headers.get("if-none-match", "") == etag
                and (etag != "" or asked.headers.get("if-modified-since") == modified)
            )
            if knows:
                return web.Response(status=304)
            body = says(asked) if callable(says) else says
            return web.Response(body=PACK.get(packed, bytes)(body), status=status, headers=sent)

        self.plays(url, play)

    def redirects(self, url: str, to: str, status: int = 302) -> None:
        self.gives(url, b"", status=status, headers={"Location": to})

    def fails(self, url: str, status: int) -> None:
        self.gives(url, b"<h1>Sorry</h1>", status=status)

    def hangs(self, url: str) -> None:
        """Takes the request, and says nothing."""

        async def play(request: web.Request, asked: Asked) -> web.StreamResponse:
            await self._over.wait()
            return web.Response()

        self.plays(url, play)

    def drips(self, url: str) -> None:
        """A byte now and then, without an end."""

        async def play(request: web.Request, asked: Asked) -> web.StreamResponse:
            response = await _begun(request)
            while not self._over.is_set():
                await response.write(b".")
                await asyncio.sleep(0.01)
            return response

        self.plays(url, play)

    def pours(self, url: str, size: int, *, packed: bool = False, told: bool = False) -> None:
        """So many bytes of nothing, as fast as they are taken; `told` says so beforehand."""
        said = {"Content-Encoding": "gzip"} if packed else {}
        piece = gzip.compress(PIECE) if packed else PIECE
        if told:
            said["Content-Length"] = str(size)

        async def play(request: web.Request, asked: Asked) -> web.StreamResponse:
            response = await _begun(request, said)
            for _ in range(size // len(PIECE)):
                await response.write(piece)
            return response

        self.plays(url, play)

    def cuts(self, url: str, body: bytes) -> None:
        """Promises twice as much as it gives, then closes."""

        async def play(request: web.Request, asked: Asked) -> web.StreamResponse:
            response = await _begun(request, {"Content-Length": str(2 * len(body))})
            await response.write(body)
            _hang_up(request)
            return response

        self.plays(url, play)

    def resets(self, url: str) -> None:
        """Closes without a word."""

        async def play(request: web.Request, asked: Asked) -> web.StreamResponse:
            _hang_up(request)
            return web.Response()

        self.plays(url, play)

    def plays(self, url: str, play: Play) -> None:
        parts = urlsplit(url)
        self._plays[parts.hostname or "", parts.path or "/"] = play

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        asked = Asked(
            request.method,
            request.host.partition(":")[0],
            request.path,
            dict(request.query),
            {name.lower(): value for name, value in request.headers.items()},
            await request.read(),
        )
        self.asked.append(asked)
        play = self._plays.get((asked.host, asked.path))
        return await play(request, asked) if play else web.Response(status=404)


async def _begun(
    request: web.Request, headers: Mapping[str, str] | None = None
) -> web.StreamResponse:
    response = web.StreamResponse(headers=headers)
    await response.prepare(request)
    return response


def _hang_up(request: web.Request) -> None:
    assert request.transport is not None
    request.transport.abort()
