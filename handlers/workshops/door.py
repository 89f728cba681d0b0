"""The door: organisations to tap, their people to tick off, a name to type."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.workshops import check_in, door
from bot.domain.workshops.door import Door, Row
from bot.kit.buttons import Button, Face, Rows
from bot.kit.context import Context
from bot.kit.forms import Answers, Form, GiveUp, Question, begin
from bot.kit.paging import ROWS, page
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, lines, paragraphs
from bot.kit.texts import Texts
from bot.kit.typed import typed
from handlers.links import way_back
from handlers.workshops.doorkeepers import OpenHelpers
from handlers.workshops.poster import PutUpPoster
from handlers.workshops.scanning import OpenVisitor
from handlers.workshops.ways import Lead, OpenDoor
from handlers.workshops.words import part_name
from storage.workshops.check_ins import How, Troop, Visitor

ABREAST = 2  # buttons in a row of names
SIZE = ROWS * ABREAST
NAME = 60  # characters that somebody may type


@dataclass(frozen=True)
class OpenPart(Button, prefix="ws.d.p"):
    """Page `page` of the organisations; part 0 is the one that is on."""

    workshop_id: int
    part_id: int
    page: int = 0


@dataclass(frozen=True)
class OpenTroop(Button, prefix="ws.d.o"):
    """People of an organisation; 0 is those without one."""

    workshop_id: int
    part_id: int
    organisation_id: int
    page: int = 0


@dataclass(frozen=True)
class Tick(Button, prefix="ws.d.t"):
    workshop_id: int
    part_id: int
    organisation_id: int
    person_id: int
    page: int


@dataclass(frozen=True)
class Untick(Button, prefix="ws.d.u"):
    """A button of its own, so that a second tap of the first is no undoing."""

    workshop_id: int
    part_id: int
    organisation_id: int
    person_id: int
    page: int


@dataclass(frozen=True)
class LookFor(Button, prefix="ws.d.find"):
    workshop_id: int


@on(OpenDoor, reading=True)
async def open_door(ctx: Context, press: OpenDoor) -> Screen:
    return await _door(ctx, press.workshop_id)


@on(OpenPart, reading=True)
async def open_part(ctx: Context, press: OpenPart) -> Screen:
    return await _door(ctx, press.workshop_id, press.part_id, press.page)


@on(OpenTroop, reading=True)
async def open_troop(ctx: Context, press: OpenTroop) -> Screen:
    return await _troop(ctx, press)


@on(Tick)
async def tick(ctx: Context, press: Tick) -> Screen:
    key, who = press.workshop_id, press.person_id
    is_new = await check_in.admit(ctx.session, key, press.part_id, who, How.LIST, ctx.me, ctx.now)
    done = ctx.t.plain("✅ Checked in.") if is_new else ctx.t.plain("Checked in already.")
    return await _troop(ctx, _troop_of(press), done)


@on(Untick)
async def untick(ctx: Context, press: Untick) -> Screen:
    key, who = press.workshop_id, press.person_id
    await check_in.take_back(ctx.session, key, press.part_id, who, ctx.me, ctx.now)
    return await _troop(ctx, _troop_of(press), ctx.t.plain("↩️ Taken back."))


def _troop_of(press: Tick | Untick) -> OpenTroop:
    return OpenTroop(press.workshop_id, press.part_id, press.organisation_id, press.page)


async def _door(ctx: Context, workshop_id: int, part_id: int = 0, number: int = 0) -> Screen:
    t = ctx.t
    found = await door.open_list(ctx.session, workshop_id, part_id, ctx.me, ctx.now)
    key, slot = workshop_id, found.slot
    part = page(found.troops, number, SIZE)
    turns = part.turns(lambda to: OpenPart(key, slot.id, to))
    troops = [
        OpenTroop(key, slot.id, each.organisation_id).labelled(_troop_label(t, each))
        for each in part.items
    ]
    rows = (*_parts(t, found), *_abreast(troops), *((turns,) if turns else ()))
    opens = door.opens_at(slot)
    text = paragraphs(
        t("🚪 <b>{title}</b>", title=found.event.title),
        lines(
            t("<b>{part}</b>", part=part_name(t, slot)) if len(found.event.parts) > 1 else "",
            t("🕘 {when}", when=t.span(slot.starts_at, slot.ends_at)),
            _turnout(t, found),
        ),
        t("You can check people in from {when} on.", when=t.moment(opens))
        if ctx.now < opens
        else "",
        t("Tap an organisation, type a name, or point your camera at a ticket.")
        if found.troops
        else t("Nobody has a seat in this part."),
    )
    back = Lead(key) if found.is_team else None
    return Screen(text, (*rows, *_tools(t, found), *way_back(t, back)))


def _turnout(t: Texts, found: Door) -> str:
    came, expected = t.number(found.came), t.number(found.expected)
    return t("✅ <b>{came}</b> of {expected} have come", came=came, expected=expected)


def _troop_label(t: Texts, troop: Troop) -> str:
    name = troop.name or t.label("Without an organisation")
    label = t.label("{came}/{n} {name}", came=troop.came, n=troop.expected, name=name)
    return f"☑ {label}" if troop.came == troop.expected else label


def _parts(t: Texts, found: Door) -> Rows:
    others = (slot for slot in found.event.parts if slot.id != found.slot.id)
    return _abreast(
        OpenPart(found.event.id, slot.id).labelled(t.label("▸ {part}", part=part_name(t, slot)))
        for slot in others
    )


def _tools(t: Texts, found: Door) -> Rows:
    key = found.event.id
    look = LookFor(key).labelled(t.label("🔎 Type a name"))
    poster = PutUpPoster(key).labelled(t.label("📺 Poster"))
    helpers = (OpenHelpers(key).labelled(t.label("🙋 Helpers at the door")),)
    return ((look, poster), *((helpers,) if found.is_team else ()))


async def _troop(ctx: Context, press: OpenTroop, toast: str = "") -> Screen:
    t, key, slot_id = ctx.t, press.workshop_id, press.part_id
    found = await door.open_row(ctx.session, key, slot_id, press.organisation_id, ctx.me, ctx.now)
    part = page(found.visitors, press.page, SIZE)
    turns = part.turns(lambda to: OpenTroop(key, slot_id, press.organisation_id, to))
    faces = [_box(press, part.number, each) for each in part.items]
    rows = (*_abreast(faces), *((turns,) if turns else ()))
    return Screen(_troop_text(t, found), (*rows, *way_back(t, OpenPart(key, slot_id))), toast)


def _troop_text(t: Texts, found: Row) -> str:
    troop = found.troop
    came, expected = t.number(troop.came), t.number(troop.expected)
    return paragraphs(
        lines(
            t("🏢 <b>{name}</b>", name=troop.name or t.plain("Without an organisation")),
            t("<b>{part}</b>", part=part_name(t, found.slot)),
            t("✅ <b>{came}</b> of {expected} have come", came=came, expected=expected),
        ),
        t("Tap whoever comes. One more tap takes it back."),
    )


def _box(press: OpenTroop, number: int, visitor: Visitor) -> Face:
    ids = (press.workshop_id, press.part_id, press.organisation_id, visitor.person_id, number)
    if visitor.came_at is None:
        return Tick(*ids).labelled(f"☐ {visitor.name}")
    return Untick(*ids).labelled(f"☑ {visitor.name}")


def _abreast(faces: Iterable[Face]) -> Rows:
    many = list(faces)
    return tuple(tuple(many[at : at + ABREAST]) for at in range(0, len(many), ABREAST))


@on(LookFor)
async def look_for(ctx: Context, press: LookFor) -> Answer:
    await door.at_door(ctx.session, press.workshop_id, ctx.me, ctx.now)
    return await begin(ctx, FORM, workshop_id=press.workshop_id)


def _ask_name(ctx: Context, _: Answers) -> Screen:
    return Screen(ctx.t("🔎 Whom are you looking for? Write a name, or its beginning."))


async def _show_found(ctx: Context, answers: Answers) -> Answer:
    """The question stays open: at the door one name follows another."""
    key = int(answers["workshop_id"])
    event, found = await door.look_for(ctx.session, key, answers["name"], ctx.me, ctx.now)
    await begin(ctx, FORM, workshop_id=key)
    t = ctx.t
    head = t("🔎 <b>{words}</b> – {title}", words=answers["name"], title=event.title)
    words = t("Tap the right one, or write another name.") if found else _nobody(t)
    back = (GiveUp(FORM.name).labelled(t.label("🚪 Back to the door")),)
    return Screen(paragraphs(head, words), (*_found_rows(key, found), back))


def _nobody(t: Texts) -> str:
    return t("Nobody of that name has signed up. Write another one, or the beginning only.")


def _found_rows(key: int, found: Sequence[Visitor]) -> Rows:
    return tuple(
        (OpenVisitor(key, each.person_id).labelled(_with_organisation(each)),) for each in found
    )


def _with_organisation(visitor: Visitor) -> str:
    return f"{visitor.name}, {visitor.organisation}" if visitor.organisation else visitor.name


async def _left(ctx: Context, answers: Answers) -> Answer:
    return await _door(ctx, int(answers.get("workshop_id", 0)))


FORM = Form("workshop.door", (Question("name", _ask_name, typed(NAME)),), _show_found, _left)
