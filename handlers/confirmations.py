"""A guest says where they work; the people of that organisation say whether it is so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.domain import confirmations, rights
from bot.domain.confirmations import Case
from bot.domain.refusals import Gone
from bot.domain.rights import Action
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context, Desk
from bot.kit.paging import page
from bot.kit.routes import job, on
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import Texts
from handlers.links import (
    AskToJoin,
    FindOrganisation,
    ListPeople,
    ListQuestions,
    ListWorkshops,
    OpenAdmin,
    TakeQuestionBack,
    home,
    way_back,
)
from storage import organisations
from storage.confirmations import Verdict
from storage.people import Person


@dataclass(frozen=True)
class SendQuestion(Button, prefix="cf.send"):
    organisation_id: int


@dataclass(frozen=True)
class OpenQuestion(Button, prefix="cf.open"):
    confirmation_id: int


@dataclass(frozen=True)
class Recognise(Button, prefix="cf.yes"):
    confirmation_id: int


@dataclass(frozen=True)
class Disown(Button, prefix="cf.no"):
    confirmation_id: int


@on(AskToJoin, reading=True)
async def offer(ctx: Context, press: AskToJoin) -> Screen:
    """What will be told of them, before it is."""
    organisation = await organisations.find(ctx.session, press.organisation_id)
    if organisation is None:
        raise Gone
    t = ctx.t
    text = t(
        "Shall I ask <b>{organisation}</b> to confirm you? "
        "They will see the name <b>{name}</b> from your Telegram profile.",
        organisation=organisation.name,
        name=ctx.me.name,
    )
    send = SendQuestion(press.organisation_id).labelled(t.label("✅ Yes, ask them"), "success")
    return Screen(text, ((send,), *way_back(t, FindOrganisation())))


@on(SendQuestion)
async def send(ctx: Context, press: SendQuestion) -> Screen:
    asked = await confirmations.ask(ctx.session, ctx.me, press.organisation_id, ctx.now)
    if asked.case.fresh:
        _ask_them(ctx, asked.case, asked.whom)
    t = ctx.t
    text = t(
        "📨 The question to <b>{organisation}</b> has gone out. I will write when they answer. "
        "Until then you are our guest.",
        organisation=asked.case.organisation.name,
    )
    back = TakeQuestionBack().labelled(t.label("↩️ Take the question back"))
    events = ListWorkshops().labelled(t.label("📅 Events"))
    return Screen(text, ((back,), (events, home(t))))


@on(TakeQuestionBack)
async def take_back(ctx: Context, _: TakeQuestionBack) -> Screen:
    await confirmations.take_back(ctx.session, ctx.me, ctx.now)
    t = ctx.t
    again = FindOrganisation().labelled(t.label("🏢 Another organisation"))
    return Screen(t("The question has been taken back."), ((again,), *way_back(t)))


@on(Recognise)
async def recognise(ctx: Context, press: Recognise) -> Screen:
    return await _decide(ctx, press.confirmation_id, Verdict.YES)


@on(Disown)
async def disown(ctx: Context, press: Disown) -> Screen:
    return await _decide(ctx, press.confirmation_id, Verdict.NO)


async def _decide(ctx: Context, confirmation_id: int, verdict: Verdict) -> Screen:
    case = await confirmations.decide(ctx.session, ctx.me, confirmation_id, verdict, ctx.now)
    if not case.fresh:
        return _card(ctx.t, case, toast=ctx.t.plain("This has been decided already."))
    outcome = _outcome(ctx.texts_of(case.asker), case)
    ctx.tell(case.asker, outcome, key=f"c{confirmation_id}:outcome")
    return _card(ctx.t, case, toast=ctx.t.plain("Thank you, I will let them know."))


def _outcome(t: Texts, case: Case) -> Screen:
    """What the asker learns; not who decided."""
    name = case.organisation.name
    if case.question.verdict == Verdict.YES:
        text = t(
            "🎉 <b>{organisation}</b> has confirmed you. Welcome among us!", organisation=name
        )
        events = ListWorkshops().labelled(t.label("📅 Events"))
        return Screen(text, ((events, home(t)),))
    text = t(
        "<b>{organisation}</b> did not recognise you. Is your name in Telegram the one they "
        "know? You can ask again, or stay with us as a guest.",
        organisation=name,
    )
    again = FindOrganisation().labelled(t.label("🔎 Search again"))
    return Screen(text, ((again,), *way_back(t)))


@on(ListQuestions, reading=True)
async def list_questions(ctx: Context, press: ListQuestions) -> Screen:
    t = ctx.t
    cases = await confirmations.waiting(ctx.session, ctx.me, ctx.now)
    title = t("🙋 <b>Waiting for confirmation</b>")
    if not cases:
        nobody = t("Nobody is waiting. New questions will come here by themselves.")
        return Screen(paragraphs(title, nobody), await _way_back(ctx))
    part = page(cases, press.page)
    rows = [
        (
            OpenQuestion(case.question.key).labelled(
                f"{case.asker.name} · {case.organisation.short}"
            ),
        )
        for case in part.items
    ]
    turns = part.turns(ListQuestions)
    return Screen(title, (*rows, *((turns,) if turns else ()), *await _way_back(ctx)))


async def _way_back(ctx: Context) -> Rows:
    if await rights.may(ctx.session, ctx.me, Action.OPEN_ADMIN, ctx.now):
        return way_back(ctx.t, OpenAdmin())
    mine = await rights.spoken_for(ctx.session, ctx.me, ctx.now)
    return way_back(ctx.t, ListPeople(mine[0]))


@on(OpenQuestion, reading=True)
async def open_question(ctx: Context, press: OpenQuestion) -> Screen:
    case = await confirmations.look(ctx.session, ctx.me, press.confirmation_id, ctx.now)
    return _card(ctx.t, case, back=ListQuestions())


@job("confirmations", every=timedelta(hours=1))
async def remind_managers(desk: Desk) -> None:
    """What nobody has answered goes to the managers too; those who know of it are not told."""
    for asked in await confirmations.escalate(desk.session, desk.now):
        _ask_them(desk, asked.case, asked.whom)


def _ask_them(desk: Desk, case: Case, whom: Sequence[Person]) -> None:
    for person in whom:
        key = f"c{case.question.key}:p{person.key}"
        desk.tell(person, _card(desk.texts_of(person), case), key=key)


def _card(t: Texts, case: Case, toast: str = "", back: Button | None = None) -> Screen:
    if case.question.verdict is not None:
        return Screen(paragraphs(_who(t, case), _verdict(t, case)), way_back(t, back), toast)
    key = case.question.key
    answers: Rows = (
        (
            Recognise(key).labelled(t.label("✅ One of us"), "success"),
            Disown(key).labelled(t.label("❌ I do not know them")),
        ),
    )
    words = t("Do you know them? With your yes they will see what members see.")
    return Screen(paragraphs(_who(t, case), words), (*answers, *way_back(t, back)))


def _who(t: Texts, case: Case) -> str:
    return t(
        '🙋 <a href="tg://user?id={id}">{name}</a> says they work at <b>{organisation}</b>',
        id=case.asker.telegram_id or 0,
        name=case.asker.name,
        organisation=case.organisation.name,
    )


def _verdict(t: Texts, case: Case) -> str:
    if case.question.verdict == Verdict.TAKEN_BACK or case.decider is None:
        return t("↩️ The question no longer stands.")
    assert case.question.decided_at is not None
    about = {"name": case.decider.name, "moment": t.moment(case.question.decided_at)}
    if case.question.verdict == Verdict.YES:
        return t("✅ Confirmed: {name}, {moment}", **about)
    return t("❌ Not recognised: {name}, {moment}", **about)
