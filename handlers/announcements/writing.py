"""Writing an announcement: a message is taken as it is, with its formatting or its file."""

from contextlib import suppress
from functools import partial

from bot.domain import announcements, rights
from bot.domain.announcements import Card
from bot.domain.announcements.questions import Asked
from bot.domain.refusals import Gone
from bot.domain.rights import Action
from bot.kit import forms
from bot.kit.context import Context
from bot.kit.forms import Answers, Form, Question
from bot.kit.routes import command, on
from bot.kit.screens import Answer, Screen, paragraphs
from bot.kit.texts import LANGUAGES, gettext_noop
from handlers.announcements import albums
from handlers.announcements.cards import Discard, Rewrite, screen, show_content
from handlers.announcements.keyboard import asking, dressed
from handlers.announcements.past import all_screen, list_screen
from handlers.announcements.reading import heavy, known, read
from handlers.announcements.variants import NAMES, WriteVariant
from handlers.links import (
    Announce,
    AnnounceTo,
    AnnounceToPillar,
    OpenPillar,
    way_back,
)
from storage import workshops
from storage.announcements import EVERYBODY, Choice, Facet, audiences
from storage.workshops import Event


@command(
    "oznameni", "announce", describe=gettext_noop("Write an announcement"), managers_only=True
)
async def write_by_command(ctx: Context, _: str) -> Answer:
    return await _begin(ctx)


@on(Announce)
async def write(ctx: Context, _: Announce) -> Answer:
    return await _begin(ctx)


@on(AnnounceTo)
async def write_to(ctx: Context, press: AnnounceTo) -> Answer:
    await rights.require(ctx.session, ctx.me, Action.DRAFT_ANNOUNCEMENT, ctx.now)
    event = await workshops.find(ctx.session, press.workshop_id)
    if event is None:
        raise Gone
    return await forms.begin(ctx, FORMS[""], event=event.id)


@on(AnnounceToPillar)
async def write_to_pillar(ctx: Context, press: AnnounceToPillar) -> Answer:
    await announcements.begin_for(ctx.session, ctx.me, press.pillar_id, ctx.now)
    return await forms.begin(ctx, FORMS[""], pillar=press.pillar_id)


@on(Rewrite)
async def rewrite(ctx: Context, press: Rewrite) -> Answer:
    await announcements.revise(ctx.session, press.announcement_id, ctx.me, ctx.now)
    return await forms.begin(ctx, FORMS[""], instead_of=press.announcement_id)


@on(WriteVariant)
async def write_variant(ctx: Context, press: WriteVariant) -> Answer:
    if press.language not in LANGUAGES:
        raise Gone
    await announcements.revise(ctx.session, press.announcement_id, ctx.me, ctx.now)
    form, key = FORMS[press.language], press.announcement_id
    return await forms.begin(ctx, form, instead_of=key, language=press.language)


@on(Discard)
async def discard(ctx: Context, press: Discard) -> Screen:
    card = await announcements.look(ctx.session, press.announcement_id, ctx.me, ctx.now)
    await announcements.discard(ctx.session, press.announcement_id, ctx.me, ctx.now)
    return await all_screen(ctx, card, toast=ctx.t.plain("Thrown away."))


async def _begin(ctx: Context) -> Answer:
    await rights.require(ctx.session, ctx.me, Action.DRAFT_ANNOUNCEMENT, ctx.now)
    return await forms.begin(ctx, FORMS[""])


def _ask(ctx: Context, answers: Answers) -> Screen:
    t = ctx.t
    title = t("📣 <b>A new announcement</b>")
    if language := answers.get("language"):
        title = t("🌍 <b>The announcement: {language}</b>", language=NAMES[language])
    words = t(
        "Write the message, or send pictures, a video or a document with a caption. "
        "Formatting stays as you make it. Nothing is sent yet."
    )
    blanks = t("{names} will be filled in for everybody.", names=known(t))
    weekly = t("It goes to the people of the pillar, who get one such message a week at most.")
    return Screen(paragraphs(title, words, blanks, weekly if "pillar" in answers else ""))


async def _written(ctx: Context, answers: Answers) -> Answer:
    written = answers["content"]
    card = await announcements.write(
        ctx.session,
        ctx.me,
        albums.content(written),
        ctx.now,
        instead_of=answers.get("instead_of"),
        pillar_id=answers.get("pillar"),
        language=answers.get("language", ""),
    )
    if event := answers.get("event"):
        card = await asking(ctx, card.announcement.key, Asked(event_id=event))
        with suppress(Gone):  # then the audience is chosen as for any other
            card = await _address(ctx, card, event)
    else:
        card = await dressed(ctx, card)
    show_content(ctx, card, heavy(ctx.t, written))
    return None


async def _address(ctx: Context, card: Card, event_id: int) -> Card:
    """To those who come; where nobody does yet, to those whom the event is for."""
    key, session, now = card.announcement.key, ctx.session, ctx.now
    registered = audiences.of(Facet.REGISTERED, event_id)
    card = await announcements.address(session, key, ctx.me, registered, now)
    event = await workshops.find(session, event_id)
    wider = _meant_by(event) if event is not None else None
    if card.people or wider is None:
        return card
    return await announcements.address(session, key, ctx.me, wider, now)


def _meant_by(event: Event) -> Choice | None:
    match event.audience:
        case workshops.Audience.PUBLIC:
            return EVERYBODY
        case workshops.Audience.MEMBERS:
            return audiences.of(Facet.MEMBERSHIP, audiences.MEMBERS)
        case workshops.Audience.PILLAR if event.pillar_id:
            return audiences.of(Facet.PILLAR, event.pillar_id)
    return None


async def _left(ctx: Context, answers: Answers) -> Answer:
    kept = answers.get("instead_of")
    if pillar_id := answers.get("pillar"):
        nothing = ctx.t("All right, nothing was changed.")
        return Screen(nothing, way_back(ctx.t, OpenPillar(pillar_id)))
    try:
        card = await announcements.look(ctx.session, kept or 0, ctx.me, ctx.now)
    except Gone:
        return await list_screen(ctx)
    return screen(ctx.t, card)


def _form(language: str) -> Form:
    name = f"announcement.{language}" if language else "announcement"
    content = Question("content", _ask, partial(read, language=language))
    return Form(name, (content, albums.rest(language)), _written, _left)


FORMS = {language: _form(language) for language in ("", *LANGUAGES)}
