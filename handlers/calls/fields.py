"""Asking for a field of a call: typed, chosen from a few values, or switched one by one."""

from datetime import datetime
from typing import Any

from telegram import Message

from bot.domain.calls import cells, editing, proposals, settling, values
from bot.domain.calls.cells import Fault
from bot.kit import dates
from bot.kit.buttons import Rows
from bot.kit.context import Context
from bot.kit.forms import Answers, Choose, Form, Question, Unclear, begin
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.calls import desk_words
from handlers.calls.desk_ways import EditCallField
from handlers.calls.editing import choices_screen, group_of, group_screen, in_words
from handlers.calls.listing import cut
from handlers.calls.toggling import toggles_screen
from handlers.links import way_back

NONE = "-none"
OLD = 600  # characters of the present value that are repeated
MIDNIGHT = "0:00"


@on(EditCallField)
async def edit_field(ctx: Context, press: EditCallField) -> Answer:
    return await ask_for(ctx, press.call_id, press.field)


async def ask_for(ctx: Context, call_id: int, field: str, proposal_id: int = 0) -> Answer:
    """`proposal_id` is what is being put right. Raises `Gone`."""
    group_of(field)
    its = await settling.look(ctx.session, call_id, ctx.me, ctx.now)
    if field in editing.CHOICES:
        return choices_screen(ctx.t, its.call, field)
    if field in editing.SETS:
        return toggles_screen(ctx.t, its.call, field)
    old = cut(in_words(ctx.t, its.call, field), OLD)
    known = {"call_id": call_id, "field": field, "old": old, "proposal": proposal_id}
    return await begin(ctx, FIELD, **known)


def _ask(ctx: Context, answers: Answers) -> Screen:
    t, field, old = ctx.t, str(answers["field"]), answers["old"]
    text = paragraphs(
        lines(t("✏️ <b>{field}</b>", field=desk_words.field(t, field)), _hint(t, field)),
        t("Now: <i>{old}</i>", old=old) if old else "",
    )
    return Screen(text, _empty(t, field) if old else ())


def _hint(t: Texts, field: str) -> str:
    return t(desk_words.HINTS[field]) if field in desk_words.HINTS else t("Please write it.")


def _empty(t: Texts, field: str) -> Rows:
    if field in editing.NEEDED:
        return ()
    return ((Choose("said", NONE).labelled(t.label("🗑 Leave empty")),),)


def _read(ctx: Context, message: Message) -> str:
    """Checked once the field is known; here only that there is a text."""
    text = message.text or ""
    if not text.strip():
        raise Unclear(ctx.t("Please write it as a text."))
    return text


def _said(_: Context, value: str) -> str:
    return value


async def _done(ctx: Context, answers: Answers) -> Answer:
    key, field, said = int(answers["call_id"]), str(answers["field"]), str(answers["said"])
    try:
        await _write(ctx, key, field, said)
    except (Fault, Unclear) as fault:
        why = desk_words.wrong(ctx.t, fault) if isinstance(fault, Fault) else str(fault)
        return await _again(ctx, answers, why)
    if answers.get("proposal"):
        await proposals.corrected(ctx.session, int(answers["proposal"]), ctx.me, ctx.now)
    return await group_screen(ctx, key, group_of(field), ctx.t.plain("Changed."))


async def _write(ctx: Context, key: int, field: str, said: str) -> None:
    """Raises `Fault`, `Unclear`."""
    if said == NONE:
        await editing.clear(ctx.session, key, field, ctx.me, ctx.now)
    elif field in values.MOMENTS:
        at: datetime = dates.moment(ctx.t, said, ctx.now, usual=MIDNIGHT)
        await editing.date(ctx.session, key, field, at, ctx.me, ctx.now)
    else:
        await editing.write(ctx.session, key, field, said, ctx.me, ctx.now)


async def _again(ctx: Context, answers: Answers, why: str) -> Answer:
    """Ask the same once more, and say why."""
    known: dict[str, Any] = {name: value for name, value in answers.items() if name != "said"}
    asked = await begin(ctx, FIELD, **known)
    assert isinstance(asked, Screen)
    return Screen(paragraphs(why, asked.text), asked.rows)


def typed(field: str) -> Any:
    """For forms of several fields: the text, once it is known that it can be read."""

    def read(ctx: Context, message: Message) -> str:
        text = message.text or ""
        try:
            cells.read(field, text)
        except Fault as fault:
            raise Unclear(desk_words.wrong(ctx.t, fault)) from None
        return text

    return read


async def _left(ctx: Context, answers: Answers) -> Answer:
    if "call_id" not in answers:
        return Screen(ctx.t("Nothing was changed."), way_back(ctx.t))
    return await group_screen(ctx, int(answers["call_id"]), group_of(str(answers["field"])))


FIELD = Form("call.field", (Question("said", _ask, _read, _said),), _done, _left)
