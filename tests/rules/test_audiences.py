"""A choice of people as it is put together, and a message with words before it."""

from bot.domain.announcements import results
from bot.domain.announcements.composing import has, toggled
from bot.domain.announcements.followups import opened
from bot.domain.retention import LETTERS
from handlers.announcements.audience_said import code, read
from storage.announcements import Choice, Clause, Facet

LASERS, OPTICS = Clause(Facet.PILLAR, (1,)), Clause(Facet.PILLAR, (2,))
NOT_LASERS = Clause(Facet.PILLAR, (1,), but=True)


def test_a_value_is_ticked_and_ticked_off() -> None:
    ticked = toggled(Choice(), LASERS)
    assert ticked == Choice((LASERS,))
    assert has(ticked, LASERS)
    assert toggled(ticked, LASERS) == Choice()


def test_values_of_one_kind_are_one_condition() -> None:
    both = toggled(toggled(Choice(), LASERS), OPTICS)
    assert both == Choice((Clause(Facet.PILLAR, (1, 2)),))
    assert toggled(both, LASERS) == Choice((OPTICS,))


def test_a_value_is_never_wanted_and_unwanted() -> None:
    assert toggled(Choice((LASERS,)), NOT_LASERS) == Choice((NOT_LASERS,))
    assert toggled(Choice((NOT_LASERS,)), LASERS) == Choice((LASERS,))


def test_how_conditions_are_joined_stays() -> None:
    assert toggled(Choice((LASERS,), either=True), OPTICS).either


def test_a_condition_reads_back_from_its_button() -> None:
    for facet, value in ((Facet.PILLAR, 7), (Facet.ROLE, "technical_guarantor")):
        for but in (True, False):
            assert read(code(facet, value, but=but)) == Clause(facet, (value,), but)


def test_entities_move_with_their_words() -> None:
    bold = {"type": "bold", "offset": 0, "length": 2}
    longer = opened({"text": "🎉 dnes", "entities": [bold]}, "🔔 Znovu: ")
    assert longer["text"] == "🔔 Znovu: 🎉 dnes"
    assert longer["entities"] == [{**bold, "offset": 10}]
    assert bold["offset"] == 0


def test_the_caption_of_an_album_is_that_of_its_first() -> None:
    media = [{"type": "photo", "media": "a", "caption": "Plán"}, {"type": "photo", "media": "b"}]
    longer = opened({"media": media}, "Znovu: ")["media"]
    assert longer[0]["caption"] == "Znovu: Plán"
    assert longer[1] == media[1]


def test_what_would_get_too_long_stays_as_it_is() -> None:
    whole = {"text": "x" * 4096, "entities": []}
    assert opened(whole, "Znovu: ") == whole
    captioned = {"photo": "a", "caption": "x" * 1020}
    assert opened(captioned, "Znovu: ") == captioned


def test_a_picture_without_words_gets_some() -> None:
    assert opened({"photo": "a"}, "Znovu: ")["caption"] == "Znovu:"


def test_the_outbox_knows_as_long_as_is_said() -> None:
    assert results.KNOWN == LETTERS
