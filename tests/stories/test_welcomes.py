"""Who is new to something is shown around, until they go by themselves or have had enough."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.app import App
from handlers.links import ListWelcomes
from storage.groups.members import PillarMember
from storage.organisations import Tenure
from storage.people import Person, Role, RoleName
from storage.pillars import Pillar
from storage.welcomes import Ending, Series, Welcome
from tests.actors import Actor
from tests.conftest import CAST, NOW
from tests.stories.announcing import Wait

pytestmark = pytest.mark.unasked
DAY = timedelta(days=1)


async def who(app: App, name: str) -> int:
    async with app.db.reading() as session:
        query = select(Person).where(Person.telegram_id == CAST[name].id)
        return (await session.exec(query)).one().key


async def everybody_is_long_here(app: App, *but: str) -> None:
    """But some, who have just been confirmed."""
    new = {CAST[name].id for name in but}
    async with app.db.writing() as session:
        for person in await session.exec(select(Person)):
            if person.telegram_id not in new and person.verified_at is not None:
                person.verified_at = NOW - 90 * DAY
        for since in (*await session.exec(select(Role)), *await session.exec(select(Tenure))):
            since.since = NOW - 90 * DAY


async def endings(app: App) -> list[Ending | None]:
    async with app.db.reading() as session:
        return list(await session.exec(select(Welcome.ending).order_by(Welcome.id)))  # type: ignore[arg-type]


def advice(who: Actor) -> list[str]:
    signs = ("Vítejte", "Dotační výzvy, které", "Nejlépe se", "Jste s námi", "Jste garantem")
    return [said for said in who.heard if any(sign in said for sign in signs)]


async def test_a_new_person_is_shown_around_for_a_month(app: App, bob: Actor, wait: Wait) -> None:
    await everybody_is_long_here(app, "bob")
    heard = []
    for days in (0, 1, 1, 5, 23):
        await wait(timedelta(days=days, hours=1))
        heard.append(len(advice(bob)))
    assert heard == [1, 1, 2, 3, 4]
    await wait(60 * DAY)
    assert len(advice(bob)) == 4
    assert await endings(app) == [Ending.THROUGH]


async def test_what_has_been_done_is_not_advised(app: App, bob: Actor, wait: Wait) -> None:
    await everybody_is_long_here(app, "bob")
    async with app.db.writing() as session:
        session.add(Pillar(id=1, name_cs="Optika", name_en="Optics", position=1, since=NOW))
        await session.flush()
        session.add(PillarMember(pillar_id=1, person_id=await who(app, "bob"), since=NOW))
    await wait(timedelta(hours=1))
    [first] = advice(bob)
    assert "Dotační výzvy, které" in first
    assert "🔔 Nastavit upozornění" in bob.buttons


async def test_one_tap_ends_it(app: App, bob: Actor, wait: Wait) -> None:
    await everybody_is_long_here(app, "bob")
    await wait(timedelta(hours=1))
    await bob.presses("🙅 Už to zvládnu")
    assert "radit nebudu" in bob.screen
    await wait(40 * DAY)
    assert advice(bob) == []  # the only one was written over by the answer
    assert await endings(app) == [Ending.DECLINED]


async def test_who_was_here_before_is_left_in_peace(app: App, bob: Actor, wait: Wait) -> None:
    await everybody_is_long_here(app)
    await wait(timedelta(hours=1))
    assert advice(bob) == []


async def test_a_guarantor_hears_of_the_pillar(app: App, bob: Actor, wait: Wait) -> None:
    await everybody_is_long_here(app)
    async with app.db.writing() as session:
        session.add(Pillar(id=1, name_cs="Optika", name_en="Optics", position=1, since=NOW))
        await session.flush()
        session.add(
            Role(person_id=await who(app, "bob"), name=RoleName.GUARANTOR, pillar_id=1, since=NOW)
        )
    await wait(timedelta(hours=1))
    [first] = advice(bob)
    assert "Jste garantem pilíře" in first
    await bob.presses("👥 Do pilíře")
    assert "Optika" in bob.screen


@pytest.mark.postgres
async def test_a_quiet_organisation_is_asked_once_a_year(
    app: App, contact: Actor, bob: Actor, wait: Wait
) -> None:
    await everybody_is_long_here(app)
    await wait(60 * DAY)
    quiet = [said for said in contact.heard if "Dlouho jsme o sobě" in said]
    assert len(quiet) == 1
    async with app.db.reading() as session:
        found = (await session.exec(select(Welcome))).all()
    assert [each.series for each in found].count(Series.QUIET) == 1


async def test_the_manager_rewords_a_step(
    app: App, manager: Actor, bob: Actor, ann: Actor, wait: Wait
) -> None:
    await everybody_is_long_here(app, "bob", "ann")
    await manager.says("/sprava")
    await manager.presses("👋 První kroky")
    await manager.presses("👋 Nový člověk")
    await manager.presses("✏️ První den")
    await manager.presses("🇨🇿 Přepsat")
    await manager.says("Ahoj & vítej <tady>!")
    assert "Ahoj & vítej <tady>!" in manager.screen
    await wait(timedelta(hours=1))
    assert "Ahoj & vítej <tady>!" in bob.screen
    assert "Welcome among us." in ann.screen
    await manager.presses_data(ListWelcomes().pack())
    await manager.presses("👋 Nový člověk")
    await manager.presses("✏️ První den")
    await manager.presses("🇨🇿 Původní")
    assert "Vítejte mezi námi." in manager.screen


async def test_a_text_that_is_too_long_is_not_taken(manager: Actor) -> None:
    await manager.says("/sprava")
    await manager.presses("👋 První kroky")
    await manager.presses("👥 Nový garant")
    await manager.presses("✏️ Po 2 dnech")
    await manager.presses("🇨🇿 Přepsat")
    await manager.says("x" * 1001)
    assert "nejvýš 1000 znaků" in manager.screen
