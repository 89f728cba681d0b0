"""Buttons of the desk for calls that several of its screens show."""

from dataclasses import dataclass

from bot.kit.buttons import Button


@dataclass(frozen=True)
class ListHeap(Button, prefix="ca.d.ls"):
    heap: str
    order: str
    page: int = 0


@dataclass(frozen=True)
class SendCall(Button, prefix="ca.d.go"):
    """`sure` is 1 for the second yes."""

    call_id: int
    sure: int


@dataclass(frozen=True)
class HandOverCall(Button, prefix="ca.d.ho"):
    """An assistant has prepared it; a manager sends it."""

    call_id: int


@dataclass(frozen=True)
class AskWhyNot(Button, prefix="ca.d.no"):
    call_id: int


@dataclass(frozen=True)
class EditCall(Button, prefix="ca.d.ed"):
    call_id: int


@dataclass(frozen=True)
class EditCallGroup(Button, prefix="ca.d.eg"):
    call_id: int
    group: str


@dataclass(frozen=True)
class EditCallField(Button, prefix="ca.d.ef"):
    call_id: int
    field: str


@dataclass(frozen=True)
class EditCallPillars(Button, prefix="ca.d.ep"):
    call_id: int


@dataclass(frozen=True)
class ListDues(Button, prefix="ca.d.du"):
    """The call's deadlines, to be set right."""

    call_id: int


@dataclass(frozen=True)
class AddDue(Button, prefix="ca.d.da"):
    call_id: int


@dataclass(frozen=True)
class FillIn(Button, prefix="ca.d.fi"):
    """Ask for what a draft still lacks."""

    call_id: int


@dataclass(frozen=True)
class WriteNote(Button, prefix="ca.d.nt"):
    call_id: int


@dataclass(frozen=True)
class SetInternal(Button, prefix="ca.d.in"):
    call_id: int


@dataclass(frozen=True)
class SetOneBid(Button, prefix="ca.d.one"):
    call_id: int
    only_one: int


@dataclass(frozen=True)
class ThrowAway(Button, prefix="ca.d.rm"):
    call_id: int
    sure: int
