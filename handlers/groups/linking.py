"""A group finds its pillar: we are added to it, somebody who may taps once, and we say what we
still need there."""

from datetime import timedelta
from typing import Any

from telegram import Chat, ChatMember, ChatMemberUpdated
from telegram.error import BadRequest, Forbidden

from bot.domain import rights
from bot.domain.groups import linking
from bot.domain.groups.linking import News, NotThere, Seen
from bot.domain.refusals import Gone, NotAllowed, Refusal
from bot.domain.rights import Action
from bot.kit.buttons import Rows, link
from bot.kit.context import Context, Desk, House
from bot.kit.errands import Trip
from bot.kit.paging import page
from bot.kit.routes import (
    errand,
    group_command,
    job,
    on,
    on_membership,
    on_move,
    start_link,
)
from bot.kit.screens import Screen, Toast, paragraphs
from handlers.groups import health
from handlers.groups.chat_ways import LETTER, CheckGroup, ChoosePillar, LinkGroup
from handlers.groups.ways import OpenPillarChat
from handlers.links import LinkDesk, home, way_back
from handlers.refusals import groups as refusals
from storage import people, pillars
from storage.groups import places
from storage.groups.presence import PRESENT
from storage.outbox import Call, Priority
from storage.people import Person

GROUPS = ("group", "supergroup")


@on_membership
async def notice(desk: Desk, change: ChatMemberUpdated) -> None:
    """Somebody has added us, removed us, or given us other rights."""
    if change.new_chat_member.user.id != desk.house.bot.id or change.chat.type == "private":
        return
    if change.chat.type not in GROUPS:
        if change.new_chat_member.status in PRESENT:
            desk.owe(Call("leaveChat", change.chat.id, priority=Priority.NOTICE))
        return
    seen = _seen(change.chat, change.new_chat_member, change.from_user.id)
    news = await linking.notice(desk.session, seen, desk.now)
    if news.came and not await places.of_chat(desk.session, seen.chat_id):
        await _introduce(desk, news)
    await health.tell(desk, news.changed)


def _seen(chat: Chat, member: ChatMember, added_by: int) -> Seen:
    about = member.to_dict()
    return described(chat.to_dict(), about, added_by)


def described(chat: dict[str, Any], member: dict[str, Any], added_by: int | None = None) -> Seen:
    return Seen(
        chat["id"],
        chat.get("title") or "",
        is_super=chat["type"] == "supergroup",
        is_forum=bool(chat.get("is_forum")),
        is_there=member["status"] in PRESENT,
        rights=[name for name, on in member.items() if name.startswith("can_") and on is True],
        added_by=added_by,
    )


async def _introduce(desk: Desk, news: News) -> None:
    """To whoever added us and may link it in private; else a line in the group."""
    stay = news.stay
    who = await people.by_telegram(desk.session, stay.added_by or 0)
    if who is not None and who.reachable and await _may_link(desk, who):
        desk.tell(who, await _choice(desk, who, stay.title, ChoosePillar(stay.chat_id, 0)))
        return
    t = desk.house.texts[desk.house.cluster.language]
    screen = Screen(
        paragraphs(
            t(
                "👋 I am Paprsek, the assistant of <b>{cluster}</b>.",
                cluster=desk.house.cluster.name,
            ),
            t(
                "I can look after the group of a pillar. Its guarantor or the manager links it "
                "below; if nobody does within a day, I will leave."
            ),
        ),
        ((link(t.label("🔗 Link to a pillar"), _address(desk.house, stay.chat_id, 0)),),),
    )
    desk.owe(Call("sendMessage", stay.chat_id, screen.payload, Priority.NOTICE))


async def _may_link(desk: Desk, who: Person) -> bool:
    return await rights.may(desk.session, who, Action.RUN_PILLAR, desk.now)


def _address(house: House, chat_id: int, thread_id: int) -> str:
    return house.start_link(f"{LETTER}{-chat_id}_{thread_id}")


