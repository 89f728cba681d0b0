"""The manager's desk: what waits for a decision, each with its button; in the morning unasked."""

from datetime import timedelta

import structlog

from bot.domain import desk as domain
from bot.domain.desk import Overview
from bot.kit.buttons import Face, Rows
from bot.kit.context import Context, Desk
from bot.kit.routes import command, job, on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts, gettext_noop
from handlers.links import (
    Announce,
    ChooseOrganisation,
    InviteSomebody,
    ListAnnouncements,
    ListEnquiries,
    ListLetters,
    ListPillars,
    ListQuestions,
    ListWelcomes,
    ListWorkshops,
    OpenAdmin,
    OpenCallsDesk,
    OpenEquipmentDesk,
    OpenPlan,
    PlanWorkshop,
    home,
    way_back,
)
from storage.waiting import Waiting

log = structlog.get_logger(__name__)


@command(
    "sprava", "admin", describe=gettext_noop("Manager's desk"), reading=True, managers_only=True
)
async def admin(ctx: Context, _: str) -> Screen:
    return await _desk(ctx)


@on(OpenAdmin, reading=True)
async def open_admin(ctx: Context, _: OpenAdmin) -> Screen:
    return await _desk(ctx)


@job("morning", every=timedelta(minutes=5))
async def say_good_morning(desk: Desk) -> None:
    """Once a working day for each manager: the key holds the day, should clocks go back."""
    zone = desk.house.cluster.zone
    morning = await domain.begin_day(desk.session, zone, desk.now)
    if morning is None:
        return
    if morning.missed:
        log.info("too late for the cards of the morning", day=str(morning.day))
        return
    for manager in await domain.managers(desk.session, desk.now):
        found = await domain.overview(desk.session, manager, desk.now)
        if domain.is_worth_a_card(found, desk.now, zone):
            card = _today(desk.texts_of(manager), found, desk)
            desk.tell(manager, card, key=f"morning:{morning.day}:p{manager.key}")


def _today(t: Texts, found: Overview, desk: Desk) -> Screen:
    title = t("☀️ <b>Today</b>, {day}", day=t.day(desk.now))
    whole = OpenAdmin().labelled(t.label("🛠 Manager's desk"))
    return Screen(paragraphs(title, _words(t, found)), (*_decisions(t, found), (whole, home(t))))


async def _desk(ctx: Context) -> Screen:
    t, found = ctx.t, await domain.overview(ctx.session, ctx.me, ctx.now)
    text = paragraphs(t("🛠 <b>Manager's desk</b>"), _words(t, found))
    return Screen(text, (*_decisions(t, found), *_tools(t), *way_back(t)))


def _words(t: Texts, found: Overview) -> str:
    coming = t.n("{n} event is coming.", "{n} events are coming.", found.coming)
    if not found.waiting:
        return paragraphs(t("Nothing waits for your decision."), coming)
    return paragraphs(lines(t("Waiting for your decision:"), *_what(t, found.waiting)), coming)


def _what(t: Texts, waiting: Waiting) -> list[str]:
    told = (
        t.n("🙋 {n} person to be confirmed", "🙋 {n} people to be confirmed", waiting.people),
        t.n("💶 {n} call to be judged", "💶 {n} calls to be judged", waiting.calls),
        t.n("📬 {n} enquiry unanswered", "📬 {n} enquiries unanswered", waiting.enquiries),
        t.n("✉️ {n} letter", "✉️ {n} letters", waiting.letters),
        t.n("📅 {n} event without a date", "📅 {n} events without a date", waiting.undated),
        t.n("👥 {n} group in trouble", "👥 {n} groups in trouble", waiting.groups),
    )
    counts = (
        waiting.people,
        waiting.calls,
        waiting.enquiries,
        waiting.letters,
        waiting.undated,
        waiting.groups,
    )
    return [words for words, count in zip(told, counts, strict=True) if count]


def _decisions(t: Texts, found: Overview) -> Rows:
    waiting = found.waiting
    who = ListQuestions().labelled(t.label("🙋 Who waits ({n})", n=waiting.people))
    new = OpenCallsDesk().labelled(t.label("💶 New calls ({n})", n=waiting.calls))
    asked = ListEnquiries().labelled(t.label("📬 Enquiries ({n})", n=waiting.enquiries))
    written = ListLetters().labelled(t.label("✉️ Letters ({n})", n=waiting.letters))
    undated = ListWorkshops().labelled(t.label("📅 Without a date ({n})", n=waiting.undated))
    groups = ListPillars().labelled(t.label("👥 Groups ({n})", n=waiting.groups))
    faces: list[tuple[int, Face]] = [
        (waiting.people, who),
        (waiting.calls, new),
        (waiting.enquiries, asked),
        (waiting.letters, written),
        (waiting.undated, undated),
        (waiting.groups, groups),
    ]
    there = [face for count, face in faces if count]
    return tuple(tuple(there[at : at + 2]) for at in range(0, len(there), 2))


def _tools(t: Texts) -> Rows:
    return (
        (
            PlanWorkshop().labelled(t.label("➕ New event")),
            ListWorkshops().labelled(t.label("📅 Events")),
        ),
        (
            Announce().labelled(t.label("📣 Write an announcement")),
            ListAnnouncements().labelled(t.label("📜 Announcements")),
        ),
        (
            InviteSomebody().labelled(t.label("✉️ Invitations")),
            ChooseOrganisation("people").labelled(t.label("👤 People")),
        ),
        (
            OpenEquipmentDesk().labelled(t.label("🔬 Equipment")),
            OpenCallsDesk().labelled(t.label("💶 Grant calls")),
        ),
        (
            OpenPlan().labelled(t.label("🎯 Plan of the year")),
            ListWelcomes().labelled(t.label("👋 First steps")),
        ),
    )
