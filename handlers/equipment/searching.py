"""Typed text that answers no question is a search; its results a page at a time."""

from collections.abc import Iterator, Sequence

from bot.domain import instruments, search
from bot.domain.calls import finding as calls
from bot.domain.calls.finding import Heading
from bot.domain.instruments.visibility import View
from bot.domain.search import Results
from bot.kit.buttons import Face, Rows
from bot.kit.context import Context
from bot.kit.paging import Page, page
from bot.kit.routes import fallback, on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.equipment.facets import names_of
from handlers.equipment.listing import entry, name_in
from handlers.equipment.ways import AskMembers, Narrow, OpenFound, OpenSearch, SearchFor
from handlers.equipment.words import facet_name
from handlers.links import (
    ListCalls,
    ListFoundCalls,
    ListInstruments,
    ListWorkshops,
    OpenCall,
    OpenWorkshop,
    way_back,
)

ECHOED = 40  # characters of what was typed that are repeated
CALLS, CALLS_BESIDE = 5, 2  # that are shown
LABEL = 48  # characters of a call's title on a button


@fallback("search")
async def look_up(ctx: Context, text: str) -> Screen:
    return await results_screen(ctx, await search.begin(ctx.session, text, ctx.me, ctx.now))


@on(SearchFor)
async def search_for(ctx: Context, press: SearchFor) -> Screen:
    return await look_up(ctx, press.word)


@on(OpenSearch, reading=True)
async def open_search(ctx: Context, press: OpenSearch) -> Screen:
    results = await search.again(ctx.session, press.search_id, ctx.me, ctx.now)
    return await results_screen(ctx, results, press.page)


async def results_screen(ctx: Context, results: Results, number: int = 0) -> Screen:
    if not results:
        return _nothing(ctx, results)
    t, row = ctx.t, results.search
    part = page(results.instruments.ids, number)
    views = await instruments.shown(ctx.session, part.items, ctx.me, ctx.now)
    events = results.events if part.number == 0 else ()
    funding = await _calls(ctx, results) if part.number == 0 else ()
    names = await names_of(ctx, row.chosen)
    narrowed = [facet_name(t, each, names) for each in row.chosen]
    text = paragraphs(
        lines(*_title(t, results, narrowed)),
        lines(*(t("📅 {title} – {day}", title=e.title, day=t.day(e.starts_at)) for e in events)),
        lines(*(_call(t, each) for each in funding)),
        *(entry(t, each) for each in views),
    )
    invited = tuple((OpenWorkshop(each.key).labelled(f"📅 {each.title}"),) for each in events)
    found = (*_to_calls(t, results, funding), *_found(t, views, row.key, part))
    return Screen(text, (*invited, *found, *_ways_on(ctx, results), *way_back(t)))


async def _calls(ctx: Context, results: Results) -> Sequence[Heading]:
    """A few, or more where calls were asked for."""
    most = CALLS if results.of_calls else CALLS_BESIDE
    return await calls.headings(ctx.session, results.calls.ids[:most], ctx.now)


def _call(t: Texts, heading: Heading) -> str:
    title = heading.title_in(t.language)
    if heading.deadline_at is None:
        return t("💶 {title}", title=title)
    return t("💶 {title} – {day}", title=title, day=t.day(heading.deadline_at))


def _to_calls(t: Texts, results: Results, shown: Sequence[Heading]) -> Rows:
    rows = [
        (OpenCall(each.id).labelled(f"💶 {_short(each.title_in(t.language))}"),) for each in shown
    ]
    found = results.calls
    if shown and len(found.ids) > len(shown):
        number = f"{len(found.ids)}+" if found.more else str(len(found.ids))
        every = t.label("💶 All calls found ({n})", n=number)
        rows.append((ListFoundCalls(results.search.key).labelled(every),))
    return tuple(rows)


def _title(t: Texts, results: Results, narrowed: Sequence[str]) -> Iterator[str]:
    found, said = results.instruments, results.search.said
    if said:
        yield t("🔎 <b>{words}</b>", words=echo(said))
    if found.question.meant:
        yield t("Searching for: <b>{words}</b>", words=found.question.meant)
    if narrowed:
        yield t("🎛 {chosen}", chosen=" · ".join(narrowed))
    if found.ids and said and not found.whole:
        yield t("Nobody has just that. What comes nearest:")
    elif found.more:
        yield t("More than {n} instruments", n=t.number(len(found.ids)))
    elif found.ids:
        yield t.n("{n} instrument", "{n} instruments", found.whole or len(found.ids))


def _found(t: Texts, views: Sequence[View], search_id: int, part: Page[int]) -> Rows:
    rows = [
        (
            OpenFound(each.instrument.key, search_id, part.number).labelled(
                f"🔬 {name_in(t, each.instrument)}"
            ),
        )
        for each in views
    ]
    turns = part.turns(lambda to: OpenSearch(search_id, to))
    return (*rows, turns) if turns else tuple(rows)


def _ways_on(ctx: Context, results: Results) -> Rows:
    t, key = ctx.t, results.search.key
    ways: list[Face] = []
    if len(results.instruments.ids) > 1 or results.search.chosen:
        ways.append(Narrow(key).labelled(t.label("🎛 Narrow down")))
    if ctx.me.is_member and results.instruments.ids and results.search.said:
        ways.append(AskMembers(key).labelled(t.label("📣 Ask members")))
    return (tuple(ways),) if ways else ()


def _nothing(ctx: Context, results: Results) -> Screen:
    t, row, question = ctx.t, results.search, results.instruments.question
    if row.chosen:
        words = t("Nothing has all that. Leave something out.")
        return Screen(words, ((Narrow(row.key).labelled(t.label("🎛 Narrow down")),), *way_back(t)))
    understood = question.meant or echo(row.said)
    near = results.instruments.nearest
    text = paragraphs(
        t("🔎 I have found nothing like “{words}”.", words=echo(row.said)),
        t("I was looking for: {words}", words=understood) if question.meant else "",
        t("Did you mean one of these?") if near else "",
        t("Try one shorter word, such as <i>laser</i>, or look through the lists.")
        if not near
        else "",
    )
    meant = tuple((SearchFor(word).labelled(f"🔎 {word}"),) for word in near)
    asked = ctx.me.is_member and bool(question)
    ask = ((AskMembers(row.key).labelled(t.label("📣 Ask members anonymously"), "primary"),),)
    lists = (
        ListWorkshops().labelled(t.label("📅 Events")),
        ListInstruments().labelled(t.label("🔬 Equipment")),
    )
    to_calls = (ListCalls().labelled(t.label("💶 Grant calls")),)
    return Screen(text, (*meant, *(ask if asked else ()), lists, to_calls, *way_back(t)))


def _short(title: str) -> str:
    return title if len(title) <= LABEL else f"{title[: LABEL - 1].rstrip()}…"


def echo(typed: str) -> str:
    return f"{typed[:ECHOED]}…" if len(typed) > ECHOED else typed
