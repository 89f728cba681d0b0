"""The manager says by which words a pillar's calls are recognised, and where neutral ones go."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.app import App
from bot.domain.calls import judging, matching
from storage.calls.records import CallPillar, GrantCall, Kind, Purpose, Stage, State
from storage.calls.subscriptions import Pace, Subscription, SubscriptionPillar
from storage.people import Person
from storage.pillars import OrganisationPillar, Pillar
from tests.actors import Actor
from tests.conftest import NOW

Settle = Callable[[], Awaitable[None]]
LASERS, SURFACES = 1, 2


@pytest.fixture
async def pillars(app: App) -> None:
    """One whose name tells its topic, and one that we know nothing of."""
    async with app.db.writing() as session:
        for number, (czech, english) in enumerate((("Lasery", "Lasers"), ("Povrchy", "Surfaces"))):
            session.add(Pillar(name_cs=czech, name_en=english, position=number, since=NOW))
        await session.flush()
        session.add(OrganisationPillar(organisation_id=1, pillar_id=LASERS))
        people = {each.first_name: each.key for each in await session.exec(select(Person))}
        for name in ("Ann", "Bořek", "Eve"):
            person_id = people[name]
            session.add(Subscription(person_id=person_id, pace=Pace.DAILY, changed_at=NOW))
        session.add(SubscriptionPillar(person_id=people["Eve"], pillar_id=SURFACES))


async def bring(app: App, title: str, description: str = "", **facts: Any) -> GrantCall:
    """A call as a source would have brought it."""
    usual: dict[str, Any] = {
        "kind": Kind.NATIONAL,
        "state": State.OPEN,
        "stage": Stage.QUIET,
        "found_at": NOW,
        "checked_at": NOW,
        "last_deadline_at": NOW + timedelta(days=90),
    }
    call = GrantCall(code=title, title=title, description=description, **{**usual, **facts})
    async with app.db.writing() as session:
        session.add(call)
        await session.flush()
        await judging.judge(session, [call], NOW)
    return await again(app, call.key)


async def again(app: App, call_id: int) -> GrantCall:
    async with app.db.reading() as session:
        call = await session.get(GrantCall, call_id)
        assert call is not None
        return call


async def places(app: App, call: GrantCall) -> dict[int, CallPillar]:
    async with app.db.reading() as session:
        query = select(CallPillar).where(CallPillar.call_id == call.key)
        return {each.pillar_id: each for each in await session.exec(query)}


async def heard_by(app: App, call: GrantCall) -> set[str]:
    async with app.db.reading() as session:
        found = {each.person_id for each in await matching.match(session, call, NOW)}
        people = await session.exec(select(Person))
        return {each.first_name for each in people if each.key in found}


@pytest.mark.postgres
async def test_a_call_waits_with_the_words_that_decided(app: App, pillars: None) -> None:
    call = await bring(app, "Laserové obrábění")
    assert call.stage == Stage.WAITING
    assert (await places(app, call))[LASERS].words[0] == "Laserové"
    assert await heard_by(app, call) == {"Ann", "Bořek"}


async def test_a_call_of_nobody_is_kept_quietly(app: App, pillars: None) -> None:
    call = await bring(app, "Výměna oken")
    assert call.stage == Stage.QUIET
    assert await heard_by(app, call) == set()


@pytest.mark.postgres
async def test_neutral_calls_go_where_the_rule_says(
    app: App, manager: Actor, pillars: None, settle: Settle
) -> None:
    call = await bring(app, "Inovační vouchery", kind=Kind.VOUCHER, programme="Vouchery")
    assert not call.topic
    assert call.stage == Stage.WAITING
    assert await heard_by(app, call) == {"Ann", "Bořek", "Eve"}

    await manager.presses_data("ca.rules")
    await manager.presses("Vouchery")
    assert "všem, kdo takové výzvy chtějí" in manager.screen
    await manager.presses("Povrchy")
    assert "✓ Povrchy" in manager.buttons
    assert await heard_by(app, call) == {"Eve"}

    await manager.presses("Nikomu")
    await settle()
    assert await heard_by(app, call) == set()
    assert (await again(app, call.key)).stage == Stage.QUIET


async def test_a_programme_may_have_a_rule_of_its_own(
    app: App, manager: Actor, pillars: None, settle: Settle
) -> None:
    call = await bring(app, "Inovační vouchery", kind=Kind.VOUCHER, programme="Vouchery <Brno>")
    await manager.presses_data("ca.rules")
    await manager.presses("📚 Podle programu")
    assert "Vouchery <Brno>: podle druhu" in manager.screen
    await manager.presses("Vouchery <Brno>")
    await manager.presses("Nikomu")
    await settle()
    assert (await again(app, call.key)).stage == Stage.QUIET
    await manager.presses("↩️ Podle druhu")
    await settle()
    assert (await again(app, call.key)).stage == Stage.WAITING


async def test_a_pillar_is_given_words_of_its_own(
    app: App, manager: Actor, pillars: None, settle: Settle
) -> None:
    call = await bring(app, "Elipsometrie v praxi", "Měření tenkých vrstev.", programme="X")
    assert SURFACES not in await places(app, call)
    await manager.presses_data("ca.rules")
    await manager.presses("🔎 Povrchy")
    assert "Jen vlastní slova" in manager.screen
    await manager.presses("➕ Přidat slova")
    await manager.says("elipsometrie, leštění optiky")
    assert "elipsometrie, leštění optiky" in manager.screen
    await settle()
    assert (await places(app, call))[SURFACES].words == ["Elipsometrie"]
    assert (await again(app, call.key)).stage == Stage.WAITING

    await manager.presses("🗑 elipsometrie")
    await settle()
    assert SURFACES not in await places(app, call)


@pytest.mark.parametrize("said", ["ab", "a, i, nebo", "x" * 61, "jedno dvě tři čtyři pět šest"])
async def test_words_that_would_find_everything_are_refused(
    manager: Actor, pillars: None, said: str
) -> None:
    await manager.presses_data("ca.rules")
    await manager.presses("🔎 Povrchy")
    await manager.presses("➕ Přidat slova")
    await manager.says(said)
    assert "to hledat nejde" in manager.screen
    await manager.says("broušení")
    assert "Vaše vlastní slova: broušení" in manager.screen


async def test_a_pillar_is_given_another_topic(
    app: App, manager: Actor, pillars: None, settle: Settle
) -> None:
    call = await bring(app, "Street lighting")
    await manager.presses_data("ca.rules")
    await manager.presses("🔎 Povrchy")
    await manager.presses("🔎 Téma")
    await manager.presses("Světelná technika")
    assert "Téma: Světelná technika" in manager.screen
    await settle()
    assert SURFACES in await places(app, call)


async def test_what_was_set_by_hand_stays(app: App, pillars: None) -> None:
    call = await bring(app, "Výměna oken")
    async with app.db.writing() as session:
        session.add(CallPillar(call_id=call.key, pillar_id=SURFACES, by_hand=True))
        await session.flush()
        kept = await session.get(GrantCall, call.key)
        assert kept is not None
        await judging.judge(session, [kept], NOW)
    assert list(await places(app, call)) == [SURFACES]
    assert (await again(app, call.key)).stage == Stage.WAITING


async def test_defence_programmes_come_before_the_manager_whatever_they_say(
    app: App, pillars: None
) -> None:
    tank = await bring(
        app, "Main battle tank", kind=Kind.EUROPEAN, programme="European Defence Fund"
    )
    assert tank.stage == Stage.WAITING
    assert tank.purpose == Purpose.DEFENCE
    assert await heard_by(app, tank) == set()


async def test_a_call_that_was_settled_is_not_put_back(app: App, pillars: None) -> None:
    call = await bring(app, "Laserové obrábění", stage=Stage.DECLINED)
    assert call.stage == Stage.DECLINED


@pytest.mark.parametrize("who", ["guest", "ann", "contact", "assistant"])
async def test_only_managers_make_rules(
    who: str, pillars: None, actor: Callable[[str], Actor]
) -> None:
    somebody = actor(who)
    await somebody.says("/start")
    for data in (
        "ca.rules",
        "ca.ru.p:1",
        "ca.ru.k:voucher",
        "ca.ru.kt:voucher:all",
        "ca.ru.add:1",
    ):
        await somebody.presses_data(data)
        assert somebody.alert


async def test_buttons_of_what_is_gone_say_so(manager: Actor, pillars: None) -> None:
    for data in ("ca.ru.k:nothing", "ca.ru.kt:voucher:99", "ca.ru.p:99", "ca.ru.ts:1:cooking"):
        await manager.presses_data(data)
        assert manager.alert


async def test_who_has_said_no_does_not_hear_of_it_again(
    app: App, ann: Actor, pillars: None
) -> None:
    call = await bring(app, "Laserové obrábění", stage=Stage.SENT)
    await ann.says("/start")
    await ann.presses_data(f"ca.no.why:{call.key}:field")
    assert await heard_by(app, call) == {"Bořek"}
