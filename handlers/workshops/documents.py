"""Documents of an event for the team: lists, badges, what people said, and all of it in a pack."""

from dataclasses import dataclass

from bot.domain.workshops import evidence
from bot.domain.workshops.evidence import Folder
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.links import way_back
from handlers.workshops.outcomes import SeeOutcomes
from handlers.workshops.ratings import SeeRatings
from handlers.workshops.topics import SeeTopics
from handlers.workshops.ways import Lead, ManagePapers, OpenDocuments


@dataclass(frozen=True)
class MakeAttendanceList(Button, prefix="ws.doc.list"):
    workshop_id: int


@dataclass(frozen=True)
class MakeBadges(Button, prefix="ws.doc.tag"):
    workshop_id: int


@dataclass(frozen=True)
class MakePack(Button, prefix="ws.doc.zip"):
    workshop_id: int


@on(OpenDocuments, reading=True)
async def documents(ctx: Context, press: OpenDocuments) -> Screen:
    return await _folder(ctx, press.workshop_id)


async def _folder(ctx: Context, workshop_id: int, in_work: str = "") -> Screen:
    folder = await evidence.folder(ctx.session, workshop_id, ctx.me, ctx.now)
    t, key, event = ctx.t, workshop_id, folder.event
    text = paragraphs(
        t("📁 Documents of <b>{title}</b>", title=event.title),
        _contents(t, folder),
        in_work,
    )
    rows: Rows = (
        (MakeAttendanceList(key).labelled(t.label("📄 Attendance list")),),
        (
            MakeBadges(key).labelled(t.label("🏷 Badges")),
            SeeRatings(key).labelled(t.label("⭐ Ratings")),
        ),
        (
            SeeTopics(key).labelled(t.label("💡 Topics")),
            SeeOutcomes(key).labelled(t.label("🌱 Outcomes")),
        ),
        (ManagePapers(key).labelled(t.label("📎 Slides and photos")),),
        (MakePack(key).labelled(t.label("📦 Everything in a ZIP")),),
    )
    return Screen(text, (*rows, *way_back(t, Lead(key))))


def _contents(t: Texts, folder: Folder) -> str:
    project = folder.event.project
    return lines(
        t("💶 Project: {project}", project=project)
        if project
        else t("💶 No project number yet; you can set it under Change."),
        t("📎 Slides and photos: {n}", n=folder.papers),
        t("🖊 Signed sheets: {n}", n=folder.signed),
        t("⭐ Ratings: {n}", n=folder.rated),
        t("💡 Topics: {n}", n=folder.topics),
        t("🌱 Told what came of it: {n}", n=folder.told) if folder.told else "",
    )


@on(MakeAttendanceList)
async def make_attendance_list(ctx: Context, press: MakeAttendanceList) -> Screen:
    key = press.workshop_id
    await evidence.take_out(ctx.session, key, "attendance", ctx.me, ctx.now)
    await ctx.errand("workshops.attendance", workshop_id=key, person_id=ctx.me.key)
    return await _folder(ctx, key, ctx.t("⏳ Preparing the attendance list …"))


@on(MakeBadges)
async def make_badges(ctx: Context, press: MakeBadges) -> Screen:
    key = press.workshop_id
    await evidence.issue_badges(ctx.session, key, ctx.me, ctx.now)
    await ctx.errand("workshops.badges", workshop_id=key, person_id=ctx.me.key)
    return await _folder(ctx, key, ctx.t("⏳ Preparing the badges …"))


@on(MakePack)
async def make_pack(ctx: Context, press: MakePack) -> Screen:
    key = press.workshop_id
    await evidence.take_out(ctx.session, key, "evidence", ctx.me, ctx.now)
    await ctx.errand("workshops.pack", workshop_id=key, person_id=ctx.me.key)
    words = ctx.t("⏳ Preparing the pack … With many photos it takes a few minutes.")
    return await _folder(ctx, key, words)
