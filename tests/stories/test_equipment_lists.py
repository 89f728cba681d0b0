"""Whole lists of equipment: sent as a file, looked over, applied or not."""

import pytest

from bot.app import App
from tests.actors import Actor
from tests.stories.equipment import (
    HEAD,
    Row,
    csv_of,
    deeds,
    kept,
    owns,
    read_xlsx,
    speaks_for,
    xlsx,
)

pytestmark = pytest.mark.postgres

LASER: Row = ("Laser 1030 nm", "lasery", "Ukázka", "L-1", "Vlnová délka: 1030 nm")
PEC: Row = ("Pec", "zpracování materiálů", None, None, "Teplota: 1200 °C\nOtáčky: 5 blurgů")


async def _sends(who: Actor, name: str, content: bytes) -> None:
    await who.uploads(name, content)


async def test_looked_over_then_applied(contact: Actor, ann: Actor, app: App) -> None:
    await owns(app, "Elipsometr", maker="Woollam", model="M-2000")
    await contact.says("/pristroje")
    await contact.presses("🗂 Naše přístroje")
    await contact.presses("📥 Nahrát seznam")
    changed = ("elipsometr", "metrologie", "woollam", "M-2000", "Úhel: 45–75 °")
    bad = ("Mikroskop", "kouzla", None, None, None)
    await contact.uploads("prístroje.xlsx", xlsx(HEAD, LASER, PEC, changed, bad))
    seen = contact.screen
    assert "2 nové, 1 změna, 1 chyba v řádku 5" in seen
    assert "❌ Řádek 5: Obor: „kouzla“ neznám" in seen
    assert "Řádek 4, elipsometr: Název Elipsometr → elipsometr; Obor" in seen
    assert "Řádek 3: Otáčky: 5 blurgů" in seen
    assert len(await kept(app)) == 1
    await contact.presses("✅ Použít (3)")
    assert "✅ Zapsáno: 2 nové, 1 změna" in contact.screen
    assert [each.name for each in await kept(app)] == ["elipsometr", "Laser 1030 nm", "Pec"]
    assert len(await deeds(app, "instruments.imported")) == 1
    await ann.says("laser 1030 nm")
    assert "Laser 1030 nm" in ann.screen


async def test_cancelled_and_pressed_twice(contact: Actor, app: App) -> None:
    await _sends(contact, "a.csv", csv_of(HEAD, LASER))
    yes = contact.buttons["✅ Použít (1)"]["callback_data"]
    await contact.presses("Zrušit")
    assert "Nic se nezměnilo" in contact.screen
    await contact.presses_data(yes)
    assert contact.toast == "Tento seznam je už zapsaný nebo zrušený."
    assert await kept(app) == []


async def test_applied_twice_changes_nothing_more(contact: Actor, app: App) -> None:
    for _ in range(2):
        await _sends(contact, "a.csv", csv_of(HEAD, LASER, PEC))
        if "✅ Použít (2)" in contact.buttons:
            await contact.presses("✅ Použít (2)")
    assert "2 beze změny" in contact.screen
    assert "Není co zapsat" in contact.screen
    assert len(await kept(app)) == 2


async def test_just_sent_and_from_windows(contact: Actor, app: App) -> None:
    content = csv_of(HEAD, LASER, encoding="windows-1250", separator=";")
    await _sends(contact, "export.csv", content)
    await contact.presses("✅ Použít (1)")
    [it] = await kept(app)
    assert (it.name, it.parameters) == ("Laser 1030 nm", {"Vlnová délka": "1030 nm"})


async def test_english_headings_tabs_and_a_title_above(contact: Actor, app: App) -> None:
    rows: list[Row] = [("Our list",), (), ("Name*", "Field", "Made of"), ("Laser", "lasers", "x")]
    await _sends(contact, "a.csv", csv_of(*rows, encoding="utf-8-sig", separator="\t"))
    assert "Neznámé sloupce vynechám: Made of" in contact.screen
    await contact.presses("✅ Použít (1)")
    assert [each.name for each in await kept(app)] == ["Laser"]


async def test_columns_that_are_missing(contact: Actor) -> None:
    await _sends(contact, "a.xlsx", xlsx(("Název", "Cosi", "Název"), ("a", "b", "c")))
    assert "Chybí sloupce: Obor." in contact.screen
    assert "Dvakrát jsou tu sloupce: Název." in contact.screen
    assert "Tyto neznám: Cosi." in contact.screen
    await contact.presses("📄 Vzor")
    head, example = read_xlsx(contact.document)
    assert head[:2] == ["Číslo", "Název"]
    await _sends(contact, "vzor.xlsx", xlsx(head, example))
    assert "1 nový" in contact.screen


async def test_the_same_number_twice_and_twins(contact: Actor, app: App) -> None:
    head: Row = ("Číslo", "Název", "Obor")
    rows: list[Row] = [(7, "A", "lasery"), ("7", "B", "lasery"), (None, "C", "lasery")]
    await _sends(contact, "a.xlsx", xlsx(head, *rows, (), (None, "c", "lasery")))
    assert "Řádek 3: Číslo: stejné číslo jako v řádku 2" in contact.screen
    assert "Řádek 6: stejný název, výrobce a model jako v řádku 4" in contact.screen
    await contact.presses("✅ Použít (2)")
    assert [(each.reference, each.name) for each in await kept(app)] == [("7", "A"), (None, "C")]


