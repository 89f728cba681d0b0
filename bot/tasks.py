"""What an operator asks for once: migrate, seed, check, backup, restore, audit verify."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from telegram.error import InvalidToken, TelegramError

from bot import app as house
from bot import seed as seeds
from bot import service
from bot.app import utc_now
from bot.config import Config
from bot.service import CannotRun
from storage import audit
from storage import backup as copies
from storage import migrate as migrations
from storage import restored as put_back
from storage.backup import Damaged
from storage.database import Busy, Database


@asynccontextmanager
async def _database(config: Config) -> AsyncIterator[Database]:
    """Raises `CannotRun` when it cannot be used."""
    db = Database(config.storage.url, config.storage.key)
    try:
        yield db
    except (SQLAlchemyError, OSError) as error:
        raise service.unusable(db, error) from None
    finally:
        await db.dispose()


async def migrate(config: Config) -> None:
    async with _database(config) as db:
        await service.open_database(db)
        _say(f"the database is at {await migrations.current(db)}")


async def seed(config: Config, *, demo: bool, members: int, first_id: int) -> None:
    zone = config.cluster.zone
    async with _database(config) as db:
        await service.open_database(db)
        if demo:
            await seeds.demo(db, utc_now(), zone)
            _say("the demonstration data are there")
        if members:
            await seeds.members(db, members, first_id, utc_now(), zone)
            _say(f"{members} members are there, from {first_id} on")


async def check(config: Config) -> None:
    """Raises `CannotRun` when something is not as it should be."""
    await _check_database(config)
    if not config.telegram.token.get_secret_value():
        _say("no token: `run` starts the sandbox")
        return
    app = house.build(config)
    try:
        await app.bot.initialize()
        _say(f"telegram: @{app.bot.username}")
    except InvalidToken:
        raise CannotRun("[telegram] token: Telegram does not know this token") from None
    except TelegramError as error:
        raise CannotRun(f"telegram: cannot be reached ({error.message})") from None
    finally:
        await app.stop()


async def _check_database(config: Config) -> None:
    db = Database(config.storage.url, config.storage.key)
    if db.path is not None and not db.path.exists():
        _say(f"database: {db.path} is not there yet; `run` makes it")
        return
    try:
        at, newest = await migrations.current(db), migrations.newest()
    except Exception as error:
        raise CannotRun(f"[storage] url: {str(error).splitlines()[0]}") from None
    finally:
        await db.dispose()
    if at is None:
        _say("database: empty; `run` makes its tables")
    elif at not in migrations.known():
        raise CannotRun(f"database: at {at}, which this version does not know; run a newer one")
    else:
        _say(f"database: {at}" + ("" if at == newest else f"; `run` brings it to {newest}"))


async def backup(config: Config, target: Path) -> None:
    """Raises `CannotRun`."""
    source = _file(config)
    try:
        size = await asyncio.to_thread(copies.backup, source, target)
    except FileExistsError:
        raise CannotRun(f"{target}: is there already") from None
    except FileNotFoundError:
        raise CannotRun(f"{source}: there is no database") from None
    except (OSError, Damaged) as error:
        raise CannotRun(str(error)) from None
    _say(f"{target}: {size} bytes, checked")


async def restore(config: Config, source: Path) -> None:
    """Raises `CannotRun`."""
    target = _file(config)
    async with _database(config) as db:
        try:
            db.acquire(create=False)
            aside = await asyncio.to_thread(_put_back, source, target)
        except Busy:
            raise CannotRun(f"another process works with {target}; stop it first") from None
        except FileNotFoundError:
            raise CannotRun(f"{source}: there is no such file") from None
        except (OSError, Damaged) as error:
            raise CannotRun(str(error)) from None
        await service.open_database(db, unfinished=True)
    _say(f"restored from {source}" + (f"; the old database is {aside}" if aside else ""))


def _put_back(source: Path, target: Path) -> Path | None:
    copies.check(source)
    if copies.needs(source) not in migrations.known():
        raise CannotRun(f"{source}: is of a newer version; restore it with that one")
    return copies.restore(source, target)


async def restored(config: Config) -> None:
    """For PostgreSQL, which is put back by its own tools. Raises `CannotRun`."""
    async with _database(config) as db:
        await service.open_database(db)
        async with db.writing() as session:
            await put_back.mark(session)
    _say("managers will be asked about what may have been sent since the copy was made")


async def verify(config: Config, head: str) -> None:
    """Raises `CannotRun` at the first row that does not follow from the one before it."""
    async with _database(config) as db, db.reading() as session:
        chain = await audit.verify(session, config.storage.key)
        is_in_it = not head or await audit.has(session, head)
    if chain.broken_at is not None:
        raise CannotRun(
            f"the audit is whole up to row {chain.rows}; row {chain.broken_at} does not follow: "
            "something was changed, removed or slipped in there (or the audit_key is another)"
        )
    if not is_in_it:
        raise CannotRun(f"the audit is whole, but {head} is not in it: its end was cut off")
    _say(f"the audit is whole: {chain.rows} rows, {chain.unsealed} from before there were seals")
    _say(f"its head is {chain.rows}:{chain.head}")


def _file(config: Config) -> Path:
    path = Database(config.storage.url).path
    if path is None:
        raise CannotRun("[storage] url: this is for SQLite; PostgreSQL has pg_dump and pg_restore")
    return path


def _say(words: str) -> None:
    print(words)  # noqa: T201
