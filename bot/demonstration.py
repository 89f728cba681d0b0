"""Paprsek without a token: the bot, a Telegram of its own and a chat page, on this machine."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr
from starlette.routing import Route

from bot import seed, service
from bot.app import App
from bot.config import Config, Storage, Telegram
from bot.demo import meeting_places
from bot.domain import agenda
from bot.kit import routes
from bot.sandbox import server
from bot.sandbox.clock import Clock
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import Bot, User, World
from bot.service import CannotRun
from bot.web.site import calendars
from storage.database import Database

TOKEN = "1000000:sandbox-of-paprsek-no-secret-at-all"
HOST = "127.0.0.1"
FOLDER = Path("data")


def world(clock: Clock) -> World:
    users = [
        User(
            persona.telegram_id,
            persona.first_name,
            persona.last_name,
            persona.username or "",
            persona.language,
            role=persona.role,
            started=persona.organisation is not None,
        )
        for persona in seed.PERSONAS
    ]
    bot = Bot(TOKEN, username="paprsek_bot", first_name="Paprsek", inline=True)
    return World(bots=[bot], users=users, chats=meeting_places.chats(bot.id), clock=clock)


async def run(config: Config, port: int) -> None:
    """Serve until SIGTERM or SIGINT. Raises `CannotRun`."""
    try:
        FOLDER.mkdir(mode=0o700, exist_ok=True)  # noqa: ASYNC240 -- before anything else runs
    except OSError as error:
        raise CannotRun(
            f"without a [telegram] token this is a sandbox, and its folder {FOLDER} cannot be "
            f"made here ({error.strerror})"
        ) from None
    sandbox = Sandbox(world(Clock()), flood=True)
    await service.until_told(_together(config, sandbox, port))


async def _together(config: Config, sandbox: Sandbox, port: int) -> None:
    listening: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    tenants: list[App] = []
    telegram = server.serve(
        sandbox,
        HOST,
        port,
        ready=listening.set_result,
        memory=FOLDER / "sandbox.json",
        also=_calendars(tenants, port),
    )
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(telegram)
            opened = await listening
            group.create_task(_bot(for_sandbox(config, opened), sandbox, tenants))
    except* OSError as errors:
        why = errors.exceptions[0]
        raise CannotRun(f"port {port} cannot be used ({why}); PORT=8081 takes another") from None


def _calendars(tenants: list[App], port: int) -> list[Route]:
    """Of the bot that lives here just now; it moves out when the demonstration begins anew."""

    async def read(token: str) -> bytes | None:
        return await tenants[0].calendar(token) if tenants else None

    return calendars(read, f"http://{HOST}:{port}")


def for_sandbox(config: Config, port: int) -> Config:
    """The same house with the sandbox for its Telegram and a database of its own."""
    untouched = config.storage == Storage()
    manager = next(each.telegram_id for each in seed.PERSONAS if each.role == "manager")
    return config.model_copy(
        update={
            "telegram": Telegram(token=SecretStr(TOKEN), api_url=f"http://{HOST}:{port}"),
            "storage": Storage(url=f"sqlite:///{FOLDER}/demo.db") if untouched else config.storage,
            "cluster": config.cluster.model_copy(update={"managers": (manager,)}),
            "web": config.web.model_copy(update={"public_url": f"http://{HOST}:{port}"}),
            "fetching": config.fetching.model_copy(update={"enabled": False}),
            "sources": tuple(each.model_copy(update={"active": False}) for each in config.sources),
        }
    )


async def _bot(config: Config, sandbox: Sandbox, tenants: list[App]) -> None:
    while True:
        anew = asyncio.Event()
        sandbox.on_reset = _setting(anew)
        await _seed(config, sandbox.clock)
        async with service.ready(config, sandbox.clock) as app:
            print(f"\n  Paprsek: {config.telegram.api_url}\n", flush=True)  # noqa: T201
            sandbox.next_due = _agenda(app)
            tenants.append(app)
            async with asyncio.TaskGroup() as group:
                going = [
                    group.create_task(service.keep_going(app)),
                    group.create_task(_follow_the_clock(app, sandbox)),
                ]
                await anew.wait()
                sandbox.next_due = None
                tenants.clear()
                for task in going:
                    task.cancel()
        _forget(config)


def _setting(event: asyncio.Event) -> Callable[[], Awaitable[None]]:
    async def set_it() -> None:
        event.set()

    return set_it


def _agenda(app: App) -> Callable[[], Awaitable[datetime | None]]:
    async def next_due() -> datetime | None:
        async with app.db.reading() as session:
            return await agenda.next_due(session, app.house.cluster.zone, app.clock())

    return next_due


async def _seed(config: Config, clock: Clock) -> None:
    db = Database(config.storage.url, config.storage.key)
    try:
        await service.open_database(db)
        await seed.demo(db, clock(), config.cluster.zone)
        async with db.writing() as session:
            await meeting_places.link(session, clock())
    finally:
        await db.dispose()


async def _follow_the_clock(app: App, sandbox: Sandbox) -> None:
    """When somebody moves the clock, what has become due happens at once."""
    news, shift = sandbox.events.watch(), sandbox.clock.shift
    while True:
        await news.wait()
        news.clear()
        if sandbox.clock.shift != shift:
            shift = sandbox.clock.shift
            for name in routes.jobs:
                await app.tick(name)


def _forget(config: Config) -> None:
    path = Database(config.storage.url).path
    for ending in ("", "-wal", "-shm"):
        if path is not None:
            path.with_name(path.name + ending).unlink(missing_ok=True)
