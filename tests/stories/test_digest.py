"""Monday at 8:00: what did not come at once, in one message, each thing once."""

from typing import Any

import pytest
from sqlmodel import select

from bot.app import App
from bot.domain.attention import digest
from handlers.links import OpenSettings, OpenWorkshop
from storage import pushes
from storage.announcements import (
    EVERYBODY,
    Announcement,
    Content,
    Response,
    ResponseKind,
    audiences,
)
from storage.people import Person
from storage.pushes import PushKind, Way
from tests.actors import Actor
from tests.stories.alerting import announce, letters, subscribes
from tests.stories.announcing import Wait
from tests.stories.calls import add_pillars
from tests.stories.pushing import brings, digests, know_their_way
from tests.stories.reminding import DAY, HOUR, MINUTE, prague, until

BOTH = pytest.mark.postgres
ENOUGH = ("Jedna", "Dvě")  # for a week


@pytest.fixture(autouse=True)
async def nobody_is_new(app: App) -> None:
    await know_their_way(app)


async def announced(app: App, **fields: Any) -> int:
    """An announcement for everybody that has just left."""
    async with app.db.writing() as session:
        author = (await session.exec(select(Person))).first()
        assert author is not None
        made = Announcement(
            author_id=author.key, created_at=app.clock(), sent_at=app.clock(), **fields
        )
        session.add(made)
        await session.flush()
        for language, text in (("", "Dobrý den,\nZítra je volno."), ("en", "No work tomorrow.")):
            said = Content(
                announcement_id=made.key,
                language=language,
                method="sendMessage",
                payload={"text": text},
            )
            session.add(said)
        those = await audiences.those(session, EVERYBODY, app.clock())
        await pushes.decide(session, made.key, those, app.clock(), digest=True)
        return made.key


async def monday(app: App, wait: Wait) -> None:
    await until(app, wait, prague(8, 8, month=3))


@BOTH
async def test_the_rest_of_the_week_in_one_message(
    bob: Actor, ann: Actor, app: App, wait: Wait
) -> None:
    await brings(app, bob, *ENOUGH, "Zápis", kind=PushKind.GROUPS)
    await brings(app, bob, "Fotky", opens=OpenSettings())
    await until(app, wait, prague(8, 7, 59, month=3))
    assert digests(bob) == []
    await wait(MINUTE)
    (found,) = digests(bob)
    assert found.splitlines() == [
        "🗞 Co je v klastru nového, pondělí 8. 3. 2027",
        "",
        "📅 Akce",
        "1. Fotky",
        "",
        "👥 Skupiny",
        "2. Zápis",
    ]
    assert digests(ann) == []
    await bob.presses("1")
    assert "Nastavení" in bob.screen
    assert digests(bob) == [found]
    await wait(MINUTE)
    await wait(7 * DAY)
    assert digests(bob) == [found]


@BOTH
async def test_an_announcement_is_opened_from_it(
    bob: Actor, ann: Actor, app: App, wait: Wait
) -> None:
    key = await announced(app)
    await monday(app, wait)
    assert "📣 Oznámení\n1. Dobrý den," in digests(bob)[0]
    assert "📣 Announcements\n1. No work tomorrow." in digests(ann)[0]
    await ann.presses("1")
    assert ann.heard[-1] == "No work tomorrow."
    await bob.presses("1")
    await bob.presses("1")
    assert bob.heard[-1] == "Dobrý den,\nZítra je volno."
    async with app.db.reading() as session:
        taps = (await session.exec(select(Response))).all()
    assert [(each.announcement_id, each.kind) for each in taps] == [(key, ResponseKind.TAPPED)] * 2


async def test_calls_of_the_morning_keep_to_the_limit(bob: Actor, app: App, wait: Wait) -> None:
    (lasers,) = await add_pillars(app, "Lasery")
    await subscribes(bob, "Denně v 8:00")
    for number in (1, 2, 3):
        await announce(app, f"Výzva {number}", pillars=[lasers])
        await until(app, wait, prague(1 + number, 8, month=3))
    assert len(letters(bob)) == 2
    await monday(app, wait)
    assert digests(bob)[0].endswith("💶 Výzvy\n1. Výzva 3")
    await bob.presses("1")
    assert "Výzva 3" in letters(bob)[2]
    await bob.presses("👎 Ne pro nás")
    assert "Proč pro vás není?" in bob.screen


async def test_what_was_taken_back_is_not_in_it(bob: Actor, app: App, wait: Wait) -> None:
    await announced(app, stopped_at=app.clock())
    key = await announced(app)
    await monday(app, wait)
    assert digests(bob)[0].count("Dobrý den") == 1
    async with app.db.writing() as session:
        made = await session.get(Announcement, key)
        assert made is not None
        made.recalled_at = app.clock()
    await bob.presses("1")
    assert bob.toast is not None
    assert bob.toast.startswith("Tohle už tu není.")


