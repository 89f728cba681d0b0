"""How well finding finds: queries as people write them, and the instruments that are right."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot import seed
from bot.domain.instruments import finding, records
from storage import instruments
from storage.database import Database
from storage.folding import fold
from storage.instruments import Category, Instrument, Offering
from storage.people import Person

HERE = Path(__file__).parent
SHOWN = 5  # on the first page


@dataclass(frozen=True)
class Answer:
    query: str
    right: frozenset[str]
    names: Sequence[str]  # as found, the best first

    @property
    def recall(self) -> float:
        """How much of the first page is as it should be: 1 when no right one is missing there."""
        there = self.right & set(self.names[:SHOWN])
        return len(there) / min(SHOWN, len(self.right))

    @property
    def reciprocal_rank(self) -> float:
        places = (at for at, name in enumerate(self.names, 1) if name in self.right)
        return 1 / next(places, float("inf"))


@dataclass(frozen=True)
class Marks:
    answers: Sequence[Answer]

    @property
    def recall(self) -> float:
        return sum(each.recall for each in self.answers) / len(self.answers)

    @property
    def mrr(self) -> float:
        return sum(each.reciprocal_rank for each in self.answers) / len(self.answers)


def queries() -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads((HERE / "queries.json").read_text("utf-8"))
    return listed


async def fill(db: Database, now: datetime) -> None:
    """The instruments of the demonstration, and some from elsewhere to be told apart from."""
    await seed.demo(db, now)
    told = json.loads((HERE / "abroad.json").read_text("utf-8"))
    async with db.writing() as session:
        await records.add(session, [_instrument(each) for each in told], [()] * len(told))


def _instrument(told: dict[str, Any]) -> Instrument:
    kinds = {"kind": Offering(told["kind"]), "category": Category(told["category"])}
    return Instrument(**{**told, **kinds, "folded": fold(told["name"])})


async def measure(db: Database, now: datetime) -> Marks:
    answers = []
    async with db.reading() as session:
        me = Person(id=0, organisation_id=0, verified_at=now, met_at=now)
        for each in queries():
            found = await finding.look_for(session, each["query"], me, now)
            rows = await instruments.among(session, found.ids[: 4 * SHOWN])
            names = {row.key: row.name for row in rows}
            listed = [names[key] for key in found.ids if key in names]
            answers.append(Answer(each["query"], frozenset(each["right"]), listed))
    return Marks(answers)
