"""What a draft still lacks is asked for, one thing after another; whatever is there stays."""

from typing import Any

from telegram import Message

from bot.domain.calls import editing, settling, timing, values
from bot.domain.calls.values import DEADLINES
from bot.kit.context import Context
from bot.kit.forms import Answers, Choose, Form, Question, Unclear, begin, only_buttons
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, lines
from bot.kit.texts import Texts, gettext_noop
from handlers.calls import desk_words
from handlers.calls.desk_ways import FillIn
from handlers.calls.fields import typed
from handlers.calls.settling import desk_card
from handlers.calls.typed_times import ask_due
from handlers.calls.typed_times import due as read_due
from handlers.links import way_back

SKIP, CONTINUOUS = "-skip", "-continuous"
DUE = "due"
ASKED = {  # in this order
    "title": gettext_noop("What is the call named?"),
    "kind": gettext_noop("What kind is it?"),
    "programme": gettext_noop("Of which programme is it?"),
    "link": gettext_noop("Where is it on the web?"),
    "support_most": gettext_noop("How much does a project get at most?"),
    "rate": gettext_noop("How much of the costs is paid?"),
}


@on(FillIn)
async def fill_in(ctx: Context, press: FillIn) -> Answer:
    return await ask_for_the_rest(ctx, press.call_id)


async def ask_for_the_rest(ctx: Context, call_id: int, also: tuple[str, ...] = ()) -> Answer:
    """`also` is asked for although something is there."""
    t = ctx.t
    its = await settling.look(ctx.session, call_id, ctx.me, ctx.now)
    proposed = {each.field for each in its.proposals}
    lacking = [
        name
        for name in ASKED
        if name in also
        or (name not in proposed and not values.says(values.of_call(its.call, name)))
    ]
    if "kind" not in its.call.by_hand and "kind" not in proposed:
        lacking.append("kind")
    timed = any(each.sure for each in its.deadlines) or its.call.continuous
    if not timed and DEADLINES not in proposed:
        lacking.append(DUE)
    if not lacking:
        return await desk_card(ctx, call_id, t.plain("Nothing is missing."))
    return await begin(ctx, MISSING, call_id=its.call.key, lacking=lacking)


def _lacks(name: str) -> Any:
    return lambda answers: name in answers["lacking"]


def _asking(name: str) -> Any:
    def ask(ctx: Context, _: Answers) -> Screen:
        t = ctx.t
        hint = t(desk_words.HINTS[name]) if name in desk_words.HINTS else ""
        skip = Choose(name, SKIP).labelled(t.label("Skip"))
        return Screen(lines(t(ASKED[name]), hint), () if name == "title" else ((skip,),))

    return ask


def _ask_kind(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    faces = [
        Choose("kind", value).labelled(label) for value, label in desk_words.options(t, "kind")
    ]
    rows = tuple(tuple(faces[at : at + 2]) for at in range(0, len(faces), 2))
    return Screen(t(ASKED["kind"]), rows)


def _ask_due(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    rows = (
        (Choose(DUE, CONTINUOUS).labelled(t.label("♾ Until the money is gone")),),
        (Choose(DUE, SKIP).labelled(t.label("I do not know it yet")),),
    )
    return Screen(ask_due(t, ctx.now).text, rows)


def _read_due(ctx: Context, message: Message) -> Any:
    """One that is over would be of no use in a call that nobody has heard of yet."""
    t, found = ctx.t, read_due(ctx.t, message.text or "", ctx.now)
    if found.at <= ctx.now:
        raise Unclear(_passed(t, found.at))
    return values.plain(found)


def _passed(t: Texts, at: Any) -> str:
    return t("{when} has passed already.", when=t.moment(at))


def _chosen(_: Context, value: str) -> str:
    return value


async def _done(ctx: Context, answers: Answers) -> Answer:
    key, session, me, now = int(answers["call_id"]), ctx.session, ctx.me, ctx.now
    for name in answers["lacking"]:
        said = answers.get(name, SKIP)
        if said == SKIP:
            continue
        if name == DUE and said == CONTINUOUS:
            await editing.choose(session, key, "continuous", editing.YES, me, now)
        elif name == DUE:
            due = values.typed(DEADLINES, [said])[0]
            await timing.add(session, key, due, me, now)
        elif name in editing.CHOICES:
            await editing.choose(session, key, name, str(said), me, now)
        else:
            await editing.write(session, key, name, str(said), me, now)
    return await desk_card(ctx, key, ctx.t.plain("It is filled in."))


async def _left(ctx: Context, answers: Answers) -> Answer:
    """What was answered so far is not lost."""
    if "call_id" not in answers:
        return Screen(ctx.t("Nothing was changed."), way_back(ctx.t))
    return await _done(ctx, answers)


MISSING = Form(
    "call.missing",
    (
        Question("title", _asking("title"), typed("title"), None, _lacks("title")),
        Question("kind", _ask_kind, only_buttons, _chosen, _lacks("kind")),
        Question(DUE, _ask_due, _read_due, _chosen, _lacks(DUE)),
        *(
            Question(name, _asking(name), typed(name), _chosen, _lacks(name))
            for name in ("programme", "link", "support_most", "rate")
        ),
    ),
    _done,
    _left,
)
