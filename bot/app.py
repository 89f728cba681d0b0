"""The composition root: puts the house together and starts nothing.

The only module that knows all the others; `handlers` is imported here and nowhere else.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession
from telegram import Bot
from telegram.request import BaseRequest

import handlers
from bot.config import Config
from bot.domain import people, rights
from bot.domain.calls.sources import Wanted, adopt
from bot.domain.groups import linking
from bot.kit import profile, routes  # noqa: F401 -- the profile adds its job to the routes
from bot.kit.context import Desk, House
from bot.kit.errands import Trip, given_up
from bot.kit.reception import Reception
from bot.kit.texts import Library
from bot.runtime.bell import Bell
from bot.runtime.clerk import Clerk
from bot.runtime.clock import CommonClock
from bot.runtime.errands import Delivering, Errands
from bot.runtime.gate import Gate
from bot.runtime.inbox import Inbox
from bot.runtime.lanes import OwnLanes, SharedLanes
from bot.runtime.ledger import Ledger
from bot.runtime.nursery import Nursery
from bot.runtime.outbox import Outbox
from bot.runtime.poller import Poller
from bot.runtime.replica import LEADER, Alone, Deposed, Duties, Replica, badge
from bot.runtime.sender import Sender
from bot.runtime.succession import BULK, Succession
from bot.runtime.transport import Aiohttp, call, download, is_ambiguous
from bot.runtime.turns import PER_SECOND, Turns
from bot.sources.fetching import Fetcher
from bot.web.metrics import Metrics
from storage import gate as gates
from storage import migrate, outbox, replicas
from storage import people as persons
from storage.database import Database
from storage.errands import Errand
from storage.groups import places
from storage.outbox import Call

log = structlog.get_logger(__name__)
LOCALES = Path(__file__).parent / "locales"
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


def build(
    config: Config,
    *,
    clock: Clock | None = None,
    telegram: BaseRequest | None = None,
    fetcher: Fetcher | None = None,
    limits: bool = True,
) -> "App":
    """`telegram` is the way to Telegram, or to a sandbox, and `fetcher` that to the sources of
    calls; without `limits` nothing is paced."""
    url = config.telegram.api_url
    bot = Bot(
        config.telegram.token.get_secret_value(),
        base_url=f"{url}/bot",
        base_file_url=f"{url}/file/bot",
        request=telegram or Aiohttp(),
        get_updates_request=telegram or Aiohttp(connections=4),
    )
    fetching = config.fetching
    fetcher = fetcher or Fetcher(fetching.contact, enabled=fetching.enabled)
    pace = config.sending.bulk_per_second if limits else 0
    return App(config, bot, fetcher, clock or CommonClock(utc_now), pace)


class App:
    """The parts, joined. `start` makes them ready, `run` keeps them going until cancelled."""

    def __init__(
        self, config: Config, bot: Bot, fetcher: Fetcher, clock: Clock, bulk_per_second: float
    ) -> None:
        self.config, self.bot, self.clock = config, bot, clock
        self.db = Database(config.storage.url, config.storage.key)
        self.metrics = Metrics()
        self.nursery = Nursery()
        self.gate = Gate(bulk_per_second)
        self.bell = Bell(self.db, config.storage.direct_url, self.nursery)
        face = badge(config.webhook_secret)
        self.replica = (
            Alone(self.db, face) if self.db.is_sqlite else Replica(self.db, face, also=self._heed)
        )
        self.metrics.leader.set_function(lambda: self.replica.leads)
        self.ledger = Ledger(self.db, self.nursery, clock, self.replica)
        self.outbox = Outbox(
            self.db,
            Sender(bot, self.db, clock, self._flooded, self._blocked, self._moved),
            self.gate,
            self.ledger,
            self.nursery,
            clock,
            replica=self.replica,
            ring=partial(self.bell.ring, "outbox"),
            in_flight=config.sending.in_flight,
            observe=self.metrics.sent,
        )
        cluster = config.cluster
        texts = Library(LOCALES, cluster.zone, cluster.language)
        self.house = House(cluster, texts, bot, config.public_url, fetcher)
        clerk = Clerk(
            self.db,
            Reception(self.house, handlers.screen_of_a_refusal),
            self.outbox,
            self.ledger,
            self.replica,
            clock,
            self.metrics.handled,
        )
        ring, turns = partial(self.bell.ring, "inbox"), Turns(PER_SECOND if bulk_per_second else 0)
        self.lanes = (
            OwnLanes(self.db, clerk, self.nursery, turns=turns)
            if self.db.is_sqlite
            else SharedLanes(self.db, clerk, self.nursery, ring=ring, turns=turns)
        )
        self.inbox = Inbox(self.db, self.lanes, clock)
        self.poller = Poller(bot, self.inbox)
        self.errands = Errands(
            self.db, self._run_errand, self._sorry, self.outbox, clock, self.replica
        )
        self.succession = Succession(self.replica, self.gate, clock, self.outbox.wake)

    async def start(self) -> None:
        """Ask Telegram who we are, then take up what an earlier run has left.

        Raises `TelegramError` when Telegram cannot be asked, and `Outdated`.
        """
        await self.bot.initialize()
        await self.replica.beat()
        async with self.db.writing() as session:
            await replicas.wait_for_turn(session)
            cluster, now = self.config.cluster, self.clock()
            await rights.appoint_first(session, cluster.managers, cluster.language, now)
            wanted = [Wanted(**each.model_dump()) for each in self.config.sources]
            await adopt(session, wanted, self.config.hosts, now)
        if self.replica.leads:
            await self.succession.take_over()
        waiting = await self.lanes.resume()
        log.info("started", bot=self.house.bot_name, waiting=waiting, leads=self.replica.leads)

    async def run(self, lead: Duties | None = None) -> None:
        """Until cancelled; `lead` is what only one of several replicas does.

        Raises `InvalidToken` when Telegram does not know us any more, and `Outdated`.
        """
        updates, messages = self.lanes.wanted, self.outbox.woken
        hints = {"inbox": updates, "outbox": messages, LEADER: self.replica.wanted}
        async with asyncio.TaskGroup() as group:
            group.create_task(self.bell.run(hints))
            group.create_task(self.lanes.run())
            group.create_task(self.replica.run(lead or self.lead))

    async def lead(self, *, poll: bool = True) -> None:
        """Until cancelled. Raises `InvalidToken` and `Deposed`."""
        await self.succession.succeed()
        async with asyncio.TaskGroup() as group:
            group.create_task(self.succession.watch())
            group.create_task(self.outbox.run())
            group.create_task(self.errands.run())
            if poll:
                group.create_task(self.poller.run())

    async def stop(self, grace: float = 10) -> None:
        """Finish what is in hand, then let go of everything."""
        await self.nursery.close(grace)
        await self.replica.leave()
        await self.bot.shutdown()
        await self.db.dispose()

    async def tick(self, name: str) -> None:
        """Run a job once, in a transaction of its own."""
        job, now = routes.jobs[name], self.clock()
        occasion = f"j{name}:{now.timestamp():.3f}"
        try:
            if job.looks:
                await job.run(self._trip(occasion, now, self._delivering))
            else:
                calls: list[Call] = []
                async with self._delivering(calls) as session:
                    await job.run(Desk(self.house, session, now, occasion, calls))
        except Deposed:
            log.info("a job is left to the new leader", job=name)
        except Exception:
            log.exception("a job failed", job=name)
        self.outbox.woken.set()

    async def mind_a_restore(self) -> None:
        """Before anything leaves, when all that is due has been owed."""
        now, calls = self.clock(), list[Call]()
        async with self._delivering(calls) as session:
            occasion = f"restored:{now.timestamp():.0f}"
            await handlers.ask_about_a_restore(Desk(self.house, session, now, occasion, calls))

    async def settle(self) -> None:
        """Work until nothing is left to do now. For stories: no waiting, no background."""
        await self.replica.assured()  # nobody else gives a sign of life for us
        while True:
            leads = self.replica.leads
            came = await self.poller.poll(0) if leads else 0
            await self.nursery.idle()
            ran = await self.errands.step() if leads else 0
            if leads:
                await self.outbox.pump()
            if not self.nursery.is_empty:
                await self.nursery.idle()
            elif not came and not ran:
                return

    async def _run_errand(self, errand: Errand, delivering: Delivering) -> None:
        trip = self._trip(f"e{errand.id}", self.clock(), delivering)
        await routes.errands[errand.kind](trip, **errand.facts)

    async def _sorry(self, session: AsyncSession, errand: Errand) -> list[Call]:
        """Whoever waits for it stands in its facts as `person_id`."""
        person = await persons.find(session, errand.facts.get("person_id") or 0)
        if person is None:
            return []
        desk = Desk(self.house, session, self.clock(), f"e{errand.id}:sorry")
        desk.tell(person, given_up(desk.texts_of(person)), key=desk.occasion)
        return desk.calls

    def _trip(self, occasion: str, now: datetime, delivering: Delivering) -> Trip:
        ask, fetch = partial(call, self.bot), partial(download, self.bot)
        ways = (self.db.reading, delivering, ask, fetch, is_ambiguous)
        return Trip(self.house, occasion, now, *ways)

    @asynccontextmanager
    async def _delivering(self, calls: list[Call]) -> AsyncIterator[AsyncSession]:
        async with self.replica.leading() as session:
            yield session
            await outbox.owe(session, calls, self.clock())

    async def _heed(self, session: AsyncSession) -> None:
        """With every sign of life. Raises `Outdated` when the tables are too new for us."""
        if isinstance(self.clock, CommonClock):
            self.clock.compare(await replicas.time(session))
        await migrate.check_still_fits(session)

    async def _flooded(self, chat_id: int, seconds: float) -> None:
        beat = time.monotonic()
        until = self.gate.close(beat, chat_id, seconds)
        open_at = self.clock() + timedelta(seconds=until - beat)
        async with self.db.writing() as session:
            await gates.close(session, BULK, open_at)
        log.warning("telegram asks to slow down", seconds=seconds)

    async def _blocked(self, chat_id: int) -> None:
        async with self.db.writing() as session:
            await places.doubt(session, chat_id)
            person = await persons.by_telegram(session, chat_id)
            if person is not None:
                await people.left(session, person, self.clock())

    async def _moved(self, old: int, new: int) -> None:
        async with self.db.writing() as session:
            await linking.move(session, old, new, self.clock())

    async def poster(self, token: str) -> str | None:
        """The page with an event's poster; None for an address where there is none."""
        async with self.db.reading() as session:
            return await handlers.poster_page(Desk(self.house, session, self.clock(), ""), token)

    async def calendar(self, token: str) -> bytes | None:
        """Somebody's events for their calendar; None for an address that is nobody's."""
        async with self.db.reading() as session:
            desk = Desk(self.house, session, self.clock(), "calendar")
            return await handlers.calendar_feed(desk, token)

    async def health(self) -> dict[str, Any]:
        """`ok` is whether the database answers, and keeps what is written."""
        try:
            async with self.db.reading() as session:
                owed, _ = await outbox.depth(session)
        except Exception as error:
            return {"ok": False, "why": type(error).__name__}
        role = "leader" if self.replica.leads else "follower"
        stores, trusted = not self.db.failures.last, self.replica.is_trusted
        told = {"role": role, "stores": stores, "in_hand": self.inbox.in_hand, "owed": owed}
        return {"ok": stores and trusted, **told}
