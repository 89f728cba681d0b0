"""The door of a pillar's group: its people come in at once, of others the guarantor decides."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.app import App
from bot.domain.groups import attending
from bot.sandbox.faults import Fault
from bot.sandbox.membership import set_status
from bot.sandbox.people import Person as Phone
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import User
from handlers.groups.chat_ways import LetIn, TurnAway
from handlers.groups.ways import EnterPillarChat, OpenPillarChat
from storage.groups.chats import GroupChange, JoinRequest
from storage.groups.members import PillarMember
from storage.people import Person
from tests.actors import Actor
from tests.conftest import CAST, NOW
from tests.stories.afterwards import Wait
from tests.stories.gathering import Gathering, appoint, join, open_pillar

STORM = 200


@pytest.fixture
async def pillar(app: App) -> int:
    return await open_pillar(app)


@pytest.fixture
async def gathering(
    app: App, sandbox: Sandbox, manager: Actor, bob: Actor, pillar: int
) -> Gathering:
    """Linked by the manager; Bořek is the guarantor and in it."""
    gathering = Gathering(app, sandbox)
    gathering.found()
    await appoint(app, pillar, bob)
    await gathering.link(manager)
    await gathering.add(bob)
    return gathering


def is_in(gathering: Gathering, who: Actor) -> bool:
    return who.id in gathering.chat.people


async def test_a_member_of_the_pillar_is_let_in_at_once(
    app: App, gathering: Gathering, ann: Actor, pillar: int
) -> None:
    await join(app, pillar, ann)
    await ann.says("/menu")
    await ann.presses_data(EnterPillarChat(pillar).pack())
    url = ann.buttons["💬 Ask to be let in"]["url"]
    assert url == gathering.chat.links[0].url
    await gathering.knocks(ann)
    assert is_in(gathering, ann)
    assert gathering.chat.tags[ann.id] == "Ukázková optika"
    assert gathering.said == []


async def test_the_link_is_for_people_of_the_pillar(
    app: App, gathering: Gathering, ann: Actor, pillar: int
) -> None:
    lonely = await open_pillar(app, "Lasery", "Lasers", 2)
    await ann.says("/menu")
    await ann.presses_data(EnterPillarChat(pillar).pack())
    assert "for people of the pillar Optics" in (ann.toast or "")
    await ann.presses_data(EnterPillarChat(lonely).pack())
    assert "no Telegram group yet" in (ann.toast or "")


async def test_others_get_one_question_and_the_guarantor_two_buttons(
    gathering: Gathering, guest: Actor, bob: Actor, manager: Actor
) -> None:
    await gathering.knocks(guest)
    assert not is_in(gathering, guest)
    assert "jednou větou" in guest.screen
    await guest.says("Brousím čočky v Turnově & rád bych poslouchal.")
    assert "Rozhodne garant" in guest.screen


async def test_a_no_is_told(gathering: Gathering, guest: Actor, bob: Actor, wait: Wait) -> None:
    await bob.says("/menu")
    await gathering.knocks(guest)
    await guest.says("Jen se chci podívat.")
    await wait(timedelta(seconds=20))
    await bob.presses("❌ Odmítnout")
    assert "tentokrát přijata nebyla" in guest.screen


async def test_the_guarantor_lets_them_in(
    gathering: Gathering, guest: Actor, bob: Actor, manager: Actor, wait: Wait
) -> None:
    await bob.says("/menu")
    await gathering.knocks(guest)
    await guest.says("Brousím <čočky> v Turnově.")
    await wait(timedelta(seconds=20))
    assert "Hana Hostová žádá o vstup" in bob.screen
    assert "„Brousím <čočky> v Turnově.“" in bob.screen
    heard = len(bob.heard)
    await wait(timedelta(minutes=10))
    assert len(bob.heard) == heard
    await bob.presses("✅ Přijmout")
    assert is_in(gathering, guest)
    assert "do skupiny pilíře Optika je přijata" in guest.screen
    assert "žádá" not in manager.screen


async def test_the_guarantor_turns_them_away_and_the_second_press_is_late(
    app: App, gathering: Gathering, guest: Actor, bob: Actor, manager: Actor, wait: Wait
) -> None:
    await bob.says("/menu")
    await gathering.knocks(guest)
    await guest.presses("Bez odpovědi")
    await wait(timedelta(minutes=6))
    await bob.presses("❌ Odmítnout")
    assert not is_in(gathering, guest)
    assert gathering.chat.join_requests == []
    async with app.db.reading() as session:
        request = (await session.exec(select(JoinRequest))).one()
    await manager.says("/menu")
    await manager.presses_data(LetIn(request.key).pack())
    assert "rozhodnut" in (manager.toast or "")
    assert not is_in(gathering, guest)
    await gathering.knocks(guest)
    assert "jednou větou" in guest.screen


async def test_whoever_says_nothing_is_decided_on_after_a_while(
    gathering: Gathering, guest: Actor, bob: Actor, wait: Wait
) -> None:
    await bob.says("/menu")
    await gathering.knocks(guest)
    await wait(timedelta(minutes=4))
    assert "žádá" not in bob.screen
    await wait(timedelta(minutes=2))
    assert "Hana Hostová žádá o vstup" in bob.screen
    assert "Není členem klastru" in bob.screen


async def test_without_a_guarantor_the_manager_decides(
    app: App, sandbox: Sandbox, manager: Actor, guest: Actor, wait: Wait
) -> None:
    await open_pillar(app)
    gathering = Gathering(app, sandbox)
    gathering.found()
    await gathering.link(manager)
    await gathering.knocks(guest)
    await wait(timedelta(minutes=6))
    assert "Hana Hostová žádá o vstup" in manager.screen


async def test_who_joins_the_pillar_while_waiting_comes_in(
    app: App, gathering: Gathering, ann: Actor, pillar: int, wait: Wait
) -> None:
    await gathering.knocks(ann)
    assert "➕ Join the pillar" in ann.buttons
    await join(app, pillar, ann)
    await wait(timedelta(seconds=30))
    assert is_in(gathering, ann)


async def test_let_in_by_hand_is_decided(
    app: App, gathering: Gathering, guest: Actor, bob: Actor, wait: Wait
) -> None:
    await gathering.knocks(guest)
    gathering.inside(bob)
    gathering.chat.join_requests.clear()
    set_status(gathering.sandbox, gathering.chat, guest.id, "member", by=bob.id)
    await app.settle()
    async with app.db.reading() as session:
        request = (await session.exec(select(JoinRequest))).one()
    assert request.granted


async def test_strangers_and_other_guarantors_decide_nothing(
    app: App, gathering: Gathering, guest: Actor, ann: Actor, eve: Actor
) -> None:
    other = await open_pillar(app, "Lasery", "Lasers", 2)
    await appoint(app, other, eve)
    await gathering.knocks(guest)
    async with app.db.reading() as session:
        request = (await session.exec(select(JoinRequest))).one()
    for who in (ann, eve):
        await who.says("/menu")
        for button in (LetIn(request.key), TurnAway(request.key)):
            await who.presses_data(button.pack())
            assert "may not" in (who.toast or "")
    assert not is_in(gathering, guest)


async def test_a_long_answer_is_asked_for_again(gathering: Gathering, guest: Actor) -> None:
    await gathering.knocks(guest)
    await guest.says("x" * 301)
    assert "300" in guest.screen
    assert "jednou větou" in guest.screen


async def test_everything_that_changes_is_taken_down(
    app: App, gathering: Gathering, ann: Actor, bob: Actor, pillar: int
) -> None:
    await join(app, pillar, ann)
    await gathering.knocks(ann)
    gathering.inside(ann).phone.leaves()
    await app.settle()
    async with app.db.reading() as session:
        query = select(GroupChange).where(GroupChange.telegram_id == ann.id)
        steps = [(each.old, each.new) for each in (await session.exec(query)).all()]
    assert steps == [("left", "member"), ("member", "left")]


@pytest.mark.postgres
async def test_a_storm(
    app: App, sandbox: Sandbox, gathering: Gathering, bob: Actor, pillar: int
) -> None:
    """Half of them are of the pillar: those are in, the others wait, nobody is forgotten."""
    users = [User(50_000 + n, f"Guest {n}", language_code="en") for n in range(STORM)]
    async with app.db.writing() as session:
        for user in users:
            sandbox.world.users[user.id] = user
            if user.id % 2:
                person = Person(telegram_id=user.id, first_name=user.first_name, met_at=NOW)
                session.add(person)
                await session.flush()
                session.add(PillarMember(pillar_id=pillar, person_id=person.key, since=NOW))
    for user in users:
        Phone(sandbox, user.id).follows_invitation(gathering.chat.links[0].url)
    await app.settle()
    inside = {number for number in gathering.chat.people if number >= 50_000}
    assert inside == {user.id for user in users if user.id % 2}
    async with app.db.reading() as session:
        requests = (await session.exec(select(JoinRequest))).all()
    assert len(requests) == STORM
    assert sum(each.granted is None for each in requests) == STORM // 2


async def test_telegram_asks_to_slow_down(
    app: App, sandbox: Sandbox, gathering: Gathering, ann: Actor, pillar: int, wait: Wait
) -> None:
    await join(app, pillar, ann)
    sandbox.faults = [Fault("approveChatJoinRequest", "429", times=1, seconds=3)]
    await gathering.knocks(ann)
    assert not is_in(gathering, ann)
    await wait(timedelta(seconds=10))
    assert is_in(gathering, ann)


def test_tags_fit() -> None:
    assert attending.tag("Crytur") == "Crytur"
    assert attending.tag("Ukázková optika a mechanika") == "Ukázková optika"
    assert attending.tag("Nejneobhospodařovávatelnější") == "Nejneobhospodařo"
    assert attending.tag("") == ""


async def test_the_guarantors_page(
    gathering: Gathering, guest: Actor, bob: Actor, pillar: int
) -> None:
    await gathering.knocks(guest)
    await bob.says("/menu")
    await bob.presses_data(OpenPillarChat(pillar).pack())
    assert "Optika & spol." in bob.screen
    await bob.presses("🚪 U dveří (1)")
    assert CAST["guest"].first_name in bob.screen
    await bob.presses("✅ Přijmout")
    assert is_in(gathering, guest)
    await bob.presses("◀ Zpět")
    assert "Nikdo na vstup nečeká" in bob.screen
