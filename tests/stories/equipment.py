"""Lists of equipment as people have them, and instruments to tell stories about."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import openpyxl
from sqlmodel import col, select

from bot.app import App
from bot.domain.instruments import records
from storage import people
from storage.audit import Audit
from storage.folding import fold
from storage.instruments import Category, Instrument, Offering
from storage.organisations import Organisation
from storage.people import Role, RoleName

Row = Sequence[Any]
HEAD = ("Název", "Obor", "Výrobce", "Model", "Parametry")


def xlsx(*rows: Row, merge: str = "") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    if merge:
        sheet.merge_cells(merge)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def csv_of(*rows: Row, encoding: str = "utf-8", separator: str = ",") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode(encoding)


def read_xlsx(content: bytes) -> list[list[str]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]


def read_json(content: bytes) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(content)
    return found


async def owns(
    app: App,
    name: str,
    owner: str = "Ukázková optika",
    confirmed_at: datetime | None = None,
    **more: Any,
) -> int:
    """An instrument of that organisation, in the index; its id."""
    async with app.db.writing() as session:
        query = select(Organisation).where(Organisation.short == owner)
        home = (await session.exec(query)).one()
        facts = {"kind": Offering.EQUIPMENT, "category": Category.THIN_FILMS, **more}
        it = Instrument(
            name=name,
            folded=fold(name),
            organisation_id=home.key,
            owner=home.name,
            source="",
            confidence="stated",
            confirmed_at=confirmed_at or app.clock(),
            **facts,
        )
        await records.add(session, [it], [()])
        return it.key


async def speaks_for(app: App, telegram_id: int, owner: str) -> None:
    """Have somebody be the contact person of an organisation."""
    async with app.db.writing() as session:
        home = (await session.exec(select(Organisation).where(Organisation.short == owner))).one()
        person = await people.by_telegram(session, telegram_id)
        assert person is not None
        role = Role(
            person_id=person.key,
            name=RoleName.CONTACT,
            organisation_id=home.key,
            since=app.clock(),
        )
        session.add(role)


async def kept(app: App) -> list[Instrument]:
    async with app.db.reading() as session:
        return [*await session.exec(select(Instrument).order_by(col(Instrument.id)))]


async def deeds(app: App, action: str) -> list[Audit]:
    async with app.db.reading() as session:
        return [*await session.exec(select(Audit).where(Audit.action == action))]
