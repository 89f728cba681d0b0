"""What was sent is put right: albums too, with names in it; and how many have it is said."""

from collections.abc import Sequence

import pytest

from bot.sandbox.request import Upload
from tests.actors import Actor
from tests.stories.announcing import MEMBERS, MINUTE, PICTURE, SOON, Wait, received, write

SEND = "📨 Poslat 4 lidem"


@pytest.fixture(autouse=True)
async def members(
    ann: Actor, bob: Actor, contact: Actor, eve: Actor, manager: Actor, wait: Wait
) -> Sequence[Actor]:
    """The four whom announcements reach; and the manager has had the morning's card."""
    await wait(SOON)
    return ann, bob, contact, eve


async def send(manager: Actor, wait: Wait) -> None:
    await manager.presses(SEND)
    await wait(MINUTE)
    await wait(SOON)


async def send_album(manager: Actor, wait: Wait, caption: str) -> None:
    await manager.says("/oznameni")
    files = [Upload(f"{number}.png", PICTURE, "image/png") for number in range(3)]
    manager.phone.uploads_album(files, "photo", caption)
    await manager.app.settle()
    await manager.presses("✅ To je vše")
    await manager.presses("👥 Vybrat komu")
    await manager.presses(MEMBERS)
    await send(manager, wait)


def captions(who: Actor) -> list[str]:
    return [each.get("caption", "") for each in received(who)]


def results(who: Actor) -> str:
    """The card of an announcement, below which examples may have been shown since."""
    return next(text for text in reversed(who.heard) if "Doručeno:" in text)


@pytest.mark.postgres
async def test_the_words_of_an_album(manager: Actor, members: Sequence[Actor], wait: Wait) -> None:
    await send_album(manager, wait, "Z návštěvi")
    await manager.presses("✏️ Opravit překlep")
    assert "Obrázky a soubory v albu zůstanou" in manager.screen
    await manager.says("Z návštěvy")
    await manager.presses("✅ Ano, opravit")
    await wait(SOON)
    assert [captions(who) for who in members] == [["Z návštěvy", "", ""]] * 4


async def test_an_album_is_no_other_album(
    manager: Actor, members: Sequence[Actor], wait: Wait
) -> None:
    await send_album(manager, wait, "Z návštěvi")
    await manager.presses("✏️ Opravit překlep")
    await manager.uploads("jiny.png", PICTURE, "photo", "Z návštěvy")
    assert "Opravit umím slova" in manager.screen
    await manager.says("Z návštěvy")
    await manager.presses("✅ Ano, opravit")
    await wait(SOON)
    assert captions(members[0])[0] == "Z návštěvy"


async def test_names_are_filled_in_where_it_is_looked_at_and_where_it_arrives(
    manager: Actor, ann: Actor, wait: Wait
) -> None:
    await write(manager, "Dobrý den, {jméno}, zítra je wolno.")
    await send(manager, wait)
    await manager.presses("✏️ Opravit překlep")
    await manager.says("Dobrý den, {jméno}, zítra je volno.")
    assert "Dobrý den, Marie, zítra je volno." in manager.heard[-2:]
    await manager.presses("✅ Ano, opravit")
    await wait(SOON)
    assert ann.heard == ["Dobrý den, Ann, zítra je volno."]


async def test_a_name_that_was_not_there_cannot_come_in(
    manager: Actor, ann: Actor, wait: Wait
) -> None:
    await write(manager, "Zítra je wolno.")
    await send(manager, wait)
    await manager.presses("✏️ Opravit překlep")
    await manager.says("Dobrý den, {jméno}, zítra je volno.")
    assert "Jméno ani organizaci už do odeslané zprávy přidat neumím." in manager.screen
    await manager.says("Zítra je volno.")
    await manager.presses("✅ Ano, opravit")
    await wait(SOON)
    assert ann.heard == ["Zítra je volno."]


@pytest.mark.postgres
async def test_how_many_have_it_put_right_and_how_many_have_it_no_more(
    manager: Actor, eve: Actor, wait: Wait
) -> None:
    await write(manager, "Zítra je wolno.")
    await send(manager, wait)
    await eve.blocks()
    for words in ("Zítra je volnno.", "Zítra je volno."):
        await manager.presses("✏️ Opravit překlep")
        await manager.says(words)
        await manager.presses("✅ Ano, opravit")
        await wait(SOON)
    await manager.presses("📊 Výsledky")
    assert "✏️ Opraveno: 3" in results(manager)
    assert "Staženo" not in results(manager)
    await manager.presses("🗑 Stáhnout i doručené")
    await manager.presses("🗑 Ano, smazat")
    await wait(SOON)
    await manager.presses("📊 Výsledky")
    assert "🗑 Zítra je volno. · staženo" in results(manager)
    assert "🗑 Staženo: 4" in results(manager)


async def test_it_can_be_put_right_from_the_list(manager: Actor, ann: Actor, wait: Wait) -> None:
    await write(manager, "Zítra je wolno.")
    await send(manager, wait)
    await manager.says("/sprava")
    await manager.presses("📜 Oznámení")
    await manager.presses("✅ 1. 3. 2027 · Zítra je wolno.")
    await manager.presses("✏️ Opravit překlep")
    await manager.says("Zítra je volno.")
    await manager.presses("✅ Ano, opravit")
    await wait(SOON)
    assert ann.heard == ["Zítra je volno."]
