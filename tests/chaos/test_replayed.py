"""Whatever was ever on a button is pressed again: twice, by somebody else, after thirty days, and
when its owner has no role any more. Nothing happens a second time, nothing that is not theirs."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.sandbox.people import Person
from bot.sandbox.sandbox import Call
from tests.chaos.changes import Change, changes, watch
from tests.chaos.stage import FULL
from tests.chaos.town import DICE, ROLES, Town, founded
from tests.chaos.walking import Pressed, Walk

CASES = 2_500 if FULL else 160
A_TOWN = 500  # cases, then everything begins anew
WHILE_AT_IT = 2 / 4  # of the cases: the others are pressed again in the end
MONTH = timedelta(days=30)
# What a second press does again, and should: ▫️ and ✅; and what is made anew.
TICKS = (
    "ca.days.of",
    "ca.set.k",
    "ca.set.pi",
    "ca.d.fl",
    "an.au.t",
    "in.ed.y",
    "in.ed.pm",
    "ws.ed.pm",
)
ANEW = ("ws.hand", "ws.brd", "inv.make", "ws.h.link", "cal.new")  # links and boards


@dataclass
class Trial:
    """Presses, and what came of each."""

    town: Town
    walk: Walk
    keys: dict[int, int]  # of people, by their Telegram ids
    cases: int = 0

    async def again(self, pressed: Pressed, by: Person | None = None) -> list[Change]:
        """Everything that changed. Whoever presses is answered, once."""
        self.cases += 1
        changes(self.town)
        self.town.news()
        query = await self.walk.press(pressed, by)
        news = self.town.judge(pressed)
        assert [_answers(call) for call in news].count(query) == 1, pressed
        return changes(self.town)

    async def twice(self, pressed: Pressed) -> None:
        changed = await self.again(pressed)
        assert _does(pressed, TICKS + ANEW) or changed == [], pressed

    async def by_another(self, pressed: Pressed, other: Person) -> None:
        """It may do for them what it does, with what is theirs; managers decide about the rest."""
        changed = await self.again(pressed, other)
        if other.id != ROLES["manager"]:
            assert self._foreign(changed, other) == [], (pressed, other.id)

    async def by_nobody_any_more(self, pressed: Pressed) -> None:
        changed = await self.again(pressed)
        assert self._foreign(changed, pressed.phone) == [], pressed

    def _foreign(self, changed: list[Change], to: Person) -> list[Change]:
        key = self.keys[to.id]
        [(organisation,)] = self.town.ask("select organisation_id from person where id = ?", key)
        return [each for each in changed if not each.concerns(key, organisation)]


@pytest.mark.chaos
@pytest.mark.timeout(1800 if FULL else 180)
async def test_every_press_again() -> None:
    print(f"SEED={DICE}")
    kinds: set[str] = set()
    for lap in range(-(-CASES // A_TOWN)):
        async with founded(DICE + lap) as town:
            trial = await _begin(town)
            await _walk(trial, min(CASES, A_TOWN))
            await _a_month_later(trial, min(CASES, A_TOWN))
            kinds |= set(trial.walk.kinds)
    print(f"{CASES} cases, {len(kinds)} kinds of buttons")


async def _begin(town: Town) -> Trial:
    for phone in town.phones:
        phone.says("/start")
    await town.app.settle()
    watch(town)
    people = town.ask("select telegram_id, id from person where telegram_id is not null")
    return Trial(town, Walk(town), dict(people))


async def _walk(trial: Trial, cases: int) -> None:
    """Each new button is pressed, then once more, then by somebody else."""
    town = trial.town
    while trial.cases < cases * WHILE_AT_IT:
        phone = town.random.choice(town.phones)
        pressed = await trial.walk.step(phone)
        town.judge(pressed)
        if pressed is None:
            continue
        await trial.twice(pressed)
        other = town.random.choice([each for each in town.phones if each.id != phone.id])
        await trial.by_another(pressed, other)


async def _a_month_later(trial: Trial, cases: int) -> None:
    town, done = trial.town, list(trial.walk.done.values())
    town.sandbox.clock.advance(MONTH)
    town.random.shuffle(done)
    half = (cases - trial.cases) // 2
    for pressed in done[:half]:
        await trial.again(pressed)
    town.forget(
        "update role set until = since",
        "update person set organisation_id = null, verified_at = null",
        "delete from pillar_member",
    )
    for pressed in done[: cases - trial.cases]:
        await trial.by_nobody_any_more(pressed)


def _answers(call: Call) -> str:
    """Which query, if it does."""
    is_answer = call.method == "answerCallbackQuery" and call.ok
    return str(call.params.get("callback_query_id")) if is_answer else ""


def _does(pressed: Pressed, kinds: tuple[str, ...]) -> bool:
    return pressed.data.partition(":")[0] in kinds
