"""Putting an audience together from conditions: which hold, all or one, and whom to leave out."""

from dataclasses import dataclass, replace

from telegram import Message

from bot.domain import organisations
from bot.domain.announcements import Card, composing
from bot.kit import forms
from bot.kit.buttons import Button, Face, Rows
from bot.kit.context import Context
from bot.kit.forms import Answers, Form, Question, Unclear
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, paragraphs
from bot.kit.texts import Texts, gettext_noop
from handlers.announcements.audience_said import code
from handlers.announcements.audience_values import OF_ANNOUNCEMENTS, OF_EVENTS, heading
from handlers.announcements.audience_ways import (
    ComposeAudience,
    FindOrganisationFor,
    ListConditions,
    ListValues,
    SaveAudience,
    Toggle,
    overtaken,
)
from handlers.announcements.cards import BackToDraft, ChooseAudience
from handlers.links import way_back
from storage.announcements import Choice, Facet

CONDITIONS: tuple[tuple[tuple[Facet, ...], str], ...] = (
    ((Facet.MEMBERSHIP,), gettext_noop("👤 Membership")),
    ((Facet.PILLAR,), gettext_noop("🔬 Pillar")),
    ((Facet.ROLE,), gettext_noop("🎖 Role")),
    ((Facet.LANGUAGE,), gettext_noop("🗣 Language")),
    ((Facet.ORGANISATION,), gettext_noop("🏢 Organisation")),
    ((Facet.KIND,), gettext_noop("🏭 Kind of organisation")),
    (OF_EVENTS, gettext_noop("📅 Event")),
    (OF_ANNOUNCEMENTS, gettext_noop("📣 Earlier announcement")),
    ((Facet.SAVED,), gettext_noop("⭐ Saved audience")),
)


@dataclass(frozen=True)
class Join(Button, prefix="an.au.j"):
    """`either` is 1 where one of the conditions is to be enough."""

    announcement_id: int
    edition: int
    either: int


@dataclass(frozen=True)
class ClearAudience(Button, prefix="an.au.0"):
    announcement_id: int
    edition: int


@on(ComposeAudience, reading=True)
async def compose(ctx: Context, press: ComposeAudience) -> Screen:
    card = await composing.choosing(ctx.session, press.announcement_id, ctx.me, ctx.now)
    return _screen(ctx, card)


@on(Join)
async def join(ctx: Context, press: Join) -> Screen:
    key, either = press.announcement_id, bool(press.either)
    try:
        card = await composing.join(
            ctx.session, key, ctx.me, ctx.now, edition=press.edition, either=either
        )
    except composing.Overtaken as why:
        return await _as_it_is(ctx, key, why)
    return _screen(ctx, card)


@on(ClearAudience)
async def clear(ctx: Context, press: ClearAudience) -> Screen:
    key = press.announcement_id
    try:
        card = await composing.clear(ctx.session, key, ctx.me, ctx.now, edition=press.edition)
    except composing.Overtaken as why:
        return await _as_it_is(ctx, key, why)
    return _screen(ctx, card)


async def _as_it_is(ctx: Context, key: int, why: composing.Overtaken) -> Screen:
    card = await composing.choosing(ctx.session, key, ctx.me, ctx.now)
    return replace(_screen(ctx, card), toast=overtaken(ctx, why), alert=True)


def _screen(ctx: Context, card: Card) -> Screen:
    t, key, choice = ctx.t, card.announcement.key, card.choice
    add = (
        ListConditions(key, 0).labelled(t.label("➕ Condition")),
        ListConditions(key, 1).labelled(t.label("➖ Leave out")),
    )
    if choice is None:
        hint = t("Add a condition, for example a pillar or an event, or say whom to leave out.")
        text = paragraphs(heading(ctx, card), hint)
        return Screen(text, (add, *way_back(t, ChooseAudience(key))))
    keep: tuple[Face, ...] = (
        SaveAudience(key).labelled(t.label("💾 Save")),
        ClearAudience(key, card.announcement.edition).labelled(t.label("🗑 Begin anew")),
    )
    done = BackToDraft(key).labelled(t.label("✅ Done"), "success")
    rows: Rows = (add, *_joining(t, card, choice), keep, (done,))
    return Screen(heading(ctx, card), (*rows, *way_back(t, ChooseAudience(key))))


def _joining(t: Texts, card: Card, choice: Choice) -> Rows:
    """Only where it makes a difference."""
    key, edition = card.announcement.key, card.announcement.edition
    if sum(not each.but for each in choice.clauses) < 2:
        return ()
    if choice.either:
        return ((Join(key, edition, 0).labelled(t.label("🔗 All have to hold")),),)
    return ((Join(key, edition, 1).labelled(t.label("🔀 One is enough")),),)


@on(ListConditions, reading=True)
async def list_conditions(ctx: Context, press: ListConditions) -> Screen:
    t, key, but = ctx.t, press.announcement_id, bool(press.but)
    card = await composing.choosing(ctx.session, key, ctx.me, ctx.now)
    faces = [
        ListValues(key, code(facets[0], but=but)).labelled(_label(t, card, facets, words, but=but))
        for facets, words in CONDITIONS
    ]
    rows = tuple(tuple(faces[at : at + 2]) for at in range(0, len(faces), 2))
    question = t("Whom shall it leave out?") if but else t("What shall hold of them?")
    back = way_back(t, ComposeAudience(key))
    return Screen(paragraphs(heading(ctx, card), question), (*rows, *back))


def _label(t: Texts, card: Card, facets: tuple[Facet, ...], words: str, *, but: bool) -> str:
    clauses = card.choice.clauses if card.choice else ()
    count = sum(len(each.values) for each in clauses if each.facet in facets and each.but == but)
    return f"{t.label(words)} ({count})" if count else t.label(words)


@on(FindOrganisationFor)
async def find_organisation(ctx: Context, press: FindOrganisationFor) -> Answer:
    await composing.choosing(ctx.session, press.announcement_id, ctx.me, ctx.now)
    return await forms.begin(ctx, FORM, announcement=press.announcement_id, but=press.but)


def _ask(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    return Screen(paragraphs(t("🏢 <b>Which organisation?</b>"), t("A part of its name will do.")))


def _read(ctx: Context, message: Message) -> str:
    text = (message.text or "").strip()
    if not text:
        raise Unclear(ctx.t("I need the name in words."))
    return text


async def _found(ctx: Context, answers: Answers) -> Answer:
    t, key, but = ctx.t, answers["announcement"], bool(answers["but"])
    card = await composing.choosing(ctx.session, key, ctx.me, ctx.now)
    found = await organisations.search(ctx.session, answers["text"])
    again = FindOrganisationFor(key, int(but)).labelled(t.label("🔎 Search again"))
    back = way_back(t, ListValues(key, code(Facet.ORGANISATION, but=but)))
    if not found:
        words = t("I know no member organisation like “{name}”.", name=answers["text"][:60])
        return Screen(words, ((again,), *back))
    rows: Rows = tuple(
        (
            Toggle(
                key, card.announcement.edition, code(Facet.ORGANISATION, each.key, but=but), 0
            ).labelled(each.short),
        )
        for each in found
    )
    return Screen(t("Is it one of these?"), (*rows, (again,), *back))


async def _left(ctx: Context, answers: Answers) -> Answer:
    card = await composing.choosing(ctx.session, answers["announcement"], ctx.me, ctx.now)
    return _screen(ctx, card)


FORM = Form("announcement.organisation", (Question("text", _ask, _read),), _found, _left)
