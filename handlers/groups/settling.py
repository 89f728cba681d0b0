"""Whoever runs the pillar ends the vote and makes one of the dates an event."""

from dataclasses import dataclass

from bot.domain.groups import dates, settling
from bot.domain.groups.settling import Settled
from bot.kit.buttons import Button, link
from bot.kit.context import Context, Desk
from bot.kit.routes import on
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import Texts
from handlers.groups.circulating import Letter, circulate, letter
from handlers.groups.dates import dates_screen
from handlers.groups.meeting_ways import ChooseDate, EndDates, OpenDates
from handlers.groups.polling import stop_there
from handlers.links import OpenMeeting, OpenWorkshop, home, way_back
from storage.groups import dates as rows
from storage.groups import places
from storage.outbox import Call, Priority
from storage.workshops import Event, find


@dataclass(frozen=True)
class PreferDate(Button, prefix="pi.dt.pr"):
    """Asks once more before everybody is told."""

    poll_id: int
    position: int


@dataclass(frozen=True)
class SettleDate(Button, prefix="pi.dt.ok"):
    poll_id: int
    position: int


@on(EndDates)
async def end_dates(ctx: Context, press: EndDates) -> Screen:
    poll = await settling.close(ctx.session, ctx.me, press.poll_id, ctx.now)
    await stop_there(ctx, poll)
    return await dates_screen(ctx, press.poll_id, ctx.t.plain("The vote is over."))


@on(ChooseDate, reading=True)
async def choose_date(ctx: Context, press: ChooseDate) -> Screen:
    t, key = ctx.t, press.poll_id
    result = await dates.result(ctx.session, ctx.me, key, ctx.now)
    best = sorted(result.choices, key=lambda each: (-each.people, each.option.position))
    rows = tuple(
        (
            PreferDate(key, each.option.position).labelled(
                t.label("{when} · {n}", when=t.moment(each.option.starts_at), n=each.people)
            ),
        )
        for each in best
    )
    text = paragraphs(
        t("🏁 <b>{title}</b>", title=result.poll.title),
        t("Which date is it going to be? The number says how many people can come."),
    )
    return Screen(text, (*rows, *way_back(t, OpenDates(key))))


@on(PreferDate)
async def prefer_date(ctx: Context, press: PreferDate) -> Screen:
    t, key = ctx.t, press.poll_id
    poll, option = await settling.option(ctx.session, ctx.me, key, press.position, ctx.now)
    text = paragraphs(
        t("🏁 <b>{title}</b>", title=poll.title),
        t("<b>{when}</b>", when=t.moment(option.starts_at)),
        t("It becomes an event, and everybody in the pillar is told. Shall I?"),
    )
    sure = SettleDate(key, press.position).labelled(t.label("✅ Yes, announce it"), "success")
    return Screen(text, ((sure,), *way_back(t, ChooseDate(key))))


@on(SettleDate)
async def settle_date(ctx: Context, press: SettleDate) -> Screen:
    zone = ctx.house.cluster.zone
    settled = await settling.settle(
        ctx.session, ctx.me, press.poll_id, press.position, zone, ctx.now
    )
    if settled.was_open:
        await stop_there(ctx, settled.poll)
    if settled.is_new:
        await circulate(ctx, "dates.settled", press.poll_id)
        await _tell_group(ctx, settled)
    return await dates_screen(ctx, press.poll_id, ctx.t.plain("The event is there."))


async def _tell_group(ctx: Context, settled: Settled) -> None:
    poll = settled.poll
    group = await places.find(ctx.session, poll.group_id) if poll.group_id else None
    event = await find(ctx.session, settled.workshop_id)
    if group is None or event is None:
        return
    t = ctx.house.texts[ctx.house.cluster.language]
    address = ctx.house.start_link(f"w{settled.workshop_id}")
    screen = Screen(_chosen(t, event), ((link(t.label("📅 Open the event"), address),),))
    payload = dict(screen.payload)
    if group.thread_id:
        payload["message_thread_id"] = group.thread_id
    call = Call("sendMessage", group.chat_id, payload, Priority.NOTICE)
    ctx.owe(call.keyed(f"dates.chosen{poll.key}"))


def _chosen(t: Texts, event: Event) -> str:
    when = t.span(event.starts_at, event.ends_at)
    return paragraphs(
        t("📅 <b>{title}</b>", title=event.title),
        t("The date is chosen: <b>{when}</b>", when=when),
        t("📍 {place}", place=event.place) if event.place else "",
    )


@letter("dates.settled")
async def tell_date(desk: Desk, poll_id: int, after: int, limit: int) -> Letter | None:
    poll = await rows.find(desk.session, poll_id)
    event = await find(desk.session, poll.workshop_id) if poll and poll.workshop_id else None
    if poll is None or event is None:
        return None
    people = await rows.asked(desk.session, poll.pillar_id, desk.now, after=after, limit=limit)

    def write(t: Texts) -> Screen:
        ask = t("Sign up, and say beforehand what you would like to speak of.")
        see = OpenWorkshop(event.id).labelled(t.label("📅 Open the event"))
        agenda = OpenMeeting(event.id).labelled(t.label("📋 Agenda"))
        return Screen(paragraphs(_chosen(t, event), ask), ((see, agenda), (home(t),)))

    return Letter(people, write, expires_at=event.starts_at)
