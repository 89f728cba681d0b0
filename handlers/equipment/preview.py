"""What a list of equipment would change, in words, and what is wrong with it."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.domain.instruments import wording
from bot.domain.instruments.comparing import Change, Plan
from bot.domain.instruments.lists import MOST, BadHeadings
from bot.kit.screens import lines, paragraphs
from bot.kit.texts import Texts, gettext_noop
from bot.papers.grids import MOST_BYTES, MOST_COLUMNS, Fault
from bot.papers.spreadsheet import Table, xlsx
from handlers.equipment import faults

LISTED = 20  # rows with faults that are told one by one
CHANGES, ODD, COLUMNS = 5, 5, 6
LONG = 40  # characters of a value
UNREADABLE = {
    Fault.NO_LIST: gettext_noop("This is neither XLSX nor CSV. Please save the list as XLSX."),
    Fault.LOCKED: gettext_noop(
        "The file has a password, or it is an old .xls. Please save it as XLSX without one."
    ),
    Fault.MACROS: gettext_noop(
        "The file has macros, which I do not open. Please save it as plain XLSX."
    ),
    Fault.BOMB: gettext_noop(
        "The file is suspiciously large inside, so I did not open it. Please save the list alone."
    ),
    Fault.DAMAGED: gettext_noop(
        "The file is damaged. Please save it once more and send it again."
    ),
    Fault.EMPTY: gettext_noop("There are no rows in the file."),
}


def unreadable(t: Texts, fault: Fault) -> str:
    match fault:
        case Fault.TOO_LARGE:
            n = MOST_BYTES >> 20
            return t("The file is too large: {n} MB at most. Please split the list.", n=n)
        case Fault.TOO_MANY_ROWS:
            return t("The list has more than {n} rows. Please split it.", n=t.number(MOST))
        case Fault.TOO_MANY_COLUMNS:
            return t("The list has more than {n} columns.", n=MOST_COLUMNS)
    return t("{why}", why=t.plain(UNREADABLE[fault]))


def bad_headings(t: Texts, why: BadHeadings) -> str:
    missing = ", ".join(wording.heading(each, t.language) for each in why.missing)
    twice = ", ".join(wording.heading(each, t.language) for each in why.twice)
    unknown = ", ".join(why.unknown[:COLUMNS])
    return lines(
        t("These columns are missing: <b>{columns}</b>.", columns=missing) if missing else "",
        t("These columns are there twice: <b>{columns}</b>.", columns=twice) if twice else "",
        t("These I do not know: {columns}.", columns=_cut(unknown, 200)) if unknown else "",
        t("The template has all the columns that I understand."),
    )


def preview(t: Texts, name: str, plan: Plan) -> str:
    return paragraphs(
        t("📥 <b>{name}</b>", name=name),
        t("{counts}", counts=counts(t, plan)),
        lines(*_faulty(t, plan)),
        lines(*_changes(t, plan.changes)),
        lines(*_odd(t, plan)),
        _ending(t, plan),
    )


def counts(t: Texts, plan: Plan) -> str:
    """„12 nových, 3 změny, 1 chyba"."""
    said = [
        t.plain_n("{n} new", "{n} new ones", len(plan.new)) if plan.new else "",
        t.plain_n("{n} change", "{n} changes", len(plan.changes)) if plan.changes else "",
        t.plain_n("{n} as it was", "{n} as they were", plan.same) if plan.same else "",
        _mistakes(t, plan),
    ]
    return ", ".join(each for each in said if each) or t.plain("no rows")


def _mistakes(t: Texts, plan: Plan) -> str:
    match plan.faulty:
        case []:
            return ""
        case [one]:
            return t.plain("1 mistake in row {n}", n=one.number)
    return t.plain_n("{n} row with a mistake", "{n} rows with mistakes", len(plan.faulty))


def _faulty(t: Texts, plan: Plan) -> Iterator[str]:
    for row in plan.faulty[:LISTED]:
        why = _cut("; ".join(faults.words(t, each) for each in row.faults), 120)
        yield t("❌ Row {n}: {why}", n=row.number, why=why)
    if len(plan.faulty) > LISTED:
        rest = len(plan.faulty) - LISTED
        yield t.n(
            "… and {n} more row, in the file that follows.",
            "… and {n} more rows, in the file that follows.",
            rest,
        )


def _changes(t: Texts, changes: Sequence[Change]) -> Iterator[str]:
    for each in changes[:CHANGES]:
        told = "; ".join(_difference(t, *difference) for difference in each.differs.items())
        yield t("✏️ Row {n}, {name}: {told}", n=each.number, name=each.name, told=_cut(told, 160))
    if len(changes) > CHANGES:
        rest = len(changes) - CHANGES
        yield t.n("… and {n} more change.", "… and {n} more changes.", rest)


def _difference(t: Texts, column: str, values: tuple[str, str]) -> str:
    name = wording.heading(column, t.language)
    if column == "pillars":
        return name
    old, new = (_cut(" ".join(each.split()), LONG) or "–" for each in values)
    return f"{name} {old} → {new}"


def _odd(t: Texts, plan: Plan) -> Iterator[str]:
    if plan.odd_units:
        yield t("⚠️ I do not know these units, so they cannot be searched by:")
    for number, odd in plan.odd_units[:ODD]:
        yield t("Row {n}: {parameter}", n=number, parameter=_cut(odd, 80))
    if plan.listed.unknown:
        unknown = _cut(", ".join(plan.listed.unknown[:COLUMNS]), 200)
        yield t("⚠️ I leave out columns that I do not know: {columns}.", columns=unknown)


def _ending(t: Texts, plan: Plan) -> str:
    if not plan.does_something:
        return t("There is nothing to write.")
    if plan.faulty:
        return t("Rows with a mistake will be left out. Nothing has been written yet.")
    return t("Nothing has been written yet.")


def faulty_rows(t: Texts, plan: Plan, at: datetime) -> bytes:
    """Those rows as a list of their own, with what is wrong, to be set right and sent again."""
    source, width = plan.listed.source, len(plan.listed.headings)
    rows = [
        (
            *_wide(source.get(row.number, ()), width),
            "; ".join(faults.words(t, each) for each in row.faults),
        )
        for row in plan.faulty
    ]
    columns = (*plan.listed.headings, t.plain("Error"))
    return xlsx([Table(t.plain("Mistakes"), columns, rows)], "Paprsek", at)


def _wide(row: Sequence[str], width: int) -> tuple[str, ...]:
    return (*row, *("" for _ in range(width - len(row))))[:width]


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
