"""What has changed in the rows of a town, row by row, and whose they are: kept by triggers."""

from dataclasses import dataclass

from sqlmodel import SQLModel

from tests.chaos.town import Town

# How the work is done, not what has come of it.
WORK = {
    "inbox", "outbox", "outbox_batch", "errand", "file", "send_gate", "lease", "replica", "draft",
    "search", "audit", "setting", "word",
}  # fmt: skip
PERSON, BID = "person", "call_bid"
BETWEEN = "\x1f"
Row = dict[str, str]
LOGGED = "create table chaos_change (id integer primary key, name text, old text, new text)"


@dataclass(frozen=True)
class Change:
    """Of a row; None for one that was not there before, or is not any more."""

    name: str
    old: Row | None
    new: Row | None

    def concerns(self, person_id: int, organisation_id: int | None) -> bool:
        """Whether the row is that person's: it is they, or it names them. A bid is their
        organisation's, whoever of it says what became of it."""
        columns = ("id",) if self.name == PERSON else _of_person(self.name)
        rows = [row for row in (self.old, self.new) if row]
        if self.name == BID and all(row["person_id"] == "NULL" for row in rows):
            return all(row["organisation_id"] == str(organisation_id) for row in rows)
        return any(row[column] == str(person_id) for row in rows for column in columns)


def watch(town: Town) -> None:
    statements = [LOGGED]
    for table in SQLModel.metadata.sorted_tables:
        if table.name in WORK:
            continue
        old, new = (_row(table.columns.keys(), which) for which in ("old", "new"))
        for event, before, after in (
            ("insert", "null", new), ("delete", old, "null"), ("update", old, new),
        ):  # fmt: skip
            statements.append(
                f'create trigger "chaos_{table.name}_{event}" after {event} on "{table.name}" '
                f"begin insert into chaos_change (name, old, new) "
                f"values ('{table.name}', {before}, {after}); end"
            )
    town.forget(*statements)


def changes(town: Town) -> list[Change]:
    """Since the last time; a row that was written as it was has not changed."""
    rows = town.ask("select name, old, new from chaos_change order by id")
    town.forget("delete from chaos_change")
    found: dict[tuple[str, ...], tuple[Row | None, Row | None]] = {}
    for name, old, new in rows:
        if old == new:
            continue
        was, is_now = _read(name, old), _read(name, new)
        row = is_now or was or {}
        key = (name, *(row[column] for column in _keys(name)))
        found[key] = (found[key][0] if key in found else was, is_now)
    return [Change(key[0], was, is_now) for key, (was, is_now) in found.items() if was != is_now]


def _row(columns: list[str], which: str) -> str:
    """Its values as SQL spells them, one after another: a trigger may call little else."""
    return f" || '{BETWEEN}' || ".join(f'quote({which}."{each}")' for each in columns)


def _read(name: str, row: str | None) -> Row | None:
    columns = SQLModel.metadata.tables[name].columns.keys()
    return dict(zip(columns, row.split(BETWEEN), strict=True)) if row else None


def _keys(name: str) -> list[str]:
    return [column.name for column in SQLModel.metadata.tables[name].primary_key.columns]


def _of_person(name: str) -> list[str]:
    """Columns that say whose a row is."""
    keys = SQLModel.metadata.tables[name].foreign_keys
    return [key.parent.name for key in keys if key.column.table.name == PERSON]
