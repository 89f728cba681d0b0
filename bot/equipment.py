"""Lists of equipment from the command line: `import FILE` and `export FILE`.

An operator is nobody in the chat, so nothing is noted down under a name; what was done is said.
"""

from collections.abc import Sequence
from pathlib import Path

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import service
from bot.app import utc_now
from bot.config import Config
from bot.domain.instruments import exporting, importing, lists, wording
from bot.domain.instruments.cells import Fault
from bot.domain.instruments.comparing import Plan, compared
from bot.domain.instruments.lists import BadHeadings, Listed, Names, Row, TooManyRows
from bot.papers import grids
from bot.papers import lists as papers
from bot.papers.grids import MOST_BYTES, Unreadable
from bot.service import CannotRun
from storage import organisations
from storage.database import Database
from storage.folding import fold

SAID = 20  # mistakes


async def take(config: Config, source: Path, owner: str, *, only_check: bool) -> None:
    """All rows or, when one of them has a mistake, none. Raises `CannotRun`."""
    content = _content(source)
    db = Database(config.storage.url, config.storage.key)
    now = utc_now()
    try:
        await service.open_database(db)
        async with db.writing() as session:
            home = await _home(session, owner)
            known = await importing.known_names(session, home or None, now)
            listed = _understood(source, content, known)
            plan = compared(listed, *await importing.there(session, listed))
            if plan.faulty:
                raise CannotRun(_mistakes(plan.faulty))
            if not only_check:
                await importing.write(session, plan, None, now)
    finally:
        await db.dispose()
    _say(f"{source}: {_counts(plan)}" + ("; nothing was written" if only_check else ""))


def _content(source: Path) -> bytes:
    try:
        if source.stat().st_size > MOST_BYTES:
            raise CannotRun(f"{source}: larger than {MOST_BYTES >> 20} MB; split the list")
        return source.read_bytes()
    except FileNotFoundError:
        raise CannotRun(f"{source}: there is no such file") from None
    except OSError as error:
        raise CannotRun(f"{source}: {error.strerror}") from None


async def _home(session: AsyncSession, owner: str) -> int:
    """The id of an organisation by its name or short name; 0 for all."""
    if not owner:
        return 0
    every = await organisations.every(session)
    found = [each for each in every if fold(owner) in (fold(each.name), fold(each.short))]
    if not found:
        raise CannotRun(f"--owner {owner}: there is no such organisation")
    return found[0].key


def _understood(source: Path, content: bytes, known: Names) -> Listed:
    try:
        grid = grids.read(source.name, content)
        return lists.understood(grid.rows, known, grid.merged)
    except Unreadable as why:
        raise CannotRun(f"{source}: {_plain(why.fault)}") from None
    except TooManyRows:
        raise CannotRun(f"{source}: more than {lists.MOST} rows; split the list") from None
    except BadHeadings as why:
        raise CannotRun(f"{source}: {_headings(why)}") from None


def _headings(why: BadHeadings) -> str:
    told = (
        ("missing columns", [wording.heading(each, "en") for each in why.missing]),
        ("columns that are there twice", [wording.heading(each, "en") for each in why.twice]),
        ("unknown columns", why.unknown),
    )
    return "; ".join(f"{what}: {', '.join(which)}" for what, which in told if which)


def _mistakes(faulty: Sequence[Row]) -> str:
    said = [f"row {row.number}: {_fault(each)}" for row in faulty for each in row.faults]
    more = [f"and {len(said) - SAID} more"] if len(said) > SAID else []
    return "\n".join([*said[:SAID], *more, "nothing was written"])


def _fault(fault: Fault) -> str:
    column = [wording.heading(fault.column, "en")] if fault.column else []
    return ": ".join([*column, _plain(fault.wrong), *([fault.said] if fault.said else [])])


def _plain(word: str) -> str:
    return word.replace("_", " ")


def _counts(plan: Plan) -> str:
    return f"{len(plan.new)} new, {len(plan.changes)} changed, {plan.same} as they were"


async def give(config: Config, target: Path, owner: str, language: str) -> None:
    """The kind of file is told by the end of its name. Raises `CannotRun`."""
    db = Database(config.storage.url, config.storage.key)
    now = utc_now()
    try:
        async with db.reading() as session:
            columns, rows = await exporting.table(
                session, await _home(session, owner), language, now
            )
    finally:
        await db.dispose()
    kind, author = target.suffix.removeprefix(".").lower(), config.cluster.name
    content = papers.made(kind, "Equipment", columns, rows, author=author, at=now)
    _write(target, content)
    _say(f"{target}: {len(rows)} records")


def _write(target: Path, content: bytes) -> None:
    try:
        with target.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise CannotRun(f"{target}: is there already") from None
    except OSError as error:
        raise CannotRun(f"{target}: {error.strerror}") from None


def _say(words: str) -> None:
    print(words)  # noqa: T201
