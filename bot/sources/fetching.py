"""Asking a source over HTTP, politely and without trusting it.

One `fetch` is one connection pool: nothing of a source (cookies, kept connections, known
numbers) is left for the next. Limits count what has been unpacked, while it is being read.
"""

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal
from urllib.parse import urljoin

import aiohttp
from aiohttp.abc import AbstractResolver

from bot.sources.addresses import Address, Refused, Unfetched, Why, checked
from bot.sources.packing import Taking, too_big
from bot.sources.reach import PublicOnly

MOST = 8 * 2**20  # bytes, unpacked
REDIRECTS = 3
CONNECT = 10.0  # seconds
CHUNK = 2**16
VERSION = "0.1.0"
MOVED = (301, 302, 303, 307, 308)
KEEPS_THE_METHOD = (307, 308)
NOT_MODIFIED = 304
LONGEST_MARK = 1000  # characters of an ETag that is worth keeping


class Unreachable(Unfetched):
    """Asked, but without an answer of use."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file part of a form."""

    name: str
    content: bytes
    filename: str = "blob"
    kind: str = "application/json"


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask. Without `allowed` hosts nothing is asked; a body is sent as its headers say.

    `etag` and `modified` are those of the last answer; `limit` is in bytes, unpacked, `timeout`
    in seconds for all of it, redirects and body included.
    """

    url: str
    method: Literal["GET", "POST"] = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    parts: tuple[Part, ...] = ()
    etag: str | None = None
    modified: str | None = None
    allowed: frozenset[str] = frozenset()
    limit: int = MOST
    timeout: float = 20.0


@dataclass(frozen=True, slots=True)
class Answer:
    """`unchanged`: the source has nothing new since `etag` or `modified`, and sent no body."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)  # names in lower case
    url: str = ""  # where it came from in the end
    etag: str | None = None
    modified: str | None = None
    unchanged: bool = False

    @property
    def kind(self) -> str:
        """As it was said in Content-Type, with its charset."""
        return self.headers.get("content-type", "")


class Fetcher:
    """`contact` tells a source's keepers whom to write to: an address of a page or a mailbox."""

    def __init__(
        self,
        contact: str = "",
        *,
        enabled: bool = True,
        reach: AbstractResolver | None = None,
    ) -> None:
        self.enabled = enabled
        self._reach = reach or PublicOnly()
        self._agent = f"Paprsek/{VERSION} (+{contact})" if contact else f"Paprsek/{VERSION}"

    async def fetch(self, request: Request) -> Answer:
        """Raises `Refused` and `Unreachable`, and for any status that is no success."""
        if not self.enabled:
            raise Refused(Why.OFF, "fetching is switched off here")
        address = checked(request.url, request.allowed)
        try:
            async with asyncio.timeout(request.timeout), self._session(request) as session:
                return await self._follow(session, request, address)
        except TimeoutError:
            words = f"{address.host} did not answer within {request.timeout:g} seconds"
            raise Unreachable(Why.TIME, words, host=address.host) from None

    def _session(self, request: Request) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            resolver=self._reach, use_dns_cache=False, force_close=True, limit=1
        )
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT),
            headers={"User-Agent": self._agent, "Accept-Encoding": "gzip, deflate"},
            skip_auto_headers={"Accept-Encoding"},
            auto_decompress=False,
            trust_env=False,
            raise_for_status=False,
        )

    async def _follow(
        self, session: aiohttp.ClientSession, request: Request, first: Address
    ) -> Answer:
        address, sending = first, _sending(request)
        for _ in range(REDIRECTS + 1):
            got = await _ask(session, address, sending, request)
            if isinstance(got, Answer):
                return got
            to = checked(_joined(address.url, got.to), request.allowed)
            sending = sending.after(got.status, same_host=to.host == address.host)
            address = to
        words = f"{first.host} redirects more than {REDIRECTS} times"
        raise Refused(Why.REDIRECTS, words, host=first.host)


@dataclass(frozen=True, slots=True)
class Moved:
    status: int
    to: str


