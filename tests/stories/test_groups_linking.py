"""A pillar finds its Telegram group: added, linked, watched, moved, unlinked."""

from datetime import timedelta

import pytest

from bot.app import App
from bot.kit import routes
from bot.sandbox.clock import Clock
from bot.sandbox.membership import migrate
from bot.sandbox.sandbox import Sandbox
from handlers.groups.chat_ways import LinkGroup
from handlers.groups.ways import OpenPillarChat
from storage.groups import places
from storage.people import by_telegram
from tests.actors import Actor
from tests.stories.afterwards import Wait
from tests.stories.gathering import CLUB, Gathering, appoint, open_pillar


@pytest.fixture
def gathering(app: App, sandbox: Sandbox) -> Gathering:
    gathering = Gathering(app, sandbox)
    gathering.found()
    return gathering


@pytest.fixture
async def pillar(app: App) -> int:
    return await open_pillar(app)


async def sees_group(who: Actor, pillar_id: int) -> str:
    await who.says("/menu")
    await who.presses_data(OpenPillarChat(pillar_id).pack())
    return who.screen


async def test_the_manager_adds_the_bot_and_taps_once(
    gathering: Gathering, manager: Actor, pillar: int
) -> None:
    await gathering.add_bot(manager)
    assert "Ke kterému pilíři skupina patří?" in manager.screen
    assert gathering.said == []
    await manager.presses("Optika")
    assert "✅ Vše je připraveno" in manager.screen
    assert gathering.chat.links[0].asks
    assert "Optika & spol." in await sees_group(manager, pillar)


async def test_the_wizard_names_missing_rights_and_looks_again(
    gathering: Gathering, manager: Actor, pillar: int
) -> None:
    await gathering.add_bot(manager, "can_manage_chat", "can_pin_messages")
    await manager.presses("Optika")
    assert "⚠️ Některá práva mi chybí" in manager.screen
    assert "❌ Přidávat členy" in manager.screen
    assert "✅ Připínat zprávy" in manager.screen
    assert gathering.chat.links == []
    await manager.presses("🔄 Zkontrolovat znovu")
    assert "❌ Přidávat členy" in manager.screen
    await gathering.add_bot(manager)
    assert "✅ Vše je připraveno" in manager.screen
    assert gathering.chat.links[0].asks


async def test_a_guarantor_sees_only_their_pillar(
    app: App, gathering: Gathering, bob: Actor, pillar: int
) -> None:
    await open_pillar(app, "Lasery", "Lasers", 2)
    await appoint(app, pillar, bob)
    await gathering.add(bob)
    await gathering.add_bot(bob)
    assert "Optika" in bob.buttons
    assert "Lasery" not in bob.buttons
    await bob.presses("Optika")
    assert "Vše je připraveno" in bob.screen


async def test_a_strangers_group_is_left_after_a_day(
    app: App, gathering: Gathering, guest: Actor, clock: Clock, wait: Wait
) -> None:
    await gathering.add_bot(guest)
    assert "Jsem Paprsek, asistent klastru Ukázkový klastr" in gathering.said[0]
    assert "do dne" in gathering.said[0]
    await wait(timedelta(hours=23))
    assert gathering.bot_id in gathering.chat.people
    await wait(timedelta(hours=2))
    assert gathering.bot_id not in gathering.chat.people
    assert len(gathering.said) == 1


async def test_the_button_in_a_group_lets_only_those_who_may(
    gathering: Gathering, guest: Actor, manager: Actor, ann: Actor, pillar: int
) -> None:
    await gathering.add_bot(guest)
    (button,) = gathering.inside(manager).buttons.values()
    await ann.follows(button["url"])
    assert "You may not do this" in ann.screen
    await manager.follows(button["url"])
    await manager.presses("Optika")
    assert "Vše je připraveno" in manager.screen


async def test_links_made_up_lead_nowhere(manager: Actor, pillar: int) -> None:
    for token in ("s", "sx_1", "s5_0", "s1001_x"):
        await manager.follows(f"https://t.me/paprsek_bot?start={token}")
        assert "už tu není" in manager.screen
    await manager.presses_data(LinkGroup(CLUB, 0, pillar).pack())
    assert "už tu není" in (manager.toast or "")


async def test_somebody_elses_group(
    app: App, gathering: Gathering, bob: Actor, guest: Actor, pillar: int
) -> None:
    """A guarantor who is not there cannot take it."""
    await appoint(app, pillar, bob)
    await gathering.add_bot(guest)
    await bob.says("/menu")
    await bob.presses_data(LinkGroup(CLUB, 0, pillar).pack())
    assert "nejste" in bob.screen
    async with app.db.reading() as session:
        assert await places.of_pillar(session, pillar) is None


