"""No way in is forgotten: each entry asks for a right, or somebody has written down why not."""

from collections import Counter

import pytest

from bot.domain.rights import RULES, Action
from bot.kit import routes
from tests.security import entries
from tests.security.declared import ANYONE
from tests.security.reached import actions

OURS_ALONE = ("jobs", "errands")  # nobody from outside starts one by name
ENTRIES = entries.entries()


def test_each_asks_for_a_right_or_is_declared_for_anyone() -> None:
    free = {name for name, act in ENTRIES.items() if not actions(act)}
    assert sorted(free - set(ANYONE)) == [], "declare a right, or a reason in declared.py"
    assert sorted(set(ANYONE) - free) == [], "these ask for a right, or are gone"


def test_each_reason_is_given_once() -> None:
    assert [name for name, times in Counter(ANYONE).items() if times > 1] == []


@pytest.mark.parametrize("action", Action)
def test_each_action_has_a_rule_and_an_entry(action: Action) -> None:
    assert action in RULES
    assert any(action in actions(act) for act in ENTRIES.values())


def test_no_registry_is_left_out() -> None:
    """A new kind of way in has to be enumerated before it can be used."""
    kinds = {name for name, value in vars(routes).items() if isinstance(value, dict | list)}
    known = {"presses", "commands", "group_commands", "links", "fallbacks", "inline", *OURS_ALONE}
    lists = {
        name for name in kinds for each in entries.LISTS.values() if vars(routes)[name] is each
    }
    assert {name for name in kinds if not name.startswith("__")} == known | lists


def test_a_new_entry_without_a_right_is_found() -> None:
    """The check itself: code that asks for nothing leads to nothing, and the other way round."""
    assert actions(_asks_for_nothing) == frozenset()
    assert Action.PLAN_EVENT in actions(ENTRIES["button ws.pub"])
    assert actions(ENTRIES["link i"]) == frozenset()


async def _asks_for_nothing() -> None:
    return None
