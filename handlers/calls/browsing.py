"""Grant calls as a list: what is for me, narrowed down by pillar, kind and deadline."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.domain import rights
from bot.domain.calls import browsing
from bot.domain.calls.browsing import ALL, FOLLOWED, MINE, Listing, Span, View, Wanted
from bot.domain.refusals import Gone
from bot.domain.rights import Action
from bot.kit.buttons import Button, Face, Rows
from bot.kit.context import Context
from bot.kit.paging import Page, page
from bot.kit.routes import command, on, start_link
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import Texts, gettext_noop
from handlers.calls import terms
from handlers.calls.cards import LINKED, card_screen
from handlers.calls.half_year import OpenHalfYear
from handlers.calls.listing import cut, entry, label
from handlers.calls.ways import OpenCallsDesk
from handlers.links import ListCalls, ListCallsOf, OpenCallSettings, way_back
from storage.calls.records import Kind

ANY = 0
KINDS, EVERY_SPAN = list(Kind), list(Span)
SPANS = {
    Span.MONTH: gettext_noop("⏳ 30 days"),
    Span.QUARTER: gettext_noop("⏳ 90 days"),
    Span.FORECAST: gettext_noop("🔭 Forecast"),
}
SCOPES = {
    MINE: gettext_noop("For me"),
    FOLLOWED: gettext_noop("I follow"),
    ALL: gettext_noop("All pillars"),
}
LONGEST_ID = 9  # digits
SHOWN = 8  # of those whose calls can be chosen, on one page
NARROW = 28  # characters of a pillar's name on a button


@dataclass(frozen=True)
class BrowseCalls(Button, prefix="ca.ls"):
    """A page of calls: whose (a pillar's id, or a sign below 1), of what kind, until when.

    Kinds and spans are told by their places, kinds from 1; 0 is any.
    """

    whose: int
    kind: int
    span: int
    page: int = 0


@dataclass(frozen=True)
class OpenListed(Button, prefix="ca.it"):
    """A card from a page of the list, with the way back there."""

    call_id: int
    whose: int
    kind: int
    span: int
    page: int


@dataclass(frozen=True)
class ChooseWhose(Button, prefix="ca.ls.w"):
    kind: int
    span: int


@dataclass(frozen=True)
class PageWhose(Button, prefix="ca.ls.wp"):
    kind: int
    span: int
    page: int


@dataclass(frozen=True)
class ChooseKind(Button, prefix="ca.ls.k"):
    whose: int
    span: int


@command("vyzvy", "calls", describe=gettext_noop("Grant calls"), reading=True)
async def list_calls(ctx: Context, _: str) -> Screen:
    return await _screen(ctx, await browsing.first(ctx.session, ctx.me, ctx.now))


@on(ListCalls, reading=True)
async def show_calls(ctx: Context, _: ListCalls) -> Screen:
    return await _screen(ctx, await browsing.first(ctx.session, ctx.me, ctx.now))


@start_link(LINKED)
async def open_link(ctx: Context, token: str) -> Screen:
    if not token:
        return await _screen(ctx, await browsing.first(ctx.session, ctx.me, ctx.now))
    if not token.isdecimal() or len(token) > LONGEST_ID:
        raise Gone
    return await card_screen(ctx, int(token))


@on(BrowseCalls, reading=True)
async def browse(ctx: Context, press: BrowseCalls) -> Screen:
    return await _screen(ctx, _wanted(press.whose, press.kind, press.span), press.page)


@on(ListCallsOf, reading=True)
async def list_calls_of(ctx: Context, press: ListCallsOf) -> Screen:
    return await _screen(ctx, _wanted(press.pillar_id, 0, 0))


@on(OpenListed, reading=True)
async def open_listed(ctx: Context, press: OpenListed) -> Screen:
    back = BrowseCalls(press.whose, press.kind, press.span, press.page)
    return await card_screen(ctx, press.call_id, back)


@on(ChooseWhose, reading=True)
async def choose_whose(ctx: Context, press: ChooseWhose) -> Screen:
    return await page_whose(ctx, PageWhose(press.kind, press.span, 0))


@on(PageWhose, reading=True)
async def page_whose(ctx: Context, press: PageWhose) -> Screen:
    t, wanted = ctx.t, _wanted(ALL, press.kind, press.span)
    listing = await browsing.listing(ctx.session, wanted, ctx.me, ctx.now)
    names = _names(t, listing)
    keys = (MINE, FOLLOWED, ALL, *(each.key for each in listing.pillars))
    part = page([key for key in keys if key in listing.whose], press.page, SHOWN)
    rows: Rows = tuple(
        (_browse(replace(wanted, whose=key)).labelled(f"{names[key]} · {listing.whose[key]}"),)
        for key in part.items
    )
    if turns := part.turns(lambda to: PageWhose(press.kind, press.span, to)):
        rows = (*rows, turns)
    return Screen(t("👥 Whose calls do you want to see?"), (*rows, *way_back(t, _browse(wanted))))


@on(ChooseKind, reading=True)
async def choose_kind(ctx: Context, press: ChooseKind) -> Screen:
    t, wanted = ctx.t, _wanted(press.whose, ANY, press.span)
    listing = await browsing.listing(ctx.session, wanted, ctx.me, ctx.now)
    every = f"{t.label('All kinds')} · {sum(listing.kinds.values())}"
    rows = [
        (_browse(replace(wanted, kind=kind)).labelled(f"{_kind(t, kind)} · {number}"),)
        for kind in Kind
        if (number := listing.kinds.get(kind, 0))
    ]
    back = way_back(t, _browse(wanted))
    return Screen(t("🏷 What kind of calls?"), ((_browse(wanted).labelled(every),), *rows, *back))


async def _screen(ctx: Context, wanted: Wanted, number: int = 0) -> Screen:
    t = ctx.t
    listing = await browsing.listing(ctx.session, wanted, ctx.me, ctx.now)
    part = page(listing.ids, number)
    views = await browsing.shown(ctx.session, part.items, ctx.me, ctx.now)
    text = paragraphs(
        _title(t, listing),
        *(entry(t, each, ctx.now) for each in views),
        "" if views else _nothing(t, listing),
    )
    turns = part.turns(lambda to: _browse(wanted, to))
    rows: Rows = (
        *_opened(t, views, wanted, part),
        *((turns,) if turns else ()),
        *_filters(t, listing),
        await _more(ctx),
    )
    return Screen(text, (*rows, *way_back(t)))


def _title(t: Texts, listing: Listing) -> str:
    wanted = listing.wanted
    said = [_names(t, listing).get(wanted.whose, "")]
    said += [_kind(t, wanted.kind)] if wanted.kind else []
    said += [t.plain(SPANS[wanted.span])] if wanted.span in SPANS else []
    return t("💶 <b>Grant calls</b> · {said}", said=" · ".join(each for each in said if each))


def _nothing(t: Texts, listing: Listing) -> str:
    if listing.wanted == Wanted(FOLLOWED):
        return t("You follow no call yet. Open one and press 👁 Follow.")
    if listing.whose[ALL] and listing.wanted != Wanted():
        return t("No such call is open now. Choose something else below.")
    if listing.wanted.kind or listing.wanted.span != Span.ANY:
        return t("No such call is open now. Choose something else below.")
    return t(
        "No call is open now. As soon as the manager sends one, you will find it here; you can"
        " also write what you are looking for."
    )


def _opened(t: Texts, views: list[View], wanted: Wanted, part: Page[int]) -> Rows:
    where = (wanted.whose, *_places(wanted), part.number)
    return tuple((OpenListed(each.call.key, *where).labelled(label(t, each)),) for each in views)


def _filters(t: Texts, listing: Listing) -> Rows:
    wanted = listing.wanted
    kind, span = _places(wanted)
    whose = cut(_names(t, listing).get(wanted.whose, t.label("All pillars")), NARROW)
    kinds = _kind(t, wanted.kind) if wanted.kind else t.label("All kinds")
    return (
        (
            ChooseWhose(kind, span).labelled(f"👥 {whose}"),
            ChooseKind(wanted.whose, span).labelled(f"🏷 {kinds}"),
        ),
        tuple(_spans(t, listing)),
    )


def _spans(t: Texts, listing: Listing) -> Iterator[Face]:
    """Pressed again, the choice is let go."""
    for span, name in SPANS.items():
        chosen = listing.wanted.span == span
        to = replace(listing.wanted, span=Span.ANY if chosen else span)
        words = t.label(name)
        said = f"✓ {words.partition(' ')[2]}" if chosen else f"{words} ({listing.spans[span]})"
        yield _browse(to).labelled(said)


async def _more(ctx: Context) -> tuple[Face, ...]:
    t, found = ctx.t, [OpenHalfYear().labelled(ctx.t.label("🗓 Half a year"))]
    if await rights.may(ctx.session, ctx.me, Action.FOLLOW_CALLS, ctx.now):
        found.append(OpenCallSettings().labelled(t.label("🔔 Set up alerts")))
    if await rights.may(ctx.session, ctx.me, Action.DRAFT_CALL, ctx.now):
        found.append(OpenCallsDesk().labelled(t.label("🛠 New calls")))
    return tuple(found)


def _names(t: Texts, listing: Listing) -> dict[int, str]:
    """Of the pillars, and of what stands in their place."""
    own = {key: t.plain(name) for key, name in SCOPES.items()}
    return own | {each.key: each.name_in(t.language) for each in listing.pillars}


def _kind(t: Texts, kind: Kind) -> str:
    name = t.label(terms.KINDS[kind])
    return name[0].upper() + name[1:]


def _browse(wanted: Wanted, number: int = 0) -> BrowseCalls:
    return BrowseCalls(wanted.whose, *_places(wanted), number)


def _places(wanted: Wanted) -> tuple[int, int]:
    kind = KINDS.index(wanted.kind) + 1 if wanted.kind else ANY
    return kind, EVERY_SPAN.index(wanted.span)


def _wanted(whose: int, kind: int, span: int) -> Wanted:
    if not (0 <= kind <= len(KINDS) and 0 <= span < len(EVERY_SPAN)):
        raise Gone
    return Wanted(whose, KINDS[kind - 1] if kind else None, EVERY_SPAN[span])
