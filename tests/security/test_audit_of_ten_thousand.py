"""In ten thousand rows of the audit one that was changed, removed or slipped in has a number."""

import asyncio
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text

from bot import tasks
from bot.config import Config, Storage
from bot.service import CannotRun
from storage import audit
from storage.database import Database
from storage.people import Person
from tests.chaos.stage import FULL, SEED
from tests.conftest import NOW

KEY = "kept outside of the database"
ROWS = 10_000 if FULL else 2_000
SOMEWHERE = Random(SEED).randrange(2, ROWS)
DEEDS = {
    "a changed word": ("update audit set action = 'x' where id = :n", 0),
    "a changed moment": ("update audit set at = '2020-01-01 00:00:00' where id = :n", 0),
    "a changed seal": ("update audit set seal = 'x' where id = :n", 0),
    "a row removed": ("delete from audit where id = :n", 1),
    "a row renumbered": (f"update audit set id = {ROWS + 9} where id = :n", 1),
    "a row slipped in": (
        f"insert into audit select {ROWS + 1}, at, actor_id, action, subject, details, seal "
        "from audit where id = :n",
        ROWS + 1 - SOMEWHERE,
    ),
}


@pytest.fixture(scope="module")
def history(template: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("history") / "a.db"
    path.write_bytes(template.read_bytes())
    asyncio.run(_write_into(f"sqlite:///{path}"))
    return path.read_bytes()


async def _write_into(url: str) -> None:
    db = Database(url, KEY.encode())
    async with db.writing() as session:
        session.add(Person(id=1, telegram_id=7, met_at=NOW))
        await session.flush()
        for number in range(ROWS):
            await audit.record(session, 1, "approve", f"event:{number}", NOW, words=f"Č {number}")
    await db.dispose()


@pytest.mark.parametrize("deed", DEEDS)
async def test_it_is_found_with_its_number(deed: str, history: bytes, tmp_path: Path) -> None:
    print(f"SEED={SEED}")
    (tmp_path / "a.db").write_bytes(history)
    storage = Storage(url=f"sqlite:///{tmp_path}/a.db", audit_key=KEY)  # type: ignore[arg-type]
    config = Config(storage=storage)
    await tasks.verify(config, "")
    db = Database(config.storage.url)
    statement, later = DEEDS[deed]
    async with db.engine.begin() as connection:
        await connection.execute(text(statement), {"n": SOMEWHERE})
    await db.dispose()
    with pytest.raises(CannotRun, match=f"; row {SOMEWHERE + later} does not follow"):
        await tasks.verify(config, "")
