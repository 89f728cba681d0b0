"""Czech says everything that English says, and nothing is left over."""

import re

from tests.house.catalogue import (
    czech,
    everything_said,
    placeholders,
    tags,
    translations,
    unreadable,
)

PLURALS = 3  # 1 místo, 2 místa, 5 míst


def test_there_is_something_to_check() -> None:
    assert len(everything_said()) > 100
    assert any(len(said.forms) == 2 for said in everything_said())


def test_texts_stand_in_the_code_as_they_are_said() -> None:
    assert unreadable() == []


def test_nothing_is_missing() -> None:
    known = {forms for forms, _ in translations()}
    assert [said for said in everything_said() if said.forms not in known] == []


def test_nothing_is_untranslated() -> None:
    assert [forms for forms, spoken in translations() if not all(spoken)] == []


def test_nothing_is_left_over() -> None:
    said = {said.forms for said in everything_said()}
    assert [forms for forms, _ in translations() if forms not in said] == []
    assert not czech().obsolete


def test_nothing_is_a_guess() -> None:
    assert [message.id for message in czech() if message.id and message.fuzzy] == []


def test_counted_things_have_all_their_forms() -> None:
    short = [
        forms
        for forms, spoken in translations()
        if len(spoken) != (PLURALS if len(forms) > 1 else 1)
    ]
    assert short == []


def test_placeholders_are_the_same() -> None:
    """The number itself may be left out where the words say it."""
    different = [
        (forms, each)
        for forms, spoken in translations()
        for each in spoken
        if placeholders(each) - {"n"} != placeholders(forms[-1]) - {"n"}
        or not placeholders(each) <= placeholders("".join(forms))
    ]
    assert different == []


def test_markup_is_the_same() -> None:
    different = [
        (forms, each)
        for forms, spoken in translations()
        for each in spoken
        if tags(each) != tags(forms[-1])
    ]
    assert different == []


def test_czech_has_its_own_quotes_and_dashes() -> None:
    typewritten = [
        each
        for _, spoken in translations()
        for each in spoken
        if re.search(r"[\"“][^<>]*[\"”]| - |\.\.\.", re.sub(r"<[^>]*>", "", each))
    ]
    assert typewritten == []
