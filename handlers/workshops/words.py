"""How an event and its parts are called and introduced, wherever they are spoken of."""

from bot.kit.screens import lines
from bot.kit.texts import Texts
from storage.workshops import Event, Kind, Slot


def part_name(t: Texts, slot: Slot) -> str:
    return slot.name or t.day(slot.starts_at)


def what_it_is(t: Texts, event: Event) -> str:
    """What, when, where."""
    return lines(
        t("📅 <b>{title}</b>", title=event.title),
        _when(t, event),
        t("📍 {place}", place=event.place),
    )


def _when(t: Texts, event: Event) -> str:
    when = t.span(event.starts_at, event.ends_at)
    if event.provisional:
        return t("🕘 {when} <i>(preliminary date)</i>", when=when)
    return t("🕘 {when}", when=when)


def event_kind(t: Texts, kind: Kind) -> str:
    match kind:
        case Kind.WORKSHOP:
            return t.plain("workshop")
        case Kind.ASSEMBLY:
            return t.plain("members' assembly")
        case Kind.BOARD:
            return t.plain("board meeting")
        case Kind.VISIT:
            return t.plain("visit")
        case Kind.OTHER:
            return t.plain("another event")
