"""What is on tickets and posters: the right link, dark on light, with room around it."""

import io

import pytest
import segno
from PIL import Image

from bot.papers.picture import QUIET_ZONE
from bot.papers.poster import Face as PosterFace
from bot.papers.poster import poster_picture
from bot.papers.ticket import Face, ticket_picture

LINK = "https://t.me/paprsek_bot?start=cAAAAAAAAAAAAAAAAAAAAAA"
PLAIN = Face(
    cluster="Ukázkový klastr",
    title="Tenké vrstvy",
    whens=("pátek 14. 5. 2027, 9:00–16:00",),
    place="Přerov",
    name="Božena Říhová",
    organisation="Ukázková optika s.r.o.",
    link=LINK,
    hint="Ukažte u dveří.",
)
HARD = Face(
    cluster="C" * 300,
    title="X" * 120,
    whens=tuple(f"{n} {'y' * 40} · pátek 14. 5. 2027, 9:00–16:00" for n in range(8)),
    place="Q" * 120,
    name="王 🎉 \u202e",
    organisation="Dlouhý název " * 30,
    link=LINK,
    hint="",
)


def modules(picture: bytes, link: str) -> list[list[bool]]:
    """The code as it stands in the picture: found by its quiet zone, read in its modules."""
    image = Image.open(io.BytesIO(picture)).convert("L")
    expected = len(segno.make(link, error="m", micro=False).matrix)
    middle = image.width // 2
    for scale in range(30, 4, -1):
        side = scale * expected
        left = middle - (scale * (expected + 2 * QUIET_ZONE)) // 2 + scale * QUIET_ZONE
        for top in range(image.height - side):
            if _begins(image, left, top, scale):
                return [
                    [_is_dark(image, left + x * scale, top + y * scale, scale)
                     for x in range(expected)]
                    for y in range(expected)
                ]  # fmt: skip
    raise AssertionError("there is no code")


def _begins(image: Image.Image, left: int, top: int, scale: int) -> bool:
    """The upper left eye: a dark row of seven modules, then a light one."""
    dark = all(_at(image, left + scale * n + 1, top) for n in range(7))
    return dark and not _at(image, left, top - 1) and not _at(image, left + 7 * scale + 1, top)


def _is_dark(image: Image.Image, x: int, y: int, scale: int) -> bool:
    return _at(image, x + scale // 2, y + scale // 2)


def _at(image: Image.Image, x: int, y: int) -> bool:
    value = image.getpixel((x, y))
    assert isinstance(value, int)
    return value < 128


def expected(link: str) -> list[list[bool]]:
    drawn = segno.make(link, error="m", micro=False)
    return [[bool(module) for module in row] for row in drawn.matrix]


@pytest.mark.parametrize("face", [PLAIN, HARD], ids=["plain", "hard"])
def test_a_ticket_carries_its_link(face: Face) -> None:
    assert modules(ticket_picture(face), LINK) == expected(LINK)


def test_a_poster_carries_its_link() -> None:
    link = "https://t.me/paprsek_bot?start=d12-AAAAAAAAAAAAAAAA"
    picture = poster_picture(PosterFace("Tenké vrstvy", "Namiřte sem", link, "Mění se."))
    assert modules(picture, link) == expected(link)


@pytest.mark.parametrize("face", [PLAIN, HARD], ids=["plain", "hard"])
def test_telegram_takes_it_as_a_photo(face: Face) -> None:
    content = ticket_picture(face)
    image = Image.open(io.BytesIO(content))
    assert len(content) < 200_000
    assert sum(image.size) <= 10_000
    assert max(image.size) <= 2 * min(image.size)
