"""The list of the invited: found by their names, added and removed with a tap."""

from dataclasses import dataclass

from bot.domain import workshops
from bot.domain.workshops import planning, settings
from bot.kit.buttons import Button, Face, Rows
from bot.kit.context import Context
from bot.kit.forms import Answers, Form, Question, begin
from bot.kit.paging import page
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, paragraphs
from bot.kit.texts import Texts
from bot.kit.typed import typed
from handlers.links import way_back
from handlers.workshops.editing import ChangeWho
from handlers.workshops.leading import editor
from storage import organisations
from storage.folding import words
from storage.people import Person
from storage.workshops import Event, guests
from storage.workshops.guests import Guest

SHOWN = 4  # on a page
OFFERED = 4  # found at once
LABEL = 40  # characters


@dataclass(frozen=True)
class ListGuests(Button, prefix="ws.inv"):
    workshop_id: int
    page: int = 0


@dataclass(frozen=True)
class Uninvite(Button, prefix="ws.inv.no"):
    workshop_id: int
    invitee_id: int
    page: int


@dataclass(frozen=True)
class FindGuest(Button, prefix="ws.inv.find"):
    workshop_id: int


@dataclass(frozen=True)
class InvitePerson(Button, prefix="ws.inv.p"):
    workshop_id: int
    person_id: int


@dataclass(frozen=True)
class InviteOrganisation(Button, prefix="ws.inv.o"):
    workshop_id: int
    organisation_id: int


@on(ListGuests, reading=True)
async def list_guests(ctx: Context, press: ListGuests) -> Screen:
    return await _list_screen(ctx, press.workshop_id, press.page)


async def _list_screen(ctx: Context, workshop_id: int, number: int = 0, toast: str = "") -> Screen:
    event, _ = await workshops.editable(ctx.session, workshop_id, ctx.me, ctx.now)
    t, key = ctx.t, event.id
    invited = await guests.of_workshop(ctx.session, key)
    shown = page(invited, number, SHOWN)
    turns = shown.turns(lambda other: ListGuests(key, other))
    remove = tuple(
        (Uninvite(key, guest.key, shown.number).labelled(_label(t, "✖️", _name(guest))),)
        for guest in shown.items
    )
    add = FindGuest(key).labelled(t.label("➕ Invite somebody"), "primary")
    rows = (*remove, *((turns,) if turns else ()), (add,), *way_back(t, ChangeWho(key)))
    return Screen(paragraphs(_head(t, event), _about(t, len(invited))), rows, toast)


def _head(t: Texts, event: Event) -> str:
    return t("✉️ Invited to <b>{title}</b>", title=event.title)


def _about(t: Texts, number: int) -> str:
    if not number:
        return t("Nobody yet. Add people, or whole organisations at once.")
    return t("A tap on a name takes it off the list.")


def _name(guest: Guest) -> str:
    if guest.organisation is not None:
        return f"🏢 {guest.organisation.short}"
    return guest.person.name if guest.person else "–"


def _label(t: Texts, sign: str, name: str) -> str:
    label = f"{sign} {name}"
    return label if len(label) <= LABEL else f"{label[: LABEL - 1]}…"


@on(Uninvite)
async def uninvite(ctx: Context, press: Uninvite) -> Screen:
    await settings.uninvite(editor(ctx, press.workshop_id), press.invitee_id)
    toast = ctx.t.plain("Taken off the list.")
    return await _list_screen(ctx, press.workshop_id, press.page, toast)


@on(InvitePerson)
async def invite_person(ctx: Context, press: InvitePerson) -> Screen:
    await settings.invite(editor(ctx, press.workshop_id), person_id=press.person_id)
    return await _list_screen(ctx, press.workshop_id, 0, ctx.t.plain("Added to the list."))


@on(InviteOrganisation)
async def invite_organisation(ctx: Context, press: InviteOrganisation) -> Screen:
    invitation = {"organisation_id": press.organisation_id}
    await settings.invite(editor(ctx, press.workshop_id), **invitation)
    return await _list_screen(ctx, press.workshop_id, 0, ctx.t.plain("Added to the list."))


@on(FindGuest)
async def find_guest(ctx: Context, press: FindGuest) -> Answer:
    event, _ = await workshops.editable(ctx.session, press.workshop_id, ctx.me, ctx.now)
    return await begin(ctx, FIND, workshop_id=event.id)


def _ask_name(ctx: Context, _: Answers) -> Screen:
    return Screen(ctx.t("🔍 Write the name of a person or of an organisation."))


async def _found(ctx: Context, answers: Answers) -> Answer:
    t, key = ctx.t, int(answers["workshop_id"])
    await workshops.editable(ctx.session, key, ctx.me, ctx.now)
    typed_words = words(answers["name"])
    wholes = await organisations.search(ctx.session, typed_words, OFFERED) if typed_words else ()
    named = await guests.people_named(ctx.session, typed_words, OFFERED) if typed_words else ()
    rows: list[tuple[Face, ...]] = [
        (InviteOrganisation(key, each.key).labelled(_label(t, "🏢", each.short)),)
        for each in wholes[: OFFERED - min(len(named), OFFERED // 2)]
    ]
    rows += [
        (InvitePerson(key, each.key).labelled(_label(t, "👤", await _known(ctx, each))),)
        for each in named[: OFFERED - len(rows)]
    ]
    again: Rows = ((FindGuest(key).labelled(t.label("🔍 Look for another name")),),)
    return Screen(
        _result(t, answers["name"], rows), (*rows, *again, *way_back(t, ListGuests(key)))
    )


def _result(t: Texts, name: str, rows: list[tuple[Face, ...]]) -> str:
    if not rows:
        return t("Nobody of the name <b>{name}</b> is here. Try a part of it.", name=name)
    return t("✉️ Whom do you mean by <b>{name}</b>?", name=name)


async def _known(ctx: Context, person: Person) -> str:
    where = person.organisation_id
    organisation = await organisations.find(ctx.session, where) if where else None
    return f"{person.name}, {organisation.short}" if organisation else person.name


async def _left(ctx: Context, answers: Answers) -> Answer:
    return await _list_screen(ctx, int(answers.get("workshop_id", 0)))


NAME = Question("name", _ask_name, typed(planning.PART_NAME))
FIND = Form("workshop.guest", (NAME,), _found, _left)
