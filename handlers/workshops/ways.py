"""Buttons of events that several of their screens show; each is answered where it leads to."""

from dataclasses import dataclass

from bot.kit.buttons import Button


@dataclass(frozen=True)
class Lead(Button, prefix="ws.lead"):
    """What the team can do with the event."""

    workshop_id: int


@dataclass(frozen=True)
class Change(Button, prefix="ws.ed"):
    workshop_id: int


@dataclass(frozen=True)
class OpenMore(Button, prefix="ws.more"):
    """What can be done with a place besides taking it and giving it back."""

    workshop_id: int


@dataclass(frozen=True)
class ConfirmPlace(Button, prefix="ws.yes"):
    """I am coming."""

    workshop_id: int


@dataclass(frozen=True)
class DeclinePlace(Button, prefix="ws.no"):
    """I am not coming: my places go to the next in line. Part 0 is the whole event."""

    workshop_id: int
    part_id: int = 0


@dataclass(frozen=True)
class HandOver(Button, prefix="ws.hand"):
    """Make a link by which a colleague takes my places."""

    workshop_id: int


@dataclass(frozen=True)
class OutOfCalendar(Button, prefix="ws.ics.x"):
    """A file that takes what I gave back out of my calendar."""

    workshop_id: int


@dataclass(frozen=True)
class SignUpColleague(Button, prefix="ws.mate"):
    workshop_id: int
    page: int = 0


@dataclass(frozen=True)
class ShowTicket(Button, prefix="ws.tic"):
    workshop_id: int


@dataclass(frozen=True)
class AnswerQuestions(Button, prefix="ws.ask"):
    """What the organiser wants to know of me."""

    workshop_id: int


@dataclass(frozen=True)
class Rate(Button, prefix="ws.rate"):
    workshop_id: int


@dataclass(frozen=True)
class OpenPapers(Button, prefix="ws.pap"):
    """Slides and photos for those who came."""

    workshop_id: int


@dataclass(frozen=True)
class ManagePapers(Button, prefix="ws.pap.ed"):
    """For the team: add, publish and take away slides and photos."""

    workshop_id: int
    page: int = 0


@dataclass(frozen=True)
class ProposeTopic(Button, prefix="ws.top"):
    workshop_id: int


@dataclass(frozen=True)
class GetCertificate(Button, prefix="ws.cert"):
    workshop_id: int


@dataclass(frozen=True)
class OpenDoor(Button, prefix="ws.door"):
    """For those who check people in."""

    workshop_id: int


@dataclass(frozen=True)
class OpenBoard(Button, prefix="ws.brd"):
    """For the team: one message that stays up to date."""

    workshop_id: int


@dataclass(frozen=True)
class OpenDocuments(Button, prefix="ws.doc"):
    """For the team: the attendance list, badges, ratings, papers, and the pack of evidence."""

    workshop_id: int


@dataclass(frozen=True)
class AskAttendees(Button, prefix="ws.qs"):
    """For the team: what is asked of those who sign up."""

    workshop_id: int


@dataclass(frozen=True)
class SetRhythm(Button, prefix="ws.rh"):
    """For the team: when people are written to about the event."""

    workshop_id: int


@dataclass(frozen=True)
class CopyWorkshop(Button, prefix="ws.copy"):
    workshop_id: int


@dataclass(frozen=True)
class ChooseEventKind(Button, prefix="ws.kind"):
    workshop_id: int
