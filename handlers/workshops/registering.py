"""How people get into an event: from when till when, and how many of one organisation."""

from dataclasses import dataclass

from telegram import Message

from bot.domain import workshops
from bot.domain.refusals import Gone
from bot.domain.workshops import Change, Editor, rules, settings
from bot.kit.buttons import Button
from bot.kit.context import Context
from bot.kit.forms import Question, Unclear, begin, chosen
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.links import way_back
from handlers.workshops.editing import (
    NONE,
    ChangeRegistration,
    asks,
    iso,
    or_none,
    setting,
)
from handlers.workshops.questions import moment
from handlers.workshops.ways import Change as ChangeEvent
from storage.workshops import Event

LIMIT_DIGITS = 6


@dataclass(frozen=True)
class SetRegistration(Button, prefix="ws.ed.r"):
    workshop_id: int
    field: str


@on(ChangeRegistration, reading=True)
async def change_registration(ctx: Context, press: ChangeRegistration) -> Screen:
    return await registration_screen(ctx, press.workshop_id)


async def registration_screen(ctx: Context, workshop_id: int, toast: str = "") -> Screen:
    event, _ = await workshops.editable(ctx.session, workshop_id, ctx.me, ctx.now)
    t, key = ctx.t, event.id
    rows = (
        (
            SetRegistration(key, "opens").labelled(t.label("🟢 Opens")),
            SetRegistration(key, "closes").labelled(t.label("🔴 Closes")),
        ),
        (SetRegistration(key, "limit").labelled(t.label("🏢 Limit per organisation")),),
        *way_back(t, ChangeEvent(key)),
    )
    text = paragraphs(
        t("🎟 Registration for <b>{title}</b>", title=event.title),
        lines(_opens(t, event), _closes(t, event)),
        _limit(t, event),
    )
    return Screen(text, rows, toast)


def _opens(t: Texts, event: Event) -> str:
    if event.opens_at is None:
        return t("🟢 Opens as soon as the event is published")
    return t("🟢 Opens {when}", when=t.moment(event.opens_at))


def _closes(t: Texts, event: Event) -> str:
    if event.closes_at is None or event.closes_at > event.starts_at:
        return t("🔴 Closes as each part begins")
    return t("🔴 Closes {when}", when=t.moment(event.closes_at))


def _limit(t: Texts, event: Event) -> str:
    if event.organisation_limit is None:
        return t("🏢 Any number of people from one organisation")
    limit = t.n(
        "🏢 At most {n} person from one organisation",
        "🏢 At most {n} people from one organisation",
        event.organisation_limit,
    )
    days = rules.FAIR_UNTIL.days
    return lines(
        limit,
        t.n(
            "Others wait behind other organisations until {n} day before the start.",
            "Others wait behind other organisations until {n} days before the start.",
            days,
        ),
    )


@on(SetRegistration)
async def set_registration(ctx: Context, press: SetRegistration) -> Answer:
    event, _ = await workshops.editable(ctx.session, press.workshop_id, ctx.me, ctx.now)
    if press.field not in FORMS:
        raise Gone
    t = ctx.t
    old = {
        "opens": t.moment(event.opens_at) if event.opens_at else "",
        "closes": t.moment(event.closes_at) if event.closes_at else "",
        "limit": t.number(event.organisation_limit) if event.organisation_limit else "",
    }
    return await begin(ctx, FORMS[press.field], workshop_id=event.id, old=old[press.field])


def _how_many(ctx: Context, message: Message) -> int:
    digits = "".join((message.text or "").split())
    if not digits.isascii() or not digits.isdecimal() or len(digits) > LIMIT_DIGITS:
        raise Unclear(ctx.t("Please write a number, for example <code>3</code>."))
    return int(digits)


async def _open(editor: Editor, typed: str) -> Change:
    return await settings.open_registration(editor, iso(typed))


async def _close(editor: Editor, typed: str) -> Change:
    return await settings.close_registration(editor, iso(typed))


async def _limit_to(editor: Editor, number: int | str) -> Change:
    return await settings.limit_organisations(editor, None if number == NONE else int(number))


OPENS = Question(
    "opens",
    or_none(
        "opens",
        asks(lambda t: t("🟢 When does registration open?")),
        lambda t: t.label("🟢 As soon as it is published"),
    ),
    moment("8:00"),
    chosen(NONE),
)
CLOSES = Question(
    "closes",
    or_none(
        "closes",
        asks(lambda t: t("🔴 When does registration close?")),
        lambda t: t.label("🔴 As each part begins"),
    ),
    moment("23:59"),
    chosen(NONE),
)
LIMIT = Question(
    "limit",
    or_none(
        "limit",
        asks(lambda t: t("🏢 How many people may come from one organisation?")),
        lambda t: t.label("🏢 Any number"),
    ),
    _how_many,
    chosen(NONE),
)
FORMS = {
    "opens": setting("opens", (OPENS,), _open, registration_screen),
    "closes": setting("closes", (CLOSES,), _close, registration_screen),
    "limit": setting("limit", (LIMIT,), _limit_to, registration_screen),
}
