"""Narrowing a search down: what is found, counted by pillar, field, access, region and owner."""

from collections.abc import Iterator

from bot.domain import search
from bot.domain.refusals import Gone
from bot.domain.search import Results
from bot.kit.buttons import Face
from bot.kit.context import Context
from bot.kit.paging import page
from bot.kit.routes import on
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import Texts
from handlers.equipment.facets import names_of
from handlers.equipment.searching import echo, results_screen
from handlers.equipment.ways import ChooseFacet, LetGo, Narrow, NarrowBy, OpenSearch
from handlers.equipment.words import CODES, KINDS, facet_name, kind_of, value_of
from handlers.links import way_back


@on(Narrow, reading=True)
async def narrow(ctx: Context, press: Narrow) -> Screen:
    results = await search.again(ctx.session, press.search_id, ctx.me, ctx.now)
    return await narrowing_screen(ctx, results)


@on(NarrowBy, reading=True)
async def narrow_by(ctx: Context, press: NarrowBy) -> Screen:
    t, kind = ctx.t, _kind(press.kind)
    results = await search.again(ctx.session, press.search_id, ctx.me, ctx.now)
    counted = _of_kind(results, kind)
    names = await names_of(ctx, counted)
    part = page(sorted(counted, key=lambda each: (-counted[each], each)), press.page)
    rows = [
        (
            ChooseFacet(press.search_id, press.kind, value_of(each)).labelled(
                f"{facet_name(t, each, names)} · {_number(results, counted[each])}"
            ),
        )
        for each in part.items
    ]
    turns = part.turns(lambda to: NarrowBy(press.search_id, press.kind, to))
    shown = (*rows, turns) if turns else tuple(rows)
    text = paragraphs(
        _title(t, results), t("<b>{kind}</b>: choose one.", kind=t.plain(KINDS[kind]))
    )
    return Screen(text, (*shown, *way_back(t, Narrow(press.search_id))))


@on(ChooseFacet)
async def choose_facet(ctx: Context, press: ChooseFacet) -> Screen:
    facet = f"{_kind(press.kind)}:{press.value}"
    return await results_screen(
        ctx, await search.choose(ctx.session, press.search_id, facet, ctx.me, ctx.now)
    )


@on(LetGo)
async def let_go(ctx: Context, press: LetGo) -> Screen:
    kind = _kind(press.kind)
    results = await search.let_go(ctx.session, press.search_id, kind, ctx.me, ctx.now)
    return await narrowing_screen(ctx, results)


async def narrowing_screen(ctx: Context, results: Results) -> Screen:
    t, row = ctx.t, results.search
    names = await names_of(ctx, row.chosen)
    chosen = tuple(
        (LetGo(row.key, _code(each)).labelled(f"✖ {facet_name(t, each, names)}"),)
        for each in row.chosen
    )
    kinds = tuple(_kinds(t, results))
    words = t("What should it be narrowed down by?") if kinds else t("There is no more to choose.")
    shown = OpenSearch(row.key).labelled(_show(t, results), "primary")
    return Screen(paragraphs(_title(t, results), words), (*chosen, *kinds, (shown,), *way_back(t)))


def _kinds(t: Texts, results: Results) -> Iterator[tuple[Face, ...]]:
    taken = {kind_of(each) for each in results.search.chosen}
    for code, kind in CODES.items():
        values = _of_kind(results, kind)
        if kind not in taken and len(values) > 1:
            label = f"{t.label(KINDS[kind])} ({len(values)})"
            yield (NarrowBy(results.search.key, code).labelled(label),)


def _of_kind(results: Results, kind: str) -> dict[str, int]:
    facets = results.instruments.facets
    return {each: number for each, number in facets.items() if kind_of(each) == kind}


def _title(t: Texts, results: Results) -> str:
    said = results.search.said
    return t("🔎 <b>{words}</b>", words=echo(said)) if said else t("🔬 <b>Members' equipment</b>")


def _show(t: Texts, results: Results) -> str:
    found = results.instruments
    number = f"{len(found.ids)}+" if found.more else str(len(found.ids))
    return t.label("Show results ({n})", n=number)


def _number(results: Results, number: int) -> str:
    """Of more than we look through, at least so many."""
    return f"{number}+" if results.instruments.more else str(number)


def _code(facet: str) -> str:
    return kind_of(facet)[0]


def _kind(code: str) -> str:
    if code not in CODES:
        raise Gone
    return CODES[code]
