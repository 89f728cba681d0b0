"""The card of an event: when, where, what is free, what is mine; sign up, wait, leave."""

from dataclasses import dataclass

from bot.domain import rights, workshops
from bot.domain.rights import Action
from bot.domain.workshops import Card, PartCard
from bot.kit.buttons import Button, Face, Rows
from bot.kit.context import Context
from bot.kit.routes import on, start_link
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.links import ListWorkshops, OpenWorkshop, way_back
from handlers.workshops.calendar import ToCalendar
from handlers.workshops.telling import tell_promoted
from handlers.workshops.ways import Lead
from handlers.workshops.words import part_name, what_it_is
from storage.workshops import Audience, Kind, Slot, State


@dataclass(frozen=True)
class SignUp(Button, prefix="ws.in"):
    """For the usual whole."""

    workshop_id: int


@dataclass(frozen=True)
class Leave(Button, prefix="ws.out"):
    workshop_id: int


@dataclass(frozen=True)
class AskToLeave(Button, prefix="ws.out?"):
    """Asks once more: somebody waits for the place. Part 0 is the whole event."""

    workshop_id: int
    part_id: int


@dataclass(frozen=True)
class TakePart(Button, prefix="ws.p.in"):
    workshop_id: int
    part_id: int


@dataclass(frozen=True)
class LeavePart(Button, prefix="ws.p.out"):
    workshop_id: int
    part_id: int


@on(OpenWorkshop, reading=True)
async def open_card(ctx: Context, press: OpenWorkshop) -> Screen:
    card = await workshops.look(ctx.session, press.workshop_id, ctx.me, ctx.now)
    leads = await rights.may(ctx.session, ctx.me, Action.PLAN_EVENT, ctx.now)
    return card_screen(ctx.t, card, leads=leads)


@start_link("w")
async def follow_link(ctx: Context, token: str) -> Screen:
    """`t.me/<bot>?start=w12` is the card of event 12."""
    known = token.isascii() and token.isdecimal() and len(token) < 10
    return await open_card(ctx, OpenWorkshop(int(token) if known else 0))


@on(SignUp)
async def sign_up(ctx: Context, press: SignUp) -> Screen:
    card = await workshops.sign_up(ctx.session, press.workshop_id, ctx.me, ctx.now)
    return _changed(ctx, card, _welcome(ctx.t, card.mine))


@on(TakePart)
async def take_part(ctx: Context, press: TakePart) -> Screen:
    card = await workshops.sign_up(ctx.session, press.workshop_id, ctx.me, ctx.now, press.part_id)
    taken = tuple(part for part in card.mine if part.slot.id == press.part_id)
    return _changed(ctx, card, _welcome(ctx.t, taken))


@on(AskToLeave, reading=True)
async def ask_to_leave(ctx: Context, press: AskToLeave) -> Screen:
    t, key = ctx.t, press.workshop_id
    card = await workshops.look(ctx.session, key, ctx.me, ctx.now)
    text = paragraphs(
        t("❌ Sign out of <b>{title}</b>?", title=card.event.title),
        t("Somebody is waiting for your place. You could only come back to the end of the line."),
    )
    leave = LeavePart(key, press.part_id) if press.part_id else Leave(key)
    sure = leave.labelled(t.label("❌ Yes, sign me out"), "danger")
    return Screen(text, ((sure,), *way_back(t, OpenWorkshop(key))))


@on(Leave)
async def leave(ctx: Context, press: Leave) -> Screen:
    return await _leave(ctx, press.workshop_id, None)


@on(LeavePart)
async def leave_part(ctx: Context, press: LeavePart) -> Screen:
    return await _leave(ctx, press.workshop_id, press.part_id)


async def _leave(ctx: Context, workshop_id: int, part_id: int | None) -> Screen:
    left = await workshops.leave(ctx.session, workshop_id, ctx.me, ctx.now, part_id)
    for promotion in left.promoted:
        tell_promoted(ctx, promotion.person, left.card.event, promotion.slot)
    words = ctx.t.plain("You are signed out. Was it a mistake? Just sign up again.")
    if left.promoted:
        words = ctx.t.plain("You are signed out. Whoever was next in line has your seat.")
    return _changed(ctx, left.card, words)


def _changed(ctx: Context, card: Card, toast: str) -> Screen:
    return card_screen(ctx.t, card, leads=_has_lead(ctx, card.event.id), toast=toast)