async def test_a_long_one_is_leafed_through(bob: Actor, app: App, wait: Wait) -> None:
    await brings(app, bob, *ENOUGH, *(f"Věc číslo {number}" for number in range(1, 20)))
    await monday(app, wait)
    assert "8. Věc číslo 8" in bob.screen
    assert "9. Věc" not in bob.screen
    assert "9" not in bob.buttons
    await bob.presses("Zobrazit vše (19) ▸")
    assert "16. Věc číslo 16" in bob.screen
    await bob.presses("▶")
    assert "19. Věc číslo 19" in bob.screen
    await bob.presses("▶")
    assert bob.screen.startswith("🗞 Co je v klastru nového")
    assert "Zobrazit vše (19) ▸" in bob.buttons


async def test_what_is_over_is_left_out_and_what_is_said_twice_stands_once(
    bob: Actor, app: App, wait: Wait
) -> None:
    await brings(app, bob, *ENOUGH)
    await brings(app, bob, "Hlasování", expires_at=app.clock() + 2 * DAY)
    await brings(app, bob, "Záznam", opens=OpenWorkshop(7))
    await brings(app, bob, "Záznam podruhé", opens=OpenWorkshop(7))
    await monday(app, wait)
    (found,) = digests(bob)
    assert "Hlasování" not in found
    assert found.endswith("1. Záznam podruhé")


async def test_who_has_nothing_to_hear_hears_nothing(bob: Actor, app: App, wait: Wait) -> None:
    await brings(app, bob, *ENOUGH)
    await brings(app, bob, "Hlasování", expires_at=app.clock() + 2 * DAY)
    await monday(app, wait)
    assert digests(bob) == []


async def test_it_waits_for_the_end_of_ones_own_silence(bob: Actor, app: App, wait: Wait) -> None:
    await bob.says("/menu")
    await bob.presses_data("att.quiet.h:20:10")
    await brings(app, bob, *ENOUGH, "Tři")
    await until(app, wait, prague(8, 9, 59, month=3))
    assert digests(bob) == []
    await wait(MINUTE)
    assert len(digests(bob)) == 1


async def test_after_easter_it_comes_on_tuesday(bob: Actor, app: App, wait: Wait) -> None:
    await until(app, wait, prague(25, 12, month=3))
    await brings(app, bob, *ENOUGH, "Tři")
    await until(app, wait, prague(29, 12, month=3))
    assert digests(bob) == []
    await until(app, wait, prague(30, 8, month=3))
    assert digests(bob)[0].startswith("🗞 Co je v klastru nového, úterý 30. 3. 2027")


async def test_when_the_bot_was_away_on_monday_it_comes_in_working_hours(
    bob: Actor, app: App, wait: Wait
) -> None:
    await brings(app, bob, *ENOUGH, "Tři")
    await until(app, wait, prague(9, 22, month=3))
    assert digests(bob) == []
    await until(app, wait, prague(10, 8, month=3))
    assert len(digests(bob)) == 1
    await wait(HOUR)
    assert len(digests(bob)) == 1


async def test_who_left_the_bot_is_passed_over(bob: Actor, app: App, wait: Wait) -> None:
    await brings(app, bob, *ENOUGH, "Tři")
    await bob.blocks()
    await monday(app, wait)
    await bob.unblocks()
    await wait(HOUR)
    assert digests(bob) == []


async def test_somebody_elses_line_opens_nothing(
    bob: Actor, ann: Actor, app: App, wait: Wait
) -> None:
    await brings(app, bob, *ENOUGH, "Tři")
    await monday(app, wait)
    await ann.says("/menu")
    await ann.presses_data("att.line:3")
    assert ann.toast is not None
    assert ann.toast.startswith("This is not here any more.")


@BOTH
async def test_after_a_fault_it_goes_on_with_the_others(
    ann: Actor, bob: Actor, eve: Actor, app: App, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers = (ann, bob, eve)
    for actor in readers:
        await brings(app, actor, *ENOUGH, "Tři")
    monkeypatch.setattr(digest, "AT_ONCE", 1)
    good, lots = digest.assemble, iter((True, False))

    async def fragile(*args: Any) -> digest.Lot:
        lot = await good(*args)
        if next(lots, True):
            return lot
        raise RuntimeError("a fault")

    monkeypatch.setattr(digest, "assemble", fragile)
    await monday(app, wait)
    assert sum(len(digests(actor)) for actor in readers) == 1
    await wait(MINUTE)
    assert [len(digests(actor)) for actor in readers] == [1, 1, 1]


@BOTH
async def test_an_announcement_keeps_to_everybodys_limit(
    ann: Actor, bob: Actor, eve: Actor, app: App
) -> None:
    await brings(app, ann, *ENOUGH)
    await eve.says("/menu")
    await eve.presses_data("att.turn:announcements:off")
    async with app.db.writing() as session:
        those = await audiences.those(session, EVERYBODY, app.clock())
        seen = await pushes.foresee(session, those, app.clock())
        for number in (1, 2):
            session.add(Announcement(author_id=1, created_at=app.clock(), id=number))
        await session.flush()
        usual = await pushes.decide(session, 1, those, app.clock())
        urgent = await pushes.decide(session, 2, those, app.clock(), urgent=True)
    assert (seen.over_limit(2), seen.muted) == (1, 1)
    assert usual == {Way.NOW: seen.people - 1, Way.DIGEST: 1, Way.OFF: 1}
    assert urgent == {Way.NOW: seen.people, Way.OFF: 1}
    assert await brings(app, bob, "Jedna", "Dvě") == [Way.NOW, Way.DIGEST]
