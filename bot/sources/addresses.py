"""Which addresses may be asked: named hosts that somebody has allowed, and public ones only.

There are two gates. `checked` looks at what is written, before anything is resolved; `is_public`
looks at the number that the name has turned out to stand for.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

LONGEST = 2000  # characters of an address
PORTS = {"http": 80, "https": 443}
HOST = re.compile(
    r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]"
)
AT_HOME = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "arpa", "onion")
NOT_WRITTEN = re.compile(r"[\x00-\x20\x7f-\x9f\\\u2028\u2029\ud800-\udfff]")
# Beside what `ipaddress` knows, whose tables grow with Python: ranges that lead elsewhere.
NOT_PUBLIC_4 = tuple(
    ip_network(each)
    for each in (
        "0.0.0.0/8",
        "100.64.0.0/10",  # behind a carrier's translation
        "168.63.129.16/32",  # public by its number, a cloud's own host by its use
        "192.0.0.0/24",
        "192.88.99.0/24",  # relays of 6to4
        "198.18.0.0/15",
        "240.0.0.0/4",
    )
)
PUBLIC_6 = ip_network("2000::/3")
NOT_PUBLIC_6 = tuple(
    ip_network(each)
    for each in (
        "2001::/23",  # Teredo, ORCHID and other assignments of protocols
        "2001:db8::/32",
        "2002::/16",  # 6to4: holds any IPv4 address
        "3fff::/20",
    )
)
ISATAP = (0x00005EFE, 0x02005EFE)  # before an IPv4 address in the lower half


class Why(StrEnum):
    """What has kept us from an answer."""

    OFF = "off"
    ADDRESS = "address"  # it cannot be one
    HOST = "host"  # nobody has allowed it
    PRIVATE = "private"  # it leads into a network that is not public
    REDIRECTS = "redirects"
    SIZE = "size"
    ENCODING = "encoding"  # packed in a way that we have not asked for, or badly
    TIME = "time"
    NAME = "name"  # nobody knows it
    CONNECTION = "connection"
    CERTIFICATE = "certificate"
    STATUS = "status"


class Unfetched(Exception):
    """There is no answer. The message says why, in English, and names no more than a host."""

    def __init__(self, why: Why, message: str, *, host: str = "") -> None:
        super().__init__(message)
        self.why, self.host = why, host


class Refused(Unfetched):
    """We do not ask, or do not take what comes."""


@dataclass(frozen=True, slots=True)
class Address:
    """One that may be asked; `url` is written as it is to go out."""

    url: str
    scheme: str
    host: str
    port: int


def checked(url: str, allowed: Collection[str] | None) -> Address:
    """Raises `Refused`. `allowed` are exact hosts in lower case; None: any, to be resolved."""
    parts = _parts(url)
    host = _host(parts)
    port = _port(parts, host)
    if allowed is not None and host not in allowed:
        raise Refused(Why.HOST, f"{host} is not among the allowed hosts", host=host)
    place = host if port == PORTS[parts.scheme] else f"{host}:{port}"
    url = parts._replace(netloc=place, fragment="").geturl()
    return Address(url, parts.scheme, host, port)


def host_of(url: str) -> str:
    """The host of an address that may be one of a source. Raises `Refused`."""
    return checked(url, None).host


def as_host(written: str) -> str:
    """A host as it is kept among the allowed ones, from a name or an address of it. Raises
    `Refused`."""
    written = written.strip()
    return host_of(written if "/" in written else f"https://{written}/")


def _parts(url: str) -> SplitResult:
    if len(url) > LONGEST:
        raise Refused(Why.ADDRESS, f"the address is longer than {LONGEST} characters")
    if NOT_WRITTEN.search(url):
        raise Refused(Why.ADDRESS, "the address holds a character that no address has")
    try:
        parts = urlsplit(url)
    except ValueError:
        raise Refused(Why.ADDRESS, "this is not an address") from None
    if parts.scheme not in PORTS or not url.lower().startswith(f"{parts.scheme}://"):
        raise Refused(Why.ADDRESS, "an address begins with https:// or http://")
    return parts


def _host(parts: SplitResult) -> str:
    """Names only. An address in numbers, however it is written, does not end as a name does."""
    if "@" in parts.netloc:
        raise Refused(Why.ADDRESS, "the address holds a name or a password")
    host = parts.netloc.partition(":")[0].lower()
    if not HOST.fullmatch(host):
        raise Refused(Why.ADDRESS, "the host is not a name such as www.example.org")
    if host.rpartition(".")[2] in AT_HOME:
        raise Refused(Why.PRIVATE, f"{host} is a name inside a network", host=host)
    return host


def _port(parts: SplitResult, host: str) -> int:
    try:
        port = parts.port
    except ValueError:
        raise Refused(Why.ADDRESS, "the port is not a number", host=host) from None
    if port not in (None, *PORTS.values()):
        raise Refused(Why.ADDRESS, "the port is neither 80 nor 443", host=host)
    return port or PORTS[parts.scheme]


def is_public(number: str) -> bool:
    """Whether an IP address is somebody's on the public internet, and not one inside another."""
    try:
        address = ip_address(number)
    except ValueError:
        return False
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if isinstance(address, IPv4Address):
        return not any(address in network for network in NOT_PUBLIC_4)
    return _is_public_6(address)


def _is_public_6(address: IPv6Address) -> bool:
    if address.scope_id or address not in PUBLIC_6:
        return False
    if (int(address) >> 32) & 0xFFFFFFFF in ISATAP:
        return False
    return not any(address in network for network in NOT_PUBLIC_6)
