"""Audiences with a name: who belongs to one is found when something is sent."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from bot.app import App
from storage.announcements import SavedAudience
from storage.people import Role, RoleName, by_telegram
from tests.actors import Actor
from tests.conftest import NOW
from tests.stories.announcing import Wait, write
from tests.stories.choosing import add, announcement, begin, leave_out, send


@pytest.fixture(autouse=True)
def everybody_has_pressed_start(
    ann: Actor, bob: Actor, contact: Actor, eve: Actor, assistant: Actor
) -> None:
    """The four members whom announcements reach, and the assistant who belongs to nobody."""


async def _save(who: Actor, name: str) -> None:
    await who.presses("💾 Uložit")
    await who.says(name)


async def _open(who: Actor, name: str) -> None:
    """From a new draft to the card of a saved audience."""
    await write(who, to="⭐ Uložené…")
    await who.presses(name)


async def test_who_belongs_is_found_when_it_is_sent(
    app: App, manager: Actor, bob: Actor, contact: Actor, wait: Wait
) -> None:
    await begin(manager, "První")
    await add(manager, "🎖 Role", "kontaktní osoba")
    await _save(manager, "Kontakty <všech>")
    assert "Uloženo." in manager.screen
    await manager.presses("✅ Hotovo")
    assert "Komu: role kontaktní osoba" in manager.screen
    await _open(manager, "Kontakty <všech>")
    assert "⭐ Kontakty <všech>" in manager.screen
    assert "Dostane ji 1 člověk." in manager.screen
    await manager.presses("✅ Použít")
    assert "Komu: uložený výběr Kontakty <všech>" in manager.screen
    async with app.db.writing() as session:
        person = await by_telegram(session, bob.id)
        assert person is not None
        session.add(
            Role(person_id=person.key, name=RoleName.CONTACT, organisation_id=1, since=NOW)
        )
    await manager.presses("👥 Komu jinému")
    await manager.presses("🧩 Složit výběr…")
    await send(manager, "📨 Poslat 2 lidem", wait)
    assert "Zítra je volno." in bob.heard
    assert "Zítra je volno." in contact.heard


async def test_it_is_a_condition_among_others(manager: Actor) -> None:
    await begin(manager)
    await add(manager, "🏢 Organizace", "Ukázková optika")
    await _save(manager, "Optici")
    await begin(manager)
    await add(manager, "⭐ Uložený výběr", "Optici")
    await leave_out(manager, "🎖 Role", "kontaktní osoba")
    assert "• uložený výběr Optici\n• ale ne: role kontaktní osoba" in manager.screen
    assert "Dostanou ji 2 lidé." in manager.screen


@pytest.mark.parametrize("name", ["x" * 41, "   "])
async def test_a_name_that_does_not_fit_is_asked_for_again(manager: Actor, name: str) -> None:
    await begin(manager)
    await add(manager, "🏢 Organizace", "Ukázková optika")
    await manager.presses("💾 Uložit")
    if name.strip():
        await manager.says(name)
    else:
        await manager.sends_other("location")
    assert "Název má 1 až 40 znaků." in manager.screen
    await manager.presses("Zrušit")
    assert "nic se nezměnilo" in manager.screen


async def test_two_of_one_name(manager: Actor, app: App) -> None:
    await begin(manager)
    await add(manager, "🏢 Organizace", "Ukázková optika")
    await _save(manager, "Optici")
    await manager.presses("◀ Zpět")
    await _save(manager, "  OPTICI ")
    assert "Tak se už jmenuje jiný výběr." in manager.screen
    await manager.says("Jiní optici")
    assert "Uloženo." in manager.screen
    await _open(manager, "Jiní optici")
    await manager.presses("✏️ Přejmenovat")
    await manager.says("optici")
    assert "Tak se už jmenuje jiný výběr." in manager.screen
    await manager.says("Brýlaři")
    assert manager.toast == "" or "⭐ Brýlaři" in manager.screen
    async with app.db.reading() as session:
        names = {each.name for each in await session.exec(select(SavedAudience))}
    assert names == {"Optici", "Brýlaři"}


async def test_it_is_replaced_after_a_second_yes(manager: Actor) -> None:
    await begin(manager)
    await add(manager, "🏢 Organizace", "Ukázková optika")
    await _save(manager, "Moji lidé")
    await begin(manager)
    await add(manager, "🏢 Organizace", "Sklo a čočky")
    await manager.presses_data("an.sv.open:2:1")
    assert "Dostanou ji 3 lidé." in manager.screen
    await manager.presses("♻️ Nahradit výběrem z konceptu")
    assert "Nahradit „Moji lidé“?" in manager.screen
    assert "organizace Sklo a čočky" in manager.screen
    await manager.presses("♻️ Ano, nahradit")
    assert manager.toast == "Výběr „Moji lidé“ je nahrazený."
    assert "Dostane ji 1 člověk." in manager.screen


async def test_it_cannot_be_defined_by_itself(manager: Actor, app: App) -> None:
    await begin(manager)
    await add(manager, "🏢 Organizace", "Ukázková optika")
    await _save(manager, "A")
    await begin(manager)
    await add(manager, "⭐ Uložený výběr", "A")
    await manager.presses_data("an.sv.set:2:1:1")
    assert manager.toast == "Výběr by odkazoval sám na sebe. Nejdřív ho z konceptu vyjměte."
    await manager.presses_data("an.au:2")
    await _save(manager, "B")
    await begin(manager)
    await add(manager, "⭐ Uložený výběr", "B")
    await manager.presses_data("an.sv.set:3:1:1")
    assert manager.toast == "Výběr by odkazoval sám na sebe. Nejdřív ho z konceptu vyjměte."


async def test_one_that_refers_to_itself_all_the_same_is_nobody(manager: Actor, app: App) -> None:
    async with app.db.writing() as session:
        person = await by_telegram(session, manager.id)
        assert person is not None
        itself = {"either": False, "clauses": [["saved", [1], False]]}
        session.add(
            SavedAudience(name="Kruh", audience=itself, author_id=person.key, created_at=NOW)
        )
    await _open(manager, "Kruh")
    assert "Dostane ji 0 lidí." in manager.screen
    await manager.presses("✅ Použít")
    assert "Není komu ji poslat." in manager.screen


async def test_put_away_it_stays_where_it_is_used(manager: Actor, app: App) -> None:
    await begin(manager)
    await add(manager, "🏢 Organizace", "Ukázková optika")
    await _save(manager, "Optici")
    await _open(manager, "Optici")
    await manager.presses("✅ Použít")
    await manager.presses_data("an.sv.open:2:1")
    await manager.presses("🗄 Vyřadit")
    assert manager.toast == "Vyřazeno. Kde se už používá, tam zůstává."
    assert "Zatím žádný není." in manager.screen
    await manager.presses("◀ Zpět")
    assert "⭐ Uložené…" not in manager.buttons
    await manager.presses("🧩 Složit výběr…")
    assert "Komu: uložený výběr Optici" in manager.screen
    assert "Dostanou ji 3 lidé." in manager.screen
    await manager.presses_data("an.sv.open:2:1")
    assert manager.alert
    async with app.db.reading() as session:
        kept = (await session.exec(select(SavedAudience))).one()
    assert kept.retired_at == datetime(2027, 3, 1, 8, tzinfo=UTC)


async def test_nobody_chosen_cannot_be_saved(manager: Actor, app: App) -> None:
    await begin(manager)
    await manager.presses_data("an.sv.new:1")
    assert manager.toast == "Zatím nikdo není vybraný, není tedy co uložit."
    assert (await announcement(app)).audience is None
