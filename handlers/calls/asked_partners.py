"""Somebody is asked whether they would be a partner, and says yes or no."""

from dataclasses import dataclass

from bot.domain.calls import partners
from bot.domain.calls.partner_search import Reply, Search
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context, Desk
from bot.kit.routes import on
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import Texts
from handlers.calls.bid_card import head, title
from handlers.calls.bid_ways import OpenAsked, OpenSearch
from handlers.calls.partner_words import (
    answered,
    contact,
    identity,
    member,
    settling,
    sought,
)
from handlers.links import OpenCall, home, way_back


@dataclass(frozen=True)
class BePartner(Button, prefix="cp.me.y"):
    search_id: int


@dataclass(frozen=True)
class BeNoPartner(Button, prefix="cp.me.n"):
    search_id: int


async def tell_asked(desk: Desk, search: Search, reply: Reply) -> None:
    t = desk.texts_of(reply.person)
    screen = await _asked(desk, t, search, reply)
    key = f"pa{search.row.key}:p{reply.person.key}"
    call = OpenCall(search.call.key).labelled(t.label("📄 The call"))
    desk.tell(reply.person, Screen(screen.text, (*screen.rows, (call, home(t)))), key=key)


@on(OpenAsked, reading=True)
async def open_asked(ctx: Context, press: OpenAsked) -> Screen:
    search, reply = await partners.put_to(ctx.session, press.search_id, ctx.me)
    return await _asked_screen(ctx, search, reply)


@on(BePartner)
async def be_partner(ctx: Context, press: BePartner) -> Screen:
    search, reply, fresh = await partners.answer(
        ctx.session, press.search_id, ctx.me, ctx.now, willing=True
    )
    if fresh:
        _tell_seeker(ctx, search, reply)
    said = ctx.t.plain("Passed on. I will write when the other side answers.")
    return await _asked_screen(ctx, search, reply, said if fresh else "")


@on(BeNoPartner)
async def be_no_partner(ctx: Context, press: BeNoPartner) -> Screen:
    search, reply, fresh = await partners.answer(
        ctx.session, press.search_id, ctx.me, ctx.now, willing=False
    )
    said = ctx.t.plain("Noted. Nobody learns that you were asked.")
    return await _asked_screen(ctx, search, reply, said if fresh else "")


async def _asked_screen(ctx: Context, search: Search, reply: Reply, toast: str = "") -> Screen:
    screen = await _asked(ctx, ctx.t, search, reply)
    rows = (*screen.rows, *way_back(ctx.t, OpenCall(search.call.key), ctx.t.label("📄 The call")))
    return Screen(screen.text, rows, toast)


async def _asked(desk: Desk, t: Texts, search: Search, reply: Reply) -> Screen:
    live, met = search.live(desk.now), reply.asked.met_at is not None
    who = (
        identity(t, search.seeker, search.organisation)
        if met
        else t("Asked by {who}.", who=member(t, search.organisation))
    )
    text = paragraphs(
        t("🤝 <b>A partner is wanted</b>"),
        await head(desk, search.call, t),
        sought(t, search),
        who,
        answered(t, reply, live=live),
    )
    if met:
        return Screen(text, contact(t, search.seeker))
    return Screen(text, _choice(t, search, reply) if live else ())


def _choice(t: Texts, search: Search, reply: Reply) -> Rows:
    key, willing = search.row.key, reply.asked.willing
    if reply.asked.wanted is False:
        return ()
    yes = BePartner(key).labelled(t.label("👍 I am interested"), "success")
    no = BeNoPartner(key).labelled(t.label("No, thanks"))
    return (tuple(face for face, is_so in ((yes, willing), (no, willing is False)) if not is_so),)


def _tell_seeker(ctx: Context, search: Search, reply: Reply) -> None:
    """Somebody is interested: of what kind, and no more."""
    t = ctx.texts_of(search.seeker)
    text = paragraphs(
        t(
            "👍 {who} is interested in bidding with you for <b>{title}</b>.",
            who=_capital(member(t, reply.organisation)),
            title=title(t, search.call),
        ),
        t("Shall I show you both each other's name and contact?"),
    )
    back = OpenSearch(search.row.key).labelled(t.label("📄 My search"))
    ctx.tell(search.seeker, Screen(text, (settling(t, search, reply), (back, home(t)))))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
