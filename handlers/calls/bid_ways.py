"""Buttons of bids that several of their screens show; each is answered where it leads to."""

from dataclasses import dataclass

from bot.kit.buttons import Button


@dataclass(frozen=True)
class TakeCall(Button, prefix="cb.take"):
    """I handle it."""

    call_id: int


@dataclass(frozen=True)
class TakeOver(Button, prefix="cb.over"):
    """I handle it instead of that colleague."""

    call_id: int
    person_id: int


@dataclass(frozen=True)
class StillOnIt(Button, prefix="cb.on"):
    call_id: int


@dataclass(frozen=True)
class LetGo(Button, prefix="cb.off"):
    """Asks once more."""

    call_id: int


@dataclass(frozen=True)
class OfferCall(Button, prefix="cb.give"):
    """Ask colleagues to take it over."""

    call_id: int


@dataclass(frozen=True)
class HandIn(Button, prefix="cb.in"):
    """What became of it."""

    call_id: int
    handed: str


@dataclass(frozen=True)
class HandWithPartner(Button, prefix="cb.with"):
    """Asks with whom."""

    call_id: int


@dataclass(frozen=True)
class UndoHanded(Button, prefix="cb.undo"):
    call_id: int


@dataclass(frozen=True)
class AskResult(Button, prefix="cb.res"):
    call_id: int


@dataclass(frozen=True)
class TellResult(Button, prefix="cb.res.y"):
    call_id: int
    result: str


@dataclass(frozen=True)
class OpenIdeas(Button, prefix="cb.ideas"):
    """Where the cluster may hand in but one bid: our idea; for the team, all of them."""

    call_id: int


@dataclass(frozen=True)
class GiveIdea(Button, prefix="cb.idea"):
    call_id: int


@dataclass(frozen=True)
class ListIdeas(Button, prefix="cb.ideas.t"):
    """All of them, for the team."""

    call_id: int
    page: int = 0


@dataclass(frozen=True)
class OpenSearch(Button, prefix="cp"):
    """A search for a partner, as who began it sees it."""

    search_id: int


@dataclass(frozen=True)
class OpenAsked(Button, prefix="cp.me"):
    """A search for a partner, as somebody sees it who was asked."""

    search_id: int


@dataclass(frozen=True)
class WantPartner(Button, prefix="cp.yes"):
    """The other yes."""

    search_id: int
    person_id: int


@dataclass(frozen=True)
class TurnDown(Button, prefix="cp.no"):
    search_id: int
    person_id: int
