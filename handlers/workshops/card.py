"""The card of an event: when, where, what is free, what is mine; sign up, wait, leave."""

from dataclasses import dataclass, replace

from bot.domain import workshops
from bot.domain.announcements import responses
from bot.domain.workshops import Card, Left, PartCard, leading
from bot.kit.buttons import Button, Face, Rows
from bot.kit.context import Context
from bot.kit.routes import on, start_link
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import Texts
from handlers.links import (
    ListWorkshops,
    OpenAnnounced,
    OpenFromAnnouncement,
    OpenMeeting,
    OpenWorkshop,
    way_back,
)
from handlers.workshops.calendar import ToCalendar
from handlers.workshops.reading import card_text
from handlers.workshops.telling import ClaimSeat
from handlers.workshops.ways import (
    GetCertificate,
    Lead,
    OpenMore,
    OpenPapers,
    OutOfCalendar,
    Rate,
    ShowTicket,
    SignUpColleague,
)
from handlers.workshops.words import part_name
from storage.workshops import Audience, State

SHORT = 16  # characters of a toggle that leaves room for another one


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
    leads = await leading.may_see(ctx.session, card.event, ctx.me, ctx.now)
    return card_screen(ctx.t, card, leads=leads)


@on(OpenAnnounced, reading=True)
async def open_announced(ctx: Context, press: OpenAnnounced) -> Screen:
    shown = await open_card(ctx, OpenWorkshop(press.workshop_id))
    return replace(shown, fresh=True)


@on(OpenFromAnnouncement)
async def open_from_announcement(ctx: Context, press: OpenFromAnnouncement) -> Screen:
    await responses.tapped(ctx.session, press.announcement_id, ctx.me, ctx.now)
    return await open_announced(ctx, OpenAnnounced(press.workshop_id))


@start_link("w")
async def follow_link(ctx: Context, token: str) -> Screen:
    """`t.me/<bot>?start=w12` is the card of event 12."""
    known = token.isascii() and token.isdecimal() and len(token) < 10
    return await open_card(ctx, OpenWorkshop(int(token) if known else 0))


@on(SignUp)
async def sign_up(ctx: Context, press: SignUp) -> Screen:
    card = await workshops.sign_up(ctx.session, press.workshop_id, ctx.me, ctx.now)
    return changed(ctx, card, welcome(ctx.t, card, card.mine))


@on(TakePart)
async def take_part(ctx: Context, press: TakePart) -> Screen:
    card = await workshops.sign_up(ctx.session, press.workshop_id, ctx.me, ctx.now, press.part_id)
    taken = tuple(part for part in card.mine if part.slot.id == press.part_id)
    return changed(ctx, card, welcome(ctx.t, card, taken))


@on(AskToLeave, reading=True)
async def ask_to_leave(ctx: Context, press: AskToLeave) -> Screen:
    t, key = ctx.t, press.workshop_id
    card = await workshops.look(ctx.session, key, ctx.me, ctx.now)
    text = paragraphs(
        t("❌ Sign out of <b>{title}</b>?", title=_what_is_left(t, card, press.part_id)),
        t("Somebody is waiting for your place. You could only come back to the end of the line."),
    )
    leave = LeavePart(key, press.part_id) if press.part_id else Leave(key)
    sure = leave.labelled(t.label("❌ Yes, sign me out"), "danger")
    return Screen(text, ((sure,), *way_back(t, OpenWorkshop(key))))


def _what_is_left(t: Texts, card: Card, part_id: int) -> str:
    title = card.event.title
    names = [part_name(t, part.slot) for part in card.parts if part.slot.id == part_id]
    return f"{title}: {names[0]}" if names and len(card.parts) > 1 else title


@on(Leave)
async def leave(ctx: Context, press: Leave) -> Screen:
    return await _leave(ctx, press.workshop_id, None)


@on(LeavePart)
async def leave_part(ctx: Context, press: LeavePart) -> Screen:
    return await _leave(ctx, press.workshop_id, press.part_id)


async def _leave(ctx: Context, workshop_id: int, part_id: int | None) -> Screen:
    left = await workshops.leave(ctx.session, workshop_id, ctx.me, ctx.now, part_id)
    words = ctx.t.plain("You are signed out. Was it a mistake? Just sign up again.")
    if left.rose or left.offered:
        words = ctx.t.plain("You are signed out. Whoever was next in line has your seat.")
    if left.offered:
        words = ctx.t.plain("You are signed out. I am asking those who wait for your seat.")
    return after_leaving(ctx, left, words)


def after_leaving(ctx: Context, left: Left, toast: str) -> Screen:
    """The card, and a way to take out of a calendar what was given back."""
    shown = changed(ctx, left.card, toast)
    if not left.places:
        return shown
    out = OutOfCalendar(left.card.event.id).labelled(ctx.t.label("📆 Out of my calendar"))
    return replace(shown, rows=(*shown.rows[:-1], (out,), shown.rows[-1]))


def changed(ctx: Context, card: Card, toast: str) -> Screen:
    """The card after something was done to it."""
    return card_screen(ctx.t, card, leads=_has_lead(ctx, card.event.id), toast=toast)


def _has_lead(ctx: Context, workshop_id: int) -> bool:
    """Whether the team's button is on the pressed card. It is a way and no right, so we need
    not ask the database while others wait for their seats."""
    query = ctx.update.callback_query
    keyboard = getattr(query and query.message, "reply_markup", None)
    rows = keyboard.inline_keyboard if keyboard else ()
    lead = Lead(workshop_id).pack()
    return any(button.callback_data == lead for row in rows for button in row)


