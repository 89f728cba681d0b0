"""Somebody writes to the manager, or back to an announcement; the answer comes as the bot's."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.app import App
from handlers.letters.ways import CloseLetter
from handlers.links import ListLetters
from storage.announcements import Response, ResponseKind
from storage.people import Role, RoleName, by_telegram
from tests.actors import Actor
from tests.conftest import NOW
from tests.stories.announcing import PICTURE, Wait
from tests.stories.writing_letters import DONE, announces, heard, replies, writes


async def appoint(app: App, who: Actor) -> None:
    async with app.db.writing() as session:
        person = await by_telegram(session, who.id)
        assert person is not None
        session.add(Role(person_id=person.key, name=RoleName.MANAGER, since=NOW))


@pytest.mark.postgres
async def test_a_letter_and_its_answer(manager: Actor, bob: Actor) -> None:
    await writes(bob, "Potřebuji <potvrzení> o členství.")
    assert bob.screen.startswith("✅ Předáno manažerovi.")
    assert "✉️ Bořek Člen, Ukázková optika" in manager.screen
    assert "Potřebuji <potvrzení> o členství." in manager.screen
    await replies(manager, "Potřebuji", "Pošleme zítra.")
    assert "✅ Odesláno. Komu: Bořek Člen." in manager.screen
    assert bob.screen == "✉️ Odpověď manažera\n\nPošleme zítra."
    quoted = bob.messages[-1]["reply_to_message"]
    assert quoted["text"] == "Potřebuji <potvrzení> o členství."
    assert "Marie" not in bob.heard[-1]


async def test_a_reply_to_an_announcement_is_a_letter(
    app: App, manager: Actor, bob: Actor, wait: Wait
) -> None:
    await announces(manager, wait)
    await replies(bob, "Zítra je volno.", "A co pozítří?")
    assert "✉️ Bořek Člen, Ukázková optika" in manager.screen
    assert "↩️ k oznámení „Zítra je volno.“" in manager.screen
    assert "A co pozítří?" in manager.screen
    async with app.db.reading() as session:
        (said,) = (await session.exec(select(Response))).all()
    assert (said.kind, said.words) == (ResponseKind.WROTE, "A co pozítří?")


async def test_the_conversation_goes_on(manager: Actor, bob: Actor, wait: Wait) -> None:
    """By a reply to the answer, or by the button under it, which leaves the answer there."""
    await announces(manager, wait)
    await replies(bob, "Zítra", "A pozítří?")
    await replies(manager, "A pozítří?", "Pozítří ne.")
    await replies(bob, "Pozítří ne.", "Škoda.")
    assert "Škoda." in manager.screen
    assert "k oznámení" in manager.screen
    await bob.presses("✍️ Napsat zpět")
    await bob.says("Ještě něco.")
    assert manager.screen.endswith("Ještě něco.")
    assert any("Pozítří ne." in each for each in bob.heard)


async def test_what_is_no_reply_stays_a_search(manager: Actor, bob: Actor, wait: Wait) -> None:
    await announces(manager, wait)
    before = len(manager.heard)
    await bob.says("lasery")
    await bob.says("/menu")
    await replies(bob, "Ukázkový klastr", "lasery")
    assert len(manager.heard) == before


async def test_letters_wait_in_a_list_the_oldest_first(
    manager: Actor, bob: Actor, ann: Actor, wait: Wait
) -> None:
    await writes(bob, "První dotaz.")
    await wait(timedelta(days=1))
    await writes(ann, "The second one.")
    await manager.says("/sprava")
    await manager.presses("✉️ Zprávy (2)")
    assert "Na odpověď čekají 2 zprávy" in manager.screen
    first, second = "1. 3. Bořek Člen: První dotaz.", "2. 3. Ann Member: The second one."
    assert [*manager.buttons][:2] == [first, second]
    await manager.presses(first)
    assert "První dotaz." in manager.screen
    await manager.presses("✍️ Odpovědět")
    assert "Dostane ji Bořek Člen" in manager.screen
    await manager.says("První odpověď.")
    assert "První odpověď." in bob.screen
    await manager.presses_data(ListLetters().pack())
    assert "Na odpověď čeká 1 zpráva" in manager.screen
    await manager.presses(second)
    await manager.presses(DONE)
    assert "nečeká žádná zpráva" in manager.screen
    assert ann.screen.startswith("✅ The manager has your letter.")


async def test_the_card_tells_what_was_answered(manager: Actor, bob: Actor) -> None:
    await writes(bob, "Dotaz.")
    await replies(manager, "Dotaz.", "Odpověď.")
    await manager.presses("✅ Marie Manažerová")
    card = heard(manager, "Dotaz.")
    assert "↪️ Marie Manažerová" in card["text"]
    assert card["text"].endswith("Odpověď.")
    assert DONE not in str(card["reply_markup"])


async def test_put_aside_where_it_came(manager: Actor, bob: Actor) -> None:
    await writes(bob, "Jen na vědomí.")
    await manager.presses(DONE)
    assert manager.toast == "Uzavřeno."
    assert [*manager.buttons] == ["✅ Marie Manažerová"]
    await manager.presses("✅ Marie Manažerová")
    assert "Bez odpovědi uzavřel(a) Marie Manažerová" in manager.screen


async def test_two_managers_answer(
    app: App, manager: Actor, assistant: Actor, bob: Actor, ann: Actor
) -> None:
    """Both answers arrive; the second is told who was first."""
    await appoint(app, ann)
    await writes(bob, "Kdy?")
    assert "✉️ Bořek Člen" in ann.screen
    await replies(manager, "Kdy?", "V pondělí.")
    await replies(ann, "Kdy?", "On Monday.")
    assert "Marie Manažerová had answered before you" in ann.screen
    assert any("V pondělí." in each for each in bob.heard)
    assert "On Monday." in bob.screen


async def test_files_there_and_back(manager: Actor, bob: Actor) -> None:
    await bob.says("/pomoc")
    await bob.presses("✉️ Napsat manažerovi")
    await bob.uploads("plan.pdf", b"%PDF", caption="Náš návrh")
    letter = manager.messages[-1]
    assert letter["caption"].endswith("Náš návrh")
    assert manager.document == b"%PDF"
    manager.phone.says("Díky.", reply_to=letter["message_id"])
    await manager.app.settle()
    assert "Díky." in bob.screen
    await manager.presses_data(ListLetters().pack())
    await writes(bob, "A fotku nemáte?")
    await manager.presses("✍️ Odpovědět")
    await manager.uploads("foto.png", PICTURE, "photo")
    assert bob.photo == PICTURE
    assert bob.messages[-1]["caption"] == "✉️ Odpověď manažera"


async def test_an_answer_is_put_right(manager: Actor, bob: Actor) -> None:
    await writes(bob, "Kdy?")
    await replies(manager, "Kdy?", "V pondělí.")
    await manager.edits("V úterý.")
    assert bob.screen.endswith("V úterý.")
    assert "✍️ Napsat zpět" in bob.buttons
    await bob.edits("Kdy přesně?")
    assert "Kdy přesně?" not in "".join(manager.heard)


async def test_a_long_letter_keeps_all_its_words(manager: Actor, bob: Actor) -> None:
    await writes(bob, "x" * 4096)
    assert manager.screen == "x" * 4096
    assert "Bořek Člen" in manager.heard[-2]


async def test_a_form_is_not_taken_for_an_answer(manager: Actor, bob: Actor) -> None:
    """The manager is writing an announcement and answers a letter in between."""
    await writes(bob, "Spěchá to.")
    await manager.says("/oznameni")
    await replies(manager, "Spěchá to.", "Hned to bude.")
    assert "Hned to bude." in bob.screen
    await manager.says("Zítra je volno.")
    assert "Nikdo ji nedostane" in manager.screen or "👥 Vybrat komu" in manager.buttons
    assert "Zítra je volno." not in "".join(bob.heard)


async def test_only_the_team_answers(app: App, manager: Actor, bob: Actor, ann: Actor) -> None:
    """Somebody who was a manager still has the letter; the right is asked for at the moment."""
    await appoint(app, ann)
    await writes(bob, "Pro koho?")
    async with app.db.writing() as session:
        person = await by_telegram(session, ann.id)
        assert person is not None
        query = select(Role).where(Role.person_id == person.key)
        for role in (await session.exec(query)).all():
            role.until = NOW
    await replies(ann, "Pro koho?", "For me!")
    assert "You may not do this" in ann.screen
    assert "For me!" not in "".join(bob.heard)
    await ann.presses_data(CloseLetter(1).pack())
    assert "You may not do this" in (ann.toast or "")


async def test_who_has_left_the_bot(manager: Actor, bob: Actor) -> None:
    await writes(bob, "Nashle.")
    await bob.blocks()
    await replies(manager, "Nashle.", "Počkejte!")
    assert "Bořek Člen už v botovi není" in manager.screen
    await manager.says("/sprava")
    assert "✉️ Zprávy (1)" in manager.buttons


async def test_an_answer_that_does_not_arrive(
    app: App, manager: Actor, bob: Actor, wait: Wait
) -> None:
    """Nobody has told us yet that they blocked the bot."""
    await writes(bob, "Jste tam?")
    app_chat = bob.phone.chat
    app_chat.blocked = True
    await replies(manager, "Jste tam?", "Ano.")
    await wait(timedelta(minutes=1))
    assert "Vaše odpověď nedorazila" in manager.screen
    await manager.presses("✉️ Otevřít zprávu")
    assert "Jste tam?" in manager.screen
    assert DONE in manager.buttons


async def test_a_flood_of_letters(manager: Actor, bob: Actor, wait: Wait) -> None:
    for number in range(20):
        await writes(bob, f"Dopis {number}")
    await writes(bob, "A ještě jeden")
    assert "Za hodinu jste napsali 20 zpráv" in bob.screen
    assert "A ještě jeden" not in "".join(manager.heard)
    await wait(timedelta(minutes=61))
    await writes(bob, "Už pomalu")
    assert "Už pomalu" in manager.screen


async def test_what_cannot_be_passed_on(manager: Actor, bob: Actor) -> None:
    await bob.says("/pomoc")
    await bob.presses("✉️ Napsat manažerovi")
    await bob.sends_other("contact")
    assert "Tohle předat neumím" in bob.screen
    await bob.sends_other("voice")
    assert "voice" in manager.messages[-1]
    await bob.says("/pomoc")
    await bob.presses("✉️ Napsat manažerovi")
    await bob.sends_other("sticker")
    assert "sticker" in manager.messages[-1]
    assert "Bořek Člen" in manager.heard[-2]
