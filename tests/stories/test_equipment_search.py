"""Finding an instrument: what was meant, what there is of it, whom to ask where there is none."""

import pytest
from sqlmodel import select

from bot import seed
from bot.app import App
from bot.domain.instruments import records
from storage.instruments import Instrument, Missed, Search
from storage.people import by_telegram
from storage.pillars import OrganisationPillar, Pillar
from tests.actors import Actor
from tests.conftest import NOW

SEM = ["FIB/SEM LYRA", "FIB/SEM HELIOS", "Rastrovací elektronový mikroskop VERIOS"]


@pytest.fixture(autouse=True)
async def catalogue(app: App) -> None:
    await seed.demo(app.db, NOW)


def found(reader: Actor) -> list[str]:
    labels = (label for label in reader.buttons if label not in ("🔬 Přístroje", "🔬 Equipment"))
    return [label.removeprefix("🔬 ") for label in labels if label.startswith("🔬 ")]


async def all_found(reader: Actor) -> set[str]:
    names = set(found(reader))
    while "▶" in reader.buttons and not names >= set(await turned(reader)):
        names |= set(found(reader))
    return names


async def turned(reader: Actor) -> list[str]:
    await reader.presses("▶")
    return found(reader)


@pytest.mark.postgres
@pytest.mark.parametrize(
    "typed",
    ["SEM", "scanning electron microscope", "rastrovací mikroskop", "rastrovaciho mikroskopu"],
)
async def test_many_names_lead_to_the_same_instruments(bob: Actor, typed: str) -> None:
    await bob.says(typed)
    assert "8 přístrojů" in bob.screen
    assert await all_found(bob) >= set(SEM)


async def test_what_was_typed_wrong_is_set_right_and_said(bob: Actor) -> None:
    await bob.says("elipsomter")
    assert "Hledám: elipsometr" in bob.screen
    assert found(bob)[0] == "Laboratoř elipsometrie"


async def test_numbers_with_units_count(bob: Actor) -> None:
    await bob.says("laser 100 J")
    assert found(bob)[0] == "100J laser BIVOJ čerpaný diodami"


async def test_english_readers_read_english(ann: Actor) -> None:
    await ann.says("diamond turning")
    await ann.presses("🔬 5-axis diamond turning lathe")
    assert "plastics, glass, aluminium, brass, copper" in ann.screen


async def test_results_are_narrowed_down_and_widened_again(bob: Actor) -> None:
    await bob.says("laser")
    await bob.presses("🎛 Upřesnit")
    assert "Vlastník (6)" in bob.buttons
    await bob.presses("Vlastník (6)")
    await bob.presses("ELI Beamlines · 3")
    assert "🎛 ELI Beamlines" in bob.screen
    assert "3 přístroje" in bob.screen
    await bob.presses("🎛 Upřesnit")
    assert "Zobrazit výsledky (3)" in bob.buttons
    await bob.presses("✖ ELI Beamlines")
    assert "Zobrazit výsledky (14)" in bob.buttons


async def test_counts_on_buttons_are_what_one_gets(bob: Actor) -> None:
    await bob.says("laser")
    await bob.presses("🎛 Upřesnit")
    await bob.presses("Kraj (3)")
    label = next(label for label in bob.buttons if " · " in label)
    await bob.presses(label)
    assert f"{label.rpartition(' ')[2]} přístroj" in bob.screen


async def test_a_field_is_a_list_that_can_be_narrowed_down(bob: Actor) -> None:
    await bob.says("/pristroje")
    await bob.presses("Elektronová mikroskopie · 9")
    assert "ÚPT AV ČR, Brno" in bob.screen
    await bob.presses("🎛 Upřesnit")
    await bob.presses("Vlastník (3)")
    await bob.presses("VUT · 1")
    assert found(bob) == ["Rastrovací elektronový mikroskop Vega"]


async def test_a_card_leads_back_to_its_page_of_results(bob: Actor) -> None:
    await bob.says("laser")
    await bob.presses("▶")
    page = bob.screen
    await bob.presses(f"🔬 {found(bob)[0]}")
    assert "💬 Poptat" in bob.buttons
    await bob.presses("◀ Výsledky")
    assert bob.screen == page


async def test_buttons_of_somebody_elses_search_lead_nowhere(
    app: App, bob: Actor, eve: Actor
) -> None:
    await bob.says("laser")
    async with app.db.reading() as session:
        row = (await session.exec(select(Search))).one()
    await eve.says("/menu")
    await eve.presses_data(f"in.s:{row.key}:0")
    assert eve.alert


async def test_what_nobody_has_is_counted_without_who_asked(
    app: App, bob: Actor, eve: Actor, guest: Actor
) -> None:
    for reader in (bob, eve, guest):
        await reader.says("Rotační  viskozimetr")
    assert "Nic jako „Rotační viskozimetr“ tu není" in guest.screen
    async with app.db.reading() as session:
        missed = (await session.exec(select(Missed))).one()
    assert (missed.said, missed.times) == ("Rotační viskozimetr", 2)
    assert "📣 Zeptat se anonymně členů" in bob.buttons
    assert "📣 Zeptat se anonymně členů" not in guest.buttons


async def test_a_word_that_resembles_is_offered(bob: Actor) -> None:
    await bob.says("mikroskoping")
    offered = [label for label in bob.buttons if label.startswith("🔎")]
    assert offered or found(bob)


async def test_ones_own_pillar_comes_first_among_equals(app: App, bob: Actor, eve: Actor) -> None:
    async with app.db.writing() as session:
        person = await by_telegram(session, bob.id)
        name = "Industriální a spotřební optika"
        pillar = (await session.exec(select(Pillar).where(Pillar.name_cs == name))).one()
        assert person is not None
        assert person.organisation_id is not None
        session.add(
            OrganisationPillar(organisation_id=person.organisation_id, pillar_id=pillar.key)
        )
    await eve.says("CEITEC")
    assert found(eve)[0] == "FIB/SEM LYRA"
    await bob.says("CEITEC")
    assert found(bob)[0] == "Naprašování MAGNETRON"


async def test_guests_find_what_is_public_and_nothing_by_what_is_not(
    app: App, guest: Actor, bob: Actor
) -> None:
    async with app.db.writing() as session:
        hapls = (await session.exec(select(Instrument).where(Instrument.name == "L3 HAPLS"))).one()
        hapls.access, hapls.visibility = "tajná komora", {"record": "public", "access": "members"}
        await session.flush()
        await records.reindex(session, [hapls])
    await guest.says("svářečka")
    assert found(guest) == []
    await guest.says("tajná komora")
    assert found(guest) == []
    await guest.says("HAPLS")
    await guest.presses("🔬 L3 HAPLS")
    assert "tajná komora" not in guest.screen
    assert "💬 Poptat" not in guest.buttons
    await bob.says("tajná komora")
    assert found(bob)[0] == "L3 HAPLS"


async def test_what_nothing_has_indexed_yet_is_indexed_by_and_by(app: App, bob: Actor) -> None:
    async with app.db.writing() as session:
        row = (await session.exec(select(Instrument).where(Instrument.name == "SIMS"))).one()
        session.add(
            Instrument(**{**row.model_dump(exclude={"id"}), "name": "Kvarglometr", "marks": ""})
        )
    await app.tick("equipment.index")
    await bob.says("kvarglometru")
    assert found(bob) == ["Kvarglometr"]
