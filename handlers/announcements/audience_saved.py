"""Audiences with a name: taken for a draft, made of its choice, renamed, put away."""

from dataclasses import dataclass, replace

from telegram import Message

from bot.domain.announcements import composing, saving
from bot.domain.announcements.saving import Saved
from bot.kit import forms
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context
from bot.kit.forms import Answers, Form, Question, Unclear
from bot.kit.paging import page
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, lines, paragraphs
from handlers.announcements.audience import Address
from handlers.announcements.audience_said import addressees, code
from handlers.announcements.audience_ways import (
    ComposeAudience,
    ListSaved,
    OpenSaved,
    SaveAudience,
)
from handlers.announcements.cards import BackToDraft, ChooseAudience
from handlers.announcements.terms import numbers, reach
from handlers.links import way_back
from storage.announcements import Facet


@dataclass(frozen=True)
class RenameSaved(Button, prefix="an.sv.name"):
    announcement_id: int
    saved_id: int


@dataclass(frozen=True)
class ReplaceSaved(Button, prefix="an.sv.set"):
    """Have it be the choice of the draft; `sure` is 1 for the second yes."""

    announcement_id: int
    saved_id: int
    sure: int


@dataclass(frozen=True)
class RetireSaved(Button, prefix="an.sv.del"):
    announcement_id: int
    saved_id: int


@on(ListSaved, reading=True)
async def list_saved(ctx: Context, press: ListSaved) -> Screen:
    return await _list(ctx, press.announcement_id, press.page)


async def _list(ctx: Context, key: int, number: int = 0, toast: str = "") -> Screen:
    t = ctx.t
    part = page(await saving.offered(ctx.session, ctx.me, ctx.now), number)
    rows: Rows = tuple((OpenSaved(key, each.key).labelled(each.name),) for each in part.items)
    if turns := part.turns(lambda to: ListSaved(key, to)):
        rows = (*rows, turns)
    words = t("Who belongs to one is found anew each time something is sent.")
    if not rows:
        words = t("None yet. Put an audience together and save it.")
    text = paragraphs(t("⭐ <b>Saved audiences</b>"), words)
    return Screen(text, (*rows, *way_back(t, ChooseAudience(key))), toast)


@on(OpenSaved, reading=True)
async def open_saved(ctx: Context, press: OpenSaved) -> Screen:
    return await _card(ctx, press.announcement_id, press.saved_id)


async def _card(ctx: Context, key: int, saved_id: int, toast: str = "") -> Screen:
    t = ctx.t
    draft = await composing.choosing(ctx.session, key, ctx.me, ctx.now)
    known = await saving.look(ctx.session, saved_id, ctx.me, ctx.now)
    use = Address(key, draft.announcement.edition, code(Facet.SAVED, saved_id))
    rows: Rows = ((use.labelled(t.label("✅ Use it"), "success"),),)
    if draft.choice is not None:
        instead = ReplaceSaved(key, saved_id, 0).labelled(t.label("♻️ Replace by the draft's"))
        rows = (*rows, (instead,))
    change = (
        RenameSaved(key, saved_id).labelled(t.label("✏️ Rename")),
        RetireSaved(key, saved_id).labelled(t.label("🗄 Put away")),
    )
    return Screen(_said(ctx, known), (*rows, change, *way_back(t, ListSaved(key))), toast)


def _said(ctx: Context, known: Saved) -> str:
    t = ctx.t
    gone = "" if known.is_whole else t("⚠️ Something here does not exist any more.")
    return paragraphs(
        t("⭐ <b>{name}</b>", name=known.audience.name),
        lines(
            addressees(t, known.choice, known.named),
            numbers(t, known.people, known.unreachable),
            gone,
        ),
    )


@on(ReplaceSaved)
async def replace_saved(ctx: Context, press: ReplaceSaved) -> Screen:
    t, key, saved_id = ctx.t, press.announcement_id, press.saved_id
    if press.sure:
        audience = await saving.replace(ctx.session, saved_id, key, ctx.me, ctx.now)
        toast = t.plain("“{name}” has been replaced.", name=audience.name)
        return await _card(ctx, key, saved_id, toast)
    draft = await composing.choosing(ctx.session, key, ctx.me, ctx.now)
    known = await saving.look(ctx.session, saved_id, ctx.me, ctx.now)
    assert draft.choice is not None
    text = paragraphs(
        t("<b>Replace “{name}”?</b>", name=known.audience.name),
        t("It is also used wherever else it was chosen. From now on it would be:"),
        lines(addressees(t, draft.choice, draft.named), reach(t, draft)),
    )
    yes = ReplaceSaved(key, saved_id, 1).labelled(t.label("♻️ Yes, replace it"))
    return Screen(text, ((yes,), *way_back(t, OpenSaved(key, saved_id))))


@on(RetireSaved)
async def retire(ctx: Context, press: RetireSaved) -> Screen:
    await saving.retire(ctx.session, press.saved_id, ctx.me, ctx.now)
    toast = ctx.t.plain("Put away. Where it is used already, it stays.")
    return await _list(ctx, press.announcement_id, toast=toast)


@on(SaveAudience)
async def save(ctx: Context, press: SaveAudience) -> Answer:
    card = await composing.choosing(ctx.session, press.announcement_id, ctx.me, ctx.now)
    if card.choice is None:
        raise saving.NothingChosen
    return await forms.begin(ctx, FORM, announcement=press.announcement_id)


@on(RenameSaved)
async def rename(ctx: Context, press: RenameSaved) -> Answer:
    await saving.look(ctx.session, press.saved_id, ctx.me, ctx.now)
    return await forms.begin(ctx, FORM, announcement=press.announcement_id, saved=press.saved_id)


def _ask(ctx: Context, answers: Answers) -> Screen:
    t = ctx.t
    words = t("For example “Contact persons of Lasers”; {n} characters at most.", n=saving.LONGEST)
    return Screen(paragraphs(t("⭐ <b>What shall this audience be called?</b>"), words))


def _read(ctx: Context, message: Message) -> str:
    name = " ".join((message.text or "").split())
    if not 0 < len(name) <= saving.LONGEST:
        raise Unclear(ctx.t("A name has from 1 to {n} characters.", n=saving.LONGEST))
    return name


async def _named(ctx: Context, answers: Answers) -> Answer:
    t, key, name = ctx.t, answers["announcement"], answers["name"]
    if saved_id := answers.get("saved"):
        await saving.rename(ctx.session, saved_id, name, ctx.me, ctx.now)
        return await _card(ctx, key, saved_id, t.plain("Renamed."))
    audience = await saving.save(ctx.session, key, name, ctx.me, ctx.now)
    shown = await _card(ctx, key, audience.key)
    said = t("💾 Saved. You find it under “Saved…” whenever you choose for whom.")
    done = BackToDraft(key).labelled(t.label("✅ Done"), "success")
    rows = ((done,), *way_back(t, ComposeAudience(key)))
    return replace(shown, text=paragraphs(said, shown.text), rows=rows)


async def _left(ctx: Context, answers: Answers) -> Answer:
    key = answers["announcement"]
    if saved_id := answers.get("saved"):
        return await _card(ctx, key, saved_id)
    nothing = ctx.t("All right, nothing was changed.")
    return Screen(nothing, way_back(ctx.t, ComposeAudience(key)))


FORM = Form("announcement.audience", (Question("name", _ask, _read),), _named, _left)
