"""Events for a browser: Server-Sent Events that pick up where a connection broke."""

import asyncio
import json
from collections.abc import AsyncIterator

from starlette.responses import StreamingResponse

from bot.sandbox.events import Events

HEARTBEAT_SECONDS = 15


def stream(events: Events, after: int | None) -> StreamingResponse:
    """The events after a number, then those to come; without one only those to come."""
    first = events.last if after is None else after
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(
        _lines(events, first), media_type="text/event-stream", headers=headers
    )


async def _lines(events: Events, last: int) -> AsyncIterator[str]:
    watcher = events.watch()
    try:
        yield f": here since {last}\n\n"
        while not events.closed:
            watcher.clear()
            for last, event in events.after(last):  # noqa: B020 - the next round goes on from it
                yield f"id: {last}\ndata: {json.dumps(event)}\n\n"
            try:
                await asyncio.wait_for(watcher.wait(), HEARTBEAT_SECONDS)
            except TimeoutError:
                yield ": still here\n\n"
    finally:
        events.unwatch(watcher)
