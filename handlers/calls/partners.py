"""A search for a partner as who began it sees it: who is interested, and the other yes."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.calls import bids, partners
from bot.domain.calls.partner_search import Reply, Search
from bot.domain.calls.partners import PATIENCE
from bot.kit.buttons import Button, Face, Rows
from bot.kit.context import Context, Desk
from bot.kit.routes import job, on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.calls.asked_partners import tell_asked
from handlers.calls.bid_card import head, title
from handlers.calls.bid_ways import OpenAsked, OpenSearch, TurnDown, WantPartner
from handlers.calls.partner_words import (
    ROLES,
    contact,
    identity,
    replies,
    settling,
    sought,
)
from handlers.links import OpenCall, home, way_back
from storage.calls.bids import Role
from storage.people import Person


@dataclass(frozen=True)
class AskOthers(Button, prefix="cp.more"):
    search_id: int


@dataclass(frozen=True)
class AskForHelp(Button, prefix="cp.help"):
    """Have the manager look, too."""

    search_id: int


@dataclass(frozen=True)
class EndSearch(Button, prefix="cp.end"):
    search_id: int


@on(OpenSearch, reading=True)
async def open_search(ctx: Context, press: OpenSearch) -> Screen:
    return await search_screen(ctx, await partners.mine(ctx.session, press.search_id, ctx.me))


async def searches_screen(ctx: Context, call_id: int, found: list[Search], more: Face) -> Screen:
    t = ctx.t
    call = await bids.call_for(ctx.session, call_id, ctx.me, ctx.now)
    rows: Rows = tuple(
        (OpenSearch(each.row.key).labelled(_label(ctx, each)),) for each in found[:5]
    )
    if not bids.is_over(call, ctx.now):
        rows = (*rows, (more,))
    text = paragraphs(await head(ctx, call, t), t("🤝 You look for partners here:"))
    return Screen(text, (*rows, *way_back(t, OpenCall(call_id))))


def _label(ctx: Context, search: Search) -> str:
    t, role = ctx.t, ctx.t.plain(ROLES[Role(search.row.role)])
    if search.met:
        return t.label("✅ {role}: found", role=role)
    if not search.live(ctx.now):
        return t.label("🏁 {role}: ended", role=role)
    return t.label("🔎 {role}: 👍 {n}", role=role, n=len(search.willing))


async def search_screen(
    ctx: Context, search: Search, toast: str = "", *, alert: bool = False
) -> Screen:
    t, live = ctx.t, search.live(ctx.now)
    text = paragraphs(
        t("🤝 <b>Looking for a partner</b>"),
        await head(ctx, search.call, t),
        sought(t, search),
        lines(*replies(t, search))
        or t("I have found nobody to ask yet. The manager may know somebody."),
        "" if live else t("🏁 This search has ended."),
    )
    rows = (*(_rows(t, search) if live else ()), *_contacts(t, search))
    return Screen(text, (*rows, *way_back(t, OpenCall(search.call.key))), toast, alert)


def _rows(t: Texts, search: Search) -> Rows:
    key = search.row.key
    return (
        *(settling(t, search, each) for each in search.willing),
        (
            AskOthers(key).labelled(t.label("👥 Ask others")),
            AskForHelp(key).labelled(t.label("🆘 Manager's help")),
        ),
        (EndSearch(key).labelled(t.label("🏁 End the search")),),
    )


def _contacts(t: Texts, search: Search) -> Rows:
    return tuple(row for each in search.met for row in contact(t, each.person))


@on(WantPartner)
async def want(ctx: Context, press: WantPartner) -> Screen:
    search, reply, fresh = await partners.settle(
        ctx.session, press.search_id, press.person_id, ctx.me, ctx.now, wanted=True
    )
    if fresh:
        _tell_met(ctx, search, reply)
    search = await partners.mine(ctx.session, press.search_id, ctx.me)
    said = ctx.t.plain("You both agree. Good luck with the bid!") if fresh else ""
    return await search_screen(ctx, search, said)


def _tell_met(ctx: Context, search: Search, reply: Reply) -> None:
    t = ctx.texts_of(reply.person)
    text = paragraphs(
        t("🤝 You both said yes to bidding together for <b>{title}</b>.",
          title=title(t, search.call)),
        identity(t, search.seeker, search.organisation),
        t("They see your name and contact, too. Write to each other!"),
    )  # fmt: skip
    _tell(ctx, reply.person, search, text, contact(t, search.seeker))


@on(TurnDown)
async def turn_down(ctx: Context, press: TurnDown) -> Screen:
    search, reply, fresh = await partners.settle(
        ctx.session, press.search_id, press.person_id, ctx.me, ctx.now, wanted=False
    )
    if fresh:
        t = ctx.texts_of(reply.person)
        text = t(
            "🙏 About <b>{title}</b>: they have chosen somebody else. Thank you for your yes.",
            title=title(t, search.call),
        )
        _tell(ctx, reply.person, search, text)
    search = await partners.mine(ctx.session, press.search_id, ctx.me)
    return await search_screen(ctx, search, ctx.t.plain("I will tell them kindly."))


@on(AskOthers)
async def ask_others(ctx: Context, press: AskOthers) -> Screen:
    t, zone = ctx.t, ctx.house.cluster.zone
    search, new = await partners.ask_others(ctx.session, press.search_id, ctx.me, zone, ctx.now)
    for reply in new:
        await tell_asked(ctx, search, reply)
    if not new:
        none = t.plain("There is nobody else who fits. The manager may know somebody.")
        return await search_screen(ctx, search, none, alert=True)
    said = t.plain_n("I have asked {n} more member.", "I have asked {n} more members.", len(new))
    return await search_screen(ctx, search, said)


@on(AskForHelp)
async def ask_for_help(ctx: Context, press: AskForHelp) -> Screen:
    search, managers = await partners.help_wanted(ctx.session, press.search_id, ctx.me, ctx.now)
    for person in managers:
        t = ctx.texts_of(person)
        text = paragraphs(
            t("🆘 <b>A partner is wanted, and I have not found one</b>"),
            await head(ctx, search.call, t),
            sought(t, search),
            identity(t, search.seeker, search.organisation),
        )
        call = OpenCall(search.call.key).labelled(t.label("📄 The call"))
        rows = (*contact(t, search.seeker), (call, home(t)))
        ctx.tell(person, Screen(text, rows), key=f"ph{search.row.key}:p{person.key}")
    said = ctx.t.plain("The manager knows, with your name and what you are looking for.")
    return await search_screen(ctx, search, said)


@on(EndSearch)
async def end(ctx: Context, press: EndSearch) -> Screen:
    search, hopeful = await partners.end(ctx.session, press.search_id, ctx.me, ctx.now)
    for reply in hopeful:
        t = ctx.texts_of(reply.person)
        text = t(
            "🏁 The search for a partner for <b>{title}</b> has ended. Thank you for your yes.",
            title=title(t, search.call),
        )
        _tell(ctx, reply.person, search, text)
    return await search_screen(ctx, search, ctx.t.plain("Ended."))


def _tell(desk: Desk, person: Person, search: Search, text: str, rows: Rows = ()) -> None:
    t = desk.texts_of(person)
    back = OpenAsked(search.row.key).labelled(t.label("📄 What was wanted"))
    desk.tell(person, Screen(text, (*rows, (back, home(t)))))


@job("partners", every=timedelta(minutes=5))
async def in_vain(desk: Desk) -> None:
    zone = desk.house.cluster.zone
    for search, others in await partners.in_vain(desk.session, zone, desk.now):
        t, key = desk.texts_of(search.seeker), search.row.key
        text = t.n(
            "😕 In {n} working day nobody has said yes to bidding with you for <b>{title}</b>.",
            "😕 In {n} working days nobody has said yes to bidding with you for <b>{title}</b>.",
            PATIENCE,
            title=title(t, search.call),
        )
        more = AskOthers(key).labelled(t.label("👥 Ask others ({n})", n=len(others)))
        rows: Rows = (
            *(((more,),) if others else ()),
            (AskForHelp(key).labelled(t.label("🆘 Manager's help")),),
            (OpenSearch(key).labelled(t.label("📄 My search")), home(t)),
        )
        dedup = f"pv{key}:{search.row.began_at:%y%m%d}:{len(search.replies)}"
        desk.tell(search.seeker, Screen(text, rows), key=dedup)
