"""Finding is measured: what people write must lead to the right instruments."""

import asyncio
from pathlib import Path

import pytest

from storage import migrate
from storage.database import Database
from tests.conftest import NOW
from tests.quality import measuring
from tests.quality.measuring import Marks

RECALL, MRR = 0.97, 0.95  # a little below what is reached, far above what was promised


@pytest.fixture(scope="module")
def marks(tmp_path_factory: pytest.TempPathFactory) -> Marks:
    return asyncio.run(_marks(tmp_path_factory.mktemp("quality") / "catalogue.db"))


async def _marks(path: Path) -> Marks:
    db = Database(f"sqlite:///{path}").acquire()
    try:
        await migrate.upgrade(db)
        await measuring.fill(db, NOW)
        return await measuring.measure(db, NOW)
    finally:
        await db.dispose()


def test_the_right_instruments_are_on_the_first_page(marks: Marks) -> None:
    missing = {a.query: sorted(a.right - set(a.names[:5])) for a in marks.answers if a.recall < 1}
    assert marks.recall >= RECALL, missing


def test_the_first_one_is_right(marks: Marks) -> None:
    late = {a.query: list(a.names[:3]) for a in marks.answers if a.reciprocal_rank < 1}
    assert marks.mrr >= MRR, late


def test_every_query_names_instruments_that_there_are(marks: Marks) -> None:
    known = {name for answer in marks.answers for name in answer.names}
    assert {name for answer in marks.answers for name in answer.right} <= known


def test_queries_are_many_and_each_is_asked_once() -> None:
    asked = [each["query"] for each in measuring.queries()]
    assert len(asked) >= 80
    assert len(set(asked)) == len(asked)
