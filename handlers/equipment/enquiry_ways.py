"""Buttons of enquiries that several of their screens show; each is answered where it leads to."""

from dataclasses import dataclass

from bot.kit.buttons import Button


@dataclass(frozen=True)
class OpenEnquiry(Button, prefix="iq"):
    enquiry_id: int


@dataclass(frozen=True)
class OpenDemand(Button, prefix="iq.all"):
    """What I have asked for, and what each owner says."""

    demand_id: int
    page: int = 0


@dataclass(frozen=True)
class Offer(Button, prefix="iq.of"):
    enquiry_id: int


@dataclass(frozen=True)
class WriteBack(Button, prefix="iq.wr"):
    """Words to the other side, whichever that is."""

    enquiry_id: int


@dataclass(frozen=True)
class Decline(Button, prefix="iq.no"):
    """Asks why."""

    enquiry_id: int


@dataclass(frozen=True)
class TakeOver(Button, prefix="iq.take"):
    enquiry_id: int


@dataclass(frozen=True)
class PassOn(Button, prefix="iq.fw"):
    """The manager looks for somebody who can answer."""

    enquiry_id: int
    page: int = 0


@dataclass(frozen=True)
class BecomeKnown(Button, prefix="iq.me"):
    """Asks once more."""

    enquiry_id: int


@dataclass(frozen=True)
class Withdraw(Button, prefix="iq.back"):
    """Asks once more."""

    enquiry_id: int


@dataclass(frozen=True)
class AskOutcome(Button, prefix="iq.end"):
    enquiry_id: int


@dataclass(frozen=True)
class AskAlso(Button, prefix="iq.also"):
    """The same of the owner of another instrument."""

    demand_id: int
    instrument_id: int


@dataclass(frozen=True)
class OpenWindow(Button, prefix="iw"):
    window_id: int
