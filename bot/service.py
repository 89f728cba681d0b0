"""Running the house: everything that goes on at the same time, and how it ends."""

import asyncio
import contextlib
import gc
import signal
import socket
import sys
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from functools import partial
from secrets import token_urlsafe
from typing import Any

import structlog
import uvicorn
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot import app as house
from bot import schedule
from bot.app import App, Clock
from bot.config import Config
from bot.kit import routes
from bot.runtime.poller import ALLOWED
from bot.runtime.transport import call
from bot.web.posters import posters
from bot.web.site import calendars, site, update_in
from storage import migrate, moving, replicas, restored
from storage.database import Busy, Database
from storage.migrate import Outdated

log = structlog.get_logger(__name__)
PAUSE = 5  # seconds before Telegram is asked again
GRACE = 8  # seconds to finish what is in hand; supervisors kill after ten


class CannotRun(Exception):
    """One line for the operator: what is wrong and what to do."""


async def run(config: Config, *, clock: Clock | None = None) -> None:
    """Serve until SIGTERM or SIGINT. Raises `CannotRun`."""

    async def work() -> None:
        async with ready(config, clock) as app:
            await keep_going(app)

    await until_told(work())


@asynccontextmanager
async def ready(config: Config, clock: Clock | None = None) -> AsyncIterator[App]:
    """An app with its database open, migrated and its own; stopped at the end."""
    app = house.build(config, clock=clock)
    try:
        await open_database(app.db)
        try:
            await _look_around(app.db)
            await app.start()
            await _agree(app)
        except (SQLAlchemyError, OSError) as error:
            raise unusable(app.db, error) from None
        except InvalidToken:
            raise CannotRun("[telegram] token: Telegram does not know this token") from None
        except TelegramError as error:
            raise _unreachable(config, error) from None
        yield app
    finally:
        await app.stop(GRACE)


def _unreachable(config: Config, why: Exception) -> CannotRun:
    return CannotRun(f"Telegram cannot be reached at {config.telegram.api_url} ({why})")


async def open_database(db: Database, *, unfinished: bool = False) -> None:
    """Raises `CannotRun`. `unfinished` takes one, too, into which a move was interrupted."""
    try:
        db.acquire()
        await migrate.upgrade(db)
        if not unfinished and await moving.is_unfinished(db):
            raise CannotRun("a move into this database was interrupted; run `move` again")
    except Busy as busy:
        raise CannotRun(f"another process works with {busy} already") from None
    except (SQLAlchemyError, OSError) as error:
        raise unusable(db, error) from None
    except Outdated as error:
        raise _outdated(error) from None


async def _look_around(db: Database) -> None:
    """Who puts a database back by other tools than ours may not say so."""
    if await restored.notice(db):
        log.warning("the database was put back or moved; managers will be asked what is sent")


def unusable(db: Database, error: Exception) -> CannotRun:
    place = db.url.render_as_string(hide_password=True)
    said = str(getattr(error, "orig", error)) or repr(error)
    return CannotRun(f"the database at {place} cannot be used: {said.splitlines()[0]}")


def _outdated(error: BaseException) -> CannotRun:
    return CannotRun(f"the database is {error}; run a newer version")


async def _agree(app: App) -> None:
    """With the replicas that work already. Raises `CannotRun`."""
    if app.db.is_sqlite:
        return
    ours = app.replica.badge
    async with app.db.reading() as session:
        others = [each for each in await replicas.alive(session) if each.id != app.replica.number]
    for other in others:
        if ours.secret and other.secret and other.secret != ours.secret:
            raise CannotRun(
                f"[telegram] webhook_secret: the replica {other.place} has another one; "
                "Telegram knows one for all"
            )
        if other.revision != ours.revision:
            log.warning("a replica has another version", place=other.place, knows=other.revision)


