"""The card of an instrument: short, true, and to everybody what is theirs to see."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot import seed
from bot.app import App
from bot.domain.instruments import records
from storage.instruments import Condition, Instrument, Outage, Priced
from tests.actors import Actor
from tests.conftest import NOW

NAME = "L3 HAPLS"


@pytest.fixture(autouse=True)
async def catalogue(app: App) -> None:
    await seed.demo(app.db, NOW)


async def change(app: App, **facts: Any) -> int:
    async with app.db.writing() as session:
        row = (await session.exec(select(Instrument).where(Instrument.name == NAME))).one()
        for name, value in facts.items():
            setattr(row, name, value)
        await session.flush()
        await records.reindex(session, [row])
        return row.key


async def opened(reader: Actor, key: int) -> str:
    await reader.says("/menu")
    await reader.presses_data(f"in.open:{key}")
    return reader.screen


@pytest.mark.postgres
async def test_a_full_card_has_all_that_people_ask_for(app: App, bob: Actor) -> None:
    key = await change(
        app,
        parameters={f"Vlastnost {number}": f"{number} nm" for number in range(12)},
        samples="do 5 kg",
        training=True,
        priced=Priced.HOUR,
        price_members="500–800",
        price_others="2 000",
        price_least=1500,
        guarantor="Jana Nová",
        doi="10.1000/182",
        link="https://example.com/hapls",
    )
    card = await opened(bob, key)
    assert "Přístroj · Lasery" in card
    assert "🏢 ELI Beamlines, Dolní Břežany" in card
    assert "• Vlastnost 7: 7 nm\n… a 4 další parametry" in card
    assert "🔑 komerčně · společný výzkum · po zaškolení" in card
    assert "💰 za hodinu · členové 500–800 Kč · ostatní 2 000 Kč · nejméně 1" in card
    assert "🧪 do 5 kg" in card
    assert "👤 Jana Nová" in card
    assert "DOI: 10.1000/182" in card
    assert "🔗 Web" in bob.buttons
    assert len(card) < 1000


async def test_what_is_told_on_request_is_named_and_not_told(
    app: App, bob: Actor, guest: Actor, manager: Actor
) -> None:
    hidden = {"record": "public", "samples": "request", "parameters": "request", "what": "members"}
    key = await change(app, samples="tajné", what="pro členy", visibility=hidden)
    card = await opened(bob, key)
    assert "🔒 Na dotaz u vlastníka: vzorky, parametry" in card
    assert "tajné" not in card
    assert "30 J" not in card
    assert "pro členy" in card
    assert "pro členy" not in await opened(guest, key)
    assert "tajné" in await opened(manager, key)
    await bob.says("tajné")
    assert not any(NAME in label for label in bob.buttons)


async def test_prices_and_names_of_people_stay_among_members(
    app: App, bob: Actor, guest: Actor
) -> None:
    key = await change(app, price_members="500", guarantor="Jana Nová")
    assert "Jana Nová" in await opened(bob, key)
    card = await opened(guest, key)
    assert "Jana" not in card
    assert "500" not in card


async def test_out_of_service_is_said(app: App, bob: Actor) -> None:
    key = await change(app)
    async with app.db.writing() as session:
        session.add(
            Outage(instrument_id=key, since=NOW - timedelta(days=1), until=NOW + timedelta(days=9))
        )
    assert "🔧 Mimo provoz do: středa 10. 3. 2027" in await opened(bob, key)


async def test_how_sure_a_record_is(app: App, bob: Actor, ann: Actor) -> None:
    key = await change(app, condition=Condition.UNVERIFIED)
    assert "⚠️ Neověřeno" in await opened(bob, key)
    assert "⚠️ Not verified" in await opened(ann, key)


async def test_a_hidden_one_is_seen_by_nobody_but_its_people(
    app: App, bob: Actor, manager: Actor
) -> None:
    key = await change(app, condition=Condition.HIDDEN)
    await bob.says("/menu")
    await bob.presses_data(f"in.open:{key}")
    assert bob.alert
    await bob.says("HAPLS")
    assert not any(NAME in label for label in bob.buttons)
    assert "🙈 Skryto" in await opened(manager, key)
    assert "✏️ Změnit" in manager.buttons
    assert "✏️ Změnit" not in bob.buttons


async def test_what_people_write_is_no_markup(app: App, bob: Actor) -> None:
    key = await change(app, what="<b>tučně</b> & {name}", parameters={"<i>": "<a href='x'>"})
    card = await opened(bob, key)
    assert "<b>tučně</b> & {name}" in card
    assert "• <i>: <a href='x'>" in card


async def test_without_a_photo_none_is_offered(app: App, bob: Actor) -> None:
    key = await change(app)
    await opened(bob, key)
    assert "🖼 Fotka" not in bob.buttons
