"""A source is asked politely, and asked again only for what is new."""

import json
import logging

import pytest

from bot.sources.addresses import Refused, Why
from bot.sources.fetching import VERSION, Fetcher, Part, Request, Unreachable
from tests.house.sources import project
from tests.sources.server import Asked, Sources

FEED = "http://feeds.test/rss"
HOSTS = frozenset({"feeds.test", "www.feeds.test"})


def ask(url: str = FEED, **more: object) -> Request:
    return Request(url, allowed=HOSTS, **more)  # type: ignore[arg-type]


async def test_what_we_say_of_ourselves(sources: Sources, fetcher: Fetcher) -> None:
    sources.gives(FEED, b"<rss/>", kind="application/rss+xml")
    answer = await fetcher.fetch(ask())
    [asked] = sources.asked
    assert asked.headers["user-agent"] == f"Paprsek/{VERSION} (+https://cluster.test/contact)"
    assert asked.headers["accept-encoding"] == "gzip, deflate"
    assert "cookie" not in asked.headers
    assert (answer.status, answer.body, answer.kind) == (200, b"<rss/>", "application/rss+xml")
    assert answer.url == FEED


def test_the_version_is_that_of_the_project() -> None:
    assert project()["project"]["version"] == VERSION


async def test_nothing_new_is_nothing_sent(sources: Sources, fetcher: Fetcher) -> None:
    sources.gives(FEED, b"<rss/>", etag='"1"', modified="Mon, 01 Mar 2027 08:00:00 GMT")
    first = await fetcher.fetch(ask())
    again = await fetcher.fetch(ask(etag=first.etag, modified=first.modified))
    assert (first.unchanged, again.unchanged, again.body) == (False, True, b"")
    assert (again.etag, again.modified) == (first.etag, first.modified)
    sources.gives(FEED, b"<rss>2</rss>", etag='"2"')
    changed = await fetcher.fetch(ask(etag=again.etag))
    assert (changed.unchanged, changed.body, changed.etag) == (False, b"<rss>2</rss>", '"2"')


async def test_last_modified_alone_is_enough(sources: Sources, fetcher: Fetcher) -> None:
    sources.gives(FEED, b"<rss/>", modified="Mon, 01 Mar 2027 08:00:00 GMT")
    first = await fetcher.fetch(ask())
    assert first.etag is None
    assert (await fetcher.fetch(ask(modified=first.modified))).unchanged


async def test_unchanged_without_having_been_asked_is_no_answer(
    sources: Sources, fetcher: Fetcher
) -> None:
    sources.gives(FEED, b"", status=304)
    with pytest.raises(Unreachable) as failed:
        await fetcher.fetch(ask())
    assert failed.value.why == Why.STATUS


@pytest.mark.parametrize("packed", ["gzip", "deflate"])
async def test_packed_answers_are_unpacked(
    sources: Sources, fetcher: Fetcher, packed: str
) -> None:
    sources.gives(FEED, "Výzva č. 1".encode(), packed=packed)
    assert (await fetcher.fetch(ask())).body.decode() == "Výzva č. 1"


async def test_a_search_api_gets_its_file_parts(sources: Sources, fetcher: Fetcher) -> None:
    sources.gives("http://feeds.test/search", b"{}", kind="application/json")
    query = json.dumps({"bool": {"must": []}}).encode()
    parts = (Part("query", query), Part("languages", b'["en"]'))
    await fetcher.fetch(
        ask("http://feeds.test/search?apiKey=X&text=***", method="POST", parts=parts)
    )
    [asked] = sources.asked
    assert asked.method == "POST"
    assert asked.query == {"apiKey": "X", "text": "***"}
    assert asked.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert b'name="query"; filename="blob"' in asked.body
    assert b"Content-Type: application/json" in asked.body
    assert query in asked.body


async def test_a_body_is_sent_as_it_is(sources: Sources, fetcher: Fetcher) -> None:
    def echo(asked: Asked) -> bytes:
        return asked.headers["content-type"].encode() + b" " + asked.body

    sources.gives(FEED, echo)
    headers = {"Content-Type": "application/json"}
    answer = await fetcher.fetch(ask(method="POST", body=b'{"page":0}', headers=headers))
    assert answer.body == b'application/json {"page":0}'


