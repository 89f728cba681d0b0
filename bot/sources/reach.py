"""From a name to the numbers that may be connected to; the name is asked for once a connection.

What is resolved here is what the socket is given, so a name cannot mean one address when it is
checked and another when it is used.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence

from aiohttp.abc import AbstractResolver, ResolveResult

from bot.sources.addresses import Refused, Why, is_public

Lookup = Callable[[str, int], Awaitable[Sequence[str]]]


async def of_the_system(host: str, port: int) -> Sequence[str]:
    """Raises `OSError`."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(place[0]) for *_, place in found]


class PublicOnly(AbstractResolver):
    """Gives out what is public, and nothing at all where one of a name's numbers is not."""

    def __init__(
        self, lookup: Lookup = of_the_system, admits: Callable[[str], bool] = is_public
    ) -> None:
        self._lookup, self._admits = lookup, admits

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Raises `Refused`, and `OSError` where nobody knows the name."""
        numbers = await self._lookup(host, port)
        if not numbers:
            raise OSError(f"{host} has no address")
        if not all(self._admits(number) for number in numbers):
            raise Refused(
                Why.PRIVATE, f"{host} leads into a network that is not public", host=host
            )
        return [place(host, number, port) for number in numbers]

    async def close(self) -> None:
        pass


def place(host: str, number: str, port: int) -> ResolveResult:
    return ResolveResult(
        hostname=host,
        host=number,
        port=port,
        family=socket.AF_INET6 if ":" in number else socket.AF_INET,
        proto=socket.IPPROTO_TCP,
        flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
    )
