"""Role × button × place: nothing of the cluster changes without a right, or without a reason."""

from dataclasses import fields
from random import Random

import pytest

from bot.app import App
from bot.kit import routes
from bot.kit.buttons import Button
from tests.actors import Actor
from tests.chaos.stage import FULL, SEED
from tests.rules.test_rights import ROLES
from tests.security import entries
from tests.security.declared import ANYONE, CHANGES_WHAT_IS_THEIRS, MERELY_ASKS
from tests.security.watching import GROUP, Outcome, Trial, asks_inline, press, says

entries.load_everything()
KINDS = sorted(Button.kinds.values(), key=lambda kind: kind.prefix)
WORDS = {
    "language": "cs",
    "role": "board",
    "purpose": "colleague",
    "series": "lead",
    "condition": "works",
    "why": "join",
}
NUMBERS = {"page": 0, "sure": 1, "year": 2020, "places": 10}


def filled(kind: type[Button], first: int = 1) -> Button:
    """With ids of things that are there, as far as there are any."""
    values = (
        NUMBERS.get(slot.name, first) if slot.type in (int, "int") else WORDS.get(slot.name, "x")
        for slot in fields(kind)  # type: ignore[arg-type]
    )
    return kind(*values)


def chosen(role: str) -> list[type[Button]]:
    """All of them at full size; else some, other ones in every run."""
    print(f"SEED={SEED}")
    return KINDS if FULL else Random(f"{SEED}{role}").sample(KINDS, 120)


def fault(kind: type[Button], outcome: Outcome) -> str:
    """What must not be; nothing when all is as it should be."""
    name = f"button {kind.prefix}"
    if len(outcome.answers) != 1:
        return f"{name}: answered {len(outcome.answers)} times"
    if outcome.refusal or outcome.was_let or name in ANYONE:
        return ""
    if outcome.changed and name not in CHANGES_WHAT_IS_THEIRS:
        return f"{name}: changed {sorted(outcome.changed)} without a right"
    if not outcome.asked and name not in MERELY_ASKS:
        return f"{name}: nobody was asked for a right, and nothing was refused"
    return ""


@pytest.mark.parametrize("role", ROLES)
async def test_a_role_presses(role: str, everybody: dict[str, Actor], app: App) -> None:
    who, trial = everybody[role].phone.user, Trial(app)
    faults = [
        fault(kind, await trial.of(press(who, filled(kind, first).pack())))
        for kind in chosen(role)
        for first in (1, 2, 3)
    ]
    assert [each for each in faults if each] == []


async def test_nothing_is_done_or_told_by_a_press_in_a_group(
    everybody: dict[str, Actor], app: App
) -> None:
    who, trial = everybody["manager"].phone.user, Trial(app)
    for kind in chosen("group"):
        outcome = await trial.of(press(who, filled(kind).pack(), GROUP))
        [answer] = outcome.calls
        assert answer.payload["text"] == "Write to me in private: @paprsek_bot", kind.prefix
        assert (outcome.asked, outcome.changed) == ({}, frozenset())


async def test_a_command_in_a_group_tells_nothing_of_anybody(
    everybody: dict[str, Actor], app: App
) -> None:
    who, trial = everybody["manager"].phone.user, Trial(app)
    names = {name for command in routes.commands for name in command.names}
    for name in sorted(names - set(routes.group_commands)):
        outcome = await trial.of(says(who, f"/{name}@paprsek_bot x1", GROUP))
        [answer] = outcome.calls
        assert answer.payload["text"] == "Write to me in private: @paprsek_bot", name
        assert (outcome.asked, outcome.changed) == ({}, frozenset())


@pytest.mark.parametrize("role", ["guest", "member"])
async def test_commands_and_links_change_nothing_without_a_right(
    role: str, everybody: dict[str, Actor], app: App
) -> None:
    who, trial = everybody[role].phone.user, Trial(app)
    lines = [f"/{name}" for command in routes.commands for name in command.names]
    lines += [f"/start {letter}{rest}" for letter in routes.links for rest in ("1", "x" * 43, "")]
    for line in lines:
        outcome = await trial.of(says(who, line))
        assert len(outcome.calls) == 1, line
        assert outcome.was_let or not outcome.changed, line


async def test_a_stranger_finds_inline_what_is_public(
    everybody: dict[str, Actor], app: App
) -> None:
    stranger, trial = everybody["guest"].phone.user, Trial(app)
    for words in ("", "M-2000", "e", "call", "%", "'"):
        outcome = await trial.of(asks_inline(stranger, words))
        assert [call.method for call in outcome.calls] == ["answerInlineQuery"]
        assert outcome.changed == frozenset()
