"""Members of a pillar put forward what should change; their organisations stand behind it."""

import pytest

from bot.app import App
from tests.actors import Actor
from tests.stories.lobbying import Lasers, begins, types
from tests.stories.pillars import GLASS, OPTICS


@pytest.fixture
async def lasers(app: App, contact: Actor, eve: Actor) -> Lasers:
    return await Lasers(app).found(contact, [eve])


@pytest.mark.postgres
async def test_a_topic_is_put_forward_and_supported(
    ann: Actor, bob: Actor, eve: Actor, contact: Actor, lasers: Lasers
) -> None:
    await ann.says("/menu")
    await ann.presses_data(f"pi.top:{lasers.key}:0:open")
    assert "Nothing is open just now." in ann.screen
    await ann.presses("✍️ Put a topic forward")
    assert "1/5 What should it be called?" in ann.screen
    await types(ann, title="Export <licences>")
    assert "Shall I put it forward in Lasers so?" in ann.screen
    await ann.presses("✅ Put it forward")
    assert "Export <licences>" in ann.screen
    assert "Lasers · 🆕 new" in ann.screen
    assert "Supported by 1 organisation: Ukázková optika" in ann.screen
    assert "v pilíři Lasery: Export <licences>. Podává ho Ann Member" in contact.heard[-1]
    await eve.says("/menu")
    await eve.presses_data(f"pi.top:{lasers.key}:0:open")
    await eve.presses("Export <licences>")
    await eve.presses("👍 We support it")
    assert "Supported by 2 organisations: Sklo a čočky, Ukázková optika" in eve.screen
    await bob.says("/menu")
    await bob.presses_data("pt:1")
    assert "Podporují 2 organizace" in bob.screen
    assert "👍 Podporujeme" not in bob.buttons
    await bob.presses_data("pt.yes:1")
    assert bob.toast == "Vaše organizace už podnět podporuje, potvrzuje to Ann Member."
    await eve.presses_data("pt.yes:1")
    assert eve.toast == "Your organisation stands behind it already: you said so yourself."
    assert len(await lasers.supports()) == 2
    await eve.presses("🏛 Supporters")
    assert "• Sklo a čočky (Eve Elsewhere, 1 Mar 2027)" in eve.screen


async def test_support_is_taken_back(
    ann: Actor, bob: Actor, contact: Actor, lasers: Lasers
) -> None:
    key = await lasers.put(ann)
    for who in (ann, bob, contact):
        await who.says("/menu")
    await bob.presses_data(f"pt.yes:{key}")
    await ann.presses_data(f"pt:{key}")
    assert "For your organisation Bořek Člen said so on 1 Mar 2027." in ann.screen
    assert "↩️ Withdraw our support" not in ann.buttons
    await ann.presses_data(f"pt.no:{key}")
    assert (ann.toast or "").startswith("You may not do this.")
    await contact.presses_data(f"pt:{key}")
    await contact.presses("↩️ Vzít podporu zpět")
    assert "Zatím ho žádná organizace nepodporuje." in contact.screen
    await bob.presses_data(f"pt.no:{key}")
    assert not bob.alert
    await ann.presses_data(f"pt:{key}")
    await ann.presses("👍 We support it")
    await ann.presses("↩️ Withdraw our support")
    assert await lasers.supports() == []


@pytest.mark.postgres
async def test_who_has_left_is_not_counted(ann: Actor, eve: Actor, lasers: Lasers) -> None:
    key = await lasers.put(ann)
    other = await lasers.put(ann, "Another one")
    for who in (ann, eve):
        await who.says("/menu")
        await who.presses_data(f"pt.yes:{key}")
    await lasers.leaves(eve)
    await ann.presses_data(f"pt:{key}")
    assert "Supported by 1 organisation: Ukázková optika" in ann.screen
    assert "Not counted, having left the pillar or the cluster: Sklo a čočky" in ann.screen
    await ann.presses("🏛 Supporters")
    assert "Not counted, having left the pillar or the cluster:\n• Sklo a čočky" in ann.screen
    await eve.presses_data(f"pt:{other}")
    assert "👍 We support it" not in eve.buttons
    assert "Those who are in the pillar can support it." in eve.screen
    await eve.presses_data(f"pt.yes:{other}")
    assert eve.toast == "This is for those who are in the pillar. Its card shows how to join."
    await eve.presses_data(f"pt.put:{lasers.key}")
    assert eve.alert
    await eve.presses_data(f"pt:{other}")
    await eve.presses("➕ Join the pillar")
    await eve.presses_data(f"pt:{other}")
    await eve.presses("👍 We support it")
    assert "Supported by 1 organisation: Sklo a čočky" in eve.screen
    await lasers.leaves(eve)
    await lasers.parts_with(OPTICS)
    await eve.presses_data(f"pt:{key}")
    assert "No organisation stands behind it yet." in eve.screen
    assert "Sklo a čočky, Ukázková optika" in eve.screen


