"""The history of a call as members read it: old and new, who said so, and when."""

from dataclasses import dataclass
from itertools import groupby

from bot.domain.calls import past
from bot.domain.calls.past import History
from bot.kit.buttons import Button
from bot.kit.context import Context
from bot.kit.paging import Page
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.calls.differences import difference
from handlers.calls.terms import title_in
from handlers.calls.ways import OpenCallHistory
from handlers.links import OpenCall, way_back
from storage.calls.history import Change, Turn
from storage.calls.records import GrantCall
from storage.calls.sources import Source


@dataclass(frozen=True)
class TurnHistory(Button, prefix="ca.hist.p"):
    call_id: int
    page: int


@on(OpenCallHistory, reading=True)
async def open_history(ctx: Context, press: OpenCallHistory) -> Screen:
    return await _screen(ctx, press.call_id)


@on(TurnHistory, reading=True)
async def turn_history(ctx: Context, press: TurnHistory) -> Screen:
    return await _screen(ctx, press.call_id, press.page)


async def _screen(ctx: Context, call_id: int, page: int = 0) -> Screen:
    t = ctx.t
    told = await past.history(ctx.session, call_id, page, ctx.me, ctx.now)
    call, found = told.call, t.day(told.call.found_at)
    text = paragraphs(
        t("🕓 <b>{title}</b>", title=title_in(t, call)),
        *(_days(t, told) or [t("Nothing has changed since I know of it.")]),
        lines(
            t("Found {day}, last checked {when}.", day=found, when=t.moment(call.checked_at)),
            t("Sources: {names}", names=", ".join(told.sources)) if told.sources else "",
        ),
    )
    turns = Page(told.changes, told.page, told.pages).turns(lambda at: TurnHistory(call_id, at))
    rows = ((turns,) if turns else ()) + way_back(t, OpenCall(call_id))
    return Screen(text, rows)


def _days(t: Texts, told: History) -> list[str]:
    days: list[str] = []
    for day, rows in groupby(told.changes, key=lambda row: t.day(row[0].found_at)):
        said = [_line(t, change, source, told.call) for change, source in rows]
        days.append(lines(t("<b>{day}</b>", day=day), *said))
    return days


def _line(t: Texts, change: Change, source: Source | None, call: GrantCall) -> str:
    value = difference(t, change, call)
    if source is None and change.turn == Turn.OPENED:
        return t("• {value}", value=value)  # its day has come
    who = source.name if source else t.plain("the team")
    return t("• {value} ({who})", value=value, who=who)
