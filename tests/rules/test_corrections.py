"""What is asked of Telegram so that something that has arrived says something else."""

from typing import Any

import pytest

from bot.domain.announcements import Content
from bot.domain.announcements.corrections import OtherKind, edit_of

BUTTONS = {"inline_keyboard": [[{"text": "Ano", "callback_data": "an.o:1:0"}]]}


def photo(file: str, **more: Any) -> Content:
    return Content("sendPhoto", {"photo": file, **more})


def text(words: str, **more: Any) -> Content:
    return Content("sendMessage", {"text": words, "entities": [], **more})


def test_a_text_keeps_its_buttons() -> None:
    edit = edit_of(text("Překleb", reply_markup=BUTTONS), text("Překlep"))
    assert edit == Content(
        "editMessageText", {"text": "Překlep", "entities": [], "reply_markup": BUTTONS}
    )


def test_a_caption_of_the_same_picture() -> None:
    edit = edit_of(photo("a", caption="Překleb"), photo("a", caption="Překlep"))
    assert edit == Content("editMessageCaption", {"caption": "Překlep"})


def test_another_picture() -> None:
    edit = edit_of(photo("a", reply_markup=BUTTONS), photo("b", caption="Nový", has_spoiler=True))
    media = {"type": "photo", "media": "b", "caption": "Nový", "has_spoiler": True}
    assert edit == Content("editMessageMedia", {"media": media, "reply_markup": BUTTONS})


def test_the_caption_of_an_album() -> None:
    def album(caption: str, *files: str) -> Content:
        media: list[dict[str, Any]] = [{"type": "photo", "media": file} for file in files]
        media[0]["caption"] = caption
        return Content("sendMediaGroup", {"media": media})

    edit = edit_of(album("Překleb", "a", "b"), album("Překlep", "a", "b"))
    assert edit == Content("editMessageCaption", {"caption": "Překlep"})
    with pytest.raises(OtherKind):
        edit_of(album("Překleb", "a", "b"), album("Překlep", "a", "c"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (text("a"), photo("a")),
        (photo("a"), Content("sendVideo", {"video": "a"})),
        (Content("sendVoice", {"voice": "a"}), Content("sendVoice", {"voice": "b"})),
    ],
)
def test_a_kind_stays_what_it_is(old: Content, new: Content) -> None:
    with pytest.raises(OtherKind):
        edit_of(old, new)
