"""Everything of mine about equipment: what I have asked, what I am asked, what I have booked."""

from collections.abc import AsyncIterator, Sequence

from bot.domain.instruments import booking, enquiries
from bot.kit.buttons import Face
from bot.kit.context import Context
from bot.kit.paging import page
from bot.kit.routes import on
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import Texts
from handlers.equipment.enquiry import STATES, card_screen, cut, demand_text
from handlers.equipment.enquiry_ways import OpenDemand, OpenEnquiry, OpenWindow
from handlers.equipment.listing import name_in
from handlers.links import ListEnquiries, ListInstruments, way_back
from storage import organisations
from storage.instruments import Demand, Enquiry
from storage.instruments.enquiries import State

LABEL = 26  # characters of a text on a button
RANKS = (
    State.OFFERED,
    State.TALKING,
    State.WAITING,
    State.DECLINED,
    State.UNANSWERED,
    State.WITHDRAWN,
)


@on(ListEnquiries, reading=True)
async def list_enquiries(ctx: Context, press: ListEnquiries) -> Screen:
    t = ctx.t
    title = t("📬 <b>My enquiries</b>")
    faces = [face async for face in _faces(ctx)]
    if not faces:
        nothing = t("Nothing here yet. Find an instrument and press “Ask the owner”.")
        return Screen(paragraphs(title, nothing), way_back(t, ListInstruments()))
    part = page(faces, press.page)
    turns = part.turns(ListEnquiries)
    legend = t("📤 what you ask · 📥 what you are asked · 📅 what you have booked")
    rows = (*((face,) for face in part.items), *((turns,) if turns else ()))
    return Screen(paragraphs(title, legend), (*rows, *way_back(t, ListInstruments())))


async def _faces(ctx: Context) -> AsyncIterator[Face]:
    t = ctx.t
    for slot in await booking.mine(ctx.session, ctx.me, ctx.now):
        label = f"📅 {name_in(t, slot.instrument)} · {t.day(slot.window.starts_at)}"
        yield OpenWindow(slot.window.key).labelled(label)
    for enquiry in await enquiries.put_to(ctx.session, ctx.me, ctx.now):
        name = enquiry.subject or t.label("a question to all members")
        yield OpenEnquiry(enquiry.key).labelled(f"📥 {cut(name, LABEL)} · {_state(t, [enquiry])}")
    for demand, asked in await enquiries.demands(ctx.session, ctx.me):
        name = demand.text or "–"
        yield OpenDemand(demand.key).labelled(f"📤 {cut(name, LABEL)} · {_state(t, asked)}")


def _state(t: Texts, asked: Sequence[Enquiry]) -> str:
    """The best that has come of it so far."""
    there = {each.state for each in asked}
    return next((t.plain(STATES[state]) for state in RANKS if state in there), "")


@on(OpenDemand, reading=True)
async def open_demand(ctx: Context, press: OpenDemand) -> Screen:
    return await demand_screen(ctx, press.demand_id, press.page)


async def demand_screen(ctx: Context, demand_id: int, number: int, toast: str = "") -> Screen:
    t = ctx.t
    demand, asked = await enquiries.demand(ctx.session, demand_id, ctx.me)
    if len(asked) == 1:
        return await card_screen(ctx, asked[0].key, toast)
    shown = [each for each in asked if each.subject or each.state != State.WAITING]
    part = page(shown, number)
    rows = [(await _face(ctx, each),) for each in part.items]
    turns = part.turns(lambda to: OpenDemand(demand_id, to))
    text = paragraphs(
        t("📤 <b>Your enquiry</b>"),
        demand_text(t, demand),
        t.n("Asked: {n} organisation", "Asked: {n} organisations", len(asked)),
        _silence(t, demand, shown),
    )
    back = way_back(t, ListEnquiries())
    return Screen(text, (*rows, *((turns,) if turns else ()), *back), toast)


def _silence(t: Texts, demand: Demand, shown: Sequence[Enquiry]) -> str:
    return "" if shown or demand.wanted else t("Nobody has answered yet. I will write to you.")


async def _face(ctx: Context, enquiry: Enquiry) -> Face:
    where = enquiry.organisation_id
    owner = await organisations.find(ctx.session, where) if where else None
    name = owner.short if owner else enquiry.subject or "–"
    return OpenEnquiry(enquiry.key).labelled(f"{cut(name, LABEL)} · {_state(ctx.t, [enquiry])}")
