"""A ticket is scanned, or somebody is found by name: their card at the door."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.workshops import check_in, door, registration, tickets
from bot.domain.workshops.check_in import Case, Turn, Verdict
from bot.domain.workshops.tickets import Scan
from bot.kit.buttons import Button, Face, Rows
from bot.kit.context import Context
from bot.kit.routes import on, start_link
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.links import OpenWorkshop, way_back
from handlers.workshops.answers import said_lines
from handlers.workshops.tickets import LETTER
from handlers.workshops.ways import OpenDoor, ShowTicket
from handlers.workshops.words import part_name
from storage.workshops.check_ins import How
from storage.workshops.registration import Subject


@dataclass(frozen=True)
class OpenVisitor(Button, prefix="ws.d.who"):
    workshop_id: int
    person_id: int


@dataclass(frozen=True)
class Admit(Button, prefix="ws.d.in"):
    """`how` we know who it is: by a ticket, or from the list."""

    workshop_id: int
    part_id: int
    person_id: int
    how: str


@dataclass(frozen=True)
class SeatAndAdmit(Button, prefix="ws.d.sit"):
    """They have no seat in the part, but there are free ones."""

    workshop_id: int
    part_id: int
    person_id: int
    how: str


@dataclass(frozen=True)
class TakeBack(Button, prefix="ws.d.undo"):
    """They have not come after all."""

    workshop_id: int
    part_id: int
    person_id: int


@start_link(LETTER)
async def scan(ctx: Context, code: str) -> Screen:
    scanned = await tickets.scan(ctx.session, code, ctx.me, ctx.now)
    if scanned.case is None:
        return _own_ticket(ctx.t, scanned)
    head = _head_of_scan(ctx.t, scanned, scanned.case, ctx.now)
    return await _card(ctx, scanned.case, How.TICKET, head)


def _own_ticket(t: Texts, scanned: Scan) -> Screen:
    event = scanned.event
    text = paragraphs(
        t("🎟 This is your own ticket for <b>{title}</b>.", title=event.title),
        t("At the door somebody of the organisers scans it; there is nothing else to do."),
    )
    rows = ((ShowTicket(event.id).labelled(t.label("🎟 Show it as a picture")),),)
    return Screen(text, (*rows, *way_back(t, OpenWorkshop(event.id))))


@on(OpenVisitor, reading=True)
async def open_visitor(ctx: Context, press: OpenVisitor) -> Screen:
    return await _visitor(ctx, press.workshop_id, press.person_id)


@on(Admit)
async def admit(ctx: Context, press: Admit) -> Screen:
    key, who = press.workshop_id, press.person_id
    is_new = await check_in.admit(
        ctx.session, key, press.part_id, who, _how(press.how), ctx.me, ctx.now
    )
    done = ctx.t.plain("✅ Checked in.") if is_new else ctx.t.plain("Checked in already.")
    return await _visitor(ctx, key, who, done)


@on(SeatAndAdmit)
async def seat_and_admit(ctx: Context, press: SeatAndAdmit) -> Screen:
    key, who = press.workshop_id, press.person_id
    await check_in.seat_and_admit(
        ctx.session, key, press.part_id, who, _how(press.how), ctx.me, ctx.now
    )
    return await _visitor(ctx, key, who, ctx.t.plain("✅ Has a seat now, and is checked in."))


@on(TakeBack)
async def take_back(ctx: Context, press: TakeBack) -> Screen:
    key, who = press.workshop_id, press.person_id
    await check_in.take_back(ctx.session, key, press.part_id, who, ctx.me, ctx.now)
    return await _visitor(ctx, key, who, ctx.t.plain("↩️ Taken back."))


def _how(value: str) -> How:
    return How.TICKET if value == How.TICKET else How.LIST


async def _visitor(ctx: Context, workshop_id: int, person_id: int, toast: str = "") -> Screen:
    case = await check_in.look(ctx.session, workshop_id, person_id, ctx.me, ctx.now)
    return await _card(ctx, case, How.LIST, "", toast)


async def _card(ctx: Context, case: Case, how: How, head: str, toast: str = "") -> Screen:
    t, event = ctx.t, case.event
    answers = await registration.answers_of(ctx.session, event.id, case.person.key)
    shown = [(q, words) for q, words in answers if case.is_team or q.subject != Subject.INVOICE]
    who = lines(
        t("👤 <b>{name}</b>", name=case.person.name),
        t("🏢 {name}", name=case.organisation) if case.organisation else "",
    )
    turns = lines(*(_turn(t, case, turn, ctx.now) for turn in case.turns))
    text = paragraphs(head, who, turns, lines(*said_lines(t, shown)))
    rows = (*_choices(t, case, how, ctx.now), *way_back(t, OpenDoor(event.id), t.label("🚪 Door")))
    return Screen(text, rows, toast)


def _head_of_scan(t: Texts, scan: Scan, case: Case, now: datetime) -> str:
    if scan.entered and case.turn is not None:
        slot = case.turn.slot
        late = t("It has begun already; that is fine.") if now > slot.starts_at else ""
        return lines(t("✅ <b>Checked in</b>: {part}", part=_part(t, case, case.turn)), late)
    if case.verdict == Verdict.ALREADY and case.turn is not None:
        return t("☑️ <b>Checked in already</b>, {when}", when=_when(t, case.turn.came_at, now))
    if case.verdict == Verdict.CHOOSE:
        return t("❓ <b>Which part have they come to?</b>")
    if case.verdict == Verdict.NO_SEAT:
        return _no_seat(t, case, now)
    return _closed(t, scan, now)


def _no_seat(t: Texts, case: Case, now: datetime) -> str:
    on = [turn for turn in case.turns if door.is_open(turn.slot, now)]
    seated = [_part(t, case, turn) for turn in case.turns if turn.seated]
    if any(turn.waits for turn in on):
        why = t("⏳ <b>Waits in the line</b>, and has no seat yet.")
    elif seated:
        why = t("⚠️ <b>Has a seat only in</b>: {parts}", parts=", ".join(seated))
    else:
        why = t("⚠️ <b>Has no seat any more</b>: the place was given back.")
    if not any(turn.left for turn in on):
        return lines(why, t("All seats of this part are taken."))
    if not case.is_team:
        return lines(why, t("There are free seats; somebody of the team can give one."))
    return lines(why, t("There are free seats."))


def _closed(t: Texts, scan: Scan, now: datetime) -> str:
    event = scan.event
    which = t(
        "⚠️ The ticket is for <b>{title}</b>, {when}.",
        title=event.title,
        when=t.span(event.starts_at, event.ends_at),
    )
    if event.ends_at <= now:
        return lines(which, t("That is over."))
    if scan.is_another_day:
        return lines(which, t("Another event is on now."))
    opens = t.moment(door.next_opening(event, now))
    return lines(which, t("You can check people in from {when} on.", when=opens))


def _turn(t: Texts, case: Case, turn: Turn, now: datetime) -> str:
    part = _part(t, case, turn)
    if turn.came_at is not None:
        return t("☑️ {part}: came {when}", part=part, when=_when(t, turn.came_at, now))
    if turn.seated:
        return t("☐ {part}: has a seat", part=part)
    if turn.waits:
        return t("⏳ {part}: waits in the line", part=part)
    return t("– {part}: no seat", part=part)


def _part(t: Texts, case: Case, turn: Turn) -> str:
    return case.event.title if len(case.turns) == 1 else part_name(t, turn.slot)


def _when(t: Texts, moment: datetime | None, now: datetime) -> str:
    assert moment is not None
    same_day = moment.astimezone(t.zone).date() == now.astimezone(t.zone).date()
    return t.time(moment) if same_day else t.moment(moment)


def _choices(t: Texts, case: Case, how: How, now: datetime) -> Rows:
    faces = (_choice(t, case, turn, how, now) for turn in case.turns)
    return tuple((face,) for face in faces if face)


def _choice(t: Texts, case: Case, turn: Turn, how: How, now: datetime) -> Face | None:
    ids = (case.event.id, turn.slot.id, case.person.key)
    part = part_name(t, turn.slot)
    if turn.came_at is not None:
        return TakeBack(*ids).labelled(t.label("↩️ Take back: {part}", part=part))
    if now < door.opens_at(turn.slot):
        return None
    if turn.seated:
        return Admit(*ids, how).labelled(t.label("✅ Check in: {part}", part=part), "success")
    if case.is_team and turn.left and door.is_open(turn.slot, now):
        return SeatAndAdmit(*ids, how).labelled(t.label("💺 Seat and check in: {part}", part=part))
    return None
