"""Which pillars a call is of, judged by its title and its own description alone.

A pillar row knows its topic, so it keeps it whatever it is called; one that has none is taken by
its name. Words of the manager's own are as good as the certain ones of a topic.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.calls.recognising import Recogniser, Scale
from storage import pillars as store
from storage.pillars import Pillar

SOURCE = Path(__file__).with_name("topics.toml")
APART = ("traps", "scale", "defence")  # in the source, and no topics
ANY_TECHNOLOGY = "any_technology"
NO_TOPIC = "none"  # of a pillar that is recognised by the manager's words alone
Own = tuple[tuple[int, str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """`score` is at least `enough()`; `words` are those that decided, as the call has them."""

    topic: str
    score: float
    words: tuple[str, ...]
    pillar_id: int | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    pillars: tuple[Judged, ...]
    neutral: tuple[str, ...]  # by what one sees that it is open to any technology

    @property
    def is_neutral(self) -> bool:
        return not self.pillars and bool(self.neutral)


@dataclass(frozen=True)
class Judge:
    """Knows the pillars of today; made once for a whole run."""

    recogniser: Recogniser
    pillars: dict[str, tuple[int, ...]]  # by what the recogniser calls them

    def judge(self, title: str, description: str = "") -> Judgement:
        best: dict[int, Judged] = {}
        neutral: tuple[str, ...] = ()
        for found in self.recogniser.recognise(title, description):
            if found.topic == ANY_TECHNOLOGY:
                neutral = found.words
            for pillar_id in self.pillars.get(found.topic, ()):
                judged = Judged(found.topic, found.score, found.words, pillar_id)
                best.setdefault(pillar_id, judged)
        return Judgement(tuple(best.values()), neutral)


def judge(title: str, description: str = "") -> list[Judged]:
    """By topics, whatever pillars there are; the clearest first."""
    found = _by_topics().recognise(title, description)
    return [Judged(each.topic, each.score, each.words) for each in found if each.topic in topics()]


async def at_work(session: AsyncSession, now: datetime) -> Judge:
    """Over the pillars in force."""
    return judge_of(await store.standing(session, now))


def judge_of(pillars: Sequence[Pillar]) -> Judge:
    return _judge(tuple((each.key, topic_of(each), tuple(each.words)) for each in pillars))


def topic_of(pillar: Pillar) -> str:
    """Empty where neither the row nor the name tells."""
    return pillar.topic or _topic_named(f"{pillar.name_cs} / {pillar.name_en}")


def topics() -> list[str]:
    return [name for name in _tables() if name != ANY_TECHNOLOGY]


def data(name: str) -> Any:
    """What stands beside the topics in `topics.toml`."""
    return _data()[name]


def enough() -> float:
    """The score from which a call is of a pillar."""
    return _scale().enough


@lru_cache(maxsize=64)
def _topic_named(name: str) -> str:
    found = judge(name)
    return found[0].topic if found else ""


@lru_cache(maxsize=8)
def _judge(pillars: Own) -> Judge:
    names: dict[str, tuple[int, ...]] = {}
    own: dict[str, dict[str, Any]] = {}
    for pillar_id, topic, words in pillars:
        names[topic] = (*names.get(topic, ()), pillar_id)
        if words:
            own[f"pillar {pillar_id}"] = {"certain": words}
            names[f"pillar {pillar_id}"] = (pillar_id,)
    return Judge(_recogniser({**_tables(), **own}) if own else _by_topics(), names)


@cache
def _by_topics() -> Recogniser:
    return _recogniser(_tables())


def _recogniser(tables: dict[str, dict[str, Any]]) -> Recogniser:
    return Recogniser(tables, _scale(), data("traps"))


def _tables() -> dict[str, dict[str, Any]]:
    return {name: table for name, table in _data().items() if name not in APART}


def _scale() -> Scale:
    return Scale(**data("scale"))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(SOURCE.read_text("utf-8"))
