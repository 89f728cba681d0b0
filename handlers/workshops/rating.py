"""After an event: stars for each part by one tap, and one sentence. The organiser sees whose."""

from dataclasses import dataclass

from bot.domain.workshops import Reminded, rating
from bot.domain.workshops.rating import Mine
from bot.kit.buttons import Button, Face, Rows
from bot.kit.context import Context
from bot.kit.forms import Answers, Choose, Form, Question, begin, chosen
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, lines, paragraphs
from bot.kit.texts import Texts
from bot.kit.typed import typed
from handlers.links import OpenWorkshop, home, way_back
from handlers.workshops.reminding import remind
from handlers.workshops.ways import OpenPapers, Rate
from handlers.workshops.words import part_name
from storage.workshops import Event, Slot
from storage.workshops.reminders import Kind


@dataclass(frozen=True)
class GiveStars(Button, prefix="ws.st"):
    workshop_id: int
    part_id: int
    stars: int


@dataclass(frozen=True)
class RatePart(Button, prefix="ws.st.p"):
    """Asks for the stars of a part, also anew."""

    workshop_id: int
    part_id: int


@dataclass(frozen=True)
class SaySentence(Button, prefix="ws.say"):
    workshop_id: int


def stars(number: int) -> str:
    return "★" * number + "☆" * (len(rating.STARS) - number)


def thanks(t: Texts, event: Event) -> Screen:
    """Two hours after the end."""
    text = paragraphs(
        t("🙏 Thank you for coming to <b>{title}</b>.", title=event.title),
        lines(t("How did you like it?"), _who_sees(t)),
    )
    return Screen(text, _first_tap(t, event))


def nudge(t: Texts, event: Event) -> Screen:
    """Two days after it, once, to who has not rated."""
    text = paragraphs(
        t("⭐ One tap is enough: how did you like <b>{title}</b>?", title=event.title),
        _who_sees(t),
    )
    return Screen(text, _first_tap(t, event))


@remind(Kind.AFTERWARDS)
def afterwards(t: Texts, reminded: Reminded) -> Screen:
    return thanks(t, reminded.event)


def _line(t: Texts, event: Event) -> tuple[str, Button]:
    return t.plain("How did you like {title}?", title=event.title), Rate(event.id)


@remind(Kind.NUDGE, line=_line)
def nudged(t: Texts, reminded: Reminded) -> Screen:
    return nudge(t, reminded.event)


def _first_tap(t: Texts, event: Event) -> Rows:
    """The stars themselves where there is only one part that they can be for."""
    way = (OpenWorkshop(event.id).labelled(t.label("📅 Open the event")), home(t))
    if len(event.parts) == 1:
        return (_stars_row(t, event, event.parts[0]), way)
    return ((Rate(event.id).labelled(t.label("⭐ Rate it")),), way)


def _stars_row(t: Texts, event: Event, slot: Slot) -> tuple[Face, ...]:
    return tuple(
        GiveStars(event.id, slot.id, n).labelled(t.label("{n} ⭐", n=n)) for n in rating.STARS
    )


@on(Rate, reading=True)
async def rate(ctx: Context, press: Rate) -> Screen:
    mine = await rating.mine(ctx.session, press.workshop_id, ctx.me, ctx.now)
    return _screen(ctx.t, mine)


@on(RatePart, reading=True)
async def rate_part(ctx: Context, press: RatePart) -> Screen:
    mine = await rating.mine(ctx.session, press.workshop_id, ctx.me, ctx.now)
    slot = next((slot for slot in mine.slots if slot.id == press.part_id), None)
    return _question(ctx.t, mine, slot) if slot else _screen(ctx.t, mine)


@on(GiveStars)
async def give_stars(ctx: Context, press: GiveStars) -> Screen:
    mine = await rating.rate(
        ctx.session, press.workshop_id, press.part_id, press.stars, ctx.me, ctx.now
    )
    return _screen(ctx.t, mine, ctx.t.plain("Noted, thank you!"))


def _screen(t: Texts, mine: Mine, toast: str = "") -> Screen:
    """The next part to be rated, or what was given to all of them."""
    return _question(t, mine, mine.next, toast) if mine.next else _given(t, mine, toast)


def _question(t: Texts, mine: Mine, slot: Slot, toast: str = "") -> Screen:
    event = mine.event
    part = t("<b>{part}</b>", part=part_name(t, slot)) if len(event.parts) > 1 else ""
    text = paragraphs(
        lines(t("⭐ <b>{title}</b>", title=event.title), part),
        lines(t("How did you like it?"), _who_sees(t)),
    )
    row = _stars_row(t, event, slot)
    return Screen(text, (row, *way_back(t, OpenWorkshop(event.id))), toast)


def _given(t: Texts, mine: Mine, toast: str) -> Screen:
    event = mine.event
    rated = [
        t("{stars} {part}", stars=stars(mine.stars[slot.id]), part=_named(t, mine, slot))
        for slot in mine.slots
    ]
    words = t("“{words}”", words=mine.words) if mine.words else ""
    text = paragraphs(
        t("🙏 Thank you. Your rating of <b>{title}</b>:", title=event.title),
        lines(*rated),
        words,
    )
    sentence = t.label("✍️ Change the sentence") if mine.words else t.label("✍️ Add a sentence")
    rows: Rows = (
        (SaySentence(event.id).labelled(sentence),),
        *((_again(t, mine, slot),) for slot in mine.slots),
        (OpenPapers(event.id).labelled(t.label("📎 Slides and photos")),),
    )
    return Screen(text, (*rows, *way_back(t, OpenWorkshop(event.id))), toast)


def _again(t: Texts, mine: Mine, slot: Slot) -> Face:
    label = t.label("✏️ Other stars")
    if len(mine.slots) > 1:
        label = t.label("✏️ {part}", part=part_name(t, slot))
    return RatePart(mine.event.id, slot.id).labelled(label)


def _named(t: Texts, mine: Mine, slot: Slot) -> str:
    return part_name(t, slot) if len(mine.event.parts) > 1 else ""


def _who_sees(t: Texts) -> str:
    return t("<i>Only the organiser sees your answer, with your name.</i>")


@on(SaySentence)
async def say_sentence(ctx: Context, press: SaySentence) -> Answer:
    mine = await rating.mine(ctx.session, press.workshop_id, ctx.me, ctx.now)
    if not mine.stars:
        raise rating.NotRatedYet
    return await begin(ctx, SENTENCE, workshop_id=press.workshop_id, old=mine.words)


def _ask(ctx: Context, answers: Answers) -> Screen:
    t = ctx.t
    text = paragraphs(
        t("✍️ In one sentence: what was good, and what should be different next time?"),
        t("Now: <i>{old}</i>", old=answers["old"]) if answers["old"] else "",
    )
    drop = Choose("words", "").labelled(t.label("🗑 Without a sentence"))
    return Screen(text, ((drop,),) if answers["old"] else ())


async def _done(ctx: Context, answers: Answers) -> Answer:
    mine = await rating.say(ctx.session, answers["workshop_id"], answers["words"], ctx.me, ctx.now)
    return _screen(ctx.t, mine)


async def _left(ctx: Context, answers: Answers) -> Answer:
    return await rate(ctx, Rate(answers.get("workshop_id", 0)))


SENTENCE = Form(
    "workshop.sentence",
    (Question("words", _ask, typed(rating.SENTENCE), chosen("")),),
    _done,
    _left,
)
