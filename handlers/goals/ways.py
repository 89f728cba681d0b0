"""The buttons of the plan."""

from dataclasses import dataclass

from bot.kit.buttons import Button


@dataclass(frozen=True)
class OpenYear(Button, prefix="go"):
    year: int
    page: int = 0


@dataclass(frozen=True)
class OpenGoal(Button, prefix="go.is"):
    goal_id: int


@dataclass(frozen=True)
class AddGoal(Button, prefix="go.add"):
    year: int


@dataclass(frozen=True)
class AimGoal(Button, prefix="go.aim"):
    goal_id: int


@dataclass(frozen=True)
class AskToDropGoal(Button, prefix="go.no?"):
    goal_id: int


@dataclass(frozen=True)
class DropGoal(Button, prefix="go.no"):
    goal_id: int


@dataclass(frozen=True)
class TallyGoal(Button, prefix="go.one"):
    """Count one by hand."""

    goal_id: int


@dataclass(frozen=True)
class Untally(Button, prefix="go.un"):
    tally_id: int


@dataclass(frozen=True)
class DrawYear(Button, prefix="go.pic"):
    year: int


@dataclass(frozen=True)
class CountYear(Button, prefix="go.xlsx"):
    year: int
