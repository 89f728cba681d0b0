"""What members look things up in: pillars and who is in them, equipment, grant calls."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot import seed
from bot.app import App
from storage import organisations, pillars
from storage.organisations import Tenure
from storage.pillars import OrganisationPillar, Pillar
from tests.actors import Actor
from tests.conftest import NOW


@pytest.fixture
async def year(app: App) -> None:
    await seed.demo(app.db, NOW)


async def test_before_anything_is_there(bob: Actor) -> None:
    await bob.says("/skupiny")
    assert "Zatím tu není žádný pilíř" in bob.screen
    await bob.says("/pristroje")
    assert "Zatím tu žádné přístroje nejsou" in bob.screen
    await bob.says("/vyzvy")
    assert "Teď není otevřená žádná výzva" in bob.screen
    assert "🏠 Domů" in bob.buttons


@pytest.mark.usefixtures("year")
async def test_the_pillars_stand_in_their_order(bob: Actor, ann: Actor) -> None:
    await bob.says("/skupiny")
    assert [label.removeprefix("✅ ").partition(" · ")[0] for label in bob.buttons][:6] == [
        "Industriální a spotřební optika",
        "Vojenská optika",
        "Světelná technika",
        "Laserové technologie a aplikace",
        "Mikroskopie",
        "Optické kvantové technologie",
    ]
    await ann.says("/groups")
    assert any(label.startswith("Military optics · ") for label in ann.buttons)


@pytest.mark.usefixtures("year")
async def test_a_pillar_page_by_page(bob: Actor) -> None:
    await bob.says("/skupiny")
    lasers = next(label for label in bob.buttons if "Laserové" in label)
    await bob.presses(lasers)
    count = int(lasers.rpartition(" ")[2])
    assert f"{count} organizací" in bob.screen
    await bob.presses("👥 Kdo tu je")
    first_page, pages = bob.screen, -(-(count + 1) // 5)
    assert "jen její lidé" in first_page, "theirs comes first, and stands not in it"
    assert first_page.count("🏢") == 1 + 4, "the count, and four organisations"
    assert f"1/{pages}" in bob.buttons
    await bob.presses("◀")
    assert bob.screen.count("🏢") == 1 + ((count + 1) % 5 or 5)
    await bob.presses("▶")
    assert bob.screen == first_page
    await bob.presses("◀ Zpět")
    await bob.presses("◀ Zpět")
    assert lasers in bob.buttons


@pytest.mark.usefixtures("year")
async def test_one_organisation_is_counted_once_and_named_with_its_town(bob: Actor) -> None:
    await bob.says("/skupiny")
    await bob.presses("Světelná technika · 1")
    assert "1 organizace" in bob.screen
    await bob.presses("👥 Kdo tu je")
    assert "🏢 Hella Autotechnik Nova, s.r.o." in bob.screen


@pytest.mark.usefixtures("year")
async def test_a_guest_sees_the_pillars_but_not_who_is_in_them(guest: Actor) -> None:
    await guest.says("/skupiny")
    await guest.presses("Světelná technika · 1")
    assert "1 organizace" in guest.screen
    assert "Hella" not in guest.screen
    assert "👥 Kdo tu je" not in guest.buttons
    await guest.presses_data("pi.who:3:0")
    assert guest.alert
    assert "jen pro členy klastru" in str(guest.toast)


@pytest.mark.usefixtures("year")
async def test_former_members_and_closed_pillars_are_gone(app: App, bob: Actor) -> None:
    async with app.db.writing() as session:
        [hella] = await organisations.search(session, ["hella"], 5)
        [membership] = await session.exec(
            select(Tenure).where(Tenure.organisation_id == hella.key)
        )
        membership.until = NOW
        [military] = [p for p in await pillars.standing(session, NOW) if "Voj" in p.name_cs]
        military.until = NOW - timedelta(days=1)
    await bob.says("/skupiny")
    await bob.presses("Světelná technika · 0")
    await bob.presses("👥 Kdo tu je")
    assert "zatím nikdo není" in bob.screen
    await bob.presses_data(f"pi.open:{military.key}:0")
    assert bob.alert
    assert "Tohle už tu není" in str(bob.toast)


async def test_names_are_shown_as_they_are(app: App, bob: Actor) -> None:
    async with app.db.writing() as session:
        pillar = Pillar(name_cs="<b>Čočky</b> & {sklo}", name_en="Lenses", position=1, since=NOW)
        session.add(pillar)
        [optics] = await organisations.search(session, ["ukazkova"], 5)
        optics.name = "Ukázka <i>& syn</i>"
        await session.flush()
        session.add(OrganisationPillar(organisation_id=optics.key, pillar_id=pillar.key))
    await bob.says("/skupiny")
    await bob.presses("<b>Čočky</b> & {sklo} · 1")
    assert "<b>Čočky</b> & {sklo}" in bob.screen
    await bob.presses("👥 Kdo tu je")
    assert "🏢 Ukázka <i>& syn</i>" in bob.screen


@pytest.mark.usefixtures("year")
@pytest.mark.postgres
async def test_from_a_field_to_an_instrument_and_back(bob: Actor) -> None:
    await bob.says("/pristroje")
    await bob.presses("Lasery · 8")
    assert "1/2" in bob.buttons
    await bob.presses("▶")
    assert "2/2" in bob.buttons
    await bob.presses("▶")
    await bob.presses("10PW laser L4 ATON")
    assert "10PW laser L4 ATON" in bob.screen
    assert "Přístroj · Lasery" in bob.screen
    assert "🏢 ELI Beamlines, Dolní Břežany" in bob.screen
    assert "Špičkový výkon: 10 PW" in bob.screen
    assert "Zdroj" in bob.screen
    await bob.presses("◀ Zpět")
    await bob.presses("◀ Zpět")
    assert "Lasery · 8" in bob.buttons


@pytest.mark.usefixtures("year")
async def test_every_instrument_has_a_card_in_both_languages(ann: Actor, bob: Actor) -> None:
    for person, by in ((ann, "Confirmed in January 2027"), (bob, "Potvrzeno: leden 2027")):
        await person.says("/equipment")
        for number in (1, 26, 51):
            await person.presses_data(f"in.open:{number}")
            assert "🏢" in person.screen
            assert by in person.screen


@pytest.mark.usefixtures("year")
async def test_guests_see_what_is_public(guest: Actor) -> None:
    await guest.says("/pristroje")
    assert "Lasery · 6" in guest.buttons
    assert "📬 Moje poptávky" not in guest.buttons
    await guest.presses("Lasery · 6")
    await guest.presses("L3 HAPLS")
    assert "30 J" in guest.screen
    await guest.presses_data("in.open:13")
    assert guest.alert
    assert "jen pro členy" in str(guest.toast)


@pytest.mark.usefixtures("year")
@pytest.mark.parametrize("data", ["in.open:999999", "in.of:teapots:0", "pi.open:99:0"])
async def test_what_is_not_there_any_more(bob: Actor, data: str) -> None:
    await bob.says("/menu")
    await bob.presses_data(data)
    assert bob.alert
    assert "Tohle už tu není" in str(bob.toast)


@pytest.mark.usefixtures("year")
async def test_a_page_that_is_not_there_is_the_last_one(bob: Actor) -> None:
    await bob.says("/menu")
    await bob.presses_data("in.of:lasers:77")
    assert "2/2" in bob.buttons
    await bob.presses_data("in.of:lasers:-5")
    assert "1/2" in bob.buttons


async def test_grant_calls_say_honestly_that_there_are_none(ann: Actor) -> None:
    await ann.says("/calls")
    assert "No call is open now" in ann.screen
    await ann.presses("🏠 Home")
    assert "What would you like to do?" in ann.screen
