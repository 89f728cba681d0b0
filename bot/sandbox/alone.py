"""The Bot API by itself, for other bots and their tests: served until told to end."""

import asyncio
import os
import signal

from bot.sandbox.sandbox import Sandbox
from bot.sandbox.server import serve


class CannotServe(Exception):
    """One line for whoever started it: what is wrong."""


async def run(sandbox: Sandbox, host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT. Raises `CannotServe` when the address cannot be used."""
    loop, serving = asyncio.get_running_loop(), asyncio.current_task()
    assert serving is not None
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, serving.cancel)
    place = f"[{host}]" if ":" in host else host

    def ready(opened: int) -> None:
        print(f"\n  Bot API: http://{place}:{opened}/bot<token>/<method>\n", flush=True)  # noqa: T201

    try:
        await serve(sandbox, host, port, page=False, ready=ready)
    except OSError as error:
        number = error.errno or 0
        why = os.strerror(number) if number > 0 else error
        raise CannotServe(f"port {port} of {host} cannot be used ({why})") from None
    except asyncio.CancelledError:
        serving.uncancel()
