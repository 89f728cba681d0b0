"""A guarantor writes to the pillar: to its people, once a week."""

from datetime import timedelta

import pytest

from bot.app import App
from tests.actors import Actor
from tests.stories.announcing import MINUTE, PICTURE, SOON, Wait, received
from tests.stories.pillars import GLASS, add_pillar, appoint, open_pillar, person_id

WAITS = "týden už pilíř zprávu dostal."


async def _write(who: Actor, pillar_id: int, text: str = "Sejdeme se v úterý.") -> None:
    await who.presses_data(f"pi.run:{pillar_id}")
    await who.presses("📣 Napsat pilíři")
    assert "nejvýš jednu takovou týdně" in who.screen
    await who.says(text)


@pytest.mark.postgres
async def test_it_reaches_those_who_joined_and_the_people_of_its_organisations(
    app: App, bob: Actor, ann: Actor, eve: Actor, contact: Actor, wait: Wait
) -> None:
    pillar = await add_pillar(app, stand=GLASS)
    await appoint(app, bob, pillar)
    await ann.says("/groups")
    await ann.presses("Lasers · 1")
    await ann.presses("➕ Join")
    await bob.says("/menu")
    await _write(bob, pillar)
    assert "Komu: lidem z pilíře Lasery" in bob.screen
    assert "👥 Změnit komu" not in bob.buttons
    await bob.presses("📨 Poslat 2 lidem")
    await wait(MINUTE)
    await wait(SOON)
    signed = "Sejdeme se v úterý.\n\n— Bořek Člen, pilíř Lasery"
    assert signed in (received(ann)[-1]["text"], received(eve)[-1]["text"])
    assert not received(contact)
    assert "Oznámení je rozesláno" in bob.screen
    await bob.presses("◀ Zpět")
    assert "🚪 Odejít" in bob.buttons or "➕ Vstoupit" in bob.buttons


async def test_whoever_has_left_gets_nothing(app: App, bob: Actor, eve: Actor, wait: Wait) -> None:
    pillar = await add_pillar(app, stand=GLASS)
    await appoint(app, bob, pillar)
    await wait(timedelta(days=1))
    await eve.says("/menu")
    await eve.presses_data(f"pi.join:{pillar}")
    await eve.presses_data(f"pi.leave:{pillar}")
    await bob.says("/menu")
    await _write(bob, pillar)
    assert "V pilíři teď není komu psát." in bob.screen
    await bob.presses_data("an.go:1:1:0")
    assert "Není komu" in str(bob.toast)


async def test_one_a_week_and_more_through_the_manager(
    app: App, bob: Actor, contact: Actor, eve: Actor, manager: Actor, wait: Wait
) -> None:
    pillar = await add_pillar(app, stand=GLASS)
    await appoint(app, bob, pillar)
    await appoint(app, contact, pillar)
    await bob.says("/menu")
    await _write(bob, pillar, "První")
    await bob.presses("📨 Poslat 1 člověku")
    await wait(MINUTE)
    await wait(SOON)
    await contact.says("/menu")
    await _write(contact, pillar, "Druhá")
    assert WAITS in contact.screen
    assert "📨 Poslat 1 člověku" not in contact.buttons
    await contact.presses_data("an.go:2:1:0")
    assert WAITS in str(contact.toast)
    await contact.presses("🙋 Předat manažerovi")
    await manager.presses("👁 Podívat se")
    await manager.presses("📨 Poslat 1 člověku")
    await wait(MINUTE)
    await wait(SOON)
    assert received(eve)[-1]["text"].startswith("Druhá")
    await wait(timedelta(days=7))
    await _write(contact, pillar, "Třetí")
    await contact.presses("📨 Poslat 1 člověku")
    await wait(MINUTE)
    await wait(SOON)
    assert received(eve)[-1]["text"].startswith("Třetí")


