"""The invitations there are, how often each was used, and an end to one."""

from dataclasses import dataclass

from bot.domain import invitations, rights
from bot.domain.invitations import Listed
from bot.domain.rights import Action
from bot.kit.buttons import Button, Face, Rows
from bot.kit.context import Context
from bot.kit.paging import page
from bot.kit.routes import on
from bot.kit.screens import Screen, paragraphs
from handlers.links import (
    ChooseOrganisation,
    InviteInto,
    InviteSomebody,
    ListPeople,
    OpenAdmin,
    way_back,
)


@dataclass(frozen=True)
class ListInvitations(Button, prefix="inv"):
    page: int = 0


@dataclass(frozen=True)
class OpenInvitation(Button, prefix="inv.open"):
    invitation_id: int


@dataclass(frozen=True)
class RevokeInvitation(Button, prefix="inv.rev"):
    invitation_id: int


@on(InviteSomebody, reading=True)
async def overview(ctx: Context, _: InviteSomebody) -> Screen:
    return await _list(ctx, 0)


@on(ListInvitations, reading=True)
async def turn(ctx: Context, press: ListInvitations) -> Screen:
    return await _list(ctx, press.page)


async def _list(ctx: Context, number: int) -> Screen:
    t = ctx.t
    listed = await invitations.of_mine(ctx.session, ctx.me, ctx.now)
    part = page(listed, number)
    turns = part.turns(ListInvitations)
    rows = (*((_line(ctx, each),) for each in part.items), *((turns,) if turns else ()))
    title = t("✉️ <b>Invitations</b>")
    if listed:
        words = t("🟢 can be used, ⚪ has ended; used / places:")
    else:
        words = t("There are none yet. An invitation makes a verified member of whoever opens it.")
    return Screen(paragraphs(title, words), (*rows, *await _ways_on(ctx)))


async def _ways_on(ctx: Context) -> Rows:
    """To a new invitation, and back to where they came from."""
    t, label = ctx.t, ctx.t.label("➕ New invitation")
    if await rights.may(ctx.session, ctx.me, Action.INVITE_ANYWHERE, ctx.now):
        return ((ChooseOrganisation("invite").labelled(label),), *way_back(t, OpenAdmin()))
    mine = await rights.spoken_for(ctx.session, ctx.me, ctx.now)
    new = tuple((InviteInto(each).labelled(label),) for each in mine)
    return (*new, *way_back(t, ListPeople(mine[0])))


def _line(ctx: Context, listed: Listed) -> Face:
    label = ctx.t.label(
        "{sign} {organisation} · {used}/{places}",
        sign="🟢" if listed.is_open(ctx.now) else "⚪",
        organisation=listed.organisation.short,
        used=listed.used,
        places=listed.invitation.places,
    )
    return OpenInvitation(listed.invitation.key).labelled(label)


@on(OpenInvitation, reading=True)
async def open_invitation(ctx: Context, press: OpenInvitation) -> Screen:
    listed = await invitations.look(ctx.session, ctx.me, press.invitation_id, ctx.now)
    return _card(ctx, listed)


@on(RevokeInvitation)
async def revoke(ctx: Context, press: RevokeInvitation) -> Screen:
    listed = await invitations.revoke(ctx.session, ctx.me, press.invitation_id, ctx.now)
    return _card(ctx, listed, toast=ctx.t.plain("Revoked: nobody else comes in by it."))


def _card(ctx: Context, listed: Listed, toast: str = "") -> Screen:
    t, invitation = ctx.t, listed.invitation
    text = paragraphs(
        t("✉️ <b>Invitation to {name}</b>", name=listed.organisation.name),
        t(
            "Made {day}; {used} of {places} places used.",
            day=t.date(invitation.made_at.astimezone(t.zone)),
            used=listed.used,
            places=invitation.places,
        ),
        _state(ctx, listed),
    )
    rows: Rows = ()
    if listed.is_open(ctx.now):
        rows = ((RevokeInvitation(invitation.key).labelled(t.label("🚫 Revoke")),),)
    return Screen(text, (*rows, *way_back(t, ListInvitations())), toast)


def _state(ctx: Context, listed: Listed) -> str:
    t, invitation = ctx.t, listed.invitation
    if invitation.revoked_at is not None:
        return t("🚫 Revoked {day}.", day=t.date(invitation.revoked_at.astimezone(t.zone)))
    if listed.used >= invitation.places:
        return t("⚪ All its places are taken.")
    if ctx.now >= invitation.expires_at:
        return t("⚪ It has ended.")
    return t("🟢 It can be used until {until}.", until=t.moment(invitation.expires_at))
