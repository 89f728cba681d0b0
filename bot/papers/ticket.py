"""A ticket: what for, whose, and the code that is scanned at the door."""

from dataclasses import dataclass

from bot.papers.picture import ACCENT, BOLD, QUIET, RAY, Picture


@dataclass(frozen=True, slots=True)
class Face:
    """What a ticket says, in the words and the language of its owner."""

    cluster: str
    title: str
    whens: tuple[str, ...]
    place: str
    name: str
    organisation: str
    link: str  # what its code leads to
    hint: str


def ticket_picture(face: Face) -> bytes:
    """A PNG, black on white, which a camera reads from the screen of a phone and from paper."""
    picture = Picture()
    picture.bar(18, ACCENT)
    picture.bar(8, RAY)
    picture.space(44)
    picture.text(face.cluster, 32, QUIET, lines=1)
    picture.space(26)
    picture.text(face.title, 62, face=BOLD, lines=3)
    picture.space(18)
    for when in face.whens:
        picture.text(when, 36, lines=2)
        picture.space(4)
    picture.text(face.place, 34, QUIET, lines=2)
    picture.space(26)
    picture.code(face.link, 680)
    picture.space(4)
    picture.text(face.name, 60, face=BOLD, lines=2)
    picture.space(6)
    picture.text(face.organisation, 38, lines=2)
    picture.space(34)
    picture.rule()
    picture.space(26)
    picture.text(face.hint, 30, QUIET, lines=2)
    picture.space(40)
    return picture.png()
