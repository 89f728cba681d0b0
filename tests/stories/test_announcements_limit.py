"""What the draft says of those who have had enough is what happens: by the cluster's own limit."""

import pytest

from bot.app import App
from bot.config import Config
from storage.people import by_telegram
from storage.pushes import Manner
from tests.actors import Actor
from tests.conftest import NOW
from tests.stories.announcing import MINUTE, SOON, Wait, write
from tests.stories.pushing import brings

ENOUGH = "1 z nich už má tento týden zpráv dost a najde ji v pondělním přehledu."


@pytest.fixture
def config(config: Config) -> Config:
    cluster = config.cluster.model_copy(update={"weekly_pushes": 3})
    return config.model_copy(update={"cluster": cluster})


@pytest.fixture(autouse=True)
def everybody_has_pressed_start(ann: Actor, bob: Actor, contact: Actor, eve: Actor) -> None:
    """The four members whom announcements reach."""


@pytest.mark.postgres
async def test_the_draft_counts_as_the_cluster_does(
    app: App, manager: Actor, ann: Actor, wait: Wait
) -> None:
    await brings(app, ann, "Jedna", "Dvě")
    await write(manager)
    assert "zpráv dost" not in manager.screen
    await brings(app, ann, "Tři")
    await manager.presses("🕗 Kdy a jak")
    assert ENOUGH in manager.screen
    await manager.presses("◀ Zpět")
    assert ENOUGH in manager.screen
    await manager.presses("📨 Poslat 4 lidem")
    await wait(MINUTE)
    await wait(SOON)
    assert "Zítra je volno." not in ann.heard


async def test_ones_own_limit_comes_first(app: App, manager: Actor, ann: Actor) -> None:
    async with app.db.writing() as session:
        person = await by_telegram(session, ann.id)
        assert person is not None
        session.add(Manner(person_id=person.key, weekly=1, changed_at=NOW))
    await brings(app, ann, "Jedna")
    await write(manager)
    assert ENOUGH in manager.screen
