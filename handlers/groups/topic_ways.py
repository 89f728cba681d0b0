"""Buttons of topics that several screens show, and the words for how far one has come."""

from dataclasses import dataclass

from bot.kit.buttons import Button
from bot.kit.texts import Texts, gettext_noop
from storage.groups.topics import Progress

STATES = {
    Progress.NEW: gettext_noop("🆕 new"),
    Progress.DISCUSSED: gettext_noop("🗣 discussed"),
    Progress.ADOPTED: gettext_noop("✅ adopted"),
    Progress.PASSED_ON: gettext_noop("📨 passed on"),
    Progress.DONE: gettext_noop("🏁 done"),
    Progress.DROPPED: gettext_noop("🗂 dropped"),
}


@dataclass(frozen=True)
class OpenTopic(Button, prefix="pt"):
    topic_id: int


@dataclass(frozen=True)
class PutTopic(Button, prefix="pt.put"):
    """Begin a new topic of the pillar."""

    pillar_id: int


@dataclass(frozen=True)
class RewordTopic(Button, prefix="pt.ed"):
    """Its author, or whoever leads the pillar, while nobody else stands behind it."""

    topic_id: int


@dataclass(frozen=True)
class SupportTopic(Button, prefix="pt.yes"):
    """My organisation stands behind it."""

    topic_id: int


@dataclass(frozen=True)
class LeaveTopic(Button, prefix="pt.no"):
    """It does so no more."""

    topic_id: int


@dataclass(frozen=True)
class ListSupporters(Button, prefix="pt.who"):
    topic_id: int


@dataclass(frozen=True)
class ListComments(Button, prefix="pt.say"):
    topic_id: int
    page: int = 0


@dataclass(frozen=True)
class ListMoves(Button, prefix="pt.past"):
    """How far it has come, and why."""

    topic_id: int


@dataclass(frozen=True)
class MoveTopic(Button, prefix="pt.move"):
    """Whoever leads the pillar moves it on."""

    topic_id: int


@dataclass(frozen=True)
class ChooseMemo(Button, prefix="pt.memo"):
    """The manager takes adopted topics to ministries."""

    pillar_id: int


def state(t: Texts, progress: Progress) -> str:
    return t(STATES[progress])
