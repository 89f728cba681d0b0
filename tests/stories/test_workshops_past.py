"""Past events: those somebody was signed up for, and for the team all of them."""

import pytest

from tests.actors import Actor
from tests.stories.afterwards import Held


@pytest.mark.postgres
async def test_a_past_event_is_still_found(held: Held, ann: Actor, bob: Actor) -> None:
    await held("Thin films", sat=[ann], came=[ann])
    await ann.says("/events")
    assert "Thin films" not in ann.buttons
    await ann.presses("🗂 Past")
    await ann.presses("Thin films")
    assert "📜 Certificate" in ann.buttons
    await bob.says("/akce")
    await bob.presses("🗂 Minulé")
    assert "Tady najdete akce, na které jste byli přihlášeni." in bob.screen
    await bob.presses("◀ Zpět")
    assert "Chystané akce" in bob.screen


async def test_the_team_finds_them_all(held: Held, ann: Actor, manager: Actor) -> None:
    await held("Thin films", sat=[ann], came=[ann])
    await manager.says("/akce")
    await manager.presses("🗂 Minulé")
    await manager.presses("Thin films")
    await manager.presses("🛠 Spravovat akci")
    assert "👥 Přihlášení" in manager.buttons
