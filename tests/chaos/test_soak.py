"""Three days in which all goes wrong now and then: each hour what has to be true is true, and
nothing grows."""

import asyncio
import gc
import logging
import os
import re
import sqlite3
import threading
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col

from bot import seed
from handlers.workshops.card import Leave, SignUp
from storage import audit, batches
from storage.outbox import Batch
from storage.people import Person
from tests.benchmarks.starting import memory
from tests.chaos.misfortune import Misfortune
from tests.chaos.quick_time import quickly
from tests.chaos.stage import FIRST, FULL, TOKEN
from tests.chaos.weather import Trial, trial
from tests.conftest import NOW

HOURS, PEOPLE, SEATS = (72, 60, 10) if FULL else (3, 15, 5)
ROUGH, CALM = 3000.0, timedelta(minutes=30)  # of an hour; in the calm what was owed is done
ACTS, STROKES = 20.0, 300.0  # seconds between two of them, on average
GROWTH = 1.3  # of what is resident, the double's part included, after the first quarter
QUESTION, NEWS = re.compile(r"otazka\d+"), "Zpráva hodiny"


@dataclass
class Days:
    made: Trial
    misfortune: Misfortune
    event: int
    asked: list[str] = field(default_factory=list)  # in this hour
    all_asked: int = 0
    twice: int = 0
    sizes: list[tuple[float, int, int]] = field(default_factory=list)  # MB, files, threads

    async def hour(self, number: int) -> None:
        over = asyncio.get_running_loop().time() + ROUGH
        await self._announce(number)
        self.misfortune.calm = False
        await asyncio.gather(self._people(over), self._strokes(over))
        self.misfortune.calm = True
        await self.made.until_quiet(CALM)
        self._judge(f"{NEWS} {number}")
        await self._judge_books()
        self._tidy()

    async def _announce(self, number: int) -> None:
        people = sa.select(col(Person.id), col(Person.telegram_id))
        async with self.made.app.db.writing() as session:
            news = {"text": f"{NEWS} {number}"}
            batch = Batch(method="sendMessage", payload=news, created_at=NOW)
            await batches.owe(session, batch, people, f"news{number}", NOW)

    async def _people(self, over: float) -> None:
        random = self.made.random
        while asyncio.get_running_loop().time() < over:
            phone = self.made.phone(random.randrange(PEOPLE))
            if random.random() < 0.5:
                self.all_asked += 1
                self.asked.append(f"otazka{self.all_asked}")
                phone.says(self.asked[-1])
            else:
                phone.presses_data(random.choice((SignUp, Leave))(self.event).pack())
            await asyncio.sleep(random.uniform(0, 2 * ACTS))

    async def _strokes(self, over: float) -> None:
        while asyncio.get_running_loop().time() < over:
            await asyncio.sleep(self.made.random.uniform(0, 2 * STROKES))
            await self.misfortune.strike()

    def _judge(self, news: str) -> None:
        """Everybody was answered, and everybody has got the news."""
        sent = [call for call in self.made.sandbox.calls if call.ok and "text" in call.params]
        texts = [(str(call.params["text"]), int(call.chat_id or 0)) for call in sent]
        answers = Counter(word for text, _ in texts for word in QUESTION.findall(text))
        told = Counter(chat for text, chat in texts if text == news)
        left = self.ask("select payload, chat_id from outbox where state = 4")
        doubtful = {word for payload, _ in left for word in QUESTION.findall(payload)}
        assert [each for each in self.asked if each not in answers and each not in doubtful] == []
        assert PEOPLE - len(told) <= len(left)
        flagged = {
            chat for (chat,) in self.ask("select chat_id from outbox where maybe_duplicate")
        }
        assert {chat for chat, times in told.items() if times > 1} <= flagged
        self.twice += sum(answers.values()) - len(answers) + sum(told.values()) - len(told)

    async def _judge_books(self) -> None:
        assert self.ask("pragma integrity_check") == [("ok",)]
        assert self.ask("select update_id, error from inbox where state <> 2") == []
        # A screen that could not be changed for minutes is left as it is; messages never are.
        other = "state not in (2, 4) and method not like 'edit%'"
        assert self.ask(f"select method, error from outbox where {other}") == []
        sits = "select count(*), count(distinct person_id), count(seated_at) from seat"
        [(places, people, seated)] = self.ask(sits)
        assert places == people
        assert seated == min(places, SEATS)
        async with self.made.app.db.reading() as session:
            assert (await audit.verify(session, b"")).broken_at is None

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.misfortune.path, timeout=30)) as database:
            return database.execute(query).fetchall()

    def _tidy(self) -> None:
        """Telegram and the log of the test forget, so that what grows is ours."""
        self.asked.clear()
        self.made.log.clear()
        self.made.sandbox.calls.clear()
        for number in range(PEOPLE):
            messages = self.made.phone(number).chat.messages
            for key in sorted(messages)[:-5]:
                del messages[key]
        gc.collect()
        files, threads = len(os.listdir("/proc/self/fd")), threading.active_count()
        self.sizes.append((memory(os.getpid()), files, threads))


@pytest.mark.chaos
@pytest.mark.timeout(1800 if FULL else 180)
def test_days_of_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.root, "handlers", [])  # those of pytest keep every record
    quickly(_days(tmp_path), monkeypatch)


async def _days(folder: Path) -> None:
    async with trial(folder, PEOPLE) as made:
        made.line.fate = misfortune = Misfortune(made, str(folder / "trial.db"))
        days = Days(made, misfortune, await _furnish(made, misfortune.path))
        misfortune.begin()
        for number in range(HOURS):
            await days.hour(number)
        await misfortune.end()
        _judge_growth(days)


async def _furnish(made: Trial, path: str) -> int:
    """An event with a few seats, and a message for everybody, to press under."""
    await seed.members(made.app.db, PEOPLE, FIRST, NOW)
    with closing(sqlite3.connect(path)) as database:
        database.execute("update part set capacity = ? where capacity = 100000", [SEATS])
        database.commit()
        [event] = database.execute("select workshop_id from part where capacity = ?", [SEATS])
    for number in range(PEOPLE):
        greeting = {"chat_id": FIRST + number, "text": "Vítejte"}
        await made.sandbox.call(TOKEN, "sendMessage", greeting)
    return int(event[0])


def _judge_growth(days: Days) -> None:
    sizes, files, threads = zip(*days.sizes, strict=True)
    early = HOURS // 4
    print(
        f"{HOURS} hours, {days.all_asked} questions,"
        f" {Counter(days.misfortune.strokes)}; {days.twice} messages twice;"
        f" MB {' '.join(f'{size:.0f}' for size in sizes)},"
        f" files {files[early]} to {max(files[early:])}, threads up to {max(threads)}"
    )
    assert max(sizes[early:]) <= GROWTH * sizes[early]
    assert max(files[early:]) <= files[early] + 4
    assert max(threads) <= min(threads) + 4