@dataclass(frozen=True, slots=True)
class Sending:
    """What goes to one host of a row of redirects."""

    method: str
    headers: Mapping[str, str]
    marks: Mapping[str, str]  # by which the source sees whether we know its answer already
    body: bytes | None
    parts: tuple[Part, ...]

    def after(self, status: int, *, same_host: bool) -> "Sending":
        """What goes on to where it leads: no header of ours that another host need not see."""
        headers = self.headers if same_host else _plain(self.headers)
        if status in KEEPS_THE_METHOD:
            return replace(self, headers=headers)
        headers = {name: headers[name] for name in headers if name.lower() != "content-type"}
        return replace(self, method="GET", headers=headers, body=None, parts=())

    @property
    def data(self) -> bytes | aiohttp.FormData | None:
        if not self.parts:
            return self.body
        form = aiohttp.FormData()
        for part in self.parts:
            form.add_field(part.name, part.content, filename=part.filename, content_type=part.kind)
        return form


def _sending(request: Request) -> Sending:
    marks = {"If-None-Match": request.etag, "If-Modified-Since": request.modified}
    return Sending(
        request.method,
        request.headers,
        {name: value for name, value in marks.items() if value},
        request.body,
        request.parts,
    )


def _joined(url: str, to: str) -> str:
    """Where a redirect leads; what cannot be put together is left for the gate to refuse."""
    try:
        return urljoin(url, to)
    except ValueError:
        return to


def _plain(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: headers[name] for name in headers if name.lower() in ("accept", "content-type")}


async def _ask(
    session: aiohttp.ClientSession, address: Address, sending: Sending, request: Request
) -> Answer | Moved:
    host = address.host
    try:
        async with session.request(
            sending.method,
            address.url,
            headers={**sending.headers, **sending.marks},
            data=sending.data,
            allow_redirects=False,
        ) as response:
            if response.status in MOVED and "Location" in response.headers:
                return Moved(response.status, response.headers["Location"])
            return await _answer(response, address, sending, request.limit)
    except aiohttp.ClientConnectorDNSError:
        raise Unreachable(Why.NAME, f"nobody knows the name {host}", host=host) from None
    except (aiohttp.ClientSSLError, ssl.SSLError):
        words = f"{host} does not prove with a certificate that it is {host}"
        raise Unreachable(Why.CERTIFICATE, words, host=host) from None
    except ValueError:
        raise Refused(Why.ADDRESS, "this cannot be asked over HTTP", host=host) from None
    except TimeoutError:
        raise Unreachable(Why.TIME, f"{host} did not answer in time", host=host) from None
    except (aiohttp.ClientError, OSError):
        words = f"the connection to {host} failed"
        raise Unreachable(Why.CONNECTION, words, host=host) from None


async def _answer(
    response: aiohttp.ClientResponse, address: Address, sending: Sending, limit: int
) -> Answer:
    status = response.status
    headers = {name.lower(): value for name, value in response.headers.items()}
    etag, modified = _mark(headers.get("etag")), _mark(headers.get("last-modified"))
    if status == NOT_MODIFIED and sending.marks:
        etag = etag or sending.marks.get("If-None-Match")
        modified = modified or sending.marks.get("If-Modified-Since")
        return Answer(status, b"", headers, address.url, etag, modified, unchanged=True)
    if not 200 <= status < 300:
        words = f"{address.host} answered with the status {status}"
        raise Unreachable(Why.STATUS, words, host=address.host)
    body = await _body(response, headers, limit)
    return Answer(status, body, headers, address.url, etag, modified)


async def _body(response: aiohttp.ClientResponse, headers: Mapping[str, str], limit: int) -> bytes:
    if (response.content_length or 0) > limit:
        raise too_big(limit)
    taking = Taking(headers.get("content-encoding", ""), limit)
    async for piece in response.content.iter_chunked(CHUNK):
        taking.feed(piece)
    return taking.whole()


def _mark(said: str | None) -> str | None:
    """What we give back to the source with the next request, if it is one to be kept."""
    return said if said and len(said) <= LONGEST_MARK and said.isprintable() else None
