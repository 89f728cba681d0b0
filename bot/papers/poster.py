"""The poster at the door: a large code that is good for a minute, and what to do with it."""

from dataclasses import dataclass

import segno
from markupsafe import Markup

from bot.papers.picture import ACCENT, BOLD, QUIET, QUIET_ZONE, RAY, Picture

REFRESH = 10  # seconds
PAGE = """<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="{refresh}">
<title>{title}</title>
<style>
body {{ margin: 0; min-height: 100vh; display: flex; flex-direction: column; align-items: center;
  justify-content: center; gap: 2vmin; background: #fff; color: #1f2937; text-align: center;
  font: 3.2vmin "DejaVu Sans", system-ui, sans-serif }}
h1 {{ margin: 0; font-size: 5.5vmin; overflow-wrap: anywhere }}
p {{ margin: 0 }}
svg {{ width: 70vmin; height: 70vmin }}
small {{ color: #646e7c }}
</style>
<h1>{title}</h1>
<p>{call}</p>
{code}
<small>{hint}</small>
</html>
"""


@dataclass(frozen=True, slots=True)
class Face:
    title: str
    call: str  # what to do
    link: str  # what its code leads to
    hint: str


def poster_picture(face: Face) -> bytes:
    """A PNG for a screen that people walk past."""
    picture = Picture()
    picture.bar(18, ACCENT)
    picture.bar(8, RAY)
    picture.space(44)
    picture.text(face.title, 54, face=BOLD, lines=2)
    picture.space(18)
    picture.text(face.call, 44, lines=2)
    picture.space(10)
    picture.code(face.link, 900)
    picture.space(4)
    picture.text(face.hint, 32, QUIET, lines=2)
    picture.space(40)
    return picture.png()


def page(face: Face, language: str) -> str:
    """HTML that looks for the next code by itself; it needs no script."""
    drawn = segno.make(face.link, error="m", micro=False)
    code = Markup(drawn.svg_inline(border=QUIET_ZONE, omitsize=True))
    return Markup(PAGE).format(
        language=language,
        refresh=REFRESH,
        title=face.title,
        call=face.call,
        code=code,
        hint=face.hint,
    )
