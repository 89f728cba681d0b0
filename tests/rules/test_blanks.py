"""Placeholders are typed, become blanks, and are filled without a word losing its formatting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.announcements import placeholders
from bot.domain.announcements.placeholders import UnknownPlaceholder
from storage.blanks import blank, filled, merged, names, outlined
from storage.marked_text import Edit, Marked, units

USUAL = {"organisation": "vaše organizace"}
HANA = {"first_name": "Hana", "organisation": "Sklo a čočky"}
NOBODY = {"first_name": "", "organisation": ""}


def typed(text: str) -> str:
    return placeholders.read(Marked(text), USUAL).text


def said(text: str, values: dict[str, str]) -> str:
    words: str = filled({"text": typed(text), "entities": []}, values)["text"]
    return words


def test_names_are_filled_in() -> None:
    assert said("Dobrý den, {jméno}, zveme {organizace}.", HANA) == (
        "Dobrý den, Hana, zveme Sklo a čočky."
    )


@pytest.mark.parametrize(
    "word", ["jméno", "jmeno", "JMÉNO", " jméno ", "jme\u0301no", "first_name", "name"]
)
def test_a_placeholder_is_known_by_its_names(word: str) -> None:
    assert said(f"Ahoj {{{word}}}!", HANA) == "Ahoj Hana!"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Dobrý den, {jméno}!", "Dobrý den!"),
        ("Dobrý den, {jméno},\nzveme vás.", "Dobrý den,\nzveme vás."),
        ("Dobrý den, {jméno}, zveme vás.", "Dobrý den, zveme vás."),
        ("{jméno}, zveme vás.", "Zveme vás."),
        ("Pozor!\n{jméno}, účast!", "Pozor!\nÚčast!"),
        ("{jméno} – 5. května", "– 5. května"),
        ("Ahoj {jméno} {jméno}!", "Ahoj!"),
        ("Vážení {jméno|členové},", "Vážení členové,"),
        ("pro {organizace}", "pro vaše organizace"),
        ("pro {organizace|členy}", "pro členy"),
    ],
)
def test_what_is_not_known_leaves_no_hole(text: str, words: str) -> None:
    assert said(text, NOBODY) == words


@pytest.mark.parametrize("name", ["jmeno2", "foo", "", "jméno.x", "0"])
def test_an_unknown_one_is_named(name: str) -> None:
    with pytest.raises(UnknownPlaceholder) as unknown:
        typed(f"Ahoj {{{name}}}")
    assert unknown.value.name == name


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{jméno}} je zástupný text", "{jméno} je zástupný text"),
        ("a }} b {{ c", "a } b { c"),
        ("a lone { stays", "a lone { stays"),
        ("and a lone }", "and a lone }"),
        ("{\n}", "{\n}"),
    ],
)
def test_braces_can_be_said(text: str, words: str) -> None:
    assert typed(text) == words
    assert said(text, HANA) == words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("<b>Hana</b> & spol.", "Ahoj <b>Hana</b> & spol.!"),
        ("{organizace}", "Ahoj {organizace}!"),
        (blank("organisation"), "Ahoj organisation!"),
        ("Ha\nna\u202e", "Ahoj Ha na!"),
        ("\u3164", "Ahoj!"),
        ("🎉Hana", "Ahoj 🎉Hana!"),
    ],
)
def test_a_name_is_nothing_but_a_name(name: str, words: str) -> None:
    assert said("Ahoj {jméno}!", {"first_name": name}) == words


def test_formatting_keeps_to_its_words() -> None:
    text = "🎉 {jméno}: tady to je"
    marks = [
        {"type": "bold", "offset": 3, "length": 7},
        {"type": "italic", "offset": 12, "length": 4},
    ]
    template = placeholders.read(Marked(text, marks), USUAL)
    ready = filled({"caption": template.text, "caption_entities": template.entities}, HANA)
    assert ready["caption"] == "🎉 Hana: tady to je"
    assert ready["caption_entities"] == [
        {"type": "bold", "offset": 3, "length": 4},
        {"type": "italic", "offset": 9, "length": 4},
    ]


def test_formatting_of_nothing_goes() -> None:
    template = placeholders.read(
        Marked("Ahoj, {jméno}!", [{"type": "bold", "offset": 6, "length": 7}]), USUAL
    )
    ready = filled({"text": template.text, "entities": template.entities}, NOBODY)
    assert (ready["text"], ready["entities"]) == ("Ahoj!", [])


def test_every_caption_of_an_album_is_filled() -> None:
    media = [{"type": "photo", "media": "1", "caption": typed("{jméno}?")}, {"media": "2"}]
    assert names({"media": media}) == {"first_name"}
    ready = filled({"media": media}, HANA)
    assert [each.get("caption") for each in ready["media"]] == ["Hana?", None]
    assert outlined(typed("{jméno}?")) == "…?"


def test_what_a_row_says_itself_comes_first() -> None:
    shared = {"text": typed("{jméno}"), "message_id": 1}
    assert merged(shared, {"message_id": 2}) == {**shared, "message_id": 2}
    own = {"message_id": 2, "blanks": HANA}
    assert merged(shared, own) == {"text": "Hana", "entities": [], "message_id": 2}


def test_room_is_left_for_the_longest_name() -> None:
    assert placeholders.longest(typed("x{jméno}")) == 65
    assert placeholders.longest("x" * 10) == 10
    assert not placeholders.says_something(typed(" {jméno} "))


WORDS = st.text(alphabet="ab 🎉ř", max_size=12)


@given(WORDS, WORDS, WORDS.filter(bool), WORDS)
def test_marked_words_are_the_same_words_after_an_edit(
    before: str, marked: str, gap: str, new: str
) -> None:
    """Whatever is put in before or behind them."""
    text = f"{gap}{before}{marked}{gap}"
    entity = {"type": "bold", "offset": units(gap + before), "length": units(marked)}
    edits = [Edit(0, len(gap), new), Edit(len(text) - len(gap), len(text), new)]
    after = Marked(text, [entity]).edited(edits)
    assert after.text == f"{new}{before}{marked}{new}"
    kept = [
        after.text.encode("utf-16-le")[2 * each["offset"] :][: 2 * each["length"]]
        for each in after.entities
    ]
    assert kept == ([marked.encode("utf-16-le")] if marked else [])