def welcome(t: Texts, card: Card, taken: tuple[PartCard, ...]) -> str:
    waiting = [part for part in taken if part.number_in_line]
    if not waiting and card.event.provisional:
        return t.plain("You are on the list. The date may still change; I will tell you.")
    if not waiting:
        return t.plain("You have a seat. See you there! I will remind you in time.")
    number = waiting[0].number_in_line
    if any(part.seated for part in taken):
        part = part_name(t, waiting[0].slot)
        return t.plain("You have a seat. {part}: you are number {n} in line.", part=part, n=number)
    if waiting[0].at_limit:
        return t.plain("Your organisation has its seats. You are number {n} in line.", n=number)
    return t.plain("You are number {n} in line. I will tell you about a free seat.", n=number)


def card_screen(t: Texts, card: Card, *, leads: bool = False, toast: str = "") -> Screen:
    lead: Rows = ((Lead(card.event.id).labelled(t.label("🛠 Manage")),),) if leads else ()
    rows = (*_choices(t, card), *_agenda(t, card), *lead, *way_back(t, ListWorkshops()))
    return Screen(card_text(t, card), rows, toast)


def _agenda(t: Texts, card: Card) -> Rows:
    if card.event.audience != Audience.PILLAR:
        return ()
    return ((OpenMeeting(card.event.id).labelled(t.label("📋 Agenda and minutes")),),)


def _choices(t: Texts, card: Card) -> Rows:
    rows = (
        *((_grab(t, card, part),) for part in card.open_parts if part.up_for_grabs),
        _sign_up(t, card),
        *_toggles(t, card),
        *_of_mine(t, card),
    )
    return tuple(row for row in rows if row)


def _grab(t: Texts, card: Card, part: PartCard) -> Face:
    claim = ClaimSeat(card.event.id, part.slot.id)
    if len(card.parts) == 1:
        return claim.labelled(t.label("⚡ Take the seat"), "success")
    return claim.labelled(t.label("⚡ {part}", part=part_name(t, part.slot)), "success")


def _sign_up(t: Texts, card: Card) -> tuple[Face, ...]:
    """For the usual whole, and for a colleague."""
    if card.mine or not card.takes_people:
        return ()
    key, usual = card.event.id, [part for part in card.open_parts if part.slot.usual]
    if any(part.has_seat_for_me for part in usual or card.open_parts):
        me = SignUp(key).labelled(t.label("✅ Sign up"), "success")
    else:
        me = SignUp(key).labelled(t.label("⏳ Join the queue"))
    colleague = SignUpColleague(key).labelled(t.label("👥 A colleague"))
    return (me, colleague) if card.is_member else (me,)


def _toggles(t: Texts, card: Card) -> Rows:
    """One for each part that can be taken or given back; short ones two in a row."""
    if len(card.parts) == 1:
        return ()
    shown = [part for part in card.open_parts if part.has_place or card.takes_people]
    faces = [_toggle(t, card.event.id, part) for part in shown]
    width = 2 if all(len(face["text"]) <= SHORT for face in faces) else 1
    return tuple(tuple(faces[at : at + width]) for at in range(0, len(faces), width))


def _toggle(t: Texts, key: int, part: PartCard) -> Face:
    name, part_id = part_name(t, part.slot), part.slot.id
    leave = AskToLeave(key, part_id) if _is_awaited(part) else LeavePart(key, part_id)
    if part.seated:
        return leave.labelled(t.label("☑️ {part}", part=name))
    if part.number_in_line:
        label = t.label("⏳ {part}: number {n}", part=name, n=part.number_in_line)
        return leave.labelled(label)
    take = TakePart(key, part_id)
    if not part.has_seat_for_me:
        return take.labelled(t.label("⬜ {part}: queue", part=name))
    numbers = {"left": t.number(part.left), "capacity": t.number(part.slot.capacity)}
    return take.labelled(t.label("⬜ {part} ({left}/{capacity})", part=name, **numbers))


def _of_mine(t: Texts, card: Card) -> Rows:
    """What somebody with a place can do."""
    key, mine = card.event.id, card.mine
    if not mine or card.event.state == State.DRAFT:
        return ()
    if card.event.state == State.CANCELLED:
        return ((ToCalendar(key).labelled(t.label("📆 Update my calendar")),),)
    if card.is_over:
        return _afterwards(t, card)
    seated = any(part.seated for part in mine)
    ticket = (ShowTicket(key).labelled(t.label("🎟 My ticket")),) if seated else ()
    more = OpenMore(key).labelled(t.label("⋯ More"))
    return (
        (ToCalendar(key).labelled(t.label("📆 To my calendar")), *ticket),
        (*_way_out(t, card), more),
    )


def _afterwards(t: Texts, card: Card) -> Rows:
    key = card.event.id
    if not any(part.seated for part in card.mine):
        return ()
    return (
        (
            Rate(key).labelled(t.label("⭐ Rate it")),
            GetCertificate(key).labelled(t.label("📜 Certificate")),
        ),
        (OpenPapers(key).labelled(t.label("📎 Slides and photos")),),
    )


def _way_out(t: Texts, card: Card) -> tuple[Face, ...]:
    key = card.event.id
    mine = [part for part in card.open_parts if part.has_place]
    if not mine:
        return ()
    leave = AskToLeave(key, 0) if any(_is_awaited(part) for part in mine) else Leave(key)
    return (leave.labelled(t.label("❌ Sign out")),)


def _is_awaited(part: PartCard) -> bool:
    """Somebody is behind them in the line, and would move up."""
    if part.seated:
        return part.waiting > 0
    return part.number_in_line is not None and part.number_in_line < part.waiting
