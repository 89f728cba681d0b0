"""From SQLite to PostgreSQL: `move`."""

from bot import service
from bot.config import Config
from bot.service import CannotRun
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


def _tell(moved: Moved) -> None:
    if moved.rows:
        _say(f"{moved.table}: {moved.rows} rows, {moved.checksum}")


def _say(words: str) -> None:
    print(words)  # noqa: T201
