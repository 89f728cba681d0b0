"""A new invitation: for whom, and handed over as a link or as a picture."""

import io
from dataclasses import dataclass
from urllib.parse import urlencode

import segno

from bot.domain import invitations, rights
from bot.domain.invitations import Made
from bot.domain.refusals import Gone
from bot.domain.rights import Action
from bot.kit.buttons import Button, Rows, copying, link
from bot.kit.context import Context
from bot.kit.routes import on
from bot.kit.screens import Screen, Toast, paragraphs
from bot.kit.texts import Texts
from handlers.invitations.listing import ListInvitations, RevokeInvitation
from handlers.links import InviteInto, way_back
from storage import organisations
from storage.invitations import Purpose

LETTER = "i"  # what our start links begin with


@dataclass(frozen=True)
class MakeInvitation(Button, prefix="inv.make"):
    organisation_id: int
    purpose: str
    places: int


@dataclass(frozen=True)
class ShowCode(Button, prefix="inv.qr"):
    token: str


@on(InviteInto, reading=True)
async def choose(ctx: Context, press: InviteInto) -> Screen:
    t, where = ctx.t, press.organisation_id
    action = Action.INVITE_COLLEAGUE
    await rights.require(ctx.session, ctx.me, action, ctx.now, organisation_id=where)
    organisation = await organisations.find(ctx.session, where)
    if organisation is None:
        raise Gone
    words = t("Who is to come in for <b>{name}</b>?", name=organisation.name)
    rows: Rows = (
        (MakeInvitation(where, Purpose.COLLEAGUE, 1).labelled(t.label("👤 One person")),),
        (MakeInvitation(where, Purpose.COLLEAGUE, 10).labelled(t.label("👥 Up to ten")),),
    )
    if await rights.may(ctx.session, ctx.me, Action.APPOINT, ctx.now):
        contact = MakeInvitation(where, Purpose.CONTACT, 1)
        rows = (*rows, (contact.labelled(t.label("📇 A contact person")),))
    return Screen(words, (*rows, *way_back(t, ListInvitations())))


@on(MakeInvitation)
async def make(ctx: Context, press: MakeInvitation) -> Screen:
    if press.purpose not in set(Purpose):
        raise Gone
    purpose = Purpose(press.purpose)
    made = await invitations.invite(
        ctx.session, ctx.me, press.organisation_id, purpose, press.places, ctx.now
    )
    return _made(ctx, made)


def _made(ctx: Context, made: Made) -> Screen:
    t, url = ctx.t, _url(ctx, made.token)
    text = paragraphs(
        t("✉️ <b>Your invitation to {name}</b>", name=made.organisation.name),
        t("{words}", words=url),
        _terms(t, made),
        t("Whoever opens it is verified at once, so please give it to none but them. "
          "I show the link this once only."),
    )  # fmt: skip
    share = "https://t.me/share/url?" + urlencode({"url": url})
    rows: Rows = (
        (copying(t.label("📋 Copy the link"), url), link(t.label("↗️ Send it on"), share)),
        (
            ShowCode(made.token).labelled(t.label("🔳 QR code")),
            RevokeInvitation(made.invitation.key).labelled(t.label("🚫 Revoke")),
        ),
    )
    return Screen(text, (*rows, *way_back(t, ListInvitations())))


def _terms(t: Texts, made: Made) -> str:
    until = t.moment(made.invitation.expires_at)
    if made.invitation.purpose == Purpose.CONTACT:
        return t("For one person, who becomes a contact person; until {until}.", until=until)
    return t.n(
        "For {n} person, until {until}.",
        "For {n} people, until {until}.",
        made.invitation.places,
        until=until,
    )


@on(ShowCode)
async def show_code(ctx: Context, press: ShowCode) -> Toast:
    if not await invitations.is_good(ctx.session, ctx.me, press.token, ctx.now):
        words = ctx.t.plain("This invitation is not valid (any more). Please ask for a new one.")
        return Toast(words, alert=True)
    picture = io.BytesIO()
    segno.make(_url(ctx, press.token), error="m").save(picture, kind="png", scale=8)
    caption = ctx.t("Point a phone's camera at it; Telegram opens by itself.")
    await ctx.send_me("invitation.png", picture.getvalue(), caption, photo=True)
    return Toast(ctx.t.plain("The code is below."))


def _url(ctx: Context, token: str) -> str:
    return ctx.house.start_link(LETTER + token)
