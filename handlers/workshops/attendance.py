"""The attendance list and the badges as files: drawn beside the chat, then sent to who asked."""

from bot.domain.workshops import evidence
from bot.domain.workshops.evidence import Attendance, Badge, Register
from bot.kit.context import House
from bot.kit.errands import Trip
from bot.kit.routes import errand
from bot.kit.texts import Texts
from bot.papers.spreadsheet import Table, xlsx
from handlers.workshops.tickets import ticket_link
from handlers.workshops.words import part_name
from storage import people
from storage.workshops import Event, find
from storage.workshops.check_ins import How
from storage.workshops.presence import Listed


@errand("workshops.attendance")
async def send_attendance_list(trip: Trip, workshop_id: int, person_id: int) -> None:
    async with trip.look() as desk:
        me = await people.find(desk.session, person_id)
        event = await find(desk.session, workshop_id)
        assert me is not None
        assert event is not None
        attendance = await evidence.attendance(desk.session, event)
    t = trip.house.texts[me.language]
    printed = await trip.aside(printed_list, t, trip.house, attendance)
    table = await trip.aside(table_list, t, trip.house, attendance)
    async with trip.deliver() as desk:
        caption = t("📄 <b>{title}</b>: attendance list", title=event.title)
        await desk.send_file(me, f"attendance-{workshop_id}.pdf", printed, caption)
        await desk.send_file(me, f"attendance-{workshop_id}.xlsx", table)


@errand("workshops.badges")
async def send_badges(trip: Trip, workshop_id: int, person_id: int) -> None:
    async with trip.look() as desk:
        me = await people.find(desk.session, person_id)
        event = await find(desk.session, workshop_id)
        assert me is not None
        assert event is not None
        badges = await evidence.badges(desk.session, workshop_id, trip.now)
    t = trip.house.texts[me.language]
    content = await trip.aside(printed_badges, t, trip.house, event, badges)
    async with trip.deliver() as desk:
        caption = t.n(
            "🏷 <b>{title}</b>: {n} badge. Print it on A4 labels, 3 × 8, at 100 %.",
            "🏷 <b>{title}</b>: {n} badges. Print them on A4 labels, 3 × 8, at 100 %.",
            len(badges),
            title=event.title,
        )
        await desk.send_file(me, f"badges-{workshop_id}.pdf", content, caption)


def printed_list(t: Texts, house: House, attendance: Attendance) -> bytes:
    """For a thread; what draws is loaded when it is needed for the first time."""
    from bot.papers import attendance_list
    from bot.papers.sheet import Imprint

    event = attendance.event
    sections = tuple(
        attendance_list.Section(
            name=part_name(t, register.slot) if len(event.parts) > 1 else "",
            about=" · ".join(_about(t, event, register)),
            summary=_summary(t, register),
            rows=tuple(
                attendance_list.Row(
                    each.name, each.organisation, _arrived(t, each), how_known(t, each)
                )
                for each in register.lines
            ),
        )
        for register in attendance.registers
    )
    number, name, organisation, arrived, known, signature = _columns(t)
    return attendance_list.pdf(
        attendance_list.AttendanceList(
            imprint=Imprint(
                event.title, house.cluster.name, t.language, _page(t), event.starts_at
            ),
            heading=t.plain("Attendance list"),
            about=tuple(_facts(t, house, event)),
            columns=(number, name, organisation, arrived, known, signature),
            sections=sections,
            nobody=t.plain("Nobody has a seat here."),
            signed_by=t.plain("For the organiser (name and signature)"),
            signed_on=t.plain("Date"),
        )
    )


def table_list(t: Texts, house: House, attendance: Attendance) -> bytes:
    """A sheet for each part, with the number of the project in each line."""
    event = attendance.event
    columns = (*_columns(t), t.plain("Part"), t.plain("Project"))
    about = tuple(f"{label}: {value}" for label, value in _facts(t, house, event))
    tables = [
        Table(
            part_name(t, register.slot),
            columns,
            [
                (
                    str(number),
                    each.name,
                    each.organisation,
                    t.moment(each.came_at) if each.came_at else "",
                    how_known(t, each),
                    "",
                    part_name(t, register.slot),
                    event.project,
                )
                for number, each in enumerate(register.lines, 1)
            ],
            (event.title, *about, *_about(t, event, register), _summary(t, register)),
        )
        for register in attendance.registers
    ]
    return xlsx(tables, house.cluster.name, event.starts_at)


def printed_badges(t: Texts, house: House, event: Event, found: list[Badge]) -> bytes:
    from bot.papers import badges
    from bot.papers.sheet import Imprint

    drawn = [
        badges.Badge(
            each.guest.name,
            each.guest.organisation,
            each.pillars,
            ticket_link(house, each.code) if each.code else "",
        )
        for each in found
    ]
    imprint = Imprint(event.title, house.cluster.name, t.language, "", event.starts_at)
    return badges.pdf(imprint, drawn)


def how_known(t: Texts, each: Listed) -> str:
    match each.how:
        case How.TICKET:
            return t.plain("ticket scanned")
        case How.POSTER:
            return t.plain("code at the door")
        case How.LIST:
            return t.plain("ticked off")
    return "–"


def _columns(t: Texts) -> tuple[str, str, str, str, str, str]:
    return (
        t.plain("No."),
        t.plain("Name"),
        t.plain("Organisation"),
        t.plain("Arrived"),
        t.plain("Verified"),
        t.plain("Signature"),
    )


def _facts(t: Texts, house: House, event: Event) -> list[tuple[str, str]]:
    facts = [
        (t.plain("When"), t.span(event.starts_at, event.ends_at)),
        (t.plain("Where"), event.place),
        (t.plain("Project"), event.project),
        (t.plain("Organiser"), house.cluster.name),
    ]
    return [(label, value) for label, value in facts if value]


def _about(t: Texts, event: Event, register: Register) -> list[str]:
    slot = register.slot
    when = t.span(slot.starts_at, slot.ends_at)
    return [when, slot.place] if slot.place and slot.place != event.place else [when]


def _summary(t: Texts, register: Register) -> str:
    if not register.came:
        return t.plain("Registered: {n}", n=register.sat)
    return t.plain("Came: {came}, registered: {n}", came=register.came, n=register.sat)


def _arrived(t: Texts, each: Listed) -> str:
    return t.time(each.came_at) if each.came_at else ""


def _page(t: Texts) -> str:
    return t.plain("Page {page} of {pages}", page="{page}", pages="{pages}")