@group_command("propojit", "link")
async def offer(ctx: Context, _: str) -> Screen:
    """In a topic it is about that topic alone."""
    assert ctx.message is not None
    chat, thread = ctx.message.chat, 0
    if ctx.message.is_topic_message:
        thread = ctx.message.message_thread_id or 0
    await ctx.errand("groups.meet", chat_id=chat.id)
    t = ctx.t
    for group in await places.of_chat(ctx.session, chat.id):
        if group.thread_id in (0, thread):
            pillar = await pillars.find(ctx.session, group.pillar_id)
            assert pillar is not None
            name = pillar.name_in(t.language)
            return Screen(t("🔗 This is the group of the pillar <b>{pillar}</b>.", pillar=name))
    return Screen(
        t("The guarantor of a pillar or the manager can link this place to it:"),
        ((link(t.label("🔗 Link to a pillar"), _address(ctx.house, chat.id, thread)),),),
    )


@start_link(LETTER)
async def follow(ctx: Context, token: str) -> Screen:
    chat, _, thread = token.partition("_")
    press = ChoosePillar.unpack(f"{ChoosePillar.prefix}:-{chat}:{thread}:0")
    if press is None:
        raise Gone
    return await _choose(ctx, press)


@on(ChoosePillar, reading=True)
async def choose(ctx: Context, press: ChoosePillar) -> Screen:
    return await _choose(ctx, press)


async def _choose(ctx: Context, place: ChoosePillar) -> Screen:
    stay = await places.stay(ctx.session, place.chat_id)
    if not await _may_link(ctx, ctx.me):
        raise NotAllowed
    if stay is None or stay.until is not None:
        raise Gone
    return await _choice(ctx, ctx.me, stay.title, place)


async def _choice(desk: Desk, who: Person, title: str, place: ChoosePillar) -> Screen:
    t = desk.texts_of(who)
    part = page(await linking.to_choose(desk.session, who, desk.now), place.page)
    rows = [
        (
            LinkGroup(place.chat_id, place.thread_id, pillar.key).labelled(
                pillar.name_in(t.language)
            ),
        )
        for pillar in part.items
    ]
    turns = part.turns(lambda to: ChoosePillar(place.chat_id, place.thread_id, to))
    asked = (
        t("Which pillar is this topic of the group of?")
        if place.thread_id
        else t("Which pillar is this group of?")
    )
    text = paragraphs(t("🔗 <b>{title}</b>", title=title), asked)
    desk_of_letters = await _as_desk(desk, who, place)
    return Screen(text, (*rows, *((turns,) if turns else ()), *desk_of_letters, (home(t),)))


async def _as_desk(desk: Desk, who: Person, place: ChoosePillar) -> Rows:
    """A forum of the team itself can be where it reads letters."""
    stay = await places.stay(desk.session, place.chat_id)
    if stay is None or not stay.is_forum or place.thread_id:
        return ()
    if not await rights.may(desk.session, who, Action.KEEP_LETTER_DESK, desk.now):
        return ()
    label = desk.texts_of(who).label("✉️ Desk of letters")
    return ((LinkDesk(place.chat_id).labelled(label),),)


@on(LinkGroup)
async def begin(ctx: Context, press: LinkGroup) -> Screen:
    """Telegram is asked first: whether they are there, and what we may do."""
    place = (press.chat_id, press.thread_id, press.pillar_id)
    stay = await linking.check(ctx.session, ctx.me, *place, ctx.now)
    await ctx.errand(
        "groups.link",
        person_id=ctx.me.key,
        chat_id=press.chat_id,
        thread_id=press.thread_id,
        pillar_id=press.pillar_id,
    )
    t = ctx.t
    waits = t(
        "⏳ I am looking around in <b>{title}</b>. I will write in a moment.", title=stay.title
    )
    return Screen(waits, way_back(t, OpenPillarChat(press.pillar_id)))


