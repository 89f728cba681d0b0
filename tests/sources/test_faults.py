"""A source that hangs, lies, floods or breaks off costs us a moment and a few megabytes."""

import asyncio
import socket
import ssl
import subprocess
import tracemalloc
from pathlib import Path

import pytest

from bot.sources.addresses import Refused, Unfetched, Why
from bot.sources.fetching import Fetcher, Request, Unreachable
from tests.programs import program
from tests.sources.reach import Reach
from tests.sources.server import Sources

URL = "http://feeds.test/rss"
SECRET = "https://feeds.test/rss"
HOSTS = frozenset({"feeds.test"})
MOST = 2**20
TWO_GIGABYTES = 2**31


async def failure(fetcher: Fetcher, request: Request) -> Unfetched:
    with pytest.raises(Unfetched) as failed:
        await fetcher.fetch(request)
    return failed.value


@pytest.mark.parametrize("fault", ["hangs", "drips"])
async def test_time_is_up(sources: Sources, fetcher: Fetcher, fault: str) -> None:
    getattr(sources, fault)(URL)
    error = await failure(fetcher, Request(URL, allowed=HOSTS, timeout=0.2))
    assert isinstance(error, Unreachable)
    assert error.why == Why.TIME
    assert str(error) == "feeds.test did not answer within 0.2 seconds"


async def test_time_is_up_over_redirects_too(sources: Sources, fetcher: Fetcher) -> None:
    sources.redirects(URL, "/slow")
    sources.hangs("http://feeds.test/slow")
    error = await failure(fetcher, Request(URL, allowed=HOSTS, timeout=0.2))
    assert error.why == Why.TIME


async def test_whoever_stops_us_is_not_taken_for_a_slow_source(
    sources: Sources, fetcher: Fetcher
) -> None:
    sources.hangs(URL)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await fetcher.fetch(Request(URL, allowed=HOSTS, timeout=30))


@pytest.mark.parametrize(("packed", "told"), [(False, False), (False, True), (True, False)])
async def test_two_gigabytes(sources: Sources, fetcher: Fetcher, packed: bool, told: bool) -> None:
    sources.pours(URL, TWO_GIGABYTES, packed=packed, told=told)
    tracemalloc.start()
    try:
        error = await failure(fetcher, Request(URL, allowed=HOSTS, limit=MOST))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (type(error), error.why) == (Refused, Why.SIZE)
    assert str(error) == "the answer is larger than 1 MB"
    assert peak < 8 * MOST


async def test_exactly_as_much_as_is_allowed(sources: Sources, fetcher: Fetcher) -> None:
    for packed in ("", "gzip", "deflate"):
        sources.gives(URL, b"x" * MOST, packed=packed)
        answer = await fetcher.fetch(Request(URL, allowed=HOSTS, limit=MOST))
        assert len(answer.body) == MOST
        sources.gives(URL, b"x" * (MOST + 1), packed=packed)
        error = await failure(fetcher, Request(URL, allowed=HOSTS, limit=MOST))
        assert error.why == Why.SIZE


async def test_less_than_was_promised(sources: Sources, fetcher: Fetcher) -> None:
    sources.cuts(URL, b"<rss><channel>")
    assert (await failure(fetcher, Request(URL, allowed=HOSTS))).why == Why.CONNECTION


async def test_the_line_goes_dead(sources: Sources, fetcher: Fetcher) -> None:
    sources.resets(URL)
    assert (await failure(fetcher, Request(URL, allowed=HOSTS))).why == Why.CONNECTION


@pytest.mark.parametrize("packed", ["br", "zstd", "compress", "gzip, gzip", "exi"])
async def test_packed_otherwise_than_asked(
    sources: Sources, fetcher: Fetcher, packed: str
) -> None:
    sources.gives(URL, b"\x8b\x00", packed=packed)
    assert (await failure(fetcher, Request(URL, allowed=HOSTS))).why == Why.ENCODING


