"""Instruments of the cluster that serve a call."""

from bot.app import App
from bot.domain.instruments import records
from storage.instruments import Category, Condition, Instrument, InstrumentPillar
from tests.actors import Actor
from tests.stories.calls import add_call, add_pillars, days, due
from tests.stories.equipment import owns

TEXT = (
    "Podpora bude poskytnuta na vývoj tenkých vrstev pro optiku; měření tloušťky "
    "elipsometrií a povrchu mikroskopií atomárních sil."
)


async def opens(actor: Actor, call: int) -> None:
    await actor.says("/menu")
    await actor.presses_data(f"ca.ins:{call}")


async def test_what_serves_a_call(bob: Actor, eve: Actor, app: App) -> None:
    await owns(app, "Elipsometr M-2000", technique="elipsometrie")
    await owns(app, "Soustruh", category=Category.MANUFACTURING, technique="soustružení")
    await owns(app, "AFM Dimension", "Sklo a čočky", technique="mikroskopie atomárních sil",
               category=Category.MICROSCOPY)  # fmt: skip
    await owns(app, "Starý elipsometr", technique="elipsometrie", condition=Condition.HIDDEN)
    call = await add_call(app, "Nové povrchy", due(days(30)), description=TEXT)
    await opens(bob, call)
    assert "Hodit se mohou 2 přístroje klastru" in bob.screen
    assert "elipsometrií" in bob.screen
    assert "Soustruh" not in bob.screen
    await bob.presses("Elipsometr M-2000")
    assert "Elipsometr M-2000" in bob.screen
    await opens(eve, call)
    assert "2 instruments of the cluster may serve it" in eve.screen


async def test_what_is_only_of_the_same_pillar_comes_last(bob: Actor, app: App) -> None:
    lasers, _ = await add_pillars(app, "Lasery", "Optika")
    spoken_of = await owns(app, "Elipsometr M-2000", technique="elipsometrie")
    near = await owns(app, "Vláknový zesilovač")
    async with app.db.writing() as session:
        session.add(InstrumentPillar(instrument_id=near, pillar_id=lasers))
        await session.flush()
        rows = [await session.get_one(Instrument, key) for key in (near, spoken_of)]
        await records.reindex(session, rows)
    call = await add_call(app, "Elipsometrie", due(days(30)), pillars=[lasers])
    await opens(bob, call)
    assert "ze stejného pilíře: Lasery" in bob.screen
    assert bob.screen.index("Elipsometr M-2000") < bob.screen.index("Vláknový zesilovač")
    assert "Hodit se může 1 přístroj klastru" in bob.screen
    other = await add_call(app, "Něco jiného", due(days(30)), pillars=[lasers])
    await opens(bob, other)
    assert "Text výzvy o žádném přístroji nemluví." in bob.screen
    neutral = await add_call(app, "Cokoli", due(days(30)), pillars=[lasers], topic=False)
    await opens(bob, neutral)
    assert "Vláknový zesilovač" not in bob.screen


async def test_nothing_serves_it(ann: Actor, app: App) -> None:
    call = await add_call(app, "Školní kuchyně", due(days(30)), description="Vaření obědů.")
    await opens(ann, call)
    assert "I have found no instrument" in ann.screen
    assert "🔬 Equipment" in ann.buttons
    assert "🤝 Find a partner" in ann.buttons


async def test_many_are_on_pages(ann: Actor, app: App) -> None:
    for number in range(8):
        await owns(app, f"Elipsometr {number}", technique="elipsometrie")
    call = await add_call(app, "Elipsometrie", due(days(30)))
    await opens(ann, call)
    assert "1/2" in ann.buttons
    await ann.presses("▶")
    assert "2/2" in ann.buttons
    await ann.presses_data(f"ca.ins.p:{call}:99")
    assert "2/2" in ann.buttons


async def test_for_members_and_of_calls_they_see(guest: Actor, ann: Actor, app: App) -> None:
    call = await add_call(app, "Elipsometrie", due(days(30)))
    await guest.says("/start")
    await guest.presses_data(f"ca.ins:{call}")
    assert guest.alert
    await opens(ann, 999)
    assert ann.alert


async def test_a_long_text_is_no_trouble(ann: Actor, app: App) -> None:
    await owns(app, "Elipsometr M-2000", technique="elipsometrie")
    text = "Elipsometrie, laser, mikroskopie. " * 5_000
    call = await add_call(app, "Dlouhá <výzva> & spol. " * 20, due(days(30)), description=text)
    await opens(ann, call)
    assert "Elipsometr M-2000" in ann.screen
