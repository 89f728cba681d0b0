"""Passing one's seat on to a colleague: the link, and what whoever follows it finds."""

from dataclasses import dataclass
from urllib.parse import urlencode

from bot.domain import workshops
from bot.domain.workshops import handing_over
from bot.domain.workshops.handing_over import Outcome, Passed
from bot.kit.buttons import Button, Rows, copying, link
from bot.kit.context import Context
from bot.kit.routes import on, start_link
from bot.kit.screens import Screen, lines, paragraphs
from handlers.links import FindOrganisation, OpenWorkshop, home, way_back
from handlers.workshops.card import card_screen
from handlers.workshops.ways import HandOver, OutOfCalendar
from handlers.workshops.words import part_name
from storage.people import Person
from storage.workshops import Event

LETTER = "h"  # what our start links begin with


@dataclass(frozen=True)
class TakeLinkBack(Button, prefix="ws.hand.x"):
    workshop_id: int


@on(HandOver)
async def hand_over(ctx: Context, press: HandOver) -> Screen:
    made = await handing_over.make(ctx.session, press.workshop_id, ctx.me, ctx.now)
    t, url = ctx.t, ctx.house.start_link(LETTER + made.token)
    text = paragraphs(
        t("👤 <b>Your seat for a colleague</b>"),
        t("📅 <b>{title}</b>", title=made.event.title),
        t("{words}", words=url),
        t("Send the link to one colleague of your organisation. Once they open it, the seat is "
          "theirs; until then it is yours."),
        t("It works once, until {until}. I show it this once only.",
          until=t.moment(made.expires_at)),
    )  # fmt: skip
    words = t.plain("My seat at {title} is yours: just open the link.", title=made.event.title)
    share = "https://t.me/share/url?" + urlencode({"url": url, "text": words})
    rows: Rows = (
        (link(t.label("↗️ Send it on"), share), copying(t.label("📋 Copy the link"), url)),
        (TakeLinkBack(press.workshop_id).labelled(t.label("🚫 Take the link back")),),
    )
    return Screen(text, (*rows, *way_back(t, OpenWorkshop(press.workshop_id))))


@on(TakeLinkBack)
async def take_link_back(ctx: Context, press: TakeLinkBack) -> Screen:
    await handing_over.take_back(ctx.session, press.workshop_id, ctx.me, ctx.now)
    toast = ctx.t.plain("The link does not work any more; your seat stays yours.")
    return await _card(ctx, press.workshop_id, toast=toast)


@start_link(LETTER)
async def follow(ctx: Context, token: str) -> Screen:
    passed = await handing_over.follow(ctx.session, ctx.me, token, ctx.now)
    event, giver, t = passed.event, passed.giver, ctx.t
    if event is None or giver is None:
        return Screen(
            t("This link is not valid (any more). Please ask your colleague for a new one."),
            way_back(t),
        )
    match passed.outcome:
        case Outcome.OWN:
            words = t("This is your own link. Please send it to your colleague.")
            return Screen(words, way_back(t, OpenWorkshop(event.id)))
        case Outcome.NOT_A_MEMBER:
            words = t("This seat is for a confirmed colleague of whoever sent the link. Tell me "
                      "where you work; then open it once more.")  # fmt: skip
            find = FindOrganisation().labelled(t.label("🏢 I am from a member"))
            return Screen(words, ((find,), *way_back(t)))
        case Outcome.ELSEWHERE:
            words = t("This seat is for a colleague of the same organisation, and you are here "
                      "for another one. The link stays good for them.")  # fmt: skip
            return Screen(words, way_back(t))
        case Outcome.DONE:
            _tell_giver(ctx, giver, event, passed)
    return await _card(ctx, event.id, _welcome(ctx, giver, passed))


def _welcome(ctx: Context, giver: Person, passed: Passed) -> str:
    if passed.outcome == Outcome.DONE and not passed.slots:
        return ctx.t("You have a place there yourself, so that of {name} is free now.",
                     name=giver.name)  # fmt: skip
    return ctx.t("🎉 You have taken over from {name}.", name=giver.name)


def _tell_giver(ctx: Context, giver: Person, event: Event, passed: Passed) -> None:
    t = ctx.texts_of(giver)
    if passed.slots:
        words = t("👤 {name} comes instead of you: <b>{title}</b>",
                  name=ctx.me.name, title=event.title)  # fmt: skip
    else:
        words = t("👤 {name} has a place at <b>{title}</b> already, so yours is free now.",
                  name=ctx.me.name, title=event.title)  # fmt: skip
    several = len(event.parts) > 1 and passed.slots
    parts = [t("• {part}", part=part_name(t, slot)) for slot in passed.slots] if several else []
    out = OutOfCalendar(event.id).labelled(t.label("📆 Out of my calendar"))
    rows: Rows = ((out,), (OpenWorkshop(event.id).labelled(t.label("📅 Open the event")), home(t)))
    ctx.tell(giver, Screen(lines(words, *parts), rows))


async def _card(ctx: Context, workshop_id: int, head: str = "", toast: str = "") -> Screen:
    card = await workshops.look(ctx.session, workshop_id, ctx.me, ctx.now)
    shown = card_screen(ctx.t, card, toast=toast)
    return Screen(paragraphs(head, shown.text), shown.rows, toast)