@errand("groups.link")
async def finish(trip: Trip, person_id: int, chat_id: int, thread_id: int, pillar_id: int) -> None:
    async with trip.look() as desk:
        me = await people.find(desk.session, person_id)
    if me is None or me.telegram_id is None:
        return
    seen = await ask_about(trip, chat_id)
    theirs = await status_of(trip, chat_id, me.telegram_id)
    url = await _new_link(trip, seen)
    async with trip.deliver() as desk:
        try:
            await linking.notice(desk.session, seen, trip.now)
            if theirs not in PRESENT:
                raise NotThere
            place = (chat_id, thread_id, pillar_id)
            group = await linking.link(desk.session, me, *place, trip.now, invite_link=url)
            desk.tell(me, await health.screen(desk, me, group))
        except Refusal as refusal:
            t = desk.texts_of(me)
            said = refusals.words(t, refusal) or t.plain("This cannot be done.")
            desk.tell(me, Screen(t("{words}", words=said), way_back(t)))


async def ask_about(trip: Trip, chat_id: int) -> Seen:
    """How it is in the group; where we are not any more, that."""
    me = {"chat_id": chat_id, "user_id": trip.house.bot.id}
    try:
        chat = await trip.call("getChat", {"chat_id": chat_id})
        return described(chat, await trip.call("getChatMember", me))
    except (Forbidden, BadRequest):
        return Seen(chat_id, "", is_super=True, is_forum=False, is_there=False, rights=())


async def status_of(trip: Trip, chat_id: int, telegram_id: int) -> str:
    try:
        about = {"chat_id": chat_id, "user_id": telegram_id}
        return str((await trip.call("getChatMember", about))["status"])
    except (Forbidden, BadRequest):
        return "left"


async def _new_link(trip: Trip, seen: Seen) -> str:
    """Whoever follows it asks to be let in. Nothing where we may not make one."""
    if "can_invite_users" not in seen.rights:
        return ""
    wanted = {"chat_id": seen.chat_id, "name": "Paprsek", "creates_join_request": True}
    return str((await trip.call("createChatInviteLink", wanted))["invite_link"])


@errand("groups.meet")
async def meet(trip: Trip, chat_id: int) -> None:
    """Somebody calls us in a group of which we may not have heard."""
    seen = await ask_about(trip, chat_id)
    async with trip.deliver() as desk:
        news = await linking.notice(desk.session, seen, trip.now)
        await health.tell(desk, news.changed)


@on(CheckGroup)
async def check(ctx: Context, press: CheckGroup) -> Toast:
    group = await linking.mine(ctx.session, ctx.me, press.group_id, ctx.now)
    await ctx.errand("groups.check", group_id=group.key, person_id=ctx.me.key)
    return Toast(ctx.t.plain("I am looking. I will write in a moment."))


@errand("groups.check")
async def look(trip: Trip, group_id: int, person_id: int | None = None) -> None:
    async with trip.look() as desk:
        group = await places.find(desk.session, group_id)
    if group is None or group.until is not None:
        return
    seen = await ask_about(trip, group.chat_id)
    url = group.invite_link or await _new_link(trip, seen)
    async with trip.deliver() as desk:
        news = await linking.notice(desk.session, seen, trip.now)
        found = await linking.checked(desk.session, group_id, url, trip.now)
        me = await people.find(desk.session, person_id) if person_id else None
        if me is not None and found is not None:
            desk.tell(me, await health.screen(desk, me, found))
        await health.tell(desk, news.changed, but=me)


@job("groups.places", every=timedelta(minutes=5))
async def look_after(desk: Desk) -> None:
    for stay in await linking.to_leave(desk.session, desk.now):
        desk.owe(Call("leaveChat", stay.chat_id, priority=Priority.NOTICE))
    for group in await linking.to_check(desk.session, desk.now):
        await desk.errand("groups.check", group_id=group.key)


@on_move
async def move(desk: Desk, old: int, new: int) -> None:
    await linking.move(desk.session, old, new, desk.now)
