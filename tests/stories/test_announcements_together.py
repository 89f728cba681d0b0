"""Two people at the words of one draft: neither text takes the place of the other unseen."""

from datetime import timedelta

import pytest

from bot.app import App
from storage import announcements as store
from tests.actors import Actor
from tests.stories.announcing import MINUTE, SOON, Wait, write

QUARTER = timedelta(minutes=15)
MINE, THEIRS = "✏️ Moje nové znění", "👇 To, které je tam teď"


@pytest.fixture(autouse=True)
async def both_are_up(
    manager: Actor,
    assistant: Actor,
    ann: Actor,
    bob: Actor,
    contact: Actor,
    eve: Actor,
    wait: Wait,
) -> None:
    """The manager has had the morning's card, and announcements reach four members."""
    await assistant.says("/start")
    await wait(SOON)


async def said(app: App) -> str:
    async with app.db.writing() as session:
        (content,) = await store.contents(session, 1)
        return str(content.payload["text"])


async def both_write(manager: Actor, assistant: Actor, wait: Wait) -> None:
    """The assistant begins, the manager is faster, a quarter of an hour later."""
    await write(manager, "První znění.")
    await assistant.presses_data("an.re:1")
    await wait(QUARTER)
    await manager.presses("✏️ Napsat znovu")
    await manager.says("Znění manažerky.")
    await assistant.says("Znění asistenta.")


@pytest.mark.postgres
async def test_the_second_one_is_told_by_whom_and_when_and_asked(
    app: App, manager: Actor, assistant: Actor, wait: Wait
) -> None:
    await both_write(manager, assistant, wait)
    asked, shown = assistant.heard[-2:]
    assert "mezitím přepsala jiná osoba (Marie Manažerová, 9:15)" in asked
    assert shown == "Znění manažerky."
    assert await said(app) == "Znění manažerky."
    await assistant.presses(MINE)
    assert await said(app) == "Znění asistenta."
    assert "Znění asistenta." in assistant.heard[-2]


async def test_the_other_text_may_stay(
    app: App, manager: Actor, assistant: Actor, wait: Wait
) -> None:
    await both_write(manager, assistant, wait)
    await assistant.presses(THEIRS)
    assert await said(app) == "Znění manažerky."
    assert "Dostanou ji 4 lidé." in assistant.screen


async def test_giving_up_leaves_the_other_text(
    app: App, manager: Actor, assistant: Actor, wait: Wait
) -> None:
    await both_write(manager, assistant, wait)
    await assistant.says("cokoli")
    assert "jedno z tlačítek" in assistant.screen
    await assistant.presses("Zrušit")
    assert await said(app) == "Znění manažerky."


async def test_a_third_text_is_asked_about_once_more(
    app: App, manager: Actor, assistant: Actor, wait: Wait
) -> None:
    await both_write(manager, assistant, wait)
    await manager.presses("✏️ Napsat znovu")
    await manager.says("Ještě jiné znění.")
    await assistant.presses(MINE)
    assert assistant.heard[-1] == "Ještě jiné znění."
    await assistant.presses(MINE)
    assert await said(app) == "Znění asistenta."


async def test_in_two_languages_nobody_is_in_the_way(
    app: App, manager: Actor, assistant: Actor
) -> None:
    await write(manager, "První znění.")
    await assistant.presses_data("an.var:1:en")
    await manager.presses("✏️ Napsat znovu")
    await manager.says("Druhé znění.")
    await assistant.says("The first wording.")
    async with app.db.writing() as session:
        texts = [each.payload["text"] for each in await store.contents(session, 1)]
    assert texts == ["Druhé znění.", "The first wording."]


async def test_buttons_are_no_other_words(
    app: App, manager: Actor, assistant: Actor, wait: Wait
) -> None:
    await write(manager, "První znění.")
    await assistant.presses_data("an.re:1")
    await manager.presses("🔘 Tlačítka, jazyky")
    await manager.presses("🙋 Mám zájem")
    await assistant.says("Znění asistenta.")
    assert await said(app) == "Znění asistenta."


async def test_what_has_left_meanwhile_becomes_a_new_draft_and_that_is_said(
    manager: Actor, assistant: Actor, ann: Actor, wait: Wait
) -> None:
    await write(manager, "První znění.")
    await assistant.presses_data("an.re:1")
    await manager.presses("📨 Poslat 4 lidem")
    await wait(MINUTE)
    await assistant.says("Znění asistenta.")
    assert "mezitím odešlo nebo bylo zahozeno. Tohle je nový koncept." in assistant.screen
    assert ann.heard == ["První znění."]


async def test_what_was_approved_is_not_what_was_changed_meanwhile(
    manager: Actor, assistant: Actor, wait: Wait
) -> None:
    """Also how it leaves is part of what the manager has seen."""
    await write(assistant)
    await assistant.presses("🙋 Předat manažerovi")
    await assistant.presses_data("an.by:1:digest")
    await manager.presses("✅ Schválit a poslat")
    assert "Mezitím se to změnilo. Takhle to vypadá teď." in manager.screen
    assert "Najdou ji v pondělním přehledu." in manager.screen


async def test_who_approves_it_sees_it_with_their_own_name(
    manager: Actor, assistant: Actor
) -> None:
    await write(assistant, "Dobrý den, {jméno}!")
    await assistant.presses("🙋 Předat manažerovi")
    assert "Dobrý den, Marie!" in manager.heard
