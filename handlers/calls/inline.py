"""Calls in any chat: the bot's name and a few words, a tap, and the others can open them."""

from bot.domain.calls import browsing, finding
from bot.domain.calls.browsing import View
from bot.kit.buttons import link
from bot.kit.context import Context
from bot.kit.inline import PAGE, Hit, Hits, start_of
from bot.kit.routes import on_inline
from bot.kit.screens import Screen
from handlers.calls.cards import LINKED
from handlers.calls.listing import about, entry, when
from handlers.calls.terms import title_in


@on_inline(place=2)
async def answer(ctx: Context, words: str, at: str) -> Hits:
    asked = finding.is_asked_for(words)
    found = await finding.look_up(ctx.session, words, ctx.now)
    if asked and not found.ids:
        return Hits((), way_in=(ctx.t.plain("No such call. Open the bot"), LINKED))
    start = start_of(at)
    keys = found.ids[start : start + PAGE]
    views = await browsing.shown(ctx.session, keys, ctx.me, ctx.now)
    more = str(start + PAGE) if len(found.ids) > start + PAGE else ""
    return Hits([_hit(ctx, each) for each in views], more)


def _hit(ctx: Context, view: View) -> Hit:
    """What others see says nothing of how well it fits the one who sends it."""
    t, call = ctx.t, view.call
    plain = View(call, view.deadlines, view.pillars, fit=None, interest=None)
    url = ctx.house.start_link(f"{LINKED}{call.key}")
    card = Screen(entry(t, plain, ctx.now), ((link(t.label("💶 Open the call"), url),),))
    said = f"{when(t, plain, ctx.now)} · {about(t, plain)}"
    return Hit(f"call-{call.key}", title_in(t, call), said, card)
