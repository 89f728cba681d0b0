"""The meetings of a pillar: what comes, which dates are being looked for, what is past."""

from collections.abc import Iterator

from bot.domain.groups import meetings
from bot.domain.groups.meetings import Meetings
from bot.kit.buttons import Face
from bot.kit.context import Context
from bot.kit.routes import on
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import Texts
from handlers.groups.meeting_ways import FindDate, OpenDates
from handlers.groups.ways import ListMeetings, ListTasks
from handlers.links import OpenMeeting, OpenPillar, way_back
from storage.groups.minutes import Line

TITLE = 22  # characters of a meeting on a button


@on(ListMeetings, reading=True)
async def list_meetings(ctx: Context, press: ListMeetings) -> Screen:
    return await meetings_screen(ctx, press.pillar_id)


async def meetings_screen(ctx: Context, pillar_id: int, toast: str = "") -> Screen:
    t = ctx.t
    found = await meetings.overview(ctx.session, pillar_id, ctx.me, ctx.now)
    title = t("📅 <b>Meetings: {pillar}</b>", pillar=found.pillar.name_in(t.language))
    text = paragraphs(title, _words(t, found))
    rows = tuple((each,) for each in _faces(t, found))
    return Screen(text, (*rows, *_deeds(t, found), *way_back(t, OpenPillar(pillar_id))), toast)


def _words(t: Texts, found: Meetings) -> str:
    if found.coming or found.polls or found.past:
        return t("Open one to see its agenda, its minutes or how the vote stands.")
    if found.may_run:
        return t("None yet. Propose some dates and let people say when they can come.")
    return t("None yet. As soon as dates are proposed, I will ask those in the pillar.")


def _faces(t: Texts, found: Meetings) -> Iterator[Face]:
    for poll in found.polls:
        label = t.label("🗳 {title}", title=_cut(poll.title))
        if poll.closed_at is not None:
            label = t.label("🏁 {title}", title=_cut(poll.title))
        yield OpenDates(poll.key).labelled(label)
    for line in found.coming:
        yield OpenMeeting(line.key).labelled(t.label("📅 {title}", title=_named(t, line)))
    for line in found.past:
        yield OpenMeeting(line.key).labelled(t.label("📝 {title}", title=_named(t, line)))


def _deeds(t: Texts, found: Meetings) -> Iterator[tuple[Face, ...]]:
    key = found.pillar.key
    tasks = ListTasks(key).labelled(t.label("☑️ Tasks"))
    if found.may_run:
        yield (FindDate(key).labelled(t.label("🗳 Find a date")), tasks)
    elif found.is_in:
        yield (tasks,)


def _named(t: Texts, line: Line) -> str:
    day = t.short_date(line.starts_at.astimezone(t.zone).date())
    return f"{day} {_cut(line.title)}"


def _cut(title: str) -> str:
    return title if len(title) <= TITLE else f"{title[: TITLE - 1]}…"
