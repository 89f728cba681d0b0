"""The people and things of the rights' own stories, and events of others."""

from pathlib import Path

import pytest

from tests.chaos.stage import FULL
from tests.stories.conftest import plan as plan
from tests.stories.test_rights import everybody as everybody


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """At full size all of this is for `make chaos`."""
    for item in items:
        if FULL and Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.chaos)
