"""What the goals are called, and how each of them is counted."""

from bot.domain.goals import Progress
from bot.kit.texts import Texts, gettext_noop
from storage.goals import Goal, Measure

NAMES = {
    Measure.EVENTS: gettext_noop("Workshops and other events"),
    Measure.ASSEMBLIES: gettext_noop("Members' assemblies"),
    Measure.BOARD_MEETINGS: gettext_noop("Board meetings"),
    Measure.GROUPS: gettext_noop("Working groups at work"),
    Measure.AMBASSADORS: gettext_noop("Ambassadors"),
    Measure.VISITS: gettext_noop("Visits to members"),
    Measure.NEW_MEMBERS: gettext_noop("New members"),
    Measure.INSTRUMENTS: gettext_noop("Instruments in the database"),
    Measure.CALLS: gettext_noop("Grant calls told to members"),
}
HOW = {
    Measure.EVENTS: gettext_noop("Published events that have begun, each once."),
    Measure.ASSEMBLIES: gettext_noop("Events of the kind “assembly” that have begun."),
    Measure.BOARD_MEETINGS: gettext_noop("Events of the kind “board meeting” that have begun."),
    Measure.GROUPS: gettext_noop("Pillars with a group in Telegram, or with a meeting this year."),
    Measure.AMBASSADORS: gettext_noop("People who hold the role."),
    Measure.VISITS: gettext_noop("Events of the kind “visit”, and what was counted by hand."),
    Measure.NEW_MEMBERS: gettext_noop("Organisations that became members this year."),
    Measure.INSTRUMENTS: gettext_noop("Records that can be found today."),
    Measure.CALLS: gettext_noop("Calls that reached at least one member this year."),
    Measure.OWN: gettext_noop("Counted by hand."),
}


def name_of(t: Texts, goal: Goal) -> str:
    """Without markup."""
    return goal.name or t.plain(NAMES[goal.measure])


def sign(row: Progress) -> str:
    if row.done >= row.wanted:
        return "✅"
    return "🟡" if row.done else "⚪"


def progress(t: Texts, row: Progress) -> str:
    """Done of wanted, for buttons and tables."""
    return f"{t.number(row.done)}/{t.number(row.wanted)}"
