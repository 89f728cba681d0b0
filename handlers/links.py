"""Buttons that more than one feature shows; each is answered by the feature it leads to."""

from dataclasses import dataclass

from bot.kit.buttons import Button, Face, Rows
from bot.kit.texts import Texts


@dataclass(frozen=True)
class Home(Button, prefix="home"):
    pass


@dataclass(frozen=True)
class ListWorkshops(Button, prefix="ws"):
    page: int = 0


@dataclass(frozen=True)
class OpenWorkshop(Button, prefix="ws.open"):
    workshop_id: int


@dataclass(frozen=True)
class OpenAnnounced(Button, prefix="ws.see"):
    """The same below: what it stands under is to be read again."""

    workshop_id: int


@dataclass(frozen=True)
class OpenFromAnnouncement(Button, prefix="ws.from"):
    """As `OpenAnnounced`, and it counts as a reaction to what it stands under."""

    workshop_id: int
    announcement_id: int


@dataclass(frozen=True)
class PlanWorkshop(Button, prefix="ws.plan"):
    """The manager begins a new event."""


@dataclass(frozen=True)
class ListPillars(Button, prefix="pi"):
    pass


@dataclass(frozen=True)
class OpenPillar(Button, prefix="pi.open"):
    pillar_id: int
    page: int = 0


@dataclass(frozen=True)
class ListPillarsOf(Button, prefix="pi.of"):
    """In which pillars an organisation stands; its contact person says so."""

    organisation_id: int
    page: int = 0


@dataclass(frozen=True)
class OpenMeeting(Button, prefix="pi.mt"):
    """What a meeting of a pillar is to speak of, and what was said."""

    workshop_id: int


@dataclass(frozen=True)
class ListInstruments(Button, prefix="in"):
    page: int = 0


@dataclass(frozen=True)
class ListInstrumentsOf(Button, prefix="in.pil"):
    """Those of a pillar."""

    pillar_id: int


@dataclass(frozen=True)
class OpenInstrument(Button, prefix="in.open"):
    instrument_id: int


@dataclass(frozen=True)
class ListEnquiries(Button, prefix="in.mine"):
    """What I have asked for, and what I am asked for."""

    page: int = 0


@dataclass(frozen=True)
class OpenEquipmentDesk(Button, prefix="in.desk"):
    """The equipment as the team runs it: figures, lists, what is missing."""


@dataclass(frozen=True)
class ListCalls(Button, prefix="ca"):
    pass


@dataclass(frozen=True)
class ListCallsOf(Button, prefix="ca.pil"):
    """Those of a pillar."""

    pillar_id: int


@dataclass(frozen=True)
class OpenCall(Button, prefix="ca.open"):
    call_id: int


@dataclass(frozen=True)
class ListFoundCalls(Button, prefix="ca.find"):
    """The calls that a search has found, or a page of them."""

    search_id: int
    page: int = 0


@dataclass(frozen=True)
class OpenCallsDesk(Button, prefix="ca.desk"):
    """New calls as the team settles them."""


@dataclass(frozen=True)
class OpenCallSettings(Button, prefix="ca.set"):
    """What I want to hear of, and when."""


@dataclass(frozen=True)
class OpenProfileOf(Button, prefix="ca.prof.of"):
    """What an organisation is when it bids."""

    organisation_id: int


@dataclass(frozen=True)
class OpenSettings(Button, prefix="set"):
    pass


@dataclass(frozen=True)
class OpenAttention(Button, prefix="att"):
    """What I am written to about without asking, how often and when."""


@dataclass(frozen=True)
class OpenCalendarFeed(Button, prefix="cal"):
    """The address from which a calendar reads all my events."""


@dataclass(frozen=True)
class OpenPrivacy(Button, prefix="priv"):
    pass


@dataclass(frozen=True)
class OpenHabits(Button, prefix="ws.hab"):
    """Answers to organisers that somebody wanted to be remembered."""


@dataclass(frozen=True)
class OpenHelp(Button, prefix="help"):
    pass


@dataclass(frozen=True)
class ListWelcomes(Button, prefix="wel"):
    """What those get who are new to something."""


@dataclass(frozen=True)
class OpenPlan(Button, prefix="plan"):
    """The year's goals beside what happened."""


@dataclass(frozen=True)
class OpenAdmin(Button, prefix="adm"):
    """The manager's desk."""


@dataclass(frozen=True)
class Announce(Button, prefix="an.new"):
    """The manager begins an announcement."""


@dataclass(frozen=True)
class AnnounceTo(Button, prefix="an.for"):
    """About an event: to those who are registered, or where nobody is, to those it is for."""

    workshop_id: int


@dataclass(frozen=True)
class AnnounceToPillar(Button, prefix="pi.ann"):
    """A guarantor writes to everybody in the pillar."""

    pillar_id: int


@dataclass(frozen=True)
class ListAnnouncements(Button, prefix="an"):
    page: int = 0


@dataclass(frozen=True)
class InviteSomebody(Button, prefix="inv.new"):
    """Begin an invitation: of a colleague, or (for managers) into any organisation."""


@dataclass(frozen=True)
class FindOrganisation(Button, prefix="org.find"):
    """A guest looks for the organisation they belong to."""


@dataclass(frozen=True)
class ChooseOrganisation(Button, prefix="org.pick"):
    """Look for an organisation in order to `invite` into it, or to see its `people`."""

    why: str


@dataclass(frozen=True)
class AskToJoin(Button, prefix="cf.ask"):
    """A guest has found where they belong."""

    organisation_id: int


@dataclass(frozen=True)
class TakeQuestionBack(Button, prefix="cf.back"):
    pass


@dataclass(frozen=True)
class ListQuestions(Button, prefix="cf"):
    """People who wait to be confirmed."""

    page: int = 0


@dataclass(frozen=True)
class InviteInto(Button, prefix="inv.into"):
    organisation_id: int


@dataclass(frozen=True)
class ListPeople(Button, prefix="pe"):
    organisation_id: int
    page: int = 0


@dataclass(frozen=True)
class WriteToManager(Button, prefix="le.new"):
    """A letter, to which the answer comes back as the bot's."""


@dataclass(frozen=True)
class ListLetters(Button, prefix="le"):
    page: int = 0


@dataclass(frozen=True)
class LinkDesk(Button, prefix="le.desk"):  # a forum where the team reads letters
    chat_id: int


def home(t: Texts) -> Face:
    return Home().labelled(t.label("🏠 Home"))


def ways(t: Texts, urgent: int = 0) -> Rows:
    """Everywhere one can go from home; `urgent` are calls for me that end within a month."""
    calls = t.label("💶 Grant calls")
    return (
        (
            ListWorkshops().labelled(t.label("📅 Events")),
            ListPillars().labelled(t.label("👥 Working groups")),
        ),
        (
            ListInstruments().labelled(t.label("🔬 Equipment")),
            ListCalls().labelled(f"{calls} ({urgent})" if urgent else calls),
        ),
        (
            OpenSettings().labelled(t.label("⚙️ Settings")),
            OpenHelp().labelled(t.label("❓ Help")),
        ),
    )


def way_back(t: Texts, back: Button | None = None, label: str = "") -> Rows:
    """The last row of a screen: back to where it came from, and home."""
    if back is None:
        return ((home(t),),)
    return ((back.labelled(label or t.label("◀ Back")), home(t)),)
