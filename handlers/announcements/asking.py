"""What can be pressed under an announcement: links, an event, interest, a question."""

from dataclasses import dataclass, replace

from telegram import Message

from bot.domain import announcements
from bot.domain.announcements import Card, questions
from bot.domain.announcements.questions import LABEL, LINKS, OPTIONS, Asked
from bot.domain.refusals import Gone
from bot.kit import forms
from bot.kit.buttons import Button, Face, Rows
from bot.kit.context import Context
from bot.kit.forms import Answers, Choose, Form, Question, Unclear, chosen
from bot.kit.paging import page
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.announcements.audience import event_label
from handlers.announcements.cards import BackToDraft, OpenMessage, ShowContent
from handlers.announcements.keyboard import asking
from handlers.announcements.variants import language_rows, languages_said
from handlers.links import way_back
from storage import workshops
from storage.workshops import Event

WORDS, NONE = "words", "none"
EVENT = -1


@dataclass(frozen=True)
class AddLink(Button, prefix="an.b.url"):
    announcement_id: int


@dataclass(frozen=True)
class ListEventsUnder(Button, prefix="an.b.evs"):
    announcement_id: int
    page: int


@dataclass(frozen=True)
class AskToSignUp(Button, prefix="an.b.ev"):
    announcement_id: int
    workshop_id: int


@dataclass(frozen=True)
class AskForInterest(Button, prefix="an.b.i"):
    """`yes` is 0 to ask no more."""

    announcement_id: int
    yes: int


@dataclass(frozen=True)
class AskQuestion(Button, prefix="an.b.q"):
    announcement_id: int


@dataclass(frozen=True)
class AskNothing(Button, prefix="an.b.no"):
    """Without any buttons."""

    announcement_id: int


@dataclass(frozen=True)
class TakeOut(Button, prefix="an.b.out"):
    """`which` is the number of a link, or the `EVENT`."""

    announcement_id: int
    which: int


@on(OpenMessage, reading=True)
async def open_message(ctx: Context, press: OpenMessage) -> Screen:
    return await message_screen(ctx, await _look(ctx, press.announcement_id))


async def message_screen(ctx: Context, card: Card) -> Screen:
    t, asked, key = ctx.t, questions.of(card.announcement), card.announcement.key
    event = await workshops.find(ctx.session, asked.event_id) if asked.event_id else None
    text = paragraphs(
        t("🔘 <b>Buttons and languages</b>"), _under(t, asked, event), languages_said(t, card)
    )
    show = ShowContent(key).labelled(t.label("👁 Show the message"))
    languages = language_rows(t, card, ctx.house.texts.default)
    return Screen(
        text, (*_ways(t, key, asked), *languages, (show,), *way_back(t, BackToDraft(key)))
    )


def _under(t: Texts, asked: Asked, event: Event | None) -> str:
    if not asked.anything:
        return t("There is nothing to press under the message.")
    options = t("❓ {options}", options=" / ".join(asked.options)) if asked.options else ""
    links = (t("🔗 {label}: {url}", label=each.label, url=each.url) for each in asked.links)
    return lines(
        t("Under the message stands:"),
        t("📅 {title}", title=event.title) if event else "",
        options,
        t("✍️ an answer in one's own words") if asked.words else "",
        t("🙋 that one is interested") if asked.interest else "",
        *links,
    )


def _ways(t: Texts, key: int, asked: Asked) -> Rows:
    interested = t.label("🙋 I am interested")
    interest = AskForInterest(key, int(not asked.interest))
    link: tuple[Face, ...] = (AddLink(key).labelled(t.label("🔗 Link…")),)
    nothing = ((AskNothing(key).labelled(t.label("✖ Without buttons")),),)
    return (
        (
            ListEventsUnder(key, 0).labelled(t.label("📅 Event…")),
            *(link if len(asked.links) < LINKS else ()),
        ),
        (
            AskQuestion(key).labelled(t.label("❓ Question…")),
            interest.labelled(f"✓ {interested}" if asked.interest else interested),
        ),
        *_taking_out(t, key, asked),
        *(nothing if asked.anything else ()),
    )


def _taking_out(t: Texts, key: int, asked: Asked) -> Rows:
    """One thing alone; a question is taken out where it is asked."""
    event = (TakeOut(key, EVENT).labelled(t.label("🗑 Event")),) if asked.event_id else ()
    links = (TakeOut(key, n).labelled(f"🗑 {link.label}") for n, link in enumerate(asked.links))
    faces = (*event, *links)
    return tuple(faces[at : at + 2] for at in range(0, len(faces), 2))


@on(TakeOut)
async def take_out(ctx: Context, press: TakeOut) -> Screen:
    asked = await _asked(ctx, press.announcement_id)
    if press.which == EVENT:
        left = replace(asked, event_id=None, invites=False)
    else:
        left = asked.without_link(press.which)
    return await _ask(ctx, press.announcement_id, left)


@on(AskForInterest)
async def ask_for_interest(ctx: Context, press: AskForInterest) -> Screen:
    asked = await _asked(ctx, press.announcement_id)
    return await _ask(ctx, press.announcement_id, replace(asked, interest=bool(press.yes)))


