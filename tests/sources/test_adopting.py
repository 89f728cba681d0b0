"""The configuration begins, the chat goes on: a restart undoes nothing that a manager did."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot import app as house
from bot.app import App
from bot.config import Config, Fetching
from bot.config import Source as Configured
from bot.demonstration import for_sandbox
from bot.domain.calls.sources import HEAD_START, Wanted, adopt
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.wire import InProcess
from bot.sources.fetching import Fetcher
from storage.calls import asking
from storage.calls.sources import AllowedHost, Form, Source
from tests.conftest import NOW

UKRI = Wanted("ukri", "UKRI", Form.FEED, "https://www.ukri.example/feed/", {"words": ["laser"]})
JDP = Wanted("jdp", "Ministry", Form.JDP, "https://jdp.example.org/api")


async def sources(app: App) -> dict[str, Source]:
    async with app.db.reading() as session:
        return {each.code: each for each in await asking.all_sources(session)}


async def hosts(app: App) -> set[str]:
    async with app.db.reading() as session:
        return set(await asking.hosts(session))


async def restart(app: App, *wanted: Wanted, hosts: Sequence[str] = ()) -> None:
    async with app.db.writing() as session:
        await adopt(session, wanted, hosts, NOW)


async def in_the_chat(app: App, code: str, **changes: object) -> None:
    async with app.db.writing() as session:
        [source] = [each for each in await asking.all_sources(session) if each.code == code]
        for key, value in changes.items():
            setattr(source, key, value)
        session.add(source)


@pytest.mark.postgres
async def test_what_is_written_becomes_a_source(app: App) -> None:
    await restart(app, UKRI, JDP)
    found = await sources(app)
    ukri = found["ukri"]
    assert (ukri.name, ukri.form, ukri.address) == (UKRI.name, Form.FEED, UKRI.address)
    assert (ukri.settings, ukri.active, ukri.trusted) == ({"words": ["laser"]}, True, False)
    assert [each.next_at for each in found.values()] == [NOW + HEAD_START, NOW + 2 * HEAD_START]


@pytest.mark.postgres
async def test_twice_is_as_good_as_once(app: App) -> None:
    await restart(app, UKRI)
    first = (await sources(app))["ukri"].model_dump()
    await restart(app, UKRI)
    assert (await sources(app))["ukri"].model_dump() == first


async def test_what_the_chat_has_changed_stays(app: App) -> None:
    await restart(app, UKRI)
    await in_the_chat(app, "ukri", active=False, every=240)
    await restart(app, replace(UKRI, name="UK Research", every=30))
    ukri = (await sources(app))["ukri"]
    assert (ukri.active, ukri.every, ukri.name) == (False, 240, "UK Research")


async def test_what_the_chat_has_set_back_follows_again(app: App) -> None:
    await restart(app, UKRI)
    await in_the_chat(app, "ukri", active=False)
    await restart(app, UKRI)
    await in_the_chat(app, "ukri", active=True)
    await restart(app, replace(UKRI, active=False))
    assert not (await sources(app))["ukri"].active


async def test_another_address_is_read_from_the_beginning(app: App) -> None:
    await restart(app, UKRI)
    await in_the_chat(app, "ukri", etag='"1"', modified="yesterday")
    await restart(app, replace(UKRI, name="Renamed"))
    assert (await sources(app))["ukri"].etag == '"1"'
    await restart(app, replace(UKRI, address="https://www.ukri.example/new/"))
    ukri = (await sources(app))["ukri"]
    assert (ukri.etag, ukri.modified) == (None, None)


async def test_what_is_dropped_is_switched_off_and_kept(app: App) -> None:
    await restart(app, UKRI, JDP)
    await restart(app, JDP)
    found = await sources(app)
    assert (found["ukri"].active, found["jdp"].active) == (False, True)
    await in_the_chat(app, "ukri", active=True)
    await restart(app, JDP)
    assert (await sources(app))["ukri"].active


async def test_what_only_the_chat_knows_is_left_alone(app: App) -> None:
    async with app.db.writing() as session:
        session.add(Source(code="hand", name="By hand", form=Form.HAND))
    await restart(app, UKRI)
    await restart(app)
    assert (await sources(app))["hand"].active


async def test_a_host_that_the_chat_has_withdrawn_does_not_come_back(app: App) -> None:
    await restart(app, hosts=["www.example.org", "other.example.org"])
    assert await hosts(app) == {"www.example.org", "other.example.org"}
    async with app.db.writing() as session:
        await session.delete(await session.get_one(AllowedHost, "www.example.org"))
    await restart(app, hosts=["www.example.org", "third.example.org"])
    assert await hosts(app) == {"other.example.org", "third.example.org"}
    await restart(app)
    await restart(app, hosts=["www.example.org"])
    assert "www.example.org" in await hosts(app)


async def test_the_house_starts_with_what_is_configured(
    config: Config, sandbox: Sandbox, fetcher: Fetcher
) -> None:
    one = Configured(code="one", name="One", form="feed", address="https://one.example.org/")
    fetching = Fetching(hosts=("more.example.org",))
    set_up = config.model_copy(update={"sources": (one,), "fetching": fetching})
    app = house.build(set_up, telegram=InProcess(sandbox), fetcher=fetcher, limits=False)
    try:
        await app.start()
        assert set(await sources(app)) == {"one"}
        assert await hosts(app) == {"one.example.org", "more.example.org"}
    finally:
        await app.stop()


def test_the_sandbox_asks_nobody(config: Config) -> None:
    one = Configured(code="one", name="One", form="feed", address="https://one.example.org/")
    played = for_sandbox(config.model_copy(update={"sources": (one,)}), 8080)
    assert not played.fetching.enabled
    assert [each.active for each in played.sources] == [False]


async def test_first_readings_are_not_all_at_once(app: App) -> None:
    many = [replace(UKRI, code=f"s{number}") for number in range(30)]
    await restart(app, *many)
    first = sorted(each.next_at for each in (await sources(app)).values() if each.next_at)
    assert first[-1] - first[0] == 29 * timedelta(minutes=5)
