"""Who comes and goes in the groups of pillars, and who should go: removed after a yes."""

from datetime import timedelta

from telegram import ChatMemberUpdated

from bot.domain.groups import attending, departures
from bot.domain.groups.attending import Step, Tag
from bot.domain.groups.departures import LEFT_CLUSTER, LEFT_PILLAR, Parting
from bot.domain.groups.linking import in_charge
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context, Desk
from bot.kit.paging import page
from bot.kit.routes import job, on, on_membership
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.groups.chat_ways import KeepInGroup, ListLeaving, RemoveFromGroup
from handlers.groups.ways import OpenPillarChat
from handlers.links import way_back
from storage.outbox import Call, Priority


@on_membership
async def record(desk: Desk, change: ChatMemberUpdated) -> None:
    user = change.new_chat_member.user
    if change.chat.type == "private" or user.is_bot:
        return
    step = Step(
        change.chat.id,
        user.id,
        user.full_name,
        change.old_chat_member.status,
        change.new_chat_member.status,
        change.from_user.id,
    )
    put_on(desk, await attending.record(desk.session, step, desk.now))


def put_on(desk: Desk, tags: list[Tag]) -> None:
    for each in tags:
        payload = {"user_id": each.telegram_id, "tag": each.text}
        desk.owe(Call("setChatMemberTag", each.chat_id, payload, Priority.NOTICE))


@on(ListLeaving, reading=True)
async def list_leaving(ctx: Context, press: ListLeaving) -> Screen:
    partings = await departures.to_decide(ctx.session, ctx.me, press.pillar_id, ctx.now)
    t, back = ctx.t, OpenPillarChat(press.pillar_id)
    if not partings:
        nobody = t("Everybody in the group belongs there. I will write when somebody leaves us.")
        return Screen(nobody, way_back(t, back))
    part = page(partings, press.page, 1)
    turns = part.turns(lambda to: ListLeaving(press.pillar_id, to))
    return _card(t, part.items[0], (turns,) if turns else (), back)


@on(RemoveFromGroup)
async def remove(ctx: Context, press: RemoveFromGroup) -> Screen:
    parting = await departures.decide(
        ctx.session, ctx.me, press.departure_id, ctx.now, remove=True
    )
    if parting.fresh and parting.departure.removed:
        _show_out(ctx, parting)
    return _decided(ctx.t, parting)


@on(KeepInGroup)
async def keep(ctx: Context, press: KeepInGroup) -> Screen:
    parting = await departures.decide(
        ctx.session, ctx.me, press.departure_id, ctx.now, remove=False
    )
    return _decided(ctx.t, parting)


def _show_out(desk: Desk, parting: Parting) -> None:
    """They may come back by asking: a removal is no ban."""
    who = {"user_id": parting.departure.telegram_id}
    desk.owe(Call("banChatMember", parting.departure.chat_id, who))
    if parting.is_super:
        lifted = {**who, "only_if_banned": True}
        desk.owe(Call("unbanChatMember", parting.departure.chat_id, lifted))


@job("groups.departures", every=timedelta(minutes=1))
async def ask(desk: Desk) -> None:
    for parting in await departures.to_be_told(desk.session, desk.now):
        for who in await in_charge(desk.session, parting.pillar.key, desk.now):
            key = f"bye{parting.departure.key}:p{who.key}"
            desk.tell(who, _card(desk.texts_of(who), parting), key=key)


def _card(t: Texts, parting: Parting, turns: Rows = (), back: Button | None = None) -> Screen:
    key = parting.departure.key
    ways = (
        RemoveFromGroup(key).labelled(t.label("🚪 Remove"), "danger"),
        KeepInGroup(key).labelled(t.label("Let them stay")),
    )
    text = paragraphs(_who(t, parting), t("Shall I remove them from the group?"))
    return Screen(text, (ways, *turns, *way_back(t, back)))


def _who(t: Texts, parting: Parting) -> str:
    return lines(
        t("👋 <b>{name}</b>", name=parting.name),
        t("Group of the pillar {pillar}", pillar=parting.pillar.name_in(t.language)),
        _why(t, parting.departure.why),
    )


def _why(t: Texts, why: str) -> str:
    if why == LEFT_PILLAR:
        return t("Has left the pillar and is still in the group.")
    if why == LEFT_CLUSTER:
        return t("Is no longer in the cluster and is still in the group.")
    return t("Is in the group and not in the pillar.")


def _decided(t: Texts, parting: Parting) -> Screen:
    said = t("✅ Removed.") if parting.departure.removed else t("✅ Stays in the group.")
    toast = "" if parting.fresh else t.plain("This has been decided already.")
    back = way_back(t, ListLeaving(parting.pillar.key))
    return Screen(paragraphs(_who(t, parting), said), back, toast)
