"""The team chooses what is asked of those who sign up, and reads what they say."""

from dataclasses import dataclass

from bot.domain import workshops
from bot.domain.refusals import Gone
from bot.domain.workshops import registration
from bot.domain.workshops.registration import USUAL, WORDS, Summary
from bot.kit.buttons import Button, Face
from bot.kit.context import Context
from bot.kit.forms import Answers, Form, Question, begin
from bot.kit.paging import Page
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, Toast, lines, paragraphs
from bot.kit.texts import Texts
from bot.kit.typed import typed
from handlers.links import way_back
from handlers.workshops.answers import SUBJECTS, said, subject_name
from handlers.workshops.ways import AskAttendees, Change
from storage.workshops.registration import RegistrationQuestion, Said, Subject

SIZE = 10  # answers on a page: they are read, not pressed
KINDS = 8  # of answers that are counted one by one


@dataclass(frozen=True)
class AskAbout(Button, prefix="ws.qs.add"):
    workshop_id: int
    subject: str


@dataclass(frozen=True)
class WriteQuestion(Button, prefix="ws.qs.own"):
    workshop_id: int


@dataclass(frozen=True)
class StopAsking(Button, prefix="ws.qs.del"):
    """Asks once more where people have answered."""

    workshop_id: int
    question_id: int


@dataclass(frozen=True)
class StopForSure(Button, prefix="ws.qs.del!"):
    workshop_id: int
    question_id: int


@dataclass(frozen=True)
class ReadAnswers(Button, prefix="ws.qs.read"):
    workshop_id: int
    question_id: int
    page: int = 0


@dataclass(frozen=True)
class AskEverybody(Button, prefix="ws.qs.all"):
    """Those too who had a seat before there was this question."""

    workshop_id: int
    question_id: int


@on(AskAttendees, reading=True)
async def ask_attendees(ctx: Context, press: AskAttendees) -> Screen:
    return await _screen(ctx, press.workshop_id)


async def _screen(
    ctx: Context, workshop_id: int, toast: str = "", *, added: bool = False
) -> Screen:
    """With `added` it offers to ask those too who sat before."""
    t = ctx.t
    event, asked = await registration.asked_of_all(ctx.session, workshop_id, ctx.me, ctx.now)
    text = paragraphs(
        t("❓ <b>Questions</b>: {title}", title=event.title),
        lines(*(_summary(t, each) for each in asked)),
        t("Nobody has to answer. I ask once, and erase the answers 14 days after the event."),
    )
    by_subject = {each.question.subject: each for each in asked}
    own = [each for each in asked if each.question.subject == Subject.OTHER]
    rows = (
        *(_usual(t, workshop_id, subject, by_subject.get(subject)) for subject in USUAL),
        *(_asked(t, each, each.question.words) for each in own),
        (WriteQuestion(workshop_id).labelled(t.label("➕ A question of my own")),),
        *((_everybody(t, asked[-1]),) if added and asked[-1].seated else ()),
        *way_back(t, Change(workshop_id)),
    )
    return Screen(text, rows, toast)


def _summary(t: Texts, asked: Summary) -> str:
    """What the caterer wants to know; of typed answers, how many there are."""
    question = asked.question
    name = subject_name(t, question)
    if question.subject in (Subject.DIET, Subject.PARKING):
        return t("{subject}: {answer}", subject=name, answer=_counted(t, asked))
    answers = t.n("{n} answer", "{n} answers", asked.answered)
    asks = name if question.words else f"{name}:"
    return t("{subject} {answers}", subject=asks, answers=answers)


def _counted(t: Texts, asked: Summary) -> str:
    known = [
        f"{said(t, asked.question.subject, words)} {count}"
        for words, count in asked.counts.items()
        if words
    ]
    silent = t.plain("no answer {n}", n=asked.seated - asked.answered)
    return ", ".join([*known[:KINDS], silent])


def _usual(
    t: Texts, workshop_id: int, subject: Subject, asked: Summary | None
) -> tuple[Face, ...]:
    name = t.label(SUBJECTS[subject])
    if asked is not None:
        return _asked(t, asked, name)
    return (AskAbout(workshop_id, subject).labelled(t.label("☐ {subject}", subject=name)),)


def _asked(t: Texts, asked: Summary, name: str) -> tuple[Face, ...]:
    ids = (asked.question.workshop_id, asked.question.key)
    stop = StopAsking(*ids).labelled(t.label("☑ {subject}", subject=name))
    if not asked.answered:
        return (stop,)
    return (stop, ReadAnswers(*ids).labelled(t.label("📋 Answers: {n}", n=asked.answered)))


