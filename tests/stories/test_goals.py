"""The manager sees at any time what the year's plan wants, and what has become of it."""

import io
from datetime import timedelta

import openpyxl
import pytest
from sqlmodel import select

from bot.app import App
from bot.sandbox.clock import Clock
from handlers.goals.ways import DropGoal, OpenYear
from storage import goals as store
from storage.people import Role, RoleName
from storage.workshops import Kind, Workshop
from tests.actors import Actor
from tests.conftest import NOW
from tests.stories.workshops import Plan


@pytest.fixture(autouse=True)
async def the_year_has_begun(app: App) -> None:
    await app.tick("goals")


async def make(app: App, title: str, kind: Kind) -> None:
    async with app.db.writing() as session:
        found = (await session.exec(select(Workshop).where(Workshop.title == title))).one()
        found.kind = kind


async def test_the_plan_is_counted_from_what_happened(
    app: App, manager: Actor, plan: Plan, clock: Clock
) -> None:
    await plan("Tenké vrstvy")
    await plan("Členská schůze")
    await make(app, "Členská schůze", Kind.ASSEMBLY)
    await manager.says("/sprava")
    await manager.presses("🎯 Plán roku")
    assert "⚪ 0/4 · Workshopy a další akce" in manager.buttons
    assert "Do konce roku jsou vyhlášeny ještě 2 akce." in manager.screen
    clock.advance(timedelta(days=200))
    await manager.says("/sprava")
    await manager.presses("🎯 Plán roku")
    assert "🟡 1/4 · Workshopy a další akce" in manager.buttons
    assert "🟡 1/2 · Členské schůze" in manager.buttons
    assert "⚪ 0/5 · Jednání výkonné rady" in manager.buttons


async def test_roles_count_while_they_are_held(app: App, manager: Actor, bob: Actor) -> None:
    async with app.db.writing() as session:
        for person_id in (2, 3):
            session.add(Role(person_id=person_id, name=RoleName.AMBASSADOR, since=NOW))
    await manager.presses_data(OpenYear(2027).pack())
    assert "✅ 2/2 · Ambasadoři" in manager.buttons


async def test_a_visit_is_counted_by_hand(app: App, manager: Actor) -> None:
    await manager.presses_data(OpenYear(2027).pack())
    await manager.presses("⚪ 0/12 · Návštěvy u členů")
    await manager.presses("➕ Přičíst ručně")
    await manager.says("Ukázková optika nový ředitel")
    await manager.says("za týden")
    assert "Například 22. 2. 2027" in manager.screen
    await manager.says("3. 2.")
    assert "Hotovo: 1 z 12" in manager.screen
    assert "• 3. 2. 2027 Ukázková optika nový ředitel" in manager.screen
    await manager.presses("✖ 3. 2. 2027 Ukázková optika nový ředitel")
    assert "Hotovo: 0 z 12" in manager.screen


async def test_a_day_that_is_still_to_come_is_not_counted(app: App, manager: Actor) -> None:
    await manager.presses_data(OpenYear(2027).pack())
    await manager.presses("⚪ 0/12 · Návštěvy u členů")
    await manager.presses("➕ Přičíst ručně")
    await manager.says("Veletrh")
    await manager.says("1. 12. 2027")
    assert "teprve bude" in manager.screen
    await manager.presses("Dnes")
    assert "1. 3. 2027 Veletrh" in manager.screen


async def test_the_manager_changes_the_plan(app: App, manager: Actor) -> None:
    await manager.presses_data(OpenYear(2027).pack())
    await manager.presses("⚪ 0/4 · Workshopy a další akce")
    await manager.presses("🎯 Jiný počet")
    await manager.says("hodně")
    assert "celé číslo" in manager.screen
    await manager.says("6")
    assert "Hotovo: 0 z 6" in manager.screen
    await manager.presses("◀ Zpět")
    await manager.presses("➕ Vlastní cíl")
    await manager.says("Zahraniční veletrhy")
    await manager.says("2")
    assert "⚪ 0/2 · Zahraniční veletrhy" in manager.buttons
    await manager.presses("➕ Vlastní cíl")
    await manager.says("zahraniční VELETRHY")
    await manager.says("3")
    assert "toho jména už v plánu je" in manager.screen
    await manager.presses_data(OpenYear(2027).pack())
    await manager.presses("⚪ 0/2 · Zahraniční veletrhy")
    await manager.presses("🗑 Vyřadit z plánu")
    await manager.presses("🗑 Ano, vyřadit")
    assert "⚪ 0/2 · Zahraniční veletrhy" not in manager.buttons


async def test_all_pillars_are_wanted_until_a_number_is_set(app: App, manager: Actor) -> None:
    await manager.presses_data(OpenYear(2027).pack())
    [group] = [label for label in manager.buttons if "Činné pracovní skupiny" in label]
    await manager.presses(group)
    assert "což jsou všechny pilíře" in manager.screen
    await manager.presses("🎯 Jiný počet")
    await manager.says("3")
    assert "z 3" in manager.screen
    await manager.presses("🎯 Jiný počet")
    await manager.presses("Všechny pilíře")
    assert "což jsou všechny pilíře" in manager.screen


async def test_a_new_year_begins_with_last_years_plan(
    app: App, manager: Actor, clock: Clock
) -> None:
    await manager.presses_data(OpenYear(2027).pack())
    await manager.presses("⚪ 0/4 · Workshopy a další akce")
    await manager.presses("🎯 Jiný počet")
    await manager.says("7")
    clock.advance(timedelta(days=306))
    await app.tick("goals")
    await manager.says("/sprava")
    await manager.presses("🎯 Plán roku")
    assert "Plán roku 2028" in manager.screen
    assert "⚪ 0/7 · Workshopy a další akce" in manager.buttons
    await manager.presses("◀ 2027")
    assert "Plán roku 2027" in manager.screen


async def test_the_plan_as_a_picture_and_as_a_table(app: App, manager: Actor) -> None:
    await manager.presses_data(OpenYear(2027).pack())
    await manager.presses("🖼 Jako obrázek")
    assert manager.photo.startswith(b"\x89PNG")
    await manager.presses_data(OpenYear(2027).pack())
    await manager.presses("📊 Jako tabulka")
    book = openpyxl.load_workbook(io.BytesIO(manager.document))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert rows[0][:3] == ("Cíl", "Plán", "Hotovo")
    assert rows[1][:3] == ("Workshopy a další akce", 4, 0)


async def test_an_assistant_counts_and_a_manager_decides(app: App, assistant: Actor) -> None:
    await assistant.says("/menu")
    await assistant.presses_data(OpenYear(2027).pack())
    assert "➕ Vlastní cíl" not in assistant.buttons
    await assistant.presses("⚪ 0/12 · Návštěvy u členů")
    assert "➕ Přičíst ručně" in assistant.buttons
    assert "🗑 Vyřadit z plánu" not in assistant.buttons
    await assistant.presses_data(DropGoal(1).pack())
    async with app.db.reading() as session:
        assert await store.find(session, 1) is not None
