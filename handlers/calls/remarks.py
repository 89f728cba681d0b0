"""The manager's remarks to a call: the note on its use, the internal deadline, one bid for all."""

from datetime import datetime

from telegram import Message

from bot.domain.calls import remarks, settling
from bot.domain.calls.remarks import InternalPast, InternalTooLate, RemarkTooLong
from bot.domain.refusals import Refusal
from bot.kit import dates
from bot.kit.context import Context
from bot.kit.forms import Answers, Choose, Form, Question, Unclear, begin
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, lines, paragraphs
from handlers import refusals
from handlers.calls.desk_ways import SetInternal, SetOneBid, WriteNote
from handlers.calls.listing import cut
from handlers.calls.settling import TITLE, desk_card
from handlers.calls.terms import title_in
from handlers.links import way_back

NONE, SKIP = "-none", "-skip"
EVENING = "23:59"


@on(WriteNote)
async def write_note(ctx: Context, press: WriteNote) -> Answer:
    its = await settling.look(ctx.session, press.call_id, ctx.me, ctx.now)
    title, old = cut(title_in(ctx.t, its.call), TITLE), its.call.note
    return await begin(ctx, NOTE, call_id=its.call.key, title=title, old=old)


def _ask_note(ctx: Context, answers: Answers) -> Screen:
    t, old = ctx.t, answers["old"]
    text = paragraphs(
        t("📝 <b>{title}</b>", title=answers["title"]),
        t("What may members use it for? It will stand on the call's card."),
        t("Now: <i>{old}</i>", old=old) if old else "",
    )
    empty = Choose("note", NONE).labelled(t.label("🗑 Leave empty"))
    return Screen(text, ((empty,),) if old else ())


def _read_note(ctx: Context, message: Message) -> str:
    text = (message.text or "").strip()
    if not text:
        raise Unclear(ctx.t("Please write it as a text."))
    if len(text) > remarks.NOTE:
        raise Unclear(ctx.t("Please write a text of at most {n} characters.", n=remarks.NOTE))
    return text


async def _noted(ctx: Context, answers: Answers) -> Answer:
    key, said = int(answers["call_id"]), str(answers["note"])
    text = "" if said == NONE else said
    await remarks.write_note(ctx.session, key, text, ctx.me, ctx.now)
    return await desk_card(ctx, key, ctx.t.plain("The note is written."))


@on(SetInternal)
async def set_internal(ctx: Context, press: SetInternal) -> Answer:
    its = await settling.look(ctx.session, press.call_id, ctx.me, ctx.now, to_settle=True)
    at, t = its.call.internal_at, ctx.t
    known = {
        "call_id": its.call.key,
        "title": cut(title_in(t, its.call), TITLE),
        "old": t.moment(at) if at else "",
    }
    return await begin(ctx, INTERNAL, **known)


def _ask_when(ctx: Context, answers: Answers) -> Screen:
    t, old = ctx.t, answers["old"]
    text = paragraphs(
        t("📌 <b>{title}</b>", title=answers["title"]),
        lines(
            t("By when shall members tell you? Write a day, or a day and an hour."),
            t("Those who follow the call are reminded of it, too."),
        ),
        t("Now: <i>{old}</i>", old=old) if old else "",
    )
    none = Choose("at", NONE).labelled(t.label("🗑 No internal deadline"))
    return Screen(text, ((none,),) if old else ())


def _read_when(ctx: Context, message: Message) -> str:
    at = dates.moment(ctx.t, message.text or "", ctx.now, usual=EVENING)
    if at <= ctx.now:
        raise Unclear(ctx.t("{when} has passed already.", when=ctx.t.moment(at)))
    return at.isoformat()


def _ask_what(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    text = lines(
        t("What shall they send you by then?"), t("For example <i>a one-page annotation</i>.")
    )
    return Screen(text, ((Choose("what", SKIP).labelled(t.label("Skip")),),))


def _read_what(ctx: Context, message: Message) -> str:
    text = " ".join((message.text or "").split())
    if not text or len(text) > remarks.WHAT:
        raise Unclear(ctx.t("Please write a text of at most {n} characters.", n=remarks.WHAT))
    return text


def _said(_: Context, value: str) -> str:
    return value


async def _internal_set(ctx: Context, answers: Answers) -> Answer:
    """What cannot be is asked anew, with the reason; the old one stays."""
    key, said = int(answers["call_id"]), str(answers["at"])
    at = None if said == NONE else datetime.fromisoformat(said)
    what = str(answers.get("what", SKIP))
    what = "" if what == SKIP else what
    try:
        await remarks.set_internal(ctx.session, key, at, what, ctx.me, ctx.now)
    except (InternalPast, InternalTooLate, RemarkTooLong) as refusal:
        return await _again(ctx, answers, refusal)
    told = (
        ctx.t.plain("The internal deadline is set.")
        if at
        else ctx.t.plain("There is no internal deadline any more.")
    )
    return await desk_card(ctx, key, told)


async def _again(ctx: Context, answers: Answers, refusal: Refusal) -> Answer:
    known = {name: answers[name] for name in ("call_id", "title", "old")}
    asked = await begin(ctx, INTERNAL, **known)
    assert isinstance(asked, Screen)
    why = ctx.t("⚠️ {why}", why=refusals.words(ctx, refusal))
    return Screen(paragraphs(why, asked.text), asked.rows)


@on(SetOneBid)
async def set_one_bid(ctx: Context, press: SetOneBid) -> Screen:
    t, only_one = ctx.t, bool(press.only_one)
    call = await remarks.set_one_bid(
        ctx.session, press.call_id, only_one=only_one, me=ctx.me, now=ctx.now
    )
    said = t.plain("Its card says now that the cluster may hand in one bid only.")
    return await desk_card(ctx, call.key, said if only_one else t.plain("Everybody may bid."))


async def _left(ctx: Context, answers: Answers) -> Answer:
    if "call_id" not in answers:
        return Screen(ctx.t("Nothing was changed."), way_back(ctx.t))
    return await desk_card(ctx, int(answers["call_id"]))


NOTE = Form("call.note", (Question("note", _ask_note, _read_note, _said),), _noted, _left)
INTERNAL = Form(
    "call.internal",
    (
        Question("at", _ask_when, _read_when, _said),
        Question("what", _ask_what, _read_what, _said, lambda a: a.get("at") != NONE),
    ),
    _internal_set,
    _left,
)
