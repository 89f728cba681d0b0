"""What people are told apart by: each value is ticked or not, and the count follows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.announcements import Card, composing, results, saving
from bot.kit.buttons import Button, Face, Rows
from bot.kit.context import Context
from bot.kit.paging import page
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import LANGUAGES, Texts, gettext_noop
from handlers.announcements.audience import event_label
from handlers.announcements.audience_said import WORDS, addressees, code, read, value_name
from handlers.announcements.audience_ways import (
    FindOrganisationFor,
    ListConditions,
    ListValues,
    Toggle,
    overtaken,
)
from handlers.announcements.cards import BackToDraft
from handlers.announcements.terms import reach
from handlers.announcements.titles import title
from handlers.links import way_back
from storage import announcements as store
from storage import organisations, pillars, workshops
from storage.announcements import Announcement, Clause, Content, Facet, audiences
from storage.organisations import Kind
from storage.people import RoleName

OF_EVENTS = (Facet.REGISTERED, Facet.CAME, Facet.SILENT)
OF_ANNOUNCEMENTS = (Facet.GOT, Facet.REACTED)
LONG_AGO = timedelta(days=365)  # events that ended earlier are not on offer
ANNOUNCEMENTS = 50
SHOWN = 8  # on one page
WORDED: dict[Facet, Sequence[str]] = {
    Facet.MEMBERSHIP: (audiences.MEMBERS, audiences.GUESTS),
    Facet.ROLE: tuple(RoleName),
    Facet.KIND: tuple(Kind),
    Facet.LANGUAGE: LANGUAGES,
}
RELATIONS = {
    Facet.REGISTERED: gettext_noop("registered"),
    Facet.CAME: gettext_noop("came"),
    Facet.SILENT: gettext_noop("seated, not confirmed"),
    Facet.GOT: gettext_noop("have got it"),
    Facet.REACTED: gettext_noop("have reacted"),
}
Value = tuple[int | str, str]  # and its label


@dataclass(frozen=True)
class OpenThing(Button, prefix="an.au.x"):
    """An event or an earlier announcement, and how people may be related to it."""

    announcement_id: int
    condition: str
    page: int  # of the list it was chosen from


@on(ListValues, reading=True)
async def list_values(ctx: Context, press: ListValues) -> Screen:
    card = await composing.choosing(ctx.session, press.announcement_id, ctx.me, ctx.now)
    return await _values(ctx, card, read(press.condition), press.page)


@on(OpenThing, reading=True)
async def open_thing(ctx: Context, press: OpenThing) -> Screen:
    card = await composing.choosing(ctx.session, press.announcement_id, ctx.me, ctx.now)
    return _relations(ctx, card, read(press.condition), press.page)


@on(Toggle)
async def toggle(ctx: Context, press: Toggle) -> Screen:
    key, value, toast = press.announcement_id, read(press.condition), ""
    try:
        card = await composing.toggle(
            ctx.session, key, ctx.me, value, ctx.now, edition=press.edition
        )
    except composing.Overtaken as why:
        card = await composing.choosing(ctx.session, key, ctx.me, ctx.now)
        toast = overtaken(ctx, why)
    if value.facet in RELATIONS:
        shown = _relations(ctx, card, value, press.page)
    else:
        shown = await _values(ctx, card, value, press.page)
    return replace(shown, toast=toast, alert=bool(toast))


async def _values(ctx: Context, card: Card, condition: Clause, number: int) -> Screen:
    """What is chosen and not on offer any more stands first, so that it can be taken out."""
    t, key, facet, but = ctx.t, card.announcement.key, condition.facet, condition.but
    offered = await _offered(ctx, facet)
    chosen = _chosen(card, facet, but=but)
    known = {value for value, _ in offered}
    missing = [(v, value_name(t, f, v, card.named)) for f, v in chosen if v not in known]
    part = page([*dict(missing).items(), *offered], number, SHOWN)
    ticked = {value for _, value in chosen}
    rows: list[tuple[Face, ...]] = [
        (_face(card, condition, value, _ticked(label, chosen=value in ticked), part.number),)
        for value, label in part.items
    ]
    if turns := part.turns(lambda to: ListValues(key, code(facet, but=but), to)):
        rows.append(turns)
    if facet is Facet.ORGANISATION:
        rows.append((FindOrganisationFor(key, int(but)).labelled(t.label("🔎 Find by name")),))
    nothing = "" if part.items else t("There is nothing to choose from yet.")
    ways = (*_done(t, card), *way_back(t, ListConditions(key, int(but))))
    return Screen(paragraphs(heading(ctx, card), nothing), (*rows, *ways))


def _done(t: Texts, card: Card) -> Rows:
    if card.choice is None:
        return ()
    done = BackToDraft(card.announcement.key).labelled(t.label("✅ Done"), "success")
    return ((done,),)


def _face(card: Card, condition: Clause, value: int | str, label: str, number: int) -> Face:
    key, facet, but = card.announcement.key, condition.facet, condition.but
    if facet in RELATIONS:
        return OpenThing(key, code(facet, value, but=but), number).labelled(label)
    edition, toggled = card.announcement.edition, code(facet, value, but=but)
    return Toggle(key, edition, toggled, number).labelled(label)


def _relations(ctx: Context, card: Card, condition: Clause, number: int) -> Screen:
    t, made, but = ctx.t, card.announcement, condition.but
    facets = OF_EVENTS if condition.facet in OF_EVENTS else OF_ANNOUNCEMENTS
    (value,) = condition.values
    rows: Rows = tuple(
        (
            Toggle(made.key, made.edition, code(facet, value, but=but), number).labelled(
                _ticked(
                    t.label(RELATIONS[facet]),
                    chosen=(facet, value) in _chosen(card, facet, but=but),
                )
            ),
        )
        for facet in facets
    )
    back = ListValues(made.key, code(facets[0], but=but), number)
    return Screen(heading(ctx, card), (*rows, *_done(t, card), *way_back(t, back)))


def heading(ctx: Context, card: Card) -> str:
    """For whom it is so far, and how many they are."""
    t = ctx.t
    if card.choice is None:
        return t("<b>For whom is it?</b>\nNobody is chosen yet.")
    gone = "" if card.is_whole else t("⚠️ Something here does not exist any more; take it out.")
    count = reach(t, card)
    return lines(addressees(t, card.choice, card.named), count, gone)


def _chosen(card: Card, facet: Facet, *, but: bool) -> list[tuple[Facet, int | str]]:
    """With the values of its kin: an event may be chosen by any of its relations."""
    kin = next((each for each in (OF_EVENTS, OF_ANNOUNCEMENTS) if facet in each), (facet,))
    clauses = card.choice.clauses if card.choice else ()
    mine = [each for each in clauses if each.facet in kin and each.but == but]
    return [(each.facet, value) for each in mine for value in each.values]


async def _offered(ctx: Context, facet: Facet) -> list[Value]:
    t, session, now = ctx.t, ctx.session, ctx.now
    if facet in WORDED:
        return [(value, t.label(WORDS[value])) for value in WORDED[facet]]
    if facet in OF_EVENTS:
        past = await workshops.listing.past(session, now - LONG_AGO, now)
        known = [*await workshops.coming(session, now), *past]
        return [(each.key, event_label(t, each)) for each in known]
    match facet:
        case Facet.PILLAR:
            standing = await pillars.standing(session, now)
            return [(each.key, each.name_in(t.language)) for each in standing]
        case Facet.ORGANISATION:
            return [(each.key, each.short) for each in await organisations.every(session)]
        case Facet.SAVED:
            return [(each.key, each.name) for each in await saving.offered(session, ctx.me, now)]
        case _:
            return await _earlier(ctx)


async def _earlier(ctx: Context) -> list[Value]:
    sent = await results.lately(ctx.session, ctx.me, ctx.now, ANNOUNCEMENTS)
    contents = await store.contents_of(ctx.session, [each.key for each in sent])
    return [(each.key, _sent_label(ctx.t, each, contents[each.key])) for each in sent]


def _sent_label(t: Texts, sent: Announcement, contents: Sequence[Content]) -> str:
    assert sent.sent_at is not None
    return f"{t.date(sent.sent_at.astimezone(t.zone).date())} · {title(t, contents)}"


def _ticked(label: str, *, chosen: bool) -> str:
    return f"✓ {label}" if chosen else label
