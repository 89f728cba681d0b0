"""A button works a year later: it fits, it is answered, and it reads back as it was written."""

from dataclasses import fields

import pytest

import handlers  # noqa: F401 -- fills the table of routes
from bot.kit import buttons, routes
from bot.kit.buttons import Button
from bot.kit.forms import Choose, Form, GiveUp

LARGEST = 2**31 - 1  # an id of a row, on either engine
LONGEST = "x" * 16  # a word on a button: a kind, an answer
KINDS = sorted(Button.kinds.values(), key=lambda kind: kind.prefix)


def _id(kind: type[Button]) -> str:
    return kind.prefix


def _fullest(kind: type[Button]) -> Button:
    slots = fields(kind)  # type: ignore[arg-type]
    return kind(*(LARGEST if slot.type in (int, "int") else LONGEST for slot in slots))


@pytest.mark.parametrize("kind", KINDS, ids=_id)
def test_it_fits_with_the_largest_ids(kind: type[Button]) -> None:
    assert len(_fullest(kind).pack().encode()) <= buttons.LIMIT


@pytest.mark.parametrize("kind", KINDS, ids=_id)
def test_it_reads_back(kind: type[Button]) -> None:
    button = _fullest(kind)
    assert buttons.read(button.pack()) == button


@pytest.mark.parametrize("kind", KINDS, ids=_id)
def test_somebody_answers_it(kind: type[Button]) -> None:
    assert kind in routes.presses


@pytest.mark.parametrize("kind", KINDS, ids=_id)
def test_an_older_shape_is_no_shape(kind: type[Button]) -> None:
    assert buttons.read(f"{_fullest(kind).pack()}:1") is None


@pytest.mark.parametrize("name", sorted(Form.known))
def test_the_buttons_of_forms_fit(name: str) -> None:
    form = Form.known[name]
    GiveUp(form.name).pack()
    for question in form.questions:
        Choose(question.name, LONGEST).pack()
