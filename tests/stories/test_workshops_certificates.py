"""A certificate of attendance for those who were there, and what came of it half a year later."""

from datetime import timedelta

import pytest

from bot.app import App
from tests.actors import Actor
from tests.stories.afterwards import DAY, Held, Wait, day

TITLE = "Tenké vrstvy"


@pytest.mark.postgres
async def test_by_one_tap(ann: Actor, held: Held) -> None:
    await held(TITLE, sat=[ann], came=[ann])
    await ann.presses_data("ws.cert:1")
    assert ann.toast == "Preparing your certificate …"
    assert ann.document.startswith(b"%PDF")
    assert ann.heard[-1] == "📜 Tenké vrstvy: certificate of attendance"


async def test_offered_to_who_was_at_most_of_it(
    ann: Actor, bob: Actor, eve: Actor, held: Held, wait: Wait
) -> None:
    parts = [day(n, f"Den {n}") for n in range(5)]
    came = {0: [ann, bob], 1: [ann, bob], 2: [ann, bob], 3: [ann]}
    await held(TITLE, sat=[ann, bob, eve], came=came, parts=parts)
    for _ in range(8):
        await wait(DAY / 2)
    offered = [
        any("osvědčení" in e or "certificate" in e for e in a.heard) for a in (ann, bob, eve)
    ]
    assert offered == [True, False, False]
    await bob.presses_data("ws.cert:1")
    assert bob.document.startswith(b"%PDF")
    assert bob.heard[-1] == "📜 Tenké vrstvy: osvědčení o účasti"


async def test_who_was_not_there(ann: Actor, bob: Actor, held: Held) -> None:
    await held(TITLE, sat=[ann, bob], came=[ann])
    await bob.presses_data("ws.cert:1")
    assert (bob.toast or "").startswith("Nemám záznam, že jste na akci byli.")


async def test_a_seat_alone_is_no_attendance(ann: Actor, held: Held) -> None:
    await held(TITLE, sat=[ann])
    await ann.presses_data("ws.cert:1")
    assert (ann.toast or "").startswith("I do not know of you being there.")


async def test_half_a_year_later(
    app: App, ann: Actor, bob: Actor, manager: Actor, held: Held, wait: Wait
) -> None:
    await held(TITLE, sat=[ann, bob], came=[ann, bob])
    await wait(timedelta(days=184))
    await wait(DAY)
    assert "Do you remember Tenké vrstvy (May 2027)?" in ann.screen
    await ann.presses("🤝 Cooperation")
    await ann.presses("✍️ Say more in a sentence")
    await ann.says("We measure <together>.")
    assert "Noted, thank you!" in ann.screen
    await bob.presses("Zatím ne")
    await bob.presses_data("ws.out.is:1:order")
    await manager.presses_data("ws.out.all:1:0")
    assert "🤝 Spolupráce: 1" in manager.screen
    assert "📦 Zakázka: 1" in manager.screen
    assert "Zatím ne: 0" in manager.screen
    assert "🤝 Spolupráce: „We measure <together>.“ Ann Member" in manager.screen
    await ann.presses_data("priv.get")
    assert b"We measure <together>." in ann.document
    await bob.presses_data("ws.out.is:1:nonsense")
    assert bob.alert
    await bob.presses_data("ws.out.all:1:0")
    assert bob.alert


async def test_who_was_not_there_is_not_asked(
    ann: Actor, bob: Actor, held: Held, wait: Wait
) -> None:
    await held(TITLE, sat=[ann, bob], came=[ann])
    await wait(timedelta(days=184))
    await wait(DAY)
    assert not any("Vzpomínáte" in each for each in bob.heard)
    await bob.presses_data("ws.out.is:1:order")
    assert bob.alert
