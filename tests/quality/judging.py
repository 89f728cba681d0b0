"""How well pillars of calls are recognised: calls with the pillars that they are of, by hand.

Who must hear of a call counts for recall. Who may hear of it is neither missed nor a false alarm.
A call that is irrelevant must bring nobody anything. Calls that are open to any technology go
where the manager's rule says, so they count for nothing here.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.domain.calls import classifying

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Labelled:
    title: str
    description: str
    language: str
    group: str  # relevant, borderline, neutral or irrelevant
    must: frozenset[str]
    may: frozenset[str]


@dataclass
class Marks:
    """By topic: how often it had to be found, was, was told, and told rightly."""

    wanted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    irrelevant: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found.total() / max(1, self.wanted.total())

    @property
    def false_alarms(self) -> float:
        """Per 100 irrelevant calls."""
        return 100 * len(self.false) / max(1, self.irrelevant)

    def table(self) -> str:
        lines = ["topic, recall, precision"]
        for topic in classifying.topics():
            recall = f"{self.found[topic]}/{self.wanted[topic]}"
            lines.append(f"{topic}, {recall}, {self.right[topic]}/{self.told[topic]}")
        alarms = f"{len(self.false)} of {self.irrelevant} irrelevant"
        lines.append(f"all, {self.recall:.3f}, false alarms: {alarms}")
        return "\n".join([*lines, *(f"missed: {each}" for each in self.missed), *self.false])


def measure(calls: Iterable[Labelled], *, titles_only: bool = False) -> Marks:
    marks = Marks()
    for call in calls:
        judged = classifying.judge(call.title, "" if titles_only else call.description)
        topics = {each.topic for each in judged}
        marks.wanted.update(call.must)
        marks.found.update(call.must & topics)
        marks.missed += [f"{topic}: {call.title}" for topic in sorted(call.must - topics)]
        if call.group != "neutral":
            marks.told.update(topics)
            marks.right.update(topics & (call.must | call.may))
        if call.group == "irrelevant":
            marks.irrelevant += 1
            marks.false += [f"false: {call.title}: {each.words}" for each in judged[:1]]
    return marks


def labelled(path: Path) -> list[Labelled]:
    """As the labelled set has them; what has no label of its own is told by its topics."""
    told = json.loads(path.read_text("utf-8"))
    rows: Sequence[dict[str, object]] = told["calls"] if isinstance(told, dict) else told
    return [_labelled(row) for row in rows]


def _labelled(row: dict[str, object]) -> Labelled:
    must = _set(row.get("pillars"))
    group = str(row.get("group", "relevant" if must else "irrelevant"))
    description = str(row.get("summary", row.get("description", "")))
    language = str(row.get("lang", ""))
    return Labelled(
        str(row["title"]), description, language, group, must, _set(row.get("pillars_may"))
    )


def _set(names: object) -> frozenset[str]:
    return frozenset(str(each) for each in names) if isinstance(names, list) else frozenset()
