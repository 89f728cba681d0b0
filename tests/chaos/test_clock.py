"""Clocks that jump: every reminder comes once, at the first look after its moment, in every zone
and in the nights when an hour is missing or comes twice; and the looking goes on."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
import time_machine

from bot import schedule
from bot.domain.workshops import reminders
from bot.sandbox.sandbox import Call
from storage.workshops import Audience, Part, Seat, State, Workshop
from storage.workshops import events as store
from tests.chaos.stage import FULL
from tests.chaos.town import DICE, NOW, Town, founded

ZONES = (
    "Europe/Prague", "Australia/Lord_Howe", "America/Santiago", "Africa/Cairo", "Europe/London",
    "America/New_York", "America/St_Johns", "America/Los_Angeles", "Australia/Sydney",
    "Pacific/Auckland", "Pacific/Chatham", "Asia/Beirut", "Asia/Jerusalem", "Atlantic/Azores",
    "America/Havana", "Europe/Chisinau", "America/Anchorage", "America/Asuncion",
    "Africa/Casablanca", "Asia/Kathmandu",
)  # fmt: skip
HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)
JUMPS = (0 * HOUR, HOUR, -HOUR, DAY, -DAY, 5 * MINUTE)  # the last is a machine that stood still
SIZE = (len(ZONES), 2) if FULL else (1, 1)  # zones, jumps on each of their days
LEAP_DAY = date(2028, 2, 29)
STARTS, LASTS = time(9), 2 * HOUR
SITTING = 3
EVE, SOON = "⏰ Tomorrow: ", "⏰ Today at "
GRACE = 6 * HOUR  # for what is said on the eve
AWAKE = time(8), time(21)


@dataclass(frozen=True)
class Due:
    """What is said, from when on, and until when it is still worth saying."""

    words: str
    at: datetime
    until: datetime
    at_night: bool


@dataclass
class Timeline:
    """Of an event: an hour is looked at by ten minutes, and by one minute where it matters."""

    start: datetime
    zone: ZoneInfo
    jump: timedelta
    jumps_at: datetime

    @property
    def dues(self) -> list[Due]:
        eve = self.start.astimezone(self.zone).date() - DAY
        said = datetime.combine(eve, time(16), self.zone).astimezone(UTC)
        return [
            Due(EVE, said, min(self.start, said + GRACE), at_night=False),
            Due(SOON, self.start - 2 * HOUR, self.start, at_night=True),
        ]

    def looks(self) -> Iterator[datetime]:
        """By the clock on the wall of the machine, which jumps once."""
        now, jumped = self.start - 26 * HOUR, False
        while now < self.start + HOUR:
            yield now
            now += MINUTE if self._matters(now) else 10 * MINUTE
            if not jumped and now >= self.jumps_at:
                now, jumped = now + self.jump, True

    def _matters(self, now: datetime) -> bool:
        near = [*(due.at for due in self.dues), self.jumps_at, self.jumps_at + self.jump]
        return any(abs(now - moment) <= 11 * MINUTE for moment in near)

    def expected(self, due: Due) -> datetime | None:
        for now in self.looks():
            if now < due.at:
                continue
            if not due.at_night and not AWAKE[0] <= now.astimezone(self.zone).time() <= AWAKE[1]:
                continue
            return now if now <= due.until and now < self.start else None
        return None


def days_of(zone: ZoneInfo) -> list[date]:
    """The days of 2027 after whose night the clocks are set otherwise, and a leap day."""
    noons = [datetime(2027, 4, 10, 12, tzinfo=zone) + n * DAY for n in range(365)]
    changed = [noon.date() for noon in noons if noon.utcoffset() != (noon - DAY).utcoffset()]
    return [*changed[:2], LEAP_DAY]


@pytest.mark.chaos
@pytest.mark.timeout(1800 if FULL else 180)
async def test_every_reminder_once() -> None:
    print(f"SEED={DICE}")
    dice, said, dropped = Random(DICE), 0, 0
    zones = ZONES if FULL else dice.sample(ZONES, SIZE[0])
    for name in zones:
        zone = ZoneInfo(name)
        async with founded(DICE, zone=name) as town:
            town.forget("update person set language = 'en'")
            for day in days_of(zone):
                for jump in dice.sample(JUMPS, SIZE[1]):
                    start = datetime.combine(day, STARTS, zone).astimezone(UTC)
                    jumps_at = start - dice.random() * 25 * HOUR
                    line = Timeline(start, zone, jump, jumps_at)
                    told = await _live(town, line)
                    said, dropped = said + len(told), dropped + 2 * SITTING - len(told)
    print(f"{len(zones)} zones, {said} reminders, {dropped} left out as it was too late for them")


async def _live(town: Town, line: Timeline) -> list[Call]:
    title, told = f"Event at {line.start:%F} {line.jump} {line.jumps_at:%FT%T}", []
    _set(town, line.start - 30 * DAY)
    await _publish(town, title, line)
    for now in line.looks():
        _set(town, now)
        await town.app.tick("reminders")
        await town.app.settle()
        news = town.judge(line)
        told += [call for call in news if title in str(call.params.get("text"))]
    for due in line.dues:
        expected = line.expected(due)
        found = [(call.chat_id, call.at) for call in told if _says(call, due)]
        people = {call.chat_id for call in told if _says(call, due)}
        assert len(found) == len(people) == (SITTING if expected else 0), (line, due, found)
        assert {at for _, at in found} <= {expected}, (line, due, found)
    return told


def _says(call: Call, due: Due) -> bool:
    return str(call.params["text"]).startswith(due.words)


def _set(town: Town, to: datetime) -> None:
    town.sandbox.clock.shift = to - NOW


async def _publish(town: Town, title: str, line: Timeline) -> None:
    """With somebody on every seat."""
    now = town.sandbox.clock()
    people = town.ask("select id from person where telegram_id is not null limit ?", SITTING)
    async with town.app.db.writing() as session:
        workshop = Workshop(
            title=title, audience=Audience.PUBLIC, state=State.PUBLISHED, created_at=now
        )
        session.add(workshop)
        await session.flush()
        assert workshop.id is not None
        ends = line.start + LASTS
        part = Part(workshop_id=workshop.id, starts_at=line.start, ends_at=ends, capacity=9)
        session.add(part)
        await session.flush()
        assert part.id is not None
        for (key,) in people:
            session.add(Seat(part_id=part.id, person_id=key, taken_at=now, seated_at=now))
        event = await store.find(session, workshop.id)
        assert event is not None
        await reminders.replan(session, event, line.zone, now)


@pytest.mark.chaos
@pytest.mark.parametrize("jump", JUMPS[1:5] if FULL else [-DAY], ids=str)
async def test_jobs_go_on_at_once(jump: timedelta) -> None:
    """Also when it is a day until the clock is again where it was."""
    ran: list[str] = []

    async def run(name: str) -> None:
        ran.append(name)

    with time_machine.travel(NOW, tick=True) as machine:
        ticking = schedule.start({"reminders": timedelta(seconds=1)}, run)
        await asyncio.sleep(1.2)
        before = len(ran)
        machine.move_to(datetime.now(UTC) + jump, tick=True)
        await asyncio.sleep(2.5)
        ticking.shutdown(wait=False)
    assert before >= 1
    assert len(ran) > before
