"""The buttons that people get under an announcement, in the language of what it says."""

from dataclasses import dataclass

from bot.domain.announcements import Card, dressing, questions
from bot.domain.announcements.dressing import Dress
from bot.domain.announcements.questions import LABEL, Asked
from bot.kit.buttons import Button, Face, Rows, link
from bot.kit.context import Context
from bot.kit.pushing import turning_down
from bot.kit.texts import Texts
from handlers.links import OpenFromAnnouncement
from storage import workshops
from storage.pushes import PushKind
from storage.workshops import Event

SIDE_BY_SIDE = 14  # characters of labels that fit beside each other


@dataclass(frozen=True)
class BeInterested(Button, prefix="an.i"):
    """`yes` is 0 to take it back."""

    announcement_id: int
    yes: int


@dataclass(frozen=True)
class ChooseOption(Button, prefix="an.o"):
    announcement_id: int
    option: int


@dataclass(frozen=True)
class WriteBack(Button, prefix="an.w"):
    """The question is answered in one's own words."""

    announcement_id: int


async def dressed(ctx: Context, card: Card) -> Card:
    """With its buttons under everything that it says."""
    made = card.announcement
    asked = questions.of(made)
    event = await workshops.find(ctx.session, asked.event_id) if asked.event_id else None
    dresses = {
        language: _dress(ctx.house.texts[language], made.key, asked.spoken_in(language), event)
        for language in {each.language for each in card.contents}
    }
    return await dressing.dress(ctx.session, made.key, ctx.me, dresses, ctx.now)


async def asking(ctx: Context, announcement_id: int, asked: Asked) -> Card:
    """With these buttons from now on."""
    card = await questions.ask(ctx.session, announcement_id, ctx.me, asked, ctx.now)
    return await dressed(ctx, card)


def _dress(t: Texts, key: int, asked: Asked, event: Event | None) -> Dress:
    words = t.plain("👇 About this announcement:")
    closing = turning_down(t, PushKind.ANNOUNCEMENTS)
    return Dress(rows(t, key, asked, event), words, closing)


def rows(t: Texts, key: int, asked: Asked, event: Event | None) -> Rows:
    sign_up = ((_event(t, key, asked, event),),) if event else ()
    links = tuple((link(f"🔗 {each.label}", each.url),) for each in asked.links)
    interest = ((BeInterested(key, 1).labelled(t.label("🙋 I am interested")),),)
    write = ((WriteBack(key).labelled(t.label("✍️ Answer")),),)
    return (
        *sign_up,
        *_options(key, asked),
        *(write if asked.words else ()),
        *(interest if asked.interest else ()),
        *links,
    )


def _event(t: Texts, key: int, asked: Asked, event: Event) -> Face:
    open_it = OpenFromAnnouncement(event.id, key)
    if asked.invites:
        return open_it.labelled(t.label("📅 Sign up"))
    title = event.title if len(event.title) <= LABEL else f"{event.title[: LABEL - 1]}…"
    return open_it.labelled(f"📅 {title}")


def _options(key: int, asked: Asked) -> Rows:
    faces = tuple(ChooseOption(key, n).labelled(each) for n, each in enumerate(asked.options))
    short = sum(map(len, asked.options)) <= 2 * SIDE_BY_SIDE and len(faces) <= 3
    return (faces,) if faces and short else tuple((face,) for face in faces)
