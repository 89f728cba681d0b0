"""Once a month, a look at who is in a pillar's group and who should be."""

from datetime import timedelta

from telegram.error import BadRequest, Forbidden

from bot.domain.groups import attending, reconciling
from bot.domain.groups.attending import Step
from bot.domain.groups.linking import in_charge
from bot.domain.groups.reconciling import PORTION, Differences
from bot.kit.context import Desk
from bot.kit.errands import Trip
from bot.kit.routes import errand, job
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.groups.chat_ways import ListLeaving
from handlers.groups.departures import put_on
from handlers.groups.ways import OpenPillarChat
from handlers.links import way_back
from storage import pillars
from storage.groups import places
from storage.groups.chats import GroupChat


@job("groups.reconcile", every=timedelta(hours=6))
async def begin(desk: Desk) -> None:
    for group in await reconciling.due(desk.session, desk.now):
        await desk.errand("groups.reconcile", group_id=group.key, after=0)


@errand("groups.reconcile")
async def go_through(trip: Trip, group_id: int, after: int) -> None:
    """A portion of people at a time: what Telegram has told us is kept if it stops us."""
    async with trip.look() as desk:
        group = await places.find(desk.session, group_id)
        numbers = await reconciling.portion(desk.session, group, after) if group else []
    if group is None or group.until is not None:
        return
    try:
        steps = [await _ask(trip, group.chat_id, number) for number in numbers]
        if len(numbers) < PORTION:
            await _conclude(trip, group_id, steps)
            return
    except Forbidden:
        return  # we are not there; the daily look says so
    async with trip.deliver() as desk:
        for step in steps:
            await reconciling.take_down(desk.session, step, desk.now)
        await desk.errand("groups.reconcile", group_id=group_id, after=numbers[-1])


async def _ask(trip: Trip, chat_id: int, number: int) -> Step:
    try:
        told = await trip.call("getChatMember", {"chat_id": chat_id, "user_id": number})
    except BadRequest:
        return Step(chat_id, number, "", "", "left")
    user = told["user"]
    name = f"{user.get('first_name', '')} {user.get('last_name', '')}".strip()
    return Step(chat_id, number, name, "", told["status"])


async def _conclude(trip: Trip, group_id: int, steps: list[Step]) -> None:
    async with trip.look() as desk:
        group = await places.find(desk.session, group_id)
    assert group is not None
    about = {"chat_id": group.chat_id}
    count = await trip.call("getChatMemberCount", about)
    leaders = await trip.call("getChatAdministrators", about)
    bots = sum(leader["user"]["is_bot"] for leader in leaders)
    async with trip.deliver() as desk:
        for step in steps:
            await reconciling.take_down(desk.session, step, desk.now)
        looked = await reconciling.conclude(desk.session, group, count, bots, desk.now)
        put_on(desk, await attending.outdated(desk.session, group.chat_id))
        await _tell(desk, group, reconciling.read(looked))


async def _tell(desk: Desk, group: GroupChat, found: Differences) -> None:
    pillar = await pillars.find(desk.session, group.pillar_id)
    if not found or pillar is None:
        return
    for who in await in_charge(desk.session, group.pillar_id, desk.now):
        t = desk.texts_of(who)
        title = t("🔍 <b>{title}</b>: who is there and who should be", title=group.title)
        leaving = ListLeaving(pillar.key).labelled(t.label("👋 Who should go"))
        rows = ((leaving,),) if found.strangers else ()
        text = paragraphs(title, differences(t, found))
        desk.tell(who, Screen(text, (*rows, *way_back(t, OpenPillarChat(pillar.key)))))


def differences(t: Texts, found: Differences) -> str:
    return lines(
        t.n(
            "• {n} person is there and not in the pillar",
            "• {n} people are there and not in the pillar",
            found.strangers,
        )
        if found.strangers
        else "",
        t.n(
            "• {n} person of the pillar is not there",
            "• {n} people of the pillar are not there",
            found.absent,
        )
        if found.absent
        else "",
        t.n(
            "• {n} person there is not known to me",
            "• {n} people there are not known to me",
            found.unknown,
        )
        if found.unknown
        else "",
    )
