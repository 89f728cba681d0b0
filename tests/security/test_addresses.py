"""Two hundred spellings of addresses inside a network, and ways to be led to one: none works."""

from collections.abc import Iterator, Sequence
from ipaddress import IPv4Address

import pytest

from bot.sources.addresses import Refused, Why, checked, is_public
from bot.sources.fetching import Fetcher, Request, Unreachable
from bot.sources.reach import PublicOnly
from tests.sources.server import Sources

INSIDE = (
    *("127.0.0.1", "10.0.0.5", "172.16.9.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
    *("0.0.0.0", "168.63.129.16", "192.0.0.192", "198.18.0.1", "224.0.0.1", "255.255.255.255"),
)
HOSTS = frozenset({"www.example.org", "other.example.org"})


def written(number: str) -> Iterator[str]:
    """As somebody may write it who hopes that we do not see what it is."""
    address = IPv4Address(number)
    a, b, c, d = address.packed
    whole, half = int(address), f"{a * 256 + b:x}:{c * 256 + d:x}"
    yield from (
        f"http://{number}/",
        f"https://{number}:443/",
        f"http://{whole}/",
        f"http://0x{whole:08x}/",
        f"http://0{whole:o}/",
        f"http://0x{a:x}.0x{b:x}.0x{c:x}.0x{d:x}/",
        f"http://0{a:o}.0{b:o}.0{c:o}.0{d:o}/",
        f"http://{a}.{b * 65536 + c * 256 + d}/",
        f"http://{number}./",
        f"http://[::ffff:{number}]/",
        f"http://[::ffff:{half}]/",
        f"http://[64:ff9b::{half}]/",
        f"http://[2002:{half}::1]/",
        f"http://[::{half}]/",
        f"http://www.example.org@{number}/",
        f"http://{number}#@www.example.org/",
        f"http://www.example.org:80@{number}/",
        f"http://www.example.org\\@{number}/",
        f"http://{number.replace('.', '。')}/",
        "http://{}/".format("".join(chr(ord(x) + 0xFEE0) if x.isdigit() else x for x in number)),
        f"http://%{ord(number[0]):x}{number[1:]}/",
        f"http://{number}:22/",
        f"gopher://{number}/",
        f"//{number}/",
    )


WRITTEN = [url for number in INSIDE for url in written(number)]
PORTS = [
    f"http://www.example.org:{port}/"
    for port in (0, 21, 22, 25, 81, 3306, 5432, 6379, 8080, 65536)
]
HOLDING = "{0} ::ffff:{0} 64:ff9b::{1} 64:ff9b:1::{1} 2002:{1}::1 2001:0:1:1::{1} 2a00::5efe:{1}"


def test_there_are_enough() -> None:
    assert len({*WRITTEN, *PORTS}) >= 200


@pytest.mark.parametrize("number", INSIDE)
def test_no_spelling_is_taken(number: str) -> None:
    for url in written(number):
        with pytest.raises(Refused):
            checked(url, None)


@pytest.mark.parametrize("url", PORTS)
def test_no_other_port_is_taken(url: str) -> None:
    with pytest.raises(Refused):
        checked(url, None)


@pytest.mark.parametrize("number", INSIDE)
def test_no_number_that_holds_one_is_public(number: str) -> None:
    a, b, c, d = IPv4Address(number).packed
    half = f"{a * 256 + b:x}:{c * 256 + d:x}"
    assert [each for each in HOLDING.format(number, half).split() if is_public(each)] == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("steps", [1, 3])
async def test_a_chain_of_redirects_leads_nowhere_inside(
    status: int, steps: int, sources: Sources
) -> None:
    fetcher = Fetcher(reach=sources.reach)
    for end in WRITTEN[::11]:
        if not end.isprintable() or not end.isascii():
            continue
        for step in range(steps):
            host = ("www", "other")[step % 2]
            following = f"http://{('other', 'www')[step % 2]}.example.org/{step + 1}"
            sources.redirects(
                f"http://{host}.example.org/{step}",
                end if step == steps - 1 else following,
                status,
            )
        sources.asked.clear()
        with pytest.raises((Refused, Unreachable)):
            await fetcher.fetch(Request("http://www.example.org/0", allowed=HOSTS))
        assert {asked.host for asked in sources.asked} <= HOSTS
        assert len(sources.asked) <= steps + 1


@pytest.mark.parametrize("place", range(3))
async def test_one_private_number_among_public_ones_is_enough(place: int) -> None:
    numbers = ["93.184.215.14", "2606:4700:4700::1111"]
    numbers.insert(place, "169.254.169.254")

    async def lookup(host: str, port: int) -> Sequence[str]:
        return numbers

    with pytest.raises(Refused) as refused:
        await Fetcher(reach=PublicOnly(lookup)).fetch(
            Request("http://www.example.org/", allowed=HOSTS)
        )
    assert refused.value.why == Why.PRIVATE
