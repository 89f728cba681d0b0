"""A meeting of a pillar: its agenda beforehand, its minutes afterwards."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.groups import agenda
from bot.domain.groups.agenda import Meeting
from bot.kit.buttons import Button, Face
from bot.kit.context import Context
from bot.kit.forms import Answers, Form, Question, begin
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, lines, paragraphs
from bot.kit.texts import Texts
from bot.kit.typed import typed
from handlers.groups.meeting_ways import BeginMinutes, OpenMinutes, PutPoint
from handlers.groups.ways import ListMeetings
from handlers.links import ListPillars, OpenMeeting, OpenWorkshop, way_back
from storage.workshops import State

SHORT = 22  # characters of a point on a button
SHOWN = 12  # points with buttons of their own
MOST = 3200  # characters of the list, so that it fits into a message


@dataclass(frozen=True)
class DropPoint(Button, prefix="pi.ag.del"):
    point_id: int


@on(OpenMeeting, reading=True)
async def open_meeting(ctx: Context, press: OpenMeeting) -> Screen:
    return await meeting_screen(ctx, press.workshop_id)


async def meeting_screen(ctx: Context, workshop_id: int, toast: str = "") -> Screen:
    t = ctx.t
    meeting = await agenda.meeting(ctx.session, workshop_id, ctx.me, ctx.now)
    event = meeting.event
    text = paragraphs(
        t("📋 <b>{title}</b>", title=event.title),
        t("{when}", when=t.span(event.starts_at, event.ends_at)),
        t("This meeting is cancelled.") if event.state == State.CANCELLED else "",
        _points(t, meeting),
    )
    rows = tuple((face,) for face in _ways(ctx, meeting))
    return Screen(text, (*rows, *way_back(t, ListMeetings(meeting.pillar.key))), toast)


def _points(t: Texts, meeting: Meeting) -> str:
    if not meeting.points:
        if meeting.takes_points:
            return t("The agenda is empty so far. What should be spoken of?")
        return t("Nobody put anything on the agenda.")
    shown, length = [], 0
    for number, (point, who) in enumerate(meeting.points, 1):
        length += len(point.text) + len(who.name)
        if length > MOST:
            left = len(meeting.points) - number + 1
            shown.append(t.n("… and {n} more point", "… and {n} more points", left))
            break
        shown.append(t("{n}. {words} ({name})", n=number, words=point.text, name=who.name))
    return lines(t("<b>Agenda</b>"), *shown)


def _ways(ctx: Context, meeting: Meeting) -> Iterator[Face]:
    t, key = ctx.t, meeting.event.id
    if meeting.takes_points:
        yield PutPoint(key).labelled(t.label("➕ Put a point"))
        mine = [point for point, who in meeting.points if meeting.may_run or who.key == ctx.me.key]
        for point in mine[:SHOWN]:
            words = point.text if len(point.text) <= SHORT else f"{point.text[: SHORT - 1]}…"
            yield DropPoint(point.key).labelled(t.label("🗑 {words}", words=words))
    minutes = meeting.minutes
    if minutes is not None and (minutes.sent_at is not None or meeting.may_run):
        draft = minutes.sent_at is None
        label = t.label("📝 Draft of the minutes") if draft else t.label("📝 Minutes")
        yield OpenMinutes(minutes.key).labelled(label)
    elif meeting.may_run and meeting.has_begun and meeting.event.state != State.CANCELLED:
        yield BeginMinutes(key).labelled(t.label("📝 Write the minutes"))
    yield OpenWorkshop(key).labelled(t.label("📅 Open the event"))


@on(PutPoint)
async def put_point(ctx: Context, press: PutPoint) -> Answer:
    await agenda.may_put(ctx.session, press.workshop_id, ctx.me, ctx.now)
    return await begin(ctx, POINT, workshop_id=press.workshop_id)


def _ask(ctx: Context, _: Answers) -> Screen:
    return Screen(ctx.t("➕ What would you like to speak of? A sentence will do."))


async def _done(ctx: Context, answers: Answers) -> Answer:
    key = answers["workshop_id"]
    await agenda.put(ctx.session, key, answers["words"], ctx.me, ctx.now)
    return await meeting_screen(ctx, key, ctx.t.plain("It is on the agenda."))


async def _left(ctx: Context, answers: Answers) -> Answer:
    if "workshop_id" in answers:
        return await meeting_screen(ctx, answers["workshop_id"])
    return Screen(ctx.t("This has been given up already."), way_back(ctx.t, ListPillars()))


POINT = Form("group.point", (Question("words", _ask, typed(agenda.WORDS)),), _done, _left)


@on(DropPoint)
async def drop_point(ctx: Context, press: DropPoint) -> Screen:
    workshop_id = await agenda.drop(ctx.session, press.point_id, ctx.me, ctx.now)
    return await meeting_screen(ctx, workshop_id, ctx.t.plain("It is gone."))
