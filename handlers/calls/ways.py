"""Buttons of calls that several screens show; each is answered where it leads to."""

from dataclasses import dataclass

from bot.kit.buttons import Button
from handlers.links import OpenCallsDesk as OpenCallsDesk
from handlers.links import OpenCallSettings as OpenCallSettings


@dataclass(frozen=True)
class FollowCall(Button, prefix="ca.fol"):
    """Be reminded of its deadlines and told what changes."""

    call_id: int


@dataclass(frozen=True)
class StopFollowing(Button, prefix="ca.fol.no"):
    call_id: int


@dataclass(frozen=True)
class ChooseReminders(Button, prefix="ca.days"):
    """How many days before a deadline I am reminded."""

    call_id: int


@dataclass(frozen=True)
class DropCall(Button, prefix="ca.no"):
    """Not for us: asks why."""

    call_id: int


@dataclass(frozen=True)
class SeekPartner(Button, prefix="ca.seek"):
    """Begin to look for a partner for a bid."""

    call_id: int


@dataclass(frozen=True)
class OpenBid(Button, prefix="ca.bid"):
    """Who handles the call in my organisation, and how far it is."""

    call_id: int


@dataclass(frozen=True)
class ListCallInstruments(Button, prefix="ca.ins"):
    """The cluster's instruments that serve the call."""

    call_id: int


@dataclass(frozen=True)
class OpenCallHistory(Button, prefix="ca.hist"):
    """What has changed in it, field by field."""

    call_id: int


@dataclass(frozen=True)
class OpenProfile(Button, prefix="ca.prof"):
    """What our organisation is when it bids: region and size."""


@dataclass(frozen=True)
class SettleCall(Button, prefix="ca.one"):
    """One call on the desk."""

    call_id: int


@dataclass(frozen=True)
class ListProposals(Button, prefix="ca.prop"):
    """Values of a call that were read from prose, to be confirmed."""

    call_id: int


@dataclass(frozen=True)
class ListSources(Button, prefix="ca.src"):
    page: int = 0


@dataclass(frozen=True)
class OpenBidFigures(Button, prefix="ca.fig"):
    """Bids and results of a year, for the annual report."""


@dataclass(frozen=True)
class OpenCallRules(Button, prefix="ca.rules"):
    """Which calls come to whom: words of the pillars, and calls open to any technology."""
