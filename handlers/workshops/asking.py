"""The organiser's questions to those who come: asked once, one a screen, each can be skipped."""

from dataclasses import dataclass
from datetime import timedelta

from telegram import Message

from bot.domain.refusals import Gone
from bot.domain.workshops import registration
from bot.domain.workshops.registration import ANSWER, Diet, Item, Parking, Sheet
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context, Desk
from bot.kit.errands import Trip
from bot.kit.forms import Answers, Choose, Form, Question, begin
from bot.kit.routes import errand, on, watch
from bot.kit.screens import Answer, Screen, lines, paragraphs
from bot.kit.texts import Texts
from bot.kit.typed import typed_lines
from handlers.links import OpenWorkshop, way_back
from handlers.workshops.answers import DIETS, PARKING, said, said_lines, subject_name
from handlers.workshops.telling import ways
from handlers.workshops.ways import AnswerQuestions
from storage import people
from storage.people import Person
from storage.workshops import Event, find
from storage.workshops import registration as rows
from storage.workshops.registration import Subject

CHUNK = 500
SKIP, AS_LAST_TIME = "-", "="  # what their buttons carry


@dataclass(frozen=True)
class AnswerOne(Button, prefix="ws.ask.1"):
    """Answer a question, or answer it anew."""

    question_id: int


@dataclass(frozen=True)
class Remember(Button, prefix="ws.ask.keep"):
    """Keep my answers for the next event."""

    workshop_id: int


@on(AnswerQuestions)
async def open_questions(ctx: Context, press: AnswerQuestions) -> Answer:
    """The first question that is open, else all answers."""
    sheet = await registration.sheet(ctx.session, press.workshop_id, ctx.me, ctx.now)
    return await _go_on(ctx, sheet)


@on(AnswerOne)
async def answer_one(ctx: Context, press: AnswerOne) -> Answer:
    question = await rows.question(ctx.session, press.question_id)
    if question is None:
        raise Gone
    sheet = await registration.sheet(ctx.session, question.workshop_id, ctx.me, ctx.now)
    return await _ask(ctx, sheet, next(i for i in sheet.items if i.question.key == question.key))


@on(Remember)
async def remember(ctx: Context, press: Remember) -> Screen:
    sheet = await registration.remember(ctx.session, press.workshop_id, ctx.me, ctx.now)
    done = ctx.t.plain("I will offer them next time. /privacy shows and forgets them.")
    return _overview(ctx.t, sheet, done)


async def _go_on(ctx: Context, sheet: Sheet) -> Answer:
    if sheet.open:
        return await _ask(ctx, sheet, sheet.open[0])
    return _overview(ctx.t, sheet)


async def _ask(ctx: Context, sheet: Sheet, item: Item) -> Answer:
    question = item.question
    return await begin(
        ctx,
        FORM,
        workshop_id=sheet.event.id,
        title=sheet.event.title,
        question_id=question.key,
        subject=question.subject,
        words=question.words,
        habit=item.habit,
        old=item.answer or "",
    )


def _ask_words(ctx: Context, answers: Answers) -> Screen:
    t, subject = ctx.t, Subject(answers["subject"])
    old = answers["old"]
    text = paragraphs(
        t("📝 {title}", title=answers["title"]),
        _question(t, subject, answers["words"]),
        t("Now: <i>{old}</i>", old=said(t, subject, old)) if old else "",
    )
    return Screen(text, (*_last_time(t, subject, answers["habit"]), *_ready(t, subject)))


def _question(t: Texts, subject: Subject, words: str) -> str:
    match subject:
        case Subject.DIET:
            return t("🍽 <b>What do you eat?</b> Press, or write it.")
        case Subject.PARKING:
            return t("🚗 <b>Will you need parking?</b> You can write your number plate at once.")
        case Subject.INVOICE:
            return t("🧾 <b>For an invoice:</b> write the company, its address, and its numbers.")
        case Subject.OTHER:
            return t("💬 <b>{question}</b>", question=words)


def _last_time(t: Texts, subject: Subject, habit: str) -> Rows:
    if not habit:
        return ()
    label = t.label("↩️ As last time: {answer}", answer=said(t, subject, habit)[:40])
    return ((Choose("answer", AS_LAST_TIME).labelled(label, "success"),),)


