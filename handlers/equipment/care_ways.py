"""Buttons for keeping records of equipment that several of its screens show."""

from dataclasses import dataclass

from bot.kit.buttons import Button


@dataclass(frozen=True)
class AddInstrument(Button, prefix="in.add"):
    organisation_id: int


@dataclass(frozen=True)
class SendList(Button, prefix="in.imp"):
    """A whole list as a file; 0: of all owners, for the team."""

    organisation_id: int


@dataclass(frozen=True)
class GetList(Button, prefix="in.exp"):
    """Choose the kind of file in which the list is given out."""

    organisation_id: int


@dataclass(frozen=True)
class EditGroup(Button, prefix="in.ed.g"):
    """Some fields of a record, that belong together."""

    instrument_id: int
    group: str


@dataclass(frozen=True)
class EditField(Button, prefix="in.ed.f"):
    """Ask for a field's new text."""

    instrument_id: int
    field: str


@dataclass(frozen=True)
class SetOutOfService(Button, prefix="in.out"):
    instrument_id: int


@dataclass(frozen=True)
class Confirm(Button, prefix="in.ok"):
    """The record holds."""

    instrument_id: int


@dataclass(frozen=True)
class AskToHide(Button, prefix="in.hide"):
    """Asks once more."""

    instrument_id: int
