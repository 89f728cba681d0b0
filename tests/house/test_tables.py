"""Tables mean the same on both engines."""

from sqlalchemy import Column, DateTime, Enum
from sqlalchemy.sql.type_api import TypeEngine

from storage.database import Moment
from storage.tables import metadata


def columns() -> list[tuple[str, Column[object], TypeEngine[object]]]:
    return [
        (f"{table.name}.{column.name}", column, column.type)
        for table in metadata.sorted_tables
        for column in table.columns
    ]


def test_points_in_time_are_aware() -> None:
    naive = [
        name
        for name, _, kind in columns()
        if isinstance(kind, DateTime) and not isinstance(kind, Moment)
    ]
    assert naive == []


def test_words_are_stored_as_words() -> None:
    """PostgreSQL's own enumerations need a migration for every new word, and share their names."""
    native = [name for name, _, kind in columns() if isinstance(kind, Enum) and kind.native_enum]
    assert native == []


def test_what_refers_to_a_row_says_so() -> None:
    loose = [
        name
        for name, column, _ in columns()
        if name.endswith(("person_id", "organisation_id", "pillar_id", "workshop_id", "part_id"))
        and not column.foreign_keys
    ]
    assert loose == []
