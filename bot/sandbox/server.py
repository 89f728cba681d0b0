"""The sandbox on loopback: Bot API, chat page and control API in one process."""

import asyncio
import contextlib
import socket
from collections.abc import Callable, Sequence
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount
from starlette.types import Receive, Scope, Send

from bot.sandbox.botapi import answer, is_bot_api
from bot.sandbox.control import Control
from bot.sandbox.delivery import Delivery
from bot.sandbox.guard import LOOPBACK, Guard, Problem, explain
from bot.sandbox.lean import protocol_for
from bot.sandbox.page_files import PageFiles
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.store import keep
from bot.sandbox.voting import close_polls_in_time


class SandboxApp(Starlette):
    """Bots are answered at once; everything else passes the guard."""

    sandbox: Sandbox
    is_open: bool

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and is_bot_api(scope["path"]):
            await answer(self.sandbox, scope, receive, send, is_open=self.is_open)
        else:
            await super().__call__(scope, receive, send)


def app(
    sandbox: Sandbox,
    *,
    page: bool = True,
    is_open: bool = False,
    also: Sequence[BaseRoute] = (),
) -> Starlette:
    """`also` is what a bot serves by itself elsewhere."""
    served = SandboxApp(
        routes=[
            Mount("/sandbox", routes=Control(sandbox).routes),
            *(PageFiles().routes if page else []),
            *also,
        ],
        middleware=[Middleware(Guard)],
        exception_handlers={Problem: explain, HTTPException: explain},
    )
    served.sandbox, served.is_open = sandbox, is_open
    return served


async def serve(
    sandbox: Sandbox,
    host: str,
    port: int,
    *,
    page: bool = True,
    memory: Path | None = None,
    ready: Callable[[int], None] | None = None,
    also: Sequence[BaseRoute] = (),
) -> None:
    """Serve until cancelled, going on from the file `memory` and remembering everything in it.

    `ready` is told the port, which 0 leaves to the system. At an address that others can reach
    only the Bot API answers them.

    Raises OSError when the address is taken.
    """
    if memory:
        sandbox.load(memory)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=2048)
    config = uvicorn.Config(
        app(sandbox, page=page, is_open=host not in LOOPBACK, also=also),
        http=protocol_for(sandbox),
        ws="none",
        lifespan="off",
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=2,
    )
    server = _Server(config, sandbox, ready)
    with contextlib.closing(listener):
        async with asyncio.TaskGroup() as group:
            group.create_task(Delivery(sandbox).run())
            group.create_task(close_polls_in_time(sandbox))
            if memory:
                group.create_task(keep(sandbox, memory))
            await server.serve(sockets=[listener])


class _Server(uvicorn.Server):
    """Signals belong to whoever started us; being cancelled is the way to stop."""

    def __init__(
        self, config: uvicorn.Config, sandbox: Sandbox, ready: Callable[[int], None] | None
    ) -> None:
        super().__init__(config)
        self._sandbox = sandbox
        self._ready = ready

    def capture_signals(self) -> contextlib.AbstractContextManager[None]:  # type: ignore[override]
        return contextlib.nullcontext()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self._ready and sockets:
            self._ready(sockets[0].getsockname()[1])

    async def main_loop(self) -> None:
        try:
            await super().main_loop()
        except asyncio.CancelledError:
            self._sandbox.close()
            await self.shutdown()
            raise
