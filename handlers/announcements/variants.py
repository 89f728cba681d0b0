"""What an announcement says in other languages, and what stands on its buttons there."""

from dataclasses import dataclass

from bot.domain.announcements import Card, questions
from bot.kit.buttons import Button, Face, Rows
from bot.kit.screens import lines
from bot.kit.texts import LANGUAGES, Texts

NAMES = {"cs": "🇨🇿 Čeština", "en": "🇬🇧 English"}  # as those who speak them say


@dataclass(frozen=True)
class WriteVariant(Button, prefix="an.var"):
    """What those who read that language get instead."""

    announcement_id: int
    language: str


@dataclass(frozen=True)
class DropVariant(Button, prefix="an.var.no"):
    announcement_id: int
    language: str


@dataclass(frozen=True)
class LabelVariant(Button, prefix="an.var.b"):
    """What stands on the buttons in that language."""

    announcement_id: int
    language: str


def spoken(card: Card) -> list[str]:
    """The languages in which it says something of its own."""
    return [language for language in LANGUAGES if language in {e.language for e in card.contents}]


def languages_said(t: Texts, card: Card) -> str:
    own = spoken(card)
    if not own:
        return t("🌍 Everybody gets the same message, whatever they read.")
    missing = [e for e in own if _needs_labels(card, e)]
    return lines(
        t(
            "🌍 Who reads {languages} gets a message of their own.",
            languages=", ".join(NAMES[each] for each in own),
        ),
        t("Its buttons still say the same as everybody's.") if missing else "",
    )


def language_rows(t: Texts, card: Card, usual: str) -> Rows:
    return tuple(
        row for language in LANGUAGES if language != usual for row in _rows(t, card, language)
    )


def _rows(t: Texts, card: Card, language: str) -> Rows:
    key, name = card.announcement.key, NAMES[language]
    if language not in spoken(card):
        add = t.label("➕ {language}", language=name)
        return ((WriteVariant(key, language).labelled(add),),)
    anew: Face = WriteVariant(key, language).labelled(f"✏️ {name}")
    drop = DropVariant(key, language).labelled(f"🗑 {name}")
    if not questions.of(card.announcement).typed:
        return ((anew, drop),)
    labels = t.label("🔤 Buttons: {language}", language=name)
    return ((anew, drop), (LabelVariant(key, language).labelled(labels),))


def _needs_labels(card: Card, language: str) -> bool:
    asked = questions.of(card.announcement)
    return bool(asked.typed) and language not in asked.labels