async def test_not_packed_although_it_says_so(sources: Sources, fetcher: Fetcher) -> None:
    sources.gives(URL, b"<rss/>", headers={"Content-Encoding": "gzip"})
    assert (await failure(fetcher, Request(URL, allowed=HOSTS))).why == Why.ENCODING


async def test_a_redirect_in_a_circle(sources: Sources, fetcher: Fetcher) -> None:
    sources.redirects(URL, URL)
    error = await failure(fetcher, Request(URL, allowed=HOSTS))
    assert (error.why, len(sources.asked)) == (Why.REDIRECTS, 4)


async def test_a_name_that_nobody_knows(fetcher: Fetcher) -> None:
    error = await failure(fetcher, Request(URL, allowed=HOSTS))
    assert (error.why, str(error)) == (Why.NAME, "nobody knows the name feeds.test")


async def test_nobody_listens(reach: Reach, fetcher: Fetcher) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        reach.elsewhere = listener.getsockname()
    assert (await failure(fetcher, Request(URL, allowed=HOSTS))).why == Why.CONNECTION


@pytest.mark.parametrize(
    "said", [b"", b"\x00\xff" * 50, b"SSH-2.0-OpenSSH_9\r\n", b"HTTP/1.1 200 OK\r\nX" * 4000]
)
async def test_something_else_listens(reach: Reach, fetcher: Fetcher, said: bytes) -> None:
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(said)
        writer.close()

    async with await asyncio.start_server(speak, "127.0.0.1", 0) as server:
        reach.elsewhere = server.sockets[0].getsockname()
        error = await failure(fetcher, Request(URL, allowed=HOSTS))
        assert error.why == Why.CONNECTION


async def test_a_redirect_that_is_no_text(reach: Reach, fetcher: Fetcher) -> None:
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 302 Found\r\nLocation: /v\xfd\xff\r\nContent-Length: 0\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(speak, "127.0.0.1", 0) as server:
        reach.elsewhere = server.sockets[0].getsockname()
        assert (await failure(fetcher, Request(URL, allowed=HOSTS))).why == Why.ADDRESS


async def test_a_header_that_would_be_two_is_not_sent(sources: Sources, fetcher: Fetcher) -> None:
    twice = Request(URL, headers={"X-Key": "a\r\nX-Other: b"}, allowed=HOSTS)
    assert (await failure(fetcher, twice)).why == Why.ADDRESS
    assert sources.asked == []


async def test_https_asks_for_the_name(reach: Reach, fetcher: Fetcher) -> None:
    """The connection goes to a number; what is to be proved is still the name."""
    named: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)

    def hear(_socket: ssl.SSLObject, name: str | None, _context: ssl.SSLContext) -> None:
        named.append(name)

    context.sni_callback = hear
    async with await asyncio.start_server(_say_nothing, "127.0.0.1", 0, ssl=context) as server:
        reach.elsewhere = server.sockets[0].getsockname()
        await failure(fetcher, Request(SECRET, allowed=HOSTS))
    assert named == ["feeds.test"]


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """One that says it is the source's, and is nobody's; and its key."""
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    make = [program("openssl"), "req", "-x509", "-newkey", "ec", "-nodes"]
    make += ["-pkeyopt", "ec_paramgen_curve:P-256", "-subj", "/CN=feeds.test"]
    make += ["-addext", "subjectAltName=DNS:feeds.test"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*make, *files], check=True, capture_output=True)
    return certificate, key


async def test_a_certificate_that_nobody_vouches_for(
    reach: Reach, fetcher: Fetcher, certificate: tuple[Path, Path]
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    async with await asyncio.start_server(_say_nothing, "127.0.0.1", 0, ssl=context) as server:
        reach.elsewhere = server.sockets[0].getsockname()
        error = await failure(fetcher, Request(SECRET, allowed=HOSTS))
    assert error.why == Why.CERTIFICATE


async def test_no_encryption_where_there_should_be(sources: Sources, fetcher: Fetcher) -> None:
    error = await failure(fetcher, Request(SECRET, allowed=HOSTS))
    assert (error.why, sources.asked) == (Why.CERTIFICATE, [])


async def _say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()
