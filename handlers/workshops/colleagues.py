"""Signing up a colleague: a list of those who have no place yet, one tap, and they are told."""

from dataclasses import dataclass

from bot.domain import workshops
from bot.domain.workshops.colleagues import Colleagues, SignedUp, colleagues, sign_up_colleague
from bot.kit.buttons import Button
from bot.kit.context import Context
from bot.kit.paging import ROWS, Page
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.links import OpenWorkshop, way_back
from handlers.workshops.telling import ways
from handlers.workshops.ways import ConfirmPlace, DeclinePlace, SignUpColleague
from handlers.workshops.words import what_it_is
from storage.people import Person


@dataclass(frozen=True)
class SignThemUp(Button, prefix="ws.mate+"):
    workshop_id: int
    person_id: int


@on(SignUpColleague, reading=True)
async def list_colleagues(ctx: Context, press: SignUpColleague) -> Screen:
    return await _list(ctx, press.workshop_id, press.page)


@on(SignThemUp)
async def sign_them_up(ctx: Context, press: SignThemUp) -> Screen:
    key = press.workshop_id
    done = await sign_up_colleague(ctx.session, key, press.person_id, ctx.me, ctx.now)
    if done.is_new:
        screen = _told(ctx.texts_of(done.colleague), ctx.me, done.card)
        ctx.tell(done.colleague, screen, expires_at=done.card.event.starts_at)
    return await _list(ctx, key, 0, _toast(ctx.t, done))


async def _list(ctx: Context, workshop_id: int, number: int, toast: str = "") -> Screen:
    t, skip = ctx.t, max(0, number) * ROWS
    found = await colleagues(ctx.session, workshop_id, ctx.me, ctx.now, skip=skip, limit=ROWS)
    shown = Page(found.people, max(0, number), max(1, -(-found.count // ROWS)))
    turns = shown.turns(lambda page: SignUpColleague(workshop_id, page))
    rows = tuple(
        (SignThemUp(workshop_id, each.key).labelled(t.label("➕ {name}", name=each.name)),)
        for each in found.people
    )
    back = way_back(t, OpenWorkshop(workshop_id))
    return Screen(_text(t, found), (*rows, *((turns,) if turns else ()), *back), toast)


def _text(t: Texts, found: Colleagues) -> str:
    words = t("Whom shall I sign up? I will tell them that it was you.")
    if not found.count:
        words = t(
            "All your colleagues who have the bot are on the list already. Others can be invited "
            "by your contact person."
        )
    return paragraphs(t("👥 <b>{title}</b>", title=found.card.event.title), words)


def _toast(t: Texts, done: SignedUp) -> str:
    name = done.colleague.name
    if not done.is_new:
        return t.plain("{name} is on the list already.", name=name)
    waiting = [part.number_in_line for part in done.card.mine if part.number_in_line]
    if waiting:
        return t.plain("{name} is number {n} in line.", name=name, n=waiting[0])
    return t.plain("{name} has a seat.", name=name)


def _told(t: Texts, by: Person, card: workshops.Card) -> Screen:
    key = card.event.id
    waiting = [part.number_in_line for part in card.mine if part.number_in_line]
    standing = t("✅ You have a seat.")
    if waiting:
        standing = t("⏳ You are number {n} in line.", n=waiting[0])
    text = paragraphs(
        t("👥 Your colleague <b>{name}</b> has signed you up.", name=by.name),
        lines(what_it_is(t, card.event), standing),
    )
    yes = () if waiting else (ConfirmPlace(key).labelled(t.label("✅ I will come"), "success"),)
    no = DeclinePlace(key).labelled(t.label("❌ I cannot"))
    return Screen(text, ((*yes, no), *ways(t, key)))
