"""For whom an announcement is, and how many they are."""

from datetime import timedelta

import pytest

from bot.app import App
from bot.sandbox.sandbox import Sandbox
from storage.organisations import Organisation
from storage.people import by_telegram
from storage.pillars import OrganisationPillar, Pillar
from storage.workshops import Audience, Part, Seat, State, Workshop
from tests.actors import Actor
from tests.conftest import NOW
from tests.stories.announcing import EVERYBODY, MINUTE, SOON, Wait, crowd, write
from tests.stories.workshops import Plan


@pytest.fixture(autouse=True)
def everybody_has_pressed_start(ann: Actor, bob: Actor, contact: Actor, eve: Actor) -> None:
    """The four members whom announcements reach."""


async def test_to_the_people_of_a_pillar(
    manager: Actor, ann: Actor, eve: Actor, app: App, wait: Wait
) -> None:
    async with app.db.writing() as session:
        glass = await session.get(Organisation, 2)
        lasers = Pillar(name_cs="Lasery", name_en="Lasers", position=1, since=NOW)
        session.add(lasers)
        await session.flush()
        assert glass is not None
        assert glass.id is not None
        assert lasers.id is not None
        session.add(OrganisationPillar(organisation_id=glass.id, pillar_id=lasers.id))
    await write(manager, to="🔬 Lidem z pilíře…")
    await manager.presses("Lasery")
    assert "Komu: lidem z pilíře Lasery" in manager.screen
    await manager.presses("📨 Poslat 1 člověku")
    await wait(MINUTE)
    assert eve.heard == ["Zítra je volno."]
    assert not ann.heard


async def test_to_those_registered_for_an_event(
    manager: Actor, ann: Actor, eve: Actor, app: App, wait: Wait
) -> None:
    async with app.db.writing() as session:
        event = Workshop(title="Tenké <vrstvy>", state=State.PUBLISHED, created_at=NOW)
        session.add(event)
        await session.flush()
        start = NOW + timedelta(days=7)
        day = Part(workshop_id=event.key, starts_at=start, ends_at=start, capacity=10)
        session.add(day)
        await session.flush()
        person = await by_telegram(session, ann.id)
        assert person is not None
        session.add(Seat(part_id=day.key, person_id=person.key, taken_at=NOW))
    await write(manager, to="📅 Přihlášeným na akci…")
    await manager.presses("8. 3. 2027 · Tenké <vrstvy>")
    assert "Komu: přihlášeným na Tenké <vrstvy>" in manager.screen
    await manager.presses("📨 Poslat 1 člověku")
    await wait(MINUTE)
    assert "Zítra je volno." in ann.heard
    assert not eve.heard


@pytest.mark.postgres
async def test_from_the_event_to_those_who_come(
    manager: Actor, ann: Actor, plan: Plan, wait: Wait
) -> None:
    await plan("Tenké vrstvy")
    await ann.says("/events")
    await ann.presses("Tenké vrstvy")
    await ann.presses("✅ Sign up")
    await manager.says("/akce")
    await manager.presses("Tenké vrstvy")
    await manager.presses("🛠 Spravovat akci")
    await manager.presses("📣 Napsat oznámení")
    await manager.says("Vezměte si s sebou plášť.")
    assert "Komu: přihlášeným na Tenké vrstvy" in manager.screen
    await manager.presses("📨 Poslat 1 člověku")
    await wait(MINUTE)
    assert ann.heard[-1] == "Vezměte si s sebou plášť."


async def test_where_nobody_comes_yet_it_invites_those_whom_the_event_is_for(
    manager: Actor, guest: Actor, ann: Actor, plan: Plan, wait: Wait
) -> None:
    await plan("Tenké vrstvy", audience=Audience.MEMBERS)
    await guest.says("/start")
    await manager.says("/akce")
    await manager.presses("Tenké vrstvy")
    await manager.presses("🛠 Spravovat akci")
    await manager.presses("📣 Napsat oznámení")
    await manager.says("Zveme vás.")
    assert "Komu: členům klastru" in manager.screen
    await manager.presses("✏️ Napsat znovu")
    await manager.says("Srdečně vás zveme.")
    await manager.presses("📨 Poslat 4 lidem")
    await wait(MINUTE)
    assert "Srdečně vás zveme." not in guest.heard
    await ann.presses("📅 Tenké vrstvy")
    assert ann.heard[-2] == "Srdečně vás zveme."
    await ann.presses("✅ Sign up")
    assert "✅ You have a seat." in ann.screen