async def test_a_group_linked_twice(
    app: App, gathering: Gathering, manager: Actor, pillar: int
) -> None:
    other = await open_pillar(app, "Lasery", "Lasers", 2)
    await gathering.link(manager)
    await manager.presses_data(LinkGroup(CLUB, 0, other).pack())
    assert "už je propojené s pilířem Optika" in (manager.toast or "")
    gathering.found(-1002)
    await gathering.add_bot(manager)
    await manager.presses("Optika")
    assert "už skupinu má" in (manager.toast or "")


async def test_topics_of_a_forum(app: App, sandbox: Sandbox, manager: Actor, pillar: int) -> None:
    other = await open_pillar(app, "Lasery", "Lasers", 2)
    forum = Gathering(app, sandbox)
    chat = forum.found(is_forum=True)
    await forum.add_bot(manager)
    for name, key in (("Optika", pillar), ("Lasery", other)):
        topic = (await app.bot.create_forum_topic(chat.id, name)).message_thread_id
        inside = forum.inside(manager, topic)
        await inside.says("/propojit")
        (button,) = inside.buttons.values()
        newest = list(chat.messages.values())[-1].body
        assert newest["message_thread_id"] == topic
        await manager.follows(button["url"])
        await manager.presses(name)
        assert "Vše je připraveno" in manager.screen
        async with app.db.reading() as session:
            group = await places.of_pillar(session, key)
            assert group is not None
            assert group.thread_id == topic
        await inside.says("/link")
        assert f"pilíře {name}" in inside.screen


async def test_the_bot_is_demoted_and_removed(
    gathering: Gathering, manager: Actor, ann: Actor, pillar: int
) -> None:
    await gathering.link(manager)
    before = len(manager.heard)
    await gathering.add_bot(manager, "can_manage_chat", "can_pin_messages")
    assert "❌ Přidávat členy" in manager.screen
    await gathering.remove_bot(manager)
    assert "Ve skupině už nejsem" in manager.screen
    assert len(manager.heard) == before + 2
    assert "Ve skupině už nejsem" in await sees_group(manager, pillar)
    await gathering.add_bot(manager)
    assert "Vše je připraveno" in manager.screen


async def test_what_nobody_told_us_is_found_out_within_a_day(
    gathering: Gathering, manager: Actor, pillar: int, wait: Wait
) -> None:
    await gathering.link(manager)
    gathering.chat.administrators.remove(gathering.bot_id)
    await wait(timedelta(days=1, minutes=1))
    assert "Ve skupině už nejsem" in manager.screen


async def test_a_group_becomes_a_supergroup(
    app: App, sandbox: Sandbox, manager: Actor, pillar: int
) -> None:
    gathering = Gathering(app, sandbox)
    small = gathering.found(-77, "group")
    await gathering.link(manager)
    assert "Spravovat štítky" not in manager.screen
    migrate(sandbox, small, -10077)
    await app.settle()
    async with app.db.reading() as session:
        group = await places.of_pillar(session, pillar)
        assert group is not None
        assert group.chat_id == -10077
    assert "Optika & spol." in await sees_group(manager, pillar)


async def test_unlinking_asks_once_more_and_ends_the_link(
    gathering: Gathering, manager: Actor, pillar: int, wait: Wait
) -> None:
    await gathering.link(manager)
    await sees_group(manager, pillar)
    await manager.presses("🔗 Odpojit")
    await manager.presses("🔗 Ano, odpojit")
    assert gathering.chat.links[0].revoked
    await manager.presses("◀ Zpět")
    assert "zatím bez skupiny" in manager.screen
    await wait(timedelta(days=1, minutes=6))
    assert gathering.bot_id not in gathering.chat.people


async def test_no_command_shows_anything_of_anybody_in_a_group(
    gathering: Gathering, manager: Actor, pillar: int
) -> None:
    await gathering.link(manager)
    inside = gathering.inside(manager)
    names = [name for each in routes.commands for name in each.names]
    for name in names:
        await inside.says(f"/{name}")
        assert inside.buttons == {}
        if name in routes.group_commands:
            assert len(inside.screen) <= 200
        else:
            assert inside.screen == "Napište mi prosím soukromě: @paprsek_bot"
    count = len(gathering.said)
    await inside.says("/ping@other_bot")
    await inside.says("/stats")
    await inside.says("Dobrý den všem")
    assert len(gathering.said) == count


async def test_nobody_is_written_down_for_talking_in_a_group(
    app: App, gathering: Gathering, manager: Actor, guest: Actor, pillar: int
) -> None:
    await gathering.link(manager)
    await gathering.add(guest)
    await gathering.inside(guest).says("Ahoj")
    async with app.db.reading() as session:
        assert await by_telegram(session, guest.id) is None


async def test_a_channel_is_not_for_us(app: App, sandbox: Sandbox, manager: Actor) -> None:
    gathering = Gathering(app, sandbox)
    gathering.found(-1009, "channel")
    await gathering.add_bot(manager)
    assert gathering.bot_id not in gathering.chat.people
