"""Who may join the replicas, and what each of them says that cannot go on."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from alembic import command
from pydantic import SecretStr
from sqlalchemy import text

from bot import config as settings
from bot import service
from bot.config import Config, ConfigError, Storage, Telegram
from bot.runtime.clock import CommonClock
from bot.runtime.replica import badge
from bot.service import CannotRun
from storage import migrate, replicas
from storage.database import Database, is_pooled
from storage.migrate import Outdated
from storage.settings import put
from tests.actors import Actor
from tests.conftest import NOW, TOKEN
from tests.runtime.test_replicas import menu
from tests.runtime.together import Together, standing

WORD = "a-secret-between-us-of-forty-letters-or-so"
HOUR = timedelta(hours=1)
pytestmark = pytest.mark.usefixtures("silent")


@pytest.fixture
async def shared(shared_url: str) -> AsyncIterator[Database]:
    db = Database(shared_url)
    yield db
    await db.dispose()


async def say(db: Database, statement: str) -> None:
    async with db.engine.begin() as connection:
        await connection.execute(text(statement))


async def test_tables_that_are_too_new(shared: Database) -> None:
    await migrate.run(shared, lambda to: command.stamp(to, migrate.newest()))
    await say(shared, "update alembic_version set version_num = '9999'")
    with pytest.raises(CannotRun, match=r"the database is at 9999, .* run a newer version"):
        await service.open_database(shared)


async def test_newer_tables_that_have_only_more(shared: Database) -> None:
    await migrate.run(shared, lambda to: command.stamp(to, migrate.newest()))
    await say(shared, "update alembic_version set version_num = '9999'")
    async with shared.writing() as session:
        await put(session, migrate.SINCE, migrate.newest())
    await service.open_database(shared)
    assert await migrate.current(shared) == "9999"


def test_a_migration_fits_older_programs_only_if_it_says_so() -> None:
    assert migrate.oldest_that_fits() in migrate.known()


async def test_a_running_replica_ends_when_the_tables_leave_it_behind(together: Together) -> None:
    app = await together.join()
    async with app.db.writing() as session:
        await put(session, migrate.SINCE, "9999")
    with pytest.raises(Outdated, match="versions that know 9999"):
        await app.replica.beat()


async def test_migrations_wait_for_each_other(shared: Database) -> None:
    await say(shared, "drop schema public cascade")
    await say(shared, "create schema public")
    other = Database(shared.url.render_as_string(hide_password=False))
    await asyncio.gather(migrate.upgrade(shared), migrate.upgrade(other))
    assert await migrate.current(other) == migrate.newest()
    await other.dispose()


@pytest.mark.parametrize(("secret", "agrees"), [(WORD, True), (WORD * 2, False), ("", True)])
async def test_one_secret_for_all(together: Together, secret: str, agrees: bool) -> None:
    first, second = await together.join(), await together.join()
    for app, word in ((first, WORD), (second, secret)):
        standing(app).badge = badge(word)
        await app.replica.leave()
        await app.replica.beat()
    if agrees:
        await service._agree(second)
    else:
        with pytest.raises(
            CannotRun, match=r"\[telegram\] webhook_secret: the replica .* another"
        ):
            await service._agree(second)


def test_on_postgresql_the_webhook_needs_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPRSEK_STORAGE__URL", "postgresql://paprsek@host/paprsek")
    monkeypatch.setenv("PAPRSEK_TELEGRAM__MODE", "webhook")
    monkeypatch.setenv("PAPRSEK_TELEGRAM__WEBHOOK_URL", "https://bot.example.org")
    monkeypatch.setenv("PAPRSEK_WEB__PORT", "8090")
    with pytest.raises(ConfigError, match="webhook_secret: expected the same one for all"):
        settings.load()
    monkeypatch.setenv("PAPRSEK_TELEGRAM__WEBHOOK_SECRET", WORD)
    assert settings.load().webhook_secret == WORD


def test_the_way_past_a_pooler_leads_to_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPRSEK_STORAGE__DIRECT_URL", "sqlite:///x.db")
    with pytest.raises(ConfigError, match=r"\[storage\] direct_url: expected postgresql"):
        settings.load()


async def test_a_database_that_cannot_be_written(
    shared_url: str, shared: Database, config: Config
) -> None:
    await migrate.run(shared, lambda to: command.stamp(to, migrate.newest()))
    name = shared.url.database
    await say(shared, f"alter database {name} set default_transaction_read_only = on")
    told = Telegram(token=SecretStr(TOKEN))
    readonly = config.model_copy(update={"storage": Storage(url=shared_url), "telegram": told})
    with pytest.raises(CannotRun, match=r"cannot be used: .*read-only"):
        async with service.ready(readonly):
            raise AssertionError


async def test_behind_a_pooler(together: Together, ann: Actor) -> None:
    """Nothing that needs a connection of one's own; what is heard, is heard past it."""
    url = f"{together.config.storage.url}&pooled=true"
    together.config = together.config.model_copy(update={"storage": Storage(url=url)})
    assert is_pooled(url)
    app = await together.join()
    assert app.db.is_pooled
    assert app.bell._url == ""
    await app.inbox.receive([menu(ann, 70)])
    await app.settle()
    assert len(ann.heard) == 1
    assert await app.replica.holds(app.replica.number)


@pytest.mark.parametrize("gap", [HOUR, -HOUR])
async def test_a_clock_that_is_wrong_goes_by_the_databases(
    together: Together, gap: timedelta
) -> None:
    app = await together.join()
    clock = CommonClock(lambda: datetime.now(UTC) + gap)
    app.clock = clock
    await app.replica.beat()
    async with app.db.reading() as session:
        common = await replicas.time(session)
    assert abs(clock() - common) < timedelta(seconds=5)


def test_a_clock_that_is_nearly_right_is_left_alone() -> None:
    clock = CommonClock(lambda: NOW)
    clock.compare(NOW + timedelta(seconds=1))
    assert clock() == NOW
    clock.compare(NOW + HOUR)
    assert clock() == NOW + HOUR
    clock.compare(NOW + timedelta(seconds=1))
    assert clock() == NOW
