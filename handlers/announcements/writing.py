"""Writing an announcement: a message is taken as it is, with its formatting or its file."""

from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any

from bot.domain import announcements, rights
from bot.domain.announcements import Card, rewriting
from bot.domain.announcements.previewing import as_read
from bot.domain.announcements.questions import Asked
from bot.domain.announcements.rewriting import Rewriting, Rewritten
from bot.domain.refusals import Gone
from bot.domain.rights import Action
from bot.kit import forms
from bot.kit.context import Context
from bot.kit.forms import Answers, Choose, Form, Question, chosen, only_buttons
from bot.kit.routes import command, on
from bot.kit.screens import Answer, Screen, lines, paragraphs
from bot.kit.texts import LANGUAGES, gettext_noop
from handlers.announcements import albums
from handlers.announcements.cards import Discard, Rewrite, screen, send_contents, show_content
from handlers.announcements.keyboard import asking, dressed
from handlers.announcements.past import all_screen, list_screen
from handlers.announcements.reading import known, noteworthy, read
from handlers.announcements.signing import signed
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

MINE, THEIRS = "mine", "theirs"


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
    return await _anew(ctx, press.announcement_id, "")


@on(WriteVariant)
async def write_variant(ctx: Context, press: WriteVariant) -> Answer:
    if press.language not in LANGUAGES:
        raise Gone
    return await _anew(ctx, press.announcement_id, press.language)


async def _anew(ctx: Context, key: int, language: str, **known: Any) -> Answer:
    """`known` are answers that somebody has given, whose words are not to be lost."""
    made = await announcements.revise(ctx.session, key, ctx.me, ctx.now)
    begun = await rewriting.begun(ctx.session, key, language, ctx.now)
    facts = {"wording": begun.wording, "since": begun.since.isoformat()}
    given = {**known, **facts, "instead_of": key}
    if language:
        given["language"] = language
    if made.pillar_id is not None:
        given["pillar"] = made.pillar_id
    return await forms.begin(ctx, FORMS[language], **given)


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
    written, language = answers["content"], answers.get("language", "")
    key, pillar_id = answers.get("instead_of"), answers.get("pillar")
    if answers.get("whose") == THEIRS:
        show_content(ctx, await announcements.look(ctx.session, key or 0, ctx.me, ctx.now))
        return None
    content = await signed(
        ctx, albums.content(written), language, announcement_id=key, pillar_id=pillar_id
    )
    try:
        card = await announcements.write(
            ctx.session, ctx.me, content, ctx.now, anew=_begun(answers), pillar_id=pillar_id
        )
    except Rewritten as other:
        return await _ask_whose(ctx, answers, other)
    if event := answers.get("event"):
        card = await asking(ctx, card.announcement.key, Asked(event_id=event))
        with suppress(Gone):  # then the audience is chosen as for any other
            card = await _address(ctx, card, event)
    else:
        card = await dressed(ctx, card)
    show_content(ctx, card, lines(_alone(ctx, card, key), noteworthy(ctx.t, written)))
    return None


def _begun(answers: Answers) -> Rewriting | None:
    if "instead_of" not in answers:
        return None
    since = datetime.fromisoformat(answers["since"])
    key, language = answers["instead_of"], answers.get("language", "")
    return Rewriting(key, language, answers["wording"], since)


def _alone(ctx: Context, card: Card, instead_of: int | None) -> str:
    if instead_of in (None, card.announcement.key):
        return ""
    return ctx.t(
        "⚠️ What you were rewriting has left or was thrown away meanwhile, so this is a new draft."
    )


# Two have written the same draft anew: the second one is asked whose words are to stay.


async def _ask_whose(ctx: Context, answers: Answers, other: Rewritten) -> Answer:
    key, language = answers["instead_of"], answers.get("language", "")
    card = await announcements.look(ctx.session, key, ctx.me, ctx.now)
    theirs = [each for each in card.contents if each.language == language]
    send_contents(ctx, as_read(theirs, card.mine))
    kept = {name: answers[name] for name in ("content", "rest", "full") if name in answers}
    at = other.at.isoformat() if other.at else None
    return await _anew(ctx, key, language, **kept, other={"name": other.name, "at": at})


def _ask_which(ctx: Context, answers: Answers) -> Screen:
    t, other = ctx.t, answers["other"]
    changed = t("✋ <b>Somebody else has rewritten it meanwhile.</b>")
    if other["at"]:
        changed = t(
            "✋ <b>{name} has rewritten it meanwhile</b>, at {time}.",
            name=other["name"],
            time=t.time(datetime.fromisoformat(other["at"])),
        )
    asked = t("👇 This is what it says now. Which of the two is to stay?")
    rows = (
        (Choose("whose", MINE).labelled(t.label("✏️ What I have just written")),),
        (Choose("whose", THEIRS).labelled(t.label("👇 What stands there now")),),
    )
    return Screen(paragraphs(changed, asked), rows)


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
    kept, pillar_id = answers.get("instead_of"), answers.get("pillar")
    if pillar_id and not kept:
        nothing = ctx.t("All right, nothing was changed.")
        return Screen(nothing, way_back(ctx.t, OpenPillar(pillar_id)))
    try:
        card = await announcements.look(ctx.session, kept or 0, ctx.me, ctx.now)
    except Gone:
        return await list_screen(ctx)
    return screen(ctx, card)


def _form(language: str) -> Form:
    name = f"announcement.{language}" if language else "announcement"
    content = Question("content", _ask, partial(read, language=language))
    return Form(name, (content, albums.rest(language), WHOSE), _written, _left)


WHOSE = Question(
    "whose",
    _ask_which,
    only_buttons,
    chosen(MINE, THEIRS),
    asked=lambda answers: "other" in answers,
)
FORMS = {language: _form(language) for language in ("", *LANGUAGES)}
