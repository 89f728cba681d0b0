"""Contact persons add and change instruments in the chat; the team does it for everybody."""

import io

import pytest
import segno

from bot.app import App
from storage.instruments import Condition
from tests.actors import Actor
from tests.stories.equipment import deeds, kept, owns

pytestmark = pytest.mark.postgres


async def _presses(who: Actor, data: str) -> None:
    """A button of an older message."""
    await who.says("/menu")
    await who.presses_data(data)


async def test_an_instrument_is_added_by_a_few_questions(contact: Actor, app: App) -> None:
    await contact.says("/pristroje")
    await contact.presses("🗂 Naše přístroje")
    assert "Zatím tu nic není" in contact.screen
    await contact.presses("➕ Přidat přístroj")
    await contact.says("Spektrální <elipsometr> & spol.")
    await contact.presses("přístroj")
    await contact.presses("tenké vrstvy")
    await contact.says("Tloušťka vrstev")
    await contact.says("Woollam, M-2000")
    assert "Přidáno. Tady můžete záznam doplnit." in contact.screen
    assert "Spektrální <elipsometr> & spol." in contact.screen
    [it] = await kept(app)
    assert (it.maker, it.model, it.what) == ("Woollam", "M-2000", "Tloušťka vrstev")
    assert it.confirmed_at == app.clock()
    [deed] = await deeds(app, "instrument.added")
    assert deed.subject == f"instrument:{it.key}"


async def test_what_was_added_is_found(contact: Actor, ann: Actor, app: App) -> None:
    await owns(app, "Elipsometr")
    await contact.says("/pristroje")
    await contact.presses("🗂 Naše přístroje")
    await contact.presses("🔬 Elipsometr")
    await contact.presses("📝 Popis")
    await contact.presses("Název")
    await contact.says("Interferometr")
    assert "Změněno." in contact.screen
    await ann.says("interferometr")
    assert "Interferometr" in ann.screen
    [deed] = await deeds(app, "instrument.changed")
    assert (deed.details["old"], deed.details["new"]) == ("Elipsometr", "Interferometr")


async def test_parameters_a_line_each_and_units_nobody_knows(contact: Actor, app: App) -> None:
    key = await owns(app, "Elipsometr")
    await _presses(contact, f"in.ed.f:{key}:parameters")
    await contact.says("Vlnová délka 400 nm")
    assert "není parametr" in contact.screen
    await contact.says("Vlnová délka: 400–1000 nm\nÚhel: 5 blurgů")
    assert "Tyto jednotky neznám" in contact.screen
    assert "• Úhel: 5 blurgů" in contact.screen
    [it] = await kept(app)
    assert it.parameters == {"Vlnová délka": "400–1000 nm", "Úhel": "5 blurgů"}


async def test_prices_links_and_flags(contact: Actor, app: App) -> None:
    key = await owns(app, "Elipsometr")
    await _presses(contact, f"in.ed.g:{key}:access")
    await contact.presses("⬜ Komerčně")
    assert "✅ Komerčně" in contact.buttons
    await contact.presses("Cena pro členy")
    await contact.says("levně")
    assert "není cena" in contact.screen
    await contact.says("500 - 800 Kč")
    await contact.presses("Cena za")
    await contact.presses("hodinu")
    await _presses(contact, f"in.ed.f:{key}:link")
    await contact.says("javascript:alert(1)")
    assert "není odkaz" in contact.screen
    await contact.says("www.example.org/m2000")
    [it] = await kept(app)
    assert (it.commercial, it.price_members, it.link) == (
        True,
        "500–800",
        "https://www.example.org/m2000",
    )


async def test_who_sees_it(contact: Actor, guest: Actor, app: App) -> None:
    key = await owns(app, "Elipsometr", guarantor="Jan Novák", what="Tloušťka vrstev")
    await guest.says("/start")
    await _presses(guest, f"in.open:{key}")
    assert "Elipsometr" not in guest.screen
    await _presses(contact, f"in.ed.v:{key}")
    await contact.presses("Záznam: 👥 členové")
    assert "Záznam: 🌍 všichni" in contact.buttons
    await contact.presses("Použití: 🌍")
    await contact.presses("Použití: 👥")
    await _presses(guest, f"in.open:{key}")
    assert "Elipsometr" in guest.screen
    assert "Tloušťka" not in guest.screen
    assert "Jan Novák" not in guest.screen


