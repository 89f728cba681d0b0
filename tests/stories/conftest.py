"""What stories of more than one feature begin with."""

import pytest

from bot.app import App
from tests.actors import Actor
from tests.stories.afterwards import Held, Wait
from tests.stories.enquiring import Lab, furnish
from tests.stories.workshops import Plan


@pytest.fixture
def plan(app: App, manager: Actor) -> Plan:
    """`await plan("Thin films", seats=1)`: an event that is published; its id."""
    return Plan(app, manager)


@pytest.fixture
def held(app: App, plan: Plan, wait: Wait) -> Held:
    """`await held("Thin films", sat=[ann, bob], came=[ann])`: it has just ended; its id."""
    return Held(app, plan, wait)


@pytest.fixture
async def lab(app: App, guest: Actor) -> Lab:
    """Ellipsometers of two organisations; the guest is contact person of the second one."""
    return await furnish(app, guest)
