"""Ideas for the one bid of the cluster: each organisation writes one, the manager chooses."""

from dataclasses import dataclass
from datetime import timedelta

from telegram import Message

from bot.domain.calls import ideas
from bot.domain.calls.ideas import LONGEST, Collection, Given
from bot.domain.instruments import enquiries
from bot.domain.instruments.enquiries import Illegible
from bot.kit import forms
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context, Desk
from bot.kit.forms import Answers, Form, Question, Unclear
from bot.kit.paging import page
from bot.kit.routes import job, on
from bot.kit.screens import Answer, Screen, paragraphs
from bot.kit.texts import Texts
from handlers.calls.bid_card import bid_screen, head, title
from handlers.calls.bid_ways import GiveIdea, ListIdeas, OpenIdeas
from handlers.calls.ways import OpenBid
from handlers.links import ListCalls, OpenCall, home, way_back
from storage.calls.records import GrantCall
from storage.people import Person

SHORT = 350  # characters of an idea in a list


@dataclass(frozen=True)
class WithdrawIdea(Button, prefix="cb.idea.n"):
    call_id: int


@dataclass(frozen=True)
class OpenIdea(Button, prefix="cb.idea.o"):
    """One of them, for the team."""

    idea_id: int


@dataclass(frozen=True)
class ChooseIdea(Button, prefix="cb.idea.y"):
    idea_id: int


@on(OpenIdeas, reading=True)
async def open_ideas(ctx: Context, press: OpenIdeas) -> Screen:
    return await _ours(ctx, press.call_id)


async def _ours(ctx: Context, call_id: int, toast: str = "") -> Screen:
    t = ctx.t
    found = await ideas.look(ctx.session, call_id, ctx.me, ctx.now)
    ours, open_still = found.ours, found.open(ctx.now)
    text = paragraphs(
        await head(ctx, found.call, t),
        t("💡 <b>Our idea</b>"),
        t("{words}", words=ours.text) if ours else t("Your organisation has not put one in yet."),
        _until(t, found) if open_still else "",
    )
    rows: Rows = ()
    if open_still:
        label = t.label("✏️ Write it anew") if ours else t.label("✏️ Write our idea")
        rows = ((GiveIdea(call_id).labelled(label),),)
    if open_still and ours:
        rows = (*rows, (WithdrawIdea(call_id).labelled(t.label("🗑 Take it back")),))
    return Screen(text, (*rows, *way_back(t, OpenBid(call_id))), toast)


def _until(t: Texts, found: Collection) -> str:
    if found.call.internal_at is None:
        return ""
    when = t.moment(found.call.internal_at)
    if found.ours is None:
        return t("It can be put in until {when}.", when=when)
    return t("It can be changed until {when}.", when=when)


@on(GiveIdea)
async def give_idea(ctx: Context, press: GiveIdea) -> Answer:
    found = await ideas.may_give(ctx.session, press.call_id, ctx.me, ctx.now)
    return await forms.begin(ctx, FORM, call_id=press.call_id, title=title(ctx.t, found.call))


@on(WithdrawIdea)
async def withdraw(ctx: Context, press: WithdrawIdea) -> Screen:
    await ideas.withdraw(ctx.session, press.call_id, ctx.me, ctx.now)
    return await _ours(ctx, press.call_id, ctx.t.plain("Taken back."))


def _ask_text(ctx: Context, answers: Answers) -> Screen:
    t = ctx.t
    text = paragraphs(
        t("💡 <b>{title}</b>", title=answers["title"]),
        t(
            "What would you bid with? A few sentences: what, with whom, for how much. Only the "
            "cluster's team reads it."
        ),
    )
    return Screen(text)


def _read_text(ctx: Context, message: Message) -> str:
    try:
        return enquiries.said(message.text or "", LONGEST)
    except Illegible:
        most = LONGEST
        raise Unclear(ctx.t("Please write a text of at most {n} characters.", n=most)) from None


async def _given(ctx: Context, answers: Answers) -> Answer:
    key = answers["call_id"]
    await ideas.give(ctx.session, key, ctx.me, answers["text"], ctx.now)
    return await _ours(ctx, key, ctx.t.plain("Noted. I will write when the choice is made."))


async def _left(ctx: Context, answers: Answers) -> Answer:
    if "call_id" in answers:
        return await bid_screen(ctx, answers["call_id"])
    return Screen(ctx.t("Nothing has been changed."), way_back(ctx.t, ListCalls()))


FORM = Form("call_idea", (Question("text", _ask_text, _read_text),), _given, _left)


