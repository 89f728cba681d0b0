"""How an event and its parts are called and introduced, wherever they are spoken of."""

from bot.kit.screens import lines
from bot.kit.texts import Texts
from storage.workshops import Event, Slot


def part_name(t: Texts, slot: Slot) -> str:
    return slot.name or t.day(slot.starts_at)


def what_it_is(t: Texts, event: Event) -> str:
    """What, when, where."""
    return lines(
        t("📅 <b>{title}</b>", title=event.title),
        t("🕘 {when}", when=t.span(event.starts_at, event.ends_at)),
        t("📍 {place}", place=event.place),
    )
