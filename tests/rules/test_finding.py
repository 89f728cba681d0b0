"""How questions about equipment are understood, whatever they are."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.app import App
from bot.domain.instruments import finding, quantities, records
from bot.domain.instruments.language import name_key, stems
from bot.domain.instruments.places import region_of
from bot.domain.instruments.quantities import Quantity, read, written
from bot.domain.instruments.thesaurus import BadThesaurus, Thesaurus, thesaurus
from bot.domain.instruments.understanding import understand
from bot.domain.instruments.vocabulary import Vocabulary
from storage import instruments
from storage.instruments import Category, Instrument, Offering, Priced
from storage.people import Person

KNOWN = Vocabulary()
NOW = datetime(2027, 3, 1, 8, tzinfo=UTC)
APART = {"id", "marks", "measures"}  # marks stand in no order


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(["syrus", "asterix"])


@pytest.mark.parametrize(
    "forms",
    [
        ("mikroskop", "mikroskopu", "mikroskopem", "mikroskopy"),
        ("elektronovy", "elektronoveho", "elektronovym", "elektronovych"),
        ("zrcadlo", "zrcadel", "zrcadla"),
        ("lesteni", "lestit"),
        ("laser", "laserem", "lasery", "lasers"),
        ("coating", "coatings"),
    ],
)
def test_forms_of_a_word_have_a_stem_in_common(forms: tuple[str, ...]) -> None:
    assert all(stems(form) & stems(forms[0]) for form in forms)


def test_names_are_the_same_in_one_piece() -> None:
    assert name_key("M-2000") == name_key("m 2000") == name_key("M2000")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("1030 nm", 1.03e-6, 1.03e-6),
        ("400–1000 nm", 4e-7, 1e-6),
        ("od 400 do 1000 nm", 4e-7, 1e-6),
        ("0,1 µm", 1e-7, 1e-7),
        ("až 1 000 mm", None, 1.0),
        ("nad 2 palce", 0.0508, None),
        ("5 mikrometrů", 5e-6, 5e-6),
        ("deset", None, None),
    ],
)
def test_numbers_with_units_are_read(text: str, low: float | None, high: float | None) -> None:
    found = quantities.quantities(text)
    if low is high is None:
        assert found == []
        return
    (one,) = found
    assert one.kind == "m"
    for end, expected in ((one.low, low), (one.high, high)):
        assert end == (pytest.approx(expected) if expected is not None else None)


@given(st.text(max_size=60))
def test_what_is_measured_survives_being_written_down(text: str) -> None:
    found = tuple(quantities.quantities(text))
    assert read(" ".join(map(written, found))) == found


def test_a_range_serves_whoever_wants_a_part_of_it() -> None:
    (whole,), (part,) = quantities.quantities("193-1700 nm"), quantities.quantities("400-1000 nm")
    assert whole.holds(part) > 0.9
    assert part.holds(whole) < 0.5
    assert Quantity("s", 1.0, 1.0).holds(part) == 0


@pytest.mark.parametrize(
    ("typed", "concept"),
    [
        ("SEM", "sem"),
        ("scanning electron microscope", "sem"),
        ("rastrovacího elektronového mikroskopu", "sem"),
        ("FIB/SEM", "fib_sem"),
        ("cryo-EM", "cryo_em"),
        ("depozice z plynné fáze", "cvd"),
        ("elektornoveho mikrskopu", "electron_microscope"),
    ],
)
def test_concepts_are_recognised(vocabulary: Vocabulary, typed: str, concept: str) -> None:
    marks = {mark for group in understand(typed, vocabulary).groups for mark in group.marks}
    assert f"c:{concept}" in marks


def test_what_is_set_right_is_said(vocabulary: Vocabulary) -> None:
    assert understand("elipsomter Brno", vocabulary).meant == "elipsometr Brno"
    assert understand("elipsometr Brno", vocabulary).meant == ""


def test_every_concept_is_within_others_that_there_are() -> None:
    assert len(thesaurus().concepts) > 150
    with pytest.raises(BadThesaurus, match="there is no sea"):
        Thesaurus({"fish": {"cs": ["ryba"], "within": ["sea"]}})


def test_towns_tell_their_region() -> None:
    assert region_of("Praha-Suchdol") == "Hlavní město Praha"
    assert region_of("České Budějovice") == "Jihočeský kraj"
    assert region_of("Wien") == ""


@given(st.text(max_size=300))
def test_whatever_is_typed_is_understood_somehow(text: str) -> None:
    understand(text, KNOWN)


HOSTILE = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="\"'*()^:-+&|!<>\\ ANDORNEAR", max_size=40),
    st.lists(st.sampled_from(["laser", "NEAR(", '"', "AND", "f:owner:1", "nm", "5"])).map(
        " ".join
    ),
)


@pytest.mark.postgres
async def test_operators_of_an_engine_are_only_words(app: App) -> None:
    me = Person(id=0, organisation_id=0, verified_at=NOW, met_at=NOW)
    typed: list[str] = []

    @settings(max_examples=60, suppress_health_check=list(HealthCheck), database=None)
    @given(HOSTILE)
    def collect(text: str) -> None:
        typed.append(text)

    collect()
    async with app.db.reading() as session:
        for text in typed:
            found = await finding.look_for(session, text, me, NOW, ["owner:1' OR \"x\\"])
            assert not found.ids


@pytest.mark.postgres
async def test_very_many_are_kept_and_found_as_if_they_came_one_by_one(app: App) -> None:
    told: list[dict[str, Any]] = [
        {
            "name": f"Zkušební stolička {number}",
            "folded": f"zkusebni stolicka {number}",
            "kind": Offering.SERVICE,
            "category": Category.METROLOGY,
            "model": f"ZS-{number}",
            "owner": "Někdo",
            "parameters": {"Výška": "45 cm"},
            "priced": Priced.HOUR,
            "visibility": {"record": "public"},
            "confirmed_at": NOW,
            "source": "",
            "confidence": "stated",
        }
        for number in range(3)
    ]
    async with app.db.writing() as session:
        await records.add(session, [Instrument(**each) for each in told], [()] * 3)
        keys = await records.add_many(session, told, [()] * 3)
    me = Person(id=0, organisation_id=0, verified_at=NOW, met_at=NOW)
    async with app.db.reading() as session:
        found = await finding.look_for(session, "stolička ZS-1 45 cm", me, NOW)
        one, other = [
            next(each for each in await instruments.among(session, some) if each.model == "ZS-1")
            for some in (keys, set(found.ids) - set(keys))
        ]
    assert keys[1] in found.ids[:2]
    assert one.model_dump(exclude=APART) == other.model_dump(exclude=APART)
    assert {*one.marks.split(), *one.measures.split()} == {
        *other.marks.split(),
        *other.measures.split(),
    }


@pytest.mark.postgres
async def test_a_list_with_a_fault_is_not_taken_in_by_halves(app: App) -> None:
    told = {
        "name": "Stolička",
        "folded": "stolicka",
        "kind": Offering.EQUIPMENT,
        "category": Category.METROLOGY,
        "owner": "Někdo",
        "source": "",
        "confidence": "stated",
    }
    rows = [{**told, "model": f"ZS-{n}"} for n in range(records.AT_ONCE)]
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        async with app.db.writing() as session:
            await records.add_many(
                session, [*rows, {**told, "organisation_id": 999_999}], [()] * (len(rows) + 1)
            )
    me = Person(id=0, organisation_id=0, verified_at=NOW, met_at=NOW)
    async with app.db.reading() as session:
        found = await finding.look_for(session, "ZS-1", me, NOW)
    assert not found.ids