async def test_a_photo_and_what_is_none(contact: Actor, app: App) -> None:
    key = await owns(app, "Elipsometr")
    await _presses(contact, f"in.ed.ph:{key}")
    await contact.says("tady je")
    assert "Toto není fotka" in contact.screen
    await contact.uploads("foto.png", b"\x89PNG" + bytes(30 * 1024 * 1024))
    assert "Soubor je příliš velký" in contact.screen
    await contact.uploads("navod.pdf", b"%PDF-1.7")
    assert "Toto je dokument, ne fotka" in contact.screen
    await contact.uploads("foto.png", _picture(), "photo")
    assert "Fotka je uložená." in contact.screen
    [it] = await kept(app)
    assert it.photo


async def test_a_guarantor_who_leaves_is_forgotten(contact: Actor, app: App) -> None:
    key = await owns(app, "Elipsometr")
    await _presses(contact, f"in.ed.f:{key}:guarantor")
    await contact.presses("Bořek Člen")
    [it] = await kept(app)
    assert it.guarantor == "Bořek Člen"
    assert it.guarantor_id is not None


async def test_hidden_brought_back_and_deleted(contact: Actor, ann: Actor, app: App) -> None:
    key = await owns(app, "Elipsometr")
    await _presses(contact, f"in.ed:{key}")
    await contact.presses("🗑 Odstranit")
    await contact.presses("🙈 Skrýt")
    [it] = await kept(app)
    assert it.condition == Condition.HIDDEN
    await _presses(ann, f"in.open:{key}")
    assert ann.alert
    await contact.presses("✅ Znovu zobrazit")
    await _presses(ann, f"in.open:{key}")
    assert "Elipsometr" in ann.screen
    await contact.presses("🗑 Odstranit")
    await contact.presses("🗑 Smazat navždy")
    assert await kept(app) == []
    assert len(await deeds(app, "instrument.removed")) == 1
    await _presses(contact, f"in.ed:{key}")
    assert contact.alert


async def test_nobody_else_may(ann: Actor, contact: Actor, eve: Actor, app: App) -> None:
    mine = await owns(app, "Elipsometr")
    theirs = await owns(app, "Pec", "Sklo a čočky")
    for somebody, key in ((ann, mine), (eve, mine), (contact, theirs)):
        for data in (f"in.ed:{key}", f"in.ed.f:{key}:name", f"in.del:{key}", f"in.ed.ph:{key}"):
            await _presses(somebody, data)
            assert somebody.alert
    assert len(await kept(app)) == 2


async def test_the_team_changes_records_of_all_owners(manager: Actor, app: App) -> None:
    await owns(app, "Pec", "Sklo a čočky")
    await manager.says("/sprava")
    await manager.presses("🔬 Přístroje")
    await manager.presses("🗂 Všechny záznamy")
    await manager.presses("🔬 Pec")
    await manager.presses("🧪 Vzorky")
    await manager.presses("Vzorky")
    await manager.says("do 2 kg")
    [it] = await kept(app)
    assert it.samples == "do 2 kg"


async def test_hostile_and_endless_texts(contact: Actor, app: App) -> None:
    key = await owns(app, "Elipsometr")
    await _presses(contact, f"in.ed.f:{key}:name")
    await contact.says("x" * 201)
    assert "příliš dlouhé, nejvýš 200" in contact.screen
    await contact.says("<script>‮ \u200b")
    [it] = await kept(app)
    assert it.name == "<script>"
    await _presses(contact, f"in.ed.f:{key}:../../etc")
    assert contact.alert


def _picture() -> bytes:
    content = io.BytesIO()
    segno.make("elipsometr").save(content, kind="png", scale=10)
    return content.getvalue()