async def test_whose_organisation_has_left_the_cluster(
    ann: Actor, eve: Actor, lasers: Lasers
) -> None:
    key = await lasers.put(ann)
    await lasers.parts_with(GLASS)
    await eve.says("/menu")
    await eve.presses_data(f"pt.yes:{key}")
    assert eve.toast == "Your organisation is no member of the cluster, so it would not count."
    assert await lasers.supports() == []


@pytest.mark.postgres
async def test_lists(ann: Actor, bob: Actor, eve: Actor, lasers: Lasers) -> None:
    for number in range(6):
        await lasers.put(eve, f"Topic {number}")
    await eve.says("/menu")
    await eve.presses_data("pt.yes:2")
    await ann.says("/menu")
    await ann.presses_data("pt.yes:2")
    await ann.presses_data("pt.yes:4")
    await ann.presses_data(f"pi.top:{lasers.key}:0:open")
    titles = [label for label in ann.buttons if label.startswith("Topic")]
    assert titles == ["Topic 1", "Topic 3", "Topic 5", "Topic 4", "Topic 2"]
    assert "🆕 new · 2 organisations stand behind it" in ann.screen
    await ann.presses("▶")
    assert [label for label in ann.buttons if label.startswith("Topic")] == ["Topic 0"]
    await bob.says("/menu")
    await bob.presses_data(f"pi.top:{lasers.key}:9:open")
    assert "Topic 0" in bob.screen
    await bob.presses("Moje")
    assert [label for label in bob.buttons if label.startswith("Topic")] == ["Topic 1", "Topic 3"]
    await bob.presses("Přijaté")
    assert "Zatím nebyl žádný podnět přijat." in bob.screen
    await bob.presses("Uzavřené")
    assert "Zatím nebyl žádný podnět vyřízen ani odložen." in bob.screen
    await bob.presses_data(f"pi.top:{lasers.key}:0:nonsense")
    assert bob.alert


async def test_a_guest_of_the_cluster_sees_nothing(
    ann: Actor, guest: Actor, lasers: Lasers
) -> None:
    key = await lasers.put(ann)
    await guest.says("/start")
    of_pillar = (f"pi.top:{lasers.key}:0:open", f"pt.put:{lasers.key}")
    of_topic = (f"{way}:{key}" for way in ("pt", "pt.yes", "pt.who", "pt.past", "pt.say.w"))
    for data in (*of_pillar, *of_topic, f"pt.say:{key}:0"):
        await guest.presses_data(data)
        assert (guest.toast or "").startswith("Tohle je jen pro členy klastru."), data


async def test_a_topic_that_is_gone(ann: Actor, lasers: Lasers) -> None:
    await ann.says("/menu")
    for data in ("pt:77", "pt.yes:77", "pt.no:77", "pt.say:77:0", "pt.past:77", "pt.who:77",
                 "pt.move:77", "pt.to:77:new:adopted", "pt.say.w:77", "pt.say.x:77",
                 "pt.put:77", "pi.top:77:0:open"):  # fmt: skip
        await ann.presses_data(data)
        assert ann.alert, data


async def test_too_many_at_once(ann: Actor, lasers: Lasers) -> None:
    for number in range(10):
        await lasers.put(ann, f"Topic {number}")
    await begins(ann, lasers)
    assert ann.toast == "10 of your topics are open here. Please wait for these."


async def test_a_guest_whom_the_guarantor_has_let_in(
    ann: Actor, contact: Actor, guest: Actor, app: App
) -> None:
    await guest.says("/start")
    lasers = await Lasers(app).found(contact, [guest])
    await begins(guest, lasers)
    await types(guest)
    await guest.presses("✅ Podat")
    assert "Podnět podává Hana Hostová, 1. 3. 2027" in guest.screen
    assert "Zatím ho žádná organizace nepodporuje." in guest.screen
    assert "👍 Podporujeme" not in guest.buttons
    await guest.presses_data("pt.yes:1")
    assert (guest.toast or "").startswith("Vaše organizace není členem klastru")
    await contact.says("/menu")
    await contact.presses_data("pt.to:1:new:adopted")
    await contact.says("Dává smysl.")
    assert "Váš podnět Export licences se posunul." in guest.heard[-1]
    await ann.says("/menu")
    await ann.presses_data("pt.yes:1")
    await ann.presses_data("pt:1")
    assert "Put forward by Hana Hostová on 1 Mar 2027" in ann.screen
