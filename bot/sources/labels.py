"""Values behind labels that a source is known to use: in a table, a list, or lines of a page.

A value that is all of its cell is a fact. One with more words around it is a guess.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.domain.calls.found import Due, Guess, Unreadable
from bot.sources import deadlines
from bot.sources.amounts import amounts, rates
from bot.sources.dates import whole
from bot.sources.prose import who
from bot.sources.text import folded

WORDS = ("programme", "provider")
TEXTS = ("code", "title", "description", "programme", "provider")
MOMENTS = ("opens_at", "announced_at")
MONEY = ("budget", "support_least", "support_most")
NAMES = (*TEXTS, *MOMENTS, *MONEY, "deadlines", "rate", "state", "applicants")


@dataclass
class Reading:
    """What has been read of one call so far."""

    texts: dict[str, str] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)
    dues: list[Due] = field(default_factory=list)
    guesses: dict[str, Guess] = field(default_factory=dict)

    @property
    def facts(self) -> dict[str, Any]:
        """The fields, with those of them that are words."""
        said = {name: self.texts[name] for name in WORDS if name in self.texts}
        return {**self.fields, **said}

    def guess(self, guesses: Iterable[Guess]) -> None:
        """Of each field the first is kept."""
        for each in guesses:
            self.guesses.setdefault(each.field, each)

    def settled(self) -> tuple[Guess, ...]:
        """The guesses that no fact makes needless."""
        return tuple(each for each in self.guesses.values() if not self._known(each))

    def _known(self, guess: Guess) -> bool:
        if guess.field != "deadlines":
            return guess.field in self.fields
        return bool(self.dues) and not _adds_the_hour(guess.value, self.dues)


def _adds_the_hour(guessed: Sequence[Due], known: Sequence[Due]) -> bool:
    """Where a table gives the day alone, the hour often stands in the text below."""
    days = [{due.at.date() for due in dues} for dues in (guessed, known)]
    return (
        days[0] == days[1]
        and any(due.hour_known for due in guessed)
        and not any(due.hour_known for due in known)
    )


@dataclass(frozen=True)
class Reader:
    """`zone` is the clock of the source; `states` are its words for open, closed and so on."""

    now: datetime
    zone: str
    states: Mapping[str, str]

    def take(self, reading: Reading, name: str, value: str) -> None:
        """Raises `Unreadable` for a name that no call has."""
        if name in TEXTS:
            reading.texts.setdefault(name, value)
        elif name == "deadlines":
            self._deadline(reading, value)
        elif name in MOMENTS:
            found = whole(value, self.now, self.zone)
            if found:
                reading.fields[name] = found.opening()
        elif name in MONEY:
            _money(reading, name, value)
        elif name == "rate":
            _rate(reading, value)
        elif name == "state":
            self.state(reading, value)
        elif name == "applicants":
            named = who(value)
            if named:
                reading.guess([Guess(name, named, value[:200])])
        else:
            raise Unreadable(f"a call has no {name}; it has {', '.join(NAMES)}")

    def state(self, reading: Reading, said: str) -> None:
        words = folded(said)
        for sought, state in self.states.items():
            if folded(sought) in words:
                reading.fields["state"] = state
                return

    def _deadline(self, reading: Reading, value: str) -> None:
        found = whole(value, self.now, self.zone)
        if found:
            reading.dues.append(found.due())
            if found.since:
                reading.fields.setdefault("opens_at", found.since.opening())
            return
        due = deadlines.due(value, self.now, self.zone)
        if due:
            reading.guess([Guess("deadlines", [due], value[:200])])


def _money(reading: Reading, name: str, value: str) -> None:
    found = amounts(value)
    if len(found) != 1:
        return
    reading.fields[name] = found[0].value
    reading.fields.setdefault("currency", found[0].currency)
    if name != "budget":
        reading.fields.setdefault("basis", "support")
    if name == "support_most" and found[0].least:
        reading.fields.setdefault("support_least", found[0].least)


def _rate(reading: Reading, value: str) -> None:
    found = [rate for rate, _, _ in rates(value)]
    if len(found) == 1:
        reading.fields["rate"] = found[0]


def labelled(text: str, labels: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Names and values of the lines that begin with a label; the value may be the next line."""
    lines = text.split("\n")
    for name, words in labels.items():
        for label in [words] if isinstance(words, str) else words:
            value = _behind(lines, label)
            if value:
                yield name, value
                break


def _behind(lines: list[str], label: str) -> str:
    sought = folded(label)
    for number, line in enumerate(lines):
        if folded(line[: len(label)]) != sought:
            continue
        rest = line[len(label) :]
        head, colon, tail = rest.partition(":")
        if colon and any(sign.isdigit() for sign in head):
            tail = rest  # the colon of an hour
        elif not colon and any(sign.isdigit() for sign in rest):
            tail = rest
        value = tail.strip() or (lines[number + 1].strip() if number + 1 < len(lines) else "")
        if value:
            return value
    return ""