def _everybody(t: Texts, asked: Summary) -> tuple[Face, ...]:
    ask = AskEverybody(asked.question.workshop_id, asked.question.key)
    label = t.plain_n(
        "📨 Ask {n} person who has a seat", "📨 Ask {n} people who have a seat", asked.seated
    )
    return (ask.labelled(label),)


@on(AskAbout)
async def ask_about(ctx: Context, press: AskAbout) -> Screen:
    if press.subject not in set(USUAL):
        raise Gone
    subject = Subject(press.subject)
    await registration.ask(ctx.session, press.workshop_id, subject, ctx.me, ctx.now)
    return await _added(ctx, press.workshop_id)


async def _added(ctx: Context, workshop_id: int) -> Screen:
    done = ctx.t.plain("I will ask everybody who gets a seat from now on.")
    return await _screen(ctx, workshop_id, done, added=True)


@on(WriteQuestion)
async def write_question(ctx: Context, press: WriteQuestion) -> Answer:
    await registration.asked_of_all(ctx.session, press.workshop_id, ctx.me, ctx.now)
    return await begin(ctx, FORM, workshop_id=press.workshop_id)


def _ask_words(ctx: Context, _: Answers) -> Screen:
    return Screen(
        ctx.t("💬 What do you want to ask? One short sentence; people write the answer.")
    )


async def _written(ctx: Context, answers: Answers) -> Answer:
    key, words = int(answers["workshop_id"]), answers["words"]
    await registration.ask(ctx.session, key, Subject.OTHER, ctx.me, ctx.now, words)
    return await _added(ctx, key)


async def _left(ctx: Context, answers: Answers) -> Answer:
    return await _screen(ctx, int(answers.get("workshop_id", 0)))


FORM = Form("workshop.question", (Question("words", _ask_words, typed(WORDS)),), _written, _left)


@on(AskEverybody)
async def ask_everybody(ctx: Context, press: AskEverybody) -> Toast:
    key = press.workshop_id
    await workshops.editable(ctx.session, key, ctx.me, ctx.now)
    facts = {"question_id": press.question_id, "after": 0}
    await ctx.errand("workshops.ask_all", workshop_id=key, **facts)
    return Toast(ctx.t.plain("I am asking them."))


@on(StopAsking)
async def stop_asking(ctx: Context, press: StopAsking) -> Screen:
    t, key = ctx.t, press.workshop_id
    event, asked = await registration.asked_of_all(ctx.session, key, ctx.me, ctx.now)
    mine = next((each for each in asked if each.question.key == press.question_id), None)
    if mine is None or not mine.counts:
        return await _stop(ctx, press.question_id)
    text = paragraphs(
        t("🗑 Stop asking “{question}”?", question=subject_name(t, mine.question)),
        t.n(
            "{n} answer would be erased.",
            "{n} answers would be erased.",
            sum(mine.counts.values()),
        ),
    )
    sure = StopForSure(key, press.question_id).labelled(t.label("🗑 Yes, erase them"), "danger")
    return Screen(text, ((sure,), *way_back(t, AskAttendees(event.id))))


@on(StopForSure)
async def stop_for_sure(ctx: Context, press: StopForSure) -> Screen:
    return await _stop(ctx, press.question_id)


async def _stop(ctx: Context, question_id: int) -> Screen:
    key = await registration.stop_asking(ctx.session, question_id, ctx.me, ctx.now)
    return await _screen(ctx, key, ctx.t.plain("I no longer ask this."))


@on(ReadAnswers, reading=True)
async def read_answers(ctx: Context, press: ReadAnswers) -> Screen:
    t, key, start = ctx.t, press.workshop_id, max(press.page, 0) * SIZE
    question, found, count = await registration.read_answers(
        ctx.session, press.question_id, ctx.me, ctx.now, start, start + SIZE
    )
    pages = max(1, -(-count // SIZE))
    turns = Page((), press.page, pages).turns(lambda to: ReadAnswers(key, press.question_id, to))
    text = paragraphs(
        t("📋 <b>{question}</b>", question=subject_name(t, question)),
        lines(*(_line(t, question, each) for each in found)) or t("There are no answers."),
    )
    return Screen(text, (*((turns,) if turns else ()), *way_back(t, AskAttendees(key))))


def _line(t: Texts, question: RegistrationQuestion, each: Said) -> str:
    return t("{name}: {words}", name=each.name, words=said(t, question.subject, each.words))
