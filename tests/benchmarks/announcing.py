"""How well an announcement uses the rate that Telegram allows."""

import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlmodel import select

from bot.domain import announcements
from bot.domain.announcements import Content
from storage import batches
from storage.announcements import EVERYBODY
from storage.database import Database
from storage.outbox import Batch
from storage.people import Person, Role, RoleName
from tests.benchmarks.stage import House, Stage, house, stage

PERSON = Person.__table__  # type: ignore[attr-defined]


async def announce(made: House) -> int:
    """Owe everybody a message, as the manager's yes does. Returns to how many."""
    db = Database(f"sqlite:///{made.database}")
    now = datetime.now(UTC)
    people = sa.select(PERSON.c.id, PERSON.c.telegram_id).where(PERSON.c.reachable)
    async with db.writing() as session:
        batch = Batch(method="sendMessage", payload={"text": "Good news"}, created_at=now)
        owed = await batches.owe(session, batch, people, "b1", now)
    await db.dispose()
    return owed


async def accepted(people: int) -> float:
    """Seconds from the moment when an announcement is to leave until it is owed to everybody."""
    with house(people) as made:
        db, now = Database(f"sqlite:///{made.database}"), datetime.now(UTC)
        try:
            async with db.writing() as session:
                boss = (await session.exec(select(Person).limit(1))).one()
                session.add(Role(person_id=boss.key, name=RoleName.MANAGER, since=now))
                content = Content("sendMessage", {"text": "Good news"})
                draft = (await announcements.write(session, boss, content, now)).announcement
                await announcements.address(session, draft.key, boss, EVERYBODY, now)
                edition = draft.edition
                await announcements.send(
                    session, draft.key, boss, now, UTC, edition=edition, sure=True
                )
            began = time.perf_counter()
            async with db.writing() as session:
                await announcements.depart(session, now + announcements.UNDO, UTC, limit=2)
            return time.perf_counter() - began
        finally:
            await db.dispose()


async def _sent_at(scene: Stage, at_least: int) -> list[float]:
    await scene.until(lambda: len(scene.ended("sendMessage")) >= at_least)
    return sorted(call.at.timestamp() for call in scene.ended("sendMessage"))


async def used(per_second: int, seconds: int, **settings: str) -> tuple[float, int]:
    """The share of the allowed rate that was used, and the most in any second."""
    people = per_second * (seconds + 2)
    async with stage(people) as scene:
        with house(people) as made:
            await announce(made)
            rate = {"PAPRSEK_SENDING__BULK_PER_SECOND": str(per_second), **settings}
            with made.bot(scene.url, **rate):
                times = await _sent_at(scene, per_second * seconds)
    times = times[: per_second * seconds]
    share = (len(times) - 1) / (times[-1] - times[0]) / per_second
    most = max(
        sum(1 for t in times[i : i + 2 * per_second] if t < times[i] + 1)
        for i in range(len(times))
    )
    return share, most


async def run() -> Sequence[tuple[str, str]]:
    calm, most = await used(25, 40)
    await asyncio.sleep(1)
    below, most_below = await used(950, 15, PAPRSEK_SENDING__IN_FLIGHT="64")
    await asyncio.sleep(1)
    paid, most_paid = await used(1000, 15, PAPRSEK_SENDING__IN_FLIGHT="64")
    return [
        ("100 000 accepted", f"{await accepted(100_000):.1f} s"),
        ("use of 25/s", f"{100 * calm:.1f} % (most in one second: {most})"),
        ("use of 950/s", f"{100 * below:.1f} % (most in one second: {most_below})"),
        ("rate at 1 000/s", f"{1000 * paid:.0f}/s (most in one second: {most_paid})"),
    ]