async def test_a_number_outlives_a_name(contact: Actor, app: App) -> None:
    await owns(app, "Starý název", reference="OP-1")
    await _sends(contact, "a.csv", csv_of(("ID", "Name", "Field"), ("OP-1", "Nový", "lasers")))
    await contact.presses("✅ Použít (1)")
    assert [each.name for each in await kept(app)] == ["Nový"]


async def test_merged_cells(contact: Actor) -> None:
    rows: list[Row] = [("A", "lasery"), ("B", "lasery"), ("C", "lasery")]
    await _sends(contact, "a.xlsx", xlsx(HEAD[:2], *rows, merge="A3:A4"))
    assert "1 nový, 2 řádky s chybou" in contact.screen
    assert "Řádek 3: sloučené buňky" in contact.screen


async def test_many_mistakes_come_back_in_a_file(contact: Actor) -> None:
    rows: list[Row] = [(f"A{n}", "kouzla") for n in range(30)]
    await _sends(contact, "a.xlsx", xlsx(HEAD[:2], *rows))
    assert "… a 10 dalších řádků, v souboru níže." in "".join(contact.heard)
    head, first, *rest = read_xlsx(contact.document)
    assert head == ["Název", "Obor", "Chyba"]
    assert first[:2] == ["A0", "kouzla"]
    assert "neznám" in first[2]
    assert len(rest) == 29


async def test_formulas_are_texts(contact: Actor, app: App) -> None:
    await _sends(contact, "a.csv", csv_of(HEAD[:2], ("=cmd|' /C calc'!A0", "lasery")))
    await contact.presses("✅ Použít (1)")
    assert [each.name for each in await kept(app)] == ["=cmd|' /C calc'!A0"]


async def test_records_changed_in_the_meantime(contact: Actor, app: App) -> None:
    await _sends(contact, "a.csv", csv_of(HEAD, LASER))
    await owns(app, "Laser 1030 nm", maker="Ukázka", model="L-1")
    await contact.presses("✅ Použít (1)")
    assert "Záznamy se mezitím změnily" in contact.screen
    assert "1 změna" in contact.screen
    await contact.presses("✅ Použít (1)")
    [it] = await kept(app)
    assert it.parameters == {"Vlnová délka": "1030 nm"}


async def test_only_ones_own_organisation(contact: Actor, app: App) -> None:
    head: Row = ("Název", "Obor", "Organizace")
    rows: list[Row] = [
        ("A", "lasery", "Sklo a čočky"),
        ("B", "lasery", "Kdosi"),
        ("C", "lasery", None),
    ]
    await _sends(contact, "a.csv", csv_of(head, *rows))
    assert "Organizace: „Sklo a čočky“ je jiná organizace než vaše" in contact.screen
    assert "Organizace: organizaci „Kdosi“ neznám" in contact.screen
    await contact.presses("✅ Použít (1)")
    assert [each.name for each in await kept(app)] == ["C"]


async def test_the_manager_over_all_owners(manager: Actor, app: App) -> None:
    head: Row = ("Název", "Obor", "Organizace", "Vlastník")
    rows: list[Row] = [
        ("A", "lasery", "Sklo a čočky", None),
        ("B", "lasery", "Ukázková optika s.r.o.", "Dílna"),
        ("C", "lasery", None, "Cizí ústav"),
        ("D", "lasery", None, None),
    ]
    await _sends(manager, "vse.csv", csv_of(head, *rows))
    assert "3 nové, 1 chyba v řádku 5" in manager.screen
    await manager.presses("✅ Použít (3)")
    owners = [(each.name, each.owner, each.organisation_id is None) for each in await kept(app)]
    assert owners == [
        ("A", "Sklo a čočky a.s.", False),
        ("B", "Dílna", False),
        ("C", "Cizí ústav", True),
    ]


async def test_whoever_keeps_nothing_sends_a_file_in_vain(ann: Actor, app: App) -> None:
    await _sends(ann, "a.csv", csv_of(HEAD, LASER))
    assert "cannot read" in ann.screen
    await ann.presses_data("in.imp:1")
    assert ann.alert
    assert await kept(app) == []


async def test_somebody_elses_list(contact: Actor, manager: Actor, app: App) -> None:
    await _sends(contact, "a.csv", csv_of(HEAD, LASER))
    data = contact.buttons["✅ Použít (1)"]["callback_data"]
    await manager.presses_data(data)
    assert manager.alert
    assert await kept(app) == []


async def test_in_english(eve: Actor, app: App) -> None:
    await speaks_for(app, eve.id, "Sklo a čočky")
    await _sends(eve, "a.csv", csv_of(("Name", "Field"), ("A", "magic"), ("B", "lasers")))
    assert "1 new, 1 mistake in row 2" in eve.screen
    assert "❌ Row 2: Field: I do not know “magic”; write one of: lasers" in eve.screen
    assert "Rows with a mistake will be left out." in eve.screen
    await eve.presses("✅ Apply (1)")
    assert "✅ It is written: 1 new" in eve.screen
    assert [each.name for each in await kept(app)] == ["B"]
