"""Cards in any chat: the bot's name and a few words, a tap, and the others can open them."""

from bot.domain import instruments
from bot.domain.calls import finding as calls
from bot.domain.instruments import finding
from bot.domain.instruments.visibility import View
from bot.kit.buttons import link
from bot.kit.context import Context
from bot.kit.inline import PAGE, Hit, Hits, start_of
from bot.kit.routes import on_inline
from bot.kit.screens import Screen, paragraphs
from handlers.equipment.cards import LINKED
from handlers.equipment.listing import about, entry, name_in


@on_inline(place=1)
async def answer(ctx: Context, words: str, at: str) -> Hits:
    t = ctx.t
    if calls.is_asked_for(words):
        return Hits(())
    found = await finding.look_for(ctx.session, words, ctx.me, ctx.now)
    start = start_of(at)
    keys = found.ids[start : start + PAGE]
    views = await instruments.shown(ctx.session, keys, ctx.me, ctx.now)
    more = str(start + PAGE) if len(found.ids) > start + PAGE else ""
    if words.strip() and not found.ids:
        return Hits((), way_in=(t.plain("Nobody has that. Open the bot"), LINKED))
    if not words.strip():
        return Hits((), way_in=(t.plain("Write what you are looking for"), LINKED))
    return Hits([_hit(ctx, each) for each in views], more)


def _hit(ctx: Context, view: View) -> Hit:
    t, it = ctx.t, view.instrument
    said = view["what_en" if t.language == "en" else "what"] or view["what"] or ""
    text = paragraphs(entry(t, view), t("{what}", what=said) if said else "")
    url = ctx.house.start_link(f"{LINKED}{it.key}")
    card = Screen(text, ((link(t.label("🔬 Open the card"), url),),))
    return Hit(str(it.key), name_in(t, it), about(t, view), card)
