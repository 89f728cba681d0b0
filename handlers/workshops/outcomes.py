"""What came of an event, asked half a year later: one tap and a sentence; sums for the team."""

from dataclasses import dataclass

from bot.domain.workshops import Reminded, outcomes
from bot.domain.workshops.outcomes import Choice, Sums
from bot.kit.buttons import Button
from bot.kit.context import Context
from bot.kit.forms import Answers, Form, Question, begin
from bot.kit.paging import page
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, lines, paragraphs
from bot.kit.texts import Texts
from bot.kit.typed import typed
from handlers.links import OpenWorkshop, home, way_back
from handlers.workshops.reminding import remind
from handlers.workshops.ways import OpenDocuments
from storage.workshops import Event
from storage.workshops.ratings import Said
from storage.workshops.reminders import Kind


@dataclass(frozen=True)
class TellOutcome(Button, prefix="ws.out.is"):
    workshop_id: int
    choice: str


@dataclass(frozen=True)
class AskOutcome(Button, prefix="ws.out.ask"):
    workshop_id: int


@dataclass(frozen=True)
class SayOutcome(Button, prefix="ws.out.say"):
    workshop_id: int


@dataclass(frozen=True)
class SeeOutcomes(Button, prefix="ws.out.all"):
    workshop_id: int
    page: int = 0


def question(t: Texts, event: Event) -> Screen:
    text = paragraphs(
        t(
            "🌱 Do you remember <b>{title}</b> ({month})?",
            title=event.title,
            month=t.month(event.starts_at),
        ),
        t("Has anything come of it?"),
        t("<i>The organiser adds it up; your name stays with the team.</i>"),
    )
    rows = tuple((TellOutcome(event.id, choice).labelled(name(t, choice)),) for choice in Choice)
    return Screen(text, (*rows, (home(t),)))


def _line(t: Texts, event: Event) -> tuple[str, Button]:
    return t.plain("Has anything come of {title}?", title=event.title), AskOutcome(event.id)


@remind(Kind.HALF_A_YEAR, line=_line)
def half_a_year(t: Texts, reminded: Reminded) -> Screen:
    return question(t, reminded.event)


def name(t: Texts, choice: Choice) -> str:
    match choice:
        case Choice.COOPERATION:
            return t.label("🤝 Cooperation")
        case Choice.ORDER:
            return t.label("📦 An order")
        case Choice.PROJECT:
            return t.label("🔬 A project")
        case Choice.NOTHING:
            return t.label("Nothing yet")


@on(AskOutcome, reading=True)
async def ask_outcome(ctx: Context, press: AskOutcome) -> Screen:
    return question(ctx.t, await outcomes.asked(ctx.session, press.workshop_id, ctx.me, ctx.now))


@on(TellOutcome)
async def tell_outcome(ctx: Context, press: TellOutcome) -> Screen:
    event = await outcomes.tell(ctx.session, press.workshop_id, press.choice, ctx.me, ctx.now)
    return _thanks(ctx.t, event, Choice(press.choice))


def _thanks(t: Texts, event: Event, choice: Choice) -> Screen:
    text = paragraphs(
        t("🌱 <b>{title}</b>: {choice}", title=event.title, choice=name(t, choice)),
        t("Thank you! It helps us to know what to do next."),
    )
    say = SayOutcome(event.id).labelled(t.label("✍️ Say more in a sentence"))
    return Screen(text, ((say,), *way_back(t, OpenWorkshop(event.id))))


@on(SayOutcome)
async def say_outcome(ctx: Context, press: SayOutcome) -> Answer:
    return await begin(ctx, SENTENCE, workshop_id=press.workshop_id)


def _ask(ctx: Context, _: Answers) -> Screen:
    return Screen(ctx.t("✍️ What has come of it, in one sentence? With whom, if you may say so."))


async def _done(ctx: Context, answers: Answers) -> Answer:
    key = answers["workshop_id"]
    await outcomes.say(ctx.session, key, answers["words"], ctx.me)
    return Screen(ctx.t("🙏 Noted, thank you!"), way_back(ctx.t, OpenWorkshop(key)))


async def _left(ctx: Context, answers: Answers) -> Answer:
    back = OpenWorkshop(answers.get("workshop_id", 0))
    return Screen(ctx.t("Your answer is noted. Thank you!"), way_back(ctx.t, back))


SENTENCE = Form(
    "workshop.outcome", (Question("words", _ask, typed(outcomes.SENTENCE)),), _done, _left
)


@on(SeeOutcomes, reading=True)
async def see_outcomes(ctx: Context, press: SeeOutcomes) -> Screen:
    sums = await outcomes.sums(ctx.session, press.workshop_id, ctx.me, ctx.now)
    return _sums(ctx.t, sums, press.page)


def _sums(t: Texts, sums: Sums, number: int) -> Screen:
    event, shown = sums.event, page(sums.sentences, number)
    counts = [
        t("{choice}: <b>{n}</b>", choice=name(t, choice), n=n) for choice, n in sums.counts.items()
    ]
    text = paragraphs(
        t("🌱 What came of <b>{title}</b>", title=event.title),
        lines(*counts)
        if any(sums.counts.values())
        else t("Nothing is known yet. I ask those who came, half a year later."),
        lines(*(_sentence(t, said) for said in shown.items)),
    )
    turns = shown.turns(lambda to: SeeOutcomes(event.id, to))
    rows = ((turns,) if turns else ()) + way_back(t, OpenDocuments(event.id))
    return Screen(text, rows)


def _sentence(t: Texts, said: Said) -> str:
    return t(
        "{choice}: “{words}” <i>{name}, {organisation}</i>",
        choice=name(t, Choice(said.about)),
        words=said.words,
        name=said.name or "–",
        organisation=said.organisation or "–",
    )
