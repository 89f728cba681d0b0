"""Somebody opens the link of an invitation."""

from dataclasses import dataclass

from bot.domain import invitations
from bot.domain.invitations import Entry, Outcome
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context
from bot.kit.routes import on, start_link
from bot.kit.screens import Screen, paragraphs
from handlers.invitations.listing import ListInvitations
from handlers.invitations.making import LETTER
from handlers.links import FindOrganisation, Home, ListWorkshops, home, way_back
from storage import people


@dataclass(frozen=True)
class ComeOver(Button, prefix="inv.over"):
    """A member of another organisation has moved to this one."""

    token: str


@start_link(LETTER)
async def follow(ctx: Context, token: str) -> Screen:
    entry = await invitations.follow(ctx.session, ctx.me, token, ctx.now)
    return await _welcome(ctx, entry, token)


@on(ComeOver)
async def come_over(ctx: Context, press: ComeOver) -> Screen:
    entry = await invitations.follow(ctx.session, ctx.me, press.token, ctx.now, moving=True)
    return await _welcome(ctx, entry, press.token)


async def _welcome(ctx: Context, entry: Entry, token: str) -> Screen:
    t, where = ctx.t, entry.organisation
    if entry.outcome == Outcome.WRONG or where is None:
        return _not_valid(ctx)
    if entry.outcome == Outcome.ELSEWHERE and entry.left is not None:
        words = t(
            "The invitation is to <b>{organisation}</b>, but you are here for <b>{left}</b> – "
            "have you moved?",
            organisation=where.name,
            left=entry.left.name,
        )
        moved = ComeOver(token).labelled(t.label("✅ Yes, I have moved"))
        return Screen(words, ((moved,), (Home().labelled(t.label("No, stay where I am")),)))
    ways: Rows = ((ListWorkshops().labelled(t.label("📅 Events")), home(t)),)
    if entry.outcome == Outcome.ALREADY_IN:
        return Screen(t("You are in already: <b>{name}</b>", name=where.name), ways)
    await _tell_maker(ctx, entry)
    words = t(
        "🎉 Welcome among us! You are a verified member for <b>{organisation}</b> now.",
        organisation=where.name,
    )
    return Screen(words, ways)


def _not_valid(ctx: Context) -> Screen:
    t = ctx.t
    words = t("This invitation is not valid (any more). Please ask for a new one.")
    if ctx.me.is_member:
        return Screen(words, way_back(t))
    find = FindOrganisation().labelled(t.label("🏢 I am from a member"))
    return Screen(paragraphs(words, t("Or tell me where you work.")), ((find,), *way_back(t)))


async def _tell_maker(ctx: Context, entry: Entry) -> None:
    """Whoever invited one person wants to know; an invitation for ten would be noise."""
    if entry.invitation is None or entry.organisation is None or entry.invitation.places > 1:
        return
    maker = await people.find(ctx.session, entry.invitation.made_by)
    if maker is None:
        return
    t = ctx.texts_of(maker)
    words = t(
        "🎉 <b>{name}</b> has come to <b>{organisation}</b> by your invitation.",
        name=ctx.me.name,
        organisation=entry.organisation.name,
    )
    key = f"i{entry.invitation.key}:p{ctx.me.key}"
    ctx.tell(maker, Screen(words, way_back(t, ListInvitations())), key=key)