@on(ListIdeas, reading=True)
async def list_ideas(ctx: Context, press: ListIdeas) -> Screen:
    return await _list(ctx, press.call_id, press.page)


async def _list(ctx: Context, call_id: int, number: int = 0, toast: str = "") -> Screen:
    t = ctx.t
    found, given = await ideas.listed(ctx.session, call_id, ctx.me, ctx.now)
    shown = page(given, number)
    text = paragraphs(
        await head(ctx, found.call, t),
        t.n("💡 <b>{n} idea</b>", "💡 <b>{n} ideas</b>", len(given)),
        *(_entry(t, each) for each in shown.items),
        "" if given else t("Nobody has put in an idea yet. Followers are reminded of the day."),
    )
    rows: Rows = tuple(
        (OpenIdea(each.idea.key).labelled(_mark(each) + each.organisation.short),)
        for each in shown.items
    )
    turns = shown.turns(lambda to: ListIdeas(call_id, to))
    rows = (*rows, turns) if turns else rows
    return Screen(text, (*rows, *way_back(t, OpenBid(call_id))), toast)


def _entry(t: Texts, each: Given) -> str:
    text = each.idea.text
    short = text if len(text) <= SHORT else f"{text[:SHORT]}…"
    mark, where = _mark(each), each.organisation.short
    return t("{mark}<b>{where}</b> ({name}): {words}", mark=mark, where=where,
             name=each.person.name, words=short or "–")  # fmt: skip


def _mark(each: Given) -> str:
    return "🏅 " if each.idea.chosen_at is not None else ""


@on(OpenIdea, reading=True)
async def open_idea(ctx: Context, press: OpenIdea) -> Screen:
    t = ctx.t
    given = await ideas.one(ctx.session, press.idea_id, ctx.me, ctx.now)
    call_id = given.idea.call_id
    text = paragraphs(
        t("💡 <b>{where}</b>, {name}", where=given.organisation.name, name=given.person.name),
        t("{words}", words=given.idea.text or "–"),
        t("🏅 This is the cluster's bid.") if given.idea.chosen_at else "",
    )
    rows: Rows = ()
    if given.idea.chosen_at is None:
        rows = ((ChooseIdea(press.idea_id).labelled(t.label("🏅 Choose this one"), "success"),),)
    return Screen(text, (*rows, *way_back(t, ListIdeas(call_id))))


@on(ChooseIdea)
async def choose_idea(ctx: Context, press: ChooseIdea) -> Screen:
    zone = ctx.house.cluster.zone
    call, given, fresh = await ideas.choose(ctx.session, press.idea_id, ctx.me, zone, ctx.now)
    if fresh:
        for each in given:
            _tell_choice(ctx, call, each)
    said = ctx.t.plain("Chosen. I have told all who had put in an idea.") if fresh else ""
    return await _list(ctx, call.key, 0, said)


def _tell_choice(ctx: Context, call: GrantCall, each: Given) -> None:
    t, name = ctx.texts_of(each.person), title(ctx.texts_of(each.person), call)
    if each.idea.chosen_at is not None:
        text = t("🏅 Your idea is the cluster's bid for <b>{title}</b>. It is yours to handle!",
                 title=name)  # fmt: skip
    else:
        text = t("💡 For <b>{title}</b> another idea was chosen. Thank you for yours.", title=name)
    back = OpenBid(call.key).labelled(t.label("📄 Who handles it"))
    ctx.tell(each.person, Screen(text, ((back, home(t)),)))


@job("ideas", every=timedelta(minutes=5))
async def collected(desk: Desk) -> None:
    for call, number, managers in await ideas.collected(
        desk.session, desk.house.cluster.zone, desk.now
    ):
        for person in managers:
            _tell_collected(desk, call, number, person)


def _tell_collected(desk: Desk, call: GrantCall, number: int, person: Person) -> None:
    t = desk.texts_of(person)
    if number:
        text = t.n(
            "💡 Ideas for <b>{title}</b> are closed: {n} has come. Which one shall it be?",
            "💡 Ideas for <b>{title}</b> are closed: {n} have come. Which one shall it be?",
            number,
            title=title(t, call),
        )
        back = ListIdeas(call.key).labelled(t.label("💡 Ideas ({n})", n=number))
    else:
        text = t("💡 Ideas for <b>{title}</b> are closed; none has come.", title=title(t, call))
        back = OpenCall(call.key).labelled(t.label("💶 Open the call"))
    due = call.internal_at or desk.now
    key = f"ci{call.key}:{due:%Y%m%d%H%M}:p{person.key}"
    desk.tell(person, Screen(text, ((back, home(t)),)), key=key)
