"""The results of an announcement as tables: by organisation, and whom it has not reached."""

from collections.abc import Sequence

from bot.domain.announcements import results
from bot.domain.announcements.results import Missed, Results
from bot.kit.context import Context
from bot.kit.errands import Trip
from bot.kit.routes import errand, on
from bot.kit.screens import Toast
from bot.kit.texts import Texts, gettext_noop
from bot.papers.spreadsheet import Table, xlsx
from handlers.announcements.results import GetResultTables
from handlers.announcements.titles import title
from storage import people
from storage.announcements.results import Line
from storage.outbox import State
from storage.pushes import Way

REASONS: dict[State | Way, str] = {
    Way.UNREACHABLE: gettext_noop("has blocked the bot, or never started it"),
    Way.OFF: gettext_noop("has turned announcements off"),
    State.FAILED: gettext_noop("it failed"),
    State.UNCERTAIN: gettext_noop("maybe delivered"),
    State.WITHDRAWN: gettext_noop("was not sent any more"),
}


@on(GetResultTables)
async def get_tables(ctx: Context, press: GetResultTables) -> Toast:
    await results.see(ctx.session, press.announcement_id, ctx.me, ctx.now)
    await ctx.errand(
        "announcements.results", person_id=ctx.me.key, announcement_id=press.announcement_id
    )
    return Toast(ctx.t.plain("The table is on its way."))


@errand("announcements.results")
async def give_tables(trip: Trip, person_id: int, announcement_id: int) -> None:
    async with trip.look() as desk:
        me = await people.find(desk.session, person_id)
        assert me is not None
        known = await results.see(desk.session, announcement_id, me, trip.now)
        found = await results.by_organisation(desk.session, announcement_id, me, trip.now)
        missed = await results.missed(desk.session, announcement_id, me, trip.now)
        t = trip.house.texts[me.language]
        tables = _tables(t, known, found, missed)
    content = await trip.aside(xlsx, tables, trip.house.cluster.name, trip.now)
    caption = t("📊 <b>{title}</b>", title=title(t, known.card.contents))
    async with trip.deliver() as desk:
        await desk.send_file(me, f"announcement-{announcement_id}.xlsx", content, caption)


def _tables(t: Texts, known: Results, found: Sequence[Line], missed: Missed) -> list[Table]:
    sent_at = known.card.announcement.sent_at
    assert sent_at is not None
    name = title(t, known.card.contents)
    about = (name, t.plain("Sent: {moment}", moment=t.moment(sent_at)))
    return [
        Table(t.plain("By organisation"), _columns(t), [_row(t, each) for each in found], about),
        Table(
            t.plain("Not reached"),
            (t.plain("Organisation"), t.plain("Name"), t.plain("Why")),
            [(short, who.name, t.plain(REASONS[why])) for who, short, why in missed],
            (*about, t.plain("For an e-mail, for example.")),
        ),
    ]


def _columns(t: Texts) -> tuple[str, ...]:
    return (
        t.plain("Organisation"),
        t.plain("Meant for"),
        t.plain("Delivered"),
        t.plain("In the digest"),
        t.plain("Cannot be reached"),
        t.plain("Failed"),
        t.plain("Maybe delivered"),
        t.plain("Turned off"),
        t.plain("Tapped"),
        t.plain("Interested"),
        t.plain("Have answered"),
        t.plain("Have signed up"),
    )


def _row(t: Texts, line: Line) -> tuple[str, ...]:
    counts = line.counts
    numbers = (
        counts.meant,
        counts.delivered,
        counts.digest,
        counts.unreachable,
        counts.failed,
        counts.uncertain,
        counts.muted,
        counts.tapped,
        counts.interested,
        counts.answered,
        counts.registered,
    )
    return (line.organisation or t.plain("guests"), *map(str, numbers))
