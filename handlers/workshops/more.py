"""What can be done with a place besides taking it and giving it back."""

from bot.domain import workshops
from bot.domain.workshops import Card
from bot.kit.buttons import Rows
from bot.kit.context import Context
from bot.kit.routes import on
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import Texts
from handlers.links import OpenWorkshop, way_back
from handlers.workshops.ways import (
    AnswerQuestions,
    HandOver,
    OpenMore,
    ProposeTopic,
    SignUpColleague,
)
from handlers.workshops.words import what_it_is
from storage.workshops import registration


@on(OpenMore, reading=True)
async def more(ctx: Context, press: OpenMore) -> Screen:
    t, key = ctx.t, press.workshop_id
    card = await workshops.look(ctx.session, key, ctx.me, ctx.now)
    asks = bool(await registration.questions(ctx.session, key))
    rows = _rows(t, card, asks=asks)
    words = t("What would you like to do?") if rows else t("There is nothing more to do here.")
    text = paragraphs(what_it_is(t, card.event), words)
    return Screen(text, (*rows, *way_back(t, OpenWorkshop(key))))


def _rows(t: Texts, card: Card, *, asks: bool) -> Rows:
    key, topics_until = card.event.id, card.event.topics_until
    holds = any(part.has_place for part in card.open_parts)
    choices = (
        (holds and card.is_member, HandOver(key), t.label("👤 Send a colleague instead of me")),
        (
            card.takes_people and card.is_member,
            SignUpColleague(key),
            t.label("👥 Sign up a colleague"),
        ),
        (holds and asks, AnswerQuestions(key), t.label("📝 My answers")),
        (
            topics_until is not None and card.now < topics_until,
            ProposeTopic(key),
            t.label("💡 Propose a topic"),
        ),
    )
    return tuple((button.labelled(label),) for fits, button, label in choices if fits)
