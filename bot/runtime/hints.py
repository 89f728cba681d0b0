"""Waiting for a hint that there may be something to do."""

import asyncio
from contextlib import suppress


async def heard(hint: asyncio.Event, seconds: float) -> None:
    """Return once it is given, at the latest after so long; it can be given anew then.

    `asyncio.wait_for` forgets, in Python 3.11, that it was cancelled when the hint comes in the
    same moment: whoever is given many would never end.
    """
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await hint.wait()
    hint.clear()
