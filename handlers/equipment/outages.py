"""An instrument out of service: until when, and whom that concerns is told what else there is."""

from datetime import datetime, time

from telegram import Message

from bot.domain.instruments import caring, cells, outages
from bot.domain.instruments.outages import Announced, Concerned
from bot.domain.refusals import Gone
from bot.kit import dates
from bot.kit.context import Context
from bot.kit.forms import Answers, Choose, Form, Question, Unclear, begin
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.equipment.care_ways import SetOutOfService
from handlers.equipment.editing import edit_screen
from handlers.links import OpenInstrument, way_back

NOBODY_KNOWS, NO_REASON, WORKS = "unknown", "none", "works"
EVENING = time(23, 59)


@on(SetOutOfService)
async def set_out_of_service(ctx: Context, press: SetOutOfService) -> Answer:
    kept = await caring.look(ctx.session, press.instrument_id, ctx.me, ctx.now)
    known = {"instrument_id": kept.instrument.key, "running": bool(kept.outages)}
    return await begin(ctx, OUTAGE, **known)


def _ask_until(ctx: Context, answers: Answers) -> Screen:
    t = ctx.t
    rows = [(Choose("until", NOBODY_KNOWS).labelled(t.label("Nobody knows")),)]
    if answers["running"]:
        rows.insert(0, (Choose("until", WORKS).labelled(t.label("✅ It works again"), "success"),))
    asked = t("🔧 Until when is it out of service?")
    example = t("For example <code>{day}</code>", day=t.date(ctx.now.date()))
    return Screen(lines(asked, example), tuple(rows))


def _read_until(ctx: Context, message: Message) -> str:
    """The end of that day."""
    day = dates.day(ctx.t, message.text or "", ctx.now)
    until = datetime.combine(day, EVENING, ctx.t.zone)
    if until <= ctx.now:
        raise Unclear(ctx.t("{when} has passed already.", when=ctx.t.date(day)))
    return until.isoformat()


def _choose_until(_: Context, value: str) -> str:
    if value not in (NOBODY_KNOWS, WORKS):
        raise Gone
    return value


def _ask_why(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    skip = Choose("why", NO_REASON).labelled(t.label("Skip"))
    return Screen(t("Why? People who have booked it will read it."), ((skip,),))


def _read_why(ctx: Context, message: Message) -> str:
    text = cells.tidy(message.text or "")
    if not text or len(text) > outages.WHY:
        n = outages.WHY
        raise Unclear(ctx.t("Please write a text of at most {n} characters.", n=n))
    return text


def _choose_why(_: Context, value: str) -> str:
    if value != NO_REASON:
        raise Gone
    return ""


async def _done(ctx: Context, answers: Answers) -> Answer:
    t, key, until = ctx.t, int(answers["instrument_id"]), str(answers["until"])
    if until == WORKS:
        await outages.end(ctx.session, key, ctx.me, ctx.now)
        return await edit_screen(ctx, key, t.plain("It is in service again."))
    last = None if until == NOBODY_KNOWS else datetime.fromisoformat(until)
    done = await outages.announce(ctx.session, key, last, str(answers["why"]), ctx.me, ctx.now)
    for each in done.concerned:
        ctx.tell(each.person, _news(ctx.texts_of(each.person), done, each))
    told = len(done.concerned)
    said = t.plain_n("Noted. I tell {n} person.", "Noted. I tell {n} people.", told)
    return await edit_screen(ctx, key, said if told else t.plain("Noted."))


def _news(t: Texts, done: Announced, each: Concerned) -> Screen:
    it, outage, window = done.instrument, done.outage, each.window
    until = outage.until
    text = paragraphs(
        t("🔧 <b>{name}</b> is out of service until {day}.", name=it.name, day=t.day(until))
        if until
        else t("🔧 <b>{name}</b> is out of service, nobody knows until when.", name=it.name),
        t("Why: {why}", why=outage.why) if outage.why else "",
        t("You have booked it for {when}.", when=t.span(window.starts_at, window.ends_at))
        if window
        else t("You have asked about it; the owner knows of your question."),
        t("Others could do it:") if each.instead else "",
    )
    rows = tuple((OpenInstrument(other.key).labelled(other.name[:60]),) for other in each.instead)
    return Screen(text, (*rows, *way_back(t, OpenInstrument(it.key))))


async def _left(ctx: Context, answers: Answers) -> Answer:
    if not answers:
        return Screen(ctx.t("Nothing was changed."), way_back(ctx.t))
    return await edit_screen(ctx, int(answers["instrument_id"]))


OUTAGE = Form(
    "equipment.outage",
    (
        Question("until", _ask_until, _read_until, _choose_until),
        Question("why", _ask_why, _read_why, _choose_why, lambda a: a["until"] != WORKS),
    ),
    _done,
    _left,
)