async def test_a_redirect_is_followed_within_allowed_hosts(
    sources: Sources, fetcher: Fetcher
) -> None:
    sources.redirects(FEED, "http://www.feeds.test/new", 301)
    sources.gives("http://www.feeds.test/new", b"here")
    answer = await fetcher.fetch(ask(headers={"X-Key": "of feeds.test alone"}, etag='"1"'))
    assert (answer.body, answer.url) == (b"here", "http://www.feeds.test/new")
    assert "x-key" in sources.asked[0].headers
    assert "x-key" not in sources.asked[1].headers
    assert sources.asked[1].headers["if-none-match"] == '"1"'


@pytest.mark.parametrize(
    ("status", "method"), [(301, "GET"), (302, "GET"), (303, "GET"), (307, "POST"), (308, "POST")]
)
async def test_what_becomes_of_a_body(
    sources: Sources, fetcher: Fetcher, status: int, method: str
) -> None:
    sources.redirects(FEED, "new", status)
    sources.gives("http://feeds.test/new", b"here")
    parts = (Part("query", b"{}"),)
    await fetcher.fetch(ask(method="POST", parts=parts))
    assert sources.asked[1].method == method
    assert (b'name="query"' in sources.asked[1].body) == (method == "POST")


async def test_three_redirects_are_enough(sources: Sources, fetcher: Fetcher) -> None:
    sources.gives("http://feeds.test/0", b"here")
    for number in range(1, 5):
        sources.redirects(f"http://feeds.test/{number}", f"/{number - 1}")
    assert (await fetcher.fetch(ask("http://feeds.test/3"))).body == b"here"
    with pytest.raises(Refused) as refused:
        await fetcher.fetch(ask("http://feeds.test/4"))
    assert refused.value.why == Why.REDIRECTS


async def test_a_redirect_to_nowhere_in_particular(sources: Sources, fetcher: Fetcher) -> None:
    sources.fails(FEED, 302)
    with pytest.raises(Unreachable) as failed:
        await fetcher.fetch(ask())
    assert failed.value.why == Why.STATUS


async def test_the_host_that_would_have_to_be_allowed_is_named(
    sources: Sources, fetcher: Fetcher
) -> None:
    sources.redirects(FEED, "https://elsewhere.test/")
    with pytest.raises(Refused) as refused:
        await fetcher.fetch(ask())
    assert (refused.value.why, refused.value.host) == (Why.HOST, "elsewhere.test")


@pytest.mark.parametrize("status", [204, 206])
async def test_every_success_is_one(sources: Sources, fetcher: Fetcher, status: int) -> None:
    sources.gives(FEED, b"", status=status)
    assert (await fetcher.fetch(ask())).status == status


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 410, 429, 500, 502, 503])
async def test_an_error_page_is_no_answer(sources: Sources, fetcher: Fetcher, status: int) -> None:
    sources.fails(FEED, status)
    with pytest.raises(
        Unreachable, match=f"feeds.test answered with the status {status}"
    ) as failed:
        await fetcher.fetch(ask())
    assert (failed.value.why, failed.value.host) == (Why.STATUS, "feeds.test")


async def test_switched_off_means_nobody_is_asked(sources: Sources) -> None:
    fetcher = Fetcher(reach=sources.reach, enabled=False)
    with pytest.raises(Refused) as refused:
        await fetcher.fetch(ask())
    assert (refused.value.why, sources.asked) == (Why.OFF, [])


async def test_no_address_is_told_in_an_error_or_in_the_log(
    sources: Sources, fetcher: Fetcher, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for url in (f"{FEED}?apiKey=hush", "http://elsewhere.test/?apiKey=hush"):
        with pytest.raises((Refused, Unreachable)) as failed:
            await fetcher.fetch(ask(url))
        assert "hush" not in f"{failed.value!r} {failed.value.__cause__!r}"
    assert "hush" not in caplog.text
