"""When and how an announcement leaves: at a time, in working hours, in the digest, urgently."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import TypeVar

from telegram import Message

from bot.domain import announcements
from bot.domain.announcements import LONGEST_REASON, Card
from bot.domain.refusals import Gone
from bot.kit import dates, forms
from bot.kit.buttons import Button, Face, Rows
from bot.kit.context import Context
from bot.kit.forms import Answers, Form, Question, Unclear
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.announcements.cards import BackToDraft, ChooseWhen, screen
from handlers.announcements.sending import SendAt, ordered
from handlers.announcements.terms import enough, terms
from handlers.links import way_back
from storage.announcements import Delivery, Hours, Stage

USUAL = "9:00"  # where only a day was typed
AFTERNOON, MORNING = time(16), time(8)
DAY = timedelta(days=1)
FAR = timedelta(days=180)  # so far ahead, a date without a year is rather one that has passed
Name = TypeVar("Name", bound=StrEnum)


@dataclass(frozen=True)
class KeepHours(Button, prefix="an.hours"):
    announcement_id: int
    hours: str


@dataclass(frozen=True)
class DeliverBy(Button, prefix="an.by"):
    announcement_id: int
    delivery: str


@dataclass(frozen=True)
class Hurry(Button, prefix="an.hurry"):
    """It cannot wait: ask why."""

    announcement_id: int


@dataclass(frozen=True)
class Calm(Button, prefix="an.calm"):
    """It can wait after all."""

    announcement_id: int


@dataclass(frozen=True)
class TypeTime(Button, prefix="an.time"):
    announcement_id: int
    edition: int


@on(ChooseWhen, reading=True)
async def choose_when(ctx: Context, press: ChooseWhen) -> Screen:
    card = await announcements.look(ctx.session, press.announcement_id, ctx.me, ctx.now)
    return _choice(ctx, card)


@on(KeepHours)
async def keep_hours(ctx: Context, press: KeepHours) -> Screen:
    key, hours = press.announcement_id, _known(Hours, press.hours)
    return _choice(ctx, await announcements.keep_hours(ctx.session, key, ctx.me, hours, ctx.now))


@on(DeliverBy)
async def deliver_by(ctx: Context, press: DeliverBy) -> Screen:
    key, delivery = press.announcement_id, _known(Delivery, press.delivery)
    return _choice(
        ctx, await announcements.deliver_by(ctx.session, key, ctx.me, delivery, ctx.now)
    )


def _known(names: type[Name], written: str) -> Name:
    if written not in set(names):
        raise Gone
    return names(written)


@on(Calm)
async def calm(ctx: Context, press: Calm) -> Screen:
    key = press.announcement_id
    return _choice(ctx, await announcements.hurry(ctx.session, key, ctx.me, "", ctx.now))


@on(Hurry)
async def hurry(ctx: Context, press: Hurry) -> Answer:
    await announcements.revise(ctx.session, press.announcement_id, ctx.me, ctx.now)
    return await forms.begin(ctx, REASON, announcement=press.announcement_id)


@on(TypeTime)
async def type_time(ctx: Context, press: TypeTime) -> Answer:
    key = press.announcement_id
    await announcements.revise(ctx.session, key, ctx.me, ctx.now)
    return await forms.begin(ctx, TIME, announcement=key, edition=press.edition)


def _choice(ctx: Context, card: Card) -> Screen:
    t, made = ctx.t, card.announcement
    if made.stage is not Stage.DRAFT:
        return screen(ctx, card)
    back = way_back(t, BackToDraft(made.key))
    known = terms(t, card, enough(ctx)) or t(
        "It leaves a minute after you send it, and nobody waits for it."
    )
    text = paragraphs(t("<b>When and how?</b>"), known)
    return Screen(text, (*_times(t, card), *_switches(t, card), *back))


def _times(t: Texts, card: Card) -> Rows:
    made = card.announcement
    if not card.people or not card.may_send or card.free_from:
        return ()
    quick = tuple(
        SendAt.of(made.key, made.edition, at).labelled(f"🕗 {t.moment(at)}")
        for at in _quick(t, card.now)
    )
    other = TypeTime(made.key, made.edition).labelled(t.label("🕗 Another time…"))
    return (*((each,) for each in quick), (other,))


def _quick(t: Texts, now: datetime) -> list[datetime]:
    """This afternoon, tomorrow morning, on Monday morning: those that are to come."""
    today = now.astimezone(t.zone).date()
    monday = today + (7 - today.weekday()) * DAY
    moments = {(today, AFTERNOON), (today + DAY, MORNING), (monday, MORNING)}
    found = (datetime.combine(day, clock, t.zone).astimezone(UTC) for day, clock in moments)
    return sorted(at for at in found if at > now)


def _switches(t: Texts, card: Card) -> Rows:
    made = card.announcement
    if made.urgent is not None:
        return ((Calm(made.key).labelled(t.label("‼️ Not urgent after all")),),)
    digest = made.delivery is Delivery.DIGEST
    other = Delivery.PUSH if digest else Delivery.DIGEST
    by = DeliverBy(made.key, other).labelled(_switch(digest, t.label("In Monday's digest")))
    rows: list[tuple[Face, ...]] = [(by,)]
    if not digest:
        working = made.hours is Hours.WORKING
        turned = Hours.ANY if working else Hours.WORKING
        label = _switch(working, t.label("In working hours only"))
        rows.insert(0, (KeepHours(made.key, turned).labelled(label),))
        if card.may_address:
            rows.append((Hurry(made.key).labelled(t.label("‼️ It is urgent…")),))
    return tuple(rows)


def _switch(is_on: bool, label: str) -> str:
    return f"✅ {label}" if is_on else f"▫️ {label}"


# A reason, and a time, as they are typed.


def _ask_why(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    title = t("‼️ <b>Why can it not wait?</b>")
    words = t(
        "It will come to everybody at once: also to those who have had enough this week,"
        " and into their quiet hours. The reason is written down."
    )
    return Screen(paragraphs(title, words))


def _read_why(ctx: Context, message: Message) -> str:
    reason = (message.text or "").strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise Unclear(
            ctx.t("Please write the reason, {limit} characters at most.", limit=LONGEST_REASON)
        )
    return reason


async def _hurried(ctx: Context, answers: Answers) -> Answer:
    key = answers["announcement"]
    card = await announcements.hurry(ctx.session, key, ctx.me, answers["why"], ctx.now)
    return _choice(ctx, card)


def _ask_time(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    example = t.moment(ctx.now + DAY)
    return Screen(
        lines(t("🕗 <b>When is it to leave?</b>"), t("For example <code>{x}</code>", x=example))
    )


def _read_time(ctx: Context, message: Message) -> str:
    at = dates.moment(ctx.t, message.text or "", ctx.now, usual=USUAL)
    if at <= ctx.now:
        raise Unclear(ctx.t("This time has passed. Please choose a later one."))
    if at > ctx.now + FAR and str(at.astimezone(ctx.t.zone).year) not in (message.text or ""):
        asked = ctx.t(
            "That would be {moment}. If you mean it, write the year, too.", moment=ctx.t.moment(at)
        )
        raise Unclear(asked)
    return at.isoformat()


async def _timed(ctx: Context, answers: Answers) -> Answer:
    at = datetime.fromisoformat(answers["at"])
    return await ordered(ctx, SendAt.of(answers["announcement"], answers["edition"], at))


async def _left(ctx: Context, answers: Answers) -> Answer:
    key = answers.get("announcement", 0)
    return _choice(ctx, await announcements.look(ctx.session, key, ctx.me, ctx.now))


REASON = Form("announcement.why", (Question("why", _ask_why, _read_why),), _hurried, _left)
TIME = Form("announcement.time", (Question("at", _ask_time, _read_time),), _timed, _left)
