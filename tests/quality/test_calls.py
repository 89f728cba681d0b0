"""Calls are judged by their words: who must hear of one does, and nobody is bothered in vain."""

import pytest

from bot.domain.calls import classifying, defence
from storage.calls.records import GrantCall, Kind, State
from storage.pillars import Pillar
from tests import samples
from tests.conftest import NOW
from tests.quality.judging import HERE, labelled, measure

RECALL, FALSE_ALARMS = 0.95, 5.0
BY_TITLE = 0.9  # where nothing but the title is known


def test_what_calls_say_is_recognised() -> None:
    marks = measure(labelled(HERE / "phrasings.json"))
    print(marks.table())
    assert marks.recall >= RECALL
    assert marks.false_alarms <= FALSE_ALARMS


def test_titles_of_real_calls_alone_tell_much() -> None:
    marks = measure(labelled(HERE / "calls.json"), titles_only=True)
    print(marks.table())
    assert marks.recall >= BY_TITLE
    assert marks.false_alarms <= FALSE_ALARMS


@samples.needed
@pytest.mark.parametrize("language", ["cs", "en", ""])
def test_real_calls_are_recognised(language: str) -> None:
    calls = labelled(samples.FOLDER / "labelled_calls.json")
    marks = measure(each for each in calls if language in (each.language, ""))
    print(marks.table())
    assert marks.recall >= RECALL
    assert marks.false_alarms <= FALSE_ALARMS


def test_the_words_that_decided_are_those_of_the_call() -> None:
    (found,) = classifying.judge(
        "Cryo-EM na univerzitě", "Služby laboratoře pro strukturní biologii."
    )
    assert found.topic == "electron_microscopy"
    assert found.words[:2] == ("Cryo-EM", "strukturní biologii")


def test_passing_remarks_in_a_long_text_decide_nothing() -> None:
    talk = "Proposals should involve cities and citizens in the renewal of neighbourhoods. "
    aside = "Examples may come from robotics, photonics, batteries or lasers. "
    assert classifying.judge("Renewal of neighbourhoods", talk * 12 + aside + talk * 12) == []


def test_neither_do_many_hints_without_a_word_that_says_it() -> None:
    assert classifying.judge("Cameras, sensors and imaging in museums") == []


@pytest.mark.parametrize("text", ["", " ", "…", "\u0000", "<b>", "😀" * 50, "a" * 100_000])
def test_anything_can_be_judged(text: str) -> None:
    assert classifying.judge(text, text) == []


def test_capitals_are_read_as_such() -> None:
    assert classifying.judge("Projects led by SMEs on ice: led a sníh") == []
    assert classifying.judge("QUANTUM SENSING")[0].topic == "quantum_optics"


def test_a_renamed_pillar_keeps_its_topic_and_a_nameless_one_is_taken_by_its_name() -> None:
    renamed = Pillar(
        id=1, name_cs="Světlo", name_en="Light", position=1, since=NOW, topic="lasers"
    )
    named = Pillar(id=2, name_cs="Mikroskopie", name_en="Microscopy", position=2, since=NOW)
    unknown = Pillar(id=3, name_cs="Novinky", name_en="News", position=3, since=NOW)
    judge = classifying.judge_of([renamed, named, unknown])
    assert [each.pillar_id for each in judge.judge("Laser processing").pillars] == [1]
    assert [each.pillar_id for each in judge.judge("Electron microscopy").pillars] == [2]


@pytest.mark.parametrize(
    ("programme", "code", "is_defence"),
    [
        ("European Defence Fund", "", True),
        ("EDF", "EDF-2027-DA-SENS", True),
        ("", "edip-2027-ls", True),
        ("NATO DIANA", "", True),
        ("Evropský obranný fond", "", True),
        ("Horizon Europe", "HORIZON-CL4-2027", False),
        ("Program Doprava 2030", "", False),
        ("Electricité", "EDFX", False),
    ],
)
def test_programmes_of_defence_are_known(programme: str, code: str, is_defence: bool) -> None:
    call = GrantCall(
        code=code,
        title="X",
        programme=programme,
        kind=Kind.EUROPEAN,
        state=State.OPEN,
        found_at=NOW,
        checked_at=NOW,
    )
    assert defence.is_of_defence(call) is is_defence
