"""The poll for a date goes into the group, its votes come in, and it ends in time."""

from datetime import timedelta
from typing import Any

from telegram import Poll, PollAnswer
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.domain.groups import dates, linking, proposing, settling
from bot.domain.groups.proposing import Order
from bot.kit.buttons import Button
from bot.kit.context import Desk
from bot.kit.errands import Trip
from bot.kit.routes import errand, on_poll, on_poll_answer, watch
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import Texts
from handlers.groups.circulating import Letter, circulate, letter, waking
from handlers.groups.dates import result_screen, votes
from handlers.groups.meeting_ways import OpenDates
from handlers.links import home
from storage.groups import dates as rows
from storage.groups import places
from storage.groups.meetings import DatePoll
from storage.outbox import Call, Priority

TRIES, AGAIN = 5, timedelta(minutes=1)


@errand("groups.date_poll")
async def send_poll(trip: Trip, *, poll_id: int, tries: int = 1) -> None:
    """A second poll would divide the votes: before it leaves, it is written down that somebody
    has to be asked about it unless we hear how it ended."""
    async with trip.look() as desk:
        order = await proposing.to_send(desk.session, poll_id)
    async with trip.deliver() as desk:
        if order is None:
            return
        await desk.errand_at(desk.now + dates.DOUBT, "groups.doubtful_poll", poll_id=poll_id)
    texts = trip.house.texts[trip.house.cluster.language]
    try:
        sent = await trip.call("sendPoll", _payload(texts, order))
    except TelegramError as error:
        if not trip.doubts(error):
            final = isinstance(error, (BadRequest, Forbidden)) or tries >= TRIES
            await _not_sent(trip, poll_id, 0 if final else tries + 1)
        return
    async with trip.deliver() as desk:
        await desk.call_off("groups.doubtful_poll", poll_id=poll_id)
        number = sent["message_id"]
        await proposing.sent(desk.session, poll_id, sent["poll"]["id"], number)


async def _not_sent(trip: Trip, poll_id: int, next_try: int) -> None:
    """0: there will be no other one."""
    async with trip.deliver() as desk:
        await desk.call_off("groups.doubtful_poll", poll_id=poll_id)
        if next_try:
            facts = {"poll_id": poll_id, "tries": next_try}
            await desk.errand_at(desk.now + AGAIN, "groups.date_poll", **facts)
        else:
            await _ask_in_private(desk, poll_id)


def _payload(t: Texts, order: Order) -> dict[str, Any]:
    poll, length = order.poll, timedelta(minutes=order.poll.minutes)
    payload: dict[str, Any] = {
        "chat_id": order.group.chat_id,
        "question": t.plain("🗳 {title}: when can you come?", title=poll.title),
        "options": [
            {"text": t.span(each.starts_at, each.starts_at + length)} for each in order.options
        ],
        "is_anonymous": False,
        "allows_multiple_answers": True,
        "close_date": int(poll.closes_at.timestamp()),
    }
    if order.group.thread_id:
        payload["message_thread_id"] = order.group.thread_id
    return payload


async def _ask_in_private(desk: Desk, poll_id: int) -> None:
    poll = await proposing.ask_in_private(desk.session, poll_id)
    await circulate(desk, "dates.ask", poll_id)
    for person in await linking.in_charge(desk.session, poll.pillar_id, desk.now):
        t = desk.texts_of(person)
        text = t(
            "⚠️ The group does not take the poll <b>{title}</b>: I may not be allowed to send "
            "polls there. I ask everybody in private instead.",
            title=poll.title,
        )
        desk.tell(person, Screen(text, ((home(t),),)), key=f"dates.lost{poll_id}:p{person.key}")


@on_poll_answer
async def take_vote(desk: Desk, answer: PollAnswer) -> None:
    if answer.user is not None:
        chosen = answer.option_ids
        await dates.vote(desk.session, answer.poll_id, answer.user.id, chosen, desk.now)


@on_poll
async def take_end(desk: Desk, poll: Poll) -> None:
    """At its time, or because somebody has stopped it there."""
    if poll.is_closed:
        closed = await settling.closed_there(desk.session, poll.id, desk.now)
        if closed is not None:
            await tell_result(desk, closed)


@watch("groups.dates", every=timedelta(minutes=1))
async def time_passes(trip: Trip) -> None:
    async with trip.look() as desk:
        if not await rows.is_due(desk.session, desk.now):
            return
    async with trip.deliver() as desk:
        for poll in await settling.close_due(desk.session, desk.now):
            await tell_result(desk, poll)
        for poll in await settling.remind_due(desk.session, desk.now):
            await circulate(desk, "dates.remind", poll.key)


async def tell_result(desk: Desk, poll: DatePoll) -> None:
    """Whoever runs the pillar today chooses; the one who began may have left."""
    awake = waking(desk.now, desk.house.cluster.zone)
    for person in await linking.in_charge(desk.session, poll.pillar_id, desk.now):
        result = await dates.result_for(desk.session, person, poll, desk.now, may_run=True)
        screen = result_screen(desk.texts_of(person), result)
        key = f"dates.end{poll.key}:p{person.key}"
        desk.tell(person, screen, key=key, not_before=awake)


async def stop_there(desk: Desk, poll: DatePoll) -> None:
    """Nobody is to vote in the group any more."""
    group = await places.find(desk.session, poll.group_id) if poll.group_id else None
    if group is not None and poll.message_id is not None:
        call = Call("stopPoll", group.chat_id, {"message_id": poll.message_id}, Priority.NOTICE)
        desk.owe(call.keyed(f"dates.stop{poll.key}"))


@letter("dates.ask")
async def ask(desk: Desk, poll_id: int, after: int, limit: int) -> Letter | None:
    return await _question(desk, poll_id, after, limit, again=False)


@letter("dates.remind")
async def remind(desk: Desk, poll_id: int, after: int, limit: int) -> Letter | None:
    return await _question(desk, poll_id, after, limit, again=True)


async def _question(
    desk: Desk, poll_id: int, after: int, limit: int, *, again: bool
) -> Letter | None:
    poll = await rows.find(desk.session, poll_id)
    if poll is None or poll.closed_at is not None:
        return None
    people = await rows.silent(desk.session, poll, desk.now, after=after, limit=limit)
    if not people:
        return None
    result = await dates.result_for(desk.session, people[0], poll, desk.now, may_run=False)

    def write(t: Texts) -> Screen:
        pillar, when = result.pillar.name_in(t.language), t.moment(poll.closes_at)
        words = (
            t("You have not voted yet. Tap every date on which you can come, until {when}.",
              when=when)
            if again
            else t("Tap every date on which you can come, until {when}.", when=when)
        )  # fmt: skip
        title = t("🗳 <b>{title}</b> · {pillar}", title=poll.title, pillar=pillar)
        return Screen(paragraphs(title, words), (*votes(t, result), (home(t),)))

    def line(t: Texts) -> tuple[str, Button]:
        title = t.plain("You have not voted yet: {title}", title=poll.title)
        return title, OpenDates(poll_id)

    return Letter(people, write, expires_at=poll.closes_at, line=line if again else None)
