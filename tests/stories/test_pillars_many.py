"""A hundred pillars: wherever they are chosen from, eight stand on a page."""

import pytest

from bot.app import App
from bot.kit.buttons import Button
from handlers.calls.browsing import ChooseWhose
from handlers.calls.desk_ways import EditCallPillars
from handlers.calls.rules import OpenKindRule
from handlers.calls.subscribing import ChoosePillars
from handlers.calls.ways import OpenCallRules
from handlers.equipment.editing import EditPillars
from storage.calls.records import Kind
from tests.actors import Actor
from tests.stories.calls import add_call, add_pillars, days, due
from tests.stories.equipment import owns

PILLARS = 100
ALIKE = [  # where pillars are switched on and off
    ChoosePillars(),
    OpenKindRule(Kind.VOUCHER),
    EditCallPillars(1),
    EditPillars(1),
]
SCREENS = [*ALIKE, OpenCallRules(), ChooseWhose(0, 0)]


@pytest.fixture
async def keeper(app: App, manager: Actor) -> Actor:
    """With a call of all the pillars, and an instrument."""
    keys = await add_pillars(app, *(f"Pilíř {n:03}" for n in range(PILLARS)))
    await add_call(app, "Fotonika", due(days(20)), pillars=keys)
    await owns(app, "Ukázková optika")
    await manager.says("/start")
    return manager


def shown(who: Actor) -> list[str]:
    return [label for label in who.buttons if "Pilíř 0" in label]


@pytest.mark.parametrize("screen", SCREENS, ids=lambda each: each.pack())
async def test_eight_on_a_page(keeper: Actor, screen: Button) -> None:
    await keeper.presses_data(screen.pack())
    first = shown(keeper)
    assert 5 <= len(first) <= 8
    await keeper.presses("▶")
    assert 5 <= len(shown(keeper)) <= 8
    assert not {*first} & {*shown(keeper)}
    await keeper.presses("◀")
    await keeper.presses("◀")
    assert "Pilíř 099" in "".join(shown(keeper))


@pytest.mark.parametrize("screen", ALIKE, ids=lambda each: each.pack())
async def test_a_choice_stays_on_its_page(keeper: Actor, screen: Button) -> None:
    await keeper.presses_data(screen.pack())
    for _ in range(3):
        await keeper.presses("▶")
    pressed = shown(keeper)[1]
    await keeper.presses(pressed)
    [chosen] = [label for label in shown(keeper) if label.endswith(pressed[-9:])]
    assert chosen != pressed
    assert len(shown(keeper)) == 8
