"""Invitations: made, handed over, followed, counted and revoked."""

import io
from dataclasses import dataclass
from urllib.parse import urlencode

import segno

from bot.domain import invitations, rights
from bot.domain.invitations import Entry, Listed, Made, Outcome
from bot.domain.refusals import Gone
from bot.domain.rights import Action
from bot.kit.buttons import Button, Face, Rows, copying, link
from bot.kit.context import Context
from bot.kit.paging import page
from bot.kit.routes import on, start_link
from bot.kit.screens import Screen, Toast, paragraphs
from bot.kit.texts import Texts
from handlers.links import (
    ChooseOrganisation,
    FindOrganisation,
    Home,
    InviteInto,
    InviteSomebody,
    ListWorkshops,
    home,
    way_back,
)
from storage import organisations, people
from storage.invitations import Purpose

LETTER = "i"  # what our start links begin with


@dataclass(frozen=True)
class ListInvitations(Button, prefix="inv"):
    page: int = 0


@dataclass(frozen=True)
class MakeInvitation(Button, prefix="inv.make"):
    organisation_id: int
    purpose: str
    places: int


@dataclass(frozen=True)
class OpenInvitation(Button, prefix="inv.open"):
    invitation_id: int


@dataclass(frozen=True)
class RevokeInvitation(Button, prefix="inv.rev"):
    invitation_id: int


@dataclass(frozen=True)
class ShowCode(Button, prefix="inv.qr"):
    token: str


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
    rows = [(_line(ctx, each),) for each in part.items]
    turns = part.turns(ListInvitations)
    title = t("✉️ <b>Invitations</b>")
    if listed:
        words = t("🟢 can be used, ⚪ has ended; used / places:")
    else:
        words = t("There are none yet. An invitation makes a verified member of whoever opens it.")
    last = (*((turns,) if turns else ()), *await _new(ctx), *way_back(t))
    return Screen(paragraphs(title, words), (*rows, *last))


def _line(ctx: Context, listed: Listed) -> Face:
    label = ctx.t.label(
        "{sign} {organisation} · {used}/{places}",
        sign="🟢" if listed.is_open(ctx.now) else "⚪",
        organisation=listed.organisation.short,
        used=listed.used,
        places=listed.invitation.places,
    )
    return OpenInvitation(listed.invitation.key).labelled(label)


async def _new(ctx: Context) -> Rows:
    label = ctx.t.label("➕ New invitation")
    if await rights.may(ctx.session, ctx.me, Action.INVITE_ANYWHERE, ctx.now):
        return ((ChooseOrganisation("invite").labelled(label),),)
    mine = await invitations.spoken_for(ctx.session, ctx.me, ctx.now)
    return tuple((InviteInto(each).labelled(label),) for each in mine)


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
    if not await invitations.is_good(ctx.session, press.token, ctx.now):
        raise Gone
    picture = io.BytesIO()
    segno.make(_url(ctx, press.token), error="m").save(picture, kind="png", scale=10)
    caption = ctx.t("Point a phone's camera at it; Telegram opens by itself.")
    await ctx.send_me("invitation.png", picture.getvalue(), caption, photo=True)
    return Toast(ctx.t.plain("The code is below."))


@on(OpenInvitation)
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


def _url(ctx: Context, token: str) -> str:
    return ctx.house.start_link(LETTER + token)
