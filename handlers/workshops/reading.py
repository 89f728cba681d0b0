"""The words of an event's card: what it is, and what is free and what is mine in each part."""

from bot.domain.workshops import Card, PartCard
from bot.domain.workshops.rules import has_closed, has_opened
from bot.kit.screens import lines, paragraphs
from bot.kit.texts import Texts
from handlers.workshops.words import part_name, what_it_is
from storage.workshops import Audience, Kind, Slot, State


def card_text(t: Texts, card: Card) -> str:
    event = card.event
    about = t("{about}", about=event.about) if event.about else ""
    kind = t("🏛 Member assembly") if event.kind == Kind.ASSEMBLY else ""
    return paragraphs(
        lines(what_it_is(t, event), kind, _for_whom(t, card)), about, _standing(t, card)
    )


def _for_whom(t: Texts, card: Card) -> str:
    match card.event.audience:
        case Audience.MEMBERS:
            return t("🔒 For members")
        case Audience.PILLAR:
            pillar = card.pillar.name_in(t.language) if card.pillar else ""
            return t("🔒 For members in the pillar <b>{pillar}</b>", pillar=pillar)
        case Audience.INVITED:
            return t("🔒 For the invited")
    return ""


def _standing(t: Texts, card: Card) -> str:
    match card.event.state:
        case State.CANCELLED:
            return t("❌ <b>This event is cancelled.</b>")
        case State.DRAFT:
            return paragraphs(_seats(t, card), t("✏️ A draft: only the team sees it."))
    if card.is_over:
        return t("This event is over.")
    if not card.open_parts:
        return lines(_seats(t, card), t("It has begun."))
    return paragraphs(_seats(t, card), _registration(t, card))


def _registration(t: Texts, card: Card) -> str:
    event = card.event
    if event.opens_at and not has_opened(event, card.now):
        return t("🗓 Registration opens on {when}.", when=t.moment(event.opens_at))
    if event.closes_at and has_closed(event, card.now):
        return t("🔒 Registration closed on {when}.", when=t.moment(event.closes_at))
    return ""


def _seats(t: Texts, card: Card) -> str:
    if len(card.parts) == 1:
        return _part(t, card.parts[0])
    return paragraphs(*(lines(_head(t, part.slot), _part(t, part)) for part in card.parts))


def _head(t: Texts, slot: Slot) -> str:
    name = part_name(t, slot)
    title = t("<b>{part}</b>", part=name) if slot.usual else t("<b>{part}</b> (extra)", part=name)
    return lines(title, t("🕘 {when}", when=t.span(slot.starts_at, slot.ends_at)))


def _part(t: Texts, part: PartCard) -> str:
    slot = part.slot
    return lines(
        t("📍 {place}", place=slot.place) if slot.place else "",
        _place_or_seats(t, part),
        _organisation(t, part),
        t("🔗 {link}", link=slot.link) if slot.link and part.seated else "",
    )


def _place_or_seats(t: Texts, part: PartCard) -> str:
    if part.seated and part.confirmed:
        return t("✅ You have a seat, and we know that you are coming.")
    if part.seated:
        return t("✅ You have a seat.")
    if part.number_in_line:
        line = t("⏳ You are number {n} in line.", n=part.number_in_line)
        return lines(
            line, t("⚡ A seat is free: whoever taps first.") if part.up_for_grabs else ""
        )
    if part.left and not (part.in_rush and part.waiting):
        capacity = t.number(part.slot.capacity)
        return t.n(
            "💺 {left} seat of {capacity} left",
            "💺 {left} seats of {capacity} left",
            part.left,
            left=t.number(part.left),
            capacity=capacity,
        )
    if part.waiting:
        return t.n("💺 Full, {n} person waits", "💺 Full, {n} people wait", part.waiting)
    return t("💺 Full; you can wait for a seat")


def _organisation(t: Texts, part: PartCard) -> str:
    """How many of its seats their organisation has, and that one has to wait because of it."""
    if part.limit is None or not part.ours:
        return ""
    if part.at_limit and not part.seated:
        return t.n(
            "👥 Your organisation has its {n} seat; others go first.",
            "👥 Your organisation has its {n} seats; others go first.",
            part.ours,
        )
    return t.n(
        "👥 From your organisation: {ours} of {n}",
        "👥 From your organisation: {ours} of {n}",
        part.limit,
        ours=part.ours,
    )
