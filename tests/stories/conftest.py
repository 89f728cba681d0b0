"""What stories of more than one feature begin with."""

import pytest

from bot.app import App
from tests.actors import Actor
from tests.stories.workshops import Plan


@pytest.fixture
def plan(app: App, manager: Actor) -> Plan:
    """`await plan("Thin films", seats=1)`: an event that is published; its id."""
    return Plan(app, manager)
