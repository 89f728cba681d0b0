"""The command line. Exit codes: 0 fine, 1 it failed, 2 wrong usage or configuration."""

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from bot import config as settings
from bot import logs
from bot.config import Config, ConfigError

if TYPE_CHECKING:
    from bot.sandbox.world import World

app = typer.Typer(
    help=__doc__, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
ConfigFile = Annotated[
    Path | None, typer.Option("--config", help="default: config.toml in this folder")
]


@app.command()
def run(config: ConfigFile = None) -> None:
    """Run the bot; without a token, the sandbox with a chat page."""
    _heed_an_early_end()
    loaded = _load(config)
    gc.disable()  # what is being loaded stays: searches in it take a fifth of the start
    from bot import service

    gc.freeze()
    gc.enable()
    if loaded.telegram.token.get_secret_value():
        _do(service.run(loaded))
    else:
        from bot import demonstration

        _do(demonstration.run(loaded, _port()))


@app.command()
def sandbox(
    config: ConfigFile = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="default: $PORT or 8080")
    ] = None,
    api_only: Annotated[bool, typer.Option(help="only a Bot API, no bot and no page")] = False,
    world: Annotated[Path | None, typer.Option(help="a JSON file with bots and people")] = None,
    flood: Annotated[
        float, typer.Option(min=0, help="how much of Telegram's limits a bot may send; 0: no end")
    ] = 1,
    host: Annotated[str, typer.Option(help="an address of this machine")] = "127.0.0.1",
    open_to_network: Annotated[
        bool, typer.Option("--open-to-network", help="let --host be one that others can reach")
    ] = False,
) -> None:
    """Run a Telegram on this machine, with the bot in it or alone."""
    _heed_an_early_end()
    from bot.sandbox.guard import LOOPBACK
    from bot.sandbox.world import World, WorldError

    loaded = _load(config)
    where = _port() if port is None else port
    api_only = api_only or world is not None
    if host not in LOOPBACK and not open_to_network:
        _stop(f"--host {host}: others could reach the sandbox; --open-to-network allows it", 2)
    try:
        described = World.from_json(world) if world else None
    except WorldError as error:
        _stop(str(error), 2)
    if api_only:
        _serve_alone(described, host, where, flood)
    elif host in LOOPBACK:
        from bot import demonstration

        _do(demonstration.run(loaded, where))
    else:
        _stop(f"--host {host}: the chat page is for this machine only; use --api-only", 2)


def _serve_alone(described: "World | None", host: str, port: int, flood: float) -> None:
    """Without the house, which takes longer to load than the sandbox."""
    from bot.sandbox.alone import CannotServe, run
    from bot.sandbox.sandbox import Sandbox

    if described is None:
        from bot.demonstration import world
        from bot.sandbox.clock import Clock

        described = world(Clock())
    try:
        asyncio.run(run(Sandbox(described, flood=flood), host, port))
    except CannotServe as error:
        _stop(str(error), 1)


@app.command()
def migrate(config: ConfigFile = None) -> None:
    """Bring the database to the tables of this version."""
    from bot import tasks

    _do(tasks.migrate(_load(config)))


@app.command()
def seed(
    config: ConfigFile = None,
    demo: Annotated[bool, typer.Option("--demo", help="pillars, organisations, events")] = False,
    members: Annotated[int, typer.Option(min=0, help="how many, for load tests")] = 0,
    first_id: Annotated[int, typer.Option(min=1, help="Telegram id of the first")] = 10_000_001,
) -> None:
    """Put data to try things with into the database; twice is as good as once."""
    from bot import tasks

    if not demo and not members:
        _stop("say what: --demo, or --members N --first-id K", 2)
    _do(tasks.seed(_load(config), demo=demo, members=members, first_id=first_id))


@app.command()
def check(config: ConfigFile = None) -> None:
    """Look whether the configuration, the database and Telegram are as they should be."""
    from bot import tasks

    _do(tasks.check(_load(config)))


@app.command()
def backup(file: Path, config: ConfigFile = None) -> None:
    """Copy the database, also while the bot runs."""
    from bot import tasks

    _do(tasks.backup(_load(config), file))