async def test_it_says_who_writes_and_for_which_pillar_once(
    app: App, bob: Actor, eve: Actor, manager: Actor, wait: Wait
) -> None:
    """In the language of the words, also when they are written anew or put right."""
    pillar = await add_pillar(app, stand=GLASS)
    await appoint(app, bob, pillar)
    await bob.says("/menu")
    await _write(bob, pillar)
    await bob.presses("✏️ Napsat znovu")
    await bob.says("Sejdeme se ve středu.\n\n— Bořek Člen, pilíř Lasery")
    assert bob.heard[-2] == "Sejdeme se ve středu.\n\n— Bořek Člen, pilíř Lasery"
    await bob.presses("🔘 Tlačítka, jazyky")
    await bob.presses("➕ 🇬🇧 English")
    await bob.says("We meet on Wednesday.")
    assert bob.heard[-2] == "We meet on Wednesday.\n\n— Bořek Člen, Lasers pillar"
    await bob.presses("📨 Poslat 1 člověku")
    await wait(MINUTE)
    await wait(SOON)
    await bob.presses("✏️ Opravit překlep")
    await bob.presses("🇬🇧 English")
    await bob.says("We meet on Friday.")
    await bob.presses("✅ Ano, opravit")
    await wait(SOON)
    assert received(eve)[-1]["text"] == "We meet on Friday.\n\n— Bořek Člen, Lasers pillar"


@pytest.mark.parametrize(("kind", "limit"), [("text", 4096), ("photo", 1024)])
async def test_the_signature_counts(app: App, bob: Actor, kind: str, limit: int) -> None:
    pillar = await add_pillar(app, stand=GLASS)
    await appoint(app, bob, pillar)
    await bob.says("/menu")
    await _write(bob, pillar)
    await bob.presses("✏️ Napsat znovu")
    if kind == "text":
        await bob.says("x" * (limit - 5))
    else:
        await bob.uploads("plan.png", PICTURE, "photo", "x" * (limit - 5))
    assert f"I s podpisem smí mít zpráva nejvýš {limit} znaků." in bob.screen
    await bob.uploads("plan.png", PICTURE, "photo")
    assert bob.messages[-2]["caption"] == "— Bořek Člen, pilíř Lasery"


async def test_only_to_ones_own_pillar(app: App, bob: Actor, assistant: Actor) -> None:
    own = await add_pillar(app, stand=GLASS)
    other = await add_pillar(app, "Mikroskopie", "Microscopy", stand=GLASS)
    await appoint(app, bob, own)
    await bob.says("/menu")
    await bob.presses_data(f"pi.ann:{other}")
    assert "nemáte oprávnění" in str(bob.toast)
    await _write(bob, own)
    await bob.presses_data(f"an.to:1:1:pillar.{other}")
    assert "nemáte oprávnění" in str(bob.toast)
    await bob.presses_data("an:0")
    assert "nemáte oprávnění" in str(bob.toast)
    await assistant.says("/menu")
    await assistant.presses_data(f"pi.ann:{own}")
    assert "nemáte oprávnění" in str(assistant.toast)


async def test_a_guarantor_who_has_left_sends_nothing(
    app: App, bob: Actor, eve: Actor, manager: Actor, wait: Wait
) -> None:
    pillar = await add_pillar(app, stand=GLASS)
    await appoint(app, bob, pillar)
    await bob.says("/menu")
    await _write(bob, pillar)
    key = await person_id(app, bob)
    await manager.presses_data(f"pe.dis.p:{key}:guarantor:{pillar}")
    await bob.presses("📨 Poslat 1 člověku")
    await wait(MINUTE)
    await wait(SOON)
    assert "nemáte oprávnění" in str(bob.toast)
    assert not received(eve)


async def test_thinking_better_of_it(app: App, bob: Actor) -> None:
    pillar = await add_pillar(app, stand=GLASS)
    await appoint(app, bob, pillar)
    await open_pillar(bob, "Lasery · 1")
    await bob.presses("🛠 Vést skupinu")
    await bob.presses("📣 Napsat pilíři")
    await bob.presses("Zrušit")
    assert "nic se nezměnilo" in bob.screen.lower()
    await _write(bob, pillar)
    await bob.presses("✏️ Napsat znovu")
    await bob.says("Lépe")
    await bob.presses("🗑 Zahodit")
    await bob.presses("◀ Zpět")
    assert "Garant: Bořek Člen" in bob.screen
