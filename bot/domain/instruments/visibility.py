"""Who sees what of an instrument: its record, and each field of it.

What an owner has not decided is as usual: members see records, those who may see a record see its
fields, and what concerns people and money stays among members.
"""

from dataclasses import dataclass
from typing import Any

from storage.instruments import Instrument, Visibility

RECORD = "record"
AMONG_MEMBERS = frozenset(
    {
        RECORD,
        "guarantor",
        "guarantor_id",
        "price_least",
        "price_members",
        "price_academia",
        "price_others",
    }
)
KNOWN = {each.value: each for each in Visibility}


def visibility(instrument: Instrument, field: str) -> Visibility:
    decided = instrument.visibility.get(field)
    if decided is None:
        return Visibility.MEMBERS if field in AMONG_MEMBERS else Visibility.PUBLIC
    return KNOWN.get(decided, Visibility.MEMBERS)


def is_public(instrument: Instrument) -> bool:
    return visibility(instrument, RECORD) == Visibility.PUBLIC


def has_secrets(instrument: Instrument) -> bool:
    """Whether it is public, but for some fields."""
    kept = (visibility(instrument, field) for field in instrument.visibility if field != RECORD)
    return is_public(instrument) and any(each != Visibility.PUBLIC for each in kept)


@dataclass(frozen=True)
class View:
    """An instrument as somebody may see it: `inside` are members, `keeps` its owner's people."""

    instrument: Instrument
    inside: bool
    keeps: bool = False

    def sees(self, field: str) -> bool:
        if self.inside and field not in self.instrument.visibility:
            return True
        kept = visibility(self.instrument, field)
        return (
            self.keeps or kept == Visibility.PUBLIC or (self.inside and kept == Visibility.MEMBERS)
        )

    def __getitem__(self, field: str) -> Any:
        """What stands there; empty where it is not theirs to see."""
        value = getattr(self.instrument, field)
        return value if self.sees(field) else type(value)() if value is not None else None

    @property
    def on_request(self) -> list[str]:
        """The fields that the owner tells to who asks."""
        return [
            field
            for field in self.instrument.visibility
            if visibility(self.instrument, field) == Visibility.REQUEST
            and not self.sees(field)
            and getattr(self.instrument, field, None)
        ]