@app.command()
def restore(file: Path, config: ConfigFile = None) -> None:
    """Put a backup in the place of the database; the old file is set aside."""
    from bot import tasks

    _do(tasks.restore(_load(config), file))


@app.command()
def restored(config: ConfigFile = None) -> None:
    """Say that PostgreSQL was put back from a copy: nothing is sent before a manager is asked."""
    from bot import tasks

    _do(tasks.restored(_load(config)))


@app.command()
def move(
    to: Annotated[str, typer.Option("--to", help="postgresql://USER:PASSWORD@HOST/NAME")],
    config: ConfigFile = None,
) -> None:
    """Move everything to PostgreSQL; run again, it goes on where it was interrupted."""
    from bot import moving

    if not to.startswith("postgresql://"):
        _stop("--to: expected postgresql://USER:PASSWORD@HOST/NAME", 2)
    _do(moving.move(_load(config), to))


audit = typer.Typer(help="What people with power did.", no_args_is_help=True)
app.add_typer(audit, name="audit")


@audit.command()
def verify(
    config: ConfigFile = None,
    head: Annotated[str, typer.Option(help="one that was noted: ROW:SEAL")] = "",
) -> None:
    """Look whether a row of the audit was changed, removed or slipped in."""
    from bot import tasks

    _do(tasks.verify(_load(config), head))


@app.command("import")
def import_list(
    file: Path,
    config: ConfigFile = None,
    owner: Annotated[str, typer.Option(help="an organisation; default: a list of all")] = "",
    check_only: Annotated[bool, typer.Option("--check", help="write nothing")] = False,
) -> None:
    """Take over a list of equipment: XLSX, CSV or JSON; all of it or nothing."""
    from bot import equipment

    _do(equipment.take(_load(config), file, owner, only_check=check_only))


@app.command("export")
def export_list(
    file: Path,
    config: ConfigFile = None,
    owner: Annotated[str, typer.Option(help="an organisation; default: all")] = "",
    language: Annotated[str, typer.Option(help="of the headings: cs or en")] = "cs",
) -> None:
    """Give out the equipment as a list; the file's name ends with .xlsx, .csv or .json."""
    from bot import equipment
    from bot.papers.lists import KINDS

    if file.suffix.removeprefix(".").lower() not in KINDS:
        _stop(f"{file}: expected a name that ends with .xlsx, .csv or .json", 2)
    if language not in ("cs", "en"):
        _stop(f"--language {language}: expected cs or en", 2)
    _do(equipment.give(_load(config), file, owner, language))


def _heed_an_early_end() -> None:
    """Whoever is told to end while still being loaded has nothing in hand: that is no failure."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


def _load(path: Path | None) -> Config:
    try:
        loaded = settings.load(path)
    except ConfigError as error:
        _stop(str(error), 2)
    logs.set_up(loaded.log.level, loaded.log.format, loaded.secrets)
    return loaded


def _port() -> int:
    given = os.environ.get("PORT", "8080")
    if not given.isdigit() or int(given) > 65535:
        _stop(f"PORT: expected a number from 0 to 65535, not {given!r}", 2)
    return int(given)


def _loop() -> asyncio.AbstractEventLoop:
    if sys.platform == "win32":
        return asyncio.new_event_loop()
    import uvloop

    return uvloop.new_event_loop()


def _do(work: Coroutine[Any, Any, None]) -> None:
    from bot.service import CannotRun

    failures: list[BaseException] = []
    try:
        with asyncio.Runner(loop_factory=_loop) as runner:
            runner.run(work)
    except* (CannotRun, KeyboardInterrupt) as errors:
        failures = _leaves(errors)
    if failures:  # after the block: what is raised inside of `except*` stays in a group
        _stop("\n".join(str(failure) for failure in failures), 1)


def _leaves(error: BaseException) -> list[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        return [leaf for part in error.exceptions for leaf in _leaves(part)]
    return [error]


def _stop(words: str, code: int) -> NoReturn:
    print(words, file=sys.stderr)  # noqa: T201
    raise typer.Exit(code)


if __name__ == "__main__":
    app()
