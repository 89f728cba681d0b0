"""The ways between the screens on which an audience is chosen."""

from dataclasses import dataclass

from bot.domain.announcements.composing import Overtaken
from bot.kit.buttons import Button
from bot.kit.context import Context
from handlers.refusals import words


@dataclass(frozen=True)
class ComposeAudience(Button, prefix="an.au"):
    """The conditions, and how many people they come to."""

    announcement_id: int


@dataclass(frozen=True)
class ListConditions(Button, prefix="an.au.f"):
    """What people can be told apart by; with `but`, in order to leave some out."""

    announcement_id: int
    but: int


@dataclass(frozen=True)
class ListValues(Button, prefix="an.au.l"):
    """`condition` is a code without a value."""

    announcement_id: int
    condition: str
    page: int = 0


@dataclass(frozen=True)
class Toggle(Button, prefix="an.au.t"):
    """`edition` is the one that was shown."""

    announcement_id: int
    edition: int
    condition: str
    page: int


@dataclass(frozen=True)
class ChooseLike(Button, prefix="an.like"):
    """Those for whom another announcement is."""

    announcement_id: int
    edition: int
    other_id: int


@dataclass(frozen=True)
class FindOrganisationFor(Button, prefix="an.au.o"):
    announcement_id: int
    but: int


@dataclass(frozen=True)
class ListSaved(Button, prefix="an.sv"):
    announcement_id: int
    page: int = 0


@dataclass(frozen=True)
class OpenSaved(Button, prefix="an.sv.open"):
    announcement_id: int
    saved_id: int


@dataclass(frozen=True)
class SaveAudience(Button, prefix="an.sv.new"):
    """Give the draft's audience a name."""

    announcement_id: int


def overtaken(ctx: Context, why: Overtaken) -> str:
    """Over the screen as it is now: nothing of either is lost."""
    return words(ctx, why)
