"""Letters are given out, forgotten and pruned; answers are signed where the cluster wants it."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.app import App
from bot.config import Config
from bot.domain import privacy
from storage.audit import Audit
from storage.letters import Letter, LetterCopy
from storage.people import by_telegram
from tests.actors import Actor
from tests.conftest import NOW
from tests.stories.announcing import Wait
from tests.stories.writing_letters import replies, writes


@pytest.fixture
def config(config: Config) -> Config:
    """A cluster in which answers say who wrote them."""
    cluster = config.cluster.model_copy(update={"signed_answers": True})
    return config.model_copy(update={"cluster": cluster})


async def test_an_answer_says_who_wrote_it(manager: Actor, bob: Actor) -> None:
    await writes(bob, "Kdy?")
    await replies(manager, "Kdy?", "V pondělí.")
    assert bob.screen == "✉️ Odpovídá Marie Manažerová\n\nV pondělí."
    await manager.edits("V úterý.")
    assert bob.screen == "✉️ Odpovídá Marie Manažerová\n\nV úterý."


async def test_who_answered_is_kept(app: App, manager: Actor, bob: Actor) -> None:
    await writes(bob, "Kdy?")
    await replies(manager, "Kdy?", "V pondělí.")
    async with app.db.reading() as session:
        marie = await by_telegram(session, manager.id)
        assert marie is not None
        answer = (await session.exec(select(Letter).where(Letter.from_team))).one()
        deed = (await session.exec(select(Audit).where(Audit.action == "answer_letter"))).one()
    assert answer.author_id == deed.actor_id == marie.key


async def test_letters_are_given_out_and_forgotten(app: App, manager: Actor, bob: Actor) -> None:
    await writes(bob, "Tajné přání.")
    await replies(manager, "Tajné přání.", "Splněno.")
    await writes(bob, "Ještě jedno.")
    async with app.db.writing() as session:
        me = await by_telegram(session, bob.id)
        assert me is not None
        given = (await privacy.export(session, me, NOW))["letters"]
        assert [each["payload"]["text"] for each in given] == [
            "Tajné přání.",
            "Splněno.",
            "Ještě jedno.",
        ]
        assert all("author_id" not in each for each in given)
        await privacy.forget(session, me, NOW)
    await manager.says("/sprava")
    assert "✉️ Zprávy (1)" not in manager.buttons
    async with app.db.reading() as session:
        assert [each.payload for each in (await session.exec(select(Letter))).all()] == [{}] * 3


@pytest.mark.postgres
async def test_answered_letters_are_kept_for_two_years(
    app: App, manager: Actor, bob: Actor, wait: Wait
) -> None:
    await writes(bob, "Tajné přání.")
    await replies(manager, "Tajné přání.", "Splněno.")
    await wait(timedelta(days=729))
    async with app.db.reading() as session:
        assert len((await session.exec(select(Letter))).all()) == 2
    await wait(timedelta(days=3))
    async with app.db.reading() as session:
        assert (await session.exec(select(Letter))).all() == []
        assert (await session.exec(select(LetterCopy))).all() == []


async def test_what_waits_is_kept_and_can_be_replied_to(
    manager: Actor, bob: Actor, wait: Wait
) -> None:
    """Longer than what we know of single messages on their way."""
    await writes(bob, "Nespěchá.")
    await wait(timedelta(minutes=1))
    await wait(timedelta(days=40))
    await replies(manager, "Nespěchá.", "Tady je odpověď.")
    assert "Tady je odpověď." in bob.screen
