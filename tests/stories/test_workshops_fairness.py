"""So many seats for one organisation, until five days before; then first come, first served."""

from datetime import timedelta

import pytest

from bot.app import App
from storage.people import by_telegram
from tests.actors import Actor
from tests.stories.announcing import Wait
from tests.stories.workshops import START, Plan, opens

TITLE = "Tenké vrstvy"
DAY = timedelta(days=1)


async def signs_up(*actors: Actor) -> None:
    for actor in actors:
        await opens(actor, TITLE)
        label = next(label for label in actor.buttons if label[0] in "✅⏳")
        await actor.presses(label)


@pytest.mark.postgres
async def test_the_fourth_of_an_organisation_waits(
    ann: Actor, bob: Actor, contact: Actor, eve: Actor, plan: Plan
) -> None:
    """Ann, Bořek and Karel are of one organisation."""
    await plan(TITLE, seats=4, organisation_limit=2)
    await signs_up(ann)
    assert "From your organisation: 1 of 2" in ann.screen
    await signs_up(bob)
    await opens(contact, TITLE)
    assert "Z vaší organizace už jsou 2, přednost mají ostatní." in contact.screen
    assert "Volná místa: 2/4" in contact.screen
    await contact.presses("⏳ Mezi náhradníky")
    assert contact.toast == "Vaše organizace už má svá místa obsazená. Jste 1. v pořadí."
    await signs_up(eve)
    assert "You have a seat" in eve.screen


async def test_others_go_first(
    ann: Actor, bob: Actor, eve: Actor, guest: Actor, plan: Plan
) -> None:
    await plan(TITLE, seats=2, organisation_limit=1)
    await signs_up(ann, eve, bob, guest)
    assert "Jste 1. v pořadí" in guest.screen
    await opens(bob, TITLE)
    assert "Jste 2. v pořadí" in bob.screen
    await eve.presses_data("ws.out:1")
    assert "Uvolnilo se místo a je vaše." in guest.screen
    assert "Uvolnilo" not in bob.screen


async def test_when_a_colleague_leaves(
    ann: Actor, bob: Actor, eve: Actor, guest: Actor, plan: Plan
) -> None:
    await plan(TITLE, seats=2, organisation_limit=1)
    await signs_up(ann, eve, bob, guest)
    await ann.presses_data("ws.out:1")
    assert "Uvolnilo se místo a je vaše." in bob.screen
    assert "Uvolnilo" not in guest.screen


async def test_five_days_before_the_rest_is_for_all(
    ann: Actor, bob: Actor, contact: Actor, plan: Plan, wait: Wait
) -> None:
    await plan(TITLE, seats=2, organisation_limit=1)
    await signs_up(ann, bob, contact)
    assert "Jste 2. v pořadí" in contact.screen
    await wait(START - 5 * DAY - timedelta(seconds=1) - plan.app.clock())
    assert "Uvolnilo" not in bob.screen
    await wait(timedelta(seconds=1))
    assert "Uvolnilo se místo a je vaše." in bob.screen
    await opens(contact, TITLE)
    assert "Jste 1. v pořadí" in contact.screen
    assert "Z vaší organizace" not in contact.screen
    await wait(timedelta(minutes=5))
    assert len([text for text in bob.heard if "Uvolnilo" in text]) == 1


async def test_whoever_belongs_nowhere_counts_alone(
    ann: Actor, guest: Actor, manager: Actor, assistant: Actor, plan: Plan, app: App
) -> None:
    await plan(TITLE, seats=4, organisation_limit=1)
    await signs_up(ann, guest, manager, assistant)
    for each in (guest, manager, assistant):
        assert "Máte místo" in each.screen
        assert "organizace" not in each.screen
    async with app.db.reading() as session:
        person = await by_telegram(session, guest.id)
        assert person is not None
        assert person.organisation_id is None
