"""Names without a name server: what the tests' fetcher is told instead of the public internet."""

import socket
from dataclasses import dataclass

from aiohttp.abc import AbstractResolver, ResolveResult

from bot.sources.reach import place


@dataclass
class Reach(AbstractResolver):
    """Every name is at `elsewhere`; while that is nowhere, nobody knows any name."""

    elsewhere: tuple[str, int] | None = None

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        if self.elsewhere is None:
            raise OSError("there is no network in tests")
        return [place(host, *self.elsewhere)]

    async def close(self) -> None:
        pass


class OnPort(AbstractResolver):
    """Another resolver's numbers, with the port of a server of ours."""

    def __init__(self, inner: AbstractResolver, port: int) -> None:
        self._inner, self._port = inner, port

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        return [place(host, each["host"], self._port) for each in found]

    async def close(self) -> None:
        pass
