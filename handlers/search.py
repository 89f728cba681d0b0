"""Typed text that answers no question is a search."""

from collections.abc import Iterator

from bot.domain import search
from bot.domain.search import Found
from bot.kit.buttons import Rows
from bot.kit.context import Context
from bot.kit.routes import fallback
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.links import (
    ListInstruments,
    ListWorkshops,
    OpenInstrument,
    OpenWorkshop,
    way_back,
)

ECHOED = 40  # characters of what was typed that are repeated


@fallback("search", reading=True)
async def look_up(ctx: Context, text: str) -> Screen:
    found = await search.search(ctx.session, text, ctx.me, ctx.now)
    typed = " ".join(text.split())
    if len(typed) > ECHOED:
        typed = f"{typed[:ECHOED]}…"
    return _results(ctx.t, found, typed) if found else _nothing(ctx.t, typed)


def _results(t: Texts, found: Found, typed: str) -> Screen:
    title = t("🔎 <b>{words}</b>", words=typed)
    return Screen(paragraphs(title, lines(*_lines(t, found))), (*_buttons(found), *way_back(t)))


def _lines(t: Texts, found: Found) -> Iterator[str]:
    for event in found.events:
        yield t("📅 {title} – {day}", title=event.title, day=t.day(event.starts_at))
    for tool in found.instruments:
        yield t("🔬 {name} – {owner}", name=tool.name, owner=tool.owner)


def _buttons(found: Found) -> Rows:
    events = ((OpenWorkshop(each.key).labelled(f"📅 {each.title}"),) for each in found.events)
    tools = ((OpenInstrument(each.key).labelled(f"🔬 {each.name}"),) for each in found.instruments)
    return (*events, *tools)


def _nothing(t: Texts, typed: str) -> Screen:
    text = paragraphs(
        t("🔎 I have found nothing like “{words}”.", words=typed),
        t("Try one shorter word, such as <i>laser</i>, or look through the lists."),
    )
    lists = (
        ListWorkshops().labelled(t.label("📅 Events")),
        ListInstruments().labelled(t.label("🔬 Equipment")),
    )
    return Screen(text, (lists, *way_back(t)))
