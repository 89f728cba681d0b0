"""Nothing that is written or redirected to leads us into a network that is not public."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.sources.addresses import Refused, Why, as_host, checked, host_of, is_public
from bot.sources.fetching import Fetcher, Request, Unreachable
from bot.sources.reach import PublicOnly
from tests.sources.reach import OnPort
from tests.sources.server import Sources

FORBIDDEN = json.loads((Path(__file__).parent / "forbidden.json").read_text(encoding="utf-8"))
WRITTEN: list[str] = FORBIDDEN["written"]
LEADING: dict[str, list[str]] = FORBIDDEN["leading"]
STRANGERS: list[str] = FORBIDDEN["strangers"]

ONLY = frozenset({"www.example.org"})


class Anything(frozenset[str]):
    """A manager who has allowed every host there is."""

    def __contains__(self, host: object) -> bool:
        return True


def test_the_list_is_long_enough() -> None:
    assert len({*WRITTEN, *LEADING, *STRANGERS}) > 300


async def refusal(fetcher: Fetcher, url: str, allowed: frozenset[str]) -> Why | None:
    """None: it was asked."""
    try:
        await fetcher.fetch(Request(url, allowed=allowed))
    except Refused as refused:
        return refused.why
    except Unreachable:
        return None
    return None


async def test_an_address_is_refused_before_its_name_is_asked_for() -> None:
    looked_up: list[str] = []

    async def lookup(host: str, port: int) -> Sequence[str]:
        looked_up.append(host)
        return ["127.0.0.1"]

    fetcher = Fetcher(reach=PublicOnly(lookup))
    whys = {url: await refusal(fetcher, url, Anything()) for url in WRITTEN}
    assert {url: why for url, why in whys.items() if why not in (Why.ADDRESS, Why.PRIVATE)} == {}
    assert looked_up == []


async def test_a_name_that_leads_inside_is_not_connected_to() -> None:
    async def lookup(host: str, port: int) -> Sequence[str]:
        return next(numbers for url, numbers in LEADING.items() if host in url)

    fetcher = Fetcher(reach=PublicOnly(lookup))
    whys = {url: await refusal(fetcher, url, Anything()) for url in LEADING}
    assert {url: why for url, why in whys.items() if why != Why.PRIVATE} == {}


async def test_a_host_that_only_looks_like_an_allowed_one() -> None:
    whys = {url: await refusal(Fetcher(), url, ONLY) for url in STRANGERS}
    assert {url: why for url, why in whys.items() if why != Why.HOST} == {}


async def test_a_redirect_leads_nowhere_else(sources: Sources) -> None:
    """What is no address of its own may be a path of the same host; there is nothing there."""
    fetcher = Fetcher(reach=sources.reach)
    for url in (*WRITTEN, *LEADING, *STRANGERS):
        if url.isprintable() and url.strip():  # as a header can say it
            sources.redirects("http://www.example.org/go", url)
            await refusal(fetcher, "http://www.example.org/go", ONLY)
    assert {asked.host for asked in sources.asked} == {"www.example.org"}
    assert sum(asked.path == "/go" for asked in sources.asked) > 300


@pytest.mark.parametrize(
    "number",
    ["93.184.215.14", "8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "2a00:1450:4014::200e"],
)
def test_public_numbers_are(number: str) -> None:
    assert is_public(number)


@pytest.mark.parametrize(
    ("url", "goes_out"),
    [
        ("https://www.example.org", "https://www.example.org"),
        ("HTTPS://WWW.Example.ORG:443/A?b=C#d", "https://www.example.org/A?b=C"),
        ("http://example.org:443/", "http://example.org:443/"),
        ("http://example.org:80/x", "http://example.org/x"),
        ("https://xn--exmple-cua.org/výzvy", "https://xn--exmple-cua.org/výzvy"),
        ("https://1.example.org/", "https://1.example.org/"),
        ("https://example.xn--p1ai/", "https://example.xn--p1ai/"),
    ],
)
def test_an_address_that_may_be_asked(url: str, goes_out: str) -> None:
    assert checked(url, None).url == goes_out


def test_a_host_is_taken_as_a_name_or_as_an_address() -> None:
    assert as_host(" WWW.Example.org ") == "www.example.org"
    assert as_host("https://www.example.org/calls?open") == "www.example.org"
    assert host_of("https://www.example.org:443/") == "www.example.org"
    with pytest.raises(Refused):
        as_host("10.0.0.1")


async def test_a_name_is_resolved_once_and_that_number_is_connected_to(sources: Sources) -> None:
    """A name server that says something else the second time has nobody who asks it."""
    answers = iter([["127.0.0.1"], ["169.254.169.254"]])
    given: list[str] = []

    async def lookup(host: str, port: int) -> Sequence[str]:
        given.extend(next(answers))
        return given[-1:]

    assert sources.reach.elsewhere is not None
    public = PublicOnly(lookup, admits=lambda number: number == "127.0.0.1")
    fetcher = Fetcher(reach=OnPort(public, sources.reach.elsewhere[1]))
    sources.gives("http://rebinding.test/", b"public")
    ask = Request("http://rebinding.test/", allowed=frozenset({"rebinding.test"}))
    answer = await fetcher.fetch(ask)
    assert (answer.body, given) == (b"public", ["127.0.0.1"])
    assert sources.asked[0].host == "rebinding.test"
    with pytest.raises(Refused) as refused:
        await fetcher.fetch(ask)
    assert refused.value.why == Why.PRIVATE
    assert len(sources.asked) == 1


async def test_a_redirect_to_the_same_name_is_looked_at_again(sources: Sources) -> None:
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])

    async def lookup(host: str, port: int) -> Sequence[str]:
        return next(answers)

    assert sources.reach.elsewhere is not None
    public = PublicOnly(lookup, admits=lambda number: number == "127.0.0.1")
    fetcher = Fetcher(reach=OnPort(public, sources.reach.elsewhere[1]))
    sources.redirects("http://rebinding.test/", "/inside")
    with pytest.raises(Refused) as refused:
        await fetcher.fetch(
            Request("http://rebinding.test/", allowed=frozenset({"rebinding.test"}))
        )
    assert refused.value.why == Why.PRIVATE
    assert [asked.path for asked in sources.asked] == ["/"]


async def test_environment_proxies_are_not_used(
    sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    sources.gives("http://www.example.org/", b"straight")
    ask = Request("http://www.example.org/", allowed=ONLY)
    assert (await Fetcher(reach=sources.reach).fetch(ask)).body == b"straight"