async def test_everybody_includes_guests_and_the_manager(
    manager: Actor, guest: Actor, ann: Actor, wait: Wait
) -> None:
    await guest.says("/start")
    await write(manager, to=EVERYBODY)
    await manager.presses("📨 Poslat 7 lidem")
    await wait(MINUTE)
    assert guest.heard[-1] == ann.heard[-1] == "Zítra je volno."
    assert manager.heard.count("Zítra je volno.") == 2  # the preview and the copy


async def test_an_empty_audience_cannot_be_sent_to(manager: Actor, app: App) -> None:
    async with app.db.writing() as session:
        session.add(Pillar(name_cs="Prázdný", name_en="Empty", position=1, since=NOW))
    await write(manager, to="🔬 Lidem z pilíře…")
    await manager.presses("Prázdný")
    assert "Není komu ji poslat." in manager.screen
    assert not [label for label in manager.buttons if label.startswith("📨")]
    await manager.presses_data("an.go:1:2:1")
    assert manager.alert
    assert manager.toast == "Není komu zprávu poslat. Vyberte prosím někoho jiného."


async def test_no_pillars_and_no_events_say_what_to_do(manager: Actor) -> None:
    await write(manager, to="🔬 Lidem z pilíře…")
    assert "Zatím tu nejsou žádné pilíře." in manager.screen
    await manager.presses("◀ Zpět")
    await manager.presses("📅 Přihlášeným na akci…")
    assert "Teď tu není žádná akce." in manager.screen
    await manager.presses("◀ Zpět")
    await manager.presses("◀ Zpět")
    assert "Zatím nikam neodešla" in manager.screen


async def test_many_people_need_a_second_yes(
    manager: Actor, ann: Actor, app: App, sandbox: Sandbox, wait: Wait
) -> None:
    await crowd(app, sandbox, 47)
    await write(manager)
    await manager.presses("📨 Poslat 51 lidem")
    assert "Opravdu zprávu poslat 51 lidem?" in manager.screen
    assert not ann.heard
    await manager.presses("Ještě ne")
    assert "Dostane ji 51 lidí." in manager.screen
    await manager.presses("📨 Poslat 51 lidem")
    await wait(MINUTE)
    await manager.presses("📨 Ano, 51 lidem")
    await wait(MINUTE)
    assert ann.heard == ["Zítra je volno."]
    await wait(SOON)
    assert "Doručeno: 51 z 51" in manager.screen


async def test_fifty_people_need_no_second_yes(
    manager: Actor, ann: Actor, app: App, sandbox: Sandbox, wait: Wait
) -> None:
    await crowd(app, sandbox, 46)
    await write(manager)
    await manager.presses("📨 Poslat 50 lidem")
    await wait(MINUTE)
    assert ann.heard == ["Zítra je volno."]


async def test_those_out_of_reach_are_counted(manager: Actor, bob: Actor, wait: Wait) -> None:
    await bob.blocks()
    await write(manager)
    assert "Dostanou ji 3 lidé." in manager.screen
    assert "1 další člověk ji nedostane" in manager.screen
    await manager.presses("📨 Poslat 3 lidem")
    await wait(MINUTE)
    await wait(SOON)
    assert "Doručeno: 3 z" in manager.screen
    assert "Nelze jim psát: 1" in manager.screen


async def test_who_could_not_be_reached_before(manager: Actor, app: App, sandbox: Sandbox) -> None:
    await crowd(app, sandbox, 3, reachable=False)
    await write(manager)
    assert "Dostanou ji 4 lidé." in manager.screen
    assert "3 další lidé ji nedostanou" in manager.screen
