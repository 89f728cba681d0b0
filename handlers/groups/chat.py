"""A pillar's Telegram group as its guarantor sees it."""

from bot.domain import rights
from bot.domain.groups import departures, door, linking, reconciling
from bot.domain.refusals import Gone
from bot.domain.rights import Action
from bot.kit.buttons import Rows, link
from bot.kit.context import Context
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.groups import health
from handlers.groups.chat_ways import (
    CheckGroup,
    ListLeaving,
    ListWaiting,
    UnlinkGroup,
    UnlinkSurely,
)
from handlers.groups.reconciling import differences
from handlers.groups.ways import OpenPillarChat, RunPillar
from handlers.links import way_back
from storage import pillars
from storage.groups import doors, places, presence
from storage.groups.chats import GroupChat
from storage.outbox import Call, Priority
from storage.pillars import Pillar

ASKED_FOR = "invite_users+restrict_members+pin_messages+manage_topics+manage_tags"


@on(OpenPillarChat, reading=True)
async def open_chat(ctx: Context, press: OpenPillarChat) -> Screen:
    pillar = await pillars.find(ctx.session, press.pillar_id)
    if pillar is None:
        raise Gone
    await rights.require(
        ctx.session, ctx.me, Action.RUN_PILLAR, ctx.now, pillar_id=press.pillar_id
    )
    group = await places.of_pillar(ctx.session, press.pillar_id)
    return _none(ctx, pillar) if group is None else await _linked(ctx, pillar, group)


def _none(ctx: Context, pillar: Pillar) -> Screen:
    t = ctx.t
    text = paragraphs(
        t("💬 <b>{pillar}</b>: no group yet", pillar=pillar.name_in(t.language)),
        t("Make a group in Telegram and add me as an administrator; I will ask for its pillar."),
        t("In a forum, write <code>/link</code> in the topic that is to be the pillar's."),
    )
    url = f"https://t.me/{ctx.house.bot_name}?startgroup&admin={ASKED_FOR}"
    add = link(t.label("➕ Add me to a group"), url)
    return Screen(text, ((add,), *way_back(t, RunPillar(pillar.key))))


async def _linked(ctx: Context, pillar: Pillar, group: GroupChat) -> Screen:
    t, session = ctx.t, ctx.session
    waiting = await door.to_decide(session, ctx.me, pillar.key, ctx.now)
    leaving = await departures.to_decide(session, ctx.me, pillar.key, ctx.now)
    count = await presence.count(session, group.chat_id)
    looked = await doors.last_look(session, group.key)
    title = lines(
        t("💬 <b>{title}</b>", title=group.title),
        t("Pillar {pillar}", pillar=pillar.name_in(t.language)),
        t.n("I know {n} person there.", "I know {n} people there.", count) if count else "",
    )
    found = ""
    if looked is not None:
        day = t.date(looked.looked_at.astimezone(t.zone))
        told = differences(t, reconciling.read(looked)) or t("• nothing")
        found = lines(t("Differences on {day}:", day=day), told)
    rows: Rows = (
        (ListWaiting(pillar.key).labelled(t.label("🚪 At the door ({n})", n=len(waiting))),),
        (ListLeaving(pillar.key).labelled(t.label("👋 Should go ({n})", n=len(leaving))),),
        (
            CheckGroup(group.key).labelled(t.label("🔄 Check again")),
            UnlinkGroup(group.key).labelled(t.label("🔗 Unlink")),
        ),
        *way_back(t, RunPillar(pillar.key)),
    )
    return Screen(paragraphs(title, await health.state(ctx, t, group), found), rows)


@on(UnlinkGroup, reading=True)
async def unlink(ctx: Context, press: UnlinkGroup) -> Screen:
    group = await linking.mine(ctx.session, ctx.me, press.group_id, ctx.now)
    t = ctx.t
    text = paragraphs(
        t("🔗 Unlink <b>{title}</b>?", title=group.title),
        t("The group stays as it is; I will no longer look after it, and my link will end."),
    )
    sure = UnlinkSurely(group.key).labelled(t.label("🔗 Yes, unlink"), "danger")
    return Screen(text, ((sure,), *way_back(t, OpenPillarChat(group.pillar_id))))


@on(UnlinkSurely)
async def unlink_surely(ctx: Context, press: UnlinkSurely) -> Screen:
    group, url = await linking.unlink(ctx.session, ctx.me, press.group_id, ctx.now)
    if url:
        ended = {"invite_link": url}
        ctx.owe(Call("revokeChatInviteLink", group.chat_id, ended, Priority.NOTICE))
    return Screen(_unlinked(ctx.t), way_back(ctx.t, OpenPillarChat(group.pillar_id)))


def _unlinked(t: Texts) -> str:
    return t("✅ The group is no longer linked. If nobody links it within a day, I will leave it.")
