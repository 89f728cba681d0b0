"""Many people, or people who are gone: everybody concerned is told, and told once."""

from datetime import timedelta

import pytest

from bot.app import App
from bot.domain import privacy
from bot.sandbox.people import Person as Phone
from bot.sandbox.sandbox import Sandbox
from storage.people import by_telegram
from tests.actors import Actor
from tests.stories.announcing import Wait, crowd
from tests.stories.workshops import Plan, opens

TITLE = "Tenké vrstvy"


async def signs_up(*actors: Actor) -> None:
    for actor in actors:
        await opens(actor, TITLE)
        label = next(label for label in actor.buttons if label[0] in "✅⏳")
        await actor.presses(label)


async def edits(manager: Actor, *steps: str) -> None:
    """The labels that are pressed, and at last what is typed."""
    *labels, typed = steps
    await opens(manager, TITLE)
    for label in ("🛠 Spravovat akci", "✏️ Změnit", *labels):
        await manager.presses(label)
    await manager.says(typed)


@pytest.fixture
def small_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.domain.workshops.line.LOT", 2)
    monkeypatch.setattr("handlers.workshops.changes.CHUNK", 2)


@pytest.mark.postgres
async def test_as_many_sit_as_there_are_seats(plan: Plan, app: App, sandbox: Sandbox) -> None:
    """Registration opens, and all press at once."""
    await plan(TITLE, seats=20, opens_at=app.clock())
    await crowd(app, sandbox, 40)
    phones = [Phone(sandbox, 50_000 + number) for number in range(40)]
    for phone in phones:
        phone.says("/akce")
    await app.settle()
    for phone in phones:
        phone.presses_data("ws.in:1")
    await app.settle()
    seated = [phone for phone in phones if "Máte místo" in phone.screen]
    assert len(seated) == 20
    waiting = [phone.screen for phone in phones if phone not in seated]
    assert all(sum(f"Jste {n}. v pořadí" in each for each in waiting) == 1 for n in range(1, 21))


@pytest.mark.usefixtures("small_lots")
async def test_a_crowd_is_told_of_a_change(
    manager: Actor, ann: Actor, bob: Actor, contact: Actor, eve: Actor, guest: Actor, plan: Plan
) -> None:
    await plan(TITLE)
    crowd = (ann, bob, contact, eve, guest)
    await signs_up(*crowd)
    await edits(manager, "✏️ Co a kde", "Místo konání", "Olomouc")
    await manager.presses("✅ Ano, změnit")
    for each in crowd:
        assert len([text for text in each.heard if "Přerov → Olomouc" in text]) == 1


@pytest.mark.usefixtures("small_lots")
async def test_a_crowd_gets_seats(
    manager: Actor, ann: Actor, bob: Actor, contact: Actor, eve: Actor, guest: Actor, plan: Plan
) -> None:
    await plan(TITLE, seats=1)
    crowd = (bob, contact, guest)
    await signs_up(ann, *crowd, eve)
    await edits(manager, "🕘 Kdy a části", "🕘 Čas a místa", "💺 Místa", "4")
    for each in crowd:
        assert len([text for text in each.heard if "Uvolnilo se místo" in text]) == 1
    assert not [text for actor in (ann, eve) for text in actor.heard if "is free" in text]


async def test_whoever_blocked_us_keeps_the_seat(
    manager: Actor, ann: Actor, bob: Actor, plan: Plan
) -> None:
    await plan(TITLE)
    await signs_up(ann, bob)
    await ann.blocks()
    await edits(manager, "✏️ Co a kde", "Místo konání", "Olomouc")
    await manager.presses("✅ Ano, změnit")
    assert "Přerov → Olomouc" in bob.screen
    await ann.unblocks()
    await ann.says("/events")
    assert "You are on the list" in ann.screen


async def test_the_seat_of_whoever_is_erased(
    ann: Actor, bob: Actor, plan: Plan, wait: Wait
) -> None:
    await plan(TITLE, seats=1)
    await signs_up(ann, bob)
    await ann.says("/privacy")
    await ann.presses("🗑 Erase my data")
    await ann.presses("🗑 Yes, forget me")
    await wait(timedelta(days=15))
    assert "Uvolnilo se místo a je vaše." in bob.screen


async def test_what_is_kept_is_given_out(ann: Actor, plan: Plan) -> None:
    await plan(TITLE)
    await signs_up(ann)
    async with plan.app.db.reading() as session:
        me = await by_telegram(session, ann.id)
        assert me is not None
        record = await privacy.export(session, me, plan.app.clock())
    (seat,) = record["seats"]
    assert (seat["event"], seat["starts_at"]) == (TITLE, "2027-05-14T07:00:00Z")
