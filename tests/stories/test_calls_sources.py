"""The manager's sources: what each is doing, on and off, trusted, read now, and whom they ask."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.app import App
from handlers.calls.source_ways import ListHosts, OpenSource
from handlers.calls.ways import ListSources, OpenCallHistory
from storage.audit import Audit
from storage.calls.records import Stage
from storage.calls.sources import Form
from tests.actors import Actor
from tests.conftest import NOW
from tests.sources.server import Sources
from tests.stories.afterwards import Wait
from tests.stories.calls import add_pillars
from tests.stories.reading import ADDRESS, Ministry, add_source, calls, row, the_source

HOUR = timedelta(hours=1)


@pytest.fixture
def ministry(sources: Sources) -> Ministry:
    played = Ministry(sources)
    played.has(*(row(f"V{number:02}") for number in range(10)))
    return played


async def deeds(app: App) -> list[str]:
    async with app.db.reading() as session:
        return [each.action for each in (await session.exec(select(Audit))).all()]


async def test_a_source_in_one_glance(
    app: App, ministry: Ministry, manager: Actor, wait: Wait
) -> None:
    key = await add_source(app)
    await manager.presses_data(ListSources().pack())
    assert "🕐 Ministerstvo · zatím nečteno" in manager.screen
    await wait(HOUR)
    await manager.presses_data(ListSources().pack())
    assert "🟢 Ministerstvo · 10 položek, čteno: pondělí 1. 3. 2027 10:00" in manager.screen
    await manager.presses("🟢 Ministerstvo")
    assert "nalezeno 10, nových 10, změn 0" in manager.screen
    assert "Další čtení: pondělí 1. 3. 2027 11:00" in manager.screen
    ministry.has(row("V00"))
    await wait(HOUR)
    await manager.presses_data(OpenSource(key).pack())
    assert "🔴 Nefunguje, jak má. Začátek: pondělí 1. 3. 2027 11:00." in manager.screen
    assert "dává příliš málo: 1/10" in manager.screen


async def test_off_is_off_and_on_is_read_at_once(
    app: App, ministry: Ministry, sources: Sources, manager: Actor, wait: Wait
) -> None:
    key = await add_source(app)
    await manager.presses_data(OpenSource(key).pack())
    await manager.presses("⏸ Vypnout")
    await wait(HOUR)
    assert sources.asked == []
    assert "Vypnuto: nečtu ho." in manager.screen
    await manager.presses("▶️ Zapnout")
    await wait(timedelta(minutes=2))
    assert len(sources.asked) == 1
    assert await deeds(app) == ["source.off", "source.on"]


async def test_read_now_says_how_it_went(
    app: App, ministry: Ministry, manager: Actor, wait: Wait
) -> None:
    key = await add_source(app, next_at=NOW + HOUR)
    await manager.presses_data(OpenSource(key).pack())
    await manager.presses("🔄 Přečíst teď")
    assert "Nalezeno 10, nových 10, změn 0." in manager.heard[-1]


async def test_what_is_being_read_is_not_begun_again(
    app: App, ministry: Ministry, manager: Actor
) -> None:
    key = await add_source(app, next_at=NOW + HOUR)
    app.errands.step = _never  # type: ignore[method-assign]
    await manager.presses_data(OpenSource(key).pack())
    await manager.presses("🔄 Přečíst teď")
    assert "🔄 Přečíst teď" not in manager.buttons
    await manager.presses_data(f"ca.so.now:{key}")
    assert manager.toast == "Tento zdroj se právě čte."


async def _never() -> int:
    return 0


async def test_a_trusted_source_needs_a_second_yes_and_then_none(
    app: App, ministry: Ministry, manager: Actor, wait: Wait
) -> None:
    await add_pillars(app, "Lasery a laserové technologie")
    key = await add_source(app)
    await manager.presses_data(OpenSource(key).pack())
    await manager.presses("🤝 Důvěřovat")
    assert not (await the_source(app)).trusted
    await manager.presses("Ano, důvěřovat")
    assert (await the_source(app)).trusted
    await wait(HOUR)
    assert {call.stage for call in await calls(app)} == {Stage.SENT}


async def test_without_trust_calls_wait_for_a_yes(
    app: App, ministry: Ministry, wait: Wait
) -> None:
    await add_pillars(app, "Lasery a laserové technologie")
    await add_source(app)
    await wait(HOUR)
    assert {call.stage for call in await calls(app)} == {Stage.WAITING}


async def test_the_manager_may_say_that_less_is_all_there_is(
    app: App, ministry: Ministry, manager: Actor, wait: Wait
) -> None:
    key = await add_source(app)
    await wait(HOUR)
    ministry.has(row("V00"), row("V77"))
    await wait(HOUR)
    await manager.presses_data(OpenSource(key).pack())
    await manager.presses("👌 Víc jich už nedává")
    await wait(timedelta(minutes=2))
    source = await the_source(app)
    assert (source.degraded_since, source.usual) == (None, 2)
    assert "V77" in [call.code for call in await calls(app)]


async def test_hosts_are_allowed_one_by_one(
    app: App, ministry: Ministry, sources: Sources, manager: Actor, wait: Wait
) -> None:
    key = await add_source(app, host="")
    await wait(HOUR)
    await manager.presses_data(OpenSource(key).pack())
    assert "server grants.test není mezi povolenými" in manager.screen
    await manager.presses("✅ Povolit grants.test")
    await manager.presses("🔄 Přečíst teď")
    assert len(sources.asked) == 1
    await manager.presses_data(ListHosts().pack())
    assert "grants.test (Ministerstvo)" in manager.screen
    await manager.presses("🗑 grants.test")
    assert "grants.test" not in manager.screen
    await manager.presses("➕ Povolit server")
    await manager.says("http://127.0.0.1/")
    assert "To není veřejný server" in manager.screen
    await manager.says("https://Calls.Example.org/list?x=1")
    assert "calls.example.org" in manager.screen
    assert await deeds(app) == ["host.allowed", "source.read", "host.withdrawn", "host.allowed"]


async def test_a_source_with_strange_signs_is_shown_as_it_is(app: App, manager: Actor) -> None:
    key = await add_source(app, name="A & <B>", address="http://x.test/?a=1&b=<2>")
    await manager.presses_data(OpenSource(key).pack())
    assert "A & <B>" in manager.screen
    assert "http://x.test/?a=1&b=<2>" in manager.screen


async def test_sources_are_the_managers_alone(app: App, ann: Actor, assistant: Actor) -> None:
    key = await add_source(app)
    for who in (ann, assistant):
        await who.says("/menu")
        for press in (ListSources(), OpenSource(key), ListHosts()):
            await who.presses_data(press.pack())
            assert "Ministerstvo" not in who.screen
        await who.presses_data(f"ca.so.on:{key}:0")
    assert (await the_source(app)).active


async def test_a_member_reads_what_has_changed(
    app: App, ministry: Ministry, bob: Actor, guest: Actor, wait: Wait
) -> None:
    await add_pillars(app, "Lasery a laserové technologie")
    await add_source(app, trusted=True)
    ministry.has(row("V1", castkaVyzvaCelkem=10_000_000))
    await wait(HOUR)
    ministry.has(row("V1", ends="2027-06-30T12:00:00", castkaVyzvaCelkem=20_000_000))
    await wait(HOUR)
    (call,) = await calls(app)
    await bob.says("/menu")
    await bob.presses_data(OpenCallHistory(call.key).pack())
    said = bob.screen.replace("\N{NO-BREAK SPACE}", " ")
    assert "Pro všechny projekty: 10 mil. Kč → 20 mil. Kč (Ministerstvo)" in said
    assert "středa 30. 6. 2027" in bob.screen
    assert "(Ministerstvo)" in bob.screen
    assert "Zdroje: Ministerstvo" in bob.screen
    await guest.says("/menu")
    await guest.presses_data(OpenCallHistory(call.key).pack())
    assert "Ministerstvo" not in guest.screen


async def test_two_sources_with_alike_titles_are_for_the_manager_to_join(
    app: App, ministry: Ministry, sources: Sources, manager: Actor, wait: Wait
) -> None:
    ministry.has(row("V1", nazev="Podpora výzkumu laserů v průmyslu 2027"))
    await add_source(app)
    await wait(HOUR)
    other = row("REG-7", nazev="Podpora výzkumu laserů v průmyslu (2027)")
    again = Ministry(sources, {"REG-7": other})
    again.web.gives("http://region.test/api", lambda _: again._answer(), kind="application/json")
    region = {"code": "region", "name": "Kraj", "form": Form.JDP}
    await add_source(app, host="region.test", address="http://region.test/api", **region)
    sources.gives(ADDRESS, lambda _: ministry._answer(), kind="application/json")
    await wait(HOUR)
    assert len(await calls(app)) == 2
    await manager.presses_data(ListSources().pack())
    await manager.presses("👯 Stejná výzva?")
    assert "Podpora výzkumu laserů v průmyslu 2027" in manager.screen
    await manager.presses("Je to jedna")
    assert [call.code for call in await calls(app)] == ["V1"]
    await wait(HOUR)
    assert [call.code for call in await calls(app)] == ["V1"]
