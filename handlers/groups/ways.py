"""Buttons of working groups that several screens show; each is answered where it leads to."""

from dataclasses import dataclass

from bot.kit.buttons import Button


@dataclass(frozen=True)
class JoinPillar(Button, prefix="pi.join"):
    pillar_id: int


@dataclass(frozen=True)
class AskForPillar(Button, prefix="pi.ask"):
    """A guest would like to be in it; its guarantor decides."""

    pillar_id: int


@dataclass(frozen=True)
class LeavePillar(Button, prefix="pi.leave"):
    pillar_id: int


@dataclass(frozen=True)
class ListRoster(Button, prefix="pi.who"):
    """Who is in it, by organisation."""

    pillar_id: int
    page: int = 0


@dataclass(frozen=True)
class ShowNumbers(Button, prefix="pi.num"):
    """How many are in it, month by month."""

    pillar_id: int


@dataclass(frozen=True)
class ListPillarRequests(Button, prefix="pi.req"):
    """Guests who wait for its guarantor."""

    pillar_id: int
    page: int = 0


@dataclass(frozen=True)
class RunPillar(Button, prefix="pi.run"):
    """What its guarantor does: requests, the group, meetings, topics, announcements."""

    pillar_id: int


@dataclass(frozen=True)
class KeepPillars(Button, prefix="pi.keep"):
    """The manager adds, renames, orders and closes pillars."""


@dataclass(frozen=True)
class OpenPillarChat(Button, prefix="pi.chat"):
    """The pillar's Telegram group: how it is, who asks to join, who should leave."""

    pillar_id: int


@dataclass(frozen=True)
class EnterPillarChat(Button, prefix="pi.enter"):
    """A member wants the link to the group."""

    pillar_id: int


@dataclass(frozen=True)
class ListMeetings(Button, prefix="pi.meet"):
    """Meetings of the pillar: those to come, dates being looked for, minutes."""

    pillar_id: int


@dataclass(frozen=True)
class ListTasks(Button, prefix="pi.task"):
    """Tasks of the pillar; 0: all of mine."""

    pillar_id: int


@dataclass(frozen=True)
class ListTopics(Button, prefix="pi.top"):
    """What the pillar's members want changed: `open`, `adopted`, `mine` or `closed` topics."""

    pillar_id: int
    page: int = 0
    shown: str = "open"
