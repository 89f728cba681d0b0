"""The slow part of lists of equipment: fetching, reading, comparing, writing."""

from telegram.error import TelegramError

from bot.domain.instruments import importing, lists
from bot.domain.instruments.comparing import Plan, compared
from bot.domain.instruments.lists import BadHeadings, Listed, Names, TooManyRows
from bot.kit.context import Desk
from bot.kit.errands import Trip
from bot.kit.routes import errand
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import Texts
from bot.papers import grids
from bot.papers.grids import MOST_BYTES, Fault, Unreadable
from handlers.equipment import preview
from handlers.equipment.importing import ApplyList, CancelList, GetTemplate
from handlers.equipment.ways import ManageInstruments
from handlers.links import way_back
from storage import files, people
from storage.instruments import Import, imports
from storage.instruments.imports import Stage
from storage.people import Person

Why = BadHeadings | TooManyRows | Unreadable | TelegramError
UNFIT = (BadHeadings, TooManyRows, Unreadable, TelegramError)


@errand("equipment.read")
async def read(trip: Trip, import_id: int) -> None:
    async with trip.look() as desk:
        sent = await imports.find(desk.session, import_id)
        me = await people.find(desk.session, sent.person_id) if sent else None
        if sent is None or me is None:
            return
        known = await importing.known_names(desk.session, sent.organisation_id, trip.now)
    try:
        content = await trip.fetch(sent.document, MOST_BYTES)
        listed = await trip.aside(_understood, sent.name, content, known)
    except UNFIT as why:
        await _refuse(trip, import_id, me, why)
        return
    async with trip.look() as desk:
        there = await importing.there(desk.session, listed)
    plan = await trip.aside(compared, listed, *there)
    await _show(trip, import_id, me, plan, content)


def _understood(name: str, content: bytes, known: Names) -> Listed:
    grid = grids.read(name, content)
    return lists.understood(grid.rows, known, grid.merged)


async def _refuse(trip: Trip, import_id: int, me: Person, why: Why) -> None:
    async with trip.deliver() as desk:
        sent = await imports.find(desk.session, import_id, lock=True)
        if sent is None or sent.stage != Stage.READING:
            return
        sent.stage = Stage.REFUSED
        t = desk.texts_of(me)
        template = GetTemplate().labelled(t.label("📄 Template"))
        text = paragraphs(t("📥 <b>{name}</b>", name=sent.name), _why(t, why))
        desk.tell(me, Screen(text, ((template,), *_back(t, sent))))


def _why(t: Texts, why: Why) -> str:
    match why:
        case BadHeadings():
            return preview.bad_headings(t, why)
        case TooManyRows():
            return preview.unreadable(t, Fault.TOO_MANY_ROWS)
        case Unreadable():
            return preview.unreadable(t, why.fault)
    if "too big" in why.message.lower():
        return preview.unreadable(t, Fault.TOO_LARGE)
    return t("Telegram did not give me the file. Please send it once more.")


async def _show(trip: Trip, import_id: int, me: Person, plan: Plan, content: bytes) -> None:
    t = trip.house.texts[me.language]
    faulty = b""
    if len(plan.faulty) > preview.LISTED:
        faulty = await trip.aside(preview.faulty_rows, t, plan, trip.now)
    async with trip.deliver() as desk:
        sent = await imports.find(desk.session, import_id, lock=True)
        if sent is None or sent.stage != Stage.READING:
            return
        if plan.does_something:
            sent.kept = await files.keep(desk.session, sent.name, content, trip.now)
        _tell_plan(desk, me, sent, plan, again=False)
        if faulty:
            name = f"{t.plain('mistakes')}.xlsx"
            await desk.send_file(me, name, faulty, t("Rows with mistakes, and what they are."))


def _tell_plan(desk: Desk, me: Person, sent: Import, plan: Plan, *, again: bool) -> None:
    sent.stage = Stage.SHOWN if plan.does_something else Stage.REFUSED
    sent.seen = plan.fingerprint
    t = desk.texts_of(me)
    changed = t("The records have changed in the meantime. Please look once more.")
    text = paragraphs(changed if again else "", preview.preview(t, sent.name, plan))
    if not plan.does_something:
        desk.tell(me, Screen(text, _back(t, sent)))
        return
    number = len(plan.new) + len(plan.changes)
    yes = ApplyList(sent.key).labelled(t.label("✅ Apply ({n})", n=number), "success")
    no = CancelList(sent.key).labelled(t.label("Cancel"))
    desk.tell(me, Screen(text, ((yes,), (no,))))


@errand("equipment.write")
async def write(trip: Trip, import_id: int) -> None:
    async with trip.look() as desk:
        sent = await imports.find(desk.session, import_id)
        me = await people.find(desk.session, sent.person_id) if sent else None
        kept = await files.find(desk.session, sent.kept or 0) if sent else None
        if sent is None or me is None:
            return
        known = await importing.known_names(desk.session, sent.organisation_id, trip.now)
    if kept is None:
        await _refuse_late(trip, import_id, me)
        return
    try:
        listed = await trip.aside(_understood, sent.name, kept.content, known)
    except UNFIT:
        await _refuse_late(trip, import_id, me)
        return
    await _write(trip, import_id, me, listed)


async def _write(trip: Trip, import_id: int, me: Person, listed: Listed) -> None:
    """Compare once more and write, all in one transaction; what was not seen is shown first."""
    async with trip.deliver() as desk:
        sent = await imports.find(desk.session, import_id, lock=True)
        if sent is None or sent.stage != Stage.WRITING:
            return
        if not await importing.may_go_on(desk.session, sent, me, trip.now):
            _end(desk, me, sent, Stage.REFUSED, _not_any_more(desk.texts_of(me)))
            return
        there = await importing.there(desk.session, listed)
        plan = await trip.aside(compared, listed, *there)
        if plan.fingerprint != sent.seen:
            _tell_plan(desk, me, sent, plan, again=True)
            return
        await importing.write(desk.session, plan, me, trip.now)
        t = desk.texts_of(me)
        text = t("✅ It is written: {counts}.", counts=preview.counts(t, plan))
        _end(desk, me, sent, Stage.WRITTEN, text)


def _not_any_more(t: Texts) -> str:
    return t("You may not write there any more, so nothing was changed.")


async def _refuse_late(trip: Trip, import_id: int, me: Person) -> None:
    async with trip.deliver() as desk:
        sent = await imports.find(desk.session, import_id, lock=True)
        if sent is not None and sent.stage == Stage.WRITING:
            t = desk.texts_of(me)
            text = t("I do not have the file any more. Please send it once more.")
            _end(desk, me, sent, Stage.REFUSED, text)


def _end(desk: Desk, me: Person, sent: Import, stage: Stage, text: str) -> None:
    sent.stage = stage
    back = _back(desk.texts_of(me), sent)
    desk.tell(me, Screen(text, back))


def _back(t: Texts, sent: Import) -> tuple[tuple[dict[str, object], ...], ...]:
    return way_back(t, ManageInstruments(sent.organisation_id or 0))
