"""What the team sees of the ratings: averages, bars, sentences; and at once where few liked it."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.workshops import rating
from bot.domain.workshops.rating import Score, Summary, Unhappy
from bot.kit.buttons import Button
from bot.kit.context import Context, Desk
from bot.kit.paging import page
from bot.kit.routes import job, on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.links import home, way_back
from handlers.workshops.rating import stars
from handlers.workshops.ways import OpenDocuments
from storage.workshops.ratings import Said

BAR = 10  # blocks of the longest


@dataclass(frozen=True)
class SeeRatings(Button, prefix="ws.rates"):
    workshop_id: int
    page: int = 0


@on(SeeRatings, reading=True)
async def see_ratings(ctx: Context, press: SeeRatings) -> Screen:
    summary = await rating.summary(ctx.session, press.workshop_id, ctx.me, ctx.now)
    return _screen(ctx.t, summary, press.page)


def _screen(t: Texts, summary: Summary, number: int) -> Screen:
    event = summary.event
    shown = page(summary.sentences, number)
    rated = [score for score in summary.scores if score.number]
    text = paragraphs(
        t("⭐ <b>{title}</b>", title=event.title),
        *(score_text(t, summary, score) for score in rated),
        lines(*(_sentence(t, said) for said in shown.items)),
        "" if rated else t("Nobody has rated it yet. I ask everybody who came by myself."),
    )
    turns = shown.turns(lambda to: SeeRatings(event.id, to))
    rows = ((turns,) if turns else ()) + way_back(t, OpenDocuments(event.id))
    return Screen(text, rows)


def score_text(t: Texts, summary: Summary, score: Score) -> str:
    """The average of a part, and a bar for each number of stars."""
    average = t.number(round(score.average, 1))
    name = score.slot.name if len(summary.scores) > 1 else ""
    head = t.n(
        "<b>{average} ★</b> {part} ({n} of {there} rated)",
        "<b>{average} ★</b> {part} ({n} of {there} rated)",
        score.number,
        average=average,
        part=name or t.day(score.slot.starts_at),
        there=summary.there,
    )
    longest = max(score.counts.values())
    bars = [_bar(t, n, score.counts.get(n, 0), longest) for n in reversed(rating.STARS)]
    return lines(head, *bars)


def _bar(t: Texts, number: int, people: int, longest: int) -> str:
    filled = -(-people * BAR // longest)
    bar = "█" * filled + "░" * (BAR - filled)
    return t("<code>{stars} ★ {bar} {people}</code>", stars=number, bar=bar, people=people)


def _sentence(t: Texts, said: Said) -> str:
    return t(
        "{stars} “{words}” <i>{name}, {organisation}</i>",
        stars=stars(int(said.about)),
        words=said.words,
        name=said.name or "–",
        organisation=said.organisation or "–",
    )


@job("workshops.unhappy", every=timedelta(minutes=5))
async def tell_managers(desk: Desk) -> None:
    for each in await rating.unhappy(desk.session, desk.now):
        for manager in each.managers:
            key = f"low{each.rating.key}:p{manager.key}"
            desk.tell(manager, _unhappy_screen(desk.texts_of(manager), each), key=key)


def _unhappy_screen(t: Texts, each: Unhappy) -> Screen:
    part = each.part.name if len(each.event.parts) > 1 else ""
    words = each.rating.words
    text = paragraphs(
        t("{stars} <b>{title}</b>", stars=stars(each.rating.stars), title=each.event.title),
        lines(
            t("<b>{part}</b>", part=part) if part else "",
            t("“{words}”", words=words) if words else t("Without a sentence."),
            t("👤 {name}", name=each.person.name),
        ),
    )
    see = SeeRatings(each.event.id).labelled(t.label("⭐ All ratings"))
    return Screen(text, ((see, home(t)),))
