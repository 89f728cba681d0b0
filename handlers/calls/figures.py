"""Calls and bids of a year, for the annual report: on a screen, and as tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.calls import figures
from bot.domain.calls.figures import Counts, Figures, Line
from bot.kit.buttons import Button, Face, Rows
from bot.kit.context import Context
from bot.kit.errands import Trip
from bot.kit.routes import errand, on
from bot.kit.screens import Screen, Toast, lines, paragraphs
from bot.kit.texts import Texts, gettext_noop
from bot.papers.spreadsheet import Table, xlsx
from handlers.calls import terms
from handlers.calls.ways import OpenBidFigures, OpenCallsDesk
from handlers.links import way_back
from storage import people
from storage.calls.bids import Handed, Result
from storage.people import Person

HANDED = {
    Handed.SUBMITTED: gettext_noop("handed in"),
    Handed.WITH_PARTNER: gettext_noop("handed in with a partner"),
    Handed.NOT_SUBMITTED: gettext_noop("not handed in"),
}
RESULTS = {
    Result.WON: gettext_noop("won"),
    Result.RESERVE: gettext_noop("in reserve"),
    Result.LOST: gettext_noop("not supported"),
}
SHOWN = 5  # programmes on the screen
THIS_YEAR = 9999


@dataclass(frozen=True)
class OpenBidYear(Button, prefix="ca.fig.y"):
    year: int


@dataclass(frozen=True)
class GetBidTables(Button, prefix="ca.fig.x"):
    year: int


@on(OpenBidFigures, reading=True)
async def open_figures(ctx: Context, _: OpenBidFigures) -> Screen:
    return await _screen(ctx, THIS_YEAR)


@on(OpenBidYear, reading=True)
async def open_year(ctx: Context, press: OpenBidYear) -> Screen:
    return await _screen(ctx, press.year)


async def _screen(ctx: Context, year: int) -> Screen:
    t, zone = ctx.t, ctx.house.cluster.zone
    known = await figures.figures(ctx.session, ctx.me, year, t.language, zone, ctx.now)
    this_year = ctx.now.astimezone(zone).year
    table = GetBidTables(known.year).labelled(t.label("📊 As a table"))
    rows: Rows = ((table,), *way_back(t, OpenCallsDesk()))
    turns = _turns(known, this_year)
    return Screen(_text(t, known), (turns, *rows) if turns else rows)


def _turns(known: Figures, this_year: int) -> tuple[Face, ...]:
    before = known.year - 1 if known.year > known.first else None
    after = known.year + 1 if known.year < this_year else None
    faces = [OpenBidYear(before).labelled(f"◀ {before}")] if before else []
    return (*faces, *([OpenBidYear(after).labelled(f"{after} ▶")] if after else ()))


def _text(t: Texts, known: Figures) -> str:
    whole = known.whole
    if not whole.sent and not whole.bids and not known.searches:
        return paragraphs(
            t("📈 <b>Calls and bids in {year}</b>", year=known.year),
            t("Nothing yet. It fills by itself as calls are sent and people say how they bid."),
        )
    return paragraphs(
        t("📈 <b>Calls and bids in {year}</b>", year=known.year),
        lines(*_counted(t, whole)),
        lines(*_partners(t, known)),
        lines(*_programmes(t, known)),
    )


def _counted(t: Texts, whole: Counts) -> Iterator[str]:
    yield t("💶 Calls sent: {n}", n=whole.sent)
    yield t("👁 Calls followed: {n}", n=whole.followed)
    yield t("🙋 Bids: {n}", n=whole.bids)
    yield t("✅ Handed in: {n}, of these with a partner: {with_partner}", n=whole.submitted,
            with_partner=whole.with_partner)  # fmt: skip
    yield t("🏆 Won: {won}, in reserve: {reserve}, not supported: {lost}, not known: {unknown}",
            won=whole.won, reserve=whole.reserve, lost=whole.lost,
            unknown=whole.undecided)  # fmt: skip
    if whole.amounts:
        yield t("💰 Support won: <b>{amounts}</b>", amounts=_amounts(t, whole))
    if whole.unpriced:
        yield t.n("❔ {n} win without an amount", "❔ {n} wins without an amount", whole.unpriced)
    if whole.silent:
        yield t.n(
            "❔ {n} organisation was asked and has not answered",
            "❔ {n} times an organisation was asked and has not answered",
            whole.silent,
        )


def _amounts(t: Texts, counts: Counts) -> str:
    return " + ".join(t.money(amount, each) for each, amount in sorted(counts.amounts.items()))


def _partners(t: Texts, known: Figures) -> Iterator[str]:
    if known.searches:
        yield t("🤝 Partners looked for: {n}, found: {met}", n=known.searches, met=known.met)


def _programmes(t: Texts, known: Figures) -> Iterator[str]:
    told = [each for each in known.programmes if each[1].bids][:SHOWN]
    if told:
        yield t("<b>By programme</b> (handed in / won)")
    for name, counts in told:
        yield t("• {name}: {n} / {won}", name=name or t.plain("other"), n=counts.submitted,
                won=counts.won)  # fmt: skip


@on(GetBidTables)
async def get_tables(ctx: Context, press: GetBidTables) -> Toast:
    zone = ctx.house.cluster.zone
    await figures.figures(ctx.session, ctx.me, press.year, ctx.t.language, zone, ctx.now)
    await ctx.errand("calls.figures", person_id=ctx.me.key, year=press.year)
    return Toast(ctx.t.plain("The table is on its way."))


@errand("calls.figures")
async def give_tables(trip: Trip, person_id: int, year: int) -> None:
    me, known = await _known(trip, person_id, year)
    t = trip.house.texts[me.language]
    content = await trip.aside(xlsx, _tables(t, known), trip.house.cluster.name, trip.now)
    async with trip.deliver() as desk:
        await desk.send_file(me, f"calls-{known.year}.xlsx", content, _text(t, known))


async def _known(trip: Trip, person_id: int, year: int) -> tuple[Person, Figures]:
    async with trip.look() as desk:
        me = await people.find(desk.session, person_id)
        assert me is not None
        zone = desk.house.cluster.zone
        known = await figures.figures(desk.session, me, year, me.language, zone, trip.now)
        return me, known


def _tables(t: Texts, known: Figures) -> list[Table]:
    about = (
        t.plain("Calls and bids in {year}", year=known.year),
        t.plain("A bid belongs to the year of its call's last deadline."),
        t.plain("What nobody has answered is counted as not answered; nothing is estimated."),
    )
    twice = t.plain("A call of two pillars counts in both.")
    return [
        Table(t.plain("By programme"), _columns(t, t.plain("Programme")),
              _rows(t, known.programmes, known.whole), about),
        Table(t.plain("By pillar"), _columns(t, t.plain("Pillar")),
              _rows(t, known.pillars, known.whole), (*about, twice)),
        Table(t.plain("Bids"), _bid_columns(t), [_bid(t, each) for each in known.lines], about),
    ]  # fmt: skip


def _columns(t: Texts, first: str) -> tuple[str, ...]:
    return (
        first,
        t.plain("Calls sent"),
        t.plain("Calls followed"),
        t.plain("Bids"),
        t.plain("Handed in"),
        t.plain("With a partner"),
        t.plain("Not handed in"),
        t.plain("Not answered"),
        t.plain("Won"),
        t.plain("In reserve"),
        t.plain("Not supported"),
        t.plain("Result not known"),
        t.plain("Support won"),
    )


def _rows(t: Texts, named: Sequence[tuple[str, Counts]], whole: Counts) -> list[tuple[str, ...]]:
    every = [(name or t.plain("none"), counts) for name, counts in named]
    return [_row(t, *each) for each in (*every, (t.plain("Together"), whole))]


def _row(t: Texts, name: str, counts: Counts) -> tuple[str, ...]:
    numbers = (
        counts.sent,
        counts.followed,
        counts.bids,
        counts.submitted,
        counts.with_partner,
        counts.not_submitted,
        counts.silent,
        counts.won,
        counts.reserve,
        counts.lost,
        counts.undecided,
    )
    exact = (_exact(t, amount, each) for each, amount in sorted(counts.amounts.items()))
    return (name, *map(str, numbers), "; ".join(exact))


def _exact(t: Texts, amount: int, currency: str) -> str:
    return f"{t.number(amount)} {currency}"


def _bid_columns(t: Texts) -> tuple[str, ...]:
    return (
        t.plain("Call"),
        t.plain("Programme"),
        t.plain("Deadline"),
        t.plain("Organisation"),
        t.plain("Handled by"),
        t.plain("State"),
        t.plain("Partner"),
        t.plain("Result"),
        t.plain("Support won"),
    )


def _bid(t: Texts, line: Line) -> tuple[str, ...]:
    bid, call = line.bid, line.call
    due = call.last_deadline_at
    return (
        terms.title_in(t, call),
        call.programme,
        t.date(due.astimezone(t.zone).date()) if due else "–",
        line.organisation.name,
        line.holder.name if line.holder else "–",
        _state(t, line),
        bid.partner,
        t.plain(RESULTS[Result(bid.result)]) if bid.result else "",
        _exact(t, bid.amount, bid.currency) if bid.amount is not None else "",
    )


def _state(t: Texts, line: Line) -> str:
    if line.bid.handed is not None:
        return t.plain(HANDED[Handed(line.bid.handed)])
    return t.plain("asked, not answered") if line.bid.asked_at else t.plain("being prepared")
