"""What is known of an event as tables of a spreadsheet, for the pack of evidence."""

from datetime import timedelta

from bot.domain.workshops.evidence import Evidence
from bot.domain.workshops.rating import STARS
from bot.kit.texts import Texts
from bot.papers.spreadsheet import Table
from handlers.workshops.certificates import hours
from handlers.workshops.outcomes import name as outcome_name
from handlers.workshops.rhythm import kind_name
from handlers.workshops.topics import topics_table
from handlers.workshops.words import part_name


def tables(t: Texts, known: Evidence) -> list[Table]:
    event = known.attendance.event
    return [
        _written(t, known),
        _reminded(t, known),
        _ratings(t, known),
        _sentences(t, known),
        topics_table(t, event, known.topics),
        _outcomes(t, known),
        _certificates(t, known),
    ]


def _written(t: Texts, known: Evidence) -> Table:
    people, organisations = known.invited
    columns = (t.plain("When"), t.plain("People"), t.plain("Delivered"), t.plain("Text"))
    rows = [
        (t.moment(each.sent_at), str(each.people), str(each.delivered), each.text)
        for each in known.announced
    ]
    about = (
        t.plain("Announcements to those of the event"),
        t.plain("Invited by name: {n} people", n=people),
        t.plain("Invited by name: {n} organisations", n=organisations),
    )
    return Table(t.plain("Invitations"), columns, rows, about)


def _reminded(t: Texts, known: Evidence) -> Table:
    rows = [(kind_name(t, kind), t.moment(at)) for kind, at in known.reminded]
    return Table(t.plain("Reminders"), (t.plain("Reminder"), t.plain("When")), rows)


def _ratings(t: Texts, known: Evidence) -> Table:
    columns = (
        t.plain("Part"),
        t.plain("Average"),
        t.plain("People"),
        *(f"{stars} ★" for stars in STARS),
    )
    rows = [
        (
            part_name(t, score.slot),
            t.number(round(score.average, 2)) if score.number else "–",
            str(score.number),
            *(str(score.counts.get(stars, 0)) for stars in STARS),
        )
        for score in known.rating.scores
    ]
    return Table(t.plain("Ratings"), columns, rows)


def _sentences(t: Texts, known: Evidence) -> Table:
    """Without names: the evidence is of the event, not of who said what."""
    columns = (t.plain("Stars"), t.plain("Sentence"), t.plain("When"))
    rows = [(each.about, each.words, t.moment(each.at)) for each in known.rating.sentences]
    return Table(t.plain("Sentences"), columns, rows)


def _outcomes(t: Texts, known: Evidence) -> Table:
    sums = known.outcomes
    columns = (t.plain("What came of it"), t.plain("People"))
    rows = [(outcome_name(t, choice), str(n)) for choice, n in sums.counts.items()]
    return Table(t.plain("Outcomes"), columns, rows)


def _certificates(t: Texts, known: Evidence) -> Table:
    columns = (
        t.plain("Number"),
        t.plain("Name"),
        t.plain("Organisation"),
        t.plain("Parts"),
        t.plain("Hours"),
    )
    rows = [
        (
            each.number,
            each.name,
            each.organisation,
            ", ".join(part_name(t, slot) for slot in each.slots),
            hours(t, sum((slot.ends_at - slot.starts_at for slot in each.slots), timedelta())),
        )
        for each in known.certified
    ]
    return Table(t.plain("Certificates"), columns, rows)