def _has_lead(ctx: Context, workshop_id: int) -> bool:
    """Whether the team's button is on the pressed card. It is a way and no right, so we need
    not ask the database while others wait for their seats."""
    query = ctx.update.callback_query
    keyboard = getattr(query and query.message, "reply_markup", None)
    rows = keyboard.inline_keyboard if keyboard else ()
    lead = Lead(workshop_id).pack()
    return any(button.callback_data == lead for row in rows for button in row)


def _welcome(t: Texts, taken: tuple[PartCard, ...]) -> str:
    waiting = [part.number_in_line for part in taken if part.number_in_line]
    if not waiting:
        return t.plain("You have a seat. See you there! I will remind you in time.")
    return t.plain("You are number {n} in line. I will tell you about a free seat.", n=waiting[0])


def card_screen(t: Texts, card: Card, *, leads: bool = False, toast: str = "") -> Screen:
    lead: Rows = ((Lead(card.event.id).labelled(t.label("🛠 Manage")),),) if leads else ()
    rows = (*_choices(t, card), *lead, *way_back(t, ListWorkshops()))
    return Screen(card_text(t, card), rows, toast)


def card_text(t: Texts, card: Card) -> str:
    event = card.event
    about = t("{about}", about=event.about) if event.about else ""
    kind = t("🏛 Member assembly") if event.kind == Kind.ASSEMBLY else ""
    whose = t("🔒 For members") if event.audience == Audience.MEMBERS else ""
    return paragraphs(lines(what_it_is(t, event), kind, whose), about, _standing(t, card))


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
    return _seats(t, card)


def _seats(t: Texts, card: Card) -> str:
    if len(card.parts) == 1:
        return _part_standing(t, card.parts[0])
    return paragraphs(
        *(
            lines(
                _part_title(t, part.slot),
                t("🕘 {when}", when=t.span(part.slot.starts_at, part.slot.ends_at)),
                _part_standing(t, part),
            )
            for part in card.parts
        )
    )


def _part_title(t: Texts, slot: Slot) -> str:
    name = part_name(t, slot)
    return t("<b>{part}</b>", part=name) if slot.usual else t("<b>{part}</b> (extra)", part=name)


def _part_standing(t: Texts, part: PartCard) -> str:
    if part.seated:
        return t("✅ You have a seat.")
    if part.number_in_line:
        return t("⏳ You are number {n} in line.", n=part.number_in_line)
    if part.left:
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


def _choices(t: Texts, card: Card) -> Rows:
    rows: list[tuple[Face, ...]] = []
    key = card.event.id
    open_parts = card.open_parts
    if open_parts and not card.mine:
        rows.append((_sign_up(t, key, open_parts),))
    if len(card.parts) > 1:
        rows += [(_toggle(t, key, part),) for part in open_parts]
    if card.mine and card.event.state != State.DRAFT and not card.is_over:
        rows.append((_calendar(t, card), *_way_out(t, card)))
    return tuple(rows)


def _calendar(t: Texts, card: Card) -> Face:
    cancelled = card.event.state == State.CANCELLED
    label = t.label("📆 Update my calendar") if cancelled else t.label("📆 To my calendar")
    return ToCalendar(card.event.id).labelled(label)


def _sign_up(t: Texts, key: int, open_parts: tuple[PartCard, ...]) -> Face:
    usual = [part for part in open_parts if part.slot.usual] or open_parts
    if any(part.left for part in usual):
        return SignUp(key).labelled(t.label("✅ Sign up"), "success")
    return SignUp(key).labelled(t.label("⏳ Join the queue"))


def _toggle(t: Texts, key: int, part: PartCard) -> Face:
    name, part_id = part_name(t, part.slot), part.slot.id
    leave = AskToLeave(key, part_id) if _is_awaited(part) else LeavePart(key, part_id)
    if part.seated:
        return leave.labelled(t.label("☑️ {part}", part=name))
    if part.number_in_line:
        label = t.label("⏳ {part}: number {n}", part=name, n=part.number_in_line)
        return leave.labelled(label)
    if part.left:
        return TakePart(key, part_id).labelled(t.label("⬜ {part}", part=name))
    return TakePart(key, part_id).labelled(t.label("⬜ {part}: queue", part=name))


def _way_out(t: Texts, card: Card) -> tuple[Face, ...]:
    key = card.event.id
    mine = [part for part in card.open_parts if part.place is not None]
    if not mine:
        return ()
    leave = AskToLeave(key, 0) if any(_is_awaited(part) for part in mine) else Leave(key)
    return (leave.labelled(t.label("❌ Sign out")),)


def _is_awaited(part: PartCard) -> bool:
    """Somebody is behind them in the queue, and would move up."""
    return part.place is not None and part.taken > max(part.place, part.slot.capacity)
