"""What the team passes on in stories: pages, messages and PDFs about calls."""

import io
from typing import Any

from fpdf import FPDF
from pypdf import PdfReader, PdfWriter

from tests.actors import Actor

LINK = "http://agency.test/vyzvy/fotonika-2027"
TEXT = (
    "Výzva Fotonika pro průmysl 2027\n"
    "Agentura vyhlašuje veřejnou soutěž na podporu vývoje laserů a optických senzorů.\n"
    "Příjem žádostí probíhá od 1. 4. 2027 do 31. 5. 2027 12:00.\n"
    "Maximální výše podpory na projekt je 5 mil. Kč, míra podpory nejvýše 70 %.\n"
    "Oprávnění žadatelé: malé a střední podniky, výzkumné organizace.\n"
    "Žadatel nesmí mít sídlo na území hl. m. Prahy, podpora je určena projektům mimo Prahu.\n"
)


def page(title: str, text: str = TEXT) -> bytes:
    parts = "".join(f"<p>{line}</p>" for line in text.splitlines())
    around = "<nav><a>OP Zaměstnanost</a> uzávěrka 1. 1. 2030</nav>"
    html = f"<html><body>{around}<main><h1>{title}</h1>{parts}</main></body></html>"
    return html.encode()


def pdf(*lines: str, password: str = "") -> bytes:
    paper = FPDF()
    paper.add_page()
    paper.set_font("helvetica", size=12)
    for line in lines:
        paper.multi_cell(0, 8, line, new_x="LMARGIN", new_y="NEXT")
    content = bytes(paper.output())
    if not password:
        return content
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.encrypt(password, algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    return locked.getvalue()


async def forwards(who: Actor, text: str, **more: Any) -> None:
    """A message that a channel wrote."""
    origin = {
        "type": "hidden_user",
        "sender_user_name": "Dotační zpravodaj",
        "date": int(who.phone.sandbox.clock.timestamp),
    }
    who.phone._post({"text": text, "forward_origin": origin, **more})
    await who.app.settle()