async def keep_going(app: App) -> None:
    """Everything at once, until cancelled. Raises `CannotRun`."""
    config = app.config
    secret = config.webhook_secret or token_urlsafe(32)
    gc.collect()
    gc.freeze()  # what has been loaded stays: searching it again takes a tenth of a second
    sys.dont_write_bytecode = True  # of what is loaded later, a full disk would keep halves
    try:
        async with asyncio.TaskGroup() as group:
            if config.web.port:
                group.create_task(serve(_site(app, secret), config.web.host, config.web.port))
            group.create_task(app.run(partial(_lead, app, secret)))
    except* Outdated as errors:
        raise _outdated(_first(errors)) from None
    except* InvalidToken:
        raise CannotRun("[telegram] token: Telegram does not know this token any more") from None


async def _lead(app: App, secret: str) -> None:
    """Until cancelled: what only one of several replicas does."""
    jobs = {name: job.every for name, job in routes.jobs.items()}
    await app.succession.succeed()
    for name in jobs:
        await app.tick(name)
    await _mind_a_restore(app)
    scheduler = schedule.start(jobs, app.tick)
    try:
        await _open_the_way(app, secret)
        await app.lead(poll=app.config.telegram.mode == "polling")
    finally:
        scheduler.shutdown(wait=False)


async def _mind_a_restore(app: App) -> None:
    """As soon as the database can be used. Raises `Deposed`."""
    while True:
        try:
            return await app.mind_a_restore()
        except (SQLAlchemyError, OSError):
            log.exception("the database cannot be used, trying again")
            await asyncio.sleep(PAUSE)


async def _open_the_way(app: App, secret: str) -> None:
    """Tell Telegram how we want our updates; it may be away just now. Raises `CannotRun`."""
    while True:
        try:
            if app.config.telegram.mode == "webhook":
                await _set_webhook(app, secret)
            else:
                await call(app.bot, "deleteWebhook", {})
        except InvalidToken:
            raise
        except BadRequest as error:
            raise CannotRun(f"[telegram] webhook_url: {error.message}") from None
        except TelegramError as error:
            log.warning("telegram cannot be reached, trying on", why=error.message)
            await asyncio.sleep(PAUSE)
        else:
            return


def _first(error: BaseException) -> BaseException:
    return _first(error.exceptions[0]) if isinstance(error, BaseExceptionGroup) else error


async def until_told(work: Coroutine[Any, Any, None]) -> None:
    """Do `work` until SIGTERM or SIGINT, then cancel it; raise what it raises."""
    loop, working = asyncio.get_running_loop(), asyncio.current_task()
    assert working is not None
    told = False

    def stop() -> None:
        nonlocal told
        told = True
        working.cancel()

    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop)
    try:
        await work
    except asyncio.CancelledError:
        if not told:
            raise
        working.uncancel()
        log.info("stopped")


async def serve(served: Starlette, host: str, port: int) -> None:
    """Until cancelled. Raises `CannotRun` when the address is taken."""
    try:
        listener = socket.create_server((host, port))
    except OSError as error:
        raise CannotRun(f"[web] port: {host}:{port} cannot be used ({error.strerror})") from None
    settings = uvicorn.Config(
        served, access_log=False, log_config=None, lifespan="off", server_header=False
    )
    server = _Server(settings)
    with contextlib.closing(listener):
        await server.serve(sockets=[listener])


class _Server(uvicorn.Server):
    """Signals belong to `run`; being cancelled is the way to stop."""

    def capture_signals(self) -> contextlib.AbstractContextManager[None]:  # type: ignore[override]
        return contextlib.nullcontext()


def _site(app: App, secret: str) -> Starlette:
    async def receive(body: bytes) -> None:
        update = update_in(body)
        if update is None:
            log.error("a webhook call without an update", bytes=len(body))
            await app.inbox.bury(body)
        else:
            await app.inbox.receive([update])

    return site(
        healthy=app.health,
        metrics=lambda: app.metrics.text(app.db, app.clock),
        calendars=calendars(app.calendar, app.house.public_url),
        posters=[posters(app.poster)],
        receive=receive if app.config.telegram.mode == "webhook" else None,
        secret=secret,
    )


async def _set_webhook(app: App, secret: str) -> None:
    wanted = {
        "url": f"{app.config.telegram.webhook_url.rstrip('/')}/telegram",
        "secret_token": secret,
        "allowed_updates": ALLOWED,
        "max_connections": 40,
    }
    await call(app.bot, "setWebhook", wanted)
