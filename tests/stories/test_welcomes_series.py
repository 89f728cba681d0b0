"""The five series: who gets which, what each step's button opens, and what ends it."""

from datetime import timedelta

import pytest

from bot.app import App
from storage.groups.members import PillarMember
from storage.people import Role, RoleName
from storage.pillars import OrganisationPillar, Pillar
from tests.actors import Actor
from tests.conftest import NOW
from tests.stories.announcing import Wait
from tests.stories.equipment import owns
from tests.stories.test_welcomes import advice, everybody_is_long_here, who

pytestmark = pytest.mark.unasked
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MONTH = (DAY, DAY, 5 * DAY, 23 * DAY)


async def at_each_step(actor: Actor, wait: Wait, sign: str) -> list[tuple[str, str]]:
    """The beginning of what came, and its button, through a month."""
    came: dict[str, str] = {}
    await wait(HOUR)
    for pause in (timedelta(), *MONTH):
        await wait(pause)
        for message in actor.messages:
            buttons = message.get("reply_markup", {}).get("inline_keyboard", ())
            if buttons and buttons[-1][0]["text"] == sign:
                came[message["text"].partition(".")[0]] = buttons[0][0]["text"]
    return [*came.items()]


ENOUGH = "🙅 Už to zvládnu"


async def pillar(app: App) -> None:
    async with app.db.writing() as session:
        session.add(Pillar(id=1, name_cs="Optika", name_en="Optics", position=1, since=NOW))


async def becomes(
    app: App,
    name: str,
    role: RoleName,
    *,
    organisation_id: int | None = None,
    pillar_id: int | None = None,
) -> None:
    async with app.db.writing() as session:
        held = Role(
            person_id=await who(app, name),
            name=role,
            organisation_id=organisation_id,
            pillar_id=pillar_id,
            since=app.clock(),
        )
        session.add(held)


async def test_a_new_person(app: App, bob: Actor, wait: Wait) -> None:
    await everybody_is_long_here(app, "bob")
    assert [button for _, button in await at_each_step(bob, wait, ENOUGH)] == [
        "👥 Vybrat pilíř",
        "🔔 Nastavit upozornění",
        "📅 Akce",
        "❓ Nápověda",
    ]


async def test_a_new_organisation(app: App, eve: Actor, wait: Wait) -> None:
    await everybody_is_long_here(app)
    await becomes(app, "eve", RoleName.CONTACT, organisation_id=2)
    await eve.says("/start")
    steps = await at_each_step(eve, wait, "🙅 I can manage now")
    assert [button for _, button in steps] == [
        "✉️ Invite colleagues",
        "👥 Choose a pillar",
        "🔬 Equipment",
        "🎯 Fill it in",
    ]


async def test_what_an_organisation_has_done_is_passed_over(
    app: App, eve: Actor, wait: Wait
) -> None:
    await everybody_is_long_here(app)
    await pillar(app)
    async with app.db.writing() as session:
        session.add(OrganisationPillar(organisation_id=2, pillar_id=1))
    await becomes(app, "eve", RoleName.CONTACT, organisation_id=2)
    await eve.says("/start")
    steps = await at_each_step(eve, wait, "🙅 I can manage now")
    assert "👥 Choose a pillar" not in [button for _, button in steps]


async def test_a_new_owner_of_equipment(app: App, contact: Actor, wait: Wait) -> None:
    await everybody_is_long_here(app)
    await owns(app, "Elipsometr")
    steps = await at_each_step(contact, wait, ENOUGH)
    assert [button for _, button in steps][:4] == ["🔬 Přístroje"] * 4
    assert steps[0][0] == "🔬 Vaše přístroje už ostatní najdou"


async def test_who_only_looks_records_through_is_no_new_owner(
    app: App, contact: Actor, wait: Wait
) -> None:
    await everybody_is_long_here(app)
    key = await owns(app, "Elipsometr", confirmed_at=NOW - 80 * DAY)
    await contact.says("/menu")
    await contact.presses_data(f"in.ok:{key}")
    await wait(HOUR)
    assert not any("Vaše přístroje" in each for each in contact.heard)


async def test_a_new_guarantor(app: App, bob: Actor, wait: Wait) -> None:
    await everybody_is_long_here(app)
    await pillar(app)
    await becomes(app, "bob", RoleName.GUARANTOR, pillar_id=1)
    steps = await at_each_step(bob, wait, ENOUGH)
    assert [button for _, button in steps] == ["👥 Do pilíře"] * 4


async def test_a_quiet_organisation(app: App, contact: Actor, wait: Wait) -> None:
    await everybody_is_long_here(app)
    await wait(42 * DAY)
    steps = await at_each_step(contact, wait, ENOUGH)
    assert [button for _, button in steps] == [
        "📅 Akce",
        "🔔 Nastavit upozornění",
        "👥 Vybrat pilíř",
        "✉️ Napsat manažerovi",
    ]


async def test_a_quiet_organisation_that_is_heard_of_again(
    app: App, contact: Actor, bob: Actor, wait: Wait
) -> None:
    await everybody_is_long_here(app)
    await pillar(app)
    await wait(42 * DAY)
    await wait(HOUR)
    assert "Dlouho jsme o sobě" in contact.heard[-1]
    async with app.db.writing() as session:
        joined = PillarMember(pillar_id=1, person_id=await who(app, "bob"), since=app.clock())
        session.add(joined)
    await wait(40 * DAY)
    assert sum("💤" in each or "💶" in each for each in contact.heard) == 1
    assert advice(bob) == []
