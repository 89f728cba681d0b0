"""Asking owners whether their records still hold, and what becomes of those that do not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.instruments import caring, freshness
from bot.domain.instruments.freshness import Round
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context, Desk
from bot.kit.paging import page
from bot.kit.routes import job, on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.equipment.care_ways import AskToHide, Confirm
from handlers.equipment.editing import edit_screen
from handlers.equipment.keeping import shelf_screen
from handlers.equipment.ways import EditInstrument, ManageInstruments
from handlers.links import way_back
from storage.instruments import Condition, Instrument
from storage.people import Person
from storage.pushes import PushKind, Way

NAMED = 8  # records in one message


@dataclass(frozen=True)
class ConfirmAll(Button, prefix="in.ok.all"):
    organisation_id: int


@dataclass(frozen=True)
class GoThrough(Button, prefix="in.ok.go"):
    """One by one."""

    organisation_id: int
    page: int = 0


@dataclass(frozen=True)
class Hide(Button, prefix="in.hide.y"):
    instrument_id: int


@dataclass(frozen=True)
class Remove(Button, prefix="in.del"):
    """For ever."""

    instrument_id: int


@job("equipment.freshness", every=timedelta(hours=1))
async def ask(desk: Desk) -> None:
    for each in await freshness.due(desk.session, desk.now, desk.house.cluster.zone):
        if each.asked and not await _bring_to(desk, each.people, each):
            await _bring_to(desk, each.managers, each)
        if each.hidden:
            _tell_hidden(desk, each)


async def _bring_to(desk: Desk, whom: Sequence[Person], its: Round) -> bool:
    """Whether it reaches one of them, at once or on Monday."""
    ways = [await _bring(desk, person, its) for person in whom]
    return any(way in (Way.NOW, Way.DIGEST) for way in ways)


async def _bring(desk: Desk, person: Person, its: Round) -> Way:
    t, home = desk.texts_of(person), its.owner.key if its.owner else 0
    title = t.plain_n(
        "Does this {n} record still hold?", "Do these {n} records still hold?", len(its.asked)
    )
    return await desk.push(
        person,
        PushKind.EQUIPMENT,
        _question(t, its, person),
        key=freshness.question(home, desk.now, person.key),
        title=f"{title} {its.asked[0].name}{'…' if len(its.asked) > 1 else ''}",
        opens=GoThrough(home),
    )


def _question(t: Texts, its: Round, person: Person) -> Screen:
    home = its.owner.key if its.owner else 0
    is_others = person not in its.people
    whose = t("🏢 {name}", name=its.owner.name) if its.owner and is_others else ""
    if len(its.asked) == 1:
        one = its.asked[0]
        named = lines(t("🔬 <b>{name}</b>", name=one.name), whose)
        return Screen(paragraphs(named, t("Does this record still hold?")), _one(t, one.key))
    rows: Rows = (
        (ConfirmAll(home).labelled(t.label("✅ Yes, all of them"), "success"),),
        (GoThrough(home).labelled(t.label("👀 One by one")),),
    )
    asked = t.n(
        "Does this {n} record still hold?", "Do these {n} records still hold?", len(its.asked)
    )
    named = lines(whose, *_names(t, its.asked))
    return Screen(paragraphs(asked, named, _why(t, its)), rows)


def _why(t: Texts, its: Round) -> str:
    if any(each.condition == Condition.UNVERIFIED for each in its.asked):
        return t("⚠️ Nobody has confirmed some of them for long; they will be hidden soon.")
    return t("One tap is enough. I ask every three months.")


def _names(t: Texts, records: Sequence[Instrument]) -> list[str]:
    named = [t("• {name}", name=each.name) for each in records[:NAMED]]
    rest = len(records) - NAMED
    return [*named, *([t.n("… and {n} more", "… and {n} more", rest)] if rest > 0 else [])]


def _one(t: Texts, key: int) -> Rows:
    return (
        (Confirm(key).labelled(t.label("✅ Yes"), "success"),),
        (
            EditInstrument(key).labelled(t.label("✏️ Change")),
            AskToHide(key).labelled(t.label("🗑 Not any more")),
        ),
    )


def _tell_hidden(desk: Desk, its: Round) -> None:
    told: dict[int, Person] = {each.key: each for each in (*its.people, *its.managers)}
    for person in told.values():
        t = desk.texts_of(person)
        text = paragraphs(
            t.n(
                "🙈 Nobody has confirmed {n} record, so I have hidden it:",
                "🙈 Nobody has confirmed {n} records, so I have hidden them:",
                len(its.hidden),
            ),
            lines(*_names(t, its.hidden)),
            t("Tap one to bring it back."),
        )
        backs = tuple(
            (Confirm(each.key).labelled(t.label("↩️ {name}", name=_short(each.name))),)
            for each in its.hidden[:NAMED]
        )
        home = its.owner.key if its.owner else 0
        desk.tell(person, Screen(text, (*backs, *way_back(t, ManageInstruments(home)))))


def _short(name: str) -> str:
    return name if len(name) <= 30 else f"{name[:29]}…"


@on(Confirm)
async def confirm(ctx: Context, press: Confirm) -> Screen:
    it = await freshness.confirm(ctx.session, press.instrument_id, ctx.me, ctx.now)
    return await edit_screen(ctx, it.key, ctx.t.plain("Thank you, it is confirmed."))


@on(ConfirmAll)
async def confirm_all(ctx: Context, press: ConfirmAll) -> Screen:
    t, home = ctx.t, press.organisation_id
    found = await freshness.confirm_all(ctx.session, home, ctx.me, ctx.now)
    said = t.plain_n("Thank you, {n} is confirmed.", "Thank you, {n} are confirmed.", len(found))
    if not found:
        said = t.plain("They are confirmed already.")
    return await shelf_screen(ctx, home, 0, said)


@on(GoThrough, reading=True)
async def go_through(ctx: Context, press: GoThrough) -> Screen:
    t, home = ctx.t, press.organisation_id
    found = await freshness.waiting(ctx.session, home, ctx.me, ctx.now)
    part = page(found, press.page)
    rows = tuple((EditInstrument(each.key).labelled(_short(each.name)),) for each in part.items)
    turns = part.turns(lambda to: GoThrough(home, to))
    every = ((ConfirmAll(home).labelled(t.label("✅ All of them hold")),),) if found else ()
    said = t("Tap one to change or remove it. What is left holds, says the button below.")
    text = said if found else t("They are all confirmed. Thank you!")
    shown = (*rows, turns) if turns else rows
    return Screen(text, (*shown, *every, *way_back(t, ManageInstruments(home))))


@on(AskToHide, reading=True)
async def ask_to_hide(ctx: Context, press: AskToHide) -> Screen:
    t, kept = ctx.t, await caring.look(ctx.session, press.instrument_id, ctx.me, ctx.now)
    key = kept.instrument.key
    hide = Hide(key).labelled(t.label("🙈 Hide it"))
    hidden = kept.instrument.condition == Condition.HIDDEN
    delete = Remove(key).labelled(t.label("🗑 Delete it for ever"), "danger")
    text = paragraphs(
        t("🗑 <b>{name}</b>", name=kept.instrument.name),
        t("It is hidden. Shall I delete it for ever?")
        if hidden
        else t("Hidden, nobody finds it and you can bring it back. Deleted, it is gone for ever."),
    )
    rows = ((delete,),) if hidden else ((hide,), (delete,))
    return Screen(text, (*rows, *way_back(t, EditInstrument(key))))


@on(Hide)
async def hide(ctx: Context, press: Hide) -> Screen:
    await caring.hide(ctx.session, press.instrument_id, ctx.me, ctx.now)
    return await edit_screen(ctx, press.instrument_id, ctx.t.plain("It is hidden."))


@on(Remove)
async def remove(ctx: Context, press: Remove) -> Screen:
    kept = await caring.look(ctx.session, press.instrument_id, ctx.me, ctx.now)
    await caring.remove(ctx.session, press.instrument_id, ctx.me, ctx.now)
    home = kept.instrument.organisation_id or 0
    return await shelf_screen(ctx, home, 0, ctx.t.plain("It is deleted."))
