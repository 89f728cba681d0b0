"""From SQLite to PostgreSQL: `move`, and the audit's chain: `audit verify`."""

from bot import service
from bot.config import Config
from bot.service import CannotRun
from storage import audit
from storage import moving as copies
from storage.database import Database
from storage.moving import Different, Moved, NotEmpty


async def move(config: Config, url: str) -> None:
    """Raises `CannotRun`; run again, it goes on where it was interrupted."""
    new = Database(url, config.storage.key)
    old = Database(config.storage.url, config.storage.key)
    where = new.url.render_as_string(hide_password=True)
    try:
        if old.url == new.url:
            raise CannotRun(f"{where}: this is where the data are already")
        await service.open_database(old)
        await service.open_database(new, unfinished=True)
        moved = await copies.move(old, new, _tell)
    except NotEmpty:
        raise CannotRun(f"{where}: there are other data; an empty database is needed") from None
    except Different as different:
        raise CannotRun(f"the copy is not the same, {different}; nothing was removed") from None
    finally:
        await old.dispose()
        await new.dispose()
    rows = sum(table.rows for table in moved)
    _say(f"{rows} rows in {len(moved)} tables are there and the same; now set [storage] url")


async def verify(config: Config, head: str) -> None:
    """Raises `CannotRun` at the first row that does not follow from the one before it."""
    db = Database(config.storage.url, config.storage.key)
    try:
        async with db.reading() as session:
            chain = await audit.verify(session, config.storage.key)
            is_in_it = not head or await audit.has(session, head)
    finally:
        await db.dispose()
    if chain.broken_at is not None:
        raise CannotRun(
            f"the audit is whole up to row {chain.rows}; row {chain.broken_at} does not follow: "
            "something was changed, removed or slipped in there (or the audit_key is another)"
        )
    if not is_in_it:
        raise CannotRun(f"the audit is whole, but {head} is not in it: its end was cut off")
    _say(f"the audit is whole: {chain.rows} rows, {chain.unsealed} from before there were seals")
    _say(f"its head is {chain.rows}:{chain.head}")


def _tell(moved: Moved) -> None:
    if moved.rows:
        _say(f"{moved.table}: {moved.rows} rows, {moved.checksum}")


def _say(words: str) -> None:
    print(words)  # noqa: T201