def _ready(t: Texts, subject: Subject) -> Rows:
    skip = (Choose("answer", SKIP).labelled(t.label("⏭ Skip")),)
    if subject == Subject.DIET:
        faces = [Choose("answer", key).labelled(t.label(text)) for key, text in DIETS.items()]
        return ((faces[0],), tuple(faces[1:3]), tuple(faces[3:]), skip)
    if subject == Subject.PARKING:
        faces = [Choose("answer", key).labelled(t.label(text)) for key, text in PARKING.items()]
        return (tuple(faces), skip)
    return (skip,)


def _read(ctx: Context, message: Message) -> str:
    return str(typed_lines(ANSWER)(ctx, message))


def _choose(_: Context, value: str) -> str:
    if value not in {SKIP, AS_LAST_TIME, *Diet, *Parking}:
        raise Gone
    return value


async def _note(ctx: Context, answers: Answers) -> Answer:
    written = str(answers["answer"])
    given = {SKIP: "", AS_LAST_TIME: str(answers["habit"])}.get(written, written)
    sheet = await registration.answer(ctx.session, answers["question_id"], given, ctx.me, ctx.now)
    return await _go_on(ctx, sheet)


async def _left(ctx: Context, answers: Answers) -> Answer:
    key = int(answers.get("workshop_id", 0))
    return _overview(ctx.t, await registration.sheet(ctx.session, key, ctx.me, ctx.now))


FORM = Form("workshop.answer", (Question("answer", _ask_words, _read, _choose),), _note, _left)


def _overview(t: Texts, sheet: Sheet, toast: str = "") -> Screen:
    key = sheet.event.id
    given = [(item.question, item.answer) for item in sheet.items if item.answer]
    can_keep = t("Shall I remember your answers for next time?")
    text = paragraphs(
        t("📝 <b>Your answers</b>: {title}", title=sheet.event.title),
        lines(*said_lines(t, given)) or t("You have not answered anything."),
        t("The organisers see them. I erase them 14 days after the event."),
        can_keep if sheet.worth_remembering else "",
    )
    keep = (Remember(key).labelled(t.label("💾 Remember for next time"), "success"),)
    change = tuple((_change(t, item),) for item in sheet.items)
    rows = (*((keep,) if sheet.worth_remembering else ()), *change)
    return Screen(text, (*rows, *way_back(t, OpenWorkshop(key))), toast)


def _change(t: Texts, item: Item) -> dict[str, object]:
    name = subject_name(t, item.question)
    words = t.label("✏️ {subject}", subject=name) if item.answer else name
    return AnswerOne(item.question.key).labelled(words)


@watch("organisers_questions", every=timedelta(seconds=15))
async def ask_the_newly_seated(trip: Trip) -> None:
    """In a message of its own, so that signing up stays two taps."""
    async with trip.look() as desk:
        found = await registration.newly_seated(desk.session, trip.now)
    if not found:
        return
    async with trip.deliver() as desk:
        for event, person in dict.fromkeys((each.workshop_id, each.person_id) for each in found):
            await _tell(desk, event, person, f"q{event}:p{person}")
        await registration.have_asked(desk.session, found[-1])


@errand("workshops.ask_all")
async def ask_all(trip: Trip, workshop_id: int, question_id: int, after: int) -> None:
    """Those who sat before there was this question."""
    async with trip.deliver() as desk:
        seated = await rows.seated_ids(desk.session, workshop_id, after, CHUNK)
        for person_id in seated:
            await _tell(desk, workshop_id, person_id, f"q{workshop_id}:{question_id}:p{person_id}")
        if len(seated) == CHUNK:
            facts = {"question_id": question_id, "after": seated[-1]}
            await desk.errand("workshops.ask_all", workshop_id=workshop_id, **facts)


async def _tell(desk: Desk, workshop_id: int, person_id: int, key: str) -> None:
    number = await registration.open_questions(desk.session, workshop_id, person_id)
    person = await people.find(desk.session, person_id)
    event = await find(desk.session, workshop_id)
    if number and person is not None and event is not None and event.ends_at > desk.now:
        desk.tell(person, _invitation(desk, person, event, number), key=key,
                  expires_at=event.ends_at)  # fmt: skip


def _invitation(desk: Desk, person: Person, event: Event, number: int) -> Screen:
    t = desk.texts_of(person)
    text = lines(
        t("📝 <b>{title}</b>", title=event.title),
        t.n(
            "The organiser has {n} short question for you. You need not answer.",
            "The organiser has {n} short questions for you. You need not answer.",
            number,
        ),
    )
    answer = AnswerQuestions(event.id).labelled(t.label("📝 Answer"), "success")
    return Screen(text, ((answer,), *ways(t, event.id)))
