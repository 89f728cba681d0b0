"""What has arrived is put right or taken back, for everybody at once."""

from datetime import timedelta

from telegram import Message

from bot.domain import announcements
from bot.domain.announcements import Content, corrections, signing
from bot.domain.announcements.dressing import ALBUM
from bot.kit import forms
from bot.kit.context import Context
from bot.kit.errands import Trip
from bot.kit.forms import Answers, Choose, Form, Question, Unclear, chosen, only_buttons
from bot.kit.routes import errand, on
from bot.kit.screens import Answer, Screen, paragraphs
from handlers.announcements.cards import BackToDraft, screen, send_contents
from handlers.announcements.reading import CAPTION_LIMIT, read
from handlers.announcements.running import Correct, CorrectIn, Recall
from handlers.announcements.sending import watched
from handlers.announcements.signing import signature
from handlers.announcements.variants import NAMES, spoken
from handlers.links import home, way_back
from storage.blanks import filled

LATE = timedelta(minutes=2)  # by then what was on its way has arrived
YES = "yes"


@on(Recall)
async def recall(ctx: Context, press: Recall) -> Screen:
    key, t = press.announcement_id, ctx.t
    if press.sure:
        card = await announcements.recall(ctx.session, key, ctx.me, ctx.now)
        shown = await watched(ctx, card)
        return Screen(shown.text, shown.rows, t.plain("It is being deleted."))
    count = await announcements.recallable(ctx.session, key, ctx.me, ctx.now)
    asked = t.n(
        "<b>Delete it in {count} chat?</b>",
        "<b>Delete it in {count} chats?</b>",
        count,
        count=t.number(count),
    )
    words = t("It disappears for everybody, also for those who have read it. It cannot be undone.")
    rows = (
        (BackToDraft(key).labelled(t.label("Not yet")),),
        (Recall(key, 1).labelled(t.label("🗑 Yes, delete it"), "danger"),),
        (home(t),),
    )
    return Screen(paragraphs(asked, words), rows)


@on(Correct)
async def correct(ctx: Context, press: Correct) -> Answer:
    key, t = press.announcement_id, ctx.t
    card = await announcements.look(ctx.session, key, ctx.me, ctx.now)
    if not (own := spoken(card)):
        return await correct_in(ctx, CorrectIn(key))
    others = CorrectIn(key).labelled(t.label("🌍 What the others get"))
    rows = [(CorrectIn(key, language).labelled(NAMES[language]),) for language in own]
    back = way_back(t, BackToDraft(key))
    return Screen(t("<b>Which of its texts?</b>"), ((others,), *rows, *back))


@on(CorrectIn)
async def correct_in(ctx: Context, press: CorrectIn) -> Answer:
    key, language = press.announcement_id, press.language
    said, edition, count = await announcements.correctable(
        ctx.session, key, language, ctx.me, ctx.now
    )
    card = await announcements.look(ctx.session, key, ctx.me, ctx.now)
    facts = {"announcement": key, "language": language, "edition": edition, "count": count}
    facts |= {"mine": dict(card.mine), "signature": await signature(ctx, key, language)}
    old = {"method": said.method, "payload": said.payload}
    form = TEXT if said.method == "sendMessage" else CAPTION
    return await forms.begin(ctx, form, old=old, **facts)


def _ask(ctx: Context, answers: Answers) -> Screen:
    t = ctx.t
    title = t("✏️ <b>How should it read?</b>")
    words = t(
        "Send the whole text once more, as it should be. I will change it for everybody who has"
        " it; nobody gets a new message."
    )
    files = ""
    if answers["old"]["method"] == ALBUM:
        files = t("The pictures or files of the album stay as they are.")
    elif answers["old"]["method"] != "sendMessage":
        files = t("The file stays; to exchange it as well, send the new one with its words.")
    return Screen(paragraphs(title, words, files))


def _read(ctx: Context, message: Message) -> Answers:
    return read(ctx, message, ctx.t.language)


def _read_caption(ctx: Context, message: Message) -> Answers:
    if len(message.text or "") > CAPTION_LIMIT:
        limit = CAPTION_LIMIT
        raise Unclear(ctx.t("The caption is too long: at most {limit} characters.", limit=limit))
    return _read(ctx, message)


def _anew(answers: Answers) -> Content:
    """Words alone go under the file that is there."""
    old, new = Content(**answers["old"]), answers["content"]
    method, payload = new["method"], new["payload"]
    said = Content(method, payload)
    if method == "sendMessage" and old.method != method:
        words = {"caption": payload["text"], "caption_entities": payload["entities"]}
        said = corrections.reworded(old, words)
    return signing.signed(said, answers["signature"])


def _ask_whether(ctx: Context, answers: Answers) -> Screen:
    t, content, count = ctx.t, _anew(answers), answers["count"]
    corrections.edit_of(Content(**answers["old"]), content)
    send_contents(ctx, [Content(content.method, filled(content.payload, answers["mine"]))])
    asked = t.n(
        "👇 This is what it will say. Change it in {count} chat?",
        "👇 This is what it will say. Change it in {count} chats?",
        count,
        count=t.number(count),
    )
    yes = Choose("whether", YES).labelled(t.label("✅ Yes, correct it"), "success")
    return Screen(asked, ((yes,),))


async def _corrected(ctx: Context, answers: Answers) -> Answer:
    key, language, t = answers["announcement"], answers["language"], ctx.t
    made = await announcements.correct(
        ctx.session, key, language, _anew(answers), ctx.me, ctx.now, edition=answers["edition"]
    )
    if made.late:
        facts = {"edition": made.card.announcement.edition, "batch": made.batch_id}
        late = list(made.late)
        await ctx.errand_at(
            ctx.now + LATE, "announcements.late", announcement=key, late=late, **facts
        )
    shown = screen(ctx, made.card)
    return Screen(shown.text, shown.rows, t.plain("It is being corrected."))


async def _left(ctx: Context, answers: Answers) -> Answer:
    key = answers.get("announcement", 0)
    return screen(ctx, await announcements.look(ctx.session, key, ctx.me, ctx.now))


@errand("announcements.late")
async def catch_up(
    trip: Trip, announcement: int, edition: int, batch: int, late: list[int]
) -> None:
    async with trip.deliver() as desk:
        await announcements.catch_up(desk.session, announcement, edition, batch, late, desk.now)


WHETHER = Question("whether", _ask_whether, only_buttons, chosen(YES))
TEXT = Form("announcement.typo", (Question("content", _ask, _read), WHETHER), _corrected, _left)
CAPTION = Form(
    "announcement.typo.under",
    (Question("content", _ask, _read_caption), WHETHER),
    _corrected,
    _left,
)
