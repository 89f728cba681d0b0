"""Calls that may be one: the manager looks at both and says."""

from dataclasses import dataclass

from bot.domain.calls import twins
from bot.domain.calls.twins import Pair
from bot.kit import paging
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.calls.source_ways import ListTwins
from handlers.calls.ways import ListSources, SettleCall
from handlers.links import way_back
from storage.calls.records import GrantCall


@dataclass(frozen=True)
class JoinCalls(Button, prefix="ca.twin.y"):
    hint_id: int


@dataclass(frozen=True)
class KeepApart(Button, prefix="ca.twin.n"):
    hint_id: int


@on(ListTwins, reading=True)
async def list_twins(ctx: Context, press: ListTwins) -> Screen:
    return await _screen(ctx, press.page)


@on(JoinCalls)
async def join_calls(ctx: Context, press: JoinCalls) -> Screen:
    await twins.join(ctx.session, press.hint_id, ctx.me, ctx.now)
    return await _screen(ctx, toast=ctx.t.plain("They are one call now."))


@on(KeepApart)
async def keep_apart(ctx: Context, press: KeepApart) -> Screen:
    await twins.keep_apart(ctx.session, press.hint_id, ctx.me, ctx.now)
    return await _screen(ctx, toast=ctx.t.plain("They stay two calls."))


async def _screen(ctx: Context, page: int = 0, toast: str = "") -> Screen:
    """One pair at a time: it takes a close look."""
    t = ctx.t
    pairs = await twins.open_pairs(ctx.session, ctx.me, ctx.now)
    shown = paging.page(pairs, page, size=1)
    head = t("👯 <b>The same call?</b>")
    if not shown.items:
        said = t("No two calls are alike. When a source brings one that I may know, it is here.")
        return Screen(paragraphs(head, said), way_back(t, ListSources()), toast)
    pair = shown.items[0]
    turns = shown.turns(ListTwins)
    rows = (*_deeds(t, pair), *((turns,) if turns else ()), *way_back(t, ListSources()))
    return Screen(paragraphs(head, *_both(t, pair)), rows, toast)


def _both(t: Texts, pair: Pair) -> tuple[str, ...]:
    told = t("They have alike titles and a deadline on the same day, from two sources.")
    return told, _one(t, "1", pair.older), _one(t, "2", pair.newer)


def _one(t: Texts, number: str, call: GrantCall) -> str:
    return lines(
        t("{number}. <b>{title}</b>", number=number, title=call.title),
        t("{code} · {provider}", code=call.code, provider=call.provider or call.programme or "–"),
        t("🔗 {link}", link=call.link) if call.link else "",
    )


def _deeds(t: Texts, pair: Pair) -> Rows:
    key = pair.hint.key
    return (
        (
            SettleCall(pair.older.key).labelled(t.label("1️⃣ Open")),
            SettleCall(pair.newer.key).labelled(t.label("2️⃣ Open")),
        ),
        (
            JoinCalls(key).labelled(t.label("They are one"), "success"),
            KeepApart(key).labelled(t.label("They are two")),
        ),
    )
