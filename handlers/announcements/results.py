"""How an announcement went: whom it reached, who has done something about it, who not yet.

Nobody is said to have read it, because Telegram does not tell.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain import announcements
from bot.domain.announcements import followups, questions, results
from bot.domain.announcements.results import Results
from bot.kit.buttons import Button, Face, Rows
from bot.kit.context import Context
from bot.kit.paging import page
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.announcements.audience_said import addressees
from handlers.announcements.cards import (
    OpenAnnouncement,
    OpenAnswers,
    ShowContent,
    origin,
    reached,
    show_content,
)
from handlers.announcements.keyboard import dressed
from handlers.announcements.running import amends
from handlers.announcements.titles import title
from handlers.links import way_back
from storage.announcements.results import Counts, Line

ORGANISATIONS = 8  # on one page
PEOPLE = 15


@dataclass(frozen=True)
class ListByOrganisation(Button, prefix="an.r.org"):
    announcement_id: int
    page: int = 0


@dataclass(frozen=True)
class ListSilent(Button, prefix="an.r.sil"):
    """Those who have it and have not reacted."""

    announcement_id: int
    page: int = 0


@dataclass(frozen=True)
class GetResultTables(Button, prefix="an.r.x"):
    announcement_id: int


@dataclass(frozen=True)
class RemindSilent(Button, prefix="an.r.rem"):
    announcement_id: int


async def results_screen(ctx: Context, announcement_id: int) -> Screen:
    t = ctx.t
    known = await results.see(ctx.session, announcement_id, ctx.me, ctx.now)
    made = known.card.announcement
    assert made.sent_at is not None
    whom = addressees(t, known.card.choice, known.card.named) if known.card.choice else ""
    head = lines(
        _title(t, known),
        whom,
        t("Sent: {moment}", moment=t.moment(made.sent_at)),
    )
    text = paragraphs(head, lines(*_reached(t, known)), lines(*_done(t, known)))
    return Screen(text, (*_ways(t, known), *way_back(t, origin(known.card))))


def _title(t: Texts, known: Results) -> str:
    name = title(t, known.card.contents)
    if known.card.announcement.recalled_at is not None:
        return t("🗑 <b>{title}</b> was taken back", title=name)
    if known.card.announcement.stopped_at is not None:
        return t("⏹ <b>{title}</b> was stopped", title=name)
    return t("📊 <b>{title}</b>", title=name)


def _reached(t: Texts, known: Results) -> Iterator[str]:
    yield from reached(t, known.card.announcement)
    if known.corrected:
        yield t("✏️ Corrected: {count}", count=t.number(known.corrected))
    if known.recalled:
        yield t("🗑 Taken back: {count}", count=t.number(known.recalled))


def _done(t: Texts, known: Results) -> Iterator[str]:
    counts = known.counts
    if counts.tapped:
        yield t("👆 Tapped: {count}", count=t.number(counts.tapped))
    if counts.interested:
        yield t("🙋 Interested: {count}", count=t.number(counts.interested))
    if counts.answered:
        yield t("💬 Answered: {count}", count=t.number(counts.answered))
    if counts.registered:
        yield t("📅 Signed up since: {count}", count=t.number(counts.registered))
    if known.silent or known.card.announcement.delivered:
        yield t("🤫 Have not reacted: {count}", count=t.number(known.silent))
    yield t("<i>Whether somebody has read it, Telegram does not tell.</i>")


def _ways(t: Texts, known: Results) -> Rows:
    key = known.card.announcement.key
    silent = ListSilent(key).labelled(t.label("🤫 Who has not reacted"))
    asked = questions.of(known.card.announcement)
    answers = OpenAnswers(key).labelled(t.label("💬 Answers"))
    rows: Rows = (
        *(((answers,),) if asked.options or asked.words else ()),
        (
            ListByOrganisation(key).labelled(t.label("🏢 By organisation")),
            GetResultTables(key).labelled(t.label("📊 As a table")),
        ),
        (ShowContent(key).labelled(t.label("👁 Show the message")),),
        *amends(t, known.card),
    )
    return ((silent,), *rows) if known.silent else rows


@on(ListByOrganisation, reading=True)
async def list_by_organisation(ctx: Context, press: ListByOrganisation) -> Screen:
    t, key = ctx.t, press.announcement_id
    known = await results.see(ctx.session, key, ctx.me, ctx.now)
    found = await results.by_organisation(ctx.session, key, ctx.me, ctx.now)
    part = page(found, press.page, ORGANISATIONS)
    turns = part.turns(lambda to: ListByOrganisation(key, to))
    late = ""
    if not known.is_exact:
        late = t("Where a message failed is forgotten after 30 days, so it counts as delivered.")
    head = t("🏢 <b>{title}</b> by organisation", title=title(t, known.card.contents))
    text = paragraphs(head, lines(*(_line(t, each) for each in part.items)), late)
    return Screen(text, _with(turns, way_back(t, OpenAnnouncement(key))))


def _line(t: Texts, line: Line) -> str:
    counts = line.counts
    name = line.organisation or t.plain("guests")
    return t("• <b>{name}</b> · {counts}", name=name, counts=" · ".join(_short(t, counts)))


def _short(t: Texts, counts: Counts) -> Iterator[str]:
    yield t.plain("delivered {delivered} of {all}", delivered=counts.delivered, all=counts.meant)
    if counts.tapped:
        yield t.plain("tapped {n}", n=counts.tapped)
    if counts.interested:
        yield t.plain("interested {n}", n=counts.interested)
    if counts.answered:
        yield t.plain("answered {n}", n=counts.answered)
    if counts.registered:
        yield t.plain("signed up {n}", n=counts.registered)


@on(ListSilent, reading=True)
async def list_silent(ctx: Context, press: ListSilent) -> Screen:
    t, key = ctx.t, press.announcement_id
    known = await results.see(ctx.session, key, ctx.me, ctx.now)
    back = way_back(t, OpenAnnouncement(key))
    if not known.silent:
        return Screen(t("🎉 Everybody who has it has reacted."), back)
    part = page(range(known.silent), press.page, PEOPLE)
    people = await results.silent_people(
        ctx.session, key, ctx.me, ctx.now, skip=part.items[0], limit=PEOPLE
    )
    head = t.n(
        "🤫 <b>{count}</b> person has it and has not reacted:",
        "🤫 <b>{count}</b> people have it and have not reacted:",
        known.silent,
        count=t.number(known.silent),
    )
    listed = (
        t("• {name} · {organisation}", name=person.name, organisation=short or t.plain("guest"))
        for person, short in people
    )
    turns = part.turns(lambda to: ListSilent(key, to))
    remind = RemindSilent(key).labelled(t.label("🔔 Remind them alone"))
    return Screen(paragraphs(head, lines(*listed)), _with(turns, ((remind,), *back)))


def _with(turns: tuple[Face, ...], rows: Rows) -> Rows:
    return (turns, *rows) if turns else rows


@on(RemindSilent)
async def remind(ctx: Context, press: RemindSilent) -> None:
    """A draft with the same words, to be written anew or sent."""

    def opening(language: str) -> str:
        return ctx.house.texts[language].plain("Reminder: ")

    card = await followups.remind(ctx.session, press.announcement_id, ctx.me, ctx.now, opening)
    await dressed(ctx, card)
    key = card.announcement.key
    show_content(ctx, await announcements.look(ctx.session, key, ctx.me, ctx.now))
