"""A call that is not for us: why, and what follows when the same is said again and again."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.calls import following, subscribing
from bot.domain.calls.following import Followed, Rule, Subject
from bot.domain.refusals import Gone
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context
from bot.kit.routes import on
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import Texts, gettext_noop
from handlers.calls import terms
from handlers.calls.subscribing import PACES, settings_screen
from handlers.calls.ways import DropCall, OpenCallSettings, OpenProfile
from handlers.links import ListCalls, OpenCall, home, way_back
from storage.calls.alerts import Unfit
from storage.calls.records import Kind
from storage.calls.subscriptions import Pace

REASONS = {
    Unfit.FIELD: gettext_noop("Another field"),
    Unfit.NOT_ELIGIBLE: gettext_noop("We may not apply"),
    Unfit.OWN_MONEY: gettext_noop("Too much of our own money"),
    Unfit.TOO_LATE: gettext_noop("Too late for us"),
    Unfit.TOO_SMALL: gettext_noop("Too small"),
}


@dataclass(frozen=True)
class SayNo(Button, prefix="ca.no.why"):
    call_id: int
    why: str


@dataclass(frozen=True)
class TakeNoBack(Button, prefix="ca.no.back"):
    call_id: int


@dataclass(frozen=True)
class TakeRule(Button, prefix="ca.rule"):
    subject: str
    value: str


@dataclass(frozen=True)
class LeaveRule(Button, prefix="ca.rule.no"):
    """All stays as it is."""


def reason_rows(t: Texts, button: Callable[[Unfit], Button]) -> Rows:
    return tuple((button(why).labelled(t.label(words)),) for why, words in REASONS.items())


@on(DropCall, reading=True)
async def ask_why(ctx: Context, press: DropCall) -> Screen:
    followed = await following.look(ctx.session, press.call_id, ctx.me, ctx.now)
    if followed.interest is not None and followed.interest.unfit is not None:
        return _noted(ctx.t, followed)
    text = paragraphs(
        ctx.t("👎 <b>{title}</b>", title=terms.title_in(ctx.t, followed.call)),
        ctx.t("Why is it not for you? It helps me to bring what is."),
    )
    rows = reason_rows(ctx.t, lambda why: SayNo(press.call_id, why.value))
    return Screen(text, (*rows, *way_back(ctx.t, OpenCall(press.call_id))))


@on(SayNo)
async def say_no(ctx: Context, press: SayNo) -> Screen:
    if press.why not in set(Unfit):
        raise Gone
    why = Unfit(press.why)
    rule = await following.drop(ctx.session, press.call_id, why, ctx.me, ctx.now)
    if rule is not None:
        await offer_rule(ctx, rule, why)
    return _noted(ctx.t, await following.look(ctx.session, press.call_id, ctx.me, ctx.now))


@on(TakeNoBack)
async def take_back(ctx: Context, press: TakeNoBack) -> Screen:
    await following.take_back(ctx.session, press.call_id, ctx.me, ctx.now)
    text = ctx.t("Taken back. You find the call among those for you again.")
    open_it = OpenCall(press.call_id).labelled(ctx.t.label("💶 Open the call"))
    return Screen(text, ((open_it,), *way_back(ctx.t, ListCalls())))


def _noted(t: Texts, followed: Followed) -> Screen:
    assert followed.interest is not None
    assert followed.interest.unfit is not None
    key = followed.call.key
    text = paragraphs(
        t("👎 <b>{title}</b>", title=terms.title_in(t, followed.call)),
        t(
            "Noted: {why}. I will not write of this call; you still find it by searching.",
            why=t.plain(REASONS[followed.interest.unfit]).lower(),
        ),
    )
    back = TakeNoBack(key).labelled(t.label("↩️ For us after all"))
    return Screen(text, ((back,), *way_back(t, ListCalls())))


async def offer_rule(ctx: Context, rule: Rule, why: Unfit) -> None:
    """In a message of its own; nothing changes before they say yes."""
    question, yes = await _offer(ctx, rule)
    again = ctx.t(
        "💡 “{why}”: you have said this of several calls.",
        why=ctx.t.plain(REASONS[why]),
    )
    agree = (
        OpenProfile() if rule.subject == Subject.PROFILE else TakeRule(rule.subject, rule.value)
    )
    no = LeaveRule().labelled(ctx.t.label("No, leave it as it is"))
    rows = ((agree.labelled(yes),), (no,), (home(ctx.t),))
    key = f"carule{ctx.occasion}"
    ctx.tell(ctx.me, Screen(paragraphs(again, question), rows), key=key)


async def _offer(ctx: Context, rule: Rule) -> tuple[str, str]:
    t = ctx.t
    match rule.subject:
        case Subject.PILLAR:
            wishes = await subscribing.look(ctx.session, ctx.me, ctx.now)
            names = {str(each.key): each.name_in(t.language) for each in wishes.pillars}
            name = names.get(rule.value, "")
            question = t("All were of the pillar <b>{name}</b>. Shall I write no more of it?",
                         name=name)  # fmt: skip
            return question, t.label("Yes, no more of it")
        case Subject.KIND:
            kind = t.plain(terms.KINDS[Kind(rule.value)])
            question = t("All were of the kind <b>{kind}</b>. Shall I write no more of these?",
                         kind=kind)  # fmt: skip
            return question, t.label("Yes, no more of these")
        case Subject.PACE:
            pace = t.plain(PACES[Pace(rule.value)])
            question = t("Shall I write sooner: <b>{pace}</b>?", pace=pace)
            return question, t.label("Yes, write sooner")
    question = t("Maybe I know too little of your organisation: its region and size.")
    return question, t.label("🏢 Look at it")


@on(TakeRule)
async def take_rule(ctx: Context, press: TakeRule) -> Screen:
    session, me, now = ctx.session, ctx.me, ctx.now
    match press.subject:
        case Subject.PILLAR if press.value.isdecimal():
            await subscribing.without_pillar(session, me, int(press.value), now)
        case Subject.KIND if press.value in set(Kind):
            await subscribing.without_kind(session, me, Kind(press.value), now)
        case Subject.PACE if press.value in set(Pace):
            await subscribing.set_pace(session, me, Pace(press.value), now)
        case _:
            raise Gone
    return await settings_screen(ctx, toast=ctx.t.plain("Done. Here you can change it any time."))


@on(LeaveRule, reading=True)
async def leave_rule(ctx: Context, _: LeaveRule) -> Screen:
    settings = OpenCallSettings().labelled(ctx.t.label("⚙️ What and when"))
    return Screen(ctx.t("All stays as it is."), ((settings,), (home(ctx.t),)))
