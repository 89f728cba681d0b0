"""Buttons about meetings of a pillar that several screens show."""

from dataclasses import dataclass

from bot.kit.buttons import Button


@dataclass(frozen=True)
class FindDate(Button, prefix="pi.dt.new"):
    """Whoever runs the pillar proposes dates."""

    pillar_id: int


@dataclass(frozen=True)
class OpenDates(Button, prefix="pi.dt"):
    """How a poll for a date stands, and my vote in it."""

    poll_id: int


@dataclass(frozen=True)
class ChooseDate(Button, prefix="pi.dt.ch"):
    """Which of the dates is it going to be?"""

    poll_id: int


@dataclass(frozen=True)
class EndDates(Button, prefix="pi.dt.end"):
    """Nobody is to vote any more."""

    poll_id: int


@dataclass(frozen=True)
class PutPoint(Button, prefix="pi.ag.new"):
    workshop_id: int


@dataclass(frozen=True)
class BeginMinutes(Button, prefix="pi.mi.new"):
    """The draft of a meeting: a new one, or the one there is."""

    workshop_id: int


@dataclass(frozen=True)
class OpenMinutes(Button, prefix="pi.mi"):
    minutes_id: int
    page: int = 0


@dataclass(frozen=True)
class NewTask(Button, prefix="pi.tk.new"):
    """From minutes, or (0) from none."""

    pillar_id: int
    minutes_id: int = 0


@dataclass(frozen=True)
class DoneTask(Button, prefix="pi.tk.ok"):
    task_id: int


@dataclass(frozen=True)
class OtherDay(Button, prefix="pi.tk.day"):
    """Its owner proposes when it is to be done, whoever runs the pillar settles it."""

    task_id: int


@dataclass(frozen=True)
class PassTask(Button, prefix="pi.tk.to"):
    """It gets another owner."""

    task_id: int
