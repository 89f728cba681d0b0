"""Who should no longer be in a pillar's group: listed, asked about, removed; a monthly look."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.app import App
from bot.domain import membership as memberships
from bot.domain import privacy
from bot.domain.groups import departures
from bot.domain.groups import reconciling as domain
from bot.sandbox.sandbox import Sandbox
from handlers.groups import reconciling
from handlers.groups.chat_ways import RemoveFromGroup
from handlers.groups.ways import OpenPillarChat
from storage.groups import membership
from storage.groups.chats import (
    Departure,
    GroupChange,
    GroupMember,
    JoinRequest,
    Reconciliation,
)
from storage.organisations import Organisation
from storage.people import by_telegram, lock
from tests.actors import Actor
from tests.stories.afterwards import Wait
from tests.stories.gathering import Gathering, appoint, join, open_pillar

MONTH = timedelta(days=31)


@pytest.fixture
async def pillar(app: App) -> int:
    return await open_pillar(app)


@pytest.fixture
async def gathering(
    app: App, sandbox: Sandbox, manager: Actor, bob: Actor, ann: Actor, pillar: int
) -> Gathering:
    """Bořek is the guarantor; Ann is in the pillar and in its group."""
    gathering = Gathering(app, sandbox)
    gathering.found()
    await appoint(app, pillar, bob)
    await gathering.link(manager)
    await gathering.add(bob)
    await join(app, pillar, ann)
    await gathering.knocks(ann)
    await bob.says("/menu")
    return gathering


async def leave(app: App, who: Actor, pillar_id: int) -> None:
    async with app.db.writing() as session:
        person = await by_telegram(session, who.id)
        assert person is not None
        row = await membership.row(session, pillar_id, person.key)
        assert row is not None
        now = app.clock()
        row.until = now
        why = departures.LEFT_PILLAR
        await departures.list_for(session, person, pillar_id, why, now)


async def test_who_leaves_the_pillar_is_removed_after_a_yes(
    app: App, gathering: Gathering, ann: Actor, bob: Actor, pillar: int, wait: Wait
) -> None:
    await leave(app, ann, pillar)
    await wait(timedelta(minutes=1))
    assert "Ann Member" in bob.screen
    assert "Už není v pilíři" in bob.screen
    assert ann.id in gathering.chat.people
    heard = len(bob.heard)
    await wait(timedelta(days=2))
    assert len(bob.heard) == heard
    await bob.presses("🚪 Odebrat")
    assert "Odebráno" in bob.screen
    assert gathering.chat.status_of(ann.id) == "left"
    await gathering.knocks(ann)
    assert gathering.chat.join_requests == [ann.id]


async def test_the_guarantor_lets_them_stay(
    app: App, gathering: Gathering, ann: Actor, bob: Actor, pillar: int, wait: Wait
) -> None:
    await leave(app, ann, pillar)
    await wait(timedelta(minutes=1))
    await bob.presses("Nechat")
    assert "Zůstává ve skupině" in bob.screen
    assert ann.id in gathering.chat.people


async def test_who_came_back_is_not_removed(
    app: App, gathering: Gathering, ann: Actor, bob: Actor, pillar: int, wait: Wait
) -> None:
    await leave(app, ann, pillar)
    await wait(timedelta(minutes=1))
    await join(app, pillar, ann)
    await bob.presses("🚪 Odebrat")
    assert "Zůstává ve skupině" in bob.screen
    assert ann.id in gathering.chat.people


async def test_who_left_the_group_too_is_off_the_list(
    app: App, gathering: Gathering, ann: Actor, bob: Actor, pillar: int
) -> None:
    await leave(app, ann, pillar)
    gathering.inside(ann).phone.leaves()
    await app.settle()
    await bob.presses_data(OpenPillarChat(pillar).pack())
    await bob.presses("👋 K odebrání (0)")
    assert "Všichni ve skupině do ní patří" in bob.screen


async def test_who_leaves_the_cluster(
    app: App, gathering: Gathering, ann: Actor, bob: Actor, wait: Wait
) -> None:
    async with app.db.writing() as session:
        person = await by_telegram(session, ann.id)
        assert person is not None
        await memberships.part(session, person, app.clock())
        await membership.end(session, person.key, app.clock())
        await departures.list_for(session, person, None, departures.LEFT_CLUSTER, app.clock())
    await wait(timedelta(minutes=1))
    assert "Už není v klastru" in bob.screen


async def test_nobody_else_removes(
    app: App, gathering: Gathering, ann: Actor, eve: Actor, pillar: int
) -> None:
    await leave(app, ann, pillar)
    async with app.db.reading() as session:
        listed = (await session.exec(select(Departure))).one()
    await eve.says("/menu")
    await eve.presses_data(RemoveFromGroup(listed.key).pack())
    assert "may not" in (eve.toast or "")
    assert ann.id in gathering.chat.people


async def test_the_monthly_look(
    app: App, gathering: Gathering, eve: Actor, contact: Actor, bob: Actor, pillar: int, wait: Wait
) -> None:
    """Eve came by hand, Karel is missing, and somebody is there of whom we know nothing."""
    await gathering.add(eve)
    await join(app, pillar, contact)
    gathering.chat.members.append(424242)
    async with app.db.writing() as session:
        glass = await session.get(Organisation, 2)
        assert glass is not None
        glass.short = "Sklo"
    await wait(MONTH)
    said = "\n".join(bob.heard)
    assert "1 člověk je ve skupině, ale ne v pilíři" in said
    assert "1 člověk z pilíře ve skupině není" in said
    assert "2 lidi ve skupině neznám" in said  # the group's owner is the other one
    assert gathering.chat.tags[eve.id] == "Sklo"
    await bob.presses_data(OpenPillarChat(pillar).pack())
    await bob.presses("👋 K odebrání (1)")
    assert "Eve Elsewhere" in bob.screen
    await bob.presses("🚪 Odebrat")
    assert eve.id not in gathering.chat.people


async def test_a_look_beyond_a_hundred(
    app: App, gathering: Gathering, bob: Actor, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (domain, reconciling):
        monkeypatch.setattr(module, "PORTION", 1)
    await wait(MONTH)
    async with app.db.reading() as session:
        assert (await session.exec(select(Reconciliation))).one()


async def test_being_forgotten(app: App, gathering: Gathering, ann: Actor, pillar: int) -> None:
    await leave(app, ann, pillar)
    async with app.db.writing() as session:
        person = await by_telegram(session, ann.id)
        assert person is not None
        record = await privacy.export(session, person, app.clock())
        assert record["groups"][0]["status"] == "member"
        assert record["groups_changes"]
        assert record["groups_asked"]
        assert record["groups_left"]
        locked = await lock(session, person.key)
        assert locked is not None
        await privacy.forget(session, locked, app.clock())
        for table in (GroupMember, GroupChange, JoinRequest, Departure):
            rows = (await session.exec(select(table))).all()
            assert ann.id not in [row.telegram_id for row in rows]  # type: ignore[attr-defined]
