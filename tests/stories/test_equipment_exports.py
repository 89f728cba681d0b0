"""The equipment is given out as a list, and the same list is read again."""

from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, delete
from typer.testing import CliRunner

from bot import equipment, tasks
from bot.__main__ import app as app_of_commands
from bot.app import App
from bot.config import Config, Storage
from bot.service import CannotRun
from storage.instruments import Instrument
from tests.actors import Actor
from tests.stories.equipment import HEAD, csv_of, kept, owns, read_json, read_xlsx

FACTS: dict[str, Any] = {
    "maker": "=Woollam",
    "parameters": {"Vlnová délka": "400–1000 nm", "Úhel": "45 °"},
    "visibility": {"record": "public", "guarantor": "request", "guarantor_id": "request"},
    "price_members": "500–800",
}


@pytest.mark.parametrize("kind", ["XLSX", "CSV", "JSON"])
async def test_there_and_back(kind: str, contact: Actor, app: App) -> None:
    await owns(app, "Elipsometr", **FACTS)
    await owns(app, "Pec", "Sklo a čočky")
    await contact.says("/pristroje")
    await contact.presses("🗂 Naše přístroje")
    await contact.presses("📤 Stáhnout seznam")
    await contact.presses(kind)
    content = contact.document
    name = f"a.{kind.lower()}"
    await contact.uploads(name, content)
    assert "1 beze změny" in contact.screen
    async with app.db.writing() as session:
        await session.exec(delete(Instrument).where(col(Instrument.name) == "Elipsometr"))
    await contact.uploads(name, content)
    await contact.presses("✅ Použít (1)")
    [it] = [each for each in await kept(app) if each.name == "Elipsometr"]
    assert {fact: getattr(it, fact) for fact in FACTS} == FACTS


async def test_no_formula_and_no_one_elses(contact: Actor, app: App) -> None:
    await owns(app, "=1+1")
    await owns(app, "Pec", "Sklo a čočky")
    await contact.says("/menu")
    await contact.presses_data("in.exp.f:1:csv")
    assert b";'=1+1;" in contact.document
    await contact.presses_data("in.exp.f:1:xlsx")
    assert [row[1] for row in read_xlsx(contact.document)] == ["Název", "=1+1"]
    await contact.presses_data("in.exp.f:1:json")
    assert [row["Název"] for row in read_json(contact.document)] == ["=1+1"]
    for data in ("in.exp.f:2:csv", "in.exp.f:0:csv", "in.exp:2", "in.exp.f:1:exe"):
        await contact.presses_data(data)
        assert contact.alert


async def test_from_the_command_line(tmp_path: Path) -> None:
    config = Config(storage=Storage(url=f"sqlite:///{tmp_path / 'own.db'}"))
    await tasks.migrate(config)
    await tasks.seed(config, demo=True, members=0, first_id=1)
    good, bad, gone = tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "c.csv"
    await equipment.give(config, good, "", "cs")
    with pytest.raises(CannotRun, match="there already"):
        await equipment.give(config, good, "", "cs")
    await equipment.take(config, good, "", only_check=False)
    bad.write_bytes(csv_of(HEAD[:2], ("A", "lasery"), ("B", "kouzla")))
    with pytest.raises(CannotRun, match="row 3: Field: no such word: kouzla"):
        await equipment.take(config, bad, "Meopta", only_check=False)
    with pytest.raises(CannotRun, match="no such organisation"):
        await equipment.take(config, bad, "Kdosi", only_check=False)
    with pytest.raises(CannotRun, match="no such file"):
        await equipment.take(config, gone, "", only_check=False)
    bad.write_bytes(b"a;b\n1;2\n")
    with pytest.raises(CannotRun, match="missing columns: Name, Field; unknown columns: a, b"):
        await equipment.take(config, bad, "", only_check=False)
    await equipment.give(config, gone, "", "en")
    again = good.read_bytes().splitlines()
    assert len(again) == len(gone.read_bytes().splitlines())


def test_how_it_is_asked_for(tmp_path: Path) -> None:
    run = CliRunner().invoke
    assert run(app_of_commands, ["export", str(tmp_path / "a.pdf")]).exit_code == 2
    assert run(app_of_commands, ["export", "a.csv", "--language", "de"]).exit_code == 2
    assert run(app_of_commands, ["import"]).exit_code == 2
