"""One's own ticket: a picture with a code that is scanned at the door."""

from bot.domain.refusals import Refusal
from bot.domain.workshops import tickets
from bot.domain.workshops.tickets import Ticket
from bot.kit.context import Context, Desk, House
from bot.kit.errands import Trip
from bot.kit.routes import errand, on
from bot.kit.screens import Toast, lines
from bot.kit.texts import Texts
from handlers.workshops.ways import ShowTicket
from handlers.workshops.words import part_name
from storage import people
from storage.people import Person

LETTER = "c"  # what the start links of tickets begin with


@on(ShowTicket)
async def show_ticket(ctx: Context, press: ShowTicket) -> Toast:
    await tickets.issue(ctx.session, press.workshop_id, ctx.me, ctx.now)
    facts = {"workshop_id": press.workshop_id, "person_id": ctx.me.key}
    await ctx.errand("workshops.ticket", **facts)
    return Toast(ctx.t.plain("Your ticket is on its way."))


@errand("workshops.ticket")
async def send_ticket(trip: Trip, workshop_id: int, person_id: int) -> None:
    async with trip.look() as desk:
        me = await people.find(desk.session, person_id)
        ticket = await _still_good(desk, workshop_id, me) if me else None
    if ticket is None or me is None:
        async with trip.deliver():
            return
    t = trip.house.texts[me.language]
    picture = await trip.aside(picture_of, t, trip.house, ticket)
    async with trip.deliver() as desk:
        name = f"ticket-{workshop_id}.png"
        await desk.send_file(me, name, picture, caption(t, ticket), photo=True)


async def _still_good(desk: Desk, workshop_id: int, me: Person) -> Ticket | None:
    """A moment ago it was."""
    try:
        return await tickets.look(desk.session, workshop_id, me, desk.now)
    except Refusal:
        return None


def picture_of(t: Texts, house: House, ticket: Ticket) -> bytes:
    """For a thread; what draws is loaded when it is needed for the first time."""
    from bot.papers.ticket import Face, ticket_picture

    event = ticket.event
    face = Face(
        cluster=house.cluster.name,
        title=event.title,
        whens=tuple(_whens(t, ticket)),
        place=event.place,
        name=ticket.person.name,
        organisation=ticket.organisation,
        link=ticket_link(house, ticket.code),
        hint=t.plain("Show this at the door. It is valid for you alone."),
    )
    return ticket_picture(face)


def ticket_link(house: House, code: str) -> str:
    """What the code of a ticket says, on a picture as on a badge."""
    return house.start_link(LETTER + code)


def caption(t: Texts, ticket: Ticket) -> str:
    return lines(
        t("🎟 <b>{title}</b>", title=ticket.event.title),
        t("Show it at the door, on your phone or printed."),
    )


def _whens(t: Texts, ticket: Ticket) -> list[str]:
    spans = [(slot, t.span(slot.starts_at, slot.ends_at)) for slot in ticket.slots]
    if len(ticket.event.parts) == 1:
        return [span for _, span in spans]
    return [f"{part_name(t, slot)} · {span}" if slot.name else span for slot, span in spans]