@on(AskNothing)
async def ask_nothing(ctx: Context, press: AskNothing) -> Screen:
    return await _ask(ctx, press.announcement_id, Asked())


@on(ListEventsUnder, reading=True)
async def list_events(ctx: Context, press: ListEventsUnder) -> Screen:
    t, key = ctx.t, press.announcement_id
    await _look(ctx, key)
    part = page(await workshops.coming(ctx.session, ctx.now), press.page)
    back = way_back(t, OpenMessage(key))
    if not part.items:
        return Screen(t("There are no events now. Publish one, and it can stand here."), back)
    rows = tuple(
        (AskToSignUp(key, each.key).labelled(event_label(t, each)),) for each in part.items
    )
    turns = part.turns(lambda to: ListEventsUnder(key, to))
    text = t("<b>Which event are they to sign up for?</b>")
    return Screen(text, (*rows, *((turns,) if turns else ()), *back))


@on(AskToSignUp)
async def ask_to_sign_up(ctx: Context, press: AskToSignUp) -> Screen:
    if await workshops.find(ctx.session, press.workshop_id) is None:
        raise Gone
    asked = await _asked(ctx, press.announcement_id)
    with_event = replace(asked, event_id=press.workshop_id, invites=True)
    return await _ask(ctx, press.announcement_id, with_event)


@on(AddLink)
async def add_link(ctx: Context, press: AddLink) -> Answer:
    await announcements.revise(ctx.session, press.announcement_id, ctx.me, ctx.now)
    return await forms.begin(ctx, LINK, announcement_id=press.announcement_id)


@on(AskQuestion)
async def ask_question(ctx: Context, press: AskQuestion) -> Answer:
    await announcements.revise(ctx.session, press.announcement_id, ctx.me, ctx.now)
    return await forms.begin(ctx, QUESTION, announcement_id=press.announcement_id)


async def _look(ctx: Context, key: int) -> Card:
    return await announcements.look(ctx.session, key, ctx.me, ctx.now)


async def _asked(ctx: Context, key: int) -> Asked:
    return questions.of((await _look(ctx, key)).announcement)


async def _ask(ctx: Context, key: int, asked: Asked) -> Screen:
    return await message_screen(ctx, await asking(ctx, key, asked))


def read_label(ctx: Context, message: Message) -> str:
    return one_label(ctx, message.text or "")


def one_label(ctx: Context, typed: str) -> str:
    label = " ".join(typed.split())
    if not 0 < len(label) <= LABEL:
        words = ctx.t("A button holds {limit} characters. Please say it shorter.", limit=LABEL)
        raise Unclear(words)
    return label


def _ask_label(ctx: Context, _: Answers) -> Screen:
    return Screen(ctx.t("🔗 What is to stand on the button?"))


def _ask_address(ctx: Context, _: Answers) -> Screen:
    return Screen(ctx.t("🔗 Where does it lead? An address such as https://www.example.org"))


def _read_address(ctx: Context, message: Message) -> str:
    address = questions.address_of(message.text or "")
    if address is None:
        words = ctx.t("This is no address that begins with https:// and that a browser opens.")
        raise Unclear(words)
    return address


async def _linked(ctx: Context, answers: Answers) -> Answer:
    key = answers["announcement_id"]
    asked = await _asked(ctx, key)
    if len(asked.links) < LINKS:
        asked = asked.with_link(answers["label"], answers["url"])
    return await _ask(ctx, key, asked)


def _ask_options(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    text = paragraphs(
        t("❓ <b>A question</b>"),
        t("What you ask stands in the message. Here send the answers, each on its own line."),
        t("Everybody has one answer and may change it. You see them by organisation."),
    )
    own = Choose("options", WORDS).labelled(t.label("✍️ In their own words"))
    none = Choose("options", NONE).labelled(t.label("✖ No question"))
    return Screen(text, ((own,), (none,)))


def _read_options(ctx: Context, message: Message) -> list[str]:
    typed = [line for line in (message.text or "").splitlines() if line.strip()]
    if len(typed) not in OPTIONS:
        words = ctx.t(
            "A question has {least} to {most} answers, each on its own line. Here are {n}.",
            least=OPTIONS[0],
            most=OPTIONS[-1],
            n=len(typed),
        )
        raise Unclear(words)
    options = [one_label(ctx, line) for line in typed]
    if len({option.casefold() for option in options}) < len(options):
        raise Unclear(ctx.t("Two of the answers are the same."))
    return options


async def _questioned(ctx: Context, answers: Answers) -> Answer:
    key, said = answers["announcement_id"], answers["options"]
    options = tuple(said) if isinstance(said, list) else ()
    asked = (await _asked(ctx, key)).with_question(options, words=said == WORDS)
    return await _ask(ctx, key, asked)


async def _left(ctx: Context, answers: Answers) -> Answer:
    return await message_screen(ctx, await _look(ctx, answers.get("announcement_id", 0)))


LINK = Form(
    "announcement.link",
    (Question("label", _ask_label, read_label), Question("url", _ask_address, _read_address)),
    _linked,
    _left,
)
QUESTION = Form(
    "announcement.question",
    (Question("options", _ask_options, _read_options, chosen(WORDS, NONE)),),
    _questioned,
    _left,
)
