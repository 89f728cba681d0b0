"""Buttons of the equipment that several screens show; each is answered where it leads to."""

from dataclasses import dataclass

from bot.kit.buttons import Button


@dataclass(frozen=True)
class AskOwner(Button, prefix="in.ask"):
    """Begin an enquiry about one instrument."""

    instrument_id: int


@dataclass(frozen=True)
class ListWindows(Button, prefix="in.win"):
    """When an instrument can be booked; its owner's people add windows here."""

    instrument_id: int


@dataclass(frozen=True)
class AskMembers(Button, prefix="in.all"):
    """Begin an anonymous enquiry of all who may have what was looked for."""

    search_id: int


@dataclass(frozen=True)
class OpenSearch(Button, prefix="in.s"):
    """The results of a search, or a page of them."""

    search_id: int
    page: int = 0


@dataclass(frozen=True)
class EditInstrument(Button, prefix="in.ed"):
    """For its owner's contact persons and the team."""

    instrument_id: int


@dataclass(frozen=True)
class ManageInstruments(Button, prefix="in.own"):
    """What a contact person keeps for their organisation; 0 is all, for the team."""

    organisation_id: int
    page: int = 0


@dataclass(frozen=True)
class OpenCategory(Button, prefix="in.of"):
    category: str
    page: int = 0


@dataclass(frozen=True)
class NarrowCategory(Button, prefix="in.of.f"):
    category: str


@dataclass(frozen=True)
class OpenFound(Button, prefix="in.hit"):
    """A card from a page of results, with the way back there."""

    instrument_id: int
    search_id: int
    page: int


@dataclass(frozen=True)
class Narrow(Button, prefix="in.f"):
    """What a search can be narrowed down by."""

    search_id: int


@dataclass(frozen=True)
class NarrowBy(Button, prefix="in.f.k"):
    """The values of one kind of facets, by the first letter of its name."""

    search_id: int
    kind: str
    page: int = 0


@dataclass(frozen=True)
class ChooseFacet(Button, prefix="in.f.y"):
    search_id: int
    kind: str
    value: str


@dataclass(frozen=True)
class LetGo(Button, prefix="in.f.n"):
    """No longer narrow down by this kind of facets."""

    search_id: int
    kind: str


@dataclass(frozen=True)
class SearchFor(Button, prefix="in.w"):
    """A word that may have been meant."""

    word: str
