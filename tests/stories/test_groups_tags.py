"""Whoever moves to another organisation wears its name in the group at once."""

import pytest

from bot.app import App
from bot.sandbox.sandbox import Sandbox
from handlers.people import PartSurely
from tests.actors import Actor
from tests.stories.gathering import Gathering, join, open_pillar
from tests.stories.pillars import person_id
from tests.stories.test_invitations import contact_invites


@pytest.fixture
async def gathering(app: App, sandbox: Sandbox, manager: Actor, eve: Actor) -> Gathering:
    """Eve, of an organisation that makes glass, is in the group of a pillar."""
    gathering = Gathering(app, sandbox)
    gathering.found()
    pillar = await open_pillar(app)
    await eve.says("/start")
    await join(app, pillar, eve)
    await gathering.link(manager)
    await gathering.add(eve)
    assert gathering.chat.tags[eve.id] == "Sklo a čočky"
    return gathering


@pytest.mark.postgres
async def test_a_new_organisation(gathering: Gathering, contact: Actor, eve: Actor) -> None:
    await eve.follows(await contact_invites(contact))
    assert gathering.chat.tags[eve.id] == "Sklo a čočky"
    await eve.presses("✅ Yes, I have moved")
    assert gathering.chat.tags[eve.id] == "Ukázková optika"


async def test_no_organisation_any_more(
    app: App, gathering: Gathering, manager: Actor, eve: Actor
) -> None:
    await manager.says("/menu")
    await manager.presses_data(PartSurely(await person_id(app, eve)).pack())
    assert not gathering.chat.tags.get(eve.id)
