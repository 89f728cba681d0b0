"""Thousands of people who type, press, edit, go back and send what nobody asked for: everybody is
answered, Telegram takes every screen, and what must hold among the rows holds."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

import pytest

from bot.kit import routes
from bot.sandbox.people import Person
from bot.sandbox.sandbox import Call
from bot.sandbox.sights import buttons_of
from tests.chaos.specimens import TEXTS
from tests.chaos.stage import FULL
from tests.chaos.town import DICE, Town, founded
from tests.chaos.walking import ANSWERS, START, newest

SEQUENCES = 4_000 if FULL else 60
A_TOWN = 400  # sequences, then everything begins anew: by then much has been cancelled and ended
CROWD = 15
LONGEST = 6  # deeds in a sequence
ROUNDS_OF_AN_HOUR = 10
FILES = (
    ("prihlaska.pdf", b"%PDF-1.4 broken", "document"),
    ("seznam.csv", "Název;Obor\nLaser;lasery\n".encode(), "document"),
    ("prázdný.xlsx", b"", "document"),
    ("../../etc/passwd", b"\x00" * 100, "document"),
    ("film.mp4", b"\x00" * 100, "video"),
)
RULES = {
    "two seats of one person in one part": """
        select part_id, person_id from seat group by part_id, person_id having count(*) > 1""",
    "more people than seats": """
        select part.id from part join seat on seat.part_id = part.id
        where seat.seated_at is not null group by part.id having count(*) > part.capacity""",
    "a row that refers to nothing": "select * from pragma_foreign_key_check",
    "a role without an end after the membership has ended": """
        select role.id from role join person on person.id = role.person_id
        where role.until is null and role.name = 'contact' and person.organisation_id is null""",
}


@dataclass
class Somebody:
    """In the middle of a sequence; `query` and `written` wait for an answer."""

    phone: Person
    dice: Random
    left: int = 0
    done: list[str] = field(default_factory=list)
    query: str = ""
    wrote: bool = False

    def act(self) -> None:
        self.query, self.wrote = "", False
        if self.left == 0:
            self.left, self.done = self.dice.randint(1, LONGEST), []
            self._write(self.dice.choice((*START, "/cancel", "/start i" + "x" * 43)))
        else:
            deeds, weights = zip(*self._deeds().items(), strict=True)
            self.dice.choices(deeds, weights)[0]()
        self.left -= 1

    def _deeds(self) -> dict[Callable[[], None], int]:
        return {
            self._press: 10,
            self._answer: 4,
            self._babble: 3,
            self._command: 1,
            self._go_back: 1,
            self._edit: 1,
            self._send_file: 1,
            self._send_other: 1,
            self._ask_inline: 1,
            self._forge: 1,
        }

    def _write(self, text: str) -> None:
        self.phone.says(text)
        self.done.append(text[:60])
        self.wrote = True

    def _answer(self) -> None:
        self._write(self.dice.choice(ANSWERS))

    def _babble(self) -> None:
        self._write(self.dice.choice([each for each in TEXTS if each.strip()]))

    def _command(self) -> None:
        names = [name for each in routes.commands for name in each.names]
        self._write(f"/{self.dice.choice(names)} {self.dice.choice(('', '1', 'x'))}".strip())

    def _press(self) -> None:
        self._press_one_of(lambda label: True)

    def _go_back(self) -> None:
        self._press_one_of(lambda label: label.startswith(("◀", "⬅", "🏠", "Zrušit", "Cancel")))

    def _press_one_of(self, suits: Callable[[str], bool]) -> None:
        found = [
            (message.id, button["callback_data"])
            for message in list(self.phone.chat.messages.values())[-4:]
            for button in buttons_of(message.inline_keyboard)
            if "callback_data" in button and suits(button["text"])
        ]
        if not found:
            self._write("/menu")
            return
        below, data = self.dice.choice(found)
        self.query = self.phone.presses_data(data, below)
        self.done.append(data)

    def _forge(self) -> None:
        """A button below one's newest screen, with other numbers than it had."""
        found = buttons_of(newest(self.phone).inline_keyboard) if self._is_known else []
        written = [each["callback_data"] for each in found if "callback_data" in each]
        if not written:
            self._write("/start")
            return
        prefix, *values = self.dice.choice(written).split(":")
        forged = [str(self.dice.randint(-1, 12)) if each.isdecimal() else each for each in values]
        self.query = self.phone.presses_data(":".join([prefix, *forged]))
        self.done.append(":".join([prefix, *forged]))

    @property
    def _is_known(self) -> bool:
        return any(each.author != self.phone.id for each in self.phone.chat.messages.values())

    def _edit(self) -> None:
        if any(each.author == self.phone.id for each in self.phone.chat.messages.values()):
            self.phone.edits(self.dice.choice(ANSWERS))

    def _send_file(self) -> None:
        name, content, kind = self.dice.choice(FILES)
        self.phone.uploads(name, content, kind, self.dice.choice(("", *ANSWERS)))
        self.done.append(name)
        self.wrote = True

    def _send_other(self) -> None:
        kind = self.dice.choice(("location", "contact", "sticker", "voice"))
        self.phone.sends_other(kind)
        self.done.append(kind)
        self.wrote = True

    def _ask_inline(self) -> None:
        self.phone.asks_inline(self.dice.choice(("", "laser", *TEXTS))[:256])

    def fault(self, news: list[Call]) -> str:
        """What is missing, if anything is."""
        answered = {call.params.get("callback_query_id") for call in news if call.ok}
        if self.query and self.query not in answered:
            return "a press was not answered"
        told = {str(call.chat_id) for call in news if call.ok and call.method.startswith("send")}
        return (
            "a message was not answered" if self.wrote and str(self.phone.id) not in told else ""
        )


@pytest.mark.chaos
@pytest.mark.timeout(3600 if FULL else 180)
async def test_people_do_what_they_like() -> None:
    print(f"SEED={DICE}")
    deeds = 0
    for lap in range(-(-SEQUENCES // A_TOWN)):
        async with founded(DICE + lap, crowd=CROWD) as town:
            deeds += await _live(town, min(SEQUENCES, A_TOWN))
    print(f"{SEQUENCES} sequences, {deeds} deeds")


async def _live(town: Town, sequences: int) -> int:
    crowd = [Somebody(phone, Random(town.random.random())) for phone in town.phones]
    begun = deeds = rounds = 0
    while begun < sequences:
        for somebody in crowd:
            begun += somebody.left == 0
            somebody.act()
            deeds += 1
        await town.app.settle()
        news = town.judge([(each.phone.id, each.done) for each in crowd])
        for somebody in crowd:
            assert somebody.fault(news) == "", (somebody.phone.id, somebody.done)
        rounds += 1
        if rounds % ROUNDS_OF_AN_HOUR == 0:
            await town.wait(timedelta(hours=town.random.randint(1, 30)))
            town.judge(f"after {rounds} rounds")
            _judge_rows(town)
    _judge_rows(town)
    return deeds


def _judge_rows(town: Town) -> None:
    assert {rule: found for rule, query in RULES.items() if (found := town.ask(query))} == {}
