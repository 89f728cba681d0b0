"""Which of the found instruments is meant most: by its exact name, then by where words stand."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple

from bot.domain.instruments.quantities import Quantity
from bot.domain.instruments.understanding import Group, Question

WEIGHTS = {"n:": 5.0, "t:": 4.0, "o:": 3.5, "p:": 3.0, "x:": 2.0}
STEP = 2.0  # for a quantity that comes near
DIRECT = 0.5  # for a name that says just that, and not a kind of it
EXACT = 10.0  # for the name or the model itself
MEASURED = 4.0
ENOUGH = 0.25  # of all that was asked for, by weight


@dataclass(frozen=True, slots=True)
class Candidate:
    id: int
    marks: AbstractSet[str]  # such as are `telling`, at least
    quantities: Sequence[Quantity] = ()
    facets: str = ""  # a line of them


@dataclass(frozen=True, slots=True)
class Ranked:
    candidate: Candidate
    coverage: float  # how much of the question it answers, up to 1
    score: float


@dataclass(frozen=True, slots=True)
class Scale:
    """What each mark is worth to a group: how much of it is answered, and how well."""

    weight: float
    main: bool
    worth: dict[str, tuple[float, float]]
    marks: frozenset[str]


class Answer(NamedTuple):
    """What marks answer: of how much, how much, how well; whether only beside the point."""

    total: float
    found: float
    score: float
    beside: bool


def rank(
    question: Question, candidates: Iterable[Candidate], own: frozenset[str] = frozenset()
) -> list[Ranked]:
    """The best first; `own` are facets that the reader prefers among equals."""
    scales = [_scale(group) for group in question.groups]
    said: dict[frozenset[str], Answer] = {}  # of many that are marked alike
    scored = (_scored(question, scales, each, said) for each in candidates)
    fitting = [each for each in scored if each.coverage >= ENOUGH]
    return sorted(
        fitting,
        key=lambda each: (
            -round(each.coverage, 2),
            -round(each.score, 2),
            own.isdisjoint(each.candidate.marks),
            each.candidate.id,
        ),
    )


def telling(question: Question) -> frozenset[str]:
    """The marks by which candidates are told from each other."""
    return question.names.union(*(_scale(group).marks for group in question.groups))


def _scale(group: Group) -> Scale:
    worth: dict[str, tuple[float, float]] = {}
    for mark, quality in group.marks.items():
        if mark.startswith("q:"):
            worth[mark] = (quality, quality * STEP)
        for place, weight in WEIGHTS.items():
            worth[place + mark] = (quality, quality * weight)
        if mark.startswith("k:"):
            worth[mark] = (quality, quality * WEIGHTS["n:"])
        if mark.startswith("c:"):
            worth["d:" + mark[2:]] = (quality, quality * (WEIGHTS["n:"] + DIRECT))
    return Scale(group.weight, group.main, worth, frozenset(worth))


def _scored(
    question: Question,
    scales: Sequence[Scale],
    candidate: Candidate,
    said: dict[frozenset[str], Answer],
) -> Ranked:
    marks = frozenset(candidate.marks)
    answer = said.get(marks)
    if answer is None:
        answer = said[marks] = _answer(question, scales, marks)
    total, found, score = answer.total, answer.found, answer.score
    for wanted in question.quantities:
        held = max([own.holds(wanted) for own in candidate.quantities], default=0.0)
        total += 0.5
        found += 0.5 * held
        score += MEASURED * held
    coverage = found / total if total else 1.0
    return Ranked(candidate, 0.0 if answer.beside else coverage, score)


def _answer(question: Question, scales: Sequence[Scale], marks: AbstractSet[str]) -> Answer:
    total = found = score = 0.0
    beside = any(scale.main for scale in scales)  # what is looked for, until some of it is there
    for scale in scales:
        total += scale.weight
        if there := scale.marks & marks:
            beside = beside and not scale.main
            found += scale.weight * max([scale.worth[mark][0] for mark in there])
            score += scale.weight * max([scale.worth[mark][1] for mark in there])
    if not question.names.isdisjoint(marks):
        score += EXACT
    return Answer(total, found, score, beside)
