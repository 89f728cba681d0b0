"""What a network says that fails, over real sockets: send again without a thought, or in doubt."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import NoReturn

import pytest
from telegram import Bot
from telegram.error import TelegramError

from bot.runtime.transport import Aiohttp, Ending, call, ending
from tests.chaos.stage import HOST, TOKEN

WAIT = 0.3  # seconds
Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def hangs_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readline()
    writer.close()


async def says_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()
    writer.close()


async def breaks_off(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readline()
    writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"ok": tr')
    await writer.drain()
    writer.close()


@asynccontextmanager
async def telegram(behaves: Behaviour) -> AsyncIterator[int]:
    """A port, at which one visitor is served."""
    left = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await behaves(reader, writer)
        with suppress(OSError):
            await writer.wait_closed()
        left.set()

    async with await asyncio.start_server(serve, HOST, 0) as server:
        yield server.sockets[0].getsockname()[1]
        await left.wait()


async def end_of_a_call(address: str) -> Ending:
    bot = Bot(TOKEN, base_url=f"{address}/bot", request=Aiohttp())
    try:
        with pytest.raises(TelegramError) as caught:
            await call(bot, "sendMessage", {"chat_id": 1, "text": "Vítejte"}, WAIT)
    finally:
        await bot.request.shutdown()
    assert TOKEN not in repr(caught.value)
    return ending(caught.value)


@pytest.mark.parametrize("behaves", [hangs_up, says_nothing, breaks_off])
async def test_nobody_knows_whether_it_arrived(behaves: Behaviour) -> None:
    async with telegram(behaves) as port:
        assert await end_of_a_call(f"http://{HOST}:{port}") == Ending.AMBIGUOUS


async def test_nobody_listens() -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        port = taken.getsockname()[1]
        assert await end_of_a_call(f"http://{HOST}:{port}") == Ending.NOT_SENT


async def test_whoever_answers_does_not_speak_tls() -> None:
    async with telegram(hangs_up) as port:
        assert await end_of_a_call(f"https://{HOST}:{port}") == Ending.NOT_SENT


async def test_the_name_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> NoReturn:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert await end_of_a_call("https://telegram.invalid") == Ending.NOT_SENT
