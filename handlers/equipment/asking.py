"""Asking owners: a few questions, a look at what would be sent, and sending it, once."""

from dataclasses import dataclass
from datetime import date

from bot.domain.instruments import asking, enquiries, similar
from bot.domain.instruments.asking import Wish
from bot.domain.instruments.enquiries import OwnInstrument
from bot.kit import forms
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context
from bot.kit.forms import Answers, Form
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, paragraphs
from bot.kit.texts import Texts
from handlers.equipment.delivering import announce
from handlers.equipment.demands import demand_screen
from handlers.equipment.enquiry import card_screen, demand_text
from handlers.equipment.enquiry_ways import AskAlso
from handlers.equipment.listing import name_in
from handlers.equipment.ways import AskMembers, AskOwner
from handlers.equipment.wishing import QUESTIONS
from handlers.links import ListInstruments, OpenInstrument, way_back
from storage import instruments
from storage.instruments import Demand, Instrument


@dataclass(frozen=True)
class SendDemand(Button, prefix="iq.send"):
    demand_id: int


@dataclass(frozen=True)
class WidenDemand(Button, prefix="iq.wide"):
    """Send it to others who could do the same, too."""

    demand_id: int


@dataclass(frozen=True)
class RewriteDemand(Button, prefix="iq.again"):
    demand_id: int


@dataclass(frozen=True)
class DropDemand(Button, prefix="iq.drop"):
    demand_id: int


@on(AskOwner)
async def ask_owner(ctx: Context, press: AskOwner) -> Answer:
    try:
        wanted = await asking.instrument(ctx.session, press.instrument_id, ctx.me, ctx.now)
    except OwnInstrument:
        return await _ask_colleagues(ctx, press.instrument_id)
    running = await asking.running(ctx.session, wanted.key, ctx.me)
    if running is not None:
        said = ctx.t.plain("You have asked already. Here is how it stands.")
        return await card_screen(ctx, running.key, said)
    names = [name_in(ctx.t, wanted)]
    return await forms.begin(ctx, FORM, wanted=[wanted.key], names=names)


@on(AskMembers)
async def ask_members(ctx: Context, press: AskMembers) -> Answer:
    said, found = await asking.owners_of_found(ctx.session, press.search_id, ctx.me, ctx.now)
    names = [name_in(ctx.t, each) for each in found]
    return await forms.begin(
        ctx, FORM, wanted=[each.key for each in found], names=names, said=said
    )


@on(AskAlso)
async def ask_also(ctx: Context, press: AskAlso) -> Answer:
    put = await asking.ask_also(
        ctx.session,
        press.demand_id,
        press.instrument_id,
        ctx.me,
        ctx.house.cluster.zone,
        ctx.now,
    )
    if put is None:
        return await demand_screen(ctx, press.demand_id, 0, ctx.t.plain("They are asked already."))
    announce(ctx, put)
    said = ctx.t.plain("Sent. I will write when they answer.")
    return await card_screen(ctx, put.case.enquiry.key, said)


@on(SendDemand)
async def send(ctx: Context, press: SendDemand) -> Screen:
    t = ctx.t
    puts = await asking.send(ctx.session, press.demand_id, ctx.me, ctx.house.cluster.zone, ctx.now)
    for put in puts:
        announce(ctx, put)
    said = t.plain("Sent. I will write when they answer.") if puts else t.plain("It was sent.")
    return await demand_screen(ctx, press.demand_id, 0, said)


@on(WidenDemand)
async def widen(ctx: Context, press: WidenDemand) -> Screen:
    demand = await asking.widen(ctx.session, press.demand_id, ctx.me, ctx.now)
    return await _preview(ctx, demand)


@on(RewriteDemand)
async def rewrite(ctx: Context, press: RewriteDemand) -> Answer:
    demand, _ = await enquiries.demand(ctx.session, press.demand_id, ctx.me)
    if demand.sent_at is not None:
        return await demand_screen(ctx, demand.key, 0, ctx.t.plain("It was sent."))
    names = [name_in(ctx.t, each) for each in await _instruments(ctx, demand)]
    await asking.throw_away(ctx.session, press.demand_id, ctx.me)
    return await forms.begin(ctx, FORM, wanted=demand.wanted, names=names)


@on(DropDemand)
async def drop(ctx: Context, press: DropDemand) -> Screen:
    demand, _ = await enquiries.demand(ctx.session, press.demand_id, ctx.me)
    await asking.throw_away(ctx.session, press.demand_id, ctx.me)
    return _nothing_sent(ctx.t, demand.wanted)


async def _ask_colleagues(ctx: Context, instrument_id: int) -> Screen:
    t, home = ctx.t, ctx.me.organisation_id
    names = [person.name for person in await enquiries.contacts(ctx.session, home, ctx.now)]
    text = t("🏠 This belongs to your own organisation: just ask your colleagues.")
    who = t("Your contact person: {names}", names=", ".join(names)) if names else ""
    return Screen(paragraphs(text, who), way_back(t, OpenInstrument(instrument_id)))


async def _written(ctx: Context, answers: Answers) -> Answer:
    when = answers["when"]
    wish = Wish(
        answers["text"],
        date.fromisoformat(when) if when else None,
        answers["samples"],
        answers["nda"],
    )
    demand = await asking.write(ctx.session, ctx.me, wish, answers["wanted"], ctx.now)
    return await _preview(ctx, demand)


async def _preview(ctx: Context, demand: Demand) -> Screen:
    t, key = ctx.t, demand.key
    found = await _instruments(ctx, demand)
    more = await _others(ctx, found)
    wide: Rows = ()
    if more:
        label = t.plain_n("➕ Also {n} more owner", "➕ Also {n} more owners", len(more))
        wide = ((WidenDemand(key).labelled(label),),)
    text = paragraphs(
        t("✉️ <b>Shall I send this?</b>"),
        demand_text(t, demand),
        _whom(t, demand, found),
        t("They will only learn that a member of the cluster asks."),
    )
    rows = (
        (SendDemand(key).labelled(t.label("📨 Send"), "success"),),
        *wide,
        (
            RewriteDemand(key).labelled(t.label("✏️ Write again")),
            DropDemand(key).labelled(t.label("🗑 Throw away")),
        ),
    )
    return Screen(text, rows)


def _whom(t: Texts, demand: Demand, found: list[Instrument]) -> str:
    if not demand.wanted:
        return t("📣 To all members")
    owners = "; ".join(f"{each.owner} ({name_in(t, each)})" for each in found)
    return t("📣 To: {owners}", owners=owners)


async def _others(ctx: Context, found: list[Instrument]) -> list[Instrument]:
    """Who else could do it, where one owner is asked."""
    if len(found) != 1:
        return []
    most = asking.OWNERS - 1
    return await similar.similar(ctx.session, found[0], ctx.me, ctx.now, limit=most)


async def _instruments(ctx: Context, demand: Demand) -> list[Instrument]:
    found = [await instruments.find(ctx.session, key) for key in demand.wanted]
    return [each for each in found if each is not None]


async def _left(ctx: Context, answers: Answers) -> Answer:
    return _nothing_sent(ctx.t, answers.get("wanted", []))


def _nothing_sent(t: Texts, wanted: list[int]) -> Screen:
    back = OpenInstrument(wanted[0]) if len(wanted) == 1 else ListInstruments()
    return Screen(t("Nothing has been sent."), way_back(t, back))


FORM = Form("enquiry", QUESTIONS, _written, _left)
