"""The lists of events: what comes, for the team with the drafts, and what has been."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain import workshops
from bot.domain.workshops import Listing
from bot.domain.workshops.listing import past
from bot.kit.buttons import Button, Face
from bot.kit.context import Context
from bot.kit.paging import page
from bot.kit.routes import command, on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts, gettext_noop
from handlers.links import ListWorkshops, OpenWorkshop, PlanWorkshop, home, way_back
from storage.workshops import Coming, State

LABEL = 40  # characters of a title on a button


@dataclass(frozen=True)
class ListPast(Button, prefix="ws.past"):
    page: int = 0


@command("akce", "events", describe=gettext_noop("Coming events"), reading=True)
async def list_typed(ctx: Context, _: str) -> Screen:
    return await list_events(ctx, ListWorkshops())


@on(ListWorkshops, reading=True)
async def list_events(ctx: Context, press: ListWorkshops) -> Screen:
    t = ctx.t
    listing = await workshops.coming(ctx.session, ctx.me, ctx.now)
    shown = page(listing.events, press.page)
    rows = tuple((OpenWorkshop(each.key).labelled(_label(each)),) for each in shown.items)
    turns = shown.turns(ListWorkshops)
    text = paragraphs(t("📅 <b>Coming events</b>"), *_paragraphs(t, listing, shown.items))
    return Screen(text, (*rows, *([turns] if turns else ()), _last_row(t, listing)))


@on(ListPast, reading=True)
async def list_past(ctx: Context, press: ListPast) -> Screen:
    t, shown = ctx.t, page(await past(ctx.session, ctx.me, ctx.now), press.page)
    rows = tuple((OpenWorkshop(each.key).labelled(_label(each)),) for each in shown.items)
    turns = shown.turns(ListPast)
    said = [_lines(t, each, mine=False) for each in shown.items]
    nothing = t("Here you will find the events that you have been to.")
    text = paragraphs(t("🗂 <b>Past events</b>"), *(said or [nothing]))
    return Screen(text, (*rows, *([turns] if turns else ()), *way_back(t, ListWorkshops())))


def _paragraphs(t: Texts, listing: Listing, events: Sequence[Coming]) -> list[str]:
    if not events:
        return [t("Nothing is planned just now. As soon as it is, you will find it here.")]
    return [_lines(t, each, mine=each.key in listing.mine) for each in events]


def _lines(t: Texts, event: Coming, *, mine: bool) -> str:
    title = t("<b>{title}</b>", title=event.title)
    if event.state == State.DRAFT:
        title = t("✏️ <b>{title}</b> (draft)", title=event.title)
    values = {"when": t.span(event.starts_at, event.ends_at), "place": event.place}
    about = t("{when}, {place}", **values)
    if event.provisional:
        about = t("{when} <i>(preliminary date)</i>, {place}", **values)
    return lines(title, about, t("✅ You are on the list.") if mine else "")


def _label(event: Coming) -> str:
    title = event.title if len(event.title) <= LABEL else f"{event.title[: LABEL - 1]}…"
    return f"✏️ {title}" if event.state == State.DRAFT else title


def _last_row(t: Texts, listing: Listing) -> tuple[Face, ...]:
    plan = (PlanWorkshop().labelled(t.label("➕ New event")),) if listing.leads else ()
    return (*plan, ListPast().labelled(t.label("🗂 Past")), home(t))
