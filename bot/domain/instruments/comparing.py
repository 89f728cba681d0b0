"""What a list of equipment would change: rows beside the records that they are about.

A record is known by its owner's number, else by its name, maker and model.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.instruments import cells, lists
from bot.domain.instruments.cells import Fault, Wrong
from bot.domain.instruments.lists import Listed, Row, Values
from storage.folding import fold
from storage.instruments import Instrument

NOT_COMPARED = ("confirmed_at", "organisation_id")  # a list does not say whether a record holds
Key = tuple[object, ...]


@dataclass(frozen=True)
class Change:
    number: int
    instrument_id: int
    name: str
    differs: dict[str, tuple[str, str]]  # old and new, as texts
    values: Values


@dataclass(frozen=True)
class Plan:
    new: Sequence[Row]
    changes: Sequence[Change]
    same: int
    faulty: Sequence[Row]
    listed: Listed

    @property
    def fingerprint(self) -> str:
        """What it does, in short: another one when the records have changed in the meantime."""
        told = [
            [each.number for each in self.new],
            [[c.number, c.instrument_id, sorted(c.differs.items())] for c in self.changes],
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    @property
    def does_something(self) -> bool:
        return bool(self.new or self.changes)

    @property
    def odd_units(self) -> list[tuple[int, str]]:
        return [(row.number, odd) for row in self.listed.rows for odd in row.odd_units]


def compared(listed: Listed, there: Sequence[Instrument], stand: dict[int, list[int]]) -> Plan:
    by_number, by_name = _by_key(there)
    taken: dict[Key, int] = {}
    matched: set[int] = set()
    new, changes, faulty, same = [], [], [], 0
    for row in listed.rows:
        fault = None if row.faults else _repeats(row, taken)
        if row.faults or fault:
            faulty.append(Row(row.number, {}, [*row.faults, *([fault] if fault else [])]))
            continue
        old = _matching(row.values, by_number, by_name, matched)
        if old is None and (fault := _named_again(row, taken)):
            faulty.append(Row(row.number, {}, [fault]))
        elif old is None:
            new.append(row)
        elif differs := _differs(old, row.values, stand.get(old.key, [])):
            name = str(row.values["name"])
            changes.append(Change(row.number, old.key, name, differs, row.values))
        else:
            same += 1
    return Plan(new, changes, same, faulty, listed)


def _by_key(
    there: Sequence[Instrument],
) -> tuple[dict[Key, Instrument], dict[Key, list[Instrument]]]:
    by_name: dict[Key, list[Instrument]] = defaultdict(list)
    for each in there:
        by_name[
            _name_key(each.organisation_id, each.owner, each.name, each.maker, each.model)
        ] += [each]
    return {(e.organisation_id, e.reference): e for e in there if e.reference}, by_name


def _name_key(home: object, owner: object, *made: str | None) -> Key:
    whose = home if home is not None else fold(str(owner))
    return (whose, *(fold(each or "") for each in made))


def _row_key(values: Values) -> Key:
    made = (values["name"], values.get("maker"), values.get("model"))
    return _name_key(values["organisation_id"], values.get("owner"), *made)


def _repeats(row: Row, taken: dict[Key, int]) -> Fault | None:
    number = row.values.get("reference")
    if not number:
        return None
    first = taken.setdefault((row.values["organisation_id"], number), row.number)
    if first == row.number:
        return None
    return Fault(Wrong.SAME_NUMBER, "reference", str(first))


def _named_again(row: Row, taken: dict[Key, int]) -> Fault | None:
    """Twins without numbers could never be told apart."""
    if row.values.get("reference"):
        return None
    first = taken.setdefault(("name", *_row_key(row.values)), row.number)
    return Fault(Wrong.SAME_RECORD, said=str(first)) if first != row.number else None


def _matching(
    values: Values,
    by_number: dict[Key, Instrument],
    by_name: dict[Key, list[Instrument]],
    matched: set[int],
) -> Instrument | None:
    number = values.get("reference")
    found = by_number.get((values["organisation_id"], number)) if number else None
    if found is None:
        named = by_name.get(_row_key(values), [])
        free = (each for each in named if each.key not in matched)
        if number:
            free = (each for each in free if not each.reference)
        found = next(free, None)
    if found is not None:
        matched.add(found.key)
    return found


def _differs(old: Instrument, values: Values, stand: Sequence[int]) -> dict[str, tuple[str, str]]:
    differs = {}
    for column, new in values.items():
        if column in NOT_COMPARED:
            continue
        had = lists.value(old, column, stand)
        if had != new and not _as_good_as(column, had, new):
            differs[column] = (_told(column, had), _told(column, new))
    return differs


def _as_good_as(column: str, had: object, new: object) -> bool:
    """Whether they are written alike, spare spaces and the like aside."""
    if column == "pillars":
        return False
    return cells.tidy(_told(column, had)) == _told(column, new)


def _told(column: str, value: object) -> str:
    return json.dumps(value) if column == "pillars" else cells.written(column, value, "cs")
